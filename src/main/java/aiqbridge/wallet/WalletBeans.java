package aiqbridge.wallet;

import aiqbridge.account.ConsentTexts;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;

/** The beans of this package; sign-up begins like a wallet, and a redemption is taken from a session. */
public record WalletBeans(WalletRequest request, WalletSession session) {
    public static WalletBeans add(BeanList beans, Shared shared, ConsentTexts consentTexts) {
        beans.add("walletLimits", new WalletLimits(shared.settings(), shared.clock()));
        beans.add("wrongCodes", new WrongCodes(shared.clock()));
        return new WalletBeans(
                beans.add(
                        "walletRequest",
                        new WalletRequest(
                                shared.accounts(), shared.connections(), new PlaceholderPhones(shared.settings()))),
                beans.add("walletSession", new WalletSession(consentTexts, shared.settings(), shared.clock())));
    }
}
