/**
 * What is decided in the life of a redemption and of its reversal: what may be sent, what an answer means, what AIQ's records prove.
 *
 * <p>Knows: account, aiq, api, connection, storefront, wallet.
 */
package aiqbridge.redemption;
