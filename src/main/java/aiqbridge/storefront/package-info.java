/**
 * Shops: their deliveries worked on, their silence noticed, a route made for each.
 *
 * <p>Knows: account, audit, connection, http, store, storefront.api, storefront.door, storefront.kind, storefront.mapping, wallet, wiring.
 */
package aiqbridge.storefront;
