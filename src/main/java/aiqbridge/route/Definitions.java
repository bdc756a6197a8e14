package aiqbridge.route;

import aiqbridge.route.Definition.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** All that the files in routes/ define together, and the routes that are made from their templates. */
final class Definitions {
    /** @param parameters whether each must be given */
    private record Template(String file, int line, Node node, Map<String, Boolean> parameters) {}

    private final List<Definition> all = new ArrayList<>();
    private final Map<String, Template> templates = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param texts       of the files, by their names
     * @param connections what tills and shops make from the templates
     */
    Definitions(Map<String, String> texts, List<TemplatedRouteDefinition> connections) {
        Map<String, RouteFile> files = new LinkedHashMap<>();
        texts.keySet().stream().filter(file -> file.endsWith(".yaml")).forEach(file -> {
            try {
                files.put(file, RouteFile.of(Path.of(file), texts.get(file)));
            } catch (BadRoute e) {
                findings.add(new Finding(
                        file, e.line(), e.sentence(), "Compare it with the lines around it, and with other files."));
            }
        });
        if (!findings.isEmpty()) {
            return; // what the others name may stand in the one that cannot be read
        }
        files.forEach((file, yaml) -> {
            for (String kind : List.of(Definition.ROUTE, Definition.POLICY)) {
                yaml.all(kind).forEach(node -> all.add(Definition.written(kind, file, node)));
            }
            yaml.all(Definition.TEMPLATE).forEach(node -> {
                Definition template = Definition.written(Definition.TEMPLATE, file, node);
                all.add(template);
                templates.putIfAbsent(template.id(), new Template(file, template.line(), node, wanted(node)));
            });
        });
        files.forEach((file, yaml) -> yaml.all("templatedRoute").forEach(node -> made(file, node)));
        connections.forEach(this::made);
    }

    List<Definition> all() {
        return all;
    }

    /** What keeps files from being understood. */
    List<Finding> findings() {
        return findings;
    }

    /** Those of the files that hold routes, templates and policies first, and all files with these. */
    List<String> inOrder(Collection<String> files) {
        Set<String> first = new TreeSet<>();
        Set<String> then = new TreeSet<>();
        for (Definition one : all) {
            if (!one.kind().equals(Definition.ROUTE)) {
                first.add(one.owner());
            } else if (files.contains(one.owner()) && !one.owner().equals(Definition.CONNECTIONS)) {
                then.add(one.owner());
            }
        }
        then.removeAll(first);
        return Stream.of(first, then).flatMap(Set::stream).toList();
    }

    /** The names that stand for a parameter in a template. */
    Set<String> parameters(Definition definition) {
        return definition.kind().equals(Definition.TEMPLATE)
                ? templates.get(definition.id()).parameters().keySet()
                : Set.of();
    }

    private void made(String file, Node node) {
        Map<String, Parameter> given = new LinkedHashMap<>();
        parameters(node).forEach((name, one) -> RouteFile.child(one, "value")
                .ifPresent(
                        value -> given.put(name, new Parameter(RouteFile.text(value), file, RouteFile.line(value)))));
        Node name = RouteFile.child(node, "routeTemplateRef").orElse(node);
        Node id = RouteFile.child(node, "routeId").orElse(node);
        made(file, RouteFile.line(name), RouteFile.text(name), RouteFile.text(id), file, RouteFile.line(id), given);
    }

    private void made(TemplatedRouteDefinition route) {
        Map<String, Parameter> given = new LinkedHashMap<>();
        route.getParameters().forEach(one -> given.put(one.getName(), new Parameter(one.getValue(), null, 0)));
        Template template = templates.get(route.getRouteTemplateRef());
        String file = template == null ? "routes" : template.file();
        int line = template == null ? 0 : template.line();
        made(file, line, route.getRouteTemplateRef(), route.getRouteId(), Definition.CONNECTIONS, 0, given);
    }

    /** @param line where the template is named, or stands when a connection names it */
    private void made(
            String file, int line, String name, String id, String owner, int idLine, Map<String, Parameter> given) {
        Template template = templates.get(name);
        if (template == null) {
            findings.add(new Finding(
                    file,
                    line,
                    "there is no template " + name + ", of which " + id + " is made",
                    Nearest.meant(name, templates.keySet(), "Templates are")));
            return;
        }
        Set<String> missing = new TreeSet<>(template.parameters().keySet());
        missing.removeIf(one -> !template.parameters().get(one) || given.containsKey(one));
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(template.parameters().keySet());
        for (String one : missing) {
            findings.add(new Finding(
                    file,
                    line,
                    id + " does not give its template " + name + " the parameter " + one,
                    "Write below parameters: - {name: " + one + ", value: …}"));
        }
        for (String one : unknown) {
            findings.add(new Finding(
                    file,
                    line,
                    "the template " + name + " of " + id + " has no parameter " + one,
                    Nearest.meant(one, template.parameters().keySet(), "Its parameters are")));
        }
        if (missing.isEmpty() && unknown.isEmpty()) {
            all.add(Definition.of(Definition.ROUTE, id, template.file(), owner, idLine, template.node(), given));
        }
    }

    private static Map<String, Boolean> wanted(Node template) {
        Map<String, Boolean> wanted = new TreeMap<>();
        parameters(template)
                .forEach((name, one) -> wanted.put(
                        name,
                        RouteFile.child(one, "defaultValue").isEmpty()
                                && !RouteFile.child(one, "required")
                                        .map(RouteFile::text)
                                        .equals(Optional.of("false"))));
        return wanted;
    }

    private static Map<String, Node> parameters(Node node) {
        Map<String, Node> parameters = new LinkedHashMap<>();
        if (RouteFile.child(node, "parameters").orElse(null) instanceof SequenceNode list) {
            list.getValue()
                    .forEach(one -> parameters.put(
                            RouteFile.child(one, "name").map(RouteFile::text).orElse(""), one));
        }
        return parameters;
    }
}
