/**
 * What {@code aiq-bridge check} looks at, in plain words.
 *
 * <p>Knows: account, aiq, connection, firstcontact, http, network, pos, privacy, route, stop, store, storefront.kind, storefront.mapping, wallet.
 */
package aiqbridge.check;
