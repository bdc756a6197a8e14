package aiqbridge.wallet;

import aiqbridge.account.Accounts;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Caller;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.connection.Connections;
import aiqbridge.privacy.Code;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import java.math.BigDecimal;

/** Reads what a caller asks about a customer's wallet. */
public final class WalletRequest {
    private final Accounts accounts;
    private final Connections connections;
    private final PlaceholderPhones placeholders;

    public WalletRequest(Accounts accounts, Connections connections, PlaceholderPhones placeholders) {
        this.accounts = accounts;
        this.connections = connections;
        this.placeholders = placeholders;
    }

    /** Either or both of phone and e-mail. */
    public Customer verify(ApiRequest request) {
        return customer(request.caller(), new Fields(request.body(), "phone", "email"));
    }

    /** One of phone and e-mail, and the code as text, with its leading zeros. */
    public WalletAsk view(ApiRequest request) {
        Fields fields = new Fields(request.body(), "phone", "email", "code", "subtotal");
        Customer customer = customer(request.caller(), fields);
        String code = fields.needed("code", 10);
        if (!code.matches("[0-9]{3,10}")) {
            throw Problem.field("code", "must be 3 to 10 digits, as a string.");
        }
        return new WalletAsk(customer, new Code(code), subtotal(fields), false);
    }

    /** Without a code: only where the connection's policy says so. */
    public WalletAsk open(ApiRequest request) {
        if (connections.get(request.caller().connection()).pin()) {
            throw new Problem(
                    403,
                    "code-required",
                    "This connection opens a wallet only with the customer's code: request one at /api/v1/wallet/verify.");
        }
        Fields fields = new Fields(request.body(), "phone", "email", "subtotal");
        return new WalletAsk(customer(request.caller(), fields), null, subtotal(fields), false);
    }

    private static BigDecimal subtotal(Fields fields) {
        BigDecimal subtotal = fields.number("subtotal");
        if (subtotal != null && subtotal.signum() < 0) {
            throw Problem.field("subtotal", "is negative.");
        }
        return subtotal;
    }

    /** Who is meant: AIQ is asked by the phone where there is one, the limits hold for either. */
    public Customer customer(Caller caller, Fields fields) {
        String phone = fields.text("phone", 40);
        String email = fields.text("email", 254);
        if (phone == null && email == null) {
            throw Problem.field("phone", "is missing; give phone or email.");
        }
        return Customer.of(
                caller,
                connections.storefronts().find(caller.connection()).isPresent(),
                phone == null
                        ? null
                        : Identity.phone(phone, accounts.get(caller.accountId()).country())
                                .filter(number -> !placeholders.holds(number))
                                .map(Phone::new)
                                .orElseThrow(() -> Problem.field("phone", "is not a phone number of a person.")),
                email == null
                        ? null
                        : Identity.email(email)
                                .map(Email::new)
                                .orElseThrow(() -> Problem.field("email", "is not an e-mail address.")));
    }
}
