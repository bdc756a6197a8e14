/**
 * What a person decides about something parked, done once and written down.
 *
 * <p>Knows: audit, connection, customer, pos, store.
 */
package aiqbridge.decision;
