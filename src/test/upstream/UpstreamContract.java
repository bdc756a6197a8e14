import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a make's contract on the tables that the upstream project itself makes, instead of ours: {@code java src/test/upstream/UpstreamContract.java ospos /path/to/checkout}.
 * The statements are collected from the checkout into {@code target/upstream/}, where {@code SampleTill} runs them; one that the database refuses is shown. Nothing of a checkout is kept here.
 */
public final class UpstreamContract {
    /** Where a make's own code has its tables, and which tests then run on them. */
    private interface Upstream {
        List<String> statements(Path checkout) throws IOException;

        String tests();
    }

    /** Another make adds itself here. */
    private static final Map<String, Upstream> MAKES = Map.of("ospos", new Ospos());

    public static void main(String... args) throws IOException, InterruptedException {
        if (args.length != 2 || !MAKES.containsKey(args[0]) || !Files.isDirectory(Path.of(args[1]))) {
            System.err.println("java src/test/upstream/UpstreamContract.java <make> <checkout>, the make one of "
                    + MAKES.keySet());
            System.exit(2);
        }
        Upstream upstream = MAKES.get(args[0]);
        List<String> statements = upstream.statements(Path.of(args[1]));
        Path tables = Path.of("target/upstream/" + args[0] + ".sql").toAbsolutePath();
        Files.createDirectories(tables.getParent());
        Files.writeString(tables, String.join(";\n", statements));
        System.out.println(statements.size() + " statements in " + tables);
        System.exit(new ProcessBuilder(
                        "mvn", "-B", "-q", "test", "-Dtest=" + upstream.tests(), "-Dupstream.tables=" + tables)
                .inheritIO()
                .start()
                .waitFor());
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

        @Override
        public String tests() {
            return "OsposOnMariadbTest,OsposZoneTest";
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
}
