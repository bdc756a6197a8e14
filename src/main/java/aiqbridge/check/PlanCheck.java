package aiqbridge.check;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/** Which index a statement of a make goes by. */
final class PlanCheck {
    // an index that serves a join says something else
    private static final Map<String, Pattern> RANGE = Map.of(
            "sqlite", Pattern.compile("USING (?:COVERING )?(?:INDEX (\\S+)|INTEGER PRIMARY KEY) \\([^)]*>"),
            "mariadb", Pattern.compile(" key=([^,]+),.* type=range\\b"),
            "postgresql", Pattern.compile("(?: using | Scan on )(\\S+).*\\n.*Index Cond: \\(+[^ =]+ >=? "));
    private static final Map<String, Pattern> KEY = Map.of(
            "sqlite", Pattern.compile("USING (?:COVERING )?(?:INDEX (\\S+)|INTEGER PRIMARY KEY) \\([^)]*="),
            "mariadb", Pattern.compile(" key=([^,]+),.* type=(?:range|eq_ref|ref|const)\\b"),
            "postgresql", Pattern.compile("(?: using | Scan on )(\\S+).*\\n.*Index Cond: \\("));
    private static final Pattern ANY = Pattern.compile("USING (?:COVERING )?INDEX (\\S+)| key=([^,]+),.* type=ref\\b");
    private static final Pattern WHOLE = Pattern.compile("\\bSCAN (?!CONSTANT)| type=(?:ALL|index)\\b|Seq Scan on ");
    private static final int MANY = 1_000;
    private final String engine;
    private final TillDatabase till;
    private final Findings findings;

    PlanCheck(String engine, TillDatabase till, Findings findings) {
        this.engine = engine;
        this.till = till;
        this.findings = findings;
    }

    /** @param what reads from a time on, and ought to find it by an index */
    void range(String what, String file, Map<String, Object> values) {
        look(what, file, values, RANGE, false, "on the column of its time");
    }

    /** @param what asks for ids, and ought to find them by an index */
    void key(String what, String file, Map<String, Object> values) {
        look(what, file, values, KEY, true, "on the column of its id");
    }

    private void look(
            String what,
            String file,
            Map<String, Object> values,
            Map<String, Pattern> wanted,
            boolean everyTable,
            String where) {
        List<String> plan;
        try {
            plan = till.plan(file, values);
        } catch (DataAccessException e) {
            if (engine.equals("mariadb") && counted(what, file, values, where)) {
                return;
            }
            findings.warn(
                    "the plan of " + what + " cannot be read: " + TillDatabase.reason(e),
                    "It works without an index; create one " + where + ".");
            return;
        }
        if (plan.isEmpty()) {
            findings.warn(
                    "whether " + what + " uses an index was not checked",
                    "Make sure that there is one " + where + "; the plan is not read on this kind of database.");
            return;
        }
        // what MariaDB puts together itself, as a union, is always read as a whole
        String lines = plan.stream().filter(line -> !line.contains("table=<")).collect(Collectors.joining("\n"));
        Matcher index = wanted.get(engine).matcher(lines);
        if (index.find() && !(everyTable && WHOLE.matcher(lines).find())) {
            findings.ok(what + " uses the index " + (index.group(1) == null ? "of the primary key" : index.group(1)));
            return;
        }
        Matcher other = ANY.matcher(lines);
        String instead = other.find()
                ? ": it goes by the index " + (other.group(1) == null ? other.group(2) : other.group(1))
                : "";
        findings.warn(
                what + " reads the whole table" + instead,
                instead.isEmpty()
                        ? "Ask the owner for an index " + where
                                + " if there is none; a small table may be read as a whole even so."
                        : "Ask the owner for an index " + where
                                + " if there is none, and for that one to be partial: create index … where … is not null.");
    }

    /** MariaDB explains a view only to those who may read what is behind it; to others it still counts. */
    private boolean counted(String what, String file, Map<String, Object> values, String where) {
        try {
            long rows = till.readInARow(file, values);
            if (rows > MANY) {
                findings.warn(
                        what + " reads the whole table: " + rows + " rows one after another",
                        "Ask the owner for an index " + where + ".");
            } else {
                findings.ok(
                        what + " reads few rows; its index is shown to those who may read the tables behind the view");
            }
            return true;
        } catch (DataAccessException e) {
            return false;
        }
    }
}
