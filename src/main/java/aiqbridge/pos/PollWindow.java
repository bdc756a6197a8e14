package aiqbridge.pos;

/**
 * From when on a poll reads: what the make's statements and our own are bound with. Times are epoch milliseconds where nothing else is said.
 *
 * @param sweep      1 for a sweep, which reads the long overlap again, else 0; {@code first} likewise for the till's first poll
 * @param posNow     by the till database's own clock
 * @param highest    the watermark as this poll leaves it
 * @param unreadable rows that were left out
 * @param since      the till's wall clock as its database compares it, {@code sinceEpoch} the same in seconds, {@code sinceId} the last id at that time
 * @param sinceMore  1 when there may be another page of sales, else 0; {@code reversedSince} and what follows it: the same for reversals
 * @param arrivedAfter the arrival after which late sales are read; null when none are
 * @param arrived      the highest arrival that was read; null when the make gives none
 * @param lateMore     1 when there may be another page of late sales, else 0
 */
public record PollWindow(
        String connection,
        int sweep,
        int first,
        long from,
        long posNow,
        long highest,
        long beganAt,
        int unreadable,
        Object since,
        Number sinceEpoch,
        String sinceId,
        int sinceMore,
        Object reversedSince,
        Number reversedSinceEpoch,
        String reversedSinceId,
        int reversedSinceMore,
        Long arrivedAfter,
        Long arrived,
        int lateMore) {
    /** Where a statement goes on. */
    record Bound(Object time, Number epoch, String id, int more) {}

    Bound sales() {
        return new Bound(since, sinceEpoch, sinceId, sinceMore);
    }

    Bound reversals() {
        return new Bound(reversedSince, reversedSinceEpoch, reversedSinceId, reversedSinceMore);
    }

    PollWindow withSales(Bound next, long seen, Long lastArrived, int leftOut) {
        return new PollWindow(
                connection,
                sweep,
                first,
                from,
                posNow,
                seen,
                beganAt,
                unreadable + leftOut,
                next.time(),
                next.epoch(),
                next.id(),
                next.more(),
                reversedSince,
                reversedSinceEpoch,
                reversedSinceId,
                reversedSinceMore,
                arrivedAfter,
                lastArrived,
                lateMore);
    }

    PollWindow withReversals(Bound next, int leftOut) {
        return new PollWindow(
                connection,
                sweep,
                first,
                from,
                posNow,
                highest,
                beganAt,
                unreadable + leftOut,
                since,
                sinceEpoch,
                sinceId,
                sinceMore,
                next.time(),
                next.epoch(),
                next.id(),
                next.more(),
                arrivedAfter,
                arrived,
                lateMore);
    }

    PollWindow withLate(Long lastArrived, int more, int leftOut) {
        return new PollWindow(
                connection,
                sweep,
                first,
                from,
                posNow,
                highest,
                beganAt,
                unreadable + leftOut,
                since,
                sinceEpoch,
                sinceId,
                sinceMore,
                reversedSince,
                reversedSinceEpoch,
                reversedSinceId,
                reversedSinceMore,
                lastArrived,
                arrived == null || lastArrived > arrived ? lastArrived : arrived,
                more);
    }
}
