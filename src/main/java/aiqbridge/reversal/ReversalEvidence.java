package aiqbridge.reversal;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import aiqbridge.redemption.Doubt;
import aiqbridge.redemption.Evidence;
import aiqbridge.redemption.Reading;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Settles a reversal that was sent without a clear answer, by the rules of {@link Evidence}: what AIQ's records show for it, and what two readings show against it. */
public final class ReversalEvidence {
    private static final Set<String> STANDS_AGAIN = Set.of("order-again", "completed-again");
    private static final Set<Integer> NO_SUCH_CALL = Set.of(400, 404, 405);
    private final Clock clock;
    private final Doubt doubt;
    private final Evidence evidence;
    private final Set<String> refunds;

    public ReversalEvidence(Settings settings, Evidence evidence, Doubt doubt, Clock clock) {
        this.clock = clock;
        this.doubt = doubt;
        this.evidence = evidence;
        this.refunds = Set.of(settings.text("aiq.timeline-refund-types").split("\\s*,\\s*"));
    }

    /** DONE, ASK, PARKED or WAIT; by our reference on an adjustment, or by the refund of the same redemption. */
    public ReversalStep ofReversal(Reversal.Unclear reversal, Reading listed, List<String> used) {
        ReportRow fit = listed.rows().stream()
                .filter(r -> adjusted(reversal, r) || refunded(reversal, r))
                .filter(r -> !used.contains("refund " + Evidence.key(reversal.contactId(), r)))
                .findFirst()
                .orElse(null);
        if (fit != null) {
            return step(reversal, "DONE", "DONE", Evidence.SHOWN, null, null, Evidence.key(reversal.contactId(), fit));
        }
        return !reversal.parked() && reversal.resendStopped() == 0 && evidence.counts(reversal, listed)
                ? step(reversal, "ASK", "ASK", Evidence.NOT_SHOWN, null, null, null)
                : waits(reversal, reversal.absentSince());
    }

    /** WANTED again when nothing moved, by the adjustment where AIQ has no such call; or REJECTED, PARKED or WAIT. */
    public ReversalStep ofWallet(
            Reversal.Unclear reversal, AiqAnswer wallet, Reading timeline, Reading listed, List<String> used) {
        boolean read = Evidence.reads(reversal, wallet)
                && evidence.counts(reversal, timeline)
                && doubt.counts(reversal, timeline.begun(), wallet.at())
                && (timeline.complete() || doubt.limited(reversal) && timeline.listed());
        boolean absent = read
                && !givenBack(reversal, timeline)
                && Boolean.TRUE.equals(evidence.balanceStands(reversal, (Wallet) wallet.value(), timeline, used));
        long begun = Math.min(listed.begun(), timeline.begun());
        if (!evidence.proved(reversal, absent, begun)) {
            return waits(
                    reversal,
                    absent ? Evidence.first(reversal.absentSince(), begun) : read ? null : reversal.absentSince());
        }
        boolean noSuchCall = "REVERSAL".equals(reversal.method())
                && reversal.httpStatus() != null
                && NO_SUCH_CALL.contains(reversal.httpStatus());
        String after = noSuchCall ? "AGAIN" : doubt.afterAbsence(reversal);
        if (after.equals("AGAIN") && STANDS_AGAIN.contains(String.valueOf(reversal.flag()))) {
            // it was not given back, and shall not be before a person says so
            return step(reversal, "PARKED", "ABSENT", Evidence.NOT_SHOWN, "order-again", null, null);
        }
        ReversalStep again = step(
                reversal,
                after.equals("AGAIN") ? "WANTED" : after,
                "ABSENT",
                Evidence.NOT_SHOWN,
                after.equals("REJECTED") ? "refused" : after.equals("PARKED") ? "sent-too-often" : null,
                null,
                null);
        return noSuchCall ? again.by("ADJUSTMENT") : again;
    }

    private ReversalStep step(
            Reversal.Unclear reversal,
            String next,
            String outcome,
            String detail,
            String reason,
            Long absentSince,
            String aiqRow) {
        return new ReversalStep(
                reversal,
                next,
                outcome,
                reversal.method(),
                clock.millis(),
                reversal.httpStatus(),
                detail,
                reason,
                absentSince,
                false,
                reversal.walletPoints(),
                aiqRow,
                clock.millis());
    }

    private ReversalStep waits(Reversal.Unclear reversal, Long absentSince) {
        boolean tooLong = !reversal.parked() && doubt.tooLong(reversal, absentSince);
        return step(
                        reversal,
                        tooLong ? "PARKED" : "WAIT",
                        "UNKNOWN",
                        Evidence.NOT_SHOWN,
                        tooLong ? "unclear" : null,
                        absentSince,
                        null)
                .at(doubt.nextAskAt(reversal, absentSince));
    }

    private static boolean adjusted(Reversal reversal, ReportRow r) {
        return reversal.reference().equals(r.note())
                && r.points() != null
                && r.points().compareTo(reversal.points()) == 0;
    }

    private boolean refunded(Reversal reversal, ReportRow r) {
        return refunds.contains(String.valueOf(r.type()))
                && r.id() != null
                && r.id().equals(reversal.aiqRedemptionId());
    }

    /** Whether a refund of the same discount is listed since the redemption, under whatever id: it may be this one's. */
    private boolean givenBack(Reversal reversal, Reading timeline) {
        return timeline.rows().stream()
                .anyMatch(r -> refunds.contains(String.valueOf(r.type()))
                        && (r.discountId() == null || r.discountId().equals(reversal.discountId())));
    }
}
