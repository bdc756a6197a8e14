package aiqbridge.cart;

/** A shop's cart, by the shop's own id. */
public record CartKey(String connection, String cartId) {}
