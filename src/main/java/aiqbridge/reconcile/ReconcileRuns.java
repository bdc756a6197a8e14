package aiqbridge.reconcile;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What comparisons came to, for pages and commands. */
public final class ReconcileRuns {
    private final JdbcTemplate store;

    public ReconcileRuns(DataSource store) {
        this.store = new JdbcTemplate(store);
    }

    /** The newest first: the columns of {@code reconcile_run}. */
    public List<Map<String, Object>> newest(String accountId, int limit) {
        return store.queryForList(
                "select * from reconcile_run where account_id = ? order by ran_at desc limit ?", accountId, limit);
    }

    /** The last one of each account. */
    public List<Map<String, Object>> last() {
        return store.queryForList(
                "select * from reconcile_run r where r.ran_at = (select max(x.ran_at) from reconcile_run x where x.account_id = r.account_id) order by r.account_id");
    }

    /** The rows that did not balance: the columns of {@code reconcile_difference}. */
    public List<Map<String, Object>> differences(String runId) {
        return store.queryForList("select * from reconcile_difference where run_id = ? order by number", runId);
    }
}
