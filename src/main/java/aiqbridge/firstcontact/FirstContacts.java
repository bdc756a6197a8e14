package aiqbridge.firstcontact;

import aiqbridge.audit.AuditLog;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was found of each account's AIQ, and whether an account may go live: it has been through the check, or somebody said why not. */
public final class FirstContacts {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private final JdbcTemplate store;
    private final AuditLog audit;
    private final Clock clock;

    public FirstContacts(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.audit = new AuditLog(store, clock);
        this.clock = clock;
    }

    /**
     * Whether an account is ready.
     *
     * @param finishedAt epoch milliseconds; null while it has not been through
     * @param waived     why it goes live without, null for no such reason
     * @param begun      something was asked already
     */
    public record Readiness(Long finishedAt, String waived, boolean begun) {
        public boolean ready() {
            return finishedAt != null || waived != null;
        }
    }

    public Readiness readiness(String accountId) {
        return store
                .query(
                        "select finished_at, waived_reason, progress from first_contact where account_id = ?",
                        (row, n) -> new Readiness(
                                (Long) nullable(row.getLong(1), row.wasNull()),
                                row.getString(2),
                                row.getString(3) != null),
                        accountId)
                .stream()
                .findFirst()
                .orElse(new Readiness(null, null, false));
    }

    private static Object nullable(long value, boolean wasNull) {
        return wasNull ? null : value;
    }

    /** The account goes live without, for this reason. */
    public void waive(String accountId, String actor, String reason) {
        audit.record(actor, "aiq-check-waived", accountId, reason);
        if (store.update("update first_contact set waived_reason = ? where account_id = ?", reason, accountId) == 0) {
            store.update("insert into first_contact (account_id, waived_reason) values (?, ?)", accountId, reason);
        }
    }

    Progress progress(String accountId) {
        List<String> kept = store.queryForList(
                "select progress from first_contact where account_id = ? and progress is not null",
                String.class,
                accountId);
        try {
            return kept.isEmpty() ? new Progress() : JSON.readValue(kept.get(0), Progress.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    void keep(String accountId, Progress progress) {
        String text;
        try {
            text = JSON.writeValueAsString(progress);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        if (store.update("update first_contact set progress = ? where account_id = ?", text, accountId) == 0) {
            store.update("insert into first_contact (account_id, progress) values (?, ?)", accountId, text);
        }
    }

    void finished(String accountId, String actor, Map<Finding.Verdict, Long> counts) {
        store.update("update first_contact set finished_at = ? where account_id = ?", clock.millis(), accountId);
        audit.record(actor, "aiq-checked", accountId, counts.toString());
    }

    /** Points of the test are taken, or nobody knows. */
    public boolean open(String accountId) {
        Progress progress = progress(accountId);
        return progress.trial != null && progress.trial.open();
    }

    /** From the beginning again. */
    public void forget(String accountId) {
        store.update("update first_contact set progress = null, finished_at = null where account_id = ?", accountId);
    }
}
