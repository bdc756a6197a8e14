package aiqbridge.pos;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a row of a till's request table is answered with; what there is nothing to say of is null.
 *
 * @param status    DONE, REFUSED or TRY_AGAIN
 * @param problem   its word for programs, {@code message} the sentence
 * @param discounts a row each
 */
public record TillAnswer(
        String requestId,
        String status,
        String problem,
        String message,
        BigDecimal points,
        String note,
        String redemptionId,
        String redemptionStatus,
        String walletSession,
        List<TillDiscount> discounts) {
    /** @param usable 1, or 0 for the {@code reason} */
    public record TillDiscount(
            String requestId,
            int line,
            String discountId,
            String posDiscountId,
            String name,
            BigDecimal points,
            int usable,
            String reason) {}
}
