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
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What BigCommerce's deliveries and answers mean (routes/storefront/bigcommerce/README.md). */
class BigCommerceTest {
    private static final String CART_ID = "09346904-4175-44fd-be53-f7e598531b6c";
    static final Body CART = Body.of("""
        {"id": "09346904-4175-44fd-be53-f7e598531b6c", "customer_id": 0, "channel_id": 2, "email": "ada@mail.example", "currency": {"code": "USD"}, "base_amount": 76, "discount_amount": 5, "cart_amount": 71,
         "line_items": {"physical_items": [{"id": "a", "sku": "BD-35", "name": "Blue Dream", "brand": "Green Leaf Farms", "url": "https://shop.example/blue-dream/", "image_url": "https://cdn.example/bd.png", "quantity": 2, "list_price": 25.5, "sale_price": 23}],
                        "digital_items": [], "gift_certificates": [{"id": "g", "name": "Gift", "amount": 15, "quantity": null}], "custom_items": [{"id": "c", "sku": "", "name": "Wrapping", "quantity": "1", "list_price": "10.00"}]},
         "created_time": "2026-11-23T10:00:00+00:00", "updated_time": "2026-11-23T10:05:00+00:00", "locale": "en"}""");
    static final Body ORDER = Body.of("""
        {"id": 118, "customer_id": 0, "date_created": "Mon, 23 Nov 2026 10:10:00 +0000", "date_modified": "Mon, 23 Nov 2026 10:11:00 +0000", "status_id": 11, "status": "Awaiting Fulfillment", "payment_status": "captured", "total_inc_tax": "71.0000",
         "refunded_amount": "0.0000", "cart_id": "09346904-4175-44fd-be53-f7e598531b6c", "is_deleted": false, "billing_address": {"phone": "(555) 555-0100", "email": "ada@mail.example"}, "currency_code": "USD"}""");

    @TempDir
    Path folder;

    private Meaning shop;

    @BeforeEach
    void open() {
        shop = new Meaning(folder, "bigcommerce", "api.url = https://api.bigcommerce.example/stores/abc");
    }

    private Map<String, Object> answered(Body order) {
        return Meaning.only(shop.fetched("order", "118", order.toString()));
    }

