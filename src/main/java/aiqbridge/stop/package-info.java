/**
 * The emergency stop: who stopped what, by command, page or file, and whether a call may leave.
 *
 * <p>Knows: api, audit, connection.
 */
package aiqbridge.stop;
