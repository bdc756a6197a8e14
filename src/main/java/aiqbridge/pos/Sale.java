package aiqbridge.pos;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.redemption.TicketNote;
import java.math.BigDecimal;
import java.util.List;

/**
 * A completed sale as the till has it now. Times are epoch milliseconds.
 *
 * @param spelling      of its id, see {@link aiqbridge.redemption.TransactionId}
 * @param note          ours, found in the till's texts, with blanks between; null when there is none. {@code notes}: the same one by one
 * @param reference     what the same sale stored twice shares, and no other has; null when the make does not tell
 * @param ticketNumber  as printed; it may be given again after years
 * @param goods         equal for what sells the same
 * @param discountTotal null when the make does not tell
 * @param future        1 when it lies ahead of the till database's own clock, else 0
 * @param changedAt     when its row last changed; where the make does not tell, when it was completed
 */
public record Sale(
        String connection,
        String location,
        String transactionId,
        String spelling,
        long completedAt,
        BigDecimal total,
        Phone phone,
        Email email,
        String customerId,
        String note,
        List<TicketNote> notes,
        String reference,
        String ticketNumber,
        String goods,
        String discountIds,
        BigDecimal discountTotal,
        String employee,
        int future,
        long changedAt) {}
