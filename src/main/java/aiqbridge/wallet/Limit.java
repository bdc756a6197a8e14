package aiqbridge.wallet;

/**
 * What is counted once more, if there were not enough yet: {@code direct:limit-take} takes a list of them.
 *
 * @param subject  whom it counts for; never a phone or an e-mail as it is
 * @param now      epoch milliseconds
 * @param windowMs how long one use counts
 * @param most     uses in that time
 */
public record Limit(String scope, String subject, long now, long windowMs, int most) {}
