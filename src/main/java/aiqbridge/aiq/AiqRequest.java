package aiqbridge.aiq;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.privacy.Masked;
import aiqbridge.privacy.Phone;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import org.apache.camel.component.http.HttpMethods;

/** Builds each call to AIQ; every path and field name that AIQ has not documented is a setting ({@code aiq.*}). */
public final class AiqRequest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Accounts accounts;
    private final Settings settings;
    private final CartTemplate cartTemplate;
    private final URI base;
    private final ObjectNode signUpFurther;

    public AiqRequest(Accounts accounts, Settings settings, CartTemplate cartTemplate) {
        this.accounts = accounts;
        this.settings = settings;
        this.cartTemplate = cartTemplate;
        this.base = URI.create(settings.text("aiq.base-url"));
        this.signUpFurther = further(settings);
    }

    public AiqCall verify(AiqAsk.OfCustomer ask) {
        return post(ask, "verify", identity(ask));
    }

    public AiqCall wallet(AiqAsk.OfCustomer ask) {
        return post(ask, "wallet", identity(ask));
    }

    public AiqCall view(AiqAsk.WithCode ask) {
        return post(ask, "view", identity(ask).put("code", Masked.plain(ask.code())));
    }

    /** By phone where there is one, else by e-mail: the only call that has to put either into a URL (AIQ: section 7.3 [D]). */
    public AiqCall lookup(AiqAsk.OfCustomer ask) {
        String identity = ask.phone() != null ? national(ask.phone()) : Masked.plain(ask.email());
        return get(ask, "lookup", Map.of("{identity}", identity));
    }

    /** A new member, or an existing one again (AIQ: section 5.1); whatever is absent from the ask stays as AIQ has it. */
    public AiqCall signUp(AiqAsk.OfNewMember ask) {
        ObjectNode body = further(ask.location());
        put(body, "mobilePhone", national(ask.phone()));
        put(body, "email", ask.email());
        put(body, "firstName", ask.firstName());
        put(body, "lastName", ask.lastName());
        put(body, "smsoptin", ask.smsOptIn());
        put(body, "emailOptIn", ask.emailOptIn());
        return call(ask, "sign-up", "POST", settings.text("aiq.sign-up-path"), null, body.put("loyalty", true));
    }

    /** The call, or a FORBIDDEN_URL answer that names the host and the property that was wrong. */
    public Object redeem(AiqAsk.OfRedemption ask) {
        try {
            RedemptionUrl url = RedemptionUrl.parse(
                    Masked.plain(ask.redemptionUrl()),
                    base,
                    settings.text("aiq.redemption-url-path"),
                    account(ask).uid());
            return call(ask, "redeem", "PUT", url.path(ask.transactionId()), null, null);
        } catch (RedemptionUrl.Refused e) {
            return AiqAnswer.of(AiqAnswer.Outcome.FORBIDDEN_URL, 0, e.getMessage());
        }
    }

    public AiqCall reverse(AiqAsk.OfReversal ask) {
        return call(ask, "reverse", settings.text("aiq.reverse-method"), path(ask, "reverse", of(ask)), null, null);
    }

    public AiqCall adjust(AiqAsk.OfReversal ask) {
        ObjectNode body = JSON.createObjectNode()
                .put(settings.text("aiq.adjust-points-field"), ask.points())
                .put(settings.text("aiq.adjust-note-field"), ask.reference());
        return call(ask, "adjust", "PUT", path(ask, "adjust", of(ask)), null, body);
    }

    public AiqCall redemptionsReport(AiqAsk.Between ask) {
        return get(ask, "redemptions", of(ask));
    }

    public AiqCall adjustmentsReport(AiqAsk.Between ask) {
        return get(ask, "adjustments", of(ask));
    }

    public AiqCall timeline(AiqAsk.PeriodOfContact ask) {
        return call(
                ask,
                "timeline",
                "GET",
                path(ask, "timeline", Map.of("{contactId}", ask.contactId())),
                "start=" + time(ask.from()) + "&end=" + time(ask.to()),
                null);
    }

    /** The call, or a REFUSED answer when the template fails on this cart: nothing leaves. */
    public Object cart(AiqAsk.OfCart ask) {
        try {
            return call(ask, "cart", "POST", settings.text("aiq.cart-path"), null, cartTemplate.body(ask));
        } catch (Jslt.Failed e) {
            return AiqAnswer.of(AiqAnswer.Outcome.REFUSED, 0, e.getMessage());
        }
    }

    public AiqCall stores(AiqAsk ask) {
        return get(ask, "stores", Map.of());
    }

    /** A look-up of nobody: the key alone picks the account (AIQ: section 1.2), no UID is in it. As an operation it is a probe, so that what a person tries out opens no breaker. */
    public AiqCall keyAlone(AiqAsk ask) {
        return call(
                ask, "stores", "GET", settings.text("aiq.lookup-path").replace("{identity}", "0000000000"), null, null);
    }

    private AiqCall get(AiqAsk ask, String operation, Map<String, String> values) {
        return call(ask, operation, "GET", path(ask, operation, values), null, null);
    }

    private AiqCall post(AiqAsk ask, String operation, ObjectNode body) {
        return call(ask, operation, "POST", settings.text("aiq." + operation + "-path"), null, body);
    }

    private AiqCall call(AiqAsk ask, String operation, String method, String path, String query, JsonNode body) {
        Account account = account(ask);
        return new AiqCall(
                account.accountId(),
                ask.connection(),
                ask.shop(),
                ask.priority(),
                operation,
                HttpMethods.valueOf(method),
                path,
                query,
                account.apiKey(),
                body,
                ask.sendBefore(),
                0);
    }

    /** The stored one, or one that is not stored yet and comes with the ask. */
    private Account account(AiqAsk ask) {
        return ask.entered() != null ? ask.entered() : accounts.get(ask.accountId());
    }

    /** AIQ takes one identity best alone: the phone where there is one (AIQ: section 2.1 [U]); US phones as ten digits (AIQ: section 1.6). */
    private static ObjectNode identity(AiqAsk.OfCustomer ask) {
        ObjectNode body = JSON.createObjectNode();
        return ask.phone() != null
                ? body.put("phone", national(ask.phone()))
                : body.put("email", Masked.plain(ask.email()));
    }

    /** Ten digits of a phone in +1 (AIQ: section 1.6); any other, and null, as it is. */
    static String national(Phone phone) {
        String plain = Masked.plain(phone);
        return plain != null && plain.startsWith("+1") ? plain.substring(2) : plain;
    }

    private static void put(ObjectNode body, String name, Object value) {
        if (value != null) {
            body.set(name, JSON.valueToTree(value));
        }
    }

    private ObjectNode further(String location) {
        ObjectNode further = signUpFurther.deepCopy();
        further.properties().forEach(field -> {
            if (field.getValue().isTextual()) {
                field.setValue(
                        JSON.getNodeFactory().textNode(field.getValue().asText().replace("{location}", location)));
            }
        });
        return further;
    }

    /** What this brand wants with every sign-up beside the customer's own fields. */
    private static ObjectNode further(Settings settings) {
        try {
            if (JSON.readTree(settings.text("aiq.sign-up-further-fields")) instanceof ObjectNode further) {
                return further;
            }
        } catch (JsonProcessingException e) {
            // said below
        }
        throw new StartRefused(
                "The setting aiq.sign-up-further-fields is not a JSON object.",
                "For example: aiq.sign-up-further-fields = {\"favoriteStore\": \"{location}\"}, or {} for none.");
    }

    private static Map<String, String> of(AiqAsk.OfReversal ask) {
        return Map.of(
                "{contactId}", String.valueOf(ask.contactId()),
                "{discountId}", String.valueOf(ask.discountId()),
                "{redemptionId}", String.valueOf(ask.aiqRedemptionId()));
    }

    private Map<String, String> of(AiqAsk.Between ask) {
        return Map.of("{start}", Long.toString(time(ask.from())), "{end}", Long.toString(time(ask.to())));
    }

    /** {@code aiq.<operation>-path}, completed. */
    private String path(AiqAsk ask, String operation, Map<String, String> values) {
        String path = settings.text("aiq." + operation + "-path")
                .replace("{uid}", RedemptionUrl.segment(account(ask).uid()));
        for (Map.Entry<String, String> value : values.entrySet()) {
            path = path.replace(value.getKey(), RedemptionUrl.segment(value.getValue()));
        }
        return path;
    }

    /** AIQ's report times are Unix seconds (AIQ: section 1.6 [C]), or what {@code aiq.report-times} says; ours are milliseconds. */
    private long time(long millis) {
        return settings.oneOf("aiq.report-times").equals("seconds") ? Math.floorDiv(millis, 1_000L) : millis;
    }
}
