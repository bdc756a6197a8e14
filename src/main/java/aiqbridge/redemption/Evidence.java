package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settles what was sent without a clear answer, by AIQ's own reports, wallet and timeline (redemption.md section 1): evidence for makes it executed, proof
 * against lets it be sent again, and absence alone is no proof. Each row of AIQ settles at most one of ours.
 */
public final class Evidence {
    private final Clock clock;
    private final Duration wait;
    private final Duration unknownFor;
    private final Duration tolerance;
    private final Duration timeout;
    private final Set<String> refunds;

    public Evidence(Settings settings, Clock clock) {
        this.clock = clock;
        this.wait = settings.duration("redemption.settle-after");
        this.unknownFor = settings.duration("redemption.unknown-for");
        this.tolerance = settings.duration("redemption.aiq-skew");
        this.timeout = settings.duration("aiq.redeem-timeout").plus(settings.duration("aiq.connect-timeout"));
        this.refunds = Set.of(settings.text("aiq.timeline-refund-types").split("\\s*,\\s*"));
    }

    /** What became unclear before this (epoch milliseconds) has waited longer than lease, time-out and the reports' lag together. */
    public long settleBefore() {
        return clock.millis() - wait.toMillis();
    }

    /** What AIQ's report is asked for: from before the first of these rows until now. */
    public Map<String, Object> window(String account, List<Map<String, Object>> rows) {
        long from = rows.stream().mapToLong(this::sentAt).min().orElse(clock.millis());
        Map<String, Object> ask = new HashMap<>();
        ask.put("account_id", account);
        ask.put("priority", "RECONCILIATION");
        ask.put("from", from - tolerance.toMillis());
        ask.put("to", clock.millis() + tolerance.toMillis());
        return ask;
    }

    /** The same window for one contact's timeline. */
    public Map<String, Object> ofContact(Map<String, Object> window, Map<String, Object> row) {
        window.put("contact_id", row.get("contact_id"));
        return window;
    }

    /** The report's rows; none when it could not be read: then the contact's own timeline and wallet are asked, and the time until a person looks goes on. */
    public List<ReportRow> report(AiqAnswer answer) {
        return answer.outcome() == AiqAnswer.Outcome.DONE ? rows(answer) : List.of();
    }

    /** What AIQ's adjustments or the contact's timeline are asked for. */
    public Map<String, Object> askReversal(Map<String, Object> reversal) {
        return ofContact(window((String) reversal.get("account_id"), List.of(reversal)), reversal);
    }

    /**
     * The row with {@code next}: EXECUTED, AGAINST, or ASK when the report alone does not say.
     *
     * @param used ids of AIQ's rows that already stand for one of ours
     */
    public Map<String, Object> inReport(Map<String, Object> row, List<ReportRow> report, List<Map<String, Object>> used) {
        ReportRow fit = fit(row, report, ids(used));
        if (fit != null) {
            return next(row, "EXECUTED", fit);
        }
        long later = sentAt(row) + timeout.plus(tolerance).toMillis();
        boolean movedOn = row.get("restored_from") == null && report.stream().noneMatch(r -> mayBe(row, r, ids(used)))
            && report.stream().anyMatch(r -> sameContact(row, r) && r.at() != null && r.at() > later);
        return next(row, movedOn ? "AGAINST" : "ASK", null);
    }

    /** The row with {@code next}: EXECUTED, AGAINST, PARK when it has waited long enough, or WAIT. */
    public Map<String, Object> inWallet(Map<String, Object> row, AiqAnswer wallet, AiqAnswer timeline, List<Map<String, Object>> used) {
        if (timeline.outcome() == AiqAnswer.Outcome.DONE) {
            List<ReportRow> events = rows(timeline);
            ReportRow fit = fit(row, events.stream().filter(e -> "redemption".equals(e.type())).toList(), ids(used));
            if (fit != null) {
                return next(row, "EXECUTED", fit);
            }
            if (wallet.outcome() == AiqAnswer.Outcome.DONE && untouched(row, (Wallet) wallet.value(), events)) {
                return next(row, "AGAINST", null);
            }
        }
        return next(row, tooLong(row) ? "PARK" : "WAIT", null);
    }

    /** A single-use discount still on offer, the balance as it was, and nothing else moved since. */
    private boolean untouched(Map<String, Object> row, Wallet wallet, List<ReportRow> events) {
        Discount discount = wallet.discount((String) row.get("discount_id")).orElse(null);
        boolean offered = discount != null && !discount.reusable() && discount.available();
        boolean moved = events.stream().anyMatch(e -> e.at() == null || e.at() >= sentAt(row) - tolerance.toMillis());
        Object before = row.get("wallet_points");
        boolean sameBalance = before != null && !wallet.pointsHidden() && wallet.points().compareTo(Points.of(before)) == 0;
        return offered && !moved && (sameBalance || before == null);
    }

