package aiqbridge.redemption;

import aiqbridge.wallet.KeptDiscount;
import java.math.BigDecimal;

/**
 * A wish with what the wallet session says about its discount.
 *
 * @param walletPoints null where the brand hides them
 * @param openedAt     epoch milliseconds: when the wallet was
 * @param money        what it takes off, null when AIQ does not say
 * @param reusable     1, or 0
 */
public record Chosen(
        Wish wish,
        KeptDiscount discount,
        String customerKey,
        String contactId,
        BigDecimal walletPoints,
        long openedAt,
        String discountName,
        String posDiscountId,
        BigDecimal points,
        BigDecimal money,
        int reusable) {}
