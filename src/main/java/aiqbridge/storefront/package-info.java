/**
 * Shops: their deliveries worked on, their silence noticed, a route made for each.
 *
 * <p>Knows: account, connection, storefront.api, storefront.mapping.
 */
package aiqbridge.storefront;
