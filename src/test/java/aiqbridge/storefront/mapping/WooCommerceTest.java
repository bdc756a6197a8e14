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
import org.junit.jupiter.params.provider.ValueSource;

/** What WooCommerce's deliveries mean (routes/storefront/woocommerce/README.md). */
class WooCommerceTest {
    private static final Body CREATED = Body.sample("woocommerce/order.created.json");
    private static final Body COMPLETED = Body.sample("woocommerce/order.updated.completed.json");
    private static final Body DRAFT = CREATED.with("status", "\"checkout-draft\"")
            .with("created_via", "\"store-api\"")
            .without("date_paid", "date_paid_gmt")
            .with("date_modified_gmt", "\"2017-03-22T19:20:00\"");
    private static final String CARTFLOWS =
            Meaning.sample("woocommerce/wcar.abandoned.made.form.txt").strip();

    @TempDir
    Path folder;

    private Meaning shop;

    @BeforeEach
    void open() {
        shop = new Meaning(folder, "woocommerce");
    }

    /** Of an order that stands: it is one thing. */
    private Map<String, Object> updated(Body body) {
        return shop.one("order.updated", body.toString());
    }

    /** Of an order whose shopper is still at the checkout: a cart, and an order that is not placed. */
    private Map<String, Object> cart(Body body) {
        List<Map<String, Object>> told = shop.of("order.updated", body.toString());
        assertThat(told).hasSize(2);
        assertThat(told.get(1))
                .containsEntry("event", "order")
                .containsEntry("status", "UNPLACED")
                .containsEntry("version", told.get(0).get("version"));
        assertThat(told.get(0)).containsEntry("event", "cart");
        return told.get(0);
    }

