/**
 * What the next poll and sweep would do, with nobody called.
 *
 * <p>Knows: aiq, connection, pos, privacy, store, wallet.
 */
package aiqbridge.dryrun;
