package aiqbridge.operator;

import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnections;
import aiqbridge.pos.PosModes;
import aiqbridge.store.Statements;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a person decides about a parked redemption, from the command line or the page (routes/redemption/README.md section 1.2, the last rows). Each decision is one transaction
 * with its line in the audit log; it moves the row as it was read, or nothing. Where points could be taken twice it wants to hear that the person looked in AIQ.
 */
public final class RedemptionDecisions {
    private static final Set<String> TILL_MODELS = Set.of("POS", "INFORMATIONAL");

    /** What AIQ's records showed this long ago is good enough for sending it once more. */
    private static final Duration ASKED_LATELY = Duration.ofMinutes(10);

    private final Statements statements;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final PosConnections tills;
    private final PosModes modes;
    private final Clock clock;

    /** @param home the folder that holds routes/ */
    public RedemptionDecisions(DataSource store, Path home, Connections connections, Clock clock) {
        this.statements = new Statements(store, home);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.audit = new AuditLog(store, clock);
        this.tills = connections.pos();
        this.modes = new PosModes(tills, store, clock);
        this.clock = clock;
    }

    /**
     * Redeem again: due now.
     *
     * @param sale the till's transaction it belongs to, where more than one may be meant; else null
     * @throws DecisionRefused also where the points could be taken twice and nobody looked; and while AIQ's own records, which may show by now what became of it, were not looked through lately: then
     *     they are at once, and it can be decided a minute later
     */
    public void retry(String redemptionId, String sale, Decision by) {
        try {
            decide("redemption-retry", redemptionId, sale, by, (row, values) -> {
                mayBeDue(row);
                if (unclear(row)) {
                    looked(by, "It was sent and AIQ's answer was unclear: sending it again may take the points twice.");
                }
                if (isTrue(row, "asked") && !askedLately(row)) {
                    throw isTrue(row, "paused")
                            ? new DecisionRefused(
                                    "AIQ cannot be asked first whether it took the points after all: it does not accept the account's key.",
                                    "Decide once it does; see the accounts.")
                            : DecisionRefused.untilAsked();
                }
                moved(statements.update("routes/redemption/decide/retried.sql", values));
            });
        } catch (DecisionRefused refused) {
            if (refused.askWanted()) {
                transaction.executeWithoutResult(t -> askNow(redemptionId));
            }
            throw refused;
        }
    }

    /** AIQ's records are looked through at the next settling; at once where that was wanted before. */
    private void askNow(String redemptionId) {
        Map<String, Object> values = values(redemptionId, null);
        values.put("version", row(redemptionId, values).get("version"));
        moved(statements.update("routes/redemption/decide/asked-now.sql", values));
    }

    private boolean askedLately(Map<String, Object> row) {
        return row.get("asked_at") != null
                && clock.millis() - ((Number) row.get("asked_at")).longValue() <= ASKED_LATELY.toMillis();
    }

    /** Given up; only what certainly was not sent. */
    public void release(String redemptionId, Decision by) {
        decide("redemption-release", redemptionId, null, by, (row, values) -> {
            mayBeReleased(row);
            values.put("reason", "by a person");
            moved(statements.update("routes/redemption/decide/given-up.sql", values));
        });
    }

    /** AIQ did not take the points, and they shall not be taken any more. */
    public void notExecuted(String redemptionId, Decision by) {
        decide("redemption-not-executed", redemptionId, null, by, (row, values) -> {
            parked(row);
            looked(by, "Only AIQ knows whether it took the points.");
            values.put("reason", "not executed");
            moved(statements.update("routes/redemption/decide/given-up.sql", values));
        });
    }

    /**
     * AIQ took the points: the row, the ledger and the till's write-back say so, as if AIQ had answered.
     *
     * @param aiqId AIQ's id of the redemption, or null where AIQ shows none
     */
    public void executed(String redemptionId, String aiqId, Decision by) {
        decide("redemption-executed", redemptionId, null, by, (row, values) -> execute(row, values, aiqId, by));
    }

