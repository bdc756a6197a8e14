package aiqbridge.route;

import aiqbridge.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * How a route file is written: what fits on a line stands on one, steps below each other. The same YAML in another form, such as
 * an editor saves, means the same to Camel; {@code aiq-bridge routes --format} writes this one.
 */
public final class RouteFormat {
    /** Characters of a line. */
    static final int WIDTH = 140;

    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_./<>=(][^\\[\\]{},#&*!|%@`\"\\p{Cntrl}]*(?<! )|-?\\d+(\\.\\d+)?");
    private static final Set<String> NOT_TEXT = Set.of("true", "false", "null", "yes", "no", "on", "off", "~");
    private final StringBuilder text = new StringBuilder();

    private RouteFormat() {}

    /**
     * Writes the files below routes/ that are written otherwise.
     *
     * @return those that it wrote
     * @throws StartRefused naming the file and the line of the first that cannot be read; those before it are written
     */
    public static List<Path> write(Path home) {
        List<Path> written = new ArrayList<>();
        for (Path file : Topology.files(home)) {
            try {
                String before = Files.readString(file);
                String after = of(file, before);
                if (!after.equals(before)) {
                    Files.writeString(file, after);
                    written.add(home.relativize(file));
                }
            } catch (BadRoute e) {
                throw new StartRefused("A route file cannot be read: " + e.getMessage() + ".", "Correct the file.");
            } catch (IOException e) {
                throw new StartRefused("The file " + file + " cannot be written.", "May this user write there?");
            }
        }
        return written;
    }

    /** @throws BadRoute when it is not YAML, or uses what a route does without: anchors, tags, text over several lines */
    public static String of(Path file, String yaml) throws BadRoute {
        RouteFormat format = new RouteFormat();
        try {
            Node root = new Compose(LoadSettings.builder()
                            .setParseComments(true)
                            .setMaxAliasesForCollections(0)
                            .setCodePointLimit(1_000_000)
                            .build())
                    .composeString(yaml)
                    .orElseThrow(() -> new BadRoute(file, 1, "the file is empty"));
            format.block(root, 0);
            format.comments(root.getEndComments(), 0);
        } catch (MarkedYamlEngineException e) {
            throw new BadRoute(
                    file,
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0),
                    "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new BadRoute(file, 0, "this is not YAML");
        }
        return format.text.toString();
    }

    /** A list or a map, each item on lines of its own. */
    private void block(Node node, int indent) {
        if (node instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                comments(comments(item), indent);
                text.append(" ".repeat(indent)).append("- ");
                value(item, indent + 2, indent + 2);
            }
        } else if (node instanceof MappingNode map) {
            boolean first = true;
            for (NodeTuple entry : map.getValue()) {
                boolean behindDash = first && text.length() > 0 && text.charAt(text.length() - 1) == ' ';
                if (!behindDash) {
                    comments(entry.getKeyNode().getBlockComments(), indent);
                    text.append(" ".repeat(indent));
                }
                String key = scalar((ScalarNode) entry.getKeyNode());
                text.append(key).append(':');
                Node value = entry.getValueNode();
                if (fits(value, indent + key.length() + 2)) {
                    text.append(' ').append(flow(value)).append('\n');
                } else {
                    text.append('\n');
                    block(value, indent + 2);
                }
                first = false;
            }
        }
    }

    private void value(Node item, int column, int indent) {
        boolean step = item instanceof MappingNode map && map.getValue().size() == 1;
        if (!step && fits(item, column)) {
            text.append(flow(item)).append('\n');
        } else {
            block(item, indent);
        }
    }

    private void comments(List<CommentLine> lines, int indent) {
        for (CommentLine line : lines == null ? List.<CommentLine>of() : lines) {
            if (!line.getValue().isBlank()) {
                text.append(" ".repeat(indent))
                        .append('#')
                        .append(line.getValue().stripTrailing())
                        .append('\n');
            }
        }
    }

    private static List<CommentLine> comments(Node item) {
        if (item instanceof MappingNode map && !map.getValue().isEmpty()) {
            List<CommentLine> ofKey = map.getValue().get(0).getKeyNode().getBlockComments();
            return item.getBlockComments() == null || item.getBlockComments().isEmpty()
                    ? ofKey
                    : item.getBlockComments();
        }
        return item.getBlockComments();
    }

    private static boolean fits(Node node, int column) {
        return node instanceof ScalarNode
                || node instanceof MappingNode map && map.getValue().isEmpty()
                || flat(node) && !commented(node) && column + flow(node).length() <= WIDTH;
    }

    /** Without steps: lists hold words, or maps of several words such as a template's parameters. */
    private static boolean flat(Node node) {
        if (node instanceof MappingNode map) {
            return map.getValue().stream().allMatch(entry -> flat(entry.getValueNode()));
        }
        return !(node instanceof SequenceNode list)
                || list.getValue().stream()
                        .allMatch(item -> item instanceof ScalarNode
                                || item instanceof MappingNode map
                                        && map.getValue().size() > 1
                                        && flat(map));
    }

    private static boolean commented(Node node) {
        if (node.getBlockComments() != null && !node.getBlockComments().isEmpty()) {
            return true;
        }
        if (node instanceof MappingNode map) {
            return map.getValue().stream()
                    .anyMatch(entry -> commented(entry.getKeyNode()) || commented(entry.getValueNode()));
        }
        return node instanceof SequenceNode list && list.getValue().stream().anyMatch(RouteFormat::commented);
    }

    private static String flow(Node node) {
        if (node instanceof MappingNode map) {
            return map.getValue().stream()
                    .map(entry -> scalar((ScalarNode) entry.getKeyNode()) + ": " + flow(entry.getValueNode()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(RouteFormat::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return scalar((ScalarNode) node);
    }

    private static String scalar(ScalarNode node) {
        String value = node.getValue();
        boolean wasPlain = node.getScalarStyle() == ScalarStyle.PLAIN;
        if (wasPlain && (!node.getTag().equals(Tag.STR) || value.equals("~"))) {
            return value;
        }
        boolean plain = PLAIN.matcher(value).matches()
                && !value.contains(": ")
                && !value.endsWith(":")
                && !NOT_TEXT.contains(value)
                && !value.matches("-?[\\d.]+");
        return plain
                ? value
                : '"'
                        + value.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t")
                                .replace("\r", "\\r")
                        + '"';
    }
}
