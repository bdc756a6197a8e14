package aiqbridge.cart;

/** How many carts wait to be sent and are being sent. */
public record CartCounts(long waiting, long sending) {}
