package aiqbridge.pos;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import java.math.BigDecimal;

/**
 * A completed sale as the till has it now. Times are epoch milliseconds.
 *
 * @param note          ours, found in the till's text; null when there is none
 * @param discountTotal null when the make does not tell
 * @param future        1 when it lies ahead of the till database's own clock, else 0
 * @param changedAt     when its row last changed; where the make does not tell, when it was completed
 */
public record Sale(
        String connection,
        String location,
        String transactionId,
        long completedAt,
        BigDecimal total,
        Phone phone,
        Email email,
        String customerId,
        String note,
        String discountIds,
        BigDecimal discountTotal,
        String employee,
        int future,
        long changedAt) {}
