package aiqbridge.pos;

import aiqbridge.connection.PosConnection;
import aiqbridge.route.Finding;
import aiqbridge.route.StatementCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The makes of till, as their folders in {@code routes/pos/} have them: what each one reads, and which one a database looks like. */
public final class PosMakes {
    private static final Pattern TABLE =
            Pattern.compile("(?i)\\b(?:from|join)\\s+(\\[[^]]+]|`[^`]+`|[a-z_]\\w*)(?![\\w.(])");
    private final Path folder;

    public PosMakes(Path home) {
        this.folder = home.resolve("routes/pos");
    }

    public List<String> names() {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(PosMakes::isMake)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Beside the makes stand the folders of the flows' own statements. */
    private static boolean isMake(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.anyMatch(f -> f.getFileName().toString().matches("sales(\\.[a-z]+)?\\.sql"));
        } catch (IOException e) {
            return false;
        }
    }

    /** The make's statement for this engine, or the one for all, as a path below routes/pos/. */
    public Optional<String> file(String make, String engine, String name) {
        return Stream.of(make + "/" + name + "." + engine + ".sql", make + "/" + name + ".sql")
                .filter(candidate -> Files.isRegularFile(folder.resolve(candidate)))
                .findFirst();
    }

    /** The files of all that is asked of the connection's database, as paths below routes/pos/; where its own back end says what is completed, it is not asked. */
    List<String> statements(PosConnection till) {
        return Stream.of(
                        till.completion().equals("call") ? Optional.<String>empty() : file(till, "sales"),
                        file(till, "reversals"),
                        file(till, "standing"),
                        file(till, "late"),
                        till.writeBack() ? file(till, "write-back") : Optional.<String>empty(),
                        till.writeBack() ? file(till, "written-back") : Optional.<String>empty())
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<String> file(PosConnection till, String name) {
        return file(till.make(), till.engine(), name);
    }

    /**
     * Which of the connection's statements its database does not take; they are prepared there and not run.
     *
     * @throws SQLException when it cannot be reached
     */
    public List<Finding> refused(PosConnection till, DataSource database) throws SQLException {
        List<Finding> refused = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            for (String file : statements(till)) {
                try {
                    new StatementCheck(Files.readString(folder.resolve(file)))
                            .refusedBy(connection)
                            .ifPresent(why -> refused.add(Finding.elsewhere("routes/pos/" + file, why, till.name())));
                } catch (SQLException e) {
                    // it is busy, or has no way to say so: it says what does not fit it when it is polled
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return refused;
    }

    /** The tables and views, in lower case, that the make's completed sales are read from. */
    Set<String> tables(String make, String engine) {
        String sales = file(make, engine, "sales").map(this::statement).orElse("");
        return TABLE.matcher(sales)
                .results()
                .map(found -> found.group(1).replaceAll("[\\[\\]`]", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String statement(String file) {
        try {
            return Files.readAllLines(folder.resolve(file)).stream()
                    .filter(line -> !line.strip().startsWith("--"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which of the make's tables the connection's login does not see, and which make the database looks like instead; empty when it sees them all or cannot be asked. */
    public String doubt(PosConnection connection, DataSource database) {
        try {
            Set<String> seen = seen(database);
            Set<String> missing = new TreeSet<>(tables(connection.make(), connection.engine()));
            missing.removeAll(seen);
            if (missing.isEmpty()) {
                return "";
            }
            Optional<String> alike = names().stream()
                    .filter(make -> !tables(make, connection.engine()).isEmpty()
                            && seen.containsAll(tables(make, connection.engine())))
                    .max(Comparator.comparing(
                            make -> tables(make, connection.engine()).size()));
            return " The login " + connection.username() + " sees no " + String.join(", ", missing)
                    + alike.map(make -> "; the database looks like the make " + make + ".")
                            .orElse(" there, and no other make's tables.");
        } catch (SQLException e) {
            return "";
        }
    }

    private static Set<String> seen(DataSource database) throws SQLException {
        Set<String> seen = new TreeSet<>();
        try (Connection one = database.getConnection();
                ResultSet tables =
                        one.getMetaData().getTables(one.getCatalog(), null, "%", new String[] {"TABLE", "VIEW"})) {
            while (tables.next()) {
                seen.add(tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return seen;
    }
}
