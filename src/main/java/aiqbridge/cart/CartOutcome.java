package aiqbridge.cart;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.redemption.Doubt;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * What the answer means for the cart: only what certainly was not taken may be sent again, for a lost reminder is cheaper than two: what did not leave, what AIQ's
 * limit of calls turned away, and what met a refused key or a wrong address (routes/redemption/README.md section 9).
 */
public final class CartOutcome {
    /** Refusals of what was sent; a 404 only where AIQ's own words say that it is about the customer ({@link aiqbridge.aiq.AiqReply#cart}). Any other 4xx is about where it was sent, or by whom. */
    private static final Set<Integer> ABOUT_THE_CART = Set.of(400, 404, 409, 413, 422);

    /** Redirects that leave what was sent undone. */
    private static final Set<Integer> ELSEWHERE = Set.of(301, 302, 307, 308);

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
            case DONE -> ended(cart, answer, "SENT", null, true);
            case UNAUTHORIZED -> ended(cart, answer, "WAITING", null, false);
            case UNCLEAR -> ELSEWHERE.contains(answer.status()) ? held(cart, answer) : unclear(cart, answer, true);
            case NOT_SENT ->
                answer.status() == 0 || doubt.limited(answer.status())
                        ? ended(cart, answer, "WAITING", null, false)
                        : unclear(cart, answer, false);
            case NOT_FOUND -> held(cart, answer);
            case REFUSED, FORBIDDEN_URL ->
                answer.status() == 0
                        ? ended(cart, answer, "SUPPRESSED", "the template failed", true)
                        : ABOUT_THE_CART.contains(answer.status())
                                ? ended(cart, answer, "SUPPRESSED", "refused by AIQ", true)
                                : held(cart, answer);
        };
    }

    private EndedCart unclear(ClaimedCart cart, AiqAnswer answer, boolean more) {
        return ended(cart, answer, "UNCLEAR", null, more);
    }

    /** The cart is as good as it was; what AIQ refused meets every cart of the account. */
    private EndedCart held(ClaimedCart cart, AiqAnswer answer) {
        return new EndedCart(
                cart,
                "WAITING",
                null,
                answer.detail() + ", which is about the address (aiq.base-url, aiq.cart-path) or the key, not the cart",
                clock.millis(),
                false,
                true,
                false,
                clock.millis());
    }

    private EndedCart ended(ClaimedCart cart, AiqAnswer answer, String next, String reason, boolean more) {
        return new EndedCart(
                cart,
                next,
                reason,
                answer.detail(),
                clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis(),
                answer.keyRefused(),
                false,
                more,
                clock.millis());
    }
}
