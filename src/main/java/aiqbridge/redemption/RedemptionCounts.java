package aiqbridge.redemption;

/**
 * What an operator wants to know of redemptions first, as {@code watch.sql} counts it.
 *
 * @param oldestDueAt epoch milliseconds, null when none is due
 */
public record RedemptionCounts(
        Long oldestDueAt,
        long due,
        long unknown,
        long parked,
        long reversalsParked,
        long accountsPaused,
        long braked,
        long rejectedToday,
        long reversalsRejected,
        long needsLook) {}
