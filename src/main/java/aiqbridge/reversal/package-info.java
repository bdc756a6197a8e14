/**
 * What an answer to a reversal means, and the brake on too many of them.
 *
 * <p>Knows: aiq, redemption, wallet.
 */
package aiqbridge.reversal;
