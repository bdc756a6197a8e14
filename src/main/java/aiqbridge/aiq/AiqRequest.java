package aiqbridge.aiq;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import org.apache.camel.component.http.HttpMethods;

/** Builds each call to AIQ from a plain map; every path and field name that AIQ has not documented is a setting ({@code aiq.*}). */
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

    public AiqCall verify(Map<String, Object> ask) {
        return post(ask, "verify", identity(ask));
    }

    public AiqCall wallet(Map<String, Object> ask) {
        return post(ask, "wallet", identity(ask));
    }

    public AiqCall view(Map<String, Object> ask) {
        return post(ask, "view", identity(ask).put("code", (String) ask.get("code")));
    }

    /** By phone where there is one, else by e-mail: the only call that has to put either into a URL (AIQ: section 7.3 [D]). */
    public AiqCall lookup(Map<String, Object> ask) {
        return call(ask, "lookup", "GET", path(ask, "aiq.lookup-path"), null, null);
    }

    /** A new member, or an existing one again (AIQ: section 5.1); whatever is absent from the ask stays as AIQ has it. */
    public AiqCall signUp(Map<String, Object> ask) {
        ObjectNode body = further((String) ask.get("location"));
        put(body, "mobilePhone", national((String) ask.get("phone")));
        put(body, "email", ask.get("email"));
        put(body, "firstName", ask.get("first_name"));
        put(body, "lastName", ask.get("last_name"));
        put(body, "smsoptin", ask.get("sms_opt_in"));
        put(body, "emailOptIn", ask.get("email_opt_in"));
        return call(
                ask,
                "sign-up",
                "POST",
                settings.text("aiq.sign-up-path"),
                null,
                body.put("loyalty", true).toString());
    }

    /** The call, or a FORBIDDEN_URL answer that names the host and the property that was wrong. */
    public Object redeem(Map<String, Object> ask) {
        try {
            RedemptionUrl url = RedemptionUrl.parse(
                    (String) ask.get("redemption_url"),
                    base,
                    settings.text("aiq.redemption-url-path"),
                    account(ask).uid());
            return call(ask, "redeem", "PUT", url.path((String) ask.get("transaction_id")), null, null);
        } catch (RedemptionUrl.Refused e) {
            return AiqAnswer.of(AiqAnswer.Outcome.FORBIDDEN_URL, 0, e.getMessage());
        }
    }

    public AiqCall reverse(Map<String, Object> ask) {
        return call(ask, "reverse", settings.text("aiq.reverse-method"), path(ask, "aiq.reverse-path"), null, null);
    }

    public AiqCall adjust(Map<String, Object> ask) {
        ObjectNode body = JSON.createObjectNode()
                .put(settings.text("aiq.adjust-points-field"), (BigDecimal) ask.get("points"))
                .put(settings.text("aiq.adjust-note-field"), (String) ask.get("note"));
        return call(ask, "adjust", "PUT", path(ask, "aiq.adjust-path"), null, body.toString());
    }

    public AiqCall redemptionsReport(Map<String, Object> ask) {
        return call(ask, "redemptions", "GET", path(ask, "aiq.redemptions-path"), null, null);
    }

    public AiqCall adjustmentsReport(Map<String, Object> ask) {
        return call(ask, "adjustments", "GET", path(ask, "aiq.adjustments-path"), null, null);
    }

    public AiqCall timeline(Map<String, Object> ask) {
        return call(
                ask,
                "timeline",
                "GET",
                path(ask, "aiq.timeline-path"),
                "start=" + seconds(ask, "from") + "&end=" + seconds(ask, "to"),
                null);
    }

    /** The call, or a REFUSED answer when the template fails on this cart: nothing leaves. */
    public Object cart(Map<String, Object> ask) {
        try {
            return call(ask, "cart", "POST", settings.text("aiq.cart-path"), null, cartTemplate.body(ask));
        } catch (Jslt.Failed e) {
            return AiqAnswer.of(AiqAnswer.Outcome.REFUSED, 0, e.getMessage());
        }
    }

    public AiqCall stores(Map<String, Object> ask) {
        return call(ask, "stores", "GET", path(ask, "aiq.stores-path"), null, null);
    }

    /** A look-up of nobody: the key alone picks the account (AIQ: section 1.2), no UID is in it. As an operation it is a probe, so that what a person tries out opens no breaker. */
    public AiqCall keyAlone(Map<String, Object> ask) {
        return call(
                ask, "stores", "GET", settings.text("aiq.lookup-path").replace("{identity}", "0000000000"), null, null);
    }

    private AiqCall post(Map<String, Object> ask, String operation, ObjectNode body) {
        return call(ask, operation, "POST", settings.text("aiq." + operation + "-path"), null, body.toString());
    }

    private AiqCall call(
            Map<String, Object> ask, String operation, String method, String path, String query, String json) {
        Account account = account(ask);
        return new AiqCall(
                account.accountId(),
                Priority.valueOf((String) ask.get("priority")),
                operation,
                HttpMethods.valueOf(method),
                path,
                query,
                account.apiKey(),
                json,
                (Long) ask.get("send_before"));
    }

    /** The stored one, or one that is not stored yet and comes with the ask. */
    private Account account(Map<String, Object> ask) {
        return ask.get("account") instanceof Account entered ? entered : accounts.get((String) ask.get("account_id"));
    }

    /** AIQ takes one identity best alone: the phone where there is one (AIQ: section 2.1 [U]); US phones as ten digits (AIQ: section 1.6). */
    private static ObjectNode identity(Map<String, Object> ask) {
        ObjectNode body = JSON.createObjectNode();
        String phone = (String) ask.get("phone");
        return phone != null ? body.put("phone", national(phone)) : body.put("email", (String) ask.get("email"));
    }

    /** Ten digits of a phone in +1 (AIQ: section 1.6); any other, and null, as it is. */
    static String national(String phone) {
        return phone != null && phone.startsWith("+1") ? phone.substring(2) : phone;
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
                "The setting aiq.sign-up-further-fields is no JSON object.",
                "For example: aiq.sign-up-further-fields = {\"favoriteStore\": \"{location}\"}, or {} for none.");
    }

    private String path(Map<String, Object> ask, String setting) {
        String path = settings.text(setting)
                .replace("{uid}", RedemptionUrl.segment(account(ask).uid()));
        path = filled(
                path, "{identity}", ask.get("phone") != null ? national((String) ask.get("phone")) : ask.get("email"));
        path = filled(path, "{contactId}", ask.get("contact_id"));
        path = filled(path, "{discountId}", ask.get("discount_id"));
        path = filled(path, "{redemptionId}", ask.get("aiq_redemption_id"));
        path = path.contains("{start}") ? path.replace("{start}", Long.toString(seconds(ask, "from"))) : path;
        return path.contains("{end}") ? path.replace("{end}", Long.toString(seconds(ask, "to"))) : path;
    }

    private static String filled(String path, String name, Object value) {
        return path.contains(name) ? path.replace(name, RedemptionUrl.segment(String.valueOf(value))) : path;
    }

    /** AIQ's report times are Unix seconds (AIQ: section 1.6 [C]); ours are milliseconds. */
    private static long seconds(Map<String, Object> ask, String key) {
        return Math.floorDiv(((Number) ask.get(key)).longValue(), 1_000L);
    }
}
