package aiqbridge.storefront.mapping;

import static aiqbridge.storefront.mapping.Meaning.amount;
import static aiqbridge.storefront.mapping.Meaning.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.connection.OrderIds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Square's deliveries and answers mean (routes/storefront/square/README.md). */
class SquareTest {
    static final Body ORDER = Body.of("""
        {"id": "eA3vssLHKJrv9H0IdJCM3gNqfdcZY", "location_id": "S8GWD5R9QB376", "state": "OPEN", "version": 3, "created_at": "2026-11-23T10:00:00.000Z", "updated_at": "2026-11-23T10:05:00.250Z", "metadata": {"aiq_cart": "basket-9"},
         "line_items": [{"uid": "u1", "catalog_object_id": "CAT1", "name": "Blue Dream", "variation_name": "3.5g", "quantity": "2", "base_price_money": {"amount": 2050, "currency": "USD"}}],
         "fulfillments": [{"type": "PICKUP", "state": "PROPOSED", "pickup_details": {"recipient": {"display_name": "Ada", "phone_number": "(555) 555-0100", "email_address": "ada@mail.example"}}}],
         "total_money": {"amount": 4100, "currency": "USD"}, "net_amount_due_money": {"amount": 4100, "currency": "USD"}}""");

    @TempDir
    Path folder;

    private Meaning shop;

    @BeforeEach
    void open() {
        shop = new Meaning(folder, "square", "api.url = https://connect.square.example");
    }

