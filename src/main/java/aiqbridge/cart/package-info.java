/**
 * What a cart's events come to, which carts may be sent, and what AIQ's answer means for them.
 *
 * <p>Knows: account, aiq, connection, privacy, redemption, wiring.
 */
package aiqbridge.cart;
