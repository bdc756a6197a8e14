/**
 * A shop's own API asked.
 *
 * <p>Knows: account, connection, privacy, storefront.kind, storefront.mapping.
 */
package aiqbridge.storefront.api;
