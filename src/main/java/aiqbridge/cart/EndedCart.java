package aiqbridge.cart;

/**
 * How the sending of a cart ended; what {@code cart-outcome} and its statements read. Times are epoch milliseconds.
 *
 * @param next          SENT, WAITING, UNCLEAR or SUPPRESSED
 * @param nextAttemptAt when it is claimed again, if it waits
 * @param pause         AIQ does not take the account's key
 * @param hold          AIQ refused something else than the cart: none of the account is sent for a while
 * @param more          whether the next cart may be tried at once
 */
public record EndedCart(
        ClaimedCart cart,
        String next,
        String reason,
        String detail,
        long nextAttemptAt,
        boolean pause,
        boolean hold,
        boolean more,
        long now) {
    public String accountId() {
        return cart.accountId();
    }
}
