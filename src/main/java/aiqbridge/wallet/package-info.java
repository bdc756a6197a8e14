/**
 * What a customer is offered: identities, limits, sessions and points.
 *
 * <p>Knows: account, aiq, api, connection, privacy, wiring.
 */
package aiqbridge.wallet;
