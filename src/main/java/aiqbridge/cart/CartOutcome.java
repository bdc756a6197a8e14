package aiqbridge.cart;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.redemption.Doubt;
import java.time.Clock;
import java.time.Duration;

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

    public EndedCart read(ClaimedCart cart, AiqAnswer answer) {
        return switch (answer.outcome()) {
            case DONE -> ended(cart, answer, "SENT", true);
            case UNCLEAR -> ended(cart, answer, "UNCLEAR", true);
            case UNAUTHORIZED -> ended(cart, answer, "UNCLEAR", false);
            case NOT_SENT ->
                ended(
                        cart,
                        answer,
                        answer.status() == 0 || doubt.limited(answer.status()) ? "WAITING" : "UNCLEAR",
                        false);
            case NOT_FOUND, REFUSED, FORBIDDEN_URL -> ended(cart, answer, "SUPPRESSED", true);
        };
    }

    private EndedCart ended(ClaimedCart cart, AiqAnswer answer, String next, boolean more) {
        return new EndedCart(
                cart,
                next,
                next.equals("SUPPRESSED") ? answer.status() == 0 ? "the template failed" : "refused by AIQ" : null,
                answer.detail(),
                clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis(),
                answer.keyRefused(),
                more,
                clock.millis());
    }
}
