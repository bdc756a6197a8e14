package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;

/** How the routes are written; each failure is a sentence that says what to write. */
class StyleTest {
    private static final Path ROUTES = Path.of("routes");
    /** Rows that only a page or a report shows. */
    private static final Set<String> LOOKS_ONLY = Set.of("page", "reconcile");

    /** What a make's statement returns, only its file knows; {@code PosRows} reads it. */
    private static final Set<String> OF_A_MAKE = Set.of(
            "file:routes/pos/{{sales}}",
            "file:routes/pos/{{reversals}}",
            "file:routes/pos/{{standing}}",
            "file:routes/pos/{{late}}");

    private final List<String> wrong = new ArrayList<>();

    private static List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Path, JsonNode> yaml() {
        Map<Path, JsonNode> all = new LinkedHashMap<>();
        files(".yaml").forEach(file -> {
            try {
                all.put(file, new YAMLMapper().readTree(file.toFile()));
            } catch (IOException e) {
                throw new UncheckedIOException(file + " is not YAML", e);
            }
        });
        assertThat(all).hasSizeGreaterThan(40);
        return all;
    }

    private void must(boolean good, Path file, String sentence) {
        if (!good) {
            wrong.add(file + ": " + sentence);
        }
    }

    /** The routes and templates of a file: each with its id, wherever it stands. */
    private static List<JsonNode> routes(JsonNode file) {
        List<JsonNode> routes = new ArrayList<>();
        file.forEach(item -> {
            if (item.has("route")) {
                routes.add(item.get("route"));
            } else if (item.has("routeTemplate")) {
                routes.add(item.get("routeTemplate"));
            }
        });
        return routes;
    }

