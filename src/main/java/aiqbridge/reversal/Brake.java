package aiqbridge.reversal;

import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/** The brake on takings back (routes/redemption/README.md section 4): a till restored from a backup looks like mass deletion, so a person looks first. */
public final class Brake {
    private final JdbcTemplate store;
    private final Clock clock;

    public Brake(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /** Takings back of the connection go on, and the brake does not hold again for an hour. Whether it held at all. */
    public boolean release(String connection) {
        return store.update(
                        "update brake set braked_at = null, released_at = ?, updated_at = ? where connection = ? and braked_at is not null",
                        clock.millis(),
                        clock.millis(),
                        connection)
                == 1;
    }

    /** @param brakedAt epoch milliseconds; {@code waiting}: how many reversals */
    public record Held(String connection, long brakedAt, long waiting) {}

    /** The connections it holds, since when, and how many takings back wait there. */
    public List<Held> holding() {
        return store.query("""
            select b.connection, b.braked_at, (select count(*) from redemption r where r.connection = b.connection and r.status = 'EXECUTED' and r.reversal_wanted is not null
                and not exists (select 1 from reversal v where v.redemption_id = r.redemption_id)) as waiting
              from brake b where b.braked_at is not null order by b.connection""", DataClassRowMapper.newInstance(Held.class));
    }
}
