package aiqbridge.ledger;

import aiqbridge.Progress;
import aiqbridge.wallet.Points;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the auditor gets: one line per entry, and what each day comes to. */
public final class LedgerExport {
    private static final int PAGE = 1_000;
    private final JdbcTemplate store;

    public LedgerExport(DataSource store) {
        this.store = new JdbcTemplate(store);
    }

    /** @param digest of the closed day, null while it is open */
    public record Day(String localDate, LedgerTotals totals, String digest) {}

    /**
     * Writes the entries of the days {@code from} to {@code to}, both included, in the order in which they were made.
     *
     * @param progress in entries
     * @return what each day with entries comes to
     */
    public List<Day> write(
            Appendable out, String accountId, ZoneId zone, LocalDate from, LocalDate to, Progress progress) {
        long all = store.queryForObject(
                "select count(*) from ledger where account_id = ? and local_date >= ? and local_date <= ?",
                Long.class,
                accountId,
                from.toString(),
                to.toString());
        long done = 0;
        Csv csv = new Csv(
                out,
                "entry",
                "kind",
                "transaction",
                "order",
                "connection",
                "location",
                "local_time",
                "utc_time",
                "day",
                "customer",
                "discount_id",
                "discount",
                "points",
                "money",
                "aiq_redemption_id",
                "operator",
                "reversal_of",
                "redemption");
        Map<String, LedgerTotals> totals = new TreeMap<>();
        long last = 0;
        List<Map<String, Object>> page;
        do {
            page = store.queryForList("""
                select l.*, r.order_id, case when l.kind = 'REVERSED' then (select o.ledger_id from ledger o where o.redemption_id = l.redemption_id and o.kind = 'REDEEMED') end as reversal_of
                  from ledger l left join redemption r on r.redemption_id = l.redemption_id
                 where l.account_id = ? and l.local_date >= ? and l.local_date <= ? and l.ledger_id > ? order by l.ledger_id limit ?""", accountId, from.toString(), to.toString(), last, PAGE);
            for (Map<String, Object> entry : page) {
                csv.line(line(entry, zone));
                totals.computeIfAbsent((String) entry.get("local_date"), day -> new LedgerTotals())
                        .add(entry);
                last = ((Number) entry.get("ledger_id")).longValue();
            }
            done += page.size();
            progress.at(done, Math.max(done, all));
        } while (page.size() == PAGE);
        return totals.entrySet().stream()
                .map(day -> new Day(day.getKey(), day.getValue(), digest(accountId, day.getKey())))
                .toList();
    }

    private String digest(String accountId, String day) {
        return store
                .queryForList(
                        "select digest from ledger_day where account_id = ? and local_date = ?",
                        String.class,
                        accountId,
                        day)
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static List<Object> line(Map<String, Object> e, ZoneId zone) {
        ZonedDateTime at = Instant.ofEpochMilli(((Number) e.get("happened_at")).longValue())
                .truncatedTo(ChronoUnit.SECONDS)
                .atZone(zone);
        return Arrays.asList(
                e.get("ledger_id"),
                e.get("kind"),
                e.get("transaction_id"),
                e.get("order_id"),
                e.get("connection"),
                e.get("location"),
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at),
                at.toInstant(),
                e.get("local_date"),
                e.get("customer_key"),
                e.get("discount_id"),
                e.get("discount_name"),
                Points.of(e.get("points")),
                e.get("money") == null ? null : Points.of(e.get("money")),
                e.get("aiq_redemption_id"),
                e.get("employee"),
                e.get("reversal_of"),
                e.get("redemption_id"));
    }
}
