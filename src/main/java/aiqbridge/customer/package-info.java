/**
 * Sign-up with its evidence of consent, and whether somebody is a member.
 *
 * <p>Knows: account, aiq, api, connection, wallet.
 */
package aiqbridge.customer;