    @Test
    void an_order_as_the_documentation_shows_it() {
        assertThat(shop.one("order.created", CREATED.toString()))
                .containsEntry("event", "order")
                .containsEntry("order_id", "727")
                .containsEntry("status", "PAID")
                .containsEntry("cart_id", "order-727")
                .containsEntry("checkout_id", null)
                .containsEntry("phone", null) // (555) 555-5555 stands for nobody
                .containsEntry("email", "john.doe@example.com")
                .containsEntry("total", amount("29.35"))
                .containsEntry("refunded", amount("0"))
                .containsEntry("placed_at", at("2017-03-22T19:28:02Z"))
                .containsEntry("changed_at", at("2017-03-22T19:28:08Z"))
                .containsEntry("account_id", "green-leaf")
                .containsEntry("connection", "web");
        assertThat(updated(COMPLETED))
                .containsEntry("status", "COMPLETED")
                .containsEntry("changed_at", at("2017-03-22T19:30:35Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "on-hold,OPEN",
        "processing,PAID",
        "completed,COMPLETED",
        "cancelled,CANCELLED",
        "refunded,REFUNDED",
        "trash,DELETED",
        "shipped,COMPLETED",
        "partial-shipped,PAID",
        "pre-ordered,OPEN",
        "ready-for-pickup,OPEN",
        "PROCESSING,PAID"
    })
    void each_status_means_one_of_ours(String status, String ours) {
        assertThat(updated(CREATED.with("status", "\"" + status + "\""))).containsEntry("status", ours);
    }

    @Test
    void where_customers_pay_in_the_store_the_shop_says_which_status_is_the_last() {
        shop = new Meaning(
                folder,
                "woocommerce",
                "status.processing = completed",
                "status.ready-for-pickup = paid",
                "status.pending = open");
        assertThat(updated(CREATED)).containsEntry("status", "COMPLETED");
        assertThat(updated(CREATED.with("status", "\"ready-for-pickup\""))).containsEntry("status", "PAID");
        assertThat(updated(DRAFT.with("status", "\"pending\"")))
                .containsEntry("event", "order")
                .containsEntry("status", "OPEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout-draft", "pending", "failed"})
    void trap_3_an_order_of_which_nothing_is_paid_is_a_cart_until_it_is_one(String status) {
        Map<String, Object> cart = cart(
                DRAFT.with("status", "\"" + status + "\"").with("payment_url", "\"https://shop.example/pay/727\""));
        assertThat(cart)
                .containsEntry("event", "cart")
                .containsEntry("cart_id", "order-727")
                .containsEntry("phone", null) // (555) 555-5555 stands for nobody
                .containsEntry("email", "john.doe@example.com")
                .containsEntry("url", "https://shop.example/pay/727")
                .containsEntry("currency", "USD")
                .containsEntry("total", amount("29.35"))
                .containsEntry("item_count", 2)
                .containsEntry("consent", "unknown")
                .containsEntry("order_id", null);
        Map<String, Object> order = updated(CREATED);
        assertThat(order)
                .containsEntry("event", "order")
                .containsEntry("order_id", "727")
                .containsEntry("cart_id", cart.get("cart_id"));
        assertThat((Long) order.get("version")).isGreaterThan((Long) cart.get("version"));
    }

    @Test
    void what_was_paid_once_is_no_cart_again() {
        assertThat(updated(CREATED.with("status", "\"pending\"")))
                .containsEntry("event", "order")
                .containsEntry("status", "OPEN")
                .containsEntry("paid_once", 1);
        for (String ended : List.of("failed", "cancelled", "trash")) {
            assertThat(updated(CREATED.with("status", "\"" + ended + "\"")))
                    .as(ended)
                    .containsEntry("event", "order")
                    .containsEntry("status", ended.equals("trash") ? "DELETED" : "CANCELLED")
                    .containsEntry("paid_once", 1);
        }
    }

    @Test
    void what_never_was_paid_is_told_apart_from_what_was() {
        for (String status : List.of("on-hold", "cancelled", "trash")) {
            assertThat(updated(DRAFT.with("status", "\"" + status + "\"")))
                    .as(status)
                    .containsEntry("paid_once", 0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "checkout,true",
                "store-api,true",
                "-,true",
                "admin,false",
                "subscription,false",
                "rest-api,false",
                "bookings,false",
                "'',false"
            })
    void only_what_a_shopper_put_together_at_a_checkout_is_a_cart(String via, boolean cart) {
        for (String status : List.of("pending", "failed", "checkout-draft")) {
            Body body = DRAFT.with("status", "\"" + status + "\"");
            assertThat(shop.of(
                            "order.updated",
                            (via == null ? body.without("created_via") : body.with("created_via", "\"" + via + "\""))
                                    .toString()))
                    .extracting(told -> told.get("event"))
                    .isEqualTo(cart ? List.of("cart", "order") : List.of("order"));
        }
    }

    @Test
    void a_word_that_nobody_explained_is_what_the_orders_dates_say_and_parked_without_one() {
        Body strange = DRAFT.with("status", "\"awaiting-approval\"");
        assertThat(updated(strange.with("date_paid_gmt", "\"2017-03-22T19:28:08\"")))
                .containsEntry("status", "PAID");
        assertThat(updated(strange.with("date_completed_gmt", "\"2017-03-22T19:28:08\"")))
                .containsEntry("status", "COMPLETED");
        assertThatThrownBy(() -> updated(strange.without("date_completed_gmt", "date_completed")))
                .isInstanceOf(EventProblem.class)
                .hasMessageContaining("awaiting-approval")
                .hasMessageContaining("status.awaiting-approval = open");
        shop = new Meaning(folder, "woocommerce", "status.awaiting-approval = open");
        assertThat(updated(strange.without("date_completed_gmt", "date_completed")))
                .containsEntry("status", "OPEN");
    }

    @Test
    void an_order_is_known_by_its_number_and_its_key() {
        assertThat(updated(CREATED.with("number", "\"#WC-1001\"")))
                .containsEntry("name", "WC-1001 wc_order_58d2d042d1d");
    }

    @Test
    void trap_4_the_same_body_under_another_delivery_id_is_the_same_event() {
        assertThat(updated(CREATED))
                .isEqualTo(shop.one("order.created", CREATED.toString()))
                .isEqualTo(Meaning.only(shop.polled("order.updated", CREATED.toString())));
    }

    @Test
    void of_two_changes_in_one_second_the_one_further_along_counts() {
        Body second = CREATED.with("date_modified_gmt", "\"2017-03-22T19:28:08\"");
        List<Object> versions = List.of(
                        second,
                        second.with("status", "\"completed\""),
                        second.with("status", "\"completed\"").with("refunds", "[{\"id\":1,\"total\":\"-1.00\"}]"),
                        second.with("status", "\"refunded\""))
                .stream()
                .map(b -> updated(b).get("version"))
                .toList();
        assertThat(versions)
                .map(v -> (Long) v)
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(v -> v < at("2017-03-22T19:28:09Z"));
    }

    @Test
    void trap_13_a_refund_of_a_part_leaves_the_order_completed() {
        assertThat(
                        updated(
                                COMPLETED.with(
                                        "refunds",
                                        "[{\"id\":726,\"reason\":\"\",\"total\":\"-10.00\"},{\"id\":727,\"total\":-2.5},{\"id\":728,\"total\":null}]")))
                .containsEntry("status", "COMPLETED")
                .containsEntry("refunded", amount("12.50"))
                .containsEntry("total", amount("29.35"));
    }

    @Test
    void trap_14_prices_are_numbers_and_amounts_are_texts() {
        assertThat((String) cart(DRAFT).get("items"))
                .contains("\"price\":3.000,\"quantity\":2.000")
                .contains("\"name\":\"Woo Single #1\"")
                .contains("\"name\":\"Ship Your Idea – Color: Black, Size: M Test\"")
                .contains("\"sku\":\"Bar3\"")
                .doesNotContain("\"sku\":\"\"");
        Map<String, Object> texts = cart(DRAFT.with(
                        "line_items",
                        "[{\"name\":\"Flower\",\"quantity\":\"2\",\"price\":\"3.50\",\"image\":{\"id\":\"\",\"src\":\"https://shop.example/f.png\"}}]")
                .with("total", "7"));
        assertThat((String) texts.get("items"))
                .isEqualTo(
                        "[{\"image\":\"https://shop.example/f.png\",\"name\":\"Flower\",\"price\":3.500,\"quantity\":2.000}]");
        assertThat(texts).containsEntry("total", amount("7"));
    }

    @Test
    void a_list_that_php_wrote_as_an_object_is_a_list() {
        assertThat(cart(DRAFT.with("line_items", "{\"1\":{\"name\":\"Flower\",\"quantity\":1,\"price\":3}}")
                        .with("refunds", "{\"0\":{\"total\":\"-1\"}}")))
                .containsEntry("item_count", 1);
    }

    @Test
    void trap_15_a_guest_without_phone_and_mail_is_nobody() {
        assertThat(cart(DRAFT.with("billing", "{\"email\":\"\",\"phone\":\"0\"}")))
                .containsEntry("phone", null)
                .containsEntry("email", null);
        assertThat(cart(DRAFT.with("billing", "[]").with("shipping", "{\"phone\":\"555-555-0101\"}")))
                .containsEntry("phone", "+15555550101")
                .containsEntry("email", null);
    }

    @Test
    void trap_17_a_draft_without_lines_is_an_empty_cart() {
        assertThat(cart(DRAFT.with("line_items", "[]")))
                .containsEntry("event", "cart")
                .containsEntry("item_count", 0);
    }

    @Test
    void a_deleted_order_is_gone_and_so_is_its_cart() {
        assertThat(shop.of("order.deleted", Meaning.sample("woocommerce/order.deleted.json")))
                .hasSize(2)
                .allSatisfy(gone ->
                        assertThat(gone).containsEntry("event", "gone").containsEntry("version", Meaning.HEARD + 1_000))
                .anySatisfy(
                        gone -> assertThat(gone).containsEntry("what", "order").containsEntry("order_id", "727"))
                .anySatisfy(
                        gone -> assertThat(gone).containsEntry("what", "cart").containsEntry("cart_id", "order-727"));
        assertThat(shop.one("order.restored", CREATED.toString())).containsEntry("event", "order");
        // the topic is not signed
        assertThat(shop.one("order.deleted", CREATED.toString())).containsEntry("event", "order");
    }

    @Test
    void a_plugin_may_name_the_cart_in_the_orders_meta_data() {
        assertThat(
                        updated(
                                CREATED.with(
                                        "meta_data",
                                        "[{\"id\":1,\"key\":\"_x\",\"value\":{\"a\":1}},{\"id\":2,\"key\":\"aiq_cart\",\"value\":\"basket-9\"}]")))
                .containsEntry("checkout_id", "basket-9")
                .containsEntry("cart_id", "order-727");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action.woocommerce_add_to_cart | {\"action\":\"woocommerce_add_to_cart\",\"arg\":\"a5771bce\"}",
                "product.updated | {\"id\":1,\"status\":\"publish\"}",
                "customer.created | {\"id\":1,\"email\":\"a@b.example\"}",
                "coupon.deleted | {\"id\":1}",
                "order.updated | {\"webhook_id\":3}",
                "order.updated | {\"id\":7}",
                "order.updated | {\"id\":7,\"status\":\"auto-draft\"}",
                "order.created | []",
                "order.deleted | {\"id\":0}"
            })
    void what_says_nothing_about_a_cart_or_an_order_means_nothing(String topic, String body) {
        assertThat(shop.of(topic, body)).isEmpty();
    }

    @Test
    void a_body_with_less_or_stranger_fields_is_read_as_far_as_it_goes() {
        assertThat(
                        updated(
                                Body.of(
                                        "{\"id\":\"9\",\"status\":\"completed\",\"billing\":null,\"refunds\":null,\"line_items\":null,\"meta_data\":null,\"total\":null,\"extra\":{\"a\":[1,{\"b\":null}]}}")))
                .containsEntry("order_id", "9")
                .containsEntry("status", "COMPLETED")
                .containsEntry("total", null)
                .containsEntry("changed_at", Meaning.HEARD)
                .containsEntry("version", Meaning.HEARD);
        assertThat(updated(CREATED.without("date_modified_gmt", "date_created_gmt")))
                .as("in the shop's own zone")
                .containsEntry("changed_at", at("2017-03-22T22:28:08Z"));
    }

    @Test
    void trap_11_cartflows_posts_a_form_with_an_amount_for_people_and_a_token_encoded_twice() {
        for (String total : List.of(
                "%2471.00",
                "%26%2336%3B71.00",
                "%3Cspan+class%3D%22amount%22%3E%26%2336%3B71.00%3C%2Fspan%3E",
                "71%2C00+%E2%82%AC",
                "71")) {
            Map<String, Object> cart = Meaning.only(shop.form(CARTFLOWS.replace("%2471.00", total)));
            assertThat(cart)
                    .as(total)
                    .containsEntry("event", "cart")
                    .containsEntry("cart_id", "session-0f8e5a3f9c2d4b6a8e7d1c0b9a887766")
                    .containsEntry("total", amount("71"))
                    .containsEntry("phone", "+13035550142")
                    .containsEntry("email", "dana.reyes@mail.example")
                    .containsEntry("item_count", 2)
                    .containsEntry("changed_at", Meaning.HEARD)
                    .containsEntry("version", Meaning.HEARD);
            assertThat((String) cart.get("url")).startsWith("https://shop.example/checkout/?wcf_ac_token=");
        }
        String token = "d2NmX3Nlc3Npb25faWQ9MGY4ZTVhM2Y5YzJkNGI2YThlN2QxYzBiOWE4ODc3NjY%253D";
        for (String other : List.of(
                "d2NmX3Nlc3Npb25faWQ9MGY4ZTVhM2Y5YzJkNGI2YThlN2QxYzBiOWE4ODc3NjY%3D",
                "d2NmX3Nlc3Npb25faWQ9MGY4ZTVhM2Y5YzJkNGI2YThlN2QxYzBiOWE4ODc3NjZ8YTFiMmMz%253D%253D",
                "d2NmX3Nlc3Npb25faWQ9MGY4ZTVhM2Y5YzJkNGI2YThlN2QxYzBiOWE4ODc3NjY%253D%257Ca1b2c3")) {
            assertThat(Meaning.only(shop.form(CARTFLOWS.replace(token, other))))
                    .as(other)
                    .containsEntry("cart_id", "session-0f8e5a3f9c2d4b6a8e7d1c0b9a887766");
        }
    }

    @Test
    void cartflows_own_word_that_a_cart_is_over_ends_it() {
        for (String over : List.of("completed", "lost", "Completed")) {
            assertThat(Meaning.only(shop.form(CARTFLOWS.replace("order_status=abandoned", "order_status=" + over))))
                    .containsEntry("event", "gone")
                    .containsEntry("cart_id", "session-0f8e5a3f9c2d4b6a8e7d1c0b9a887766");
        }
    }

    @Test
    void a_form_without_a_session_is_one_cart_of_its_contact_and_without_a_contact_nothing() {
        String none = CARTFLOWS.replaceFirst("checkout_url=[^&]*", "checkout_url=https%3A%2F%2Fshop.example%2F");
        Map<String, Object> cart = Meaning.only(shop.form(none));
        assertThat((String) cart.get("cart_id")).matches("contact-[0-9a-f]{64}");
        assertThat(Meaning.only(shop.form(none.replace("dana.reyes", "Dana.Reyes"))))
                .containsEntry("cart_id", cart.get("cart_id"));
        assertThat(shop.form(none.replaceAll("(email|phone_number)=[^&]*", "$1=")))
                .isEmpty();
        assertThat(shop.form("webhook_id=3")).isEmpty();
    }
}
