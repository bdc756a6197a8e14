/**
 * The first hour against the real AIQ: each thing that the bridge believes about it is asked for with one test customer, step by step, and what differs
 * becomes a setting.
 *
 * <p>Knows: account, aiq, audit, privacy, wallet.
 */
package aiqbridge.firstcontact;
