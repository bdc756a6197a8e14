package aiqbridge.route;

import aiqbridge.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** One YAML file in routes/: its routes, what they name, and at which line. */
public final class RouteFile {
    private final Path file;
    private final Node root;

    /**
     * A route or a template.
     *
     * @param from the endpoint that it begins with
     * @param uses the endpoints and statements that it names, in order
     * @param line where its id stands
     */
    public record Route(
            String id, String group, String description, String from, List<String> uses, boolean template, int line) {}

    private RouteFile(Path file, Node root) {
        this.file = file;
        this.root = root;
    }

    /** @throws BadRoute when it is no YAML */
    public static RouteFile read(Path file) throws BadRoute {
        try {
            return of(file, TextFile.read(file));
        } catch (IOException e) {
            throw new BadRoute(file, 0, "the file " + e.getMessage());
        }
    }

    static RouteFile of(Path file, String text) throws BadRoute {
        Optional<String> unreadable = RouteTexts.unreadable(text);
        if (unreadable.isPresent()) {
            throw new BadRoute(file, 0, unreadable.get());
        }
        try {
            Node root = new Compose(LoadSettings.builder()
                            .setMaxAliasesForCollections(0)
                            .setCodePointLimit(TextFile.LARGEST)
                            .build())
                    .composeString(text)
                    .orElseThrow(() -> new BadRoute(file, 1, "the file is empty"));
            return new RouteFile(file, root);
        } catch (MarkedYamlEngineException e) {
            throw new BadRoute(
                    file,
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0),
                    "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new BadRoute(file, 0, "this is not YAML, or uses anchors (&, *)");
        } catch (StackOverflowError e) {
            throw new BadRoute(file, 0, "this is nested too deeply");
        }
    }

    public Path path() {
        return file;
    }

    /** Its routes, those that it makes from its templates among them, and the templates that others make routes from. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        Map<String, Node> templates = new LinkedHashMap<>();
        Set<String> made = new HashSet<>();
        if (root instanceof SequenceNode all) {
            for (Node item : all.getValue()) {
                child(item, "route").ifPresent(route -> routes.add(route(route, route, false, Map.of())));
                child(item, "routeTemplate")
                        .ifPresent(template -> templates.put(
                                child(template, "id").map(RouteFile::text).orElse(""), template));
            }
            for (Node item : all.getValue()) {
                child(item, "templatedRoute").ifPresent(one -> {
                    String name =
                            child(one, "routeTemplateRef").map(RouteFile::text).orElse("");
                    Node template = templates.get(name);
                    if (template != null) {
                        made.add(name);
                        routes.add(route(one, template, false, parameters(one)));
                    }
                });
            }
            templates.forEach((name, template) -> {
                if (!made.contains(name)) {
                    routes.add(route(template, template, true, Map.of()));
                }
            });
        }
        return routes;
    }

    /** What stands at its top under this key, such as {@code route} or {@code routeTemplate}. */
    List<Node> all(String key) {
        return root instanceof SequenceNode list
                ? list.getValue().stream()
                        .flatMap(item -> child(item, key).stream())
                        .toList()
                : List.of();
    }

    /** What a route gives its template. */
    private static Map<String, String> parameters(Node templated) {
        Map<String, String> values = new HashMap<>();
        if (child(templated, "parameters").orElse(null) instanceof SequenceNode list) {
            for (Node one : list.getValue()) {
                values.put(
                        child(one, "name").map(RouteFile::text).orElse(""),
                        child(one, "value").map(RouteFile::text).orElse(""));
            }
        }
        return values;
    }

    private static String filled(String text, Map<String, String> parameters) {
        String filled = text;
        for (Map.Entry<String, String> one : parameters.entrySet()) {
            filled = filled.replace("{{" + one.getKey() + "}}", one.getValue());
        }
        return filled;
    }

    /** @param made what it is made from: itself, or a template whose parameters these are */
    private Route route(Node named, Node made, boolean template, Map<String, String> parameters) {
        Node node = child(made, "route").orElse(made);
        List<String> uses = new ArrayList<>();
        String from = child(node, "from")
                .flatMap(f -> child(f, "uri"))
                .map(RouteFile::text)
                .orElse("");
        walk(node, (key, value) -> {
            if (value instanceof ScalarNode scalar) {
                String text = scalar.getValue();
                if (key.equals("uri") && !text.equals(from)
                        || key.equals("query")
                        || text.startsWith("direct:") && !text.equals(from)) {
                    uses.add(filled(text, parameters));
                }
            }
        });
        Optional<Node> id = child(named, "id").or(() -> child(named, "routeId"));
        return new Route(
                id.map(RouteFile::text).orElse(""),
                child(node, "group")
                        .map(group -> filled(text(group), parameters))
                        .orElse(
                                file.getParent() == null
                                        ? ""
                                        : file.getParent().getFileName().toString()),
                child(node, "description")
                        .or(() -> child(made, "description"))
                        .map(text -> filled(text(text), parameters))
                        .orElse(""),
                filled(from, parameters),
                uses.stream().distinct().toList(),
                template,
                id.map(RouteFile::line).orElse(1));
    }

    /** Every key with its value, from the top; list items have their list's key. */
    static void walk(Node node, BiConsumer<String, Node> each) {
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                String key = text(entry.getKeyNode());
                each.accept(key, entry.getValueNode());
                if (entry.getValueNode() instanceof SequenceNode list) {
                    list.getValue().stream()
                            .filter(ScalarNode.class::isInstance)
                            .forEach(item -> each.accept(key, item));
                }
                walk(entry.getValueNode(), each);
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> walk(item, each));
        }
    }

    static Optional<Node> child(Node node, String key) {
        return node instanceof MappingNode map
                ? map.getValue().stream()
                        .filter(e -> text(e.getKeyNode()).equals(key))
                        .map(NodeTuple::getValueNode)
                        .findFirst()
                : Optional.empty();
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
