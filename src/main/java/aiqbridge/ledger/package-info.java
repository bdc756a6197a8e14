/**
 * The auditor's book: days closed with totals and a digest, exported and verified.
 *
 * <p>Knows: csv, wallet.
 */
package aiqbridge.ledger;
