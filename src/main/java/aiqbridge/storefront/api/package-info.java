/**
 * A shop's own API asked.
 *
 * <p>Knows: account, connection, network, privacy, storefront.kind, storefront.mapping.
 */
package aiqbridge.storefront.api;
