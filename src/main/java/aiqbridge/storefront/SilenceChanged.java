package aiqbridge.storefront;

/**
 * A shop that fell silent or speaks again since the last look. Times are epoch milliseconds.
 *
 * @param silent   1 when it fell silent, 0 when it speaks again
 * @param silentAt null when it speaks again
 * @param since    when it was heard last
 */
public record SilenceChanged(String connection, int silent, Long silentAt, long since, long now) {}
