/**
 * The ledger beside AIQ's reports and the tills' transactions.
 *
 * <p>Knows: aiq, pos, wallet.
 */
package aiqbridge.reconcile;
