package aiqbridge.route;

import aiqbridge.StartRefused;
import aiqbridge.route.MovingStatement.Move;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may become of a redemption, a reversal and the sending of a cart, read from the statements in routes/. */
public final class States {
    /** For each table the statements that make each move, by their path below routes/, without the database that they are for. */
    private final Map<String, Map<Move, Set<String>>> made = new TreeMap<>();

    private States() {}

    /** @throws StartRefused naming the statement that cannot be read */
    public static States read(Path home) {
        States states = new States();
        Life.ALL.forEach(life -> states.made.put(life.table(), new HashMap<>()));
        for (Path file : statements(home)) {
            String path = home.resolve("routes")
                    .relativize(file)
                    .toString()
                    .replace('\\', '/')
                    .replaceFirst("(\\.(sqlite|postgresql))?\\.sql$", "");
            for (Life life : Life.ALL) {
                for (Move move : moves(life, file)) {
                    states.made
                            .get(life.table())
                            .computeIfAbsent(move, m -> new TreeSet<>())
                            .add(path);
                }
            }
        }
        return states;
    }

    /** The statements below routes/, in order. */
    static List<Path> statements(Path home) {
        try (Stream<Path> files = Files.walk(home.resolve("routes"))) {
            return files.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StartRefused(
                    "The folder routes/ cannot be read.", "Start from the folder that holds routes/ and config/.");
        }
    }

    static Set<Move> moves(Life life, Path file) {
        try {
            return MovingStatement.moves(life, Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefused(
                    "It is not clear how " + file + " moves a " + life.table() + ": " + e.getMessage() + ".",
                    "A status is set to a state, or to a parameter that the statement compares, for example :#next in ('DONE', 'PARKED').");
        }
    }

    public static List<String> tables() {
        return Life.ALL.stream().map(Life::table).toList();
    }

    Map<Move, Set<String>> made(String table) {
        return made.get(table);
    }

    /** A picture for Mermaid; an arrow names the statements that make the move. */
    public String mermaid(String table) {
        List<String> states = Life.ALL.stream()
                .filter(life -> life.table().equals(table))
                .findFirst()
                .orElseThrow()
                .states();
        StringBuilder text = new StringBuilder("%% aiq-bridge routes " + table + " --as states\nstateDiagram-v2\n");
        made.get(table).entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Move, Set<String>> e) ->
                                states.indexOf(e.getKey().from()))
                        .thenComparing(e -> states.indexOf(e.getKey().to())))
                .forEach(e -> text.append("  ")
                        .append(e.getKey().from())
                        .append(" --> ")
                        .append(e.getKey().to())
                        .append(": ")
                        .append(e.getValue().stream()
                                .map(path -> path.replaceFirst("^" + table + "/", ""))
                                .collect(Collectors.joining("<br/>")))
                        .append('\n'));
        return text.toString();
    }
}
