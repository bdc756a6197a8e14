/**
 * What was kept long enough, and a customer's request to see or erase what is known.
 *
 * <p>Knows: audit, connection, wallet.
 */
package aiqbridge.retention;
