/**
 * A shop's own API asked.
 *
 * <p>Knows: account, connection, storefront.kind, storefront.mapping.
 */
package aiqbridge.storefront.api;
