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
import org.springframework.jdbc.core.RowMapper;

/** What the auditor gets: one line per entry, and what each day comes to. */
public final class LedgerExport {
    private static final int PAGE = 1_000;
    private static final RowMapper<LedgerEntry> ENTRY = new LedgerRows<>(LedgerEntry.class);
    private static final RowMapper<Exported> LINE = (row, number) ->
            new Exported(ENTRY.mapRow(row, number), row.getString("order_id"), (Number) row.getObject("reversal_of"));
    private final JdbcTemplate store;

    /** @param reversalOf the entry that this one reverses, null when it reverses none */
    private record Exported(LedgerEntry entry, String orderId, Number reversalOf) {}

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
        List<Exported> page;
        do {
            page = store.query("""
                select l.*, r.order_id, case when l.kind = 'REVERSED' then (select o.ledger_id from ledger o where o.redemption_id = l.redemption_id and o.kind = 'REDEEMED') end as reversal_of
                  from ledger l left join redemption r on r.redemption_id = l.redemption_id
                 where l.account_id = ? and l.local_date >= ? and l.local_date <= ? and l.ledger_id > ? order by l.ledger_id limit ?""", LINE, accountId, from.toString(), to.toString(), last, PAGE);
            for (Exported one : page) {
                LedgerEntry entry = one.entry();
                csv.line(line(one, zone));
                totals.computeIfAbsent(entry.localDate(), day -> new LedgerTotals())
                        .add(entry);
                last = entry.ledgerId();
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

    private static List<Object> line(Exported one, ZoneId zone) {
        LedgerEntry e = one.entry();
        ZonedDateTime at = Instant.ofEpochMilli(((Number) e.happenedAt()).longValue())
                .truncatedTo(ChronoUnit.SECONDS)
                .atZone(zone);
        return Arrays.asList(
                e.ledgerId(),
                e.kind(),
                e.transactionId(),
                one.orderId(),
                e.connection(),
                e.location(),
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at),
                at.toInstant(),
                e.localDate(),
                e.customerKey(),
                e.discountId(),
                e.discountName(),
                Points.of(e.points()),
                e.money() == null ? null : Points.of(e.money()),
                e.aiqRedemptionId(),
                e.employee(),
                one.reversalOf(),
                e.redemptionId());
    }
}
