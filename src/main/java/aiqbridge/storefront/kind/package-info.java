/**
 * How a kind of shop signs and sends, as its {@code kind.properties} says.
 *
 * <p>Knows: connection.
 */
package aiqbridge.storefront.kind;