    static String event(String scope, String data) {
        return "{\"scope\":\"" + scope + "\",\"store_id\":\"1025646\",\"data\":" + data
                + ",\"hash\":\"dd70c0976e06b67aaf671e73f49dcb79230ebf9d\",\"created_at\":1795428000,\"producer\":\"stores/abc\"}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "store/cart/created",
                "store/cart/updated",
                "store/cart/abandoned",
                "store/cart/couponApplied",
                "store/channel/1/cart/updated"
            })
    void an_event_of_a_cart_asks_for_the_cart(String scope) {
        assertThat(shop.one(scope, event(scope, "{\"type\":\"cart\",\"id\":\"" + CART_ID + "\"}")))
                .containsEntry("event", "fetch")
                .containsEntry("what", "cart")
                .containsEntry("id", CART_ID)
                .containsEntry("connection", "web");
    }

    @Test
    void trap_9_a_scope_may_name_a_channel() {
        assertThat(shop.one(
                        "store/channel/2/cart/created",
                        event("store/channel/2/cart/created", "{\"type\":\"cart\",\"id\":\"" + CART_ID + "\"}")))
                .containsEntry("event", "fetch")
                .containsEntry("what", "cart");
        assertThat(
                        shop.one(
                                null,
                                event(
                                        "store/channel/2/order/statusUpdated",
                                        "{\"type\":\"order\",\"id\":118,\"status\":{\"previous_status_id\":0,\"new_status_id\":11}}")))
                .containsEntry("what", "order")
                .containsEntry("id", "118");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store/order/created | {\"type\":\"order\",\"id\":118}",
                "store/order/updated | {\"type\":\"order\",\"id\":\"118\"}",
                "store/order/archived | {\"type\":\"order\",\"id\":118}",
                "store/order/refund/created | {\"type\":\"order\",\"id\":118,\"refund\":{\"refund_id\":6}}",
                "store/order/transaction/created | {\"type\":\"order_transaction\",\"order_id\":\"118\",\"transaction_id\":\"5\"}"
            })
    void an_event_of_an_order_asks_for_the_order(String scope, String data) {
        assertThat(shop.one(scope, event(scope, data)))
                .containsEntry("event", "fetch")
                .containsEntry("what", "order")
                .containsEntry("id", "118");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "store/cart/metafield/created | {\"resource_id\":\"c\",\"metafield_id\":1}",
                "store/channel/2/order/metafield/updated | {\"resource_id\":118}",
                "store/order/message/created | {\"type\":\"order\",\"id\":118}",
                "store/product/updated | {\"type\":\"product\",\"id\":1}",
                "store/customer/created | {\"type\":\"customer\",\"id\":1}",
                "store/cart/updated | {}",
                "store/cart/converted | {\"id\":null,\"orderId\":null}"
            })
    void what_says_nothing_about_a_cart_or_an_order_means_nothing(String scope, String data) {
        assertThat(shop.of(scope, event(scope, data))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"store/cart/converted", "store/channel/2/cart/converted"})
    void a_converted_cart_has_ended_before_its_order_is_asked_for(String scope) {
        List<Map<String, Object>> events =
                shop.of(scope, event(scope, "{\"type\":\"cart\",\"id\":\"" + CART_ID + "\",\"orderId\":118}"));
        assertThat(events).hasSize(2);
        assertThat(events.get(0))
                .containsEntry("event", "converted")
                .containsEntry("cart_id", CART_ID)
                .containsEntry("order_id", "118");
        assertThat(events.get(1))
                .containsEntry("event", "fetch")
                .containsEntry("what", "order")
                .containsEntry("id", "118");
    }

    @Test
    void a_converted_cart_has_ended_though_its_order_is_not_named() {
        assertThat(shop.one(null, event("store/cart/converted", "{\"id\":\"" + CART_ID + "\",\"orderId\":null}")))
                .containsEntry("event", "converted")
                .containsEntry("cart_id", CART_ID)
                .containsEntry("order_id", null);
    }

    @Test
    void a_deleted_cart_is_gone_which_is_no_abandonment() {
        assertThat(shop.one(null, event("store/cart/deleted", "{\"type\":\"cart\",\"id\":\"" + CART_ID + "\"}")))
                .containsEntry("event", "gone")
                .containsEntry("what", "cart")
                .containsEntry("cart_id", CART_ID)
                .containsEntry("version", at("2026-11-23T10:00:00Z"));
    }

    @Test
    void trap_8_a_cart_that_is_not_there_any_more_has_ended() {
        assertThat(Meaning.only(shop.fetched("cart", CART_ID, null)))
                .containsEntry("event", "gone")
                .containsEntry("what", "cart")
                .containsEntry("cart_id", CART_ID);
    }

    @Test
    void the_address_that_its_api_made_counts_and_without_any_there_is_none() {
        String made = CART.with("redirect_urls", "{\"cart_url\":\"https://shop.example/cart.php?action=load&id=1\"}")
                .toString();
        assertThat(Meaning.only(shop.fetched("cart", CART_ID, "{\"data\":" + made + "}")))
                .containsEntry("url", "https://shop.example/cart.php?action=load&id=1");
        String bare = CART.with(
                        "line_items",
                        "{\"custom_items\":[{\"name\":\"Wrapping\",\"quantity\":1},{\"name\":\"Odd\",\"url\":\"/odd/\",\"quantity\":1}]}")
                .toString();
        assertThat(Meaning.only(shop.fetched("cart", CART_ID, "{\"data\":" + bare + "}")))
                .containsEntry("url", null)
                .containsEntry("item_count", 2);
    }

    @Test
    void the_answer_is_the_cart_as_it_is_now() {
        Map<String, Object> cart = Meaning.only(shop.fetched("cart", CART_ID, "{\"data\":" + CART + ",\"meta\":{}}"));
        assertThat(cart)
                .containsEntry("event", "cart")
                .containsEntry("cart_id", CART_ID)
                .containsEntry("email", "ada@mail.example")
                .containsEntry("phone", null)
                .containsEntry("total", amount("71"))
                .containsEntry("currency", "USD")
                .containsEntry("url", "https://shop.example/cart.php")
                .containsEntry("item_count", 3)
                .containsEntry("version", at("2026-11-23T10:05:00Z"));
        assertThat((String) cart.get("items"))
                .contains("\"price\":23.000,\"quantity\":2.000,\"sku\":\"BD-35\"")
                .contains("\"name\":\"Wrapping\",\"price\":10.000,\"quantity\":1.000")
                .contains("\"name\":\"Gift\",\"price\":15.000");
        assertThat(Meaning.only(shop.fetched(
                        "cart", CART_ID, "{\"data\":" + CART.with("line_items", "{\"physical_items\":[]}") + "}")))
                .containsEntry("item_count", 0);
    }

    @ParameterizedTest
    @CsvSource({
        "0,UNPLACED",
        "1,OPEN",
        "2,COMPLETED",
        "3,PAID",
        "4,REFUNDED",
        "5,CANCELLED",
        "6,CANCELLED",
        "7,OPEN",
        "8,PAID",
        "9,PAID",
        "10,COMPLETED",
        "11,PAID",
        "12,OPEN",
        "13,PAID",
        "14,PAID"
    })
    void each_status_means_one_of_ours(String status, String ours) {
        assertThat(answered(ORDER.with("status_id", status).with("payment_status", "\"\"")))
                .containsEntry("order_id", "118")
                .containsEntry("status", ours)
                .containsEntry("cart_id", CART_ID)
                .as("a checkout has its cart's id")
                .containsEntry("checkout_id", CART_ID)
                .containsEntry("phone", "+15555550100")
                .containsEntry("total", amount("71"))
                .containsEntry("placed_at", at("2026-11-23T10:10:00Z"))
                .containsEntry("changed_at", at("2026-11-23T10:11:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "7,captured,PAID,1",
        "1,paid,PAID,1",
        "12,partially refunded,PAID,1",
        "7,authorized,OPEN,0",
        "7,capture pending,OPEN,0",
        "7,declined,OPEN,0",
        "11,authorized,PAID,1",
        "0,declined,UNPLACED,0",
        "5,'',CANCELLED,0",
        "5,captured,CANCELLED,1",
        "5,refunded,CANCELLED,1",
        "6,void,CANCELLED,0",
        "6,declined,CANCELLED,0",
        "6,Paid,CANCELLED,1",
        "5,partially_refunded,CANCELLED,1"
    })
    void whether_it_was_paid_follows_from_the_payment_too(String status, String payment, String ours, int paid) {
        assertThat(answered(ORDER.with("status_id", status).with("payment_status", "\"" + payment + "\"")))
                .containsEntry("status", ours)
                .containsEntry("paid_once", paid);
    }

    @Test
    void a_cancelled_order_of_which_something_was_refunded_was_paid() {
        assertThat(answered(ORDER.with("status_id", "5")
                        .with("payment_status", "\"void\"")
                        .with("refunded_amount", "\"12.5000\"")))
                .containsEntry("status", "CANCELLED")
                .containsEntry("paid_once", 1);
    }

    @ParameterizedTest
    @CsvSource({"11,PAID", "10,COMPLETED", "7,OPEN", "5,CANCELLED", "0,UNPLACED"})
    void archiving_changes_nothing(String status, String ours) {
        Body order = ORDER.with("status_id", status).with("payment_status", "\"\"");
        assertThat(answered(order.with("is_deleted", "true"))).containsEntry("status", ours);
        assertThat(Meaning.only(
                        shop.polled("order", order.with("is_deleted", "true").toString())))
                .containsEntry("status", ours);
    }

    @Test
    void a_refund_is_told() {
        assertThat(answered(ORDER.with("status_id", "14").with("refunded_amount", "\"12.5000\"")))
                .containsEntry("status", "PAID")
                .containsEntry("refunded", amount("12.50"));
        assertThat(Meaning.only(shop.polled("order", ORDER.toString()))).containsEntry("status", "PAID");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "any",
            value = {"118,order", "09346904-4175-44fd-be53-f7e598531b6c,any", "Q2FydDox,any"})
    void what_callers_send_is_known_by_its_form(String id, String sort) {
        OrderIds ids =
                OrderIds.of(Settings.of(TestBridge.HOME.resolve("routes/storefront/bigcommerce/kind.properties")));
        assertThat(ids.refused(id, null)).isEmpty();
        assertThat(ids.read(id, null)).isEqualTo(new OrderIds.Id(id, sort, !id.startsWith("Q")));
    }

    @Test
    void a_status_that_nobody_explained_is_parked() {
        assertThatThrownBy(() -> answered(ORDER.with("status_id", "99")))
                .isInstanceOf(EventProblem.class)
                .hasMessageContaining("status.99 = open");
        assertThat(answered(ORDER.without("status_id").with("payment_status", "\"\"")))
                .as("without one it is ordered")
                .containsEntry("status", "OPEN");
    }

    @Test
    void capitals_in_a_cart_s_id_do_not_count() {
        OrderIds ids =
                OrderIds.of(Settings.of(TestBridge.HOME.resolve("routes/storefront/bigcommerce/kind.properties")));
        String id = "09346904-4175-44fd-be53-f7e598531b6c";
        assertThat(ids.read(id.toUpperCase(Locale.ROOT), null)).isEqualTo(new OrderIds.Id(id, null, true));
        for (String sort : List.of("cart", "checkout")) {
            assertThat(ids.read(id.toUpperCase(Locale.ROOT), sort).value()).isEqualTo(id);
            assertThat(ids.comparable(sort, id.toUpperCase(Locale.ROOT))).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"https://shop.example/cart.php?action=load&id=09346904-4175-44fd-be53-f7e598531b6c | UUID"})
    void what_names_no_order_is_refused_with_what_to_send_instead(String id, String instead) {
        OrderIds ids =
                OrderIds.of(Settings.of(TestBridge.HOME.resolve("routes/storefront/bigcommerce/kind.properties")));
        assertThat(ids.refused(id, null).orElse("")).contains(instead);
    }
}
