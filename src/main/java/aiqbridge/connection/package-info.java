/**
 * The tills and shops that this installation is joined to, as their properties files describe them and their retailers confirmed.
 *
 * <p>Knows: network.
 */
package aiqbridge.connection;
