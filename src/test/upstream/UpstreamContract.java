import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * Runs a make's contract on the tables that the upstream project itself makes, instead of ours: {@code java src/test/upstream/UpstreamContract.java ospos /path/to/checkout}.
 * The statements are collected from the checkout into {@code target/upstream/}, where {@code SampleTill} runs them. What the database refuses is shown once, and how many tests of each class ran; the
 * rest of what they said is in {@code target/upstream/}, too. Nothing of a checkout is kept here.
 */
public final class UpstreamContract {
    /** Where a make's own code has its tables, and which tests then run on them. */
    private interface Upstream {
        List<String> statements(Path checkout) throws IOException;

        List<String> tests(List<String> statements);
    }

    private static final Pattern RAN = Pattern.compile("Tests.* run:.* -- in |FAILURE!|ERROR!");

    /** Another make adds itself here. */
    private static final Map<String, List<Upstream>> MAKES = Map.of(
            "ospos", List.of(new Ospos()), "unicenta", List.of(new Unicenta("mariadb"), new Unicenta("postgresql")));

    public static void main(String... args) throws IOException, InterruptedException {
        if (args.length != 2 || !MAKES.containsKey(args[0]) || !Files.isDirectory(Path.of(args[1]))) {
            System.err.println("java src/test/upstream/UpstreamContract.java <make> <checkout>, the make one of "
                    + MAKES.keySet());
            System.exit(2);
        }
        int failed = 0;
        for (Upstream upstream : MAKES.get(args[0])) {
            failed = Math.max(failed, run(upstream, Path.of(args[1])));
        }
        System.exit(failed);
    }

    private static int run(Upstream upstream, Path checkout) throws IOException, InterruptedException {
        List<String> statements = upstream.statements(checkout);
        if (statements.isEmpty()) {
            return 0;
        }
        List<String> tests = upstream.tests(statements);
        Path folder = Files.createDirectories(Path.of("target/upstream")).toAbsolutePath();
        Path tables = folder.resolve(tests.get(0) + ".sql");
        Path log = folder.resolve(tests.get(0) + ".log");
        Files.writeString(tables, String.join(";\n", statements));
        System.out.println(statements.size() + " statements of " + checkout + " in " + tables);
        int ended = new ProcessBuilder(
                        "mvn", "-B", "test", "-Dtest=" + String.join(",", tests), "-Dupstream.tables=" + tables)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        try (Stream<String> lines = Files.lines(log)) {
            lines.filter(line ->
                            line.startsWith("upstream: ") || RAN.matcher(line).find())
                    .map(line -> line.replaceAll("\\x1b\\[[\\d;]*m", ""))
                    .distinct()
                    .forEach(System.out::println);
        }
        System.out.println(ended == 0 ? "all passed" : "not all passed: " + log);
        return ended;
    }

    /** As the projects' own runners do, which know no literal with a semicolon. */
    private static List<String> split(String script) {
        return Stream.of(script.split(";"))
                .map(String::strip)
                .filter(statement -> statement
                        .lines()
                        .anyMatch(line -> !line.isBlank()
                                && !line.strip().startsWith("--")
                                && !line.strip().startsWith("#")))
                .toList();
    }

    /**
     * Open Source Point of Sale: tables.sql and constraints.sql, then each migration in the order of its name. What a migration does in PHP is taken where it is a script, a literal statement or a key
     * that is dropped; the rest concerns rows that a new database has none of.
     */
    private static final class Ospos implements Upstream {
        private static final Pattern STEP = Pattern.compile("(?s)execute_?[sS]cript\\(APPPATH \\. '([^']+)'"
                + "|->query\\((.*?)\\);"
                + "|dropForeignKeyConstraints\\(\\[([^]]*)], '(\\w+)'\\)");
        private static final Pattern PIECE = Pattern.compile(
                "(?s)\\G\\s*(?:'([^']*)'|\"([^\"$]*)\"|\\$this->db->(?:prefixTable|dbprefix)\\('(\\w+)'\\))\\s*(?:[.]|$)");

        /** 3.3.0's payments lack what later versions have. */
        @Override
        public List<String> tests(List<String> statements) {
            return statements.stream().anyMatch(statement -> statement.contains("cash_adjustment"))
                    ? List.of("OsposOnMariadbTest", "OsposZoneTest")
                    : List.of("Ospos33OnMariadbTest");
        }