    @Test
    void a_file_is_a_flow_that_reads_from_top_to_bottom() {
        yaml().forEach((file, content) -> {
            must(file.toString().endsWith(".camel.yaml"), file, "end the name with .camel.yaml");
            must(text(file).lines().count() <= 260, file, "make two flows of it: it has more than 260 lines");
            content.forEach(item -> must(
                    item.has("route")
                            || item.has("routeTemplate")
                            || item.has("templatedRoute")
                            || item.has("routeConfiguration"),
                    file,
                    "write - route:, - routeTemplate:, - templatedRoute: or - routeConfiguration: at the top"));
            List<String> above = new ArrayList<>();
            for (JsonNode route : routes(content)) {
                String id = route.path("id").asText();
                for (String called : calls(route)) {
                    must(!above.contains(called), file, "move " + called + " below " + id + ", which calls it");
                }
                above.add(from(route));
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static String from(JsonNode route) {
        return body(route).path("from").path("uri").asText();
    }

    private static JsonNode body(JsonNode route) {
        return route.has("route") ? route.get("route") : route;
    }

    private static List<String> calls(JsonNode route) {
        return body(route).path("from").path("steps").findValuesAsText("uri").stream()
                .filter(uri -> uri.startsWith("direct:"))
                .toList();
    }

    @Test
    void what_a_statement_returns_to_a_flow_is_a_record_or_a_single_value() {
        yaml().forEach((file, content) -> {
            if (!LOOKS_ONLY.contains(file.getParent().getFileName().toString())) {
                content.findParents("uri").stream()
                        .filter(call -> call.path("uri").asText().equals("sql"))
                        .forEach(call -> {
                            JsonNode statement = call.path("parameters");
                            must(
                                    statement.has("outputClass")
                                            || statement.path("noop").asText().equals("true")
                                            || OF_A_MAKE.contains(
                                                    statement.path("query").asText()),
                                    file,
                                    "write outputClass: and the record of a row in "
                                            + call.path("id").asText() + ", or noop: \"true\" if there is none");
                        });
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_route_says_what_can_be_seen_and_who_handles_its_failures() {
        yaml().forEach((file, content) -> {
            String folder = file.getParent().getFileName().toString();
            for (JsonNode route : routes(content)) {
                String id = route.path("id").asText();
                must(
                        route.path("description").asText().matches("[A-Z].*[.]"),
                        file,
                        "write a description of " + id + ", one sentence");
                String group = body(route).path("group").asText();
                must(
                        folder.equals("routes") ? !group.isEmpty() : group.equals(folder),
                        file,
                        "write group: " + (folder.equals("routes") ? "of the flow" : folder) + " in " + id);
                must(id.matches("[a-z]+(-[a-z]+)*"), file, "write the id " + id + " in lower case with dashes");
                String from = from(route);
                if (from.startsWith("direct:")) {
                    must(
                            body(route).path("errorHandler").has("noErrorHandler")
                                    || body(route)
                                            .path("routeConfigurationId")
                                            .asText()
                                            .equals("policy-queue"),
                            file,
                            "write errorHandler: {noErrorHandler: {}} in " + id
                                    + ", or routeConfigurationId: policy-queue where a split calls it");
                    must(
                            from.equals("direct:" + id) || route.has("route"),
                            file,
                            "let " + id + " begin with direct:" + id);
                } else {
                    must(
                            body(route)
                                    .path("routeConfigurationId")
                                    .asText()
                                    .matches("policy-(http|page|poll|queue|pos|requests|storefront)"),
                            file,
                            "give the door " + id + " one of the policies");
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** Camel moves the other steps of a route into its transacted block, or out of it. */
    @Test
    void transacted_is_the_only_step_of_its_route_and_calls_nobody() {
        yaml().forEach((file, content) -> {
            for (JsonNode route : routes(content)) {
                JsonNode steps = (route.has("route") ? route.get("route") : route)
                        .path("from")
                        .path("steps");
                boolean transacted = steps.findValue("transacted") != null;
                if (transacted) {
                    must(
                            steps.size() == 1 && steps.get(0).has("transacted"),
                            file,
                            "put every step of " + route.path("id").asText() + " inside transacted");
                    must(
                            !steps.toString().contains("direct:aiq-")
                                    && !steps.toString().contains("\"http"),
                            file,
                            "call AIQ outside the transaction");
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void yaml_is_canonical_and_holds_no_program() {
        yaml().forEach((file, content) -> {
            String text = text(file);
            for (String never : List.of("toD:", "groovy", "ognl", "spel:", "language: js", "wireTap", "seda:")) {
                must(!text.contains(never), file, "do without " + never);
            }
            Matcher compact = Pattern.compile("(simple|constant|header|jsonpath): [^{\\n]")
                    .matcher(text);
            must(!compact.find(), file, "write each expression under expression:, as a map");
            must(!Pattern.compile("- to: [^{\\n]").matcher(text).find(), file, "write to: as a map with uri:");
            must(
                    !Pattern.compile("uri: \"?[^\",\\n]*[?]").matcher(text).find(),
                    file,
                    "write the options under parameters:");
            must(
                    !Pattern.compile(
                                    "(?i)\\b(select|insert into|update .* set|delete from)\\b.*\\b(from|values|where)\\b")
                            .matcher(text)
                            .find(),
                    file,
                    "put SQL in an .sql file");
            walk(content, file, "expression");
        });
        assertThat(wrong).isEmpty();
    }

    /** Every expression's language is one map. */
    private void walk(JsonNode node, Path file, String name) {
        if (node.isObject()) {
            if (node.has("expression") && node.get("expression").isObject()) {
                must(
                        node.get("expression").size() == 1
                                && node.get("expression").elements().next().isObject(),
                        file,
                        "write expression: with one language as a map");
            }
            node.properties().forEach(e -> walk(e.getValue(), file, e.getKey()));
        } else if (node.isArray()) {
            node.forEach(n -> walk(n, file, name));
        }
    }

    @Test
    void endpoints_and_options_are_camels_own() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        yaml().forEach((file, content) -> content.findParents("uri").forEach(endpoint -> {
            String uri = endpoint.path("uri").asText();
            String scheme = uri.replaceFirst("[:{].*$", "");
            if (uri.startsWith("{{") || scheme.equals("direct") || scheme.isEmpty()) {
                return;
            }
            Map<String, String> options = new LinkedHashMap<>();
            endpoint.path("parameters")
                    .properties()
                    .forEach(p -> options.put(p.getKey(), p.getValue().asText()));
            String query = String.join(
                    "&",
                    options.entrySet().stream()
                            .map(o -> o.getKey() + "=" + o.getValue())
                            .toList());
            EndpointValidationResult result = catalog.validateEndpointProperties(
                    (uri.equals("sql") ? "sql:" + options.get("query") : uri) + (query.isEmpty() ? "" : "?" + query),
                    true,
                    false,
                    false);
            must(
                    result.getUnknown() == null || result.getUnknown().isEmpty(),
                    file,
                    "there is no option " + result.getUnknown() + " of " + scheme);
            must(result.getUnknownComponent() == null, file, "there is no component " + result.getUnknownComponent());
        }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_statement_says_what_is_true_afterwards_and_is_used() {
        String routes =
                String.join("\n", files(".yaml").stream().map(StyleTest::text).toList())
                        + String.join("\n", javaSources());
        for (Path file : files(".sql")) {
            String name = file.getFileName().toString();
            String folder = ROUTES.relativize(file).getParent().toString().replace('\\', '/');
            if (!name.startsWith("owner.")) {
                must(
                        text(file).matches("(?s)-- [A-Z][^\n]*\\n.*"),
                        file,
                        "begin with a comment that says what is true afterwards");
                must(
                        !text(file)
                                .replaceAll("(?m)^--.*", "")
                                .replaceAll("'[^']*'", "")
                                .contains("?"),
                        file,
                        "name the parameters");
            }
            boolean ofMake = file.getParent().getParent().equals(ROUTES.resolve("pos"))
                    && Files.exists(file.resolveSibling("README.md"));
            String stem = name.replaceFirst("\\.(sqlite|postgresql|mariadb|sqlserver)\\.sql$", "")
                    .replaceFirst("\\.sql$", "");
            boolean used = ofMake
                    ? List.of("sales", "late", "reversals", "standing", "write-back", "written-back", "check", "owner")
                            .contains(stem)
                    : routes.contains("routes/" + folder + "/" + name)
                            || routes.contains("routes/" + folder + "/" + stem + ".{{store.dialect}}.sql")
                            || routes.contains("\"" + name + "\"")
                            || routes.contains(stem + ".{{engine}}.sql")
                            || routes.contains("\"" + stem + ".\" +");
            must(used, file, "delete it: no route runs it");
        }
        assertThat(wrong).isEmpty();
    }

    private static List<String> javaSources() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .map(StyleTest::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void every_setting_is_explained_once_and_used() throws IOException {
        Path file = Path.of("config/application.properties");
        Properties settings = new Properties();
        settings.load(Files.newBufferedReader(file));
        String routes =
                String.join("\n", files(".yaml").stream().map(StyleTest::text).toList());
        String java = String.join("\n", javaSources());
        TreeSet<String> known = new TreeSet<>(settings.stringPropertyNames());
        Matcher placeholder = Pattern.compile("\\{\\{([a-z0-9.-]+)}}").matcher(routes);
        while (placeholder.find()) {
            String key = placeholder.group(1);
            String plain = key.replaceFirst("-(ms|s)$", "");
            must(
                    !key.contains(".") || known.contains(key) || known.contains(plain) || key.equals("store.dialect"),
                    file,
                    "write the setting " + key + ", a route needs it");
        }
        for (String key : known) {
            String ofConnection = key.replaceFirst("^(pos|storefront)[.]", "");
            boolean used = routes.contains("{{" + key + "}}")
                    || routes.contains("{{" + key + "-ms}}")
                    || routes.contains("{{" + key + "-s}}")
                    || java.contains("\"" + key + "\"")
                    || java.contains("\"" + ofConnection + "\"")
                    || key.startsWith("aiq.")
                            && (key.endsWith("-path")
                                    || key.endsWith("-timeout")
                                    || key.endsWith("-fields")
                                    || key.endsWith("-field")
                                    || key.endsWith("-method"))
                            && (java + routes)
                                    .contains(key.replaceFirst("^aiq\\.", "")
                                            .replaceFirst("-(path|timeout|fields?|method)$", ""));
            must(used, file, "delete the setting " + key + ": nothing reads it");
        }
        String previous = "";
        TreeSet<String> seen = new TreeSet<>();
        boolean explained = false;
        for (String line : Files.readAllLines(file)) {
            Matcher setting = Pattern.compile("^([a-z0-9.-]+) =.*").matcher(line);
            if (setting.matches()) {
                String key = setting.group(1);
                must(seen.add(key), file, "write " + key + " once");
                must(explained, file, "write a line above " + key + " that says what it is for");
            } else {
                explained = line.startsWith("# ") && !line.startsWith("# ---");
            }
            previous = line;
        }
        assertThat(previous).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_yaml_fits_camels_schema() throws IOException {
        com.networknt.schema.JsonSchema schema;
        try (var in = StyleTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            assertThat(in).as("Camel's schema is on the class path").isNotNull();
            schema = com.networknt.schema.JsonSchemaFactory.getInstance(com.networknt.schema.SpecVersion.VersionFlag.V4)
                    .getSchema(new ObjectMapper().readTree(in));
        }
        yaml().forEach((file, content) -> {
            if (file.toString().endsWith(".camel.yaml")) {
                // a switch that is a setting is a text in YAML
                schema.validate(content).stream()
                        .filter(m -> !m.getInstanceLocation().toString().endsWith("autoStartup"))
                        .forEach(m -> must(false, file, m.getMessage()));
            }
        });
        assertThat(wrong).isEmpty();
    }
}
