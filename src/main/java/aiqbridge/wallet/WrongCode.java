package aiqbridge.wallet;

/**
 * A try of a code that no right one followed.
 *
 * @param subject hash of the phone or e-mail it was tried at
 * @param triedAt epoch milliseconds
 */
public record WrongCode(String subject, long triedAt) {}
