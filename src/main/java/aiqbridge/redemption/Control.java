package aiqbridge.redemption;

/**
 * A redemption of ours that AIQ confirmed, long enough ago that AIQ's lists have to show it; as {@code settle/controls} gives it. Times are epoch milliseconds.
 *
 * @param aiqStartedAt  the same by AIQ's clock, null where nobody knew
 * @param transactionId what AIQ was told of the sale, null for nothing
 */
public record Control(
        String contactId, String discountId, String transactionId, long startedAt, Long aiqStartedAt, long endedAt) {}
