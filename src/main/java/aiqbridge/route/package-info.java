/**
 * Routes as files: read, checked, reloaded, drawn.
 *
 * <p>Knows: audit, privacy.
 */
package aiqbridge.route;
