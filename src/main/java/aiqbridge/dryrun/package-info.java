/**
 * What the next poll and sweep would do, with nobody called.
 *
 * <p>Knows: aiq, connection, customer, pos, store, wallet.
 */
package aiqbridge.dryrun;
