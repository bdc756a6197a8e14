import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares the tables of a make's fixture, by which its statements are tested, with what the upstream's own code says that its version has: {@code java
 * src/test/upstream/UpstreamColumns.java odoo /path/to/checkout}, or {@code erpnext}. These two make their tables from classes and documents, not from statements that could be run.
 */
public final class UpstreamColumns {
    private static final Path FIXTURES = Path.of("src/test/resources/pos");
    private static final Pattern TABLE = Pattern.compile("(?s)create table [`]?([\\w ]+?)[`]? \\((.*?)\\n\\);");
    private static final Pattern ADDED = Pattern.compile("alter table [`]?([\\w ]+?)[`]? (add .*);");
    private static final Pattern COLUMN = Pattern.compile("(?m)^  (?!key |primary |constraint )(\\w+) ");
    private static final Pattern ADD = Pattern.compile("\\badd (?!constraint )(\\w+) ");

    public static void main(String... args) throws IOException {
        if (args.length != 2 || !List.of("odoo", "erpnext").contains(args[0]) || !Files.isDirectory(Path.of(args[1]))) {
            System.err.println("java src/test/upstream/UpstreamColumns.java odoo|erpnext <checkout>");
            System.exit(2);
        }
        boolean odoo = args[0].equals("odoo");
        Path checkout = Path.of(args[1]);
        String version = odoo
                ? first(checkout.resolve("odoo/release.py"), "version_info *= *\\((\\d+)")
                : first(checkout.resolve("erpnext/__init__.py"), "__version__ *= *[\"'](\\d+)");
        String engine = odoo ? "postgresql" : "mariadb";
        Map<String, Set<String>> ours = new TreeMap<>();
        for (String file : List.of(args[0] + "." + engine + ".sql", args[0] + "-" + version + "." + engine + ".sql")) {
            if (!Files.exists(FIXTURES.resolve(file))) {
                System.err.println("this make has no fixture of the version " + version);
                System.exit(1);
            }
            read(Files.readString(FIXTURES.resolve(file)), ours);
        }
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Map.Entry<String, Set<String>> table : ours.entrySet()) {
            Set<String> theirs = odoo ? odoo(checkout, table.getKey()) : erpnext(checkout, table.getKey());
            if (theirs.isEmpty()) {
                System.out.println("not compared, its code is not in this checkout: " + table.getKey());
                continue;
            }
            for (String column : table.getValue()) {
                compared++;
                if (!theirs.contains(column)) {
                    wrong.add(args[0] + " " + version + " has no " + table.getKey() + "." + column);
                }
            }
        }
        wrong.forEach(System.out::println);
        System.out.println(
                compared + " columns of " + args[0] + " " + version + " compared, " + wrong.size() + " are not there");
        System.exit(wrong.isEmpty() && compared > 0 ? 0 : 1);
    }

    private static void read(String fixture, Map<String, Set<String>> tables) {
        TABLE.matcher(fixture).results().forEach(table -> COLUMN.matcher(table.group(2) + "\n")
                .results()
                .forEach(column -> tables.computeIfAbsent(table.group(1), t -> new TreeSet<>())
                        .add(column.group(1))));
        ADDED.matcher(fixture).results().forEach(table -> ADD.matcher(table.group(2))
                .results()
                .forEach(column -> tables.computeIfAbsent(table.group(1), t -> new TreeSet<>())
                        .add(column.group(1))));
    }

    /** The stored fields of a model in point_of_sale and base; every table has an id and who wrote it when. */
    private static Set<String> odoo(Path checkout, String table) throws IOException {
        Set<String> fields = new HashSet<>();
        String model = table.replace('_', '.');
        for (String folder : List.of("addons/point_of_sale/models", "odoo/addons/base/models")) {
            if (!Files.isDirectory(checkout.resolve(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.list(checkout.resolve(folder))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".py")).sorted().toList()) {
                    for (String one : Files.readString(file).split("(?m)^class ")) {
                        if (Pattern.compile("_(?:name|inherit) = ['\"]" + Pattern.quote(model) + "['\"]")
                                .matcher(one)
                                .find()) {
                            Pattern.compile("(?m)^    (\\w+) *(?::[^=\\n]+)?= fields\\.(?!One2many|Many2many)")
                                    .matcher(one)
                                    .results()
                                    .forEach(f -> fields.add(f.group(1)));
                        }
                    }
                }
            }
        }
        if (!fields.isEmpty()) {
            fields.addAll(List.of("id", "create_date", "write_date"));
        }
        return fields;
    }

    /** The fields of a document; frappe gives every table the same few besides. */
    private static Set<String> erpnext(Path checkout, String table) throws IOException {
        String name = table.replaceFirst("^tab", "").toLowerCase().replace(' ', '_');
        Path json = checkout.resolve("erpnext/accounts/doctype/" + name + "/" + name + ".json");
        Set<String> fields = new HashSet<>();
        if (Files.exists(json)) {
            Pattern.compile("\"fieldname\": *\"(\\w+)\"")
                    .matcher(Files.readString(json))
                    .results()
                    .forEach(f -> fields.add(f.group(1)));
            fields.addAll(List.of("name", "creation", "modified", "owner", "docstatus", "parent"));
        }
        return fields;
    }

    private static String first(Path file, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
        return found.find() ? found.group(1) : "";
    }
}
