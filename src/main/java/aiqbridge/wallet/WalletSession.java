package aiqbridge.wallet;

import aiqbridge.Settings;
import aiqbridge.account.ConsentTexts;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Wallet;
import aiqbridge.api.Problem;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Our short-lived copy of what AIQ offers a customer; the redemption URLs stay behind in AIQ's answer. */
public final class WalletSession {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a session knows of a discount for itself alone. */
    private static final Set<String> OURS = Set.of("available", "unmapped", "storefront", "subtotal");

    private final ConsentTexts consentTexts;
    private final Clock clock;
    private final Duration life;

    public WalletSession(ConsentTexts consentTexts, Settings settings, Clock clock) {
        this.consentTexts = consentTexts;
        this.clock = clock;
        this.life = settings.duration("wallet.session-life");
    }

    /** Nothing to tell but that the code went out. */
    public Map<String, Object> codeSent(Map<String, Object> ask, AiqAnswer answer) {
        switch (answer.outcome()) {
            case DONE:
                return Map.of("sent", true);
            case NOT_FOUND, REFUSED:
                throw customerUnknown(ask);
            default:
                throw unavailable(answer);
        }
    }

    private Problem customerUnknown(Map<String, Object> ask) {
        return new Problem(
                        404, "customer-unknown", "AIQ knows no customer with this phone or e-mail; they can sign up.")
                .with("signUpPossible", true)
                .with("consentText", consentTexts.answer((String) ask.get("account_id"), null));
    }

