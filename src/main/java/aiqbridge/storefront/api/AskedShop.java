package aiqbridge.storefront.api;

/** A shop, and whether its orders are asked for: {@code answers} or {@code never}. */
public record AskedShop(String connection, String asked) {}
