package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Receipt;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

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

    public Map<String, Object> read(Map<String, Object> row, AiqAnswer answer) {
        return step(row, answer).asMap();
    }

    private Step step(Map<String, Object> row, AiqAnswer answer) {
        return switch (answer.outcome()) {
            case DONE -> Step.executed(row, answer, ((Receipt) answer.value()).aiqRedemptionId());
            case NOT_SENT ->
                Step.unsent(
                        row,
                        answer,
                        clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis());
            case FORBIDDEN_URL -> Step.parked(row, "forbidden-url", answer.detail());
            default -> Step.unknown(row, answer, doubt.firstAskAt());
        };
    }
}
