/**
 * Routes as files: read, checked, reloaded, drawn.
 *
 * <p>Knows: audit.
 */
package aiqbridge.route;
