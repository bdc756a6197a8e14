package aiqbridge.pos;

/**
 * A sale that only a sweep reads. Times are epoch milliseconds.
 *
 * @param foundBy   sweep, or arrival where the sweep's long overlap does not reach it
 * @param changedAt what its make's statement is ordered by
 * @param beganAt   when the poll began: what was heard before is not late
 */
public record LateSale(
        String connection,
        String location,
        String transactionId,
        String foundBy,
        long completedAt,
        long changedAt,
        long beganAt) {}