    /** The points are given back: those of an executed redemption, or of a parked one of which the person saw in AIQ that they were taken. */
    public void reverse(String redemptionId, String aiqId, Decision by) {
        decide("redemption-reverse", redemptionId, null, by, (row, values) -> {
            mayBeReversed(row);
            if (row.get("status").equals("PARKED")) {
                execute(row, values, aiqId, by);
                values.put("version", values.get("now"));
            }
            moved(statements.update("routes/redemption/decide/reversal-asked.sql", values));
            moved(statements.update("routes/reversal/decide/asked.sql", values));
        });
    }

    /**
     * A person looked at it and leaves it as it stands, with its reversal: it no longer needs a look, until its state or its flag changes.
     *
     * @throws DecisionRefused also where only a decision ends that it needs one
     */
    public void lookedAt(String redemptionId, Decision by) {
        decide("redemption-looked-at", redemptionId, null, by, (row, values) -> {
            mayBeLeft(row);
            moved(statements.update("routes/redemption/decide/looked-at.sql", values));
            statements.update("routes/reversal/decide/looked-at.sql", values);
        });
    }

    /** The points are written on the till's own sale once more, which its database had refused. */
    public void writeAgain(String redemptionId, Decision by) {
        decide("redemption-write-again", redemptionId, null, by, (row, values) -> {
            mayBeWritten(row);
            moved(statements.update("routes/redemption/decide/written-again.sql", values));
        });
    }

    private static void mayBeWritten(Map<String, Object> row) {
        if (!"PARKED".equals(row.get("write_back"))) {
            throw new DecisionRefused(
                    "The till has not refused to show its points.",
                    "What is still to be written is written automatically; aiq-bridge check says what stands in the way.");
        }
    }

    /** What can be decided about it as it stands, by somebody who looked in AIQ; nothing where it is not known. */
    public List<Choice> choices(String redemptionId) {
        Map<String, Object> values = values(redemptionId, null);
        return statements.rows("routes/redemption/decide/to-decide.sql", values).stream()
                .flatMap(row -> Choice.OF_REDEMPTIONS.entrySet().stream()
                        .filter(choice -> allowed(() -> check(choice.getKey(), row)))
                        .map(Map.Entry::getValue))
                .toList();
    }

    private void check(String decision, Map<String, Object> row) {
        switch (decision) {
            case "retry" -> mayBeDueOnASale(row);
            case "release" -> mayBeReleased(row);
            case "executed", "not-executed" -> parked(row);
            case "reverse" -> mayBeReversed(row);
            case "write-again" -> mayBeWritten(row);
            default -> mayBeLeft(row);
        }
    }

    /** On its own, or on one of those that it may belong to. */
    private void mayBeDueOnASale(Map<String, Object> row) {
        String id = (String) row.get("redemption_id");
        List<Map<String, Object>> sales =
                row.get("sale_id") == null && row.get("status").equals("PARKED") ? sales(id) : List.of();
        if (sales.stream()
                .noneMatch(sale -> allowed(() -> mayBeDue(row(id, values(id, (String) sale.get("transaction_id"))))))) {
            mayBeDue(row);
        }
    }

    static boolean allowed(Runnable check) {
        try {
            check.run();
            return true;
        } catch (DecisionRefused refused) {
            return false;
        }
    }

    /** The completed sales that a parked redemption without one may belong to. */
    public List<Map<String, Object>> sales(String redemptionId) {
        return statements.rows("routes/redemption/decide/sales.sql", Map.of("redemption_id", redemptionId));
    }

