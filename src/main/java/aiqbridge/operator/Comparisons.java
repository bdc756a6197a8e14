package aiqbridge.operator;

import aiqbridge.reconcile.ReconcileRuns;
import aiqbridge.wallet.Points;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the last comparison of the ledger with AIQ and the tills came to, account by account, as people read it. */
public final class Comparisons {
    private final ReconcileRuns runs;
    private final JdbcTemplate store;

    public Comparisons(DataSource store) {
        this.runs = new ReconcileRuns(store);
        this.store = new JdbcTemplate(store);
    }

    /** @param problem why it could not be done, or null */
    public record Comparison(
            String brand,
            String days,
            String at,
            String askedBy,
            String status,
            String ledger,
            String aiq,
            String till,
            int differences,
            String problem,
            List<Row> rows) {}

    /** One row that does not balance. */
    public record Row(String redemption, String sale, String ledger, String aiq, String till, String sentence) {}

    public List<Comparison> last() {
        return runs.last().stream().map(this::comparison).toList();
    }

    private Comparison comparison(Map<String, Object> run) {
        Map<String, Object> account =
                store.queryForMap("select brand, zone from account where account_id = ?", run.get("account_id"));
        return new Comparison(
                (String) account.get("brand"),
                run.get("from_date") + " to " + run.get("to_date"),
                LocalTime.of(run.get("ran_at"), (String) account.get("zone")),
                (String) run.get("asked_by"),
                (String) run.get("status"),
                points(run.get("ledger_points")),
                points(run.get("aiq_points")),
                points(run.get("till_points")),
                ((Number) run.get("differences")).intValue(),
                (String) run.get("problem"),
                runs.differences((String) run.get("run_id")).stream()
                        .limit(200)
                        .map(d -> new Row(
                                (String) d.get("redemption_id"),
                                (String) d.get("transaction_id"),
                                points(d.get("ledger_points")),
                                points(d.get("aiq_points")),
                                points(d.get("till_points")),
                                (String) d.get("sentence")))
                        .toList());
    }

    private static String points(Object value) {
        return value == null ? "–" : Points.of(value).toPlainString();
    }
}
