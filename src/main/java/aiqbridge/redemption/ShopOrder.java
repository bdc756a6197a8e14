package aiqbridge.redemption;

/** An order of a shop's that may concern redemptions. */
public record ShopOrder(String connection, String orderId) {}
