/**
 * The site's own network between the bridge and the world: its proxy, and the certificate authorities that it trusts besides Java's.
 *
 * <p>Knows: nobody.
 */
package aiqbridge.network;
