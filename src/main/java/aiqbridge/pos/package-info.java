/**
 * Tills' databases: makes, polls, rows read, points written back, requests asked by a table.
 *
 * <p>Knows: account, api, audit, connection, customer, privacy, redemption, route, store, wallet, wiring.
 */
package aiqbridge.pos;
