package aiqbridge.wallet;

import aiqbridge.aiq.Discount;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;

/**
 * A discount as a session's row keeps it, in JSON. A number is read as it was written, so that callers see it as they always did.
 *
 * @param expiresAt  epoch milliseconds, null for none
 * @param storefront whether the session is a shop's
 * @param subtotal   of the order for which the wallet was opened, null when nobody said
 * @param implausible AIQ's field whose value makes no sense, null for none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record KeptDiscount(
        String id,
        String posDiscountId,
        String name,
        String description,
        Number points,
        boolean inStoreOnly,
        boolean available,
        Long expiresAt,
        Number dollarsOff,
        Number percentOff,
        boolean reusable,
        Number minimumSpend,
        Number maximumSpend,
        boolean unmapped,
        boolean storefront,
        Number subtotal,
        String implausible) {
    static KeptDiscount of(Discount discount, WalletAsk ask) {
        return new KeptDiscount(
                discount.id(),
                discount.posDiscountId(),
                discount.name(),
                discount.description(),
                discount.points(),
                discount.inStoreOnly(),
                discount.available() && discount.redemptionUrl() != null,
                discount.expiresAt(),
                discount.dollarValue(),
                discount.percentageValue(),
                discount.reusable(),
                discount.minimumSpend(),
                discount.maximumSpend(),
                discount.unmapped(),
                ask.customer().storefront(),
                ask.subtotal(),
                discount.implausible());
    }

    /** Null stays null. */
    static BigDecimal amount(Number number) {
        return number == null ? null : Points.of(number);
    }
}
