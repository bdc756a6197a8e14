package aiqbridge.redemption;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/** Accounts of which nothing is sent again, because AIQ did not keep to what is assumed of it (routes/redemption/README.md section 1.5), until a person allows it. */
public final class ResendStops {
    private static final Map<String, String> WORDS = Map.of(
            "taken-after-all", "AIQ executed what its records had not shown in time",
            "taken-twice", "AIQ executed one redemption twice",
            "report-lag", "AIQ's report is later than aiq.report-lag assumes");
    private final JdbcTemplate store;
    private final Clock clock;

    public ResendStops(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /**
     * @param resendStoppedAt epoch milliseconds
     * @param waiting         how many redemptions are unclear
     */
    public record Stopped(String accountId, long resendStoppedAt, String resendStoppedReason, long waiting) {
        /** Why, in plain words. */
        public String why() {
            return WORDS.getOrDefault(resendStoppedReason, resendStoppedReason);
        }
    }

    public List<Stopped> stopped() {
        return store.query(
                "select a.account_id, a.resend_stopped_at, a.resend_stopped_reason, (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'UNKNOWN') as waiting"
                        + " from account a where a.resend_stopped_at is not null order by a.account_id",
                DataClassRowMapper.newInstance(Stopped.class));
    }

    /** What AIQ did before is known now; only what it does from here on stops the account again. Whether it was stopped at all. */
    public boolean allow(String account) {
        return store.update(
                        "update account set resend_stopped_at = null, resend_stopped_reason = null, resend_allowed_at = ?, updated_at = ? where account_id = ? and resend_stopped_at is not null",
                        clock.millis(),
                        clock.millis(),
                        account)
                == 1;
    }
}
