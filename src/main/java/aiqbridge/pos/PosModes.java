package aiqbridge.pos;

import aiqbridge.connection.PosConnections;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether a till only observes or is live. Its file decides: {@code observe}, {@code live}, or {@code page}, which leaves it to the retailer: then it observes until somebody
 * lets it go live on the page. A file that says observe or live is never overruled there, but for one thing: a
 * till whose database may be another one than before only observes until somebody says on the page that it is live.
 */
public final class PosModes {
    private final PosConnections connections;
    private final JdbcTemplate store;
    private final Clock clock;

    public PosModes(PosConnections connections, DataSource store, Clock clock) {
        this.connections = connections;
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /** {@code observe} or {@code live}, as it is now. */
    public String mode(String connection) {
        if (doubted(connection)) {
            return "observe";
        }
        String written = connections.get(connection).mode();
        return written.equals("page") ? changed(connection).map(Change::mode).orElse("observe") : written;
    }

    /** Whether its database may be another one than before; until a person says that it is live, the till only observes, whatever its file says. */
    public boolean doubted(String connection) {
        return store.queryForObject(
                        "select count(*) from pos_database where connection = ? and doubted_at is not null",
                        Integer.class,
                        connection)
                > 0;
    }

    /** @param changedAt epoch milliseconds */
    public record Change(String mode, String changedBy, long changedAt) {}

    /** Who changed it on the page last. */
    public Optional<Change> changed(String connection) {
        return store
                .query(
                        "select mode, changed_by, changed_at from pos_mode where connection = ?",
                        DataClassRowMapper.newInstance(Change.class),
                        connection)
                .stream()
                .findFirst();
    }

    /** From now on. */
    public void change(String connection, boolean live, String by) {
        store.update(
                "insert into pos_mode (connection, mode, changed_by, changed_at) values (?, ?, ?, ?) on conflict (connection) do update set mode = excluded.mode, changed_by = excluded.changed_by, changed_at = excluded.changed_at",
                connection,
                live ? "live" : "observe",
                by,
                clock.millis());
        if (live) {
            store.update("update pos_database set doubted_at = null where connection = ?", connection);
        }
    }
}