        @Override
        public List<String> statements(Path checkout) throws IOException {
            boolean old = Files.isDirectory(checkout.resolve("application"));
            Path code = checkout.resolve(old ? "application" : "app");
            Path tables = checkout.resolve(old ? "database" : "app/Database");
            List<String> all = new ArrayList<>();
            for (String file : List.of("tables.sql", "constraints.sql")) {
                if (Files.exists(tables.resolve(file))) {
                    all.addAll(split(Files.readString(tables.resolve(file))));
                }
            }
            List<Path> migrations = migrations(code.resolve(old ? "migrations" : "Database/Migrations"));
            for (Path migration : migrations) {
                // what it does downwards is not asked for
                String up = Files.readString(migration).split("function down", 2)[0];
                for (MatchResult step : STEP.matcher(up).results().toList()) {
                    all.addAll(steps(code, step));
                }
            }
            String newest = migrations
                    .get(migrations.size() - 1)
                    .getFileName()
                    .toString()
                    .replaceAll("_.*", "");
            // the framework's own table
            all.add("create table ospos_migrations (version " + (old ? "bigint" : "varchar(255)") + " not null)");
            all.add("insert into ospos_migrations (version) values (" + newest + ")");
            return all;
        }

        private static List<Path> migrations(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(f -> f.getFileName().toString().matches("\\d{14}_.*[.]php"))
                        .sorted()
                        .toList();
            }
        }

        private static List<String> steps(Path code, MatchResult step) throws IOException {
            if (step.group(1) != null) {
                return split(Files.readString(code.resolve(step.group(1))));
            }
            if (step.group(3) != null) {
                return Pattern.compile("'(\\w+)'")
                        .matcher(step.group(3))
                        .results()
                        .map(key ->
                                "alter table ospos_" + step.group(4) + " drop foreign key if exists " + key.group(1))
                        .toList();
            }
            String literal = literal(step.group(2));
            return literal.matches("(?is)\\s*(alter|create|rename|drop|insert|update|delete)\\b.*")
                    ? List.of(literal)
                    : List.of();
        }

