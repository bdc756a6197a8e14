package aiqbridge.storefront.mapping;

import static aiqbridge.storefront.mapping.Meaning.amount;
import static aiqbridge.storefront.mapping.Meaning.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our own body means (config/openapi.yaml, webhooks). */
class GenericTest {
    static final Body CART = Body.of("""
        {"type": "cart.updated", "timestamp": "2026-11-23T10:05:01Z", "data": {"id": "basket-9", "version": 4, "changedAt": "2026-11-23T10:05:00Z", "phone": "+1 555 555 0100", "email": "ada@mail.example", "consent": "granted",
         "url": "https://shop.example/basket/9", "currency": "USD", "total": 71.0, "items": [{"sku": "BD-35", "name": "Blue Dream 3.5g", "brand": "Green Leaf Farms", "category": "Flower", "price": 41.0, "quantity": 1, "image": "https://cdn.example/bd.png", "url": "https://shop.example/bd"}]}}""");
    static final Body ORDER = Body.of("""
        {"type": "order.updated", "timestamp": "2026-11-23T10:20:00Z", "data": {"id": "1001", "changedAt": "2026-11-23T10:19:59.500Z", "placedAt": "2026-11-23T10:10:00Z", "status": "completed", "cartId": "basket-9", "checkoutId": "ch-1",
         "phone": "+15555550100", "email": "ada@mail.example", "total": "71.00", "refunded": "0.50"}}""");

    @TempDir
    Path folder;

    private Meaning shop;

    @BeforeEach
    void open() {
        shop = new Meaning(
                folder,
                "generic",
                "status.picked-up = completed",
                "status.basket = cart",
                "status.test = ignored",
                "api.url = https://shop.example");
    }

    @Test
    void a_cart_says_everything_a_cart_can_say() {
        assertThat(shop.one("cart.updated", CART.toString()))
                .containsEntry("event", "cart")
                .containsEntry("cart_id", "basket-9")
                .containsEntry("version", 4L)
                .containsEntry("changed_at", at("2026-11-23T10:05:00Z"))
                .containsEntry("phone", "+15555550100")
                .containsEntry("email", "ada@mail.example")
                .containsEntry("consent", "granted")
                .containsEntry("url", "https://shop.example/basket/9")
                .containsEntry("currency", "USD")
                .containsEntry("total", amount("71"))
                .containsEntry("item_count", 1)
                .containsEntry("order_id", null)
                .containsEntry(
                        "items",
                        "[{\"brand\":\"Green Leaf Farms\",\"category\":\"Flower\",\"image\":\"https://cdn.example/bd.png\",\"name\":\"Blue Dream 3.5g\",\"price\":41.000,\"quantity\":1.000,\"sku\":\"BD-35\",\"url\":\"https://shop.example/bd\"}]");
        assertThat(shop.one(null, CART.with("data.orderId", "1001").toString())).containsEntry("order_id", "1001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000", "555-555-5555", "1234567890"})
    void a_phone_that_stands_for_nobody_is_none(String phone) {
        assertThat(shop.one(
                        "cart.updated",
                        CART.with("data.phone", "\"" + phone + "\"").toString()))
                .containsEntry("phone", null)
                .containsEntry("email", "ada@mail.example");
        assertThat(shop.one(
                        "order.updated",
                        ORDER.with("data.phone", "\"" + phone + "\"").toString()))
                .containsEntry("phone", null);
    }

    @Test
    void an_order_says_everything_an_order_can_say() {
        assertThat(shop.one("order.updated", ORDER.toString()))
                .containsEntry("event", "order")
                .containsEntry("order_id", "1001")
                .containsEntry("status", "COMPLETED")
                .containsEntry("version", at("2026-11-23T10:19:59.500Z"))
                .containsEntry("cart_id", "basket-9")
                .containsEntry("checkout_id", "ch-1")
                .containsEntry("placed_at", at("2026-11-23T10:10:00Z"))
                .containsEntry("total", amount("71"))
                .containsEntry("refunded", amount("0.5"));
    }

