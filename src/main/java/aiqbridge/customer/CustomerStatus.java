package aiqbridge.customer;

import aiqbridge.Settings;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.account.ConsentTexts;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAnswer.Outcome;
import aiqbridge.aiq.Lookup;
import aiqbridge.aiq.Priority;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.wallet.WalletRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a customer is a member: for the indicator beside their name, and for what the receipt says. It never holds up a sale. */
public final class CustomerStatus {
    private final WalletRequest customers;
    private final Accounts accounts;
    private final SignUpLink link;
    private final String toMember;
    private final String toOthers;

    public CustomerStatus(WalletRequest customers, Accounts accounts, SignUpLink link, Settings settings) {
        this.customers = customers;
        this.accounts = accounts;
        this.link = link;
        this.toMember = settings.text("customer.receipt-to-member");
        this.toOthers = settings.text("customer.receipt-to-others");
    }

    /** One phone or one e-mail; asked only with calls that neither a checkout nor a redemption needs. */
    public Map<String, Object> read(ApiRequest request) {
        Map<String, Object> ask = customers.customer(request.caller(), new Fields(request.body(), "phone", "email"));
        if (ask.get("phone") != null && ask.get("email") != null) {
            throw Problem.field("email", "cannot be combined with a phone.");
        }
        ask.put("priority", Priority.REPORT.name());
        return ask;
    }

    public Map<String, Object> answer(Map<String, Object> ask, AiqAnswer answer) {
        Account account = accounts.get((String) ask.get("account_id"));
        Boolean member = member(answer);
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("status", member == null ? "unknown-at-present" : member ? "member" : "not-a-member");
        if (member != null) {
            status.put(
                    "receiptText",
                    (member ? toMember : toOthers)
                            .replace("{program}", ConsentTexts.program(account.country()))
                            .replace("{link}", link.of(account))
                            .replace("{brand}", account.brand()));
        }
        status.put("signUpLink", link.of(account));
        return status;
    }

    /** Null when AIQ did not say. */
    private static Boolean member(AiqAnswer answer) {
        return answer.outcome() == Outcome.NOT_FOUND
                ? Boolean.FALSE
                : answer.outcome() == Outcome.DONE ? ((Lookup) answer.value()).member() : null;
    }
}
