/**
 * Sign-up with its evidence of consent, whether somebody is a member, how long anything about them is kept, and their request to see or erase it.
 *
 * <p>Knows: account, aiq, api, audit, connection, wallet, wiring.
 */
package aiqbridge.customer;
