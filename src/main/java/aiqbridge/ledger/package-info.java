/**
 * The auditor's book: days closed with totals and a digest, exported as CSV and verified.
 *
 * <p>Knows: wallet.
 */
package aiqbridge.ledger;
