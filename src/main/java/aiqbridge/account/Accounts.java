package aiqbridge.account;

import java.util.List;

/** The accounts this installation works for. */
public interface Accounts {
    /** @throws UnknownAccount when there is none of that name */
    Account get(String accountId);

    List<Account> all();

    class UnknownAccount extends RuntimeException {
        public UnknownAccount(String accountId) {
            super("There is no account '" + accountId + "'. Add it with: aiq-bridge accounts add " + accountId);
        }
    }
}
