package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.connection.PosConnection;
import aiqbridge.pos.PosFault;
import aiqbridge.pos.PosMakes;
import aiqbridge.pos.PosRows;
import aiqbridge.pos.UnreadRow;
import aiqbridge.wallet.Identity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;

/** The statement of a till's completed sales: what it gives, its newest, and whether their times are in the zone that the connection says. */
final class SalesCheck {
    private static final List<String> NEEDED = List.of("transaction_id", "completed_at", "total");
    private static final List<String> WISHED = List.of(
            "location",
            "phone",
            "email",
            "customer_id",
            "note",
            "discount_ids",
            "discount_total",
            "employee",
            "changed_at",
            "reference",
            "number",
            "goods");
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int SHOW = 3;
    private static final int PAGE = 500;
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration ZONES_APART = Duration.ofHours(26);
    private static final Duration HISTORY = Duration.ofDays(10_000);
    private final Settings settings;
    private final PosConnection connection;
    private final TillDatabase till;
    private final String file;
    private final Findings findings;
    private Set<String> columns = Set.of();
    private List<UnreadRow> unread = List.of();

    SalesCheck(Settings settings, PosConnection connection, TillDatabase till, String file, Findings findings) {
        this.settings = settings;
        this.connection = connection;
        this.till = till;
        this.file = file;
        this.findings = findings;
    }

    /** @return the ids of the newest sales; none where they cannot be read */
    List<String> run(Instant tillNow, PosMakes makes) {
        List<Map<String, Object>> newest;
        try {
            newest = newest(tillNow);
        } catch (DataAccessException e) {
            refused(e, makes);
            return List.of();
        }
        String missing = TillDatabase.missing(NEEDED, columns);
        if (!missing.isEmpty()) {
            findings.fail(
                    "the alias " + missing + " is missing in routes/pos/" + file,
                    "Every make provides " + String.join(", ", NEEDED) + ".");
            return List.of();
        }
        findings.ok("every required alias is present; optional ones: "
                + WISHED.stream().filter(columns::contains).collect(Collectors.joining(", ")));
        if (newest.isEmpty()) {
            findings.warn("there is no completed sale to check", "Complete one at the till and run the check again.");
            return List.of();
        }
        findings.ok("its newest sales, by the clock of " + connection.zone() + ":");
        newest.forEach(row -> findings.detail(masked(row)));
        zone(tillNow);
        unread(findings, unread, file);
        return newest.stream()
                .map(row -> String.valueOf(row.get("transaction_id")))
                .toList();
    }

    /** The newest rows that cannot be read, and what to do about them. */
    static void unread(Findings findings, List<UnreadRow> unread, String file) {
        if (!unread.isEmpty()) {
            findings.warn(
                    unread.size() + " of its newest rows cannot be read, and are left out",
                    "Correct them at the till, or convert the column in routes/pos/" + file + ".");
            unread.subList(Math.max(0, unread.size() - SHOW), unread.size())
                    .forEach(one -> findings.detail(one.problem()));
        }
    }

    private void refused(DataAccessException e, PosMakes makes) {
        if (PosFault.waited(e)) {
            findings.fail(
                    "the statement of the completed sales took longer than pos.query-timeout ("
                            + settings.text("pos.query-timeout") + ")",
                    "The database is busy, or the till has locked a table. Run the check again; see the index below.");
            return;
        }
        findings.fail(
                "the statement of the completed sales fails (routes/pos/" + file + "): " + TillDatabase.reason(e) + "."
                        + makes.doubt(connection, till.source()),
                "Was a column renamed, or is the view or a right missing? aiq-bridge check " + connection.name()
                        + " --sql prints the statements for the owner.");
    }

