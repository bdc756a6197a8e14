/**
 * Mappings in JSLT, read and run.
 *
 * <p>Knows: nobody.
 */
package aiqbridge.json;
