package aiqbridge.pos;

import aiqbridge.privacy.Code;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;

/**
 * What a till asks in a row of its table, as its form wrote it: a value that cannot be read is for the one who reads it to refuse, and holds up no other row.
 *
 * @param kind    VERIFY, VIEW, REDEEM or SIGNUP
 * @param consent 0 for no, as are {@code smsOptIn} and {@code emailOptIn}
 * @param askedAt epoch seconds by the till database's own clock
 */
public record TillRequest(
        String requestId,
        String kind,
        Phone phone,
        Email email,
        Code code,
        String subtotal,
        String walletSession,
        String discountId,
        String transactionId,
        String employee,
        String firstName,
        String lastName,
        String consent,
        String smsOptIn,
        String emailOptIn,
        String textVersion,
        String textHash,
        String language,
        Long askedAt) {}
