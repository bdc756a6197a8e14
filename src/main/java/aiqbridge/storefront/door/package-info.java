/**
 * A shop's webhook let in and kept.
 *
 * <p>Knows: account, api, audit, connection, http, privacy, store, storefront.kind.
 */
package aiqbridge.storefront.door;
