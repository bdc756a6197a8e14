/**
 * What a shop's events mean, as the {@code events.jslt} of its kind says.
 *
 * <p>Knows: account, aiq, connection, wallet.
 */
package aiqbridge.storefront.mapping;
