package aiqbridge.redemption;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;

/** What a caller sees of a redemption; what there is nothing to say of is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownRedemption(
        String redemptionId,
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
        String redeemsConfirmedBy,
        String reason,
        String aiqRedemptionId,
        String reversal,
        String queuedAt,
        Links links) {
    /** Where it is asked for again. */
    public record Links(String self) {}

    static ShownRedemption of(Standing redemption) {
        return new ShownRedemption(
                redemption.redemptionId(),
                redemption.status(),
                redemption.note(),
                redemption.discountId(),
                redemption.discountName(),
                redemption.posDiscountId(),
                redemption.points(),
                redemption.transactionId(),
                redemption.cartId(),
                redemption.orderId(),
                redemption.redeems(),
                redemption.confirmedBy(),
                redemption.reason(),
                redemption.aiqRedemptionId(),
                redemption.reversal(),
                Instant.ofEpochMilli(redemption.queuedAt()).toString(),
                new Links("/api/v1/redemptions/" + redemption.redemptionId()));
    }
}
