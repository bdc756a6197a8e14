/**
 * Tills' databases: makes, polls, rows read, points written back, requests asked by a table.
 *
 * <p>Knows: account, api, connection, store, wallet, wiring.
 */
package aiqbridge.pos;
