package aiqbridge.check;

import aiqbridge.connection.PosConnection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the bridge's own database says of a till: rows that cannot be read, sales that were read late or never, and points that are not shown. */
final class KeptCheck {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int SHOW = 20;
    private final JdbcTemplate store;
    private final PosConnection till;
    private final Findings findings;

    KeptCheck(DataSource store, PosConnection till, Findings findings) {
        this.store = new JdbcTemplate(store);
        this.till = till;
        this.findings = findings;
    }

    void run() {
        try {
            unread();
            late();
            unheard();
            points();
        } catch (DataAccessException e) {
            // what is wrong with the bridge's own database is told elsewhere
        }
    }

    private void unread() {
        List<String> problems = store.queryForList(
                "select problem from pos_unread where connection = ? order by seen_at desc, heard_at desc, transaction_id",
                String.class,
                till.name());
        if (!problems.isEmpty()) {
            findings.warn(
                    problems.size() + " row(s) that the polls of the last week could not read"
                            + newest(problems.size()),
                    "Correct them at the till, or convert the column in routes/pos/" + till.make() + "/.");
            problems.stream().limit(SHOW).forEach(findings::detail);
        }
    }

    private void late() {
        if (store.queryForObject(
                        "select count(*) from pos_poll where connection = ? and polled_at is not null",
                        Long.class,
                        till.name())
                == 0) {
            return;
        }
        record Late(String foundBy, long sales, long newest) {}
        List<Late> late = store.query(
                "select found_by, count(*) as sales, max(completed_at) as newest from late_sale where connection = ? and found_by <> 'id' group by found_by order by found_by desc",
                (row, number) -> new Late(row.getString("found_by"), row.getLong("sales"), row.getLong("newest")),
                till.name());
        if (late.isEmpty()) {
            findings.ok("every sale that was read in the last week was read in time");
            return;
        }
        long newest = late.stream().mapToLong(Late::newest).max().orElseThrow();
        findings.warn(
                late.stream().mapToLong(Late::sales).sum() + " sale(s) of the last week were read late: "
                        + late.stream()
                                .map(one -> one.sales()
                                        + (one.foundBy().equals("sweep")
                                                ? " only by the sweep"
                                                : " only when the till delivered them"))
                                .collect(Collectors.joining(", "))
                        + "; the newest was completed at " + shown(newest),
                "A workstation that was offline, or whose clock is slow? Or is zone wrong in config/pos/" + till.name()
                        + ".properties?");
    }

    private void unheard() {
        List<String> ids = store.queryForList(
                "select transaction_id from late_sale where connection = ? and found_by = 'id' order by heard_at desc, transaction_id",
                String.class,
                till.name());
        if (!ids.isEmpty()) {
            findings.warn(
                    ids.size() + " sale(s) that redemptions wait for are completed at the till, and nothing reads them"
                            + newest(ids.size()),
                    "Look at their time in the till: is the clock of a workstation wrong? Points can be taken in AIQ by hand.");
            ids.stream().limit(SHOW).forEach(id -> findings.detail("sale " + id));
        }
    }

    private void points() {
        store.query(
                "select status, count(*) as sales, max(last_error) as why from write_back where connection = ? and (status = 'PARKED' or status = 'WANTED' and attempts > 0) group by status order by status",
                row -> {
                    boolean parked = row.getString("status").equals("PARKED");
                    findings.warn(
                            row.getLong("sales")
                                    + (parked
                                            ? " redemption(s) whose points the till's database refuses to show: "
                                            : " redemption(s) whose points wait to be written to the till: ")
                                    + row.getString("why"),
                            parked
                                    ? "aiq-bridge redemptions look lists them; redemptions write-again tries once more."
                                    : "They are tried again automatically, at least every hour.");
                },
                till.name());
    }

    private static String newest(int all) {
        return all > SHOW ? "; the newest " + SHOW + ":" : ":";
    }

    /** By the till's wall clock. */
    private String shown(long at) {
        return SHOWN.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(at), till.zone()));
    }
}