    /**
     * The statement goes forward from a bound and has no end: the bound is moved back until enough lies behind it, and forward again until that is not more than
     * a page. What lies far ahead is no newest sale.
     */
    private List<Map<String, Object>> newest(Instant tillNow) {
        Duration back = Duration.ofMinutes(10);
        Duration tooShort = Duration.ZERO;
        List<Map<String, Object>> rows = since(tillNow.minus(back));
        while (known(rows, tillNow).size() < SHOW && rows.size() < PAGE && back.compareTo(HISTORY) < 0) {
            tooShort = back;
            back = back.multipliedBy(4);
            rows = since(tillNow.minus(back));
        }
        while (rows.size() >= PAGE && back.minus(tooShort).toSeconds() > 1) {
            Duration between = tooShort.plus(back).dividedBy(2);
            List<Map<String, Object>> fewer = since(tillNow.minus(between));
            if (known(fewer, tillNow).size() < SHOW) {
                tooShort = between;
            } else {
                back = between;
                rows = fewer;
            }
        }
        if (TillDatabase.missing(NEEDED, columns).isEmpty()) {
            unread = PosRows.unreadSales(connection, rows);
        }
        List<Map<String, Object>> known = known(rows, tillNow);
        return known.subList(Math.max(0, known.size() - SHOW), known.size());
    }

    private List<Map<String, Object>> since(Instant bound) {
        TillDatabase.Rows read = till.rows(file, PAGE, till.since(bound));
        columns = read.columns();
        return read.rows();
    }

    private List<Map<String, Object>> known(List<Map<String, Object>> rows, Instant tillNow) {
        return rows.stream()
                .filter(row -> row.get("completed_at") != null)
                .filter(row -> read(row.get("completed_at"))
                        .map(at -> at.isBefore(tillNow.plus(ZONES_APART)))
                        .orElse(true))
                .toList();
    }

    /** A zone too far west puts the newest sale into the till's own future; one too far east makes the shop look quiet, which cannot be told. What lies beyond a day is no question of zones. */
    private void zone(Instant tillNow) {
        Instant soon = tillNow.plus(SKEW);
        try {
            List<Object> times = till.rows(file, 10_000, till.since(soon)).rows().stream()
                    .map(row -> row.get("completed_at"))
                    .filter(at -> at != null)
                    .toList();
            Optional<Instant> newest = times.stream()
                    .flatMap(at -> read(at).stream())
                    .filter(at -> at.isAfter(soon) && at.isBefore(tillNow.plus(ZONES_APART)))
                    .max(Comparator.naturalOrder());
            ahead(tillNow, newest, times);
        } catch (DataAccessException e) {
            findings.warn(
                    "the zone cannot be checked: " + TillDatabase.reason(e),
                    "Compare zone in config/pos/" + connection.name() + ".properties with the till's wall clock.");
        }
    }

    private void ahead(Instant tillNow, Optional<Instant> newest, List<Object> times) {
        if (newest.isEmpty()) {
            findings.ok("no sale lies hours ahead, read in the zone " + connection.zone());
            return;
        }
        String ahead = String.format(
                Locale.ROOT, "%.1f h", Duration.between(tillNow, newest.get()).toSeconds() / 3_600.0);
        if (times.get(0) instanceof Number) {
            findings.warn(
                    "the newest sale lies " + ahead + " in the future by the till's own clock",
                    "Check the clocks of the till's workstations.");
        } else {
            findings.warn(
                    "the newest sale lies " + ahead + " in the future, read in the zone " + connection.zone(),
                    "The till's wall clock is probably in another zone: check zone in config/pos/" + connection.name()
                            + ".properties. Where the column has a zone of its own, let the view return epoch seconds.");
        }
    }

    private Optional<Instant> read(Object time) {
        try {
            return Optional.of(Instant.ofEpochMilli(PosRows.millis(time, connection.zone())));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Enough to recognise a sale by, and nobody. */
    private String masked(Map<String, Object> row) {
        Object phone = row.get("phone");
        String shown = phone == null || phone.toString().isBlank()
                ? "no phone"
                : Identity.phone(phone.toString(), "US")
                        .map(p -> "phone …" + p.substring(p.length() - 4))
                        .orElse("a phone that cannot be read");
        String at = read(row.get("completed_at"))
                .map(time -> SHOWN.format(LocalDateTime.ofInstant(time, connection.zone())))
                .orElse("a time that cannot be read");
        return "sale " + row.get("transaction_id") + ", " + at + ", " + total(row.get("total")) + ", " + shown;
    }

    private static String total(Object total) {
        try {
            return total == null
                    ? "no total"
                    : new BigDecimal(total.toString())
                            .setScale(2, RoundingMode.HALF_UP)
                            .toPlainString();
        } catch (NumberFormatException e) {
            return "a total that cannot be read";
        }
    }
}