    private List<Map<String, Object>> all(Body order) {
        return shop.fetched("order", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY", "{\"order\":" + order + "}");
    }

    private Map<String, Object> answered(Body order) {
        return Meaning.only(all(order));
    }

    /** What was not placed is told as the cart and, in case it was placed before, as the order. */
    private Map<String, Object> cart(Body order) {
        List<Map<String, Object>> events = all(order);
        assertThat(events).extracting(event -> event.get("event")).containsExactly("cart", "order");
        assertThat(events.get(1))
                .containsEntry("status", "UNPLACED")
                .containsEntry("order_id", events.get(0).get("cart_id"));
        return events.get(0);
    }

    private static String fulfillments(String... states) {
        return Stream.of(states)
                .map(state -> "{\"type\":\"PICKUP\",\"state\":\"" + state
                        + "\",\"pickup_details\":{\"recipient\":{\"phone_number\":\"(555) 555-0100\"}}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String tender(int cents, String details) {
        return "{\"id\":\"t\",\"amount_money\":{\"amount\":" + cents + ",\"currency\":\"USD\"}" + details + "}";
    }

    private static String card(int cents, String status) {
        return tender(cents, ",\"type\":\"CARD\",\"card_details\":{\"status\":\"" + status + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order.created | {\"order_created\":{\"order_id\":\"o-1\",\"state\":\"OPEN\",\"version\":1,\"location_id\":\"S8\"}}",
                "order.updated | {\"order_updated\":{\"order_id\":\"o-1\",\"state\":\"COMPLETED\",\"version\":4}}",
                "order.fulfillment.updated | {\"order_fulfillment_updated\":{\"order_id\":\"o-1\",\"version\":2}}",
                "payment.updated | {\"payment\":{\"id\":\"p-1\",\"order_id\":\"o-1\",\"status\":\"COMPLETED\"}}",
                "refund.created | {\"refund\":{\"id\":\"r-1\",\"order_id\":\"o-1\"}}"
            })
    void an_event_asks_for_its_order(String type, String object) {
        String body = "{\"merchant_id\":\"M\",\"location_id\":\"S8\",\"type\":\"" + type
                + "\",\"event_id\":\"e-1\",\"created_at\":\"2026-11-23T10:00:00Z\",\"data\":{\"type\":\"order\",\"id\":\"o-1\",\"object\":"
                + object + "}}";
        assertThat(shop.one(type, body))
                .containsEntry("event", "fetch")
                .containsEntry("what", "order")
                .containsEntry("id", "o-1");
        assertThat(shop.one(null, body)).containsEntry("id", "o-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "catalog.version.updated | {\"catalog_version\":{}}",
                "customer.created | {\"customer\":{\"id\":\"c\"}}",
                "payment.created | {\"payment\":{\"id\":\"p\"}}",
                "order.updated | {}",
                "order.updated | null"
            })
    void what_says_nothing_about_an_order_means_nothing(String type, String object) {
        assertThat(shop.of(type, "{\"type\":\"" + type + "\",\"data\":{\"object\":" + object + "}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DRAFT", "OPEN"})
    void until_it_is_paid_the_order_is_the_cart(String state) {
        Map<String, Object> cart = cart(ORDER.with("state", "\"" + state + "\""));
        assertThat(cart)
                .containsEntry("event", "cart")
                .containsEntry("cart_id", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY")
                .containsEntry("version", 3L)
                .containsEntry("changed_at", at("2026-11-23T10:05:00.250Z"))
                .containsEntry("phone", "+15555550100")
                .containsEntry("email", "ada@mail.example")
                .containsEntry("total", amount("41"))
                .containsEntry("currency", "USD");
        assertThat((String) cart.get("items"))
                .isEqualTo("[{\"name\":\"Blue Dream 3.5g\",\"price\":20.500,\"quantity\":2.000,\"sku\":\"CAT1\"}]");
    }

    @Test
    void what_is_paid_is_an_order_though_it_is_open_until_it_is_handed_over() {
        assertThat(answered(ORDER.with("tenders", "[" + card(4100, "CAPTURED") + "]")))
                .containsEntry("event", "order")
                .containsEntry("status", "PAID")
                .containsEntry("cart_id", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY")
                .containsEntry("checkout_id", "basket-9");
        assertThat(answered(
                        ORDER.with("tenders", "[" + tender(2000, ",\"type\":\"CASH\"") + "," + tender(2100, "") + "]")))
                .as("in two parts")
                .containsEntry("status", "PAID");
        assertThat(answered(ORDER.with("state", "\"DRAFT\"").with("tenders", "[" + tender(4100, "") + "]")))
                .as("some online orders stay a draft")
                .containsEntry("status", "PAID");
        assertThat(answered(ORDER.with("net_amount_due_money", "{\"amount\":0,\"currency\":\"USD\"}")))
                .containsEntry("event", "order")
                .containsEntry("status", "PAID");
        assertThat(cart(ORDER.with("net_amount_due_money", "{\"amount\":0}")
                        .with("total_money", "{\"amount\":0}")
                        .with("line_items", "[]")))
                .as("an empty draft owes nothing either")
                .containsEntry("item_count", 0);
    }

    @ParameterizedTest
    @CsvSource({"AUTHORIZED", "CAPTURED"})
    void what_is_paid_in_part_or_only_authorized_is_ordered_and_not_paid(String status) {
        int cents = status.equals("CAPTURED") ? 1000 : 4100;
        assertThat(answered(ORDER.with("tenders", "[" + card(cents, status) + "]")))
                .containsEntry("event", "order")
                .containsEntry("status", "OPEN")
                .containsEntry("paid_once", 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\":\"CARD\",\"card_details\":{\"status\":\"VOIDED\"}",
                "\"type\":\"CARD\",\"card_details\":{\"status\":\"FAILED\"}",
                "\"type\":\"BANK_ACCOUNT\",\"bank_account_details\":{\"status\":\"FAILED\"}",
                "\"type\":\"BUY_NOW_PAY_LATER\",\"buy_now_pay_later_details\":{\"status\":\"VOIDED\"}",
                "\"type\":\"SQUARE_ACCOUNT\",\"square_account_details\":{\"status\":\"FAILED\"}"
            })
    void a_payment_that_failed_leaves_it_the_cart(String tender) {
        cart(ORDER.with("tenders", "[" + tender(4100, "," + tender) + "]"));
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVED,OPEN",
        "PREPARED,OPEN",
        "COMPLETED,COMPLETED",
        "PROPOSED PREPARED,OPEN",
        "COMPLETED RESERVED,OPEN",
        "COMPLETED PROPOSED,OPEN",
        "CANCELED COMPLETED,COMPLETED",
        "FAILED RESERVED,OPEN"
    })
    void what_is_being_fulfilled_was_placed_though_it_is_not_paid(String states, String ours) {
        assertThat(answered(ORDER.with("fulfillments", fulfillments(states.split(" ")))))
                .containsEntry("event", "order")
                .containsEntry("status", ours)
                .containsEntry("phone", "+15555550100");
    }

    @ParameterizedTest
    @CsvSource({"PROPOSED", "CANCELED", "FAILED", "CANCELED PROPOSED", "SOMETHING_NEW"})
    void what_nobody_has_begun_to_fulfil_is_still_the_cart(String states) {
        cart(ORDER.with("fulfillments", fulfillments(states.split(" "))));
    }

    @Test
    void what_was_paid_and_handed_over_is_completed() {
        assertThat(answered(ORDER.with("tenders", "[" + tender(4100, "") + "]")
                        .with("fulfillments", fulfillments("COMPLETED"))))
                .containsEntry("status", "COMPLETED");
    }

    @Test
    void it_was_placed_when_somebody_began_to_pay_or_asked_for_the_goods_not_when_the_cart_was_made() {
        Body paid = ORDER.with(
                "tenders",
                "["
                        + tender(
                                4100,
                                ",\"type\":\"CARD\",\"created_at\":\"2026-11-23T10:20:00Z\",\"card_details\":{\"status\":\"CAPTURED\"}")
                        + "]");
        assertThat(answered(paid)).containsEntry("placed_at", at("2026-11-23T10:20:00Z"));
        for (String details : List.of("pickup_details", "delivery_details", "shipment_details")) {
            assertThat(answered(ORDER.with(
                            "fulfillments",
                            "[{\"type\":\"PICKUP\",\"state\":\"PREPARED\",\"" + details
                                    + "\":{\"placed_at\":\"2026-11-23T10:10:00.000Z\"}}]")))
                    .as(details)
                    .containsEntry("placed_at", at("2026-11-23T10:10:00Z"));
        }
        assertThat(answered(ORDER.with("tenders", "[" + card(4100, "CAPTURED") + "]")))
                .containsEntry("placed_at", at("2026-11-23T10:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"PENDING,COMPLETED,0", "APPROVED,REFUNDED,1", "COMPLETED,REFUNDED,1", "REJECTED,COMPLETED,0"})
    void money_of_an_order_s_own_refund_that_did_not_go_back_yet_is_no_refund(
            String status, String ours, int refunded) {
        assertThat(answered(ORDER.with("state", "\"COMPLETED\"")
                        .with(
                                "refunds",
                                "[{\"status\":\"" + status
                                        + "\",\"amount_money\":{\"amount\":4100,\"currency\":\"USD\"}}]")))
                .containsEntry("status", ours)
                .containsEntry("refunded", amount(refunded == 1 ? "41" : "0"));
    }

    @Test
    void a_cancelled_order_that_has_a_payment_was_paid() {
        Body cancelled = ORDER.with("state", "\"CANCELED\"");
        assertThat(answered(cancelled)).containsEntry("status", "CANCELLED").containsEntry("paid_once", 0);
        assertThat(answered(cancelled.with("tenders", "[" + tender(4100, "") + "]")))
                .containsEntry("status", "CANCELLED")
                .containsEntry("paid_once", 1);
        assertThat(answered(cancelled.with("tenders", "[" + card(4100, "VOIDED") + "]")))
                .containsEntry("paid_once", 0);
    }

    static final Body RETURN = Body.of("""
        {"id": "r-1", "location_id": "S8GWD5R9QB376", "state": "COMPLETED", "version": 4, "created_at": "2026-11-24T10:00:00Z", "updated_at": "2026-11-24T10:00:00Z", "total_money": {"amount": 0, "currency": "USD"},
         "returns": [{"uid": "x", "source_order_id": "o-9", "return_line_items": [{"source_line_item_uid": "u1", "quantity": "1", "item_type": "ITEM", "total_money": {"amount": 2050, "currency": "USD"}}], "return_amounts": {"total_money": {"amount": 2050, "currency": "USD"}}}],
         "return_amounts": {"total_money": {"amount": 2050, "currency": "USD"}}, "refunds": [{"id": "f", "status": "APPROVED", "amount_money": {"amount": 2050, "currency": "USD"}}]}""");

    @Test
    void an_order_that_only_returns_something_is_a_refund_of_the_order_it_names() {
        assertThat(answered(RETURN))
                .containsEntry("event", "refund")
                .containsEntry("order_id", "o-9")
                .containsEntry("amount", amount("20.50"))
                .containsEntry("whole", 0);
        assertThat(answered(RETURN.without("refunds")))
                .as("the money went back in another way")
                .containsEntry("amount", amount("20.50"));
        assertThat(
                        answered(
                                RETURN.with(
                                        "returns",
                                        "[{\"source_order_id\":\"o-9\",\"return_line_items\":[{\"item_type\":\"CUSTOM_AMOUNT\",\"total_money\":{\"amount\":500,\"currency\":\"USD\"}}]}]")))
                .as("without a sum of its own")
                .containsEntry("amount", amount("5"));
    }

    @Test
    void an_exchange_is_a_refund_of_one_order_and_an_order_itself() {
        List<Map<String, Object>> events = all(ORDER.with("state", "\"COMPLETED\"")
                .with("returns", RETURN.json().path("returns").toString()));
        assertThat(events).extracting(event -> event.get("event")).containsExactly("refund", "order");
        assertThat(events.get(0)).containsEntry("order_id", "o-9").containsEntry("amount", amount("20.50"));
        assertThat(events.get(1))
                .containsEntry("order_id", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY")
                .containsEntry("status", "COMPLETED");
    }

    @Test
    void two_orders_returned_at_once_are_two_refunds() {
        List<Map<String, Object>> events = all(
                RETURN.with(
                        "returns",
                        "[{\"source_order_id\":\"o-8\",\"return_amounts\":{\"total_money\":{\"amount\":100,\"currency\":\"USD\"}}},{\"source_order_id\":\"o-9\",\"return_amounts\":{\"total_money\":{\"amount\":200,\"currency\":\"USD\"}}}]"));
        assertThat(events).extracting(event -> event.get("order_id")).containsExactly("o-8", "o-9");
        assertThat(events).extracting(event -> event.get("amount")).containsExactly(amount("1"), amount("2"));
        assertThat(events).extracting(event -> event.get("refund_id")).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"PENDING", "REJECTED", "FAILED"})
    void money_that_did_not_go_back_is_no_refund(String status) {
        assertThat(all(RETURN.with(
                        "refunds",
                        "[{\"id\":\"f\",\"status\":\"" + status
                                + "\",\"amount_money\":{\"amount\":2050,\"currency\":\"USD\"}}]")))
                .isEmpty();
    }

    @Test
    void a_return_that_was_not_made_or_names_no_order_is_no_refund() {
        assertThat(all(RETURN.with("state", "\"CANCELED\""))).isEmpty();
        assertThat(all(RETURN.with("state", "\"DRAFT\""))).isEmpty();
        assertThat(all(RETURN.with("returns", "[{\"uid\":\"x\",\"return_line_items\":[]}]")))
                .isEmpty();
    }

    @Test
    void an_invoice_ends_the_cart_and_asks_for_its_order() {
        String body =
                "{\"type\":\"invoice.published\",\"event_id\":\"e\",\"data\":{\"type\":\"invoice\",\"id\":\"inv:0-x\",\"object\":{\"invoice\":{\"id\":\"inv:0-x\",\"order_id\":\"o-1\",\"status\":\"UNPAID\"}}}}";
        List<Map<String, Object>> events = shop.of("invoice.published", body);
        assertThat(events).extracting(event -> event.get("event")).containsExactly("converted", "fetch");
        assertThat(events.get(0)).containsEntry("cart_id", "o-1").containsEntry("order_id", null);
        assertThat(events.get(1)).containsEntry("what", "order").containsEntry("id", "o-1");
        assertThat(shop.one(null, body.replace("invoice.published", "invoice.canceled")))
                .containsEntry("event", "fetch")
                .containsEntry("id", "o-1");
    }

    @Test
    void what_was_missed_is_a_payment_or_a_refund_that_names_its_order() {
        for (String topic : List.of("payment", "refund")) {
            assertThat(
                            Meaning.only(
                                    shop.polled(
                                            topic,
                                            "{\"id\":\"p\",\"order_id\":\"o-1\",\"status\":\"COMPLETED\",\"updated_at\":\"2026-11-23T10:05:00Z\"}")))
                    .containsEntry("event", "fetch")
                    .containsEntry("what", "order")
                    .containsEntry("id", "o-1");
            assertThat(shop.polled(topic, "{\"id\":\"p\"}")).isEmpty();
        }
    }

    @Test
    void it_is_known_by_the_site_s_own_name_too() {
        assertThat(answered(ORDER.with("state", "\"COMPLETED\"").with("reference_id", "\"web-77\"")))
                .containsEntry("checkout_id", "basket-9 web-77");
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED,COMPLETED", "CANCELED,CANCELLED"})
    void an_ended_order_closes_the_cart_of_the_same_id(String state, String ours) {
        assertThat(answered(ORDER.with("state", "\"" + state + "\"")))
                .containsEntry("event", "order")
                .containsEntry("status", ours)
                .containsEntry("order_id", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY")
                .containsEntry("cart_id", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY");
    }

    @Test
    void a_state_that_nobody_explained_is_parked() {
        assertThatThrownBy(() -> all(ORDER.with("state", "\"SOMETHING_NEW\"")))
                .isInstanceOf(EventProblem.class)
                .hasMessageContaining("status.something_new = open");
    }

    @Test
    void trap_10_the_version_is_a_number_that_rises_and_times_do_not_count() {
        Long third = (Long) cart(ORDER).get("version");
        Long second = (Long) cart(ORDER.with("version", "2").with("updated_at", "\"2026-11-23T11:00:00Z\""))
                .get("version");
        assertThat(second).isLessThan(third);
        assertThat(cart(ORDER.with("version", "\"3\""))).containsEntry("version", 3L);
    }

    @Test
    void trap_14_quantities_are_texts_and_amounts_are_cents_of_their_currency() {
        assertThat((String) cart(ORDER.with(
                                "line_items",
                                "[{\"name\":\"x\",\"quantity\":\"1.5\",\"base_price_money\":{\"amount\":500,\"currency\":\"JPY\"}}]"))
                        .get("items"))
                .isEqualTo("[{\"name\":\"x\",\"price\":500.000,\"quantity\":1.500}]");
    }

    @Test
    void what_was_refunded_is_added_up_and_all_of_it_is_a_refund() {
        Body done = ORDER.with("state", "\"COMPLETED\"");
        assertThat(
                        answered(
                                done.with(
                                        "refunds",
                                        "[{\"status\":\"COMPLETED\",\"amount_money\":{\"amount\":1000,\"currency\":\"USD\"}},{\"status\":\"FAILED\",\"amount_money\":{\"amount\":9900,\"currency\":\"USD\"}}]")))
                .containsEntry("status", "COMPLETED")
                .containsEntry("refunded", amount("10"));
        assertThat(answered(done.with(
                        "refunds",
                        "[{\"status\":\"COMPLETED\",\"amount_money\":{\"amount\":4100,\"currency\":\"USD\"}}]")))
                .containsEntry("status", "REFUNDED");
    }

    @Test
    void an_order_of_another_kind_of_handing_over_or_of_none_is_read_as_far_as_it_goes() {
        assertThat(
                        cart(
                                ORDER.with(
                                        "fulfillments",
                                        "[{\"type\":\"SHIPMENT\",\"shipment_details\":{\"recipient\":{\"phone_number\":\"555-555-0101\"}}}]")))
                .containsEntry("phone", "+15555550101")
                .containsEntry("email", null);
        assertThat(cart(ORDER.without("fulfillments", "metadata", "line_items", "total_money", "net_amount_due_money")))
                .containsEntry("phone", null)
                .containsEntry("item_count", 0)
                .containsEntry("total", null);
        assertThat(cart(ORDER.with("fulfillments", "[{\"type\":\"PICKUP\"}]"))).containsEntry("phone", null);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "any",
            value = {"eA3vssLHKJrv9H0IdJCM3gNqfdcZY,any", "basket-9,checkout", "77,checkout"})
    void what_callers_send_is_known_by_its_form(String id, String sort) {
        OrderIds ids = OrderIds.of(Settings.of(TestBridge.HOME.resolve("routes/storefront/square/kind.properties")));
        assertThat(ids.refused(id, null)).isEmpty();
        assertThat(ids.read(id, null)).isEqualTo(new OrderIds.Id(id, sort, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"inv:0-ChCHu2mZEabLeeHahQnXDjZQECY | order_id", "https://square.link/u/EhZ5 | order_id"})
    void what_names_no_order_is_refused_with_what_to_send_instead(String id, String instead) {
        OrderIds ids = OrderIds.of(Settings.of(TestBridge.HOME.resolve("routes/storefront/square/kind.properties")));
        assertThat(ids.refused(id, null).orElse("")).contains(instead);
    }
}
