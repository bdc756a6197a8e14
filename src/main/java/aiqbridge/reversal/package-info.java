/**
 * What an answer to a reversal means, and the brake on too many of them.
 *
 * <p>Knows: aiq, privacy, redemption, wallet.
 */
package aiqbridge.reversal;
