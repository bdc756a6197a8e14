package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Receipt;
import java.time.Clock;
import java.time.Duration;

/** What the answer to the one PUT means for the redemption: taken, certainly not sent, or a doubt that only AIQ's own records settle (routes/redemption/README.md section 2.4). */
public final class RedeemOutcome {
    private final Clock clock;
    private final Duration pause;
    private final Doubt doubt;

    public RedeemOutcome(Clock clock, Settings settings, Doubt doubt) {
        this.clock = clock;
        this.pause = settings.duration("aiq.pause");
        this.doubt = doubt;
    }

    public Step read(Step sent, AiqAnswer answer) {
        return switch (answer.outcome()) {
            case DONE -> Step.executed(sent, answer, ((Receipt) answer.value()).aiqRedemptionId());
            case NOT_SENT ->
                Step.unsent(
                        sent,
                        answer,
                        clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis());
            case FORBIDDEN_URL -> Step.parked(sent, "forbidden-url", answer.detail());
            default -> Step.unknown(sent, answer, doubt.firstAskAt());
        };
    }
}