    @ParameterizedTest
    @CsvSource({
        "open,OPEN",
        "Paid,PAID",
        "completed,COMPLETED",
        "cancelled,CANCELLED",
        "refunded,REFUNDED",
        "unplaced,UNPLACED",
        "deleted,DELETED",
        "picked-up,COMPLETED",
        "basket,UNPLACED"
    })
    void a_status_is_one_of_ours_or_one_the_connection_explains(String status, String ours) {
        assertThat(shop.one(
                        null, ORDER.with("data.status", "\"" + status + "\"").toString()))
                .containsEntry("status", ours);
    }

    @Test
    void an_order_that_the_shop_s_file_ignores_means_nothing() {
        assertThat(shop.of(null, ORDER.with("data.status", "\"test\"").toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cancelled,true,1",
        "cancelled,false,0",
        "open,true,1",
        "deleted,true,1",
        "cancelled,null,0",
        "cancelled,\"true\",0"
    })
    void whether_it_was_paid_is_said_where_the_status_does_not_tell(String status, String wasPaid, int paid) {
        assertThat(shop.one(
                        null,
                        ORDER.with("data.status", "\"" + status + "\"")
                                .with("data.refunded", "null")
                                .with("data.wasPaid", wasPaid)
                                .toString()))
                .containsEntry("paid_once", paid);
    }

    @Test
    void an_order_may_have_several_names_of_each_sort() {
        assertThat(shop.one(
                        null,
                        ORDER.with("data.cartId", "[\"basket-9\", 12, null, \"0\"]")
                                .with("data.checkoutId", "77")
                                .with("data.name", "[\"#1001\", \"WEB-1001\"]")
                                .toString()))
                .containsEntry("cart_id", "12 basket-9")
                .containsEntry("checkout_id", "77")
                .containsEntry("name", "#1001 WEB-1001");
    }

    @Test
    void a_cart_became_an_order_perhaps_it_is_not_said_which() {
        assertThat(shop.one(null, "{\"type\":\"cart.converted\",\"data\":{\"id\":\"basket-9\",\"orderId\":1001}}"))
                .containsEntry("event", "converted")
                .containsEntry("cart_id", "basket-9")
                .containsEntry("order_id", "1001");
        assertThat(shop.one(null, "{\"type\":\"cart.converted\",\"data\":{\"id\":\"basket-9\"}}"))
                .containsEntry("event", "converted")
                .containsEntry("order_id", null);
    }

    @Test
    void a_refund_is_credited_to_the_order_that_it_names() {
        assertThat(
                        shop.one(
                                null,
                                "{\"type\":\"order.refunded\",\"data\":{\"id\":\"r-1\",\"orderId\":\"1001\",\"amount\":\"20.50\"}}"))
                .containsEntry("event", "refund")
                .containsEntry("refund_id", "r-1")
                .containsEntry("order_id", "1001")
                .containsEntry("amount", amount("20.5"))
                .containsEntry("whole", 0);
        assertThat(shop.one(
                        null,
                        "{\"type\":\"order.refunded\",\"data\":{\"id\":\"r-1\",\"orderId\":\"1001\",\"whole\":true}}"))
                .containsEntry("whole", 1)
                .containsEntry("amount", null);
        assertThatThrownBy(() -> shop.of(null, "{\"type\":\"order.refunded\",\"data\":{\"id\":\"r-1\"}}"))
                .isInstanceOf(EventProblem.class)
                .hasMessageContaining("orderId");
    }

    @Test
    void what_the_shop_s_api_answers_is_an_order_or_a_cart_as_its_webhooks_hold_it() {
        String order = ORDER.json().path("data").toString(),
                cart = CART.json().path("data").toString();
        assertThat(Meaning.only(shop.polled("order.updated", order)))
                .containsEntry("event", "order")
                .containsEntry("order_id", "1001")
                .containsEntry("status", "COMPLETED");
        for (String answer : List.of(order, "{\"data\":" + order + "}")) {
            assertThat(Meaning.only(shop.fetched("order", "1001", answer)))
                    .containsEntry("event", "order")
                    .containsEntry("order_id", "1001")
                    .containsEntry("answered", 1);
        }
        assertThat(Meaning.only(shop.fetched("cart", "basket-9", cart)))
                .containsEntry("event", "cart")
                .containsEntry("cart_id", "basket-9")
                .containsEntry("item_count", 1);
    }

    @ParameterizedTest
    @CsvSource({"\"shipped\",status.shipped = open", "7,status.7 = open", "null,completed"})
    void any_other_status_is_a_problem_that_says_what_to_write(String status, String what) {
        assertThatThrownBy(() -> shop.of(null, ORDER.with("data.status", status).toString()))
                .isInstanceOf(EventProblem.class)
                .hasMessageContaining(what);
    }

    @Test
    void without_a_version_the_time_is_the_version_and_without_a_time_the_delivery_is() {
        assertThat(shop.one(
                        null,
                        Body.of(CART.toString()).with("data.version", "null").toString()))
                .containsEntry("version", at("2026-11-23T10:05:00Z"));
        assertThat(shop.one(
                        null,
                        CART.with("data.version", "null")
                                .with("data.changedAt", "null")
                                .toString()))
                .containsEntry("version", at("2026-11-23T10:05:01Z"));
        assertThat(shop.one(
                        null,
                        CART.with("data.version", "null")
                                .with("data.changedAt", "null")
                                .with("timestamp", "null")
                                .toString()))
                .containsEntry("version", Meaning.HEARD);
    }

    @Test
    void what_is_deleted_is_gone() {
        assertThat(shop.one(null, "{\"type\":\"cart.deleted\",\"data\":{\"id\":\"basket-9\",\"version\":5}}"))
                .containsEntry("event", "gone")
                .containsEntry("what", "cart")
                .containsEntry("cart_id", "basket-9")
                .containsEntry("version", 5L);
        assertThat(shop.one(null, "{\"type\":\"order.deleted\",\"data\":{\"id\":1001}}"))
                .containsEntry("event", "gone")
                .containsEntry("what", "order")
                .containsEntry("order_id", "1001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type\":\"product.updated\",\"data\":{\"id\":1}}",
                "{\"type\":7}",
                "[]",
                "{\"type\":null,\"data\":null}"
            })
    void anything_else_means_nothing(String body) {
        assertThat(shop.of(null, body)).isEmpty();
    }

    @Test
    void the_contract_describes_the_body_and_all_of_it_is_read() throws IOException {
        JsonNode contract =
                new YAMLMapper().readTree(Path.of("config/openapi.yaml").toFile());
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$ref", "#/components/schemas/ShopEvent").set("components", contract.path("components"));
        JsonSchema event =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
        for (String body : List.of(
                CART.toString(),
                ORDER.toString(),
                CART.with("data.items", "[]").toString(),
                "{\"type\":\"cart.deleted\",\"data\":{\"id\":\"c-1\"}}",
                ORDER.with("data.wasPaid", "true")
                        .with("data.name", "[\"#1001\"]")
                        .with("data.cartId", "[\"a\", \"b\"]")
                        .toString(),
                "{\"type\":\"cart.converted\",\"data\":{\"id\":\"c-1\",\"orderId\":\"o-1\"}}",
                "{\"type\":\"order.refunded\",\"data\":{\"id\":\"r-1\",\"orderId\":\"o-1\",\"amount\":3}}",
                "{\"type\":\"order.deleted\",\"data\":{\"id\":\"o-1\",\"version\":4}}")) {
            assertThat(event.validate(new YAMLMapper().readTree(body))).as(body).isEmpty();
        }
        assertThat(event.validate(ORDER.without("data").json())).isNotEmpty();
        assertThat(contract.at("/webhooks/shopEvent/post/requestBody/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/ShopEvent");
        String mapping = Files.readString(Path.of("routes/storefront/generic/events.jslt"));
        JsonNode schemas = contract.path("components").path("schemas");
        assertThat(schemas.at("/OrderUpdated/properties/data/$ref").asText()).isEqualTo("#/components/schemas/Order");
        schemas.path("Order").path("properties").fieldNames().forEachRemaining(field -> assertThat(mapping)
                .as("Order " + field)
                .contains("$data." + field));
        for (String name : List.of("CartUpdated", "CartConverted", "OrderRefunded", "Deleted")) {
            JsonNode data = schemas.path(name).path("properties").path("data").path("properties");
            data.fieldNames()
                    .forEachRemaining(
                            field -> assertThat(mapping).as(name + " " + field).contains("$data." + field));
            data.path("items").path("items").path("properties").fieldNames().forEachRemaining(field -> assertThat(
                            mapping)
                    .as(name + " items " + field)
                    .contains("\"" + field + "\": "));
        }
    }
}
