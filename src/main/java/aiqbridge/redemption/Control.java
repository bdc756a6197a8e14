package aiqbridge.redemption;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;

/**
 * A redemption of ours that AIQ confirmed, long enough ago that AIQ's lists have to show it; as {@code settle/controls} gives it. Times are epoch milliseconds.
 *
 * @param phone         the contact's, null where another of ours has it too; so {@code email}
 * @param aiqStartedAt  the same by AIQ's clock, null where nobody knew
 * @param transactionId what AIQ was told of the sale, null for nothing
 * @param reversed      1 where it was or is to be given back: nobody knows whether a list keeps it then
 */
public record Control(
        String contactId,
        Phone phone,
        Email email,
        String discountId,
        String transactionId,
        long startedAt,
        Long aiqStartedAt,
        long endedAt,
        int reversed) {}
