package aiqbridge.reconcile;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.pos.PosFault;
import aiqbridge.pos.WrittenBack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.dao.DataAccessException;

/** Compares the ledger with AIQ's redemption and adjustment reports and with the points on the tills' transactions; AIQ: section 3.4. */
public final class Reconcile {
    private final WrittenBack tills;
    private final Clock clock;
    private final Duration lag;
    private final int days;
    private final Duration unknownFor;
    private final Duration selection;
    private final Duration skew;
    private final Set<String> refunds;

    public Reconcile(WrittenBack tills, Settings settings, Clock clock) {
        this.tills = tills;
        this.clock = clock;
        this.lag = settings.duration("reconcile.report-lag");
        this.days = settings.number("reconcile.days");
        this.unknownFor = settings.duration("redemption.unknown-for");
        this.selection = settings.duration("redemption.selection-expires-after");
        this.skew = Duration.ofMinutes(1);
        this.refunds = Set.of(settings.text("aiq.timeline-refund-types").split("\\s*,\\s*"));
    }

    /** The accounts whose last days were not compared yet: up to the last day that ended longer ago than AIQ's reports lag. Before an account was entered here there is nothing of ours to compare. */
    public List<Map<String, Object>> due(List<Map<String, Object>> accounts) {
        List<Map<String, Object>> due = new ArrayList<>();
        for (Map<String, Object> account : accounts) {
            ZoneId zone = ZoneId.of((String) account.get("zone"));
            LocalDate to = LocalDate.ofInstant(clock.instant().minus(lag), zone).minusDays(1);
            LocalDate entered =
                    LocalDate.ofInstant(Instant.ofEpochMilli(((Number) account.get("created_at")).longValue()), zone);
            if (!entered.isAfter(to)
                    && (account.get("done_to") == null
                            || ((String) account.get("done_to")).compareTo(to.toString()) < 0)) {
                due.add(days((String) account.get("account_id"), zone, to.minusDays(days - 1L), to, "clock"));
            }
        }
        return due;
    }

    /** What {@code direct:reconcile-account} is asked with; both days are included. A {@code progress} may be put to it, in entries. */
    public Map<String, Object> days(String account, ZoneId zone, LocalDate from, LocalDate to, String askedBy) {
        Map<String, Object> ask = new HashMap<>(Map.of(
                "account_id",
                account,
                "from_date",
                from.toString(),
                "to_date",
                to.toString(),
                "asked_by",
                askedBy,
                "priority",
                "RECONCILIATION"));
        long begin = from.atStartOfDay(zone).toInstant().toEpochMilli();
        ask.put("from", begin);
        ask.put("to", to.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli());
        ask.put("queued_from", begin - selection.plusDays(1).toMillis());
        return ask;
    }

    public Books books(
            Map<String, Object> days, List<Map<String, Object>> entries, List<Map<String, Object>> redemptions) {
        return new Books(days, entries, redemptions, refunds, lag.toMillis(), clock.millis());
    }

    /** AIQ's rows may be older than our entries, by as long as an unclear one is kept, and a little younger. */
    public AiqAsk.Period ask(Books books) {
        Map<String, Object> days = books.days();
        return new AiqAsk.Period(
                (String) days.get("account_id"),
                Priority.valueOf((String) days.get("priority")),
                (Long) days.get("from") - unknownFor.plus(skew).toMillis(),
                Math.min((Long) days.get("to"), clock.millis()) + skew.toMillis());
    }

    public void redemptions(Books books, AiqAnswer report) {
        if (read(books, report, "redemptions")) {
            books.redemptions(rows(report));
        }
    }

    public void adjustments(Books books, AiqAnswer report) {
        if (read(books, report, "adjustments")) {
            books.refunds(rows(report));
        }
    }

    public List<AiqAsk.PeriodOfContact> unseen(Books books) {
        AiqAsk.Period days = ask(books);
        return books.failed()
                ? List.of()
                : books.unseenReversals().stream()
                        .map(entry -> new AiqAsk.PeriodOfContact(
                                days.accountId(), days.priority(), days.from(), days.to(), (String)
                                        entry.get("contact_id")))
                        .toList();
    }

    /** A timeline that cannot be read leaves the reversal unseen. */
    public void timeline(Books books, AiqAsk.PeriodOfContact asked, AiqAnswer timeline) {
        if (timeline.outcome() == AiqAnswer.Outcome.DONE) {
            books.refunds(rows(timeline).stream()
                    .filter(row -> refunds.contains(String.valueOf(row.type())) || row.note() != null)
                    .toList());
        }
    }

    /** Each till's transactions; one that cannot be read is noted, the others go on. */
    public void tills(Books books) {
        Set<Object> away = new HashSet<>();
        Set<Object> seen = new HashSet<>();
        int done = 0;
        for (Map<String, Object> entry : books.entries()) {
            String till = (String) entry.get("till");
            books.progress().at(++done, books.entries().size());
            if (till == null
                    || away.contains(till)
                    || !seen.add(List.of(till, entry.get("location"), entry.get("till_transaction")))) {
                continue;
            }
            String unreadable = tills.unreadable(till);
            try {
                if (unreadable == null) {
                    books.till(
                            entry,
                            tills.points(till, (String) entry.get("till_transaction"))
                                    .orElse(null));
                }
            } catch (DataAccessException e) {
                unreadable = "The till " + till + " could not be read. " + new PosFault().sentence(e);
            }
            if (unreadable != null) {
                away.add(till);
                books.note(unreadable);
            }
        }
    }

    public Map<String, Object> result(Books books) {
        return books.result(UUID.randomUUID().toString());
    }

    private static boolean read(Books books, AiqAnswer report, String name) {
        boolean done = report.outcome() == AiqAnswer.Outcome.DONE;
        if (!done && !books.failed()) {
            books.failed("AIQ's report of " + name + " could not be read: " + report.detail() + ".");
        }
        return done;
    }

    private static List<ReportRow> rows(AiqAnswer answer) {
        return ((Report) answer.value()).rows();
    }
}
