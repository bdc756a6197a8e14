package aiqbridge.stop;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How what waited for a stop leaves once it is lifted: one call of the account at first, and as many at a time as AIQ confirmed since; after an unclear answer none for a
 * minute, and then one again (view {@code drain}). Counted from rows, so a restart forgets nothing.
 */
public final class Drain {
    /** How long none leaves after an unclear answer; the claims of reversals and carts say it too. */
    static final Duration REST = Duration.ofMinutes(1);
    /** So many confirmed in a row, and the account goes on as ever; so long at most. */
    private static final int ENOUGH = 16;

    private static final Duration LONGEST = Duration.ofDays(1);
    private final JdbcTemplate store;
    private final Clock clock;

    public Drain(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /** How many redemptions of the account may be claimed at once now. */
    public int room(String account) {
        return store
                .query(
                        "select most, under_way, bad_at from drain where account_id = ?",
                        (row, n) -> row.getLong("bad_at") > clock.millis() - REST.toMillis()
                                ? 0
                                : (int) Math.max(0, row.getLong("most") - row.getLong("under_way")),
                        account)
                .stream()
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /** Ends it where AIQ confirmed enough in a row of each account, or nothing waits there. */
    public void look() {
        store.update("""
            update stop set drained_at = ? where lifted_at is not null and drained_at is null and (lifted_at < ? or not exists (
              select 1 from drain d
               where d.good < ? and (stop.scope = 'EVERYTHING' or stop.scope = 'ACCOUNT' and stop.name = d.account_id or stop.scope = 'CONNECTION' and stop.account_id = d.account_id)
                 and (exists (select 1 from redemption r where r.status = 'DUE' and r.account_id = d.account_id)
                   or exists (select 1 from redemption r where r.status = 'EXECUTING' and r.account_id = d.account_id)
                   or exists (select 1 from reversal v where v.status in ('WANTED', 'EXECUTING') and v.account_id = d.account_id)
                   or exists (select 1 from cart c where c.status = 'ABANDONED' and c.send_status in ('WAITING', 'SENDING') and c.account_id = d.account_id))))""", clock.millis(), clock.millis() - LONGEST.toMillis(), ENOUGH);
    }
}
