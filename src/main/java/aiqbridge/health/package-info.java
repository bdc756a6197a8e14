/**
 * How every account, till and shop is doing, the log's form, and traces.
 *
 * <p>Knows: aiq, connection, stop, store, wallet, wiring.
 */
package aiqbridge.health;
