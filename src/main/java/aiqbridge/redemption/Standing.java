package aiqbridge.redemption;

import aiqbridge.wallet.Points;
import java.math.BigDecimal;

/**
 * How a redemption stands. Times are epoch milliseconds.
 *
 * @param confirmedBy who confirmed that the shop's rewards are redeemed so, null where that needs nobody
 * @param pausedAt    since when AIQ does not take the account's key, null when it does
 * @param stopped    1 while an emergency stop is about it, else 0
 * @param reversal    how far its reversal is, null for none
 */
public record Standing(
        String redemptionId,
        String model,
        String status,
        String note,
        String discountId,
        String discountName,
        String posDiscountId,
        BigDecimal points,
        String transactionId,
        String cartId,
        String orderId,
        String redeems,
        String reason,
        String aiqRedemptionId,
        long queuedAt,
        String confirmedBy,
        Long nextAttemptAt,
        Long pausedAt,
        long stopped,
        String reversal) {
    public Standing {
        points = points == null ? null : Points.of(points);
    }

    /** Of a wish whose row cannot be read. */
    static Standing of(Wish wish, String redemptionId, String status) {
        return new Standing(
                redemptionId,
                wish.model(),
                status,
                null,
                wish.discountId(),
                null,
                null,
                null,
                wish.transactionId(),
                wish.cartId(),
                null,
                wish.redeems(),
                null,
                null,
                wish.now(),
                null,
                wish.now(),
                null,
                0,
                null);
    }

    /** Its caller waits for it. */
    boolean immediate() {
        return model.equals("IMMEDIATE");
    }
}
