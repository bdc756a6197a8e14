package aiqbridge.audit;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What people did to the bridge and why; rows are only ever added. No phone, e-mail, key or code may be in one. */
public final class AuditLog {
    private final JdbcTemplate store;
    private final Clock clock;

    public AuditLog(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /**
     * @param actor   a user of the page, or {@link #operator()} of a command
     * @param action  verb and noun with a dash, for example {@code redemption-retry}
     * @param subject what it was done to: a redemption's id, an account, a connection
     * @param note    the person's own reason, or null
     */
    public void record(String actor, String action, String subject, String note) {
        store.update(
                "insert into audit (happened_at, actor, action, subject, note) values (?, ?, ?, ?, ?)",
                clock.millis(),
                actor,
                action,
                subject,
                note);
    }

    /** The newest first. */
    public List<Map<String, Object>> of(String subject) {
        return store.queryForList(
                "select happened_at, actor, action, subject, note from audit where subject = ? order by audit_id desc",
                subject);
    }

    /** The login of the person at the command line. */
    public static String operator() {
        return "operator " + System.getProperty("user.name", "unknown");
    }
}
