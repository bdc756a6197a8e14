/**
 * A shop's webhook let in and kept.
 *
 * <p>Knows: account, api, connection, http, store, storefront.kind.
 */
package aiqbridge.storefront.door;
