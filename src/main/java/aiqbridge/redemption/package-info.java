/**
 * What is decided in the life of a redemption: what may be sent, what an answer means, what AIQ's records prove.
 *
 * <p>Knows: account, aiq, api, connection, privacy, stop, wallet, wiring.
 */
package aiqbridge.redemption;
