package aiqbridge.cart;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.redemption.Doubt;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the answer means for the cart: only what did not leave, or what AIQ's limit of calls turned away before it was looked at, may be sent again, for a lost
 * reminder is cheaper than two (routes/redemption/README.md section 9).
 */
public final class CartOutcome {
    private final Clock clock;
    private final Duration pause;
    private final Doubt doubt;

    public CartOutcome(Clock clock, Settings settings, Doubt doubt) {
        this.doubt = doubt;
        this.clock = clock;
        this.pause = settings.duration("aiq.pause");
    }

    /** The row with where it goes next; {@code more}: whether the next cart may be tried at once. */
    public Map<String, Object> read(Map<String, Object> cart, AiqAnswer answer) {
        Map<String, Object> to = new HashMap<>(cart);
        to.put("now", clock.millis());
        to.put(
                "next_attempt_at",
                clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis());
        to.put("detail", answer.detail());
        to.put("reason", null);
        to.put("pause", answer.keyRefused());
        to.put("more", true);
        switch (answer.outcome()) {
            case DONE -> to.put("next", "SENT");
            case UNCLEAR -> to.put("next", "UNCLEAR");
            case UNAUTHORIZED -> {
                to.put("next", "UNCLEAR");
                to.put("more", false);
            }
            case NOT_SENT -> {
                to.put("next", answer.status() == 0 || doubt.limited(answer.status()) ? "WAITING" : "UNCLEAR");
                to.put("more", false);
            }
            case NOT_FOUND, REFUSED, FORBIDDEN_URL -> {
                to.put("next", "SUPPRESSED");
                to.put("reason", answer.status() == 0 ? "the template fails" : "refused by AIQ");
            }
        }
        return to;
    }
}
