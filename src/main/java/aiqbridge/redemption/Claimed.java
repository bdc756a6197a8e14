package aiqbridge.redemption;

import aiqbridge.AboutRedemption;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.wallet.Points;
import java.math.BigDecimal;

/**
 * A redemption that this process may send while its lease runs, as {@code execute/claim} and {@code checkout/claim-one} give it.
 *
 * @param model           POS, INFORMATIONAL, PAID or IMMEDIATE
 * @param fence           who claimed it later has a higher one, and this one's statements move nothing any more
 * @param refusedSince    when the first wallet in a row spoke against it, epoch milliseconds, null when the last did not
 * @param refusedReadings how many did
 */
public record Claimed(
        String redemptionId,
        String accountId,
        String connection,
        String storefront,
        String location,
        String model,
        String transactionId,
        String contactId,
        String customerKey,
        String discountId,
        BigDecimal points,
        int attempts,
        long fence,
        Priority priority,
        Long refusedSince,
        int refusedReadings,
        Phone phone,
        Email email)
        implements AiqAsk.OfCustomer, AboutRedemption {
    public Claimed {
        points = Points.of(points);
    }

    @Override
    public String shop() {
        return storefront;
    }

    /** A shop waits for it, and gives no discount before it hears that it was executed. */
    boolean immediate() {
        return model.equals("IMMEDIATE");
    }

    /** AIQ writes a till's sale on it; a shop's order has no such number. */
    boolean ofShop() {
        return immediate() || model.equals("PAID");
    }
}
