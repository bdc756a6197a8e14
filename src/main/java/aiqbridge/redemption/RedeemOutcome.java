package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Receipt;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** What the answer to the one PUT means for the redemption (redemption.md section 1). */
public final class RedeemOutcome {
    private final Clock clock;
    private final Duration pause;

    public RedeemOutcome(Clock clock, Settings settings) {
        this.clock = clock;
        this.pause = settings.duration("aiq.pause");
    }

    public Map<String, Object> read(Map<String, Object> row, AiqAnswer answer) {
        return step(row, answer).asMap();
    }

    private Step step(Map<String, Object> row, AiqAnswer answer) {
        return switch (answer.outcome()) {
            case DONE -> Step.executed(row, answer, ((Receipt) answer.value()).aiqRedemptionId());
            case UNCLEAR -> Step.unknown(row, answer);
            case NOT_SENT -> Step.unsent(row, answer, clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis());
            case UNAUTHORIZED -> Step.paused(row, answer, clock.millis());
            case NOT_FOUND -> ((Number) row.get("tokens_unknown")).intValue() == 0
                ? Step.unsent(row, answer, clock.millis())
                : Step.rejected(row, "token-unknown", "AIQ does not know its own redemption address.").with("http_status", answer.status());
            case REFUSED -> Step.rejected(row, "refused", answer.detail() + ".").with("http_status", answer.status());
            case FORBIDDEN_URL -> Step.parked(row, "forbidden-url", answer.detail());
        };
    }
}
