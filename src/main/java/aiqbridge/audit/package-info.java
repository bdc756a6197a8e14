/**
 * The append-only log of what people did, and of who was refused.
 *
 * <p>Knows: nobody.
 */
package aiqbridge.audit;
