package aiqbridge.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A route, a template or a policy, with everything that it names.
 *
 * @param kind  its key in YAML
 * @param file  where it is written; of a route that is made from a template, the template's
 * @param owner the file that it is loaded with; {@link #CONNECTIONS} for what tills and shops make from templates
 * @param line  where its id stands in its owner
 * @param from  the endpoint that it begins with, empty for a policy
 */
record Definition(
        String kind, String id, String file, String owner, int line, String from, List<Reference> references) {
    static final String ROUTE = "route", TEMPLATE = "routeTemplate", POLICY = "routeConfiguration";
    static final String CONNECTIONS = "connections";

    enum To {
        ROUTE,
        POLICY,
        BEAN,
        METHOD,
        CLASS,
        SETTING,
        STATEMENT,
        /** A header, variable or property that it sets. */
        SETS
    }

    /**
     * @param name of a statement its file; what a template leaves open holds a placeholder
     * @param of   a method's bean, a statement's database, else null
     */
    record Reference(To to, String name, String of, String file, int line) {
        boolean open() {
            return name.contains("{{") || of != null && of.contains("{{");
        }
    }

    /** What a template's parameter is, and where that is written; a connection's parameters stand nowhere. */
    record Parameter(String value, String file, int line) {}

    private static final Pattern BEAN = Pattern.compile("\\$(?:simple)?\\{bean:([\\w-]+)(?:(?:\\?method=|[.])(\\w+))?");
    private static final Pattern BEAN_REFERENCE = Pattern.compile("#bean:([^?&\\s]+)");
    private static final Pattern SETTING = Pattern.compile("\\{\\{([^{}?:]+)}}");
    private static final Set<String> SET = Set.of("setHeader", "setVariable", "setProperty");
    private static final Set<String> CLASSES = Set.of("exception", "outputClass", "unmarshalType");

    /** What is written under one of its keys, under its own id. */
    static Definition written(String kind, String file, Node node) {
        Node id = RouteFile.child(node, "id").orElse(node);
        return of(kind, RouteFile.text(id), file, file, RouteFile.line(id), node, Map.of());
    }

    /** @param parameters of the template that it is made from */
    static Definition of(
            String kind, String id, String file, String owner, int line, Node node, Map<String, Parameter> parameters) {
        Node route = RouteFile.child(node, "route").orElse(node);
        Reader reader = new Reader(
                file,
                parameters,
                RouteFile.child(route, "from")
                        .flatMap(from -> RouteFile.child(from, "uri"))
                        .orElse(null));
        RouteFile.walk(route, reader::take);
        return new Definition(kind, id, file, owner, line, reader.from(), List.copyOf(reader.references));
    }

    /** One walk through what is written. */
    private static final class Reader {
        private final String file;
        private final Map<String, Parameter> parameters;
        private final Node from;
        private final List<Reference> references = new ArrayList<>();

        Reader(String file, Map<String, Parameter> parameters, Node from) {
            this.file = file;
            this.parameters = parameters;
            this.from = from;
        }

        String from() {
            return from == null ? "" : filled(RouteFile.text(from));
        }

        void take(String key, Node value) {
            if (value instanceof ScalarNode) {
                scalar(key, value);
            } else if (value instanceof MappingNode && key.equals("bean")) {
                RouteFile.child(value, "ref").ifPresent(bean -> {
                    add(To.BEAN, bean);
                    RouteFile.child(value, "method")
                            .ifPresent(method -> add(
                                    To.METHOD,
                                    filled(RouteFile.text(method)).replaceFirst("(?s)\\(.*", ""),
                                    filled(RouteFile.text(bean)),
                                    method));
                });
            } else if (value instanceof MappingNode && SET.contains(key)) {
                RouteFile.child(value, "name").ifPresent(name -> add(To.SETS, name));
            } else if (value instanceof MappingNode && key.equals("transacted")) {
                RouteFile.child(value, "ref").ifPresent(bean -> add(To.BEAN, bean));
            } else if (value instanceof MappingNode && key.equals("parameters")) {
                RouteFile.child(value, "query")
                        .filter(query -> RouteFile.text(query).startsWith("file:"))
                        .ifPresent(query -> add(
                                To.STATEMENT,
                                filled(RouteFile.text(query)).substring("file:".length()),
                                RouteFile.child(value, "dataSource")
                                        .map(source ->
                                                filled(RouteFile.text(source)).replace("#bean:", ""))
                                        .orElse("store"),
                                query));
            }
        }

        private void scalar(String key, Node value) {
            String text = filled(RouteFile.text(value));
            if (text.startsWith("direct:") && value != from) {
                add(To.ROUTE, text.substring("direct:".length()), null, value);
            }
            if (key.equals("routeConfigurationId")) {
                add(To.POLICY, value);
            }
            if (CLASSES.contains(key)) {
                add(To.CLASS, value);
            }
            BEAN_REFERENCE.matcher(text).results().forEach(found -> add(To.BEAN, found.group(1), null, value));
            SETTING.matcher(text)
                    .results()
                    .forEach(found -> add(To.SETTING, found.group(1).trim(), null, value));
            for (Matcher bean = BEAN.matcher(text); bean.find(); ) {
                add(To.BEAN, bean.group(1), null, value);
                if (bean.group(2) != null) {
                    add(To.METHOD, bean.group(2), bean.group(1), value);
                }
            }
        }

        private void add(To to, Node name) {
            add(to, filled(RouteFile.text(name)), null, name);
        }

        /** It stands where it is written, or where the parameter is that completes it. */
        private void add(To to, String name, String of, Node written) {
            String text = RouteFile.text(written);
            references.add(parameters.entrySet().stream()
                    .filter(one -> one.getValue().line() > 0 && text.contains("{{" + one.getKey() + "}}"))
                    .map(one -> new Reference(
                            to, name, of, one.getValue().file(), one.getValue().line()))
                    .findFirst()
                    .orElse(new Reference(to, name, of, file, RouteFile.line(written))));
        }

        private String filled(String text) {
            String filled = text;
            for (Map.Entry<String, Parameter> one : parameters.entrySet()) {
                filled = filled.replace(
                        "{{" + one.getKey() + "}}", one.getValue().value());
            }
            return filled;
        }
    }
}
