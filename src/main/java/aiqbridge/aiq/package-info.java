/**
 * AIQ as the bridge sees it: requests built, answers read, the budget, the breaker, and the one host that is called.
 *
 * <p>Knows: account, json.
 */
package aiqbridge.aiq;
