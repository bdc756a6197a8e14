package aiqbridge.aiq;

import aiqbridge.Settings;
import aiqbridge.privacy.SecretUrl;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads AIQ's answers carefully (AIQ: section 1.3): an unreadable 2xx is UNCLEAR, an envelope that says failure is a failure, unknown fields
 * are left alone, and a value out of range counts as missing ({@link Plausible}). What is missing stays missing: it is no 0, no false and no empty list.
 * Each method takes the answer and its body as JSON, null where it cannot be read.
 */
public final class AiqReply {
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_TITLE = 2_000;
    private static final int LONGEST_NOTE = 10_000;
    private static final String NO_SUCH_PATH = "Not Found";
    private final Settings settings;
    private final Set<Nobody> notFound;
    private final AnswerNames names;

    public AiqReply(Settings settings) {
        this.settings = settings;
        this.notFound = Nobody.read(settings);
        this.names = AnswerNames.read(settings);
    }

    /** For calls of which only success matters. */
    public AiqAnswer plain(AiqAnswer answer, JsonNode body) {
        return read(answer, body, data -> "OK");
    }

    /** To a cart: the same; a 404 in AIQ's own words, other than the text for an unknown path (AIQ: section 1.4), refuses the cart. */
    public AiqAnswer cart(AiqAnswer answer, JsonNode body) {
        AiqAnswer read = plain(answer, body);
        return read.outcome() == AiqAnswer.Outcome.NOT_FOUND
                        && Nobody.ownWords(names.known(body), 404)
                        && !names.known(body).at("/errors/0/message").asText().equalsIgnoreCase(NO_SUCH_PATH)
                ? AiqAnswer.of(AiqAnswer.Outcome.REFUSED, read.status(), "AIQ refused with " + read.status())
                : read;
    }

    public AiqAnswer wallet(AiqAnswer answer, JsonNode body) {
        AiqAnswer read = read(answer, body, data -> data.isObject() ? wallet(data) : "none");
        return "none".equals(read.value())
                ? AiqAnswer.of(AiqAnswer.Outcome.NOT_FOUND, read.status(), "AIQ knows no such customer")
                : read;
    }

    /**
     * NOT_FOUND only for an answer that positively says so, as {@code aiq.lookup-not-found} has it: whoever gets it may open a new member's wallet
     * without a code. A 404 that is not AIQ's own, a 400 and everything unreadable are UNCLEAR.
     */
    public AiqAnswer lookup(AiqAnswer answer, JsonNode body) {
        JsonNode envelope = names.known(body);
        if (notFound.stream()
                .anyMatch(nobody -> nobody.says(answer.status(), envelope, settings.text("aiq.contact-id-field")))) {
            return AiqAnswer.of(
                    AiqAnswer.Outcome.NOT_FOUND, answer.status(), "AIQ knows nobody with that phone or e-mail");
        }
        AiqAnswer read = read(answer, body, this::known);
        return read.outcome() == AiqAnswer.Outcome.NOT_FOUND ? unclear(read) : read;
    }

    private Lookup known(JsonNode data) {
        if (data.isNull() || data.isMissingNode()) {
            throw new IllegalArgumentException("says nothing");
        }
        JsonNode member = data.path(settings.text("aiq.lookup-member-field"));
        return new Lookup(
                Plausible.id(data.path(settings.text("aiq.contact-id-field"))),
                member.isBoolean()
                        ? Boolean.valueOf(member.booleanValue())
                        : data.isObject() && !data.isEmpty() ? true : null);
    }

    private static AiqAnswer unclear(AiqAnswer answer) {
        return AiqAnswer.of(
                AiqAnswer.Outcome.UNCLEAR,
                answer.status(),
                answer.detail() + ", which says nothing about the customer");
    }

    public AiqAnswer signedUp(AiqAnswer answer, JsonNode body) {
        return read(
                answer,
                body,
                data -> new SignedUp(
                        Plausible.id(data.path(settings.text("aiq.contact-id-field"))),
                        data.path(settings.text("aiq.sign-up-existing-field")).asBoolean(false)));
    }

    /** To a redemption: DONE only when the whole of it was read and says so. */
    public AiqAnswer receipt(AiqAnswer answer, JsonNode body) {
        return moved(answer, body, data -> new Receipt(first(data, "aiq.redemption-id-fields")));
    }

    /** To a reversal or an adjustment: the same. */
    public AiqAnswer moved(AiqAnswer answer, JsonNode body) {
        return moved(answer, body, data -> "OK");
    }

    private AiqAnswer moved(AiqAnswer answer, JsonNode body, Function<JsonNode, Object> meaning) {
        AiqAnswer read = read(answer, body, meaning);
        return answer.outcome() == AiqAnswer.Outcome.DONE ? read.doubted() : read;
    }

    public AiqAnswer redemptionsReport(AiqAnswer answer, JsonNode body) {
        return read(answer, body, data -> report(data));
    }

    public AiqAnswer adjustmentsReport(AiqAnswer answer, JsonNode body) {
        return read(answer, body, data -> report(data));
    }

    public AiqAnswer timeline(AiqAnswer answer, JsonNode body) {
        return read(answer, body, data -> report(data.path(settings.text("aiq.timeline-list-field"))));
    }

