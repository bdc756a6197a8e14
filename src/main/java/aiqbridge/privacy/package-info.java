/**
 * Phones, e-mails, codes and keys, whose text form is masked.
 *
 * <p>Knows: nobody.
 */
package aiqbridge.privacy;
