package aiqbridge.storefront.mapping;

import static aiqbridge.storefront.mapping.Meaning.amount;
import static aiqbridge.storefront.mapping.Meaning.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Shopify's deliveries mean (routes/storefront/shopify/README.md). */
class ShopifyTest {
    static final Body CHECKOUT = Body.of("""
        {"id": 37201020011, "token": "c7d1a3b9e5f2", "cart_token": "eeafa272cebf", "email": "ada@mail.example", "gateway": null, "buyer_accepts_marketing": false, "created_at": "2026-11-23T09:00:00-05:00",
         "updated_at": "2026-11-23T09:10:00-05:00", "completed_at": null, "phone": null, "customer_locale": "en", "note": "", "note_attributes": [], "currency": "USD", "presentment_currency": "USD",
         "subtotal_price": "71.00", "total_price": "77.39", "total_tax": "6.39", "discount_codes": [], "source_name": "web", "abandoned_checkout_url": "https://shop.example/690933842/checkouts/c7d1a3b9e5f2/recover?key=1a2b",
         "line_items": [{"key": "f1", "product_id": 632910392, "variant_id": 49148385, "title": "Blue Dream", "variant_title": "3.5g", "vendor": "Green Leaf Farms", "sku": "BD-35", "quantity": 1, "price": "41.00", "line_price": "41.00"},
                        {"key": "f2", "title": "Mint Gummies", "variant_title": "", "vendor": null, "sku": null, "quantity": 2, "price": "15.00", "line_price": "30.00"}],
         "customer": {"id": 207119551, "email": "ada@mail.example", "phone": "+15555550100", "first_name": "Ada"}, "shipping_address": {"phone": "555-555-0199"}, "billing_address": null}""");
    static final Body ORDER = Body.of("""
        {"id": 820982911946154508, "admin_graphql_api_id": "gid://shopify/Order/820982911946154508", "cart_token": "eeafa272cebf", "checkout_id": 37201020011, "checkout_token": "c7d1a3b9e5f2", "cancelled_at": null, "closed_at": null,
         "created_at": "2026-11-23T09:12:00-05:00", "updated_at": "2026-11-23T09:12:01-05:00", "processed_at": "2026-11-23T09:11:58-05:00", "currency": "USD", "email": "ada@mail.example", "contact_email": "ada@mail.example",
         "financial_status": "pending", "fulfillment_status": null, "name": "#9999", "order_number": 9999, "phone": null, "total_price": "77.39", "current_total_price": "77.39", "note_attributes": [], "refunds": [],
         "billing_address": {"phone": "(555) 555-0100"}, "customer": null, "shipping_address": null, "line_items": []}""");

    @TempDir
    Path folder;

    private Meaning shop;

    @BeforeEach
    void open() {
        shop = new Meaning(folder, "shopify", "api.url = https://green-leaf.myshopify.example");
    }

    private Map<String, Object> checkout(Body body) {
        return shop.one("checkouts/update", body.toString());
    }

    private Map<String, Object> order(Body body) {
        return shop.one("orders/updated", body.toString());
    }

    @Test
    void a_cart_is_nobodys() {
        Map<String, Object> cart = shop.one("carts/update", Meaning.sample("shopify/carts_update.minimal.json"));
        assertThat(cart)
                .containsEntry("event", "cart")
                .containsEntry("cart_id", "49801807939c296be1e9a4bf6783a705")
                .containsEntry("phone", null)
                .containsEntry("email", null)
                .containsEntry("currency", null)
                .containsEntry("consent", "unknown")
                .containsEntry("total", amount("1"))
                .containsEntry("item_count", 1)
                .containsEntry("changed_at", at("2012-02-13T19:39:12Z"));
        assertThat((String) cart.get("items"))
                .isEqualTo("[{\"brand\":\"test\",\"name\":\"test\",\"price\":1.000,\"quantity\":1.000}]");
        assertThat(
                        shop.one(
                                "carts/create",
                                "{\"id\":\"hWN1abc?key=f00\",\"token\":\"hWN1abc?key=f00\",\"line_items\":[],\"updated_at\":\"2026-11-23T14:00:00.000Z\"}"))
                .containsEntry("cart_id", "hWN1abc")
                .containsEntry("item_count", 0);
    }

