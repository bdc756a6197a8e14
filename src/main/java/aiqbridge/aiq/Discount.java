package aiqbridge.aiq;

import aiqbridge.privacy.SecretUrl;
import java.math.BigDecimal;

/**
 * One discount template of a wallet (AIQ: section 2.1).
 *
 * @param points        points taken on redemption; 0 is free, null when the answer does not say
 * @param expiresAt     epoch milliseconds, null for none
 * @param reusableOrNull null when the answer does not say whether it can be redeemed more than once
 * @param minimumSpend  what the order's subtotal must reach, null for none
 * @param maximumSpend  what it must not exceed, null for none
 * @param redemptionUrl stays on the server
 * @param implausible   AIQ's field whose value makes no sense and is left out here; null for none
 */
public record Discount(
        String id,
        String posDiscountId,
        String name,
        String description,
        BigDecimal points,
        boolean inStoreOnly,
        boolean available,
        Long expiresAt,
        BigDecimal dollarValue,
        BigDecimal percentageValue,
        Boolean reusableOrNull,
        BigDecimal minimumSpend,
        BigDecimal maximumSpend,
        SecretUrl redemptionUrl,
        String implausible) {
    /** AIQ says that it can be redeemed more than once. */
    public boolean reusable() {
        return Boolean.TRUE.equals(reusableOrNull);
    }

    /** AIQ says that it can be redeemed once only; where AIQ says nothing, nothing follows from its being offered still. */
    public boolean singleUse() {
        return Boolean.FALSE.equals(reusableOrNull);
    }

    /** Nothing says what it is worth: neither the till's own discount nor a value of AIQ (AIQ: section 4, POS mapping). */
    public boolean unmapped() {
        return posDiscountId == null && !positive(dollarValue) && !positive(percentageValue);
    }

    private static boolean positive(BigDecimal value) {
        return value != null && value.signum() > 0;
    }

    @Override
    public String toString() {
        return "Discount[" + id + "]";
    }
}