    /** @throws Problem 403 when no code went out lately, or it was tried too often */
    public void codeExpected(List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            throw new Problem(
                    403,
                    "no-code-expected",
                    "No code was sent in the last ten minutes, or it was tried five times. Request a new one.");
        }
    }

    /** The row of a new session with the contact behind it. */
    public Map<String, Object> row(Map<String, Object> ask, AiqAnswer answer) {
        switch (answer.outcome()) {
            case DONE:
                return row(ask, (Wallet) answer.value());
            case NOT_FOUND, REFUSED:
                throw ask.containsKey("code")
                        ? new Problem(403, "code-wrong", "The code is wrong or has expired.")
                        : customerUnknown(ask);
            default:
                throw unavailable(answer);
        }
    }

    private Map<String, Object> row(Map<String, Object> ask, Wallet wallet) {
        Map<String, Object> row = new HashMap<>();
        long now = clock.millis();
        row.put("session_id", UUID.randomUUID().toString());
        row.put("account_id", ask.get("account_id"));
        row.put("connection", ask.get("connection"));
        row.put("phone", ask.get("phone"));
        // the other identity, which nobody has proved, stays out of the contact
        row.put("email", ask.get("phone") == null || Boolean.TRUE.equals(ask.get("fresh")) ? ask.get("email") : null);
        row.put("new_customer_key", UUID.randomUUID().toString());
        row.put("contact_id", wallet.contactId());
        row.put(
                "identity",
                wallet.contactId() != null ? "aiq:" + wallet.contactId() : String.valueOf(ask.get("subject")));
        row.put("points", wallet.points());
        row.put("points_hidden", wallet.pointsHidden() ? 1 : 0);
        row.put("discounts", json(wallet.offered(), ask));
        row.put("opened_at", now);
        row.put("expires_at", now + life.toMillis());
        row.put("now", now);
        return row;
    }

    /** The session's row with the surrogate under which its customer is known. */
    public Map<String, Object> known(Map<String, Object> session, List<Map<String, Object>> contact) {
        session.put("customer_key", contact.get(0).get("customer_key"));
        return session;
    }

    private static String json(List<Discount> discounts, Map<String, Object> ask) {
        List<Map<String, Object>> kept = new ArrayList<>();
        for (Discount d : discounts) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", d.id());
            one.put("posDiscountId", d.posDiscountId());
            one.put("name", d.name());
            one.put("description", d.description());
            one.put("points", d.points());
            one.put("inStoreOnly", d.inStoreOnly());
            one.put("available", d.available() && d.redemptionUrl() != null);
            one.put("expiresAt", d.expiresAt());
            one.put("dollarsOff", d.dollarValue());
            one.put("percentOff", d.percentageValue());
            one.put("reusable", d.reusable());
            one.put("minimumSpend", d.minimumSpend());
            one.put("maximumSpend", d.maximumSpend());
            one.put("unmapped", d.unmapped());
            one.put("storefront", ask.get("storefront"));
            one.put("subtotal", ask.get("subtotal"));
            kept.add(one);
        }
        try {
            return JSON.writeValueAsString(kept);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The discounts of a session's row, each a map of plain values. */
    public static List<Map<String, Object>> discounts(Object json) {
        try {
            return JSON.readValue((String) json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the caller sees of a session: points absent when the brand hides them, and for each discount whether it can be used and why not.
     *
     * @param open the customer's open redemptions: discount_id, points, reusable
     */
    public Map<String, Object> answer(Map<String, Object> row, List<Map<String, Object>> open) {
        BigDecimal promised =
                open.stream().map(r -> Points.of(r.get("points"))).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal free =
                row.get("points") == null ? null : Points.of(row.get("points")).subtract(promised);
        List<Map<String, Object>> discounts = new ArrayList<>();
        for (Map<String, Object> d : discounts(row.get("discounts"))) {
            Map<String, Object> one = new LinkedHashMap<>(d);
            one.keySet().removeAll(OURS);
            one.values().removeIf(java.util.Objects::isNull);
            if (d.get("expiresAt") != null) {
                one.put(
                        "expiresAt",
                        Instant.ofEpochMilli(((Number) d.get("expiresAt")).longValue())
                                .toString());
            }
            String unusable = unusable(d, free, open);
            one.put("usable", unusable == null);
            if (unusable != null) {
                one.put("reason", unusable);
            }
            if ("points-missing".equals(unusable)) {
                one.put("pointsMissing", Points.of(d.get("points")).subtract(free));
            }
            if ("minimum-spend".equals(unusable)) {
                one.put("spendMissing", amount(d, "minimumSpend").subtract(amount(d, "subtotal")));
            }
            discounts.add(one);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("walletSession", row.get("session_id"));
        answer.put(
                "expiresAt",
                Instant.ofEpochMilli(((Number) row.get("expires_at")).longValue())
                        .toString());
        if (free != null) {
            answer.put("points", Points.of(row.get("points")));
            answer.put("pointsPromised", promised);
        }
        answer.put("discounts", discounts);
        return answer;
    }

    /**
     * The reason why a discount cannot be used now, null when it can; AIQ: section 2.1, last paragraph.
     *
     * @param discount of a session, with the subtotal of the order where the caller gave one
     * @param free     points that are not promised elsewhere, null when the brand hides them
     */
    public String unusable(Map<String, Object> discount, BigDecimal free, List<Map<String, Object>> open) {
        boolean again = open.stream().anyMatch(r -> r.get("discount_id").equals(discount.get("id")));
        if (again && !Boolean.TRUE.equals(discount.get("reusable"))) {
            return "already-chosen";
        }
        boolean storefront = Boolean.TRUE.equals(discount.get("storefront"));
        if (storefront && Boolean.TRUE.equals(discount.get("inStoreOnly"))) {
            return "in-store-only";
        }
        if (storefront && Boolean.TRUE.equals(discount.get("unmapped"))) {
            return "unmapped";
        }
        if (discount.get("expiresAt") != null && ((Number) discount.get("expiresAt")).longValue() <= clock.millis()) {
            return "expired";
        }
        if (free != null && free.compareTo(Points.of(discount.get("points"))) < 0) {
            return "points-missing";
        }
        if (!Boolean.TRUE.equals(discount.get("available"))) {
            return "locked";
        }
        BigDecimal subtotal = amount(discount, "subtotal");
        if (subtotal != null
                && amount(discount, "minimumSpend") != null
                && subtotal.compareTo(amount(discount, "minimumSpend")) < 0) {
            return "minimum-spend";
        }
        if (subtotal != null
                && amount(discount, "maximumSpend") != null
                && subtotal.compareTo(amount(discount, "maximumSpend")) > 0) {
            return "maximum-spend";
        }
        return null;
    }

    private static BigDecimal amount(Map<String, Object> discount, String name) {
        return discount.get(name) == null ? null : Points.of(discount.get(name));
    }

    /** AIQ gave no answer that can be used: 503, and when to come again. */
    public static Problem unavailable(AiqAnswer answer) {
        Duration wait = answer.retryAfter() == null ? Duration.ofSeconds(5) : answer.retryAfter();
        return answer.outcome() == AiqAnswer.Outcome.UNAUTHORIZED
                ? new Problem(
                                503,
                                "account-paused",
                                "AIQ does not accept this account's API key; the operator must enter a new one.")
                        .after(Duration.ofMinutes(5))
                : Problem.tryAgain(wait, "AIQ cannot be reached right now. Continue without loyalty, or try again.");
    }
}
