package aiqbridge.aiq;

import java.math.BigDecimal;

/**
 * One discount template of a wallet (AIQ: section 2.1).
 *
 * @param points        points taken on redemption; 0 is free
 * @param expiresAt     epoch milliseconds, null for none
 * @param redemptionUrl a bearer capability: stays on the server and out of every text
 */
public record Discount(String id, String posDiscountId, String name, String description, BigDecimal points, boolean inStoreOnly,
                       boolean available, Long expiresAt, BigDecimal dollarValue, BigDecimal percentageValue, boolean reusable, String redemptionUrl) {
    @Override public String toString() {
        return "Discount[" + id + "]";
    }
}
