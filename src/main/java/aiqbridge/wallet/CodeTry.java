package aiqbridge.wallet;

import java.util.Set;

/**
 * A code is about to be tried at a customer. Times are epoch milliseconds.
 *
 * @param subjects   hashes of each phone and e-mail under which the customer is known
 * @param sentAt     when the code went out
 * @param ofCustomer how many of the connection's wrong codes at the customer tell whether it may try
 * @param ofKey      how many of all its wrong codes do
 */
public record CodeTry(
        Customer customer, String tryId, Set<String> subjects, long sentAt, long now, int ofCustomer, int ofKey) {}