    private void execute(Map<String, Object> row, Map<String, Object> values, String aiqId, Decision by) {
        parked(row);
        looked(by, "Only AIQ knows whether it took the points.");
        values.put("aiq_redemption_id", aiqId(aiqId));
        values.put("aiq_row", values.get("aiq_redemption_id"));
        if (aiqId != null) {
            statements.rows("routes/redemption/decide/evidence-used-for.sql", values).stream()
                    .findFirst()
                    .ifPresent(other -> {
                        throw new DecisionRefused(
                                "AIQ's redemption " + aiqId + " already belongs to " + other.get("subject_id") + ".",
                                "Each of AIQ's redemptions belongs to one of ours: look for another one in AIQ.");
                    });
            statements.update("routes/redemption/settle/evidence-used-up.sql", values);
        }
        moved(statements.update("routes/redemption/decide/done.sql", values));
        statements.update("routes/redemption/outcome/ledger.sql", values);
        statements.update("routes/redemption/outcome/write-back.sql", values);
    }

    private void decide(
            String action,
            String redemptionId,
            String sale,
            Decision by,
            BiConsumer<Map<String, Object>, Map<String, Object>> work) {
        try {
            transaction.executeWithoutResult(t -> decided(action, redemptionId, sale, by, work));
        } catch (DataIntegrityViolationException taken) {
            // the unique keys of the store are the last judges: somebody else was quicker
            moved(0);
        }
    }

    private void decided(
            String action,
            String redemptionId,
            String sale,
            Decision by,
            BiConsumer<Map<String, Object>, Map<String, Object>> work) {
        Map<String, Object> values = values(redemptionId, sale);
        Map<String, Object> row = row(redemptionId, values);
        values.put("account_id", row.get("account_id"));
        values.put("version", row.get("version"));
        values.put(
                "local_date",
                LocalDate.ofInstant(Instant.ofEpochMilli(clock.millis()), ZoneId.of((String) row.get("zone")))
                        .toString());
        work.accept(row, values);
        statements.update("routes/redemption/decide/flag-seen.sql", values);
        audit.record(by.actor(), action, redemptionId, by.note());
    }

    private Map<String, Object> values(String redemptionId, String sale) {
        Map<String, Object> values = new HashMap<>();
        values.put("redemption_id", plain(redemptionId));
        values.put("sale", sale == null ? null : plain(sale));
        values.put("now", clock.millis());
        return values;
    }

    private Map<String, Object> row(String redemptionId, Map<String, Object> values) {
        return statements.rows("routes/redemption/decide/to-decide.sql", values).stream()
                .findFirst()
                .orElseThrow(() -> new DecisionRefused(
                        "There is no redemption " + redemptionId + ".", "The list of redemptions shows their ids."));
    }

    private void mayBeReleased(Map<String, Object> row) {
        parked(row);
        if (unclear(row)) {
            throw new DecisionRefused(
                    "It was sent and AIQ's answer was unclear: releasing it would hide points that may have been taken.",
                    "Look in AIQ, then mark it as done: executed, or not executed.");
        }
    }

    private static void mayBeReversed(Map<String, Object> row) {
        if (!List.of("PARKED", "EXECUTED").contains(row.get("status"))) {
            throw new DecisionRefused(
                    "No points were taken that could be given back: it is " + row.get("status") + ".",
                    "Only an executed or a parked redemption can be reversed.");
        }
        if (row.get("reversal") != null) {
            throw new DecisionRefused(
                    "It already has a reversal: it is " + row.get("reversal") + ".",
                    "Decide about v-" + row.get("redemption_id") + " where the reversals are.");
        }
        if (row.get("contact_id") == null) {
            throw new DecisionRefused(
                    "AIQ's id of the customer is unknown, so AIQ cannot be asked to give points back.",
                    "Give them back in AIQ by hand.");
        }
    }

