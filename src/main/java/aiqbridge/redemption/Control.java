package aiqbridge.redemption;

/**
 * A redemption of ours that AIQ confirmed, long enough ago that AIQ's lists have to show it; as {@code settle/controls} gives it. Times are epoch milliseconds.
 *
 * @param transactionId what AIQ was told of the sale, null for nothing
 */
public record Control(String contactId, String discountId, String transactionId, long startedAt, long endedAt) {}
