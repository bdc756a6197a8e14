/**
 * A shop's own API asked.
 *
 * <p>Knows: account, connection, storefront.mapping.
 */
package aiqbridge.storefront.api;
