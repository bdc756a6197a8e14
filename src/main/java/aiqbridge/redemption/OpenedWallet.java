package aiqbridge.redemption;

import java.math.BigDecimal;

/** The wallet session from which a discount is chosen, as its row has it. */
public record OpenedWallet(String customerKey, BigDecimal points, String discounts, long openedAt, String contactId) {}
