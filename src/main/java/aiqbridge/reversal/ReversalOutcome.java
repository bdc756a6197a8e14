package aiqbridge.reversal;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Wallet;
import aiqbridge.redemption.Doubt;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;

/**
 * What the answer to a reversal or an adjustment means: done, certainly not sent, or a doubt that only AIQ's own records settle. No status makes the one of
 * the other: that AIQ has no reversal call is believed only when nothing came of it (see {@link ReversalEvidence}), or by the setting {@code reversal.method}.
 */
public final class ReversalOutcome {
    private final Clock clock;
    private final Duration pause;
    private final Duration lease;
    private final Duration timeout;
    private final Doubt doubt;

    public ReversalOutcome(Clock clock, Settings settings, Doubt doubt) {
        this.clock = clock;
        this.pause = settings.duration("aiq.pause");
        this.lease = settings.duration("redemption.lease");
        this.timeout = settings.duration("aiq.reverse-timeout").plus(settings.duration("aiq.connect-timeout"));
        this.doubt = doubt;
        settings.oneOf("reversal.method");
    }

    /** SEND with the balance before it, null where AIQ does not say; or where it goes without a call. */
    public ReversalStep check(Reversal.Claimed reversal, AiqAnswer wallet) {
        return switch (wallet.outcome()) {
            case UNAUTHORIZED -> step(reversal, "WANTED", "NOT_SENT", wallet).pausing(true);
            case NOT_SENT, UNCLEAR -> again(reversal, wallet);
            default -> step(reversal, "SEND", null, wallet).before(points(reversal, wallet));
        };
    }

    private static BigDecimal points(Reversal reversal, AiqAnswer wallet) {
        return wallet.value() instanceof Wallet w
                        && w.contactId() != null
                        && w.contactId().equals(reversal.contactId())
                ? w.points()
                : null;
    }

    /** What the AIQ call needs, and until when it may start under its lease. */
    public Reversal.Call call(ReversalStep step) {
        Reversal.Claimed reversal = (Reversal.Claimed) step.reversal();
        return new Reversal.Call(
                reversal, reversal.claimedAt() + lease.minus(timeout).toMillis());
    }

    public ReversalStep read(ReversalStep sent, AiqAnswer answer) {
        Reversal reversal = sent.reversal();
        return switch (answer.outcome()) {
            case DONE -> step(reversal, "DONE", "DONE", answer);
            case NOT_SENT -> again(reversal, answer);
            case FORBIDDEN_URL -> step(reversal, "PARKED", "NOT_SENT", answer).because("forbidden-url");
            default ->
                step(reversal, "UNKNOWN", "UNKNOWN", answer)
                        .at(doubt.firstAskAt())
                        .pausing(answer.keyRefused());
        };
    }

    private ReversalStep again(Reversal reversal, AiqAnswer answer) {
        return step(reversal, "WANTED", "NOT_SENT", answer)
                .at(clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis());
    }

    private ReversalStep step(Reversal reversal, String next, String outcome, AiqAnswer answer) {
        return new ReversalStep(
                reversal,
                next,
                outcome,
                reversal.method(),
                clock.millis(),
                answer.status() == 0 ? null : (Integer) answer.status(),
                answer.detail(),
                null,
                null,
                false,
                null,
                null,
                clock.millis());
    }
}
