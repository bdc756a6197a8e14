/**
 * AIQ as the bridge sees it: requests built, a cart put into AIQ's form by JSLT, answers read, the budget, the breaker, and the one host that is called.
 *
 * <p>Knows: account, http, network, privacy, stop, store, wiring.
 */
package aiqbridge.aiq;