    /** The reversal with {@code next}: DONE, PARKED or WAIT; by our reference on an adjustment, or by the refund of the same redemption. */
    public Map<String, Object> ofReversal(Map<String, Object> reversal, AiqAnswer answer, List<Map<String, Object>> used) {
        Set<String> taken = ids(used);
        ReportRow fit = answer.outcome() != AiqAnswer.Outcome.DONE ? null
            : rows(answer).stream().filter(r -> adjusted(reversal, r) || refunded(reversal, r)).filter(r -> !taken.contains("refund " + key(r))).findFirst().orElse(null);
        Map<String, Object> settled = next(reversal, fit != null ? "DONE" : tooLong(reversal) ? "PARKED" : "WAIT", fit);
        settled.put("next_method", reversal.get("method"));
        settled.put("next_attempt_at", clock.millis());
        settled.put("reason", fit == null ? "unclear" : null);
        settled.put("pause", false);
        return settled;
    }

    private static boolean adjusted(Map<String, Object> reversal, ReportRow r) {
        return reversal.get("reference").equals(r.note()) && r.points() != null && r.points().compareTo(Points.of(reversal.get("points"))) == 0;
    }

    private boolean refunded(Map<String, Object> reversal, ReportRow r) {
        return refunds.contains(String.valueOf(r.type())) && r.id() != null && r.id().equals(reversal.get("aiq_redemption_id"));
    }

    /** AIQ's row for this one of ours: one that names its sale whenever AIQ came to it, one without a sale only in the time in which it was sent. */
    private ReportRow fit(Map<String, Object> row, List<ReportRow> report, Set<String> used) {
        for (ReportRow r : report) {
            boolean named = r.transactionId() != null;
            boolean inTime = r.at() != null && r.at() >= sentAt(row) - tolerance.toMillis() && (named || r.at() <= sentAt(row) + wait.plus(tolerance).toMillis());
            boolean restored = row.get("restored_from") != null && named;
            boolean alone = named || ((Number) row.get("unnamed")).intValue() == 0;
            if (mayBe(row, r, used) && (inTime || restored) && alone) {
                return r;
            }
        }
        return null;
    }

    /** A row that stands for nothing else and could be this one's; while there is one, that the contact moved on proves nothing: AIQ's clock may be off. */
    private static boolean mayBe(Map<String, Object> row, ReportRow r, Set<String> used) {
        return sameContact(row, r) && row.get("discount_id").equals(r.discountId()) && (r.transactionId() == null || r.transactionId().equals(row.get("transaction_id"))) && !used.contains(key(r));
    }

    private static boolean sameContact(Map<String, Object> row, ReportRow r) {
        return row.get("contact_id") != null && row.get("contact_id").equals(r.contactId());
    }

    private boolean tooLong(Map<String, Object> row) {
        return clock.millis() - ((Number) row.get("unknown_since")).longValue() >= unknownFor.toMillis();
    }

    private long sentAt(Map<String, Object> row) {
        Object sent = row.get("started_at") == null ? row.get("queued_at") : row.get("started_at");
        return ((Number) sent).longValue();
    }

    private Map<String, Object> next(Map<String, Object> row, String next, ReportRow fit) {
        Map<String, Object> settled = new HashMap<>(row);
        settled.put("next", next);
        settled.put("aiq_row", fit == null ? null : key(fit));
        settled.putIfAbsent("aiq_redemption_id", null);
        if (fit != null && fit.id() != null && settled.get("aiq_redemption_id") == null) {
            settled.put("aiq_redemption_id", fit.id());
        }
        settled.put("outcome", next);
        settled.put("http_status", null);
        settled.put("detail", fit != null ? "AIQ's own records show it" : "AIQ's own records do not show it");
        settled.put("now", clock.millis());
        return settled;
    }

    /** What names a row of AIQ's for good, also where it has no id. */
    private static String key(ReportRow r) {
        return r.id() != null ? r.id() : r.contactId() + "|" + r.discountId() + "|" + r.transactionId() + "|" + r.at();
    }

    private static Set<String> ids(List<Map<String, Object>> used) {
        Set<String> ids = new HashSet<>();
        used.forEach(u -> ids.add(String.valueOf(u.get("aiq_row"))));
        return ids;
    }

    @SuppressWarnings("unchecked")
    private static List<ReportRow> rows(AiqAnswer answer) {
        return new ArrayList<>((List<ReportRow>) answer.value());
    }
}
