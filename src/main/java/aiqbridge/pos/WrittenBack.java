package aiqbridge.pos;

import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.wallet.Points;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Reads the points that stand on a till's own transaction, by the make's statement {@code written-back.sql}: {@code transaction_id, points}, bound with {@code :#transaction_id}. */
public final class WrittenBack {
    private final Path home;
    private final PosConnections connections;
    private final Map<String, ? extends DataSource> tills;
    private final Duration longest;

    /** @param tills the tills' databases by connection */
    public WrittenBack(
            Path home, PosConnections connections, Map<String, ? extends DataSource> tills, Duration longest) {
        this.home = home;
        this.connections = connections;
        this.tills = tills;
        this.longest = longest;
    }

    /** Why this till's points cannot be read, null when they can. */
    public String unreadable(String connection) {
        PosConnection till = connections.find(connection).orElse(null);
        if (till == null) {
            return "The till " + connection + " is no longer known; its transactions were not checked.";
        }
        if (!till.writeBack()) {
            return "The till " + connection
                    + " is not written back (write-back = off); its transactions were not checked.";
        }
        return file(till).isEmpty()
                ? "The make " + till.make() + " of " + connection
                        + " has no written-back.sql; its transactions were not checked."
                : null;
    }

    /** The points on the transaction; empty when it shows none. */
    public Optional<BigDecimal> points(String connection, String transactionId) {
        PosConnection till = connections.get(connection);
        JdbcTemplate rows = new JdbcTemplate(tills.get(connection));
        rows.setQueryTimeout((int) longest.toSeconds());
        List<Map<String, Object>> found = new NamedParameterJdbcTemplate(rows)
                .queryForList(text(file(till).orElseThrow()), Map.of("transaction_id", transactionId));
        return found.stream()
                .map(row -> row.get("points"))
                .filter(java.util.Objects::nonNull)
                .map(Points::of)
                .findFirst();
    }

    private Optional<String> file(PosConnection till) {
        return new PosMakes(home).file(till.make(), till.engine(), "written-back");
    }

    private String text(String file) {
        try {
            return Files.readString(home.resolve("routes/pos").resolve(file))
                    .replaceAll("(?m)^--.*$", "")
                    .replace(":#", ":");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
