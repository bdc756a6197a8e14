package aiqbridge.redemption;

import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Priority;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;

/**
 * Settles what was sent without a clear answer, by AIQ's own reports, timeline and wallet: a row of AIQ's that fits is evidence for, and each settles at most
 * one of ours. Evidence against is only what two whole readings show that were begun when the effect would have been in them (see {@link Doubt}): the
 * balance is what it was before the call and a single-use discount is still offered, and the timeline holds nothing since.
 */
public final class Evidence {
    public static final String SHOWN = "AIQ's own records show it", NOT_SHOWN = "AIQ's own records do not show it";
    private final Clock clock;
    private final Doubt doubt;

    public Evidence(Doubt doubt, Clock clock) {
        this.clock = clock;
        this.doubt = doubt;
    }

    /** What AIQ's report is asked for: from before the first of these rows until now. */
    public AiqAsk.Period window(String account, List<? extends Attempted> rows) {
        return new AiqAsk.Period(
                account,
                Priority.RECONCILIATION,
                rows.stream().mapToLong(doubt::sentAt).min().orElse(clock.millis()),
                until(rows));
    }

    /** What the row's contact alone is asked for. */
    public AiqAsk.PeriodOfContact ofContact(Attempted row) {
        return new AiqAsk.PeriodOfContact(
                row.accountId(), Priority.RECONCILIATION, doubt.listedFrom(row), until(List.of(row)), row.contactId());
    }

    private long until(List<? extends Attempted> rows) {
        return Math.max(
                clock.millis(),
                rows.stream().mapToLong(doubt::effectUntil).max().orElse(0));
    }

    /** The report's rows; none when it could not be read: then the contact's own timeline is asked, and the time until a person looks goes on. */
    public Report report(AiqAnswer answer) {
        return answer.outcome() == AiqAnswer.Outcome.DONE ? (Report) answer.value() : new Report(List.of(), false);
    }

    /**
     * EXECUTED, or ASK when the report alone does not say.
     *
     * @param used ids of AIQ's rows that already stand for one of ours
     */
    public Settled inReport(Unclear row, Report report, List<String> used) {
        ReportRow fit = fit(row, report.rows(), used);
        return fit == null ? settled(row, Settled.Next.ASK) : executed(row, fit);
    }

    /** EXECUTED, ASK when the wallet may tell more, or WAIT, or PARK when it has waited long enough. */
    public Settled inTimeline(Unclear row, AiqAnswer timeline, List<String> used, Long begun) {
        ReportRow fit = fit(
                row,
                report(timeline).rows().stream()
                        .filter(e -> "redemption".equals(e.type()))
                        .toList(),
                used);
        if (fit != null) {
            return executed(row, fit);
        }
        return report(timeline).listed() && doubt.counts(row, begun)
                ? settled(row, Settled.Next.ASK)
                : waits(row, row.absentSince());
    }

    /** AGAINST with {@code against} DUE, REJECTED or PARKED, or WAIT, or PARK. Both readings were begun then. */
    public Settled inWallet(
            Unclear row, AiqAnswer wallet, AiqAnswer timeline, Report report, List<String> used, Long begun) {
        if (!reads(row, wallet)) {
            return waits(row, row.absentSince());
        }
        boolean absent = report.rows().stream().noneMatch(r -> mayBe(row, r, used))
                && stands(row, timeline, (Wallet) wallet.value());
        if (proved(row, absent, begun)) {
            return switch (doubt.afterAbsence(row)) {
                case "REJECTED" ->
                    against(
                            row,
                            "REJECTED",
                            "refused",
                            "Discount given, points not taken: AIQ refused with " + row.httpStatus() + " twice.");
                case "PARKED" ->
                    against(
                            row,
                            "PARKED",
                            "sent-too-often",
                            "AIQ does not execute it, however often it is sent; nothing was taken.");
                default -> against(row, "DUE", null, "AIQ's own records do not show it: it was not executed");
            };
        }
        return waits(row, absent ? first(row, begun) : null);
    }

    private Settled settled(Unclear row, Settled.Next next) {
        return settled(row, next, NOT_SHOWN, null, null, null, null, null, 0);
    }

