/**
 * The story that the demo tells.
 *
 * <p>Knows: account, api, page, privacy, simulator, store.
 */
package aiqbridge.demo;
