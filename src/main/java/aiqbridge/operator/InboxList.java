package aiqbridge.operator;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Webhooks as people see them: of each shop how many wait or are parked, and the parked ones with their reason. Never their bodies. */
public final class InboxList {
    private final JdbcTemplate store;
    private final Function<String, ZoneId> zones;

    /** @param zones of a storefront's name */
    public InboxList(DataSource store, Function<String, ZoneId> zones) {
        this.store = new JdbcTemplate(store);
        this.zones = zones;
    }

    public record Shop(String connection, long waiting, String oldestWaiting, long parked, String lastHeard) {}

    public record Parked(long id, String connection, String topic, String receivedAt, int attempts, String lastError) {}

    public Shop of(String connection) {
        Map<String, Object> row = store.queryForMap("""
            select (select count(*) from inbox where connection = ? and status = 'HEARD') as waiting, (select min(received_at) from inbox where connection = ? and status = 'HEARD') as oldest,
                   (select count(*) from inbox where connection = ? and status = 'PARKED') as parked, (select max(received_at) from inbox where connection = ?) as last""", connection, connection, connection, connection);
        String zone = zones.apply(connection).getId();
        return new Shop(
                connection,
                number(row, "waiting"),
                LocalTime.of(row.get("oldest"), zone),
                number(row, "parked"),
                LocalTime.of(row.get("last"), zone));
    }

    /** The newest first. */
    public List<Parked> parked(String connection, int limit) {
        return store.query(
                "select inbox_id, connection, topic, received_at, attempts, last_error from inbox where connection = ? and status = 'PARKED' order by inbox_id desc limit ?",
                (row, n) -> new Parked(
                        row.getLong("inbox_id"),
                        row.getString("connection"),
                        row.getString("topic"),
                        LocalTime.of(
                                row.getLong("received_at"),
                                zones.apply(connection).getId()),
                        row.getInt("attempts"),
                        row.getString("last_error")),
                connection,
                limit);
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }
}
