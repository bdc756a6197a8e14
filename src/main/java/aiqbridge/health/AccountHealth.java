package aiqbridge.health;

/**
 * How an account stands.
 *
 * @param paused      1 while AIQ does not accept its key, else 0
 * @param keyWanted   1 while a person has to enter it again, 0 while the bridge tries it by itself
 * @param cartsHeld   1 while its carts wait because AIQ refused something else than the cart, else 0
 * @param oldestDueAt epoch milliseconds, null when nothing is due
 * @param needsLook   how many redemptions people have to look at
 * @param resendStopped 1 while nothing is sent again before a person allows it, else 0
 * @param reportLagMs how late AIQ's report was at most this week, 0 where it was not
 */
public record AccountHealth(
        String accountId,
        long paused,
        long keyWanted,
        long cartsHeld,
        Long oldestDueAt,
        long due,
        long unclear,
        long parked,
        long needsLook,
        long resendStopped,
        long reportLagMs) {}
