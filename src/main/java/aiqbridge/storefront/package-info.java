/**
 * Shops: their webhooks let in, what their events mean, and their own APIs asked.
 *
 * <p>Knows: account, api, connection, http, json, wallet.
 */
package aiqbridge.storefront;
