package aiqbridge.operator;

import aiqbridge.audit.AuditLog;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a person decides about webhooks that could not be worked on: they are worked on again; in one transaction with its line in the audit log. */
public final class InboxDecisions {
    private static final String AGAIN =
            "update inbox set status = 'HEARD', attempts = 0, next_attempt_at = ?, last_error = null, updated_at = ? where status = 'PARKED' and ";
    private final JdbcTemplate store;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Clock clock;

    public InboxDecisions(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.audit = new AuditLog(store, clock);
        this.clock = clock;
    }

    /** One of them. */
    public void replay(long inboxId, Decision by) {
        transaction.executeWithoutResult(t -> {
            if (store.update(AGAIN + "inbox_id = ?", clock.millis(), clock.millis(), inboxId) != 1) {
                throw new DecisionRefused("This webhook is no longer parked.", "Reload the list.");
            }
            audit.record(by.actor(), "inbox-replay", "inbox " + inboxId, by.note());
        });
    }

    /** All that are parked of one storefront; how many. */
    public int replayAll(String connection, Decision by) {
        return transaction.execute(t -> {
            int webhooks = store.update(AGAIN + "connection = ?", clock.millis(), clock.millis(), connection);
            if (webhooks == 0) {
                throw new DecisionRefused("No webhook of this shop is parked any longer.", "Reload the list.");
            }
            audit.record(by.actor(), "inbox-replay", connection, by.note());
            return webhooks;
        });
    }
}
