package aiqbridge.pos;

/**
 * Where a till's polling stands. Times are epoch milliseconds.
 *
 * @param watermark null before its first poll succeeded
 * @param sweptAt   when the last sweep began; null before the first
 */
public record PollState(Long watermark, Long sweptAt) {}
