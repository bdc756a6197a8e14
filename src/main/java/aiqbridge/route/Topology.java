package aiqbridge.route;

import aiqbridge.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which route hands over to which, read from the files: ids, groups, descriptions, and the addresses they name. */
public final class Topology {
    /** What is not a folder of ours. */
    static final String CALLERS = "back ends and shops",
            AIQ = "AIQ",
            TILLS = "tills' databases",
            SHOPS = "shops' APIs",
            STORE = "own database",
            CLOCK = "clocks";

    private final Map<String, RouteFile.Route> byId = new TreeMap<>();

    private Topology() {}

    /** @throws StartRefused naming the file and the line */
    public static Topology read(Path home) {
        Topology topology = new Topology();
        try {
            for (Path file : files(home)) {
                RouteFile.read(file).routes().forEach(route -> topology.byId.put(route.id(), route));
            }
        } catch (BadRoute e) {
            throw new StartRefused(
                    "The routes cannot be read: " + e.getMessage() + ".",
                    "Correct the file; aiq-bridge run --dev says the same while you edit.");
        }
        return topology;
    }

    /** The YAML files below routes/, in order. */
    static List<Path> files(Path home) {
        try (Stream<Path> files = Files.walk(home.resolve("routes"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new StartRefused(
                    "The folder routes/ cannot be read.", "Start from the folder that holds routes/ and config/.");
        }
    }

    public List<RouteFile.Route> routes() {
        return List.copyOf(byId.values());
    }

    /** A line between two boxes of a picture. */
    record Edge(String from, String to) {}

    /** Folders and the world around them. */
    List<Edge> betweenFolders() {
        Set<Edge> edges = new java.util.LinkedHashSet<>();
        for (RouteFile.Route route : byId.values()) {
            if (route.from().startsWith("platform-http:")) {
                edges.add(new Edge(CALLERS, route.group()));
            }
            for (String use : route.uses()) {
                String other = outside(route, use);
                if (other != null) {
                    edges.add(new Edge(route.group(), other));
                }
                handedTo(use).stream()
                        .map(id -> byId.get(id).group())
                        .filter(group -> !group.equals(route.group()))
                        .forEach(group -> edges.add(new Edge(route.group(), group)));
            }
        }
        return edges.stream()
                .sorted(java.util.Comparator.comparing(Edge::from).thenComparing(Edge::to))
                .toList();
    }

    /** The routes of one folder, and those beyond it that they hand over to or that hand over to them. */
    List<Edge> within(String folder) {
        Set<Edge> edges = new java.util.LinkedHashSet<>();
        for (RouteFile.Route route : byId.values()) {
            for (String use : route.uses()) {
                for (String other : handedTo(use)) {
                    if (route.group().equals(folder) || byId.get(other).group().equals(folder)) {
                        edges.add(new Edge(route.id(), other));
                    }
                }
                String world = outside(route, use);
                if (world != null && route.group().equals(folder)) {
                    edges.add(new Edge(route.id(), world));
                }
            }
            if (route.group().equals(folder) && route.from().matches("(quartz|platform-http):.*")) {
                edges.add(new Edge(route.from().startsWith("quartz") ? CLOCK : CALLERS, route.id()));
            }
        }
        return List.copyOf(edges);
    }

    /** The routes that an address leads to; one that is completed by a setting or a connection's name leads to all that fit, and one that a template may begin with to that template. */
    List<String> handedTo(String address) {
        if (!address.startsWith("direct:")) {
            return List.of();
        }
        String name = address.substring(7);
        List<String> exact = byId.values().stream()
                .filter(route -> route.from().equals(address))
                .map(RouteFile.Route::id)
                .toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        if (!name.contains("{{") && !name.contains("${")) {
            return byId.values().stream()
                    .filter(route -> route.template() && fits(route.from(), address))
                    .map(RouteFile.Route::id)
                    .toList();
        }
        String begin = name.replaceFirst("[{$].*$", "");
        return byId.values().stream()
                .filter(route -> route.from().startsWith("direct:" + begin))
                .map(RouteFile.Route::id)
                .toList();
    }

    /** Whether a template's address, completed by its parameter, can be this one. */
    private static boolean fits(String from, String address) {
        int parameter = from.indexOf("{{");
        return parameter >= 0 && from.endsWith("}}") && address.startsWith(from.substring(0, parameter));
    }

    private static String outside(RouteFile.Route route, String use) {
        if (use.startsWith("{{aiq.")) {
            return AIQ;
        }
        if (use.startsWith("{{")) {
            return SHOPS;
        }
        if (use.startsWith("file:routes/pos/{{") || use.startsWith("file:routes/pos/now.")) {
            return TILLS;
        }
        return use.startsWith("file:") ? STORE : null;
    }

    /** Every route with its description, what wakes it and where it leads, folder by folder. */
    public String text(String folder) {
        StringBuilder text = new StringBuilder();
        for (String group :
                new TreeSet<>(byId.values().stream().map(RouteFile.Route::group).toList())) {
            if (folder != null && !folder.equals(group)) {
                continue;
            }
            text.append(group).append('\n');
            for (RouteFile.Route route : byId.values()) {
                if (!route.group().equals(group)) {
                    continue;
                }
                text.append("  ")
                        .append(route.id())
                        .append(route.template() ? " (template)" : "")
                        .append(": ")
                        .append(route.description())
                        .append('\n');
                if (!route.from().startsWith("direct:")) {
                    text.append("      from ").append(route.from()).append('\n');
                }
                List<String> to = new ArrayList<>();
                for (String use : route.uses()) {
                    handedTo(use).stream().filter(id -> !to.contains(id)).forEach(to::add);
                }
                if (!to.isEmpty()) {
                    text.append("      to   ").append(String.join(", ", to)).append('\n');
                }
                List<String> sql = route.uses().stream()
                        .filter(use -> use.startsWith("file:"))
                        .map(use -> use.replace("file:routes/", "").replace(group + "/", ""))
                        .toList();
                if (!sql.isEmpty()) {
                    text.append("      sql  ").append(String.join(", ", sql)).append('\n');
                }
            }
        }
        return text.toString();
    }
}
