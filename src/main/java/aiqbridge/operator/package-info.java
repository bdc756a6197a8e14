/**
 * What an operator sees of what happened, and decides about what waits for a person: the same for the page and the commands.
 *
 * <p>Knows: audit, connection, pos, privacy, reconcile, store, wallet.
 */
package aiqbridge.operator;
