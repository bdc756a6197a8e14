package aiqbridge.page;

import aiqbridge.account.Account;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAnswer.Outcome;
import aiqbridge.aiq.AiqAsk;

/** Tries a key and a UID at AIQ: one read that needs both, and where that is refused one that needs the key alone (AIQ: section 1.2), so that a person hears which is wrong. */
public final class AccountTest {
    /** An ask for an account that need not be stored. */
    public AiqAsk ask(Account account) {
        return new AiqAsk.OfEntered(account);
    }

    /** Whether the read that needs both leaves open which of them is wrong. */
    public boolean refused(AiqAnswer both) {
        return both.outcome() == Outcome.UNAUTHORIZED
                || both.outcome() == Outcome.NOT_FOUND
                || both.outcome() == Outcome.REFUSED;
    }

    /** @param keyAlone null when it was not asked */
    public Verdict verdict(AiqAnswer both, AiqAnswer keyAlone) {
        if (both.outcome() == Outcome.DONE) {
            return Verdict.GOOD;
        }
        if (keyAlone == null) {
            return Verdict.UNREACHABLE;
        }
        return switch (keyAlone.outcome()) {
            case UNAUTHORIZED -> Verdict.KEY_WRONG;
            case DONE, NOT_FOUND, REFUSED -> Verdict.UID_WRONG;
            default -> Verdict.EITHER_WRONG;
        };
    }
}
