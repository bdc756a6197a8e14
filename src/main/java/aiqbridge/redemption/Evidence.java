package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import aiqbridge.wallet.Points;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settles what was sent without a clear answer, by AIQ's own reports, timeline and wallet: a row of AIQ's that fits is evidence for, and each settles at most
 * one of ours. Evidence against is only what two whole readings show that were begun when the effect would have been in them (see {@link Doubt}): the
 * balance is what it was before the call, or a single-use discount is still offered, and the timeline holds nothing since.
 */
public final class Evidence {
    private final Clock clock;
    private final Doubt doubt;
    private final Set<String> refunds;
    private static final Set<String> STANDS_AGAIN = Set.of("order-again", "completed-again");
    private static final Set<Integer> NO_SUCH_CALL = Set.of(400, 404, 405);

    public Evidence(Settings settings, Doubt doubt, Clock clock) {
        this.clock = clock;
        this.doubt = doubt;
        this.refunds = Set.of(settings.text("aiq.timeline-refund-types").split("\\s*,\\s*"));
    }

    /** What AIQ's report is asked for: from before the first of these rows until now. */
    public Map<String, Object> window(String account, List<Map<String, Object>> rows) {
        long from = rows.stream().mapToLong(doubt::sentAt).min().orElse(clock.millis());
        Map<String, Object> ask = new HashMap<>();
        ask.put("account_id", account);
        ask.put("priority", "RECONCILIATION");
        ask.put("from", from);
        ask.put(
                "to",
                Math.max(
                        clock.millis(),
                        rows.stream().mapToLong(doubt::effectUntil).max().orElse(0)));
        return ask;
    }

    /** The same window for the row's contact alone. */
    public Map<String, Object> ofContact(Map<String, Object> row) {
        Map<String, Object> ask = window((String) row.get("account_id"), List.of(row));
        ask.put("from", doubt.listedFrom(row));
        ask.put("contact_id", row.get("contact_id"));
        return ask;
    }

    /** The report's rows; none when it could not be read: then the contact's own timeline is asked, and the time until a person looks goes on. */
    public Report report(AiqAnswer answer) {
        return answer.outcome() == AiqAnswer.Outcome.DONE ? (Report) answer.value() : new Report(List.of(), false);
    }

    // redemptions

    /**
     * The row with {@code next}: EXECUTED, or ASK when the report alone does not say.
     *
     * @param used ids of AIQ's rows that already stand for one of ours
     */
    public Map<String, Object> inReport(Map<String, Object> row, Report report, List<Map<String, Object>> used) {
        ReportRow fit = fit(row, report.rows(), ids(used));
        return fit == null ? step(row, "ASK") : shown(row, "EXECUTED", fit);
    }

    /** The row with {@code next}: EXECUTED, ASK when the wallet may tell more, or WAIT, or PARK when it has waited long enough. */
    public Map<String, Object> inTimeline(
            Map<String, Object> row, AiqAnswer timeline, List<Map<String, Object>> used, Long begun) {
        ReportRow fit = fit(
                row,
                report(timeline).rows().stream()
                        .filter(e -> "redemption".equals(e.type()))
                        .toList(),
                ids(used));
        if (fit != null) {
            return shown(row, "EXECUTED", fit);
        }
        return report(timeline).listed() && doubt.counts(row, begun)
                ? step(row, "ASK")
                : waits(row, known(row), "PARK");
    }

    /** The row with {@code next}: AGAINST with {@code against} DUE, REJECTED or PARKED, or WAIT, or PARK. Both readings were begun then. */
    public Map<String, Object> inWallet(
            Map<String, Object> row,
            AiqAnswer wallet,
            AiqAnswer timeline,
            Report report,
            List<Map<String, Object>> used,
            Long begun) {
        if (!reads(row, wallet)) {
            return waits(row, known(row), "PARK");
        }
        boolean absent = report.rows().stream().noneMatch(r -> mayBe(row, r, ids(used)))
                && stands(row, timeline, (Wallet) wallet.value());
        Long before = known(row);
        if (absent && (doubt.limited(row) || before != null && doubt.apart(before, begun))) {
            Map<String, Object> against = step(row, "AGAINST");
            String after = doubt.afterAbsence(row);
            against.put("against", after.equals("AGAIN") ? "DUE" : after);
            against.put(
                    "against_reason",
                    after.equals("REJECTED") ? "refused" : after.equals("PARKED") ? "sent-too-often" : null);
            against.put(
                    "detail",
                    switch (after) {
                        case "REJECTED" ->
                            "Discount given, points not taken: AIQ refused with " + row.get("http_status") + " twice.";
                        case "PARKED" -> "AIQ does not run it, however often it is sent; nothing was taken.";
                        default -> "AIQ's own records do not show it: it was not run";
                    });
            return against;
        }
        return waits(row, absent ? before == null ? begun : before : null, "PARK");
    }

