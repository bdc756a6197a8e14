package aiqbridge.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * What the caller sees of a session. Points are absent when the brand hides them.
 *
 * @param pointsPromised to redemptions that are open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShownWallet(
        String walletSession,
        String expiresAt,
        BigDecimal points,
        BigDecimal pointsPromised,
        List<ShownDiscount> discounts) {
    /**
     * One discount of it, and why it cannot be used here and now.
     *
     * @param points       absent where AIQ's make no sense
     * @param reason       absent when it can be used
     * @param pointsMissing absent when nothing is missing, as is {@code spendMissing}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ShownDiscount(
            String id,
            String posDiscountId,
            String name,
            String description,
            Number points,
            boolean inStoreOnly,
            String expiresAt,
            Number dollarsOff,
            Number percentOff,
            boolean reusable,
            Number minimumSpend,
            Number maximumSpend,
            boolean usable,
            String reason,
            BigDecimal pointsMissing,
            BigDecimal spendMissing) {
        /** @param free points that are not promised, null when the brand hides them */
        static ShownDiscount of(KeptDiscount kept, String unusable, BigDecimal free) {
            return new ShownDiscount(
                    kept.id(),
                    kept.posDiscountId(),
                    kept.name(),
                    kept.description(),
                    kept.points(),
                    kept.inStoreOnly(),
                    kept.expiresAt() == null
                            ? null
                            : Instant.ofEpochMilli(kept.expiresAt()).toString(),
                    kept.dollarsOff(),
                    kept.percentOff(),
                    kept.reusable(),
                    kept.minimumSpend(),
                    kept.maximumSpend(),
                    unusable == null,
                    unusable,
                    "points-missing".equals(unusable) ? Points.of(kept.points()).subtract(free) : null,
                    "minimum-spend".equals(unusable)
                            ? KeptDiscount.amount(kept.minimumSpend()).subtract(KeptDiscount.amount(kept.subtotal()))
                            : null);
        }
    }
}
