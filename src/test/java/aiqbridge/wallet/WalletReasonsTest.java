package aiqbridge.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every discount of a wallet is shown, with the reason why it cannot be used here and now; a redemption is refused for the same reason. */
class WalletReasonsTest {
    @TempDir
    Path folder;

    private Shop shop;
    private String web;

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\npin = not-required\n");
        shop = new Shop(folder);
        web = shop.keys().add("web");
        shop.aiq.contact(Map.of("uid", "1001", "contactID", "c-eve", "phone", "5555550142", "points", "300"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void discount(String id, Object... fields) {
        Map<String, Object> discount = new HashMap<>(Map.of(
                "uid",
                "1001",
                "id",
                id,
                "name",
                id,
                "points",
                "0",
                "posDiscountID",
                "D-" + id,
                "contacts",
                new String[] {"c-eve"}));
        for (int i = 0; i < fields.length; i += 2) {
            discount.put((String) fields[i], fields[i + 1]);
        }
        shop.aiq.discount(discount);
    }

    private Shop.Answer wallet(String key, Object subtotal) {
        Map<String, Object> body = new HashMap<>(Map.of("phone", "5555550142"));
        if (subtotal != null) {
            body.put("subtotal", subtotal);
        }
        return shop.post(key, "/api/v1/wallet", body);
    }

    private static JsonNode shown(Shop.Answer wallet, String id) {
        for (JsonNode discount : wallet.json().path("discounts")) {
            if (discount.path("id").asText().equals(id)) {
                return discount;
            }
        }
        throw new AssertionError(id + " is not shown: " + wallet.body());
    }

    /** The reason, and that the till's or shop's back end gets no redemption either. */
    private void refused(String key, Shop.Answer wallet, String id, String reason) {
        JsonNode discount = shown(wallet, id);
        assertThat(discount.path("usable").asBoolean(true))
                .as(discount.toString())
                .isFalse();
        assertThat(discount.path("reason").asText()).isEqualTo(reason);
        Map<String, Object> wish =
                new HashMap<>(Map.of("walletSession", wallet.text("walletSession"), "discountId", id));
        if (key.equals(web)) {
            wish.put("cartId", "cart-1");
        }
        Shop.Answer redemption = shop.post(
                key,
                "/api/v1/redemptions",
                wish,
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(redemption.status()).as(redemption.body()).isEqualTo(409);
        assertThat(redemption.text("type")).endsWith("discount-" + reason);
    }

    private static void usable(Shop.Answer wallet, String id) {
        assertThat(shown(wallet, id).path("usable").asBoolean())
                .as(shown(wallet, id).toString())
                .isTrue();
        assertThat(shown(wallet, id).has("reason")).isFalse();
    }

    @Test
    void a_storefront_cannot_use_what_is_for_the_store_or_has_no_value_a_till_can() {
        discount("in-store", "inStoreRedemption", true);
        discount("no-value", "posDiscountID", "", "dollarValue", 0);
        discount("dollars", "posDiscountID", "", "dollarValue", 5);
        discount("per-cent", "posDiscountID", "", "percentageValue", 10);
        Shop.Answer atShop = wallet(web, null);
        refused(web, atShop, "in-store", "in-store-only");
        refused(web, atShop, "no-value", "unmapped");
        usable(atShop, "dollars");
        usable(atShop, "per-cent");
        Shop.Answer atTill = wallet(shop.otherKey, null);
        usable(atTill, "in-store");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
        usable(atTill, "no-value");
        assertThat(atShop.body()).doesNotContain("storefront", "subtotal", "redeem", "\"unmapped\":", "available");
    }

    @Test
    void missing_points_are_counted_and_a_lock_is_a_lock() {
        discount("dear", "points", "450.5");
        discount("shut", "points", "10", "available", false);
        Shop.Answer wallet = wallet(shop.otherKey, null);
        refused(shop.otherKey, wallet, "dear", "points-missing");
        assertThat(shown(wallet, "dear").path("pointsMissing").asDouble()).isEqualTo(150.5);
        refused(shop.otherKey, wallet, "shut", "locked");
    }

    @Test
    void points_the_brand_hides_are_neither_shown_nor_compared() {
        shop.aiq.contact(Map.of(
                "uid", "1001", "contactID", "c-eve", "phone", "5555550142", "points", "300", "hidePoints", true));
        discount("fair", "points", "200");
        Shop.Answer wallet = wallet(web, null);
        usable(wallet, "fair");
        assertThat(wallet.json().has("points")).isFalse();
        assertThat(wallet.json().has("pointsPromised")).isFalse();
        assertThat(wallet.body()).doesNotContain("\":300", "pointsMissing");
    }

    @Test
    void an_expired_one_is_shown_as_expired() {
        discount("soon", "expiration", shop.clock.millis() / 1_000 + 60);
        Shop.Answer wallet = wallet(shop.otherKey, null);
        usable(wallet, "soon");
        shop.clock.advance(Duration.ofSeconds(61));
        refused(shop.otherKey, wallet(shop.otherKey, null), "soon", "expired");
        assertThat(shop.post(
                                shop.otherKey,
                                "/api/v1/redemptions",
                                Map.of("walletSession", wallet.text("walletSession"), "discountId", "soon"),
                                "Idempotency-Key",
                                "k")
                        .text("type"))
                .endsWith("discount-expired");
    }

    @Test
    void the_orders_subtotal_is_held_against_the_minimum_whichever_field_has_it() {
        discount("newer", "minimumSpend", 50);
        discount("older", "min", true, "priceCap", "50.00");
        discount("at-most", "min", false, "priceCap", "50");
        discount("no-cap", "min", false, "priceCap", "0");
        discount("nonsense", "min", true, "priceCap", "a lot", "minimumSpend", "none");

        Shop.Answer unsaid = wallet(shop.otherKey, null);
        for (String id : new String[] {"newer", "older", "at-most", "no-cap", "nonsense"}) {
            usable(unsaid, id);
        }
        assertThat(shown(unsaid, "newer").path("minimumSpend").asDouble()).isEqualTo(50);
        assertThat(shown(unsaid, "at-most").path("maximumSpend").asDouble()).isEqualTo(50);
        assertThat(shown(unsaid, "no-cap").has("maximumSpend")).isFalse();

        Shop.Answer small = wallet(shop.otherKey, 37.55);
        refused(shop.otherKey, small, "newer", "minimum-spend");
        assertThat(shown(small, "newer").path("spendMissing").decimalValue()).isEqualByComparingTo("12.45");
        refused(shop.otherKey, small, "older", "minimum-spend");
        assertThat(shown(small, "older").path("spendMissing").decimalValue()).isEqualByComparingTo("12.46");
        usable(small, "at-most");
        usable(small, "no-cap");
        usable(small, "nonsense");

        Shop.Answer even = wallet(shop.otherKey, 50);
        usable(even, "newer");
        refused(shop.otherKey, even, "older", "minimum-spend");
        usable(even, "at-most");

        Shop.Answer large = wallet(shop.otherKey, 50.01);
        usable(large, "older");
        refused(shop.otherKey, large, "at-most", "maximum-spend");
    }

    @Test
    void what_is_chosen_is_not_offered_again() {
        discount("once");
        discount("often", "reusable", true);
        String session = wallet(shop.otherKey, null).text("walletSession");
        for (String id : new String[] {"once", "often"}) {
            assertThat(shop.post(
                                    shop.otherKey,
                                    "/api/v1/redemptions",
                                    Map.of("walletSession", session, "discountId", id, "transactionId", "t-" + id),
                                    "Idempotency-Key",
                                    id)
                            .status())
                    .isEqualTo(202);
        }
        Shop.Answer wallet = wallet(web, null);
        refused(web, wallet, "once", "already-chosen");
        usable(wallet, "often");
    }

    private static final String FAIR =
            "{\"id\":\"fair\",\"name\":\"Fair\",\"pointsDeduction\":1,\"posDiscountID\":\"D\",\"redemptionURL\":\"https://a/b\"}";

    /** AIQ's wallet, letter by letter, until it says something else. */
    private void says(String points, String... discounts) {
        shop.aiq.clearFaults();
        shop.aiq.fault(Map.of(
                "operation",
                "wallet",
                "kind",
                "says-after-effect",
                "status",
                200,
                "times",
                -1,
                "body",
                "{\"code\":200,\"success\":true,\"data\":{\"contactID\":\"c-eve\",\"loyaltyPoints\":" + points
                        + ",\"discountTemplates\":[" + String.join(",", discounts) + "]}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pointsDeduction | -1, -0.5, 10000001, 0.0001, 1e999999999, 1e-999999999, -1e999999999, 1e10",
                "dollarValue | -5, 10000000.01, 1e999999999, -1e999999999, 1e-999999999, 0.00001, 1e400",
                "percentageValue | -1, 101, 1e9, 1e-400",
                "expiration | 253402300800, 9223372036854775807, 1e300, 123456789012345678901234567890",
                "priceCap | -1, 1e-999999999, 1e999999999, 10000001",
                "minimumSpend | -1, 1e-999999999, 1e999999999, 10000001"
            })
    void a_value_that_makes_no_sense_leaves_its_discount_shown_and_unusable(String field, String values) {
        for (String value : values.split(", ")) {
            Map<String, String> odd = new HashMap<>(
                    Map.of("id", "\"odd\"", "pointsDeduction", "1", "redemptionURL", "\"https://a/b\"", "min", "true"));
            odd.put(field, value);
            says(
                    "300",
                    FAIR,
                    odd.entrySet().stream()
                            .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                            .collect(Collectors.joining(",", "{", "}")));
            Shop.Answer wallet = wallet(shop.otherKey, 50);
            assertThat(wallet.status()).as(value + wallet.body()).isEqualTo(200);
            usable(wallet, "fair");
            refused(shop.otherKey, wallet, "odd", "implausible");
            assertThat(wallet.body()).doesNotContain("Infinity", "999999999", "\"" + field);
        }
    }

    @Test
    void a_balance_that_makes_no_sense_is_no_balance() {
        for (String points : List.of(
                "1e999999999", "-1e999999999", "1e-999999999", "10000001", "0.0001", "\"3e2\"", "\"10000001\"")) {
            says(points, FAIR);
            Shop.Answer wallet = wallet(shop.otherKey, null);
            assertThat(wallet.status()).as(points + wallet.body()).isEqualTo(200);
            assertThat(wallet.json().has("points")).as(points).isFalse();
            usable(wallet, "fair");
        }
    }

    @Test
    void an_id_that_makes_no_sense_is_no_discount() {
        for (String id : List.of(
                "\"a\\u0000b\"",
                "\"a\\nb\"",
                "\"\\ud800\"",
                "\"" + "x".repeat(129) + "\"",
                "{}",
                "[1]",
                "true",
                "\" \"",
                "null")) {
            says("300", FAIR.replace("\"fair\"", id), FAIR.replace("\"Fair\"", "\"F\\u0000air\\ud800\""));
            Shop.Answer wallet = wallet(shop.otherKey, null);
            assertThat(wallet.status()).as(id + wallet.body()).isEqualTo(200);
            assertThat(wallet.json().path("discounts")).as(id).hasSize(1);
            assertThat(shown(wallet, "fair").path("name").asText()).isEqualTo("Fair?");
        }
    }
}
