package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.connection.PosConnection;
import aiqbridge.pos.PosMakes;
import aiqbridge.pos.PosRows;
import aiqbridge.route.Finding;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;

/** The make's statements beside that of the sales: each is run on the till's database. */
final class MakeCheck {
    private static final List<String> REVERSAL =
            List.of("transaction_id", "original_transaction_id", "kind", "reversed_at", "amount");
    private final Settings settings;
    private final PosConnection connection;
    private final TillDatabase till;
    private final PosMakes makes;
    private final Findings findings;
    private final Set<String> refused = new HashSet<>();

    MakeCheck(Settings settings, PosConnection connection, TillDatabase till, PosMakes makes, Findings findings) {
        this.settings = settings;
        this.connection = connection;
        this.till = till;
        this.makes = makes;
        this.findings = findings;
    }

    /** @param sold the ids of the newest sales; none where they could not be read */
    void run(Instant tillNow, List<String> sold, String sales) {
        prepared(sales);
        each("reversals", file -> reversals(file, tillNow));
        each("standing", file -> standing(file, sold));
        each("late", file -> late(file, sales, tillNow));
        if (connection.writeBack()) {
            each("written-back", file -> writtenBack(file, sold));
            each("write-back", file -> writeBack(file, sold));
        }
        each("check", file -> own(file, tillNow));
    }

    /** The database says best where in a statement something is missing that is prepared and not run. */
    private void prepared(String sales) {
        try {
            for (Finding one : makes.refused(connection, till.source())) {
                if (!one.file().equals("routes/pos/" + sales)) {
                    refused.add(one.file());
                    findings.fail(one.text(), one.hint());
                }
            }
        } catch (SQLException e) {
            findings.warn("the make's other statements were not prepared: " + e.getMessage(), "Run the check again.");
        }
    }

    private void each(String name, Consumer<String> look) {
        till.file(name).filter(file -> !refused.contains("routes/pos/" + file)).ifPresent(file -> {
            try {
                look.accept(file);
            } catch (DataAccessException e) {
                findings.fail(
                        "routes/pos/" + file + " fails: " + TillDatabase.reason(e),
                        "Is a right missing, or does the file not fit this version of the till? aiq-bridge check "
                                + connection.name() + " --sql prints the statements for the owner.");
            }
        });
    }

    private boolean lacks(String file, List<String> needed, TillDatabase.Rows read) {
        String missing = TillDatabase.missing(needed, read.columns());
        if (!missing.isEmpty()) {
            findings.fail(
                    "the alias " + missing + " is missing in routes/pos/" + file,
                    "It provides " + String.join(", ", needed) + ".");
        }
        return !missing.isEmpty();
    }

    private void reversals(String file, Instant tillNow) {
        TillDatabase.Rows read =
                till.rows(file, 500, till.since(tillNow.minus(settings.duration("pos.reversal-overlap"))));
        if (lacks(file, REVERSAL, read)) {
            return;
        }
        List<Object> odd = odd(read, "kind", PosRows.KINDS);
        if (odd.isEmpty()) {
            findings.ok("the voids and returns can be read: " + read.rows().size() + " within pos.reversal-overlap");
            SalesCheck.unread(findings, PosRows.unreadReversals(connection, read.rows()), file);
        } else {
            findings.fail(
                    "routes/pos/" + file + " gives the kind " + odd.get(0), "It is one of void, return and deleted.");
        }
    }

    private static List<Object> odd(TillDatabase.Rows read, String column, List<String> allowed) {
        return read.rows().stream()
                .map(row -> row.get(column))
                .filter(value -> !allowed.contains(String.valueOf(value)))
                .toList();
    }

    private void standing(String file, List<String> sold) {
        TillDatabase.Rows read = till.rows(file, 500, Map.of("transaction_ids", sold.isEmpty() ? List.of("0") : sold));
        if (lacks(file, List.of("transaction_id", "state"), read)) {
            return;
        }
        List<Object> odd = odd(read, "state", PosRows.STATES);
        List<String> lost = sold.stream()
                .filter(id ->
                        read.rows().stream().noneMatch(row -> id.equals(String.valueOf(row.get("transaction_id")))))
                .toList();
        if (!odd.isEmpty()) {
            findings.fail(
                    "routes/pos/" + file + " gives the state " + odd.get(0),
                    "It is one of completed, voided, returned and open.");
        } else if (!lost.isEmpty()) {
            findings.fail(
                    "routes/pos/" + file + " does not know the sale " + lost.get(0) + ", which is completed",
                    "It gives a row for every sale that is still there, by the same id as sales.sql.");
        } else {
            findings.ok("what became of a sale can be asked by its id");
        }
    }

    /** Late sales are read after the newest arrival that sales.sql has given: without one, never. */
    private void late(String file, String sales, Instant tillNow) {
        if (!lacks(
                        file,
                        List.of("transaction_id", "completed_at", "total", "arrival"),
                        till.rows(file, 1, Map.of("arrived_after", 0L)))
                && !lacks(sales, List.of("arrival"), till.rows(sales, 1, till.since(tillNow)))) {
            findings.ok("the sales that arrived late can be read");
        }
    }

    private void writtenBack(String file, List<String> sold) {
        if (!lacks(file, List.of("points"), till.rows(file, 1, Map.of("transaction_id", newest(sold))))) {
            findings.ok("the points that stand on a sale can be read");
        }
    }

    private void writeBack(String file, List<String> sold) {
        Map<String, Object> values = new HashMap<>();
        values.put("transaction_id", newest(sold));
        values.put("points", new java.math.BigDecimal("100"));
        values.put("points_text", "100");
        till.tried(file, values);
        findings.ok("the points can be written"
                + (connection.engine().equals("mariadb") ? " (explained, not run)" : " (tried and rolled back)"));
    }

    private static String newest(List<String> sold) {
        return sold.isEmpty() ? "0" : sold.get(sold.size() - 1);
    }

    /** What the make itself has to say about this till. */
    private void own(String file, Instant tillNow) {
        TillDatabase.Rows read = till.rows(
                file, 100, Map.of("wall_clock", till.wallClock(tillNow), "now_epoch", tillNow.getEpochSecond()));
        if (lacks(file, List.of("level", "text", "hint"), read)) {
            return;
        }
        for (Map<String, Object> row : read.rows()) {
            String text = String.valueOf(row.get("text"));
            String hint = row.get("hint") == null
                    ? "See routes/pos/" + connection.make() + "/README.md."
                    : String.valueOf(row.get("hint"));
            switch (String.valueOf(row.get("level"))) {
                case "ok" -> findings.ok(text);
                case "warn" -> findings.warn(text, hint);
                case "fail" -> findings.fail(text, hint);
                default ->
                    findings.fail(
                            "routes/pos/" + file + " gives the level " + row.get("level"),
                            "It is one of ok, warn and fail.");
            }
        }
    }
}
