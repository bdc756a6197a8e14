/**
 * The bridge's own database: opened, migrated, written in whole transactions, probed and copied.
 *
 * <p>Knows: account.
 */
package aiqbridge.store;
