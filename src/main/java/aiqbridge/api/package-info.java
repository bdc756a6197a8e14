/**
 * The HTTP API's callers and their keys, requests read, answers and problems written.
 *
 * <p>Knows: audit, connection.
 */
package aiqbridge.api;
