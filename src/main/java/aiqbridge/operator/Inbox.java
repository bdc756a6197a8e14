package aiqbridge.operator;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an operator sees of the inbox, and may do about it. */
public final class Inbox {
    private final JdbcTemplate store;
    private final Clock clock;

    public Inbox(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /** Of each connection and status: how many, since when, until when. */
    public List<Map<String, Object>> summary() {
        return store.queryForList(
                "select connection, status, count(*) as deliveries, min(received_at) as first_at, max(received_at) as last_at from inbox group by connection, status order by connection, status");
    }

    /** What was received from the one instant until before the other is worked on again as if it had just arrived; how many. What it did before, it does not do twice: versions see to that. */
    public int replay(String connection, Instant from, Instant to) {
        long now = clock.millis();
        return store.update("""
            update inbox set status = 'HEARD', attempts = 0, next_attempt_at = ?, last_error = null, updated_at = ?
            where connection = ? and received_at >= ? and received_at < ? and status in ('DONE', 'IGNORED', 'PARKED') and body is not null""", now, now, connection, from.toEpochMilli(), to.toEpochMilli());
    }
}