    /** Nothing moved since the attempt: what was there before is there still, and the timeline is silent. */
    private boolean stands(Map<String, Object> row, AiqAnswer timeline, Wallet wallet) {
        if (moved(row, timeline)) {
            return false;
        }
        Discount discount = wallet.discount((String) row.get("discount_id")).orElse(null);
        boolean singleUse = discount == null || discount.singleUse();
        boolean offered = discount != null && discount.available();
        Boolean balance = sameBalance(row, wallet);
        return balance == null ? singleUse && offered : balance && (!singleUse || offered);
    }

    // reversals

    /** The reversal with {@code next}: DONE, ASK, PARKED or WAIT; by our reference on an adjustment, or by the refund of the same redemption. */
    public Map<String, Object> ofReversal(
            Map<String, Object> reversal, AiqAnswer answer, List<Map<String, Object>> used, Long begun) {
        Set<String> taken = ids(used);
        ReportRow fit = report(answer).rows().stream()
                .filter(r -> adjusted(reversal, r) || refunded(reversal, r))
                .filter(r -> !taken.contains("refund " + key(r)))
                .findFirst()
                .orElse(null);
        if (fit != null) {
            return reversalStep(shown(reversal, "DONE", fit), null);
        }
        return doubt.counts(reversal, begun)
                ? step(reversal, "ASK")
                : reversalStep(waits(reversal, known(reversal), "PARKED"), "unclear");
    }

    /** The reversal with {@code next}: WANTED again when nothing moved, by the adjustment where AIQ has no such call; or REJECTED, PARKED or WAIT. */
    public Map<String, Object> ofWallet(
            Map<String, Object> reversal, AiqAnswer wallet, AiqAnswer timeline, Long begun) {
        Long before = known(reversal);
        boolean read = reads(reversal, wallet) && report(timeline).listed();
        boolean absent = read
                && !moved(reversal, timeline)
                && !givenBack(reversal, timeline)
                && Boolean.TRUE.equals(sameBalance(reversal, (Wallet) wallet.value()));
        if (absent && (doubt.limited(reversal) || before != null && doubt.apart(before, begun))) {
            boolean noSuchCall = "REVERSAL".equals(reversal.get("method"))
                    && reversal.get("http_status") != null
                    && NO_SUCH_CALL.contains(((Number) reversal.get("http_status")).intValue());
            String after = noSuchCall ? "AGAIN" : doubt.afterAbsence(reversal);
            if (after.equals("AGAIN") && STANDS_AGAIN.contains(String.valueOf(reversal.get("flag")))) {
                // it was not given back, and shall not be before a person says so
                Map<String, Object> parked = reversalStep(step(reversal, "PARKED"), "order-again");
                parked.put("outcome", "ABSENT");
                return parked;
            }
            Map<String, Object> again = reversalStep(
                    step(reversal, after.equals("AGAIN") ? "WANTED" : after),
                    after.equals("REJECTED") ? "refused" : after.equals("PARKED") ? "sent-too-often" : null);
            again.put("next_method", noSuchCall ? "ADJUSTMENT" : reversal.get("method"));
            again.put("outcome", "ABSENT");
            return again;
        }
        return reversalStep(
                waits(reversal, absent ? before == null ? begun : before : read ? null : before, "PARKED"), "unclear");
    }

    private Map<String, Object> reversalStep(Map<String, Object> settled, String reason) {
        settled.put("next_method", settled.get("method"));
        settled.putIfAbsent("next_attempt_at", clock.millis());
        settled.put("reason", "WAIT".equals(settled.get("next")) ? null : reason);
        if ("unclear".equals(reason)) {
            settled.put("outcome", "UNKNOWN");
        }
        settled.put("pause", false);
        return settled;
    }

    private static boolean adjusted(Map<String, Object> reversal, ReportRow r) {
        return reversal.get("reference").equals(r.note())
                && r.points() != null
                && r.points().compareTo(Points.of(reversal.get("points"))) == 0;
    }

