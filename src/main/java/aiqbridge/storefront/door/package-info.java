/**
 * A shop's webhook let in and kept.
 *
 * <p>Knows: account, api, audit, connection, http, store, storefront.kind.
 */
package aiqbridge.storefront.door;