    @Test
    void a_checkout_has_a_contact() {
        Map<String, Object> cart = checkout(CHECKOUT);
        assertThat(cart)
                .containsEntry("event", "cart")
                .containsEntry("cart_id", "c7d1a3b9e5f2")
                .containsEntry("phone", "+15555550100")
                .containsEntry("email", "ada@mail.example")
                .containsEntry("currency", "USD")
                .containsEntry("total", amount("77.39"))
                .containsEntry("url", "https://shop.example/690933842/checkouts/c7d1a3b9e5f2/recover?key=1a2b")
                .containsEntry("version", at("2026-11-23T14:10:00Z"));
        assertThat((String) cart.get("items"))
                .isEqualTo(
                        "[{\"brand\":\"Green Leaf Farms\",\"name\":\"Blue Dream 3.5g\",\"price\":41.000,\"quantity\":1.000,\"sku\":\"BD-35\"},{\"name\":\"Mint Gummies\",\"price\":15.000,\"quantity\":2.000}]");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "true | - | granted",
                "false | - | unknown",
                "null | - | unknown",
                "false | subscribed | granted",
                "true | unsubscribed | withheld",
                "false | redacted | withheld",
                "false | pending | unknown",
                "null | not_subscribed | unknown",
                "true | not_subscribed | granted",
                "\"true\" | - | granted"
            })
    void a_box_that_was_not_ticked_says_nothing_and_a_consent_withdrawn_is_a_no(
            String accepts, String state, String consent) {
        assertThat(checkout(CHECKOUT.with("buyer_accepts_marketing", accepts)
                        .with(
                                "customer.email_marketing_consent",
                                state == null ? "null" : "{\"state\":\"" + state + "\"}")
                        .with("customer.email", "\"ADA@mail.example\"")))
                .containsEntry("consent_email", consent)
                .containsEntry("consent_phone", "unknown");
    }

    @Test
    void who_agrees_to_texts_agrees_for_the_phone_that_was_given_for_them() {
        assertThat(checkout(CHECKOUT.with("buyer_accepts_sms_marketing", "true")
                        .with("sms_marketing_phone", "\"555-555-0177\"")))
                .containsEntry("phone", "+15555550177")
                .containsEntry("consent_phone", "granted")
                .containsEntry("consent_email", "unknown");
        assertThat(checkout(CHECKOUT.with("customer.sms_marketing_consent", "{\"state\":\"subscribed\"}")
                        .with("customer.phone", "\"555-555-0178\"")
                        .with("phone", "\"555-555-0177\"")))
                .containsEntry("phone", "+15555550178")
                .containsEntry("consent_phone", "granted");
        assertThat(checkout(CHECKOUT.with("customer.sms_marketing_consent", "{\"state\":\"unsubscribed\"}")
                        .with("buyer_accepts_sms_marketing", "true")))
                .containsEntry("consent_phone", "withheld");
    }

    @Test
    void what_the_customer_agreed_to_is_about_their_own_email() {
        assertThat(checkout(CHECKOUT.with("customer.email_marketing_consent", "{\"state\":\"subscribed\"}")
                        .with("customer.email", "\"other@mail.example\"")))
                .containsEntry("consent_email", "unknown");
        assertThat(checkout(CHECKOUT.with("customer.email_marketing_consent", "null")
                        .with("customer.email", "\"ada@mail.example\"")
                        .with("customer.accepts_marketing", "true")))
                .containsEntry("consent_email", "granted");
        for (String updated : List.of("2026-01-02T00:00:00Z withheld", "2026-01-01T00:00:00Z unknown")) {
            assertThat(checkout(CHECKOUT.with("customer.email_marketing_consent", "null")
                            .with("customer.accepts_marketing", "false")
                            .with("customer.created_at", "\"2026-01-01T00:00:00Z\"")
                            .with("customer.accepts_marketing_updated_at", '"' + updated.split(" ")[0] + '"')))
                    .containsEntry("consent_email", updated.split(" ")[1]);
        }
    }

    @Test
    void phones_are_looked_for_in_order_and_empty_ones_are_none() {
        assertThat(checkout(CHECKOUT.with("phone", "\"555-555-0101\""))).containsEntry("phone", "+15555550101");
        assertThat(checkout(CHECKOUT.with("customer.phone", "\"\""))).containsEntry("phone", "+15555550199");
        assertThat(checkout(CHECKOUT.with("customer", "null")
                        .with("shipping_address", "null")
                        .with("billing_address", "{\"phone\":\"555-555-0102\"}")))
                .containsEntry("phone", "+15555550102");
        assertThat(checkout(CHECKOUT.with("customer", "null")
                        .with("shipping_address", "null")
                        .with("email", "null")))
                .containsEntry("phone", null)
                .containsEntry("email", null);
        assertThat(order(ORDER.with("email", "\"\"")))
                .containsEntry("phone", "+15555550100")
                .containsEntry("email", "ada@mail.example");
    }

    @Test
    void a_checkout_and_its_order_share_a_cart_but_no_name_space() {
        Map<String, Object> order = order(ORDER);
        assertThat(order)
                .containsEntry("order_id", "820982911946154508")
                .containsEntry("cart_id", "eeafa272cebf")
                .containsEntry(
                        "checkout_id", "37201020011 " + checkout(CHECKOUT).get("cart_id"))
                .containsEntry("name", "9999")
                .containsEntry("placed_at", at("2026-11-23T14:12:00Z"));
        assertThat(order(ORDER.with("id", "37201020011").with("checkout_token", "null")))
                .containsEntry("order_id", "37201020011")
                .containsEntry("checkout_id", "37201020011");
        assertThat(checkout(CHECKOUT.without("token"))).containsEntry("cart_id", "37201020011");
        assertThat(order(ORDER.with("cart_token", "\"hWN1abc?key=f00\""))).containsEntry("cart_id", "hWN1abc");
    }

    @Test
    void trap_5_a_completed_checkout_and_its_cart_became_an_order_for_good() {
        List<Map<String, Object>> end = shop.of(
                "checkouts/update",
                CHECKOUT.with("completed_at", "\"2026-11-23T09:12:00-05:00\"").toString());
        assertThat(end)
                .allSatisfy(one ->
                        assertThat(one).containsEntry("event", "converted").containsEntry("order_id", null))
                .extracting(one -> one.get("cart_id"))
                .containsExactly("c7d1a3b9e5f2", "eeafa272cebf");
        assertThat(checkout(CHECKOUT.with("cart_token", "null").with("completed_at", "\"2026-11-23T09:12:00-05:00\"")))
                .containsEntry("event", "converted");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "web,true",
                "580111,true",
                "-,true",
                "pos,false",
                "iphone,false",
                "shopify_draft_order,false",
                "subscription_contract_checkout_one,false"
            })
    void only_what_a_shopper_put_together_is_a_cart(String source, boolean cart) {
        assertThat(shop.of(
                        "checkouts/update",
                        CHECKOUT.with("source_name", source == null ? "null" : "\"" + source + "\"")
                                .toString()))
                .hasSize(cart ? 1 : 0);
    }

    @Test
    void trap_6_an_order_without_checkout_and_cart_has_only_its_contact() {
        assertThat(order(ORDER.with("cart_token", "null")
                        .with("checkout_token", "null")
                        .with("checkout_id", "null")))
                .containsEntry("cart_id", null)
                .containsEntry("checkout_id", null)
                .containsEntry("email", "ada@mail.example")
                .containsEntry("phone", "+15555550100");
        assertThat(order(ORDER.without("cart_token", "checkout_token", "checkout_id")))
                .containsEntry("cart_id", null)
                .containsEntry("checkout_id", null);
        assertThat(order(ORDER.with("cart_token", "null")
                        .with("note_attributes", "[{\"name\":\"aiq_cart\",\"value\":\"basket-9\"}]")))
                .containsEntry("cart_id", "basket-9");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "pending,-,-,OPEN",
                "authorized,-,-,OPEN",
                "partially_paid,-,-,OPEN",
                "paid,-,-,PAID",
                "paid,partial,-,PAID",
                "paid,fulfilled,-,COMPLETED",
                "pending,fulfilled,-,OPEN",
                "refunded,fulfilled,-,REFUNDED",
                "partially_refunded,fulfilled,-,COMPLETED",
                "voided,-,-,CANCELLED",
                "paid,-,2026-11-23T10:00:00-05:00,CANCELLED",
                "refunded,-,2026-11-23T10:00:00-05:00,CANCELLED",
                "expired,-,-,CANCELLED",
                "expired,fulfilled,-,OPEN",
                "voided,partial,-,OPEN",
                "voided,fulfilled,2026-11-23T10:00:00-05:00,CANCELLED",
                "somethingnew,-,2026-11-23T10:00:00-05:00,CANCELLED",
                "-,-,-,OPEN"
            })
    void the_status_follows_from_payment_fulfilment_and_cancellation(
            String financial, String fulfilment, String cancelled, String ours) {
        Body body = ORDER.with("financial_status", financial == null ? "null" : "\"" + financial + "\"")
                .with("fulfillment_status", fulfilment == null ? "null" : "\"" + fulfilment + "\"")
                .with("cancelled_at", cancelled == null ? "null" : "\"" + cancelled + "\"");
        assertThat(order(body)).containsEntry("status", ours);
        assertThat(shop.one("orders/create", body.toString())).containsEntry("status", ours);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "pending,-,0",
                "voided,-,0",
                "partially_paid,-,0",
                "paid,-,1",
                "refunded,-,1",
                "partially_refunded,-,1",
                "pending,fulfilled,1",
                "pending,partial,1"
            })
    void what_was_paid_or_handed_over_is_told_apart_when_it_is_cancelled(
            String financial, String fulfilment, int paid) {
        assertThat(order(ORDER.with("financial_status", "\"" + financial + "\"")
                        .with("fulfillment_status", fulfilment == null ? "null" : "\"" + fulfilment + "\"")
                        .with("cancelled_at", "\"2026-11-23T10:00:00-05:00\"")))
                .containsEntry("status", "CANCELLED")
                .containsEntry("paid_once", paid);
    }

    @Test
    void archiving_changes_nothing_but_the_time() {
        for (String financial : List.of("pending", "paid", "refunded")) {
            Body body = ORDER.with("financial_status", "\"" + financial + "\"");
            assertThat(order(body.with("closed_at", "\"2026-11-24T09:12:00-05:00\"")))
                    .isEqualTo(order(body));
        }
    }

    @Test
    void a_word_that_nobody_explained_is_parked() {
        assertThatThrownBy(() -> order(ORDER.with("financial_status", "\"disputed\"")))
                .isInstanceOf(EventProblem.class)
                .hasMessageContaining("status.disputed = open");
    }

    @Test
    void goods_that_all_came_back_are_a_whole_refund_though_the_shipping_was_kept() {
        Body sold = ORDER.with("financial_status", "\"partially_refunded\"")
                .with("line_items", "[{\"id\":1,\"quantity\":2},{\"id\":2,\"quantity\":1},{\"id\":3,\"quantity\":0}]");
        String first =
                "{\"refund_line_items\":[{\"line_item_id\":1,\"quantity\":1},{\"line_item_id\":2,\"quantity\":1}],\"transactions\":[%s]}";
        String rest = "{\"refund_line_items\":[{\"line_item_id\":1,\"quantity\":1}],\"transactions\":[%s]}";
        String good = "{\"kind\":\"refund\",\"status\":\"success\",\"amount\":\"10.00\"}";
        String failed = good.replace("success", "failure");
        assertThat(order(sold.with("refunds", "[" + first.formatted(good) + "]")))
                .containsEntry("status", "PAID");
        assertThat(order(sold.with("refunds", "[" + first.formatted(good) + "," + rest.formatted("") + "]")))
                .containsEntry("status", "REFUNDED");
        assertThat(order(sold.with("refunds", "[" + first.formatted(good) + "," + rest.formatted(failed) + "]")))
                .containsEntry("status", "PAID");
        assertThat(order(sold.with("line_items", "[]").with("refunds", "[" + first.formatted(good) + "]")))
                .containsEntry("status", "PAID");
    }

    @Test
    void a_tip_and_a_gift_card_are_no_goods_that_have_to_come_back() {
        Body sold = ORDER.with("financial_status", "\"partially_refunded\"")
                .with(
                        "refunds",
                        "[{\"refund_line_items\":[{\"line_item_id\":1,\"quantity\":1}],\"transactions\":[{\"kind\":\"refund\",\"status\":\"success\",\"amount\":\"10.00\"}]}]");
        for (String beside : List.of(
                "\"tip\":{\"payment_method\":null,\"payment_gateway\":null}",
                "\"tip_payment_gateway\":\"shopify_payments\"",
                "\"gift_card\":true")) {
            Body with = sold.with(
                    "line_items",
                    "[{\"id\":1,\"quantity\":1,\"gift_card\":false},{\"id\":2,\"quantity\":1," + beside + "}]");
            assertThat(order(with)).as(beside).containsEntry("status", "REFUNDED");
            assertThat(order(with.with("refunds", "[]"))).as(beside).containsEntry("status", "PAID");
        }
    }

    @Test
    void of_two_topics_in_one_second_the_one_further_along_counts() {
        List<Long> versions = List.of(
                        ORDER,
                        ORDER.with("financial_status", "\"paid\""),
                        ORDER.with("financial_status", "\"paid\"").with("fulfillment_status", "\"fulfilled\""),
                        ORDER.with("cancelled_at", "\"2026-11-23T09:12:01-05:00\""))
                .stream()
                .map(b -> (Long) order(b).get("version"))
                .toList();
        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void refunds_are_added_up_as_far_as_they_succeeded() {
        assertThat(order(
                        ORDER.with("financial_status", "\"partially_refunded\"").with("refunds", """
            [{"id": 1, "transactions": [{"kind": "refund", "status": "success", "amount": "10.10"}, {"kind": "refund", "status": "failure", "amount": "99.00"}]},
             {"id": 2, "transactions": [{"kind": "refund", "amount": 0.20}, {"kind": "void", "status": "success", "amount": "5.00"}]}, {"id": 3}]""")))
                .containsEntry("refunded", amount("10.30"))
                .containsEntry("status", "PAID");
    }

    @Test
    void what_only_says_that_an_order_changed_asks_the_shop_for_it() {
        assertThat(
                        shop.one(
                                "refunds/create",
                                "{\"id\":509562969,\"order_id\":820982911946154508,\"refund_line_items\":[],\"transactions\":[{\"kind\":\"refund\",\"amount\":\"10.00\"}]}"))
                .containsEntry("event", "fetch")
                .containsEntry("what", "order")
                .containsEntry("id", "820982911946154508");
        assertThat(shop.one("orders/edited", "{\"order_edit\":{\"id\":1,\"order_id\":820982911946154508}}"))
                .containsEntry("event", "fetch")
                .containsEntry("id", "820982911946154508");
        assertThat(Meaning.only(shop.fetched(
                        "order",
                        "820982911946154508",
                        "{\"order\":" + ORDER.with("financial_status", "\"refunded\"") + "}")))
                .containsEntry("event", "order")
                .containsEntry("status", "REFUNDED");
        assertThat(Meaning.only(shop.fetched("order", "820982911946154508", null)))
                .containsEntry("event", "gone")
                .containsEntry("order_id", "820982911946154508");
        shop = new Meaning(folder, "shopify");
        assertThat(shop.of("refunds/create", "{\"id\":509562969,\"order_id\":820982911946154508}"))
                .as("without a token of its API, orders/updated says it too")
                .isEmpty();
    }

    @Test
    void what_was_asked_for_means_what_was_heard() {
        assertThat(Meaning.only(shop.polled("orders/updated", ORDER.toString())))
                .isEqualTo(order(ORDER));
        assertThat(Meaning.only(shop.polled("checkouts/update", CHECKOUT.toString())))
                .isEqualTo(checkout(CHECKOUT));
    }

    @Test
    void trap_17_an_emptied_checkout_is_an_empty_cart() {
        assertThat(checkout(CHECKOUT.with("line_items", "[]").with("total_price", "\"0.00\"")))
                .containsEntry("event", "cart")
                .containsEntry("item_count", 0);
    }

    @Test
    void what_the_body_shows_goes_before_the_topic_which_is_not_signed() {
        String order =
                "{\"id\":1,\"token\":\"t\",\"financial_status\":\"paid\",\"updated_at\":\"2026-11-24T19:30:35Z\",\"email\":\"ada@mail.example\",\"buyer_accepts_marketing\":true}";
        String checkout =
                "{\"id\":2,\"token\":\"c\",\"abandoned_checkout_url\":\"https://shop.example/c\",\"updated_at\":\"2026-11-24T19:30:35Z\"}";
        for (String topic :
                List.of("orders/delete", "orders/updated", "carts/update", "checkouts/update", "checkouts/delete")) {
            assertThat(shop.one(topic, order))
                    .as(topic)
                    .containsEntry("event", "order")
                    .containsEntry("status", "PAID");
        }
        for (String topic : List.of("orders/delete", "orders/create", "checkouts/create")) {
            assertThat(shop.one(topic, checkout)).as(topic).containsEntry("event", "cart");
        }
    }

    @Test
    void what_is_deleted_is_gone() {
        assertThat(shop.one("orders/delete", "{\"id\":820982911946154508}"))
                .containsEntry("event", "gone")
                .containsEntry("what", "order")
                .containsEntry("order_id", "820982911946154508");
        assertThat(shop.one("checkouts/delete", "{\"id\":37201020011,\"token\":\"c7d1a3b9e5f2\"}"))
                .containsEntry("event", "gone")
                .containsEntry("cart_id", "c7d1a3b9e5f2");
        assertThat(shop.of("checkouts/delete", "{\"id\":37201020011}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "products/update | {\"id\":1}",
                "app/uninstalled | {\"id\":1}",
                "customers/redact | {\"customer\":{\"email\":\"a@b.example\"}}",
                "- | {\"id\":1,\"token\":\"x\"}",
                "orders/edited | {}",
                "refunds/create | {\"order_id\":null}"
            })
    void what_says_nothing_about_a_cart_or_an_order_means_nothing(String topic, String body) {
        assertThat(shop.of(topic, body)).isEmpty();
    }
}
