package aiqbridge.wallet;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import java.math.BigDecimal;

/**
 * The row of a wallet session, with the contact behind it. Times are epoch milliseconds.
 *
 * @param identity       by which the contact is found again: AIQ's id, else the phone or e-mail itself
 * @param newCustomerKey the contact's surrogate if it is new
 * @param customerKey    the contact's surrogate, null until it is known
 * @param points         null where the brand hides them
 * @param discounts      {@link KeptDiscount}s as JSON
 */
public record Session(
        String sessionId,
        String accountId,
        String connection,
        Phone phone,
        Email email,
        String identity,
        String newCustomerKey,
        String customerKey,
        String contactId,
        BigDecimal points,
        int pointsHidden,
        String discounts,
        long openedAt,
        long expiresAt,
        long now) {
    Session of(String key) {
        return new Session(
                sessionId,
                accountId,
                connection,
                phone,
                email,
                identity,
                newCustomerKey,
                key,
                contactId,
                points,
                pointsHidden,
                discounts,
                openedAt,
                expiresAt,
                now);
    }

    @Override
    public String toString() {
        return "Session[" + sessionId + "]";
    }
}
