/**
 * What a package is handed to make its beans, and where it puts them.
 *
 * <p>Knows: account, connection, network, store.
 */
package aiqbridge.wiring;
