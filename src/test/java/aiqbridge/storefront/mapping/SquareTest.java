package aiqbridge.storefront.mapping;

import static aiqbridge.storefront.mapping.Meaning.amount;
import static aiqbridge.storefront.mapping.Meaning.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
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

    private Map<String, Object> answered(Body order) {
        return Meaning.only(shop.fetched("order", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY", "{\"order\":" + order + "}"));
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
        Map<String, Object> cart = answered(ORDER.with("state", "\"" + state + "\""));
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
        assertThat(answered(ORDER.with("tenders", "[{\"id\":\"t\"}]")))
                .containsEntry("event", "order")
                .containsEntry("status", "PAID")
                .containsEntry("cart_id", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY")
                .containsEntry("checkout_id", "basket-9");
        assertThat(answered(ORDER.with("net_amount_due_money", "{\"amount\":0,\"currency\":\"USD\"}")))
                .containsEntry("event", "order")
                .containsEntry("status", "PAID");
        assertThat(answered(ORDER.with("net_amount_due_money", "{\"amount\":0}")
                        .with("total_money", "{\"amount\":0}")
                        .with("line_items", "[]")))
                .as("an empty draft owes nothing either")
                .containsEntry("event", "cart")
                .containsEntry("item_count", 0);
    }

    @ParameterizedTest
    @CsvSource({"COMPLETED,COMPLETED", "CANCELED,CANCELLED", "SOMETHING_NEW,OPEN"})
    void an_ended_order_closes_the_cart_of_the_same_id(String state, String ours) {
        assertThat(answered(ORDER.with("state", "\"" + state + "\"")))
                .containsEntry("event", "order")
                .containsEntry("status", ours)
                .containsEntry("order_id", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY")
                .containsEntry("cart_id", "eA3vssLHKJrv9H0IdJCM3gNqfdcZY");
    }

    @Test
    void trap_10_the_version_is_a_number_that_rises_and_times_do_not_count() {
        Long third = (Long) answered(ORDER).get("version");
        Long second = (Long) answered(ORDER.with("version", "2").with("updated_at", "\"2026-11-23T11:00:00Z\""))
                .get("version");
        assertThat(second).isLessThan(third);
        assertThat(answered(ORDER.with("version", "\"3\""))).containsEntry("version", 3L);
    }

    @Test
    void trap_14_quantities_are_texts_and_amounts_are_cents_of_their_currency() {
        assertThat((String) answered(
                                ORDER.with(
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
                        answered(
                                ORDER.with(
                                        "fulfillments",
                                        "[{\"type\":\"SHIPMENT\",\"shipment_details\":{\"recipient\":{\"phone_number\":\"555-555-0101\"}}}]")))
                .containsEntry("phone", "+15555550101")
                .containsEntry("email", null);
        assertThat(answered(
                        ORDER.without("fulfillments", "metadata", "line_items", "total_money", "net_amount_due_money")))
                .containsEntry("event", "cart")
                .containsEntry("phone", null)
                .containsEntry("item_count", 0)
                .containsEntry("total", null);
        assertThat(answered(ORDER.with("fulfillments", "[{\"type\":\"PICKUP\"}]")))
                .containsEntry("phone", null);
    }
}
