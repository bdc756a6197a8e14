package aiqbridge.customer;

import aiqbridge.Settings;
import aiqbridge.account.Account;

/** Where AIQ itself signs a brand's customers up (AIQ: section 1.1). */
public final class SignUpLink {
    private final String template;

    public SignUpLink(Settings settings) {
        this.template = settings.text("customer.sign-up-link");
    }

    public String of(Account account) {
        return template.replace("{uid}", account.uid());
    }
}