        /** A concatenation of literals and names of tables; empty when something else is in it. */
        private static String literal(String php) {
            StringBuilder statement = new StringBuilder();
            Matcher piece = PIECE.matcher(php.strip());
            int end = 0;
            while (piece.find()) {
                statement.append(Stream.of(1, 2, 3)
                        .filter(group -> piece.group(group) != null)
                        .map(group -> (group == 3 ? "ospos_" : "") + piece.group(group))
                        .collect(Collectors.joining()));
                end = piece.end();
            }
            return end == php.strip().length() ? statement.toString() : "";
        }
    }

    /** uniCenta oPOS 4: the script that its first start runs. KrIOlOS POS: its Liquibase change logs, in the order in which the master includes them. */
    private static final class Unicenta implements Upstream {
        private static final String RESOURCES = "kriolos-opos-app/src/main/resources";
        private final String engine;

        Unicenta(String engine) {
            this.engine = engine;
        }

        @Override
        public List<String> tests(List<String> statements) {
            return List.of("UnicentaOn" + (engine.equals("mariadb") ? "Mariadb" : "Postgresql") + "Test");
        }

        @Override
        public List<String> statements(Path checkout) throws IOException {
            Path script = checkout.resolve("src/main/resources/com/openbravo/pos/scripts/MySQL-create.sql");
            if (Files.exists(script)) {
                // on another engine its first start makes nothing (JRootApp.java 366)
                return engine.equals("mariadb") ? script(Files.readString(script)) : List.of();
            }
            Path resources = checkout.resolve(RESOURCES);
            List<String> all = new ArrayList<>();
            for (Element file : children(root(resources.resolve("pos_liquidbase/db-changelog-master.xml")))) {
                for (Element changeSet : children(root(resources.resolve(file.getAttribute("file"))))) {
                    children(changeSet).stream().flatMap(this::change).forEach(all::add);
                }
            }
            return all;
        }

        /** As its BatchSentence.java reads it: a line that ends with a semicolon ends the statement. The contents of files, images and forms, are left out. */
        private static List<String> script(String script) {
            String bare = script.lines()
                    .map(String::strip)
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"));
            // written for a MySQL that makes wide rows all the same
            return Stream.concat(Stream.of("set innodb_strict_mode = 0"), Stream.of(bare.split(";\n|;$")))
                    .map(statement -> statement
                            .replaceAll("(?s)/[*].*?[*]/", "")
                            .replaceAll("\\$FILE\\{[^}]*}", "null")
                            .replaceAll("\\$APP_\\w+\\{}", "'unicentaopos'")
                            .strip())
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        }

        private static Element root(Path file) throws IOException {
            try {
                DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
                factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
                return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
            } catch (ParserConfigurationException | SAXException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }

        private static List<Element> children(Element parent) {
            return IntStream.range(0, parent.getChildNodes().getLength())
                    .mapToObj(parent.getChildNodes()::item)
                    .filter(Element.class::isInstance)
                    .map(Element.class::cast)
                    .toList();
        }

        private static List<Element> columns(Element change) {
            return children(change).stream()
                    .filter(child -> child.getTagName().equals("column"))
                    .toList();
        }

        private static String names(List<Element> columns) {
            return columns.stream().map(column -> column.getAttribute("name")).collect(Collectors.joining(", "));
        }

        private Stream<String> change(Element change) {
            String table = change.getAttribute("tableName");
            List<Element> columns = columns(change);
            return switch (change.getTagName()) {
                case "createTable" ->
                    Stream.of("create table " + table + " ("
                            + columns.stream().map(this::column).collect(Collectors.joining(", ")) + key(columns)
                            + ")");
                case "addColumn" -> columns.stream().map(column -> "alter table " + table + " add " + column(column));
                case "createIndex" ->
                    Stream.of("create " + (change.getAttribute("unique").equals("true") ? "unique " : "") + "index "
                            + change.getAttribute("indexName") + " on " + table + " (" + names(columns) + ")");
                case "addForeignKeyConstraint" ->
                    Stream.of("alter table " + change.getAttribute("baseTableName") + " add constraint "
                            + change.getAttribute("constraintName") + " foreign key ("
                            + change.getAttribute("baseColumnNames") + ") references "
                            + change.getAttribute("referencedTableName") + " ("
                            + change.getAttribute("referencedColumnNames") + ")");
                case "insert" -> Stream.of(insert(table, columns));
                // what does not touch the tables that a till writes
                default -> Stream.empty();
            };
        }

        private String column(Element column) {
            String type = column.getAttribute("type").toUpperCase(Locale.ROOT);
            String own =
                    switch (type) {
                        case "BLOB" -> engine.equals("mariadb") ? "mediumblob" : "bytea";
                        case "DATETIME" -> engine.equals("mariadb") ? "datetime" : "timestamp";
                        case "DOUBLE" -> "double precision";
                        default -> type;
                    };
            String required = children(column).stream()
                    .map(constraint -> (constraint.getAttribute("nullable").equals("false") ? " not null" : "")
                            + (constraint.getAttribute("unique").equals("true") ? " unique" : ""))
                    .collect(Collectors.joining());
            return column.getAttribute("name") + " " + own + standard(column) + required;
        }

        private static String standard(Element column) {
            for (String kind : List.of("Numeric", "Boolean", "Computed")) {
                if (column.hasAttribute("defaultValue" + kind)) {
                    return " default " + column.getAttribute("defaultValue" + kind);
                }
            }
            String text = column.getAttribute("defaultValue")
                    + column.getAttribute("defaultValueDate").replace('T', ' ');
            return text.isEmpty() ? "" : " default " + literal(text);
        }

        private static String key(List<Element> columns) {
            List<Element> keys = columns.stream()
                    .filter(column -> children(column).stream()
                            .anyMatch(constraint ->
                                    constraint.getAttribute("primaryKey").equals("true")))
                    .toList();
            return keys.isEmpty() ? "" : ", primary key (" + names(keys) + ")";
        }

        /** The contents of files, images and forms, are left out. */
        private static String insert(String table, List<Element> columns) {
            List<Element> given = columns.stream()
                    .filter(column -> !column.hasAttribute("valueBlobFile"))
                    .toList();
            return "insert into " + table + " (" + names(given) + ") values ("
                    + given.stream()
                            .map(column -> column.hasAttribute("value")
                                    ? literal(column.getAttribute("value"))
                                    : column.getAttribute("valueNumeric") + column.getAttribute("valueBoolean"))
                            .collect(Collectors.joining(", "))
                    + ")";
        }

        private static String literal(String text) {
            return text.equalsIgnoreCase("null") ? "null" : "'" + text.replace("'", "''") + "'";
        }
    }
}
