/**
 * A shop's webhook let in and kept.
 *
 * <p>Knows: account, api, connection, http, storefront.kind.
 */
package aiqbridge.storefront.door;
