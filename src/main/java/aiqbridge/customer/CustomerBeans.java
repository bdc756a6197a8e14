package aiqbridge.customer;

import aiqbridge.Settings;
import aiqbridge.account.ConsentTexts;
import aiqbridge.wallet.WalletRequest;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/** The beans of this package. */
public final class CustomerBeans {
    private CustomerBeans() {}

    public static void add(BeanList beans, Shared shared, WalletRequest walletRequest, ConsentTexts consentTexts) {
        Settings settings = shared.settings();
        SignUpLink link = new SignUpLink(settings);
        beans.add(
                "signUpRequest", new SignUpRequest(walletRequest, consentTexts, shared.connections(), shared.clock()));
        beans.add("signUp", new SignUp());
        beans.add("eachAnswer", new GroupedBodyAggregationStrategy());
        beans.add("signUpCode", new SignUpCode(shared.accounts(), link));
        beans.add("customerStatus", new CustomerStatus(walletRequest, shared.accounts(), link, settings));
        beans.add("retention", new Retention(settings, shared.clock()));
    }
}
