package aiqbridge.cart;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import java.math.BigDecimal;

/**
 * A cart that this process may send while its lease runs, as {@code send/claim.sql} gives it. Times are epoch milliseconds.
 *
 * @param items         a JSON list
 * @param attempts      who claimed it later has a higher one, and this one's statements move nothing any more
 * @param nextAttemptAt until when the lease runs
 */
public record ClaimedCart(
        String connection,
        String cartId,
        String accountId,
        Phone phone,
        Email email,
        String url,
        String currency,
        BigDecimal total,
        String items,
        long abandonedAt,
        long changedAt,
        int attempts,
        long nextAttemptAt) {}
