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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jane's deliveries mean (routes/storefront/jane/README.md). */
class JaneTest {
    static final Body CART = Body.of("""
        {"cart": {"id": 12345, "status": "verification", "amount": 71.5, "created_at": "2026-11-23 03:00:00", "checked_out_time": "2026-11-23 03:05:00", "store_id": 7, "user_id": 9, "external_user_id": "", "customer_name": "Ada",
         "customer_phone_number": "+15555550100", "customer_email_address": "ada@mail.example", "reservation_mode": "pickup", "pos_order_id": null, "tags": {"aiq_cart": "basket-9"},
         "products": [{"product_id": 1, "count": 2, "checkout_price": 30, "discounted_checkout_price": "28.5"}]}}""");

    @TempDir
    Path folder;

    private Meaning shop;

    @BeforeEach
    void open() {
        shop = new Meaning(folder, "jane");
    }

    @Test
    void the_cart_is_the_order_and_its_times_are_the_shops() {
        assertThat(shop.one(null, CART.toString()))
                .containsEntry("event", "order")
                .containsEntry("order_id", "12345")
                .containsEntry("cart_id", "12345")
                .containsEntry("checkout_id", "basket-9")
                .containsEntry("status", "OPEN")
                .containsEntry("total", amount("71.5"))
                .containsEntry("phone", "+15555550100")
                .containsEntry("email", "ada@mail.example")
                .containsEntry("placed_at", at("2026-11-23T10:05:00Z"))
                .containsEntry("changed_at", at("2026-11-23T10:05:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "verification,OPEN",
        "pending,OPEN",
        "staff_member_review,OPEN",
        "with_review,OPEN",
        "preparing,OPEN",
        "ready_for_pickup,OPEN",
        "delivery_started,OPEN",
        "delivery_finished,COMPLETED",
        "finished,COMPLETED",
        "finished_without_review,COMPLETED",
        "cancelled,CANCELLED",
        "canceled,CANCELLED",
        "Dismissed,DELETED"
    })
    void each_status_means_one_of_ours(String status, String ours) {
        assertThat(shop.one(null, CART.with("cart.status", "\"" + status + "\"").toString()))
                .containsEntry("status", ours);
    }

    @Test
    void a_word_that_nobody_explained_is_parked() {
        assertThatThrownBy(() ->
                        shop.of(null, CART.with("cart.status", "\"no_show\"").toString()))
                .isInstanceOf(EventProblem.class)
                .hasMessageContaining("status.no_show = open");
    }

    @Test
    void without_a_time_of_the_change_the_one_further_along_is_newer() {
        List<Long> versions = List.of("verification", "finished", "cancelled").stream()
                .map(s -> (Long)
                        shop.one(null, CART.with("cart.status", "\"" + s + "\"").toString())
                                .get("version"))
                .toList();
        assertThat(versions).isSorted().doesNotHaveDuplicates();
        assertThat(shop.one(
                        null,
                        CART.with("cart.updated_at", "\"2026-11-23 04:00:00\"").toString()))
                .containsEntry("changed_at", at("2026-11-23T11:00:00Z"));
    }

    @Test
    void it_is_known_by_the_site_s_cart_and_the_till_s_sale() {
        assertThat(shop.one(null, CART.with("cart.pos_order_id", "\"POS-77\"").toString()))
                .containsEntry("cart_id", "12345")
                .containsEntry("checkout_id", "POS-77 basket-9");
    }

    @Test
    void whether_it_was_paid_is_not_said_before_it_is_handed_over() {
        for (String status : List.of("verification", "ready_for_pickup", "cancelled", "dismissed")) {
            assertThat(shop.one(
                            null, CART.with("cart.status", "\"" + status + "\"").toString()))
                    .as(status)
                    .containsEntry("paid_once", 0);
        }
        assertThat(shop.one(null, CART.with("cart.status", "\"finished\"").toString()))
                .containsEntry("paid_once", 1);
    }

    @Test
    void the_till_s_own_id_links_where_the_site_gave_no_cart() {
        assertThat(shop.one(
                        null,
                        CART.with("cart.tags", "[]")
                                .with("cart.pos_order_id", "\"POS-77\"")
                                .toString()))
                .containsEntry("checkout_id", "POS-77");
        assertThat(shop.one(null, CART.with("cart.tags", "null").toString())).containsEntry("checkout_id", null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"cart\":{}}",
                "{\"cart\":{\"id\":1}}",
                "{\"cart\":{\"status\":\"finished\"}}",
                "[]",
                "{\"cart\":null}"
            })
    void what_names_no_cart_or_no_status_means_nothing(String body) {
        assertThat(shop.of(null, body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "any",
            value = {"12345,any", "basket-9,checkout"})
    void what_callers_send_is_known_by_its_form(String id, String sort) {
        OrderIds ids = OrderIds.of(Settings.of(TestBridge.HOME.resolve("routes/storefront/jane/kind.properties")));
        assertThat(ids.refused(id, null)).isEmpty();
        assertThat(ids.read(id, null)).isEqualTo(new OrderIds.Id(id, sort, true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"https://shop.example/carts/12345 | aiq_cart"})
    void what_names_no_order_is_refused_with_what_to_send_instead(String id, String instead) {
        OrderIds ids = OrderIds.of(Settings.of(TestBridge.HOME.resolve("routes/storefront/jane/kind.properties")));
        assertThat(ids.refused(id, null).orElse("")).contains(instead);
    }
}
