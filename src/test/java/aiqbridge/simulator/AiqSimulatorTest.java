package aiqbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator is what is known of AIQ (AIQ: section 9), also where no till asks: contacts, consent, sign-up, sales, carts, every kind of discount. */
class AiqSimulatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    /** The switches that no till's flow meets; each is turned below. */
    static final Set<String> SWITCHES = Set.of(
            "lookup-reply",
            "lookup-non-member",
            "signup-says-existing",
            "optin-after-optout",
            "sale-delay-ms",
            "points-per-dollar",
            "sale-update",
            "sale-refund-reverses",
            "cart-dedupe",
            "effect-delay-ms");

    private final HttpClient http = HttpClient.newHttpClient();
    private AiqSimulator simulator;
    private SimulatorControl aiq;

    private record Answer(int status, JsonNode json) {
        JsonNode data() {
            return json.path("data");
        }
    }

    @BeforeEach
    void open() {
        simulator = AiqSimulator.start(0, 0, null);
        aiq = new SimulatorControl(simulator.controlPort());
        aiq.seedDemo();
        List.of("per-second", "per-minute", "per-hour").forEach(window -> aiq.set(window, "0"));
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private Answer ask(String method, String path, Object body) throws IOException, InterruptedException {
        URI uri = URI.create(path.startsWith("http") ? path : simulator.baseUrl() + path);
        HttpRequest.BodyPublisher sent = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, sent)
                        .header("X-APIKEY", "demo-key")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    }

    private Map<String, Object> contact(String id, Object... fields) {
        Map<String, Object> contact = new HashMap<>(Map.of("uid", "1001", "contactID", id));
        for (int i = 0; i < fields.length; i += 2) {
            contact.put((String) fields[i], fields[i + 1]);
        }
        aiq.contact(contact);
        return contact;
    }

    private JsonNode offered(String discount) throws IOException, InterruptedException {
        JsonNode offered = JSON.missingNode();
        for (JsonNode template : ask("POST", "/api/v2/wallet", Map.of("phone", "5555550100"))
                .data()
                .path("discountTemplates")) {
            offered = template.path("id").asText().equals(discount) ? template : offered;
        }
        return offered;
    }

    private int redeem(JsonNode offered) throws IOException, InterruptedException {
        return ask("PUT", offered.path("redemptionURL").asText() + "/t-1", null).status();
    }

    // contacts

    @Test
    void a_member_whose_points_are_hidden_has_a_balance_of_0_and_the_rewards() throws Exception {
        contact("c-hidden", "phone", "5555550111", "points", 500, "hidePoints", true);
        JsonNode wallet =
                ask("POST", "/api/v2/wallet", Map.of("phone", "5555550111")).data();
        assertThat(wallet.path("loyaltyPoints").asInt()).isZero();
        assertThat(wallet.path("hidePointsInWallet").asBoolean()).isTrue();
        assertThat(wallet.path("discountTemplates")).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "wallet, phone, 5555550112",
        "verify/contact/wallet, phone, 5555550112",
        "wallet, email, cleo@example.com"
    })
    void a_contact_who_is_no_member_is_nobody_to_the_wallet(String path, String field, String value) throws Exception {
        contact("c-cleo", "phone", "5555550112", "email", "cleo@example.com", "loyalty", false);
        assertThat(ask("POST", "/api/v2/" + path, Map.of(field, value)).status())
                .isEqualTo(404);
        aiq.set("non-member", "wallet");
        assertThat(ask("POST", "/api/v2/" + path, Map.of(field, value)).status())
                .isEqualTo(200);
    }

    @Test
    void somebody_known_by_e_mail_alone_has_a_wallet() throws Exception {
        contact("c-dora", "email", "dora@example.com", "points", 7);
        assertThat(ask("POST", "/api/v2/wallet", Map.of("email", "dora@example.com"))
                        .data()
                        .path("loyaltyPoints")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void two_contacts_with_one_phone_are_told_apart_by_nothing_but_a_switch() throws Exception {
        contact("c-twin", "phone", "5555550100", "email", "twin@example.com");
        assertThat(ask("POST", "/api/v2/wallet", Map.of("phone", "5555550100"))
                        .data()
                        .path("contactID")
                        .asText())
                .isEqualTo("c-ada");
        aiq.set("same-phone", "last");
        assertThat(ask("POST", "/api/v2/wallet", Map.of("phone", "5555550100"))
                        .data()
                        .path("contactID")
                        .asText())
                .isEqualTo("c-twin");
    }

    @ParameterizedTest
    @CsvSource({"phone, c-ben", "email, c-ada"})
    void a_phone_and_an_e_mail_of_different_contacts_are_one_of_them(String wins, String contact) throws Exception {
        aiq.set("identity-wins", wins);
        assertThat(ask("POST", "/api/v2/wallet", Map.of("phone", "5555550101", "email", "ada@example.com"))
                        .data()
                        .path("contactID")
                        .asText())
                .isEqualTo(contact);
    }

    @ParameterizedTest
    @CsvSource({"true, 200", "false, 400"})
    void a_code_for_somebody_who_opted_out(String sent, int status) throws Exception {
        contact("c-out", "phone", "5555550113", "texts", "out");
        aiq.set("pin-to-opted-out", sent);
        assertThat(ask("POST", "/api/v2/verify/contact/wallet", Map.of("phone", "5555550113"))
                        .status())
                .isEqualTo(status);
    }

    // the lookup

    @ParameterizedTest
    @CsvSource({"object, object", "bare, bare"})
    void the_lookup_of_a_member(String reply, String shape) throws Exception {
        aiq.set("lookup-reply", reply);
        for (String identity : List.of("5555550100", "ada@example.com", "ada%40example.com")) {
            JsonNode data =
                    ask("GET", "/api/v2/loyalty/lookup/" + identity, null).data();
            assertThat(
                            shape.equals("bare")
                                    ? data.asText()
                                    : data.path("contactID").asText()
                                            + data.path("loyalty").asText())
                    .isEqualTo(shape.equals("bare") ? "OK" : "c-adatrue");
        }
    }

    @ParameterizedTest
    @CsvSource({"404, 404", "400, 400", "null-data, 200"})
    void the_lookup_of_nobody(String unknown, int status) throws Exception {
        aiq.set("unknown-customer", unknown);
        Answer answer = ask("GET", "/api/v2/loyalty/lookup/5555550199", null);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.data().isNull()).isEqualTo(status == 200);
    }

    @Test
    void the_lookup_of_a_contact_who_is_no_member() throws Exception {
        contact("c-cleo", "phone", "5555550112", "loyalty", false);
        assertThat(ask("GET", "/api/v2/loyalty/lookup/5555550112", null)
                        .data()
                        .path("loyalty")
                        .asBoolean(true))
                .isFalse();
        aiq.set("lookup-non-member", "nobody");
        assertThat(ask("GET", "/api/v2/loyalty/lookup/5555550112", null).status())
                .isEqualTo(404);
    }

    // sign-up and consent

    @Test
    void a_sign_up_keeps_names_membership_and_what_was_agreed_to() throws Exception {
        Answer answer = ask(
                "POST",
                "/api/v2/loyalty",
                Map.of(
                        "mobilePhone",
                        "5555550120",
                        "email",
                        "eve@example.com",
                        "firstName",
                        "Eve",
                        "lastName",
                        "Moon",
                        "loyalty",
                        true,
                        "smsoptin",
                        true,
                        "emailOptIn",
                        false));
        JsonNode eve = aiq.contact(answer.data().path("contactID").asText());
        assertThat(eve.path("firstName").asText() + " " + eve.path("lastName").asText())
                .isEqualTo("Eve Moon");
        assertThat(eve.path("loyalty").asBoolean()).isTrue();
        assertThat(eve.path("texts").asText()).isEqualTo("in");
        assertThat(eve.path("emails").asText()).isEqualTo("none");
        assertThat(aiq.effects("SIGNED_UP"))
                .singleElement()
                .satisfies(e -> assertThat(e.path("existed").asBoolean(true)).isFalse());
        assertThat(ask("POST", "/api/v2/loyalty", Map.of("mobilePhone", "5555550121"))
                        .status())
                .isEqualTo(200);
        assertThat(ask("POST", "/api/v2/wallet", Map.of("phone", "5555550121")).status())
                .as("who did not join is no member")
                .isEqualTo(404);
    }

    @Test
    void a_sign_up_of_somebody_known_changes_them_and_makes_nobody() throws Exception {
        int before = aiq.contacts().size();
        Answer quiet = ask(
                "POST",
                "/api/v2/loyalty",
                Map.of("mobilePhone", "5555550100", "lastName", "Lovelace", "loyalty", false));
        assertThat(quiet.data().path("contactID").asText()).isEqualTo("c-ada");
        assertThat(quiet.data().has("existing")).isFalse();
        assertThat(aiq.contact("c-ada").path("loyalty").asBoolean()).isTrue();
        assertThat(aiq.contact("c-ada").path("lastName").asText()).isEqualTo("Lovelace");
        aiq.set("signup-says-existing", "true");
        assertThat(ask("POST", "/api/v2/loyalty", Map.of("email", "ada@example.com"))
                        .data()
                        .path("existing")
                        .asBoolean())
                .isTrue();
        assertThat(aiq.contacts().size()).isEqualTo(before);
    }

    @Test
    void a_sign_up_that_AIQ_cannot_take_is_refused() throws Exception {
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("firstName", "Nobody"),
                Map.of("mobilePhone", "5555550120", "customAttributes", Map.of("key", "source")),
                Map.of("mobilePhone", "5555550120", "favoriteStoreID", "12"))) {
            assertThat(ask("POST", "/api/v2/loyalty", body).status())
                    .as(body.toString())
                    .isEqualTo(400);
        }
        assertThat(aiq.effects("SIGNED_UP")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200", "400"})
    void an_explicit_no_wins_over_every_later_yes_of_an_api(int status) throws Exception {
        aiq.set("optin-after-optout", Integer.toString(status));
        aiq.texts("c-ada", "STOP");
        assertThat(ask("PUT", "/api/v2/optin/email/ada%40example.com/false", null)
                        .status())
                .isEqualTo(200);
        assertThat(ask("PUT", "/api/v1.1/optin/1001/5555550100/true", null).status())
                .isEqualTo(status);
        assertThat(ask("PUT", "/api/v1.1/optin/1001/5555550100/true?doubleOpt=true", null)
                        .status())
                .isEqualTo(status);
        assertThat(ask("PUT", "/api/v2/optin/email/ada%40example.com/true", null)
                        .status())
                .isEqualTo(status);
        assertThat(ask(
                                "POST",
                                "/api/v2/loyalty",
                                Map.of(
                                        "mobilePhone",
                                        "5555550100",
                                        "loyalty",
                                        true,
                                        "smsoptin",
                                        true,
                                        "emailOptIn",
                                        true))
                        .status())
                .isEqualTo(200);
        assertThat(aiq.contact("c-ada").path("texts").asText() + " "
                        + aiq.contact("c-ada").path("emails").asText())
                .isEqualTo("out out");
        assertThat(aiq.effects("OPTED_IN")).isEmpty();
        aiq.texts("c-ada", "YES");
        assertThat(aiq.contact("c-ada").path("texts").asText())
                .as("the customer's own word")
                .isEqualTo("in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "pending", "none"})
    void a_no_by_the_api_counts_as_explicit(String before) throws Exception {
        contact("c-ada", "phone", "5555550100", "texts", before);
        ask("PUT", "/api/v1.1/optin/1001/5555550100/false", null);
        ask("PUT", "/api/v1.1/optin/1001/5555550100/true", null);
        assertThat(aiq.contact("c-ada").path("texts").asText()).isEqualTo("out");
    }

    @Test
    void a_double_opt_in_is_pending_until_the_customer_says_yes() throws Exception {
        contact("c-cleo", "phone", "5555550112", "loyalty", false);
        ask("PUT", "/api/v1.1/optin/1001/5555550112/true?doubleOpt=true", null);
        assertThat(aiq.contact("c-cleo").path("texts").asText()).isEqualTo("pending");
        assertThat(aiq.contact("c-cleo").path("loyalty").asBoolean()).isFalse();
        aiq.texts("c-cleo", "YES");
        assertThat(aiq.contact("c-cleo").path("texts").asText()).isEqualTo("in");
        assertThat(aiq.contact("c-cleo").path("loyalty").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'', true", "?loyalty=false, false"})
    void an_opt_in_makes_a_member_unless_it_is_to_leave_that_alone(String query, boolean member) throws Exception {
        contact("c-cleo", "phone", "5555550112", "loyalty", false);
        ask("PUT", "/api/v1.1/optin/1001/5555550112/true" + query, null);
        assertThat(aiq.contact("c-cleo").path("texts").asText()).isEqualTo("in");
        assertThat(aiq.contact("c-cleo").path("loyalty").asBoolean()).isEqualTo(member);
    }

    @Test
    void an_opt_in_makes_no_contact() throws Exception {
        int before = aiq.contacts().size();
        assertThat(ask("PUT", "/api/v1.1/optin/1001/5555550199/true", null).status())
                .isEqualTo(404);
        assertThat(ask("PUT", "/api/v2/optin/email/nobody%40example.com/true", null)
                        .status())
                .isEqualTo(404);
        assertThat(aiq.contacts().size()).isEqualTo(before);
    }

    // sales

    private static Map<String, Object> sale(String posId, Object... priceAndQuantity) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (int i = 0; i < priceAndQuantity.length; i += 2) {
            lines.add(Map.of(
                    "sku", "s", "price", priceAndQuantity[i], "discount", 0, "quantity", priceAndQuantity[i + 1]));
        }
        return Map.of(
                "member",
                Map.of("mobilePhone", "5555550100"),
                "visit",
                Map.of("pos_id", posId, "transaction_total", 42.5, "visit_details_attributes", lines));
    }

    private void sells(Map<String, Object> sale) throws IOException, InterruptedException {
        assertThat(ask("POST", "/api/v1.1/createUpdateSale/1001", sale).status())
                .isEqualTo(200);
    }

    @Test
    void a_sale_earns_points_late_and_once_however_often_it_is_sent() throws Exception {
        sells(sale("r-1", 21.25, 2));
        sells(sale("r-1", 21.25, 2));
        aiq.clock(HOUR - 60_000);
        assertThat(aiq.points("c-ada")).isEqualByComparingTo("1233");
        aiq.clock(HOUR + 60_000);
        assertThat(aiq.points("c-ada")).isEqualByComparingTo("1275.5");
        assertThat(aiq.effects("SALE"))
                .extracting(e ->
                        e.path("points").decimalValue().stripTrailingZeros().toPlainString())
                .containsExactly("42.5", "0");
        assertThat(ask("GET", "/api/v1.1/contact/loyaltyPoints/timeline/1001/c-ada", null)
                        .data()
                        .path("events"))
                .singleElement()
                .satisfies(e -> {
                    assertThat(e.path("type").asText()).isEqualTo("purchase");
                    assertThat(e.path("transactionID").asText()).isEqualTo("r-1");
                });
    }

    @Test
    void what_was_returned_takes_its_points_back() throws Exception {
        aiq.set("sale-delay-ms", "0");
        aiq.set("points-per-dollar", "2");
        sells(sale("r-1", 21.25, 2));
        assertThat(aiq.points("c-ada")).isEqualByComparingTo("1318");
        sells(sale("r-2", 21.25, -1));
        assertThat(aiq.points("c-ada")).isEqualByComparingTo("1275.5");
        sells(sale("r-1", 21.25, 2, 21.25, -1));
        assertThat(aiq.points("c-ada")).isEqualByComparingTo("1233");
    }

    @ParameterizedTest
    @CsvSource({"replaces, 1212", "adds, 1233"})
    void the_returned_line_alone_under_the_same_receipt(String update, String points) throws Exception {
        aiq.set("sale-delay-ms", "0");
        aiq.set("sale-update", update);
        sells(sale("r-1", 21, 1));
        sells(sale("r-1", 21, -1));
        assertThat(aiq.points("c-ada")).isEqualByComparingTo(points);
    }

    @Test
    void a_balance_that_a_return_drives_below_0_is_set_back_by_an_adjustment() throws Exception {
        aiq.set("sale-delay-ms", "0");
        sells(sale("r-1", 2000, -1));
        assertThat(aiq.points("c-ada")).isEqualByComparingTo("0");
        assertThat(ask("GET", "/api/v1.1/adjustments/1001/0/99999999999", null).data())
                .singleElement()
                .satisfies(row -> assertThat(row.path("points").asInt()).isEqualTo(767));
    }

    @Test
    void a_sale_of_nobody_or_of_no_member_earns_nothing() throws Exception {
        aiq.set("sale-delay-ms", "0");
        contact("c-cleo", "phone", "5555550112", "loyalty", false, "srcID", "customer-77");
        sells(Map.of("visit", Map.of("pos_id", "r-1", "transaction_total", 10)));
        sells(Map.of("visit", Map.of("pos_id", "r-2", "transaction_total", 10, "pos_user", "customer-77")));
        assertThat(aiq.effects("SALE"))
                .hasSize(2)
                .allSatisfy(e -> assertThat(e.path("points").asInt()).isZero());
        contact("c-dora", "email", "dora@example.com", "srcID", "customer-78");
        sells(Map.of("visit", Map.of("pos_id", "r-3", "transaction_total", 10, "pos_user", "customer-78")));
        assertThat(aiq.points("c-dora")).isEqualByComparingTo("10");
        assertThat(ask("POST", "/api/v1.1/createUpdateSale/1001", Map.of("visit", Map.of("transaction_total", 10)))
                        .status())
                .as("no receipt id")
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"false, 1133", "true, 1233"})
    void a_sale_that_comes_to_nothing_and_its_redemption(String reverses, String points) throws Exception {
        aiq.set("sale-delay-ms", "0");
        aiq.set("sale-refund-reverses", reverses);
        assertThat(redeem(offered("five-off"))).isEqualTo(200);
        sells(sale("t-1", 10, 1));
        sells(sale("t-1", 10, 1, 10, -1));
        assertThat(aiq.points("c-ada")).isEqualByComparingTo(points);
    }

    // carts

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 1"})
    void a_cart_sent_twice(String dedupe, int kept) throws Exception {
        aiq.set("cart-dedupe", dedupe);
        Map<String, Object> cart = Map.of("email", "ada@example.com", "cartID", "k-1", "total", 42.5);
        assertThat(ask("POST", "/api/v2/cart", cart).status()).isEqualTo(200);
        assertThat(ask("POST", "/api/v2/cart", cart).status()).isEqualTo(200);
        assertThat(aiq.effects("CART")).hasSize(kept).allSatisfy(e -> assertThat(
                        JSON.readTree(e.path("body").asText()))
                .isEqualTo(JSON.valueToTree(cart)));
        assertThat(ask("POST", "/api/v2/cart", Map.of("cartID", "k-2")).status())
                .as("nobody's cart")
                .isEqualTo(400);
    }

    // discounts

    private void discount(String id, Object... fields) {
        Map<String, Object> discount = new HashMap<>(Map.of("uid", "1001", "id", id, "points", 100));
        for (int i = 0; i < fields.length; i += 2) {
            discount.put((String) fields[i], fields[i + 1]);
        }
        aiq.discount(discount);
    }

    @Test
    void a_discount_is_on_offer_within_its_window_and_not_redeemed_outside() throws Exception {
        long now = Instant.now().getEpochSecond();
        discount("short", "starts", now + 3_600, "expiration", now + 7_200);
        assertThat(offered("short").isMissingNode()).as("before").isTrue();
        aiq.clock(HOUR + 60_000);
        JsonNode offered = offered("short");
        assertThat(offered.path("expiration").asLong()).isEqualTo(now + 7_200);
        aiq.clock(2 * HOUR + 60_000);
        assertThat(offered("short").isMissingNode()).as("after").isTrue();
        assertThat(redeem(offered)).isEqualTo(400);
        assertThat(aiq.effects("REDEEMED")).isEmpty();
    }

    @Test
    void a_reusable_one_rests_after_each_redemption() throws Exception {
        discount("daily", "reusable", true, "cooldownMs", HOUR);
        assertThat(redeem(offered("daily"))).isEqualTo(200);
        assertThat(offered("daily").path("available").asBoolean()).isFalse();
        assertThat(redeem(offered("daily"))).isEqualTo(400);
        aiq.set("locked-listed", "false");
        assertThat(offered("daily").isMissingNode()).isTrue();
        aiq.clock(HOUR + 60_000);
        assertThat(redeem(offered("daily"))).isEqualTo(200);
    }

    @Test
    void a_locked_one_is_listed_and_not_redeemed() throws Exception {
        discount("locked", "available", false);
        assertThat(offered("locked").path("available").asBoolean(true)).isFalse();
        assertThat(redeem(offered("locked"))).isEqualTo(400);
        assertThat(offered("grand-prize").path("available").asBoolean(true))
                .as("too dear")
                .isFalse();
        assertThat(redeem(offered("grand-prize"))).isEqualTo(400);
        assertThat(aiq.effects("REDEEMED")).isEmpty();
    }

    @Test
    void every_other_kind_is_shown_as_it_was_made() throws Exception {
        Map<String, Object> shown = Map.of(
                "min",
                true,
                "priceCap",
                "50",
                "inStoreRedemption",
                true,
                "tierDiscount",
                true,
                "percentageValue",
                10,
                "posDiscountID",
                "",
                "stackable",
                false);
        discount(
                "odd",
                shown.entrySet().stream()
                        .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                        .toArray());
        JsonNode offered = offered("odd");
        shown.forEach((name, value) -> assertThat(offered.path(name)).as(name).isEqualTo(JSON.valueToTree(value)));
    }

    // shapes

    @Test
    void another_method_or_an_unknown_path_is_said_to_be() throws Exception {
        assertThat(ask("GET", "/api/v2/wallet", null).status()).isEqualTo(405);
        assertThat(ask("POST", "/api/v1.1/optin/1001/5555550100/true", null).status())
                .isEqualTo(405);
        assertThat(ask("GET", "/api/v2/tiers/1001", null).status()).isEqualTo(404);
        assertThat(ask("GET", "/api/v1.1/redemptions/1001/yesterday/today", null)
                        .status())
                .isEqualTo(400);
        assertThat(ask("PUT", "/api/v1.1/optin/1002/5555550100/true", null).status())
                .as("another account's number")
                .isEqualTo(403);
    }

    @Test
    void an_envelope_has_no_data_or_more_than_was_asked_for_by_switch() throws Exception {
        aiq.set("missing-data", "lookup, stores");
        aiq.set("unknown-fields", "true");
        for (String path : List.of("/api/v2/loyalty/lookup/5555550100", "/api/v1.1/stores/1001")) {
            Answer answer = ask("GET", path, null);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().has("data")).isFalse();
            assertThat(answer.json().path("somethingNew").isObject()).isTrue();
        }
        assertThat(offered("five-off").path("somethingNew").isObject()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"timeline, 0, 0", "redemptions, 1, 0", "adjustments, 0, 1"})
    void a_reversal_is_seen_in_the_timeline_and_where_else_the_switch_says(
            String seenIn, int redemptions, int adjustments) throws Exception {
        aiq.set("reversal-seen-in", seenIn);
        redeem(offered("five-off"));
        String redemption = aiq.effects("REDEEMED").get(0).path("redemptionID").asText();
        assertThat(ask("PUT", "/api/v1.1/discount/refund/1001/c-ada/five-off/" + redemption, null)
                        .status())
                .isEqualTo(200);
        assertThat(ask("GET", "/api/v1.1/contact/loyaltyPoints/timeline/1001/c-ada", null)
                        .data()
                        .path("events"))
                .extracting(e -> e.path("type").asText())
                .containsExactly("redemption", "refund");
        assertThat(ask("GET", "/api/v1.1/redemptions/1001/0/99999999999", null).data())
                .hasSize(1 + redemptions);
        assertThat(ask("GET", "/api/v1.1/adjustments/1001/0/99999999999", null).data())
                .hasSize(adjustments);
    }

    // what AIQ shows late, and what it does late

    private JsonNode wallet(String phone) throws IOException, InterruptedException {
        return ask("POST", "/api/v2/wallet", Map.of("phone", phone)).data();
    }

    private JsonNode timeline(String contact) throws IOException, InterruptedException {
        return ask("GET", "/api/v1.1/contact/loyaltyPoints/timeline/1001/" + contact, null)
                .data()
                .path("events");
    }

    private JsonNode report() throws IOException, InterruptedException {
        return ask("GET", "/api/v1.1/redemptions/1001/0/99999999999", null).data();
    }

    @ParameterizedTest
    @CsvSource({
        "wallet-lag-ms, 1233, 1, 1, true",
        "timeline-lag-ms, 1133, 0, 1, false",
        "report-lag-ms, 1133, 0, 0, false"
    })
    void what_was_redeemed_shows_late_in_each_place_by_its_own_switch(
            String lag, int points, int events, int rows, boolean offered) throws Exception {
        long at = System.currentTimeMillis();
        aiq.clockAt(at);
        redeem(offered("five-off"));
        aiq.set(lag, "60000");
        for (long later : List.of(1_000L, 61_000L)) {
            boolean late = later < 60_000;
            aiq.clockAt(at + later);
            assertThat(wallet("5555550100").path("loyaltyPoints").asInt()).isEqualTo(late ? points : 1133);
            assertThat(timeline("c-ada")).hasSize(late ? events : 1);
            assertThat(report()).hasSize(late ? rows : 1);
            assertThat(offered("five-off").isMissingNode()).isEqualTo(!(late && offered));
        }
    }

    @Test
    void a_timeline_may_be_earlier_than_the_reports() throws Exception {
        redeem(offered("five-off"));
        aiq.set("report-lag-ms", "60000");
        assertThat(timeline("c-ada")).isEmpty();
        aiq.set("timeline-lag-ms", "0");
        assertThat(timeline("c-ada")).hasSize(1);
        assertThat(report()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status-before-effect", "status-after-effect"})
    void what_is_answered_before_its_effect_has_it_later_once(String fault) throws Exception {
        long at = System.currentTimeMillis();
        aiq.clockAt(at);
        JsonNode offered = offered("five-off");
        aiq.set("effect-delay-ms", "90000");
        aiq.fault("redeem", fault, 1);
        assertThat(redeem(offered)).isEqualTo(500);
        assertThat(aiq.effects("REDEEMED")).hasSize(fault.equals("status-after-effect") ? 1 : 0);
        aiq.clockAt(at + 300_000);
        assertThat(aiq.effects("REDEEMED")).hasSize(1);
        assertThat(aiq.effects("REDEEMED").get(0).path("time").asLong())
                .isEqualTo(fault.equals("status-after-effect") ? at : at + 90_000);
        assertThat(aiq.points("c-ada")).isEqualByComparingTo("1133");
    }

    @Test
    void what_a_fault_answers_before_its_effect_never_has_it_unless_the_switch_says_so() throws Exception {
        aiq.fault("redeem", "status-before-effect", 1);
        redeem(offered("five-off"));
        aiq.clockAt(System.currentTimeMillis() + HOUR);
        assertThat(aiq.effects("REDEEMED")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, 2", "false, 1"})
    void a_single_use_discount_is_given_again(boolean listed, int events) throws Exception {
        // all of it in one millisecond
        aiq.clockAt(System.currentTimeMillis());
        redeem(offered("five-off"));
        assertThat(offered("five-off").isMissingNode()).isTrue();
        aiq.grant("c-ada", "five-off", listed);
        assertThat(redeem(offered("five-off"))).isEqualTo(200);
        assertThat(aiq.effects("REDEEMED")).hasSize(2);
        assertThat(timeline("c-ada")).hasSize(listed ? 3 : 2);
    }

    @Test
    void a_merged_contact_is_the_other_from_then_on() throws Exception {
        JsonNode before = offered("five-off");
        redeem(offered("ten-percent"));
        aiq.merge("c-ada", "c-ben");
        for (String phone : List.of("5555550100", "5555550101")) {
            assertThat(wallet(phone).path("contactID").asText()).isEqualTo("c-ben");
            assertThat(wallet(phone).path("loyaltyPoints").asInt()).isEqualTo(1233 - 250 + 90);
        }
        assertThat(redeem(before)).isEqualTo(200);
        for (String contact : List.of("c-ada", "c-ben")) {
            assertThat(timeline(contact)).hasSize(2);
        }
        assertThat(report()).extracting(r -> r.path("contactID").asText()).containsExactly("c-ben", "c-ben");
        String redemption = aiq.effects("REDEEMED").get(1).path("redemptionID").asText();
        assertThat(ask("PUT", "/api/v1.1/discount/refund/1001/c-ada/five-off/" + redemption, null)
                        .status())
                .isEqualTo(200);
        assertThat(aiq.points("c-ben")).isEqualByComparingTo("1073");
    }

    @ParameterizedTest
    @CsvSource({"true, 404", "false, 200"})
    void a_wallet_that_is_read_voids_the_addresses_of_the_one_before(String voids, int status) throws Exception {
        aiq.set("wallet-voids-tokens", voids);
        JsonNode before = offered("five-off");
        JsonNode after = offered("ten-percent");
        assertThat(redeem(before)).isEqualTo(status);
        assertThat(redeem(after)).isEqualTo(200);
    }

    @Test
    void a_switch_and_a_fault_may_be_one_accounts_alone() throws Exception {
        aiq.account("1002", "other-key");
        aiq.set("1002", "wallet-lag-ms", "60000");
        aiq.fault(Map.of("uid", "1002", "operation", "redeem", "kind", "status-before-effect"));
        assertThat(redeem(offered("five-off"))).isEqualTo(200);
        assertThat(wallet("5555550100").path("loyaltyPoints").asInt()).isEqualTo(1133);
        aiq.set("1001", "wallet-lag-ms", "60000");
        assertThat(wallet("5555550100").path("loyaltyPoints").asInt()).isEqualTo(1233);
    }

    @Test
    void the_clock_of_the_answers_and_of_the_books_may_be_ahead() throws Exception {
        long at = 1_700_000_000_000L;
        aiq.clockAt(at);
        aiq.set("clock-ahead-ms", "420000");
        redeem(offered("five-off"));
        assertThat(report().get(0).path("ts").asLong()).isEqualTo((at + 420_000) / 1_000);
    }

    @Test
    void a_balance_moves_by_what_is_counted_and_not_by_what_is_only_in_the_books() throws Exception {
        aiq.movement(Map.of("type", "earned", "contactID", "c-ada", "points", "5"));
        assertThat(aiq.points("c-ada")).isEqualByComparingTo("1233");
        aiq.moves("earned", "c-ada", 5);
        assertThat(aiq.points("c-ada")).isEqualByComparingTo("1238");
        assertThat(timeline("c-ada")).hasSize(2);
    }
}
