/**
 * The append-only log of what people did.
 *
 * <p>Knows: nobody.
 */
package aiqbridge.audit;
