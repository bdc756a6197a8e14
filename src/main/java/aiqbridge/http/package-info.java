/**
 * The front that every request passes, the ports, and the client that calls one host alone.
 *
 * <p>Knows: api, network.
 */
package aiqbridge.http;
