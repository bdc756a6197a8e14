package aiqbridge.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The topology as a picture: the folders and the world around them, or the routes of one folder. */
public final class Picture {
    private static final Set<String> WORLD =
            Set.of(Topology.CALLERS, Topology.AIQ, Topology.TILLS, Topology.SHOPS, Topology.STORE, Topology.CLOCK);
    private static final int WIDTH = 170, HEIGHT = 30, ACROSS = 60, DOWN = 18, MARGIN = 20;
    private final List<Topology.Edge> edges;

    private Picture(List<Topology.Edge> edges) {
        this.edges = edges;
    }

    /** @param folder null for all folders; each of them reaches the own database, which is therefore left out */
    public static Picture of(Topology topology, String folder) {
        return folder == null
                ? new Picture(topology.betweenFolders().stream()
                        .filter(edge -> !edge.to().equals(Topology.STORE))
                        .toList())
                : new Picture(topology.within(folder));
    }

    private Set<String> boxes() {
        Set<String> boxes = new LinkedHashSet<>();
        edges.forEach(edge -> {
            boxes.add(edge.from());
            boxes.add(edge.to());
        });
        return boxes;
    }

    /** For Mermaid. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (String box : boxes()) {
            text.append("  ")
                    .append(id(box))
                    .append(WORLD.contains(box) ? "([\"" + box + "\"])" : "[\"" + box + "\"]")
                    .append('\n');
        }
        edges.forEach(edge -> text.append("  ")
                .append(id(edge.from()))
                .append(" --> ")
                .append(id(edge.to()))
                .append('\n'));
        return text.toString();
    }

    private static String id(String box) {
        // a word of Mermaid's own may not stand alone
        return "n_" + box.replaceAll("[^A-Za-z0-9]", "_");
    }

    /** A drawing that needs nothing else: columns from left to right, in the order of handing over. */
    public String svg() {
        Map<String, Integer> column = columns();
        Map<Integer, List<String>> columns = new TreeMap<>();
        column.forEach(
                (box, at) -> columns.computeIfAbsent(at, c -> new ArrayList<>()).add(box));
        Map<String, int[]> at = new TreeMap<>();
        columns.forEach((c, boxes) -> {
            for (int row = 0; row < boxes.size(); row++) {
                at.put(boxes.get(row), new int[] {MARGIN + c * (WIDTH + ACROSS), MARGIN + row * (HEIGHT + DOWN)});
            }
        });
        int width = 2 * MARGIN + columns.size() * (WIDTH + ACROSS) - ACROSS;
        int height = 2 * MARGIN
                + columns.values().stream().mapToInt(List::size).max().orElse(0) * (HEIGHT + DOWN)
                - DOWN;
        StringBuilder svg = new StringBuilder(String.format("""
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
            <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#667"/></marker></defs>
            <rect width="100%%" height="100%%" fill="#fff"/>
            """, width, height, width, height));
        for (Topology.Edge edge : edges) {
            int[] a = at.get(edge.from()), b = at.get(edge.to());
            boolean back = b[0] <= a[0];
            int x1 = back ? a[0] + WIDTH / 2 : a[0] + WIDTH,
                    y1 = a[1] + (back ? HEIGHT : HEIGHT / 2),
                    x2 = back ? b[0] + WIDTH / 2 : b[0],
                    y2 = b[1] + (back ? HEIGHT : HEIGHT / 2);
            svg.append(String.format(
                    "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"#99a\" marker-end=\"url(#tip)\"/>%n",
                    x1,
                    y1,
                    back ? x1 : x1 + ACROSS / 2,
                    back ? y1 + 2 * DOWN : y1,
                    back ? x2 : x2 - ACROSS / 2,
                    back ? y2 + 2 * DOWN : y2,
                    x2,
                    y2));
        }
        at.forEach((box, xy) -> svg.append(String.format(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" fill=\"%s\" stroke=\"#446\"/><text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#112\">%s</text>%n",
                xy[0],
                xy[1],
                WIDTH,
                HEIGHT,
                WORLD.contains(box) ? HEIGHT / 2 : 4,
                WORLD.contains(box) ? "#eef" : "#fff",
                xy[0] + WIDTH / 2,
                xy[1] + HEIGHT / 2 + 4,
                escaped(box))));
        return svg.append("</svg>\n").toString();
    }

    /** A box stands right of everything that leads to it; what leads back to the left is no reason. */
    private Map<String, Integer> columns() {
        Map<String, List<String>> next = new TreeMap<>();
        edges.forEach(edge ->
                next.computeIfAbsent(edge.from(), f -> new ArrayList<>()).add(edge.to()));
        Map<String, Integer> column = new TreeMap<>();
        Set<String> led = new HashSet<>(edges.stream().map(Topology.Edge::to).toList());
        Function<String, Boolean> first = box -> !led.contains(box);
        boxes().stream().sorted().forEach(box -> column.put(box, 0));
        boxes().stream().filter(first::apply).sorted().forEach(box -> place(box, 0, next, column, new HashSet<>()));
        return column;
    }

    private static void place(
            String box, int at, Map<String, List<String>> next, Map<String, Integer> column, Set<String> above) {
        if (!above.add(box)) {
            return;
        }
        if (at >= column.get(box)) {
            column.put(box, at);
            next.getOrDefault(box, List.of()).stream()
                    .filter(other -> !above.contains(other))
                    .forEach(other -> place(other, at + 1, next, column, above));
        }
        above.remove(box);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
