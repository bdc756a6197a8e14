/**
 * What an operator sees of what happened, and decides about what waits for a person: the same for the page and the commands.
 *
 * <p>Knows: audit, connection, customer, pos, reconcile, store, wallet.
 */
package aiqbridge.operator;
