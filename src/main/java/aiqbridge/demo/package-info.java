/**
 * The story that the demo tells.
 *
 * <p>Knows: account, api, page, simulator, store.
 */
package aiqbridge.demo;
