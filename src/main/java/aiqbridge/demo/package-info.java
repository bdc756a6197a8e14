/**
 * The story that the demo tells.
 *
 * <p>Knows: account, api, firstcontact, page, privacy, simulator, store.
 */
package aiqbridge.demo;
