package aiqbridge.customer;

import aiqbridge.account.ConsentText;
import aiqbridge.account.ConsentText.Box;
import aiqbridge.account.ConsentTexts;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.wallet.WalletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a sign-up: who, and what they agreed to, with all that later proves it (routes/README.md section 5). */
public final class SignUpRequest {
    private final WalletRequest customers;
    private final ConsentTexts texts;
    private final Connections connections;
    private final Clock clock;

    public SignUpRequest(WalletRequest customers, ConsentTexts texts, Connections connections, Clock clock) {
        this.customers = customers;
        this.texts = texts;
        this.connections = connections;
        this.clock = clock;
    }

    /** @throws Problem 422 without box 1, or with a text that this account does not show */
    public Map<String, Object> read(ApiRequest request) {
        Fields fields = new Fields(
                request.body(),
                "phone",
                "email",
                "firstName",
                "lastName",
                "consent",
                "smsOptIn",
                "emailOptIn",
                "textVersion",
                "textHash",
                "language",
                "place",
                "ip",
                "staff");
        Map<String, Object> ask = customers.customer(request.caller(), fields);
        Connection connection = connections.get(request.caller().connection());
        ask.put("location", connection.location());
        ask.put("first_name", fields.text("firstName", 100));
        ask.put("last_name", fields.text("lastName", 100));
        if (!Boolean.TRUE.equals(fields.flag("consent"))) {
            throw Problem.field("consent", "must be true: only box 1, ticked by the customer, makes a member.");
        }
        ask.put("sms_opt_in", optIn(fields, "smsOptIn", ask.get("phone"), "phone"));
        ask.put("email_opt_in", optIn(fields, "emailOptIn", ask.get("email"), "email"));
        ask.put("consents", consents(ask, fields, connection));
        return ask;
    }

    /** Null when the box does not concern this customer. */
    private static Boolean optIn(Fields fields, String field, Object identity, String needed) {
        Boolean ticked = fields.flag(field);
        if (ticked == null && field.equals("smsOptIn")) {
            throw Problem.field(field, "is missing: say whether the customer ticked box 2.");
        }
        if (Boolean.TRUE.equals(ticked) && identity == null) {
            throw Problem.field(field, "requires a field " + needed + ".");
        }
        return identity == null ? null : ticked;
    }

    /** One row per purpose that the customer was asked about. */
    private List<Map<String, Object>> consents(Map<String, Object> ask, Fields fields, Connection connection) {
        ConsentText text = texts.shown(connection.account(), fields.needed("textVersion", 40))
                .orElseThrow(() -> Problem.field(
                        "textVersion", "is not a text that we show; request it at /api/v1/consent-text."));
        if (!fields.needed("textHash", 64).equals(text.box("loyalty").hash())) {
            throw Problem.field(
                    "textHash",
                    "does not match the text that we show under this version; request it at /api/v1/consent-text.");
        }
        Map<String, Object> how = new HashMap<>();
        for (String key : List.of("account_id", "connection", "phone_hash", "email_hash")) {
            how.put(key, ask.get(key));
        }
        how.put("text_version", text.version());
        how.put("language", language(fields));
        how.put("channel", Boolean.TRUE.equals(ask.get("storefront")) ? "storefront" : "pos");
        how.put("place", fields.text("place", 250));
        how.put("ip", ip(fields.text("ip", 45)));
        how.put("staff", fields.text("staff", 100));
        how.put("given_at", clock.millis());
        how.put(
                "local_time",
                ZonedDateTime.ofInstant(clock.instant(), connection.zone()).toString());
        List<Map<String, Object>> consents = new ArrayList<>();
        consents.add(consent(how, text.box("loyalty"), true));
        if (ask.get("sms_opt_in") != null) {
            consents.add(consent(how, text.box("sms"), (Boolean) ask.get("sms_opt_in")));
        }
        if (ask.get("email_opt_in") != null) {
            consents.add(consent(how, text.box("email"), (Boolean) ask.get("email_opt_in")));
        }
        return consents;
    }

    private static Map<String, Object> consent(Map<String, Object> how, Box box, boolean granted) {
        Map<String, Object> consent = new HashMap<>(how);
        consent.put("purpose", box.purpose());
        consent.put("granted", granted ? 1 : 0);
        consent.put("text_hash", box.hash());
        consent.put("wording", box.wording());
        return consent;
    }

    private static String language(Fields fields) {
        String language = fields.needed("language", 35);
        if (!language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")) {
            throw Problem.field("language", "is not a language tag, for example en or en-CA.");
        }
        return language;
    }

    /** An address as it stands, never a name to be resolved. */
    private static String ip(String text) {
        if (text == null) {
            return null;
        }
        try {
            if (text.matches("(\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
                return InetAddress.getByName(text).getHostAddress();
            }
        } catch (UnknownHostException e) {
            // said below
        }
        throw Problem.field("ip", "is not an IP address.");
    }
}