    private Settled settled(
            Unclear row,
            Settled.Next next,
            String detail,
            String aiqRow,
            String aiqRedemptionId,
            String against,
            String againstReason,
            Long absentSince,
            long nextAttemptAt) {
        return new Settled(
                row,
                next,
                next.name(),
                detail,
                aiqRow,
                aiqRedemptionId,
                against,
                againstReason,
                absentSince,
                nextAttemptAt,
                false,
                clock.millis());
    }

    private Settled executed(Unclear row, ReportRow fit) {
        return settled(row, Settled.Next.EXECUTED, SHOWN, key(fit), fit.id(), null, null, null, 0);
    }

    private Settled against(Unclear row, String where, String reason, String detail) {
        return settled(row, Settled.Next.AGAINST, detail, null, null, where, reason, null, 0);
    }

    private Settled waits(Unclear row, Long absentSince) {
        return settled(
                row,
                doubt.tooLong(row, absentSince) ? Settled.Next.PARK : Settled.Next.WAIT,
                NOT_SHOWN,
                null,
                null,
                null,
                null,
                absentSince,
                doubt.nextAskAt(row, absentSince));
    }

    /** Nothing moved since the attempt: what was there before is there still, and the timeline is silent. */
    private boolean stands(Unclear row, AiqAnswer timeline, Wallet wallet) {
        if (moved(row, timeline)) {
            return false;
        }
        Discount discount = wallet.discount(row.discountId()).orElse(null);
        boolean singleUse = discount == null || discount.singleUse();
        boolean offered = discount != null && discount.available();
        Boolean balance = sameBalance(row, wallet);
        return balance == null ? singleUse && offered : balance && (!singleUse || offered);
    }

    /** A whole wallet of the same contact; anything else is no reading. */
    public static boolean reads(Attempted row, AiqAnswer answer) {
        return answer.outcome() == AiqAnswer.Outcome.DONE
                && ((Wallet) answer.value()).whole()
                && row.contactId() != null
                && row.contactId().equals(((Wallet) answer.value()).contactId());
    }

    /** Whether anything that the balance before the call may or may not have held already moved the balance. */
    public boolean moved(Attempted row, AiqAnswer timeline) {
        return report(timeline).rows().stream().anyMatch(e -> e.at() == null || e.at() >= doubt.snapshotFrom(row));
    }

    /** Null where the balance says nothing: hidden now or then, or no points are at stake. */
    public static Boolean sameBalance(Attempted row, Wallet wallet) {
        BigDecimal before = row.walletPoints();
        return before == null || wallet.points() == null || row.points().signum() == 0
                ? null
                : wallet.points().compareTo(before) == 0;
    }

    /** AIQ's row for this one of ours: one that names its sale whenever AIQ came to it, one without a sale only in the time in which it was sent. */
    private ReportRow fit(Unclear row, List<ReportRow> report, List<String> used) {
        for (ReportRow r : report) {
            boolean named = r.transactionId() != null;
            boolean inTime =
                    r.at() != null && r.at() >= doubt.sentAt(row) && (named || r.at() <= doubt.effectUntil(row));
            boolean restored = row.restoredFrom() != null && named;
            boolean alone = named || row.unnamed() == 0;
            if (mayBe(row, r, used) && (inTime || restored) && alone) {
                return r;
            }
        }
        return null;
    }

    /** A row that stands for nothing else and could be this one's; while there is one, nothing proves that it did not run: AIQ's clock may be off. */
    private static boolean mayBe(Unclear row, ReportRow r, List<String> used) {
        return sameContact(row, r)
                && row.discountId().equals(r.discountId())
                && (r.transactionId() == null || r.transactionId().equals(row.transactionId()))
                && !used.contains(key(r));
    }

    private static boolean sameContact(Attempted row, ReportRow r) {
        return row.contactId() != null && row.contactId().equals(r.contactId());
    }

    /** Whether it certainly had no effect: two readings that show nothing, far enough apart, or one where only the limiter answered. */
    public boolean proved(Attempted row, boolean absent, long begun) {
        return absent && (doubt.limited(row) || row.absentSince() != null && doubt.apart(row.absentSince(), begun));
    }

    public static Long first(Attempted row, Long begun) {
        return row.absentSince() == null ? begun : row.absentSince();
    }

    /** What names a row of AIQ's for good, also where it has no id. */
    public static String key(ReportRow r) {
        return r.id() != null ? r.id() : r.contactId() + "|" + r.discountId() + "|" + r.transactionId() + "|" + r.at();
    }
}
