package aiqbridge.customer;

import aiqbridge.aiq.SignedUp;
import aiqbridge.wallet.WalletAsk;
import java.util.List;

/**
 * What a sign-up may do, as the look-ups say.
 *
 * @param told      what AIQ is told
 * @param newcomer  what they gave was nobody's before
 * @param first     and this is the first sign-up with it
 * @param joined    which of phone and email are joined to the member
 * @param contactId AIQ's, null until it said, or when it does not say
 * @param opens     whether the wallet may be looked at without a code, if AIQ then shows that it is theirs
 */
public record Joining(
        NewMember member,
        NewMember told,
        boolean newcomer,
        boolean first,
        List<String> joined,
        String contactId,
        boolean opens) {
    Joining done(SignedUp signedUp) {
        return new Joining(
                member,
                told,
                newcomer,
                first,
                joined,
                signedUp.contactId(),
                first && signedUp.contactId() != null && !signedUp.existing());
    }

    /** Their wallet, if they turn out to be who opens it. */
    public WalletAsk walletAsk() {
        return WalletAsk.ofNewMember(member.customer());
    }
}
