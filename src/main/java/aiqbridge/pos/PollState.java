package aiqbridge.pos;

/**
 * Where a till's polling stands. Times are epoch milliseconds.
 *
 * @param watermark null before its first poll succeeded
 * @param sweptAt   when the last sweep began; null before the first
 * @param arrivedBefore the highest arrival as of the sweep before the last one; null before that, or when the make gives none
 */
public record PollState(Long watermark, Long sweptAt, Long arrivedBefore) {}
