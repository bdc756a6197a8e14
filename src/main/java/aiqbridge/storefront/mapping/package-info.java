/**
 * What a shop's events mean, as the {@code events.jslt} of its kind says.
 *
 * <p>Knows: account, aiq, connection, privacy, wallet.
 */
package aiqbridge.storefront.mapping;