    private void mayBeLeft(Map<String, Object> row) {
        List<Map<String, Object>> reasons = statements.rows(
                "routes/redemption/decide/needs-look.sql", values((String) row.get("redemption_id"), null));
        if (reasons.isEmpty()) {
            throw new DecisionRefused(
                    "It does not need a look: it is " + row.get("status") + ".",
                    "Those that do are listed by aiq-bridge redemptions look.");
        }
        if (reasons.stream().allMatch(reason -> isTrue(reason, "decided"))) {
            throw new DecisionRefused(
                    "Only a decision ends that it needs a look: "
                            + (row.get("reversal") == null
                                    ? "it is " + row.get("status")
                                    : "its reversal is " + row.get("reversal"))
                            + ".",
                    "Decide about it; the list says what may be done.");
        }
    }

    private void mayBeDue(Map<String, Object> row) {
        parked(row);
        if (row.get("model").equals("IMMEDIATE")) {
            throw new DecisionRefused(
                    "The shop's checkout was answered long ago and gave no discount: nothing may be redeemed now.",
                    "Release it, or mark it as done; the shopper can choose the reward again.");
        }
        if ("pos-native".equals(row.get("redeems"))) {
            throw new DecisionRefused(
                    "The till redeems it itself; the bridge only recorded it.", "Release it, or mark it as done.");
        }
        if (row.get("reversal_wanted") != null) {
            throw new DecisionRefused(
                    "Its sale or order has been reversed meanwhile (" + row.get("reversal_wanted") + ").",
                    "Release it; or mark it as done if AIQ took the points: then they are given back.");
        }
        if (TILL_MODELS.contains(row.get("model"))) {
            String till = (String) row.get("connection");
            if (tills.find(till).isEmpty() || !modes.mode(till).equals("live")) {
                throw new DecisionRefused(
                        "The till " + till + " only observes: nothing is redeemed for it.",
                        "Set it live first, or release the redemption.");
            }
            if (row.get("sale_id") == null) {
                throw new DecisionRefused(
                        "It is not known which sale it belongs to.",
                        "Say which one: its history lists the candidates.");
            }
            if (((Number) row.get("other_of_sale")).intValue() > 0) {
                throw new DecisionRefused(
                        "The sale " + row.get("sale_id") + " already has a redemption of this discount.",
                        "Release this one, or choose another sale.");
            }
        }
        if (((Number) row.get("completed")).intValue() == 0) {
            throw new DecisionRefused(
                    "Its sale or order is not completed or paid, or was reversed.",
                    "Nothing is redeemed before that: wait, or release the redemption.");
        }
    }

    private static void parked(Map<String, Object> row) {
        String status = (String) row.get("status");
        if (!status.equals("PARKED")) {
            throw new DecisionRefused(
                    "There is nothing to decide: the redemption is " + status + ".",
                    switch (status) {
                        case "QUEUED", "SELECTED" ->
                            "It waits for its sale, and is released automatically if none comes.";
                        case "DUE", "EXECUTING" -> "It is sent automatically.";
                        case "UNKNOWN" -> "AIQ's own records will settle it, or it will be parked for you.";
                        case "EXECUTED" -> "All you can do is give its points back: reverse it.";
                        default -> "It has ended.";
                    });
        }
    }

    private static boolean unclear(Map<String, Object> row) {
        return isTrue(row, "unclear");
    }

    static boolean isTrue(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).intValue() == 1;
    }

    static void looked(Decision by, String why) {
        if (!by.lookedInAiq()) {
            throw DecisionRefused.unlessLooked(why);
        }
    }

    static void moved(int rows) {
        if (rows != 1) {
            throw new DecisionRefused(
                    "It was changed by someone else or by the bridge just now; nothing was done.", "Look at it again.");
        }
    }

    /** What no database stumbles over. */
    static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }

    private static String aiqId(String text) {
        if (text != null && !text.matches("[A-Za-z0-9_.:|=+-]{1,100}")) {
            throw new DecisionRefused(
                    "That is not an id of AIQ's.",
                    "Copy the redemption's id from AIQ, letters and digits, not its address.");
        }
        return text;
    }
}
