package aiqbridge.customer;

import aiqbridge.account.ConsentText;
import aiqbridge.account.ConsentText.Box;
import aiqbridge.account.ConsentTexts;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.wallet.Customer;
import aiqbridge.wallet.WalletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

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
    public NewMember read(ApiRequest request) {
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
        Customer customer = customers.customer(request.caller(), fields);
        Connection connection = connections.get(request.caller().connection());
        String firstName = fields.text("firstName", 100);
        String lastName = fields.text("lastName", 100);
        if (!Boolean.TRUE.equals(fields.flag("consent"))) {
            throw Problem.field("consent", "must be true: only box 1, ticked by the customer, makes a member.");
        }
        Boolean sms = optIn(fields, "smsOptIn", customer.phone(), "phone");
        Boolean email = optIn(fields, "emailOptIn", customer.email(), "email");
        return new NewMember(
                customer,
                connection.location(),
                firstName,
                lastName,
                sms,
                email,
                consents(customer, sms, email, fields, connection));
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

    /** One for each purpose that the customer was asked about. */
    private List<Consent> consents(
            Customer customer, Boolean sms, Boolean email, Fields fields, Connection connection) {
        ConsentText text = texts.shown(connection.account(), fields.needed("textVersion", 40));
        if (!fields.needed("textHash", 64).equalsIgnoreCase(text.box("loyalty").hash())) {
            throw Problem.field(
                    "textHash",
                    "does not match the text that we show under this version; request it at /api/v1/consent-text.");
        }
        String language = language(fields);
        String place = fields.text("place", 250);
        String ip = ip(fields.text("ip", 45));
        String staff = fields.text("staff", 100);
        Instant now = clock.instant();
        BiFunction<Box, Boolean, Consent> consent = (box, granted) -> new Consent(
                customer.accountId(),
                customer.connection(),
                customer.phoneHash(),
                customer.emailHash(),
                box.purpose(),
                granted ? 1 : 0,
                text.version(),
                box.hash(),
                box.wording(),
                language,
                customer.storefront() ? "storefront" : "pos",
                place,
                ip,
                staff,
                now.toEpochMilli(),
                ZonedDateTime.ofInstant(now, connection.zone()).toString());
        List<Consent> consents = new ArrayList<>();
        consents.add(consent.apply(text.box("loyalty"), true));
        if (sms != null) {
            consents.add(consent.apply(text.box("sms"), sms));
        }
        if (email != null) {
            consents.add(consent.apply(text.box("email"), email));
        }
        return consents;
    }

    private static String language(Fields fields) {
        String language = fields.needed("language", 35);
        if (!language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")) {
            throw Problem.field("language", "is not a language tag, for example en or en-CA.");
        }
        return Locale.forLanguageTag(language).toLanguageTag();
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