    private AiqAnswer read(AiqAnswer answer, JsonNode body, Function<JsonNode, Object> meaning) {
        if (answer.outcome() != AiqAnswer.Outcome.DONE) {
            return answer;
        }
        JsonNode envelope = names.known(body);
        if (envelope == null || !envelope.isObject()) {
            return unreadable(answer);
        }
        try {
            int code = envelope.path("code").asInt(200);
            boolean failed = code >= 400
                    || envelope.has("success") && !envelope.path("success").asBoolean(true);
            if (failed) {
                return AiqAnswer.of(
                        outcome(code),
                        code == 429 || code >= 500 ? answer.status() : Math.max(code, answer.status()),
                        "AIQ answered " + answer.status() + " with code " + code);
            }
            return new AiqAnswer(
                    AiqAnswer.Outcome.DONE,
                    answer.status(),
                    meaning.apply(envelope.path("data")),
                    null,
                    answer.at(),
                    answer.detail());
        } catch (IllegalArgumentException e) {
            return unreadable(answer);
        }
    }

    /** The code inside a 200 means what it would mean as a status. */
    private static AiqAnswer.Outcome outcome(int code) {
        return switch (code) {
            case 401, 403 -> AiqAnswer.Outcome.UNAUTHORIZED;
            case 404 -> AiqAnswer.Outcome.NOT_FOUND;
            case 429 -> AiqAnswer.Outcome.NOT_SENT;
            default -> code < 400 || code == 408 || code >= 500 ? AiqAnswer.Outcome.UNCLEAR : AiqAnswer.Outcome.REFUSED;
        };
    }

    private static AiqAnswer unreadable(AiqAnswer answer) {
        return AiqAnswer.of(AiqAnswer.Outcome.UNCLEAR, answer.status(), "AIQ's answer could not be read");
    }

    private Wallet wallet(JsonNode data) {
        List<Discount> discounts = new ArrayList<>();
        JsonNode templates = data.path("discountTemplates");
        for (JsonNode template : templates) {
            if (Plausible.id(template.path("id")) != null) {
                discounts.add(discount(template));
            }
        }
        Plausible wallet = new Plausible(data);
        boolean hidden = data.path("hidePointsInWallet").asBoolean(false);
        return new Wallet(
                wallet.id(settings.text("aiq.contact-id-field")),
                hidden ? null : wallet.movement("loyaltyPoints"),
                hidden,
                templates.isArray() ? List.copyOf(discounts) : null);
    }

    private Discount discount(JsonNode t) {
        Plausible discount = new Plausible(t);
        BigDecimal cap = discount.limit("priceCap");
        BigDecimal minimum = discount.limit(settings.text("aiq.minimum-spend-field"));
        if (minimum == null && cap != null && t.path("min").asBoolean(false)) {
            // the order must be over it
            minimum = cap.add(CENT);
        }
        String name = discount.text("name", LONGEST_NAME);
        String url = t.path("redemptionURL").asText("");
        BigDecimal points = discount.points("pointsDeduction"),
                dollars = discount.dollars("dollarValue"),
                percent = discount.percent("percentageValue");
        Long expires = discount.time("expiration");
        return new Discount(
                discount.id("id"),
                discount.id("posDiscountID"),
                name == null ? "" : name,
                discount.text("pageTitle", LONGEST_TITLE),
                points,
                t.path("inStoreRedemption").asBoolean(false),
                t.path("available").asBoolean(true),
                expires,
                dollars,
                percent,
                t.path("reusable").isBoolean() ? t.path("reusable").booleanValue() : null,
                minimum,
                t.path("min").isBoolean() && !t.path("min").asBoolean() ? cap : null,
                url.isEmpty() ? null : new SecretUrl(url),
                discount.implausible());
    }

    /**
     * AIQ writes null for an empty list (AIQ: section 1.3), and nobody can tell that from a list that is missing.
     *
     * @throws IllegalArgumentException when there is something else than a list
     */
    private Report report(JsonNode node) {
        JsonNode list = node.isObject() ? node.path("results") : node;
        if (!list.isArray() && !list.isNull() && !list.isMissingNode()) {
            throw new IllegalArgumentException("no list");
        }
        List<ReportRow> rows = new ArrayList<>();
        for (JsonNode one : list) {
            Plausible row = new Plausible(one);
            rows.add(new ReportRow(
                    first(one, "aiq.report-id-fields"),
                    row.text("type", LONGEST_NAME),
                    first(one, "aiq.report-contact-fields"),
                    row.text(settings.text("aiq.report-phone-field"), LONGEST_NAME),
                    row.text(settings.text("aiq.report-email-field"), LONGEST_NAME),
                    first(one, "aiq.report-discount-fields"),
                    first(one, "aiq.report-transaction-fields"),
                    row.movement(settings.text("aiq.report-points-field")),
                    row.time(settings.text("aiq.report-time-field")),
                    row.text(settings.text("aiq.adjust-note-field"), LONGEST_NOTE)));
        }
        return new Report(List.copyOf(rows), list.isArray());
    }

    /** The first of the setting's field names that the answer has, {@code a.b} for b within a; a plain text answer is the value itself. */
    private String first(JsonNode node, String setting) {
        if (node.isTextual() && !node.asText().equals("OK")) {
            return Plausible.id(node);
        }
        for (String name : settings.text(setting).split("\\s*,\\s*")) {
            String value = Plausible.id(node.at("/" + name.replace('.', '/')));
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