    private boolean refunded(Map<String, Object> reversal, ReportRow r) {
        return refunds.contains(String.valueOf(r.type()))
                && r.id() != null
                && r.id().equals(reversal.get("aiq_redemption_id"));
    }

    /** Whether a refund of the same discount is listed since the redemption, under whatever id: it may be this one's. */
    private boolean givenBack(Map<String, Object> reversal, AiqAnswer timeline) {
        return report(timeline).rows().stream()
                .anyMatch(r -> refunds.contains(String.valueOf(r.type()))
                        && (r.discountId() == null || r.discountId().equals(reversal.get("discount_id"))));
    }

    // both

    /** A whole wallet of the same contact; anything else is no reading. */
    private static boolean reads(Map<String, Object> row, AiqAnswer answer) {
        return answer.outcome() == AiqAnswer.Outcome.DONE
                && ((Wallet) answer.value()).whole()
                && row.get("contact_id") != null
                && row.get("contact_id").equals(((Wallet) answer.value()).contactId());
    }

    /** Whether anything that the balance before the call may or may not have held already moved the balance. */
    private boolean moved(Map<String, Object> row, AiqAnswer timeline) {
        return report(timeline).rows().stream().anyMatch(e -> e.at() == null || e.at() >= doubt.snapshotFrom(row));
    }

    /** Null where the balance says nothing: hidden now or then, or no points are at stake. */
    private static Boolean sameBalance(Map<String, Object> row, Wallet wallet) {
        BigDecimal before = row.get("wallet_points") == null ? null : Points.of(row.get("wallet_points"));
        return before == null
                        || wallet.points() == null
                        || Points.of(row.get("points")).signum() == 0
                ? null
                : wallet.points().compareTo(before) == 0;
    }

    /** AIQ's row for this one of ours: one that names its sale whenever AIQ came to it, one without a sale only in the time in which it was sent. */
    private ReportRow fit(Map<String, Object> row, List<ReportRow> report, Set<String> used) {
        for (ReportRow r : report) {
            boolean named = r.transactionId() != null;
            boolean inTime =
                    r.at() != null && r.at() >= doubt.sentAt(row) && (named || r.at() <= doubt.effectUntil(row));
            boolean restored = row.get("restored_from") != null && named;
            boolean alone = named || ((Number) row.get("unnamed")).intValue() == 0;
            if (mayBe(row, r, used) && (inTime || restored) && alone) {
                return r;
            }
        }
        return null;
    }

    /** A row that stands for nothing else and could be this one's; while there is one, nothing proves that it did not run: AIQ's clock may be off. */
    private static boolean mayBe(Map<String, Object> row, ReportRow r, Set<String> used) {
        return sameContact(row, r)
                && row.get("discount_id").equals(r.discountId())
                && (r.transactionId() == null || r.transactionId().equals(row.get("transaction_id")))
                && !used.contains(key(r));
    }

    private static boolean sameContact(Map<String, Object> row, ReportRow r) {
        return row.get("contact_id") != null && row.get("contact_id").equals(r.contactId());
    }

    /** When the first reading that shows nothing was begun, null when there is none. */
    private static Long known(Map<String, Object> row) {
        return row.get("absent_since") == null ? null : ((Number) row.get("absent_since")).longValue();
    }

    private Map<String, Object> waits(Map<String, Object> row, Long absentSince, String afterLong) {
        Map<String, Object> waits = step(row, doubt.tooLong(row) ? afterLong : "WAIT");
        waits.put("absent_since", absentSince);
        waits.put("next_attempt_at", doubt.nextAskAt(row, absentSince));
        return waits;
    }

    private Map<String, Object> shown(Map<String, Object> row, String next, ReportRow fit) {
        Map<String, Object> shown = step(row, next);
        shown.put("aiq_row", key(fit));
        if (fit.id() != null && shown.get("aiq_redemption_id") == null) {
            shown.put("aiq_redemption_id", fit.id());
        }
        shown.put("detail", "AIQ's own records show it");
        return shown;
    }

    private Map<String, Object> step(Map<String, Object> row, String next) {
        Map<String, Object> step = new HashMap<>(row);
        step.put("next", next);
        step.put("aiq_row", null);
        step.putIfAbsent("aiq_redemption_id", null);
        step.put("outcome", next);
        step.put("detail", "AIQ's own records do not show it");
        step.put("absent_since", null);
        step.put("pause", false);
        step.put("now", clock.millis());
        step.remove("next_attempt_at");
        return step;
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
}
