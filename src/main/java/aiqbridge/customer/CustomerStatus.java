package aiqbridge.customer;

import aiqbridge.Settings;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.account.ConsentTexts;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAnswer.Outcome;
import aiqbridge.aiq.Lookup;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.wallet.Customer;
import aiqbridge.wallet.WalletRequest;
import com.fasterxml.jackson.annotation.JsonInclude;

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
    public Customer read(ApiRequest request) {
        Customer customer = customers.customer(request.caller(), new Fields(request.body(), "phone", "email"));
        if (customer.phone() != null && customer.email() != null) {
            throw Problem.field("email", "cannot be combined with a phone.");
        }
        return customer.unhurried();
    }

    /** @param receiptText absent when AIQ did not say whether they are a member */
    public record Status(
            String status,
            @JsonInclude(JsonInclude.Include.NON_NULL) String receiptText,
            String signUpLink) {}

    public Status answer(Customer customer, AiqAnswer answer) {
        Account account = accounts.get(customer.accountId());
        Boolean member = member(answer);
        if (member == null) {
            return new Status("unknown-at-present", null, link.of(account));
        }
        return new Status(
                member ? "member" : "not-a-member",
                (member ? toMember : toOthers)
                        .replace("{program}", ConsentTexts.program(account.country()))
                        .replace("{link}", link.of(account))
                        .replace("{brand}", account.brand()),
                link.of(account));
    }

    /** Null when AIQ did not say. */
    private static Boolean member(AiqAnswer answer) {
        return answer.outcome() == Outcome.NOT_FOUND
                ? Boolean.FALSE
                : answer.outcome() == Outcome.DONE ? ((Lookup) answer.value()).member() : null;
    }
}
