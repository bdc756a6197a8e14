package aiqbridge.pos;

import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.route.BoundStatement;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether a till's database is still the one that it was: a SQLite file may be replaced while it is open, and behind an address may be another server, or an emptied database. One
 * that does not have the newest sale that is known of this till is in doubt: the till only observes until a person says that it is live, and nothing that was received before is
 * missed in it.
 */
public final class TillIdentity {
    private static final Duration ASK_SERVERS_EVERY = Duration.ofMinutes(15);
    private static final int LOOK_AT = 500;
    private final PosMakes makes;
    private final Path folder;
    private final PosConnections connections;
    private final Map<String, HikariDataSource> tills;
    private final JdbcTemplate store;
    private final Clock clock;
    private final Map<String, String> opened = new ConcurrentHashMap<>();
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    /** @param tills the tills' databases by connection */
    public TillIdentity(
            Path home, PosConnections connections, Map<String, HikariDataSource> tills, DataSource store, Clock clock) {
        this.makes = new PosMakes(home);
        this.folder = home.resolve("routes/pos");
        this.connections = connections;
        this.tills = tills;
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /** Before a poll. */
    public void look(String connection) {
        PosConnection till = connections.get(connection);
        String now = till.engine().equals("sqlite") ? file(till) : server(till);
        if (now == null) {
            return;
        }
        List<String> before =
                store.queryForList("select identity from pos_database where connection = ?", String.class, connection);
        if (before.isEmpty()) {
            store.update("insert into pos_database (connection, identity, since) values (?, ?, 0)", connection, now);
        } else if (!before.get(0).equals(now)) {
            boolean same = hasNewest(till);
            store.update(
                    "update pos_database set identity = ?, since = case when ? = 1 then since else ? end, doubted_at = case when ? = 1 then doubted_at else ? end where connection = ?",
                    now,
                    same ? 1 : 0,
                    clock.millis(),
                    same ? 1 : 0,
                    clock.millis(),
                    connection);
        }
    }

    /** Null where it is no file that can be told; what was opened before is closed when it is another one now, or gone. */
    private String file(PosConnection till) {
        Optional<Path> file = path(till.jdbcUrl());
        if (file.isEmpty()) {
            return null;
        }
        String now;
        try {
            now = String.valueOf(
                    Files.readAttributes(file.get(), BasicFileAttributes.class).fileKey());
        } catch (IOException gone) {
            now = "";
        }
        String before = opened.put(till.name(), now);
        if (before != null && !before.equals(now)) {
            tills.get(till.name()).getHikariPoolMXBean().softEvictConnections();
        }
        return now.isEmpty() || now.equals("null") ? null : now;
    }

    static Optional<Path> path(String jdbcUrl) {
        String path = jdbcUrl.replaceFirst("^jdbc:sqlite:(file:)?", "").replaceFirst("[?].*$", "");
        return path.isEmpty() || path.startsWith(":") ? Optional.empty() : Optional.of(Path.of(path));
    }

    /** What the server says of itself and its tables, with the rights of any login; null when it was asked lately or cannot say. */
    private String server(PosConnection till) {
        String question =
                switch (till.engine()) {
                    case "postgresql" ->
                        "select s.system_identifier || '/' || d.oid from pg_control_system() s, pg_database d where d.datname = current_database()";
                    case "mariadb" ->
                        "select concat(@@hostname, ':', @@port, '/', coalesce((select min(t.create_time) from information_schema.tables t where t.table_schema = database() and t.table_type = 'BASE TABLE'), ''))";
                    default -> null;
                };
        long last = asked.getOrDefault(till.name(), 0L);
        if (question == null || clock.millis() - last < ASK_SERVERS_EVERY.toMillis()) {
            return null;
        }
        try {
            String said = new JdbcTemplate(tills.get(till.name())).queryForObject(question, String.class);
            asked.put(till.name(), clock.millis());
            return said;
        } catch (DataAccessException e) {
            return null; // whether it can be reached says the poll
        }
    }

    private boolean hasNewest(PosConnection till) {
        Optional<Map<String, Object>> newest = store
                .queryForList(
                        "select transaction_id, completed_at from pos_transaction where connection = ? and seen_at > 0 and status = 'COMPLETED' and future = 0 order by completed_at desc limit 1",
                        till.name())
                .stream()
                .findFirst();
        Optional<String> sales = makes.file(till, "sales");
        if (newest.isEmpty() || sales.isEmpty()) {
            return true;
        }
        long at = ((Number) newest.get().get("completed_at")).longValue();
        JdbcTemplate there = new JdbcTemplate(tills.get(till.name()));
        there.setMaxRows(LOOK_AT);
        return there.queryForStream(
                        statement(sales.get()).with(since(till, at)), (row, number) -> row.getString("transaction_id"))
                .anyMatch(id -> newest.get().get("transaction_id").equals(id));
    }

    private static Map<String, Object> since(PosConnection till, long at) {
        Instant bound = Instant.ofEpochMilli(at).minusSeconds(1);
        LocalDateTime wallClock = LocalDateTime.ofInstant(bound, till.zone());
        return Map.of(
                "since",
                till.engine().equals("sqlite") ? PosWindow.TEXT.format(wallClock) : wallClock,
                "since_epoch",
                bound.getEpochSecond(),
                "since_id",
                "");
    }

    private BoundStatement statement(String file) {
        try {
            return new BoundStatement(Files.readString(folder.resolve(file)), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
