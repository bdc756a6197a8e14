package aiqbridge.operator;

import aiqbridge.audit.AuditLog;
import aiqbridge.store.Statements;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a person decides about a reversal that is parked, or that AIQ refused (routes/redemption/README.md section 4); in one transaction with its line in the audit log. */
public final class ReversalDecisions {
    private final Statements statements;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Clock clock;

    /** @param home the folder that holds routes/ */
    public ReversalDecisions(DataSource store, Path home, Clock clock) {
        this.statements = new Statements(store, home);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.audit = new AuditLog(store, clock);
        this.clock = clock;
    }

    /** Asks AIQ (again) to give the points back. */
    public void retry(String reversalId, Decision by) {
        decide("reversal-retry", reversalId, by, (row, values) -> {
            mayBeAsked(row);
            if (RedemptionDecisions.isTrue(row, "unclear")) {
                RedemptionDecisions.looked(
                        by, "AIQ was asked and its answer was unclear: asking again may give the points back twice.");
            }
            reopened(row, values);
            RedemptionDecisions.moved(statements.update("routes/reversal/decide/retried.sql", values));
        });
    }

    /** The points are back: the ledger has its negative line and the till's write-back is removed, as if AIQ had answered. */
    public void done(String reversalId, Decision by) {
        decide("reversal-done", reversalId, by, (row, values) -> {
            RedemptionDecisions.looked(by, "Only AIQ knows whether it gave the points back.");
            reopened(row, values);
            RedemptionDecisions.moved(statements.update("routes/reversal/decide/seen-done.sql", values));
            statements.update("routes/reversal/execute/ledger.sql", values);
            statements.update("routes/reversal/execute/write-back-zero.sql", values);
        });
    }

    /** The points stay taken. */
    public void giveUp(String reversalId, Decision by) {
        decide("reversal-give-up", reversalId, by, (row, values) -> {
            mayBeGivenUp(row);
            if (RedemptionDecisions.isTrue(row, "unclear")) {
                RedemptionDecisions.looked(
                        by, "AIQ was asked and its answer was unclear: the points may be back already.");
            }
            RedemptionDecisions.moved(statements.update("routes/reversal/decide/given-up.sql", values));
        });
    }

    /** What can be decided about it as it stands, by somebody who looked in AIQ; nothing where there is none. */
    public List<Choice> choices(String reversalId) {
        return statements.rows("routes/reversal/decide/to-decide.sql", values(reversalId)).stream()
                .flatMap(row -> Choice.OF_REVERSALS.entrySet().stream()
                        .filter(choice -> RedemptionDecisions.allowed(() -> check(choice.getKey(), row)))
                        .map(Map.Entry::getValue))
                .toList();
    }

    private static void check(String decision, Map<String, Object> row) {
        undecided(row);
        switch (decision) {
            case "reversal-retry" -> mayBeAsked(row);
            case "reversal-give-up" -> mayBeGivenUp(row);
            default -> {}
        }
    }

    private static void mayBeAsked(Map<String, Object> row) {
        if (row.get("contact_id") == null) {
            throw new DecisionRefused(
                    "AIQ's id of the customer is unknown, so AIQ cannot be asked to give points back.",
                    "Give them back in AIQ by hand, then mark the reversal as done.");
        }
    }

    private static void mayBeGivenUp(Map<String, Object> row) {
        if ("left as taken".equals(row.get("reason"))) {
            throw new DecisionRefused(
                    "There is nothing to give up: the points already stay taken.",
                    "Retry it, or mark it as done if AIQ gave them back.");
        }
    }

    private static void undecided(Map<String, Object> row) {
        String status = (String) row.get("status");
        if (!status.equals("PARKED") && !status.equals("REJECTED")) {
            throw new DecisionRefused(
                    "There is nothing to decide: the reversal is " + status + ".",
                    status.equals("DONE")
                            ? "The points are back."
                            : "It continues automatically, or will be parked for you.");
        }
    }

    private void reopened(Map<String, Object> row, Map<String, Object> values) {
        if (row.get("status").equals("REJECTED")) {
            RedemptionDecisions.moved(statements.update("routes/reversal/decide/reopened.sql", values));
        }
    }

    private void decide(
            String action, String reversalId, Decision by, BiConsumer<Map<String, Object>, Map<String, Object>> work) {
        transaction.executeWithoutResult(t -> {
            Map<String, Object> values = values(reversalId);
            Map<String, Object> row = statements.rows("routes/reversal/decide/to-decide.sql", values).stream()
                    .findFirst()
                    .orElseThrow(() -> new DecisionRefused(
                            "There is no reversal " + reversalId + ".", "The list of reversals shows their ids."));
            values.put("redemption_id", row.get("redemption_id"));
            values.put("version", row.get("version"));
            values.put(
                    "local_date",
                    LocalDate.ofInstant(Instant.ofEpochMilli(clock.millis()), ZoneId.of((String) row.get("zone")))
                            .toString());
            undecided(row);
            work.accept(row, values);
            statements.update("routes/redemption/decide/flag-seen.sql", values);
            audit.record(by.actor(), action, (String) row.get("redemption_id"), by.note());
        });
    }

    private Map<String, Object> values(String reversalId) {
        Map<String, Object> values = new HashMap<>();
        values.put("reversal_id", RedemptionDecisions.plain(reversalId));
        values.put("now", clock.millis());
        return values;
    }
}
