package aiqbridge.wallet;

import aiqbridge.account.Accounts;
import aiqbridge.aiq.Priority;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Caller;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.connection.Connections;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Reads what a caller asks about a customer's wallet. */
public final class WalletRequest {
    private final Accounts accounts;
    private final Connections connections;

    public WalletRequest(Accounts accounts, Connections connections) {
        this.accounts = accounts;
        this.connections = connections;
    }

    /** Either or both of phone and e-mail. */
    public Map<String, Object> verify(ApiRequest request) {
        return customer(request.caller(), new Fields(request.body(), "phone", "email"));
    }

    /** One of phone and e-mail, and the code as text, with its leading zeros. */
    public Map<String, Object> view(ApiRequest request) {
        Fields fields = new Fields(request.body(), "phone", "email", "code", "subtotal");
        Map<String, Object> ask = customer(request.caller(), fields);
        String code = fields.needed("code", 10);
        if (!code.matches("[0-9]{3,10}")) {
            throw Problem.field("code", "must be 3 to 10 digits, as a string.");
        }
        ask.put("code", code);
        ask.put("subtotal", subtotal(fields));
        return ask;
    }

    /** Without a code: only where the connection's policy says so. */
    public Map<String, Object> open(ApiRequest request) {
        if (connections.get(request.caller().connection()).pin()) {
            throw new Problem(
                    403,
                    "code-required",
                    "This connection opens a wallet only with the customer's code: request one at /api/v1/wallet/verify.");
        }
        Fields fields = new Fields(request.body(), "phone", "email", "subtotal");
        Map<String, Object> ask = customer(request.caller(), fields);
        ask.put("subtotal", subtotal(fields));
        return ask;
    }

    /** Of the order to be, after its other discounts; null when the caller did not say. */
    private static BigDecimal subtotal(Fields fields) {
        BigDecimal subtotal = fields.number("subtotal");
        if (subtotal != null && subtotal.signum() < 0) {
            throw Problem.field("subtotal", "is negative.");
        }
        return subtotal;
    }

    /** Who is meant: AIQ is asked by the phone where there is one, the limits hold for either. */
    public Map<String, Object> customer(Caller caller, Fields fields) {
        String phone = fields.text("phone", 40);
        String email = fields.text("email", 254);
        if (phone == null && email == null) {
            throw Problem.field("phone", "is missing; give phone or email.");
        }
        Map<String, Object> ask = new HashMap<>();
        ask.put("connection", caller.connection());
        ask.put("account_id", caller.accountId());
        ask.put(
                "storefront",
                connections.storefronts().find(caller.connection()).isPresent());
        ask.put("priority", Priority.PERSON.name());
        ask.put(
                "phone",
                phone == null
                        ? null
                        : Identity.phone(phone, accounts.get(caller.accountId()).country())
                                .orElseThrow(() -> Problem.field("phone", "is not a phone number.")));
        ask.put(
                "email",
                email == null
                        ? null
                        : Identity.email(email).orElseThrow(() -> Problem.field("email", "is not an e-mail address.")));
        ask.put("subject", ask.get("phone") != null ? ask.get("phone") : ask.get("email"));
        ask.put("subject_hash", Identity.hash(caller.accountId(), ask.get("subject")));
        ask.put("phone_hash", Identity.hash(caller.accountId(), ask.get("phone")));
        ask.put("email_hash", Identity.hash(caller.accountId(), ask.get("email")));
        return ask;
    }
}
