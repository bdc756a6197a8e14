package aiqbridge.storefront.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real bodies lack fields, have more, write null, a number as text, a list as an object or an object as a list: each is read as far as it goes, and no mapping fails on it. */
class OddBodiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ODD = List.of(
            "null",
            "\"\"",
            "\"x\"",
            "\"0\"",
            "0",
            "-7",
            "1.5",
            "123456789012345678901234567890",
            "1e300",
            "true",
            "[]",
            "{}",
            "[null]",
            "[[1]]",
            "{\"a\":{\"b\":null}}",
            "[\"x\",2]",
            "\"2026-11-23T10:00:00Z\"",
            "\"\\u0000\\ud800 🌿\"");

    @TempDir
    Path folder;

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body with each of its values, one at a time, replaced by each odd one or left out. */
    private static List<String> variants(JsonNode body) {
        List<String> variants = new ArrayList<>(
                ODD.stream().filter(odd -> json(odd).isContainerNode()).toList());
        vary(body, body, variants);
        return variants;
    }

    private static void vary(JsonNode root, JsonNode node, List<String> variants) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode was = object.get(name);
                for (String odd : ODD) {
                    object.set(name, json(odd));
                    variants.add(root.toString());
                }
                object.remove(name);
                variants.add(root.toString());
                object.set(name, was);
                vary(root, was, variants);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode was = list.get(i);
                for (String odd : ODD) {
                    list.set(i, json(odd));
                    variants.add(root.toString());
                }
                list.set(i, was);
                vary(root, was, variants);
            }
        }
    }

    private static JsonNode body(String name) {
        return switch (name) {
            case "woo" -> json(Meaning.sample("woocommerce/order.created.json"));
            case "woo-draft" ->
                ((ObjectNode) json(Meaning.sample("woocommerce/order.created.json")))
                        .put("status", "pending")
                        .without(List.of("date_paid", "date_paid_gmt"));
            case "shopify-cart" -> json(Meaning.sample("shopify/carts_update.minimal.json"));
            case "shopify-checkout" -> ShopifyTest.CHECKOUT.json().deepCopy();
            case "shopify-order" ->
                ShopifyTest.ORDER
                        .with(
                                "refunds",
                                "[{\"id\":1,\"transactions\":[{\"kind\":\"refund\",\"status\":\"success\",\"amount\":\"10.10\"}]}]")
                        .with("note_attributes", "[{\"name\":\"aiq_cart\",\"value\":\"b\"}]")
                        .json();
            case "bigcommerce-event" ->
                json(BigCommerceTest.event("store/cart/converted", "{\"type\":\"cart\",\"id\":\"c\",\"orderId\":118}"));
            case "bigcommerce-cart" -> json("{\"data\":" + BigCommerceTest.CART + "}");
            case "bigcommerce-order" -> BigCommerceTest.ORDER.json().deepCopy();
            case "square-event" ->
                json(
                        "{\"type\":\"order.updated\",\"data\":{\"object\":{\"order_updated\":{\"order_id\":\"o-1\",\"version\":3}}}}");
            case "square-order" ->
                json("{\"order\":"
                        + SquareTest.ORDER.with(
                                "refunds",
                                "[{\"status\":\"COMPLETED\",\"amount_money\":{\"amount\":1000,\"currency\":\"USD\"}}]")
                        + "}");
            case "square-return" -> json("{\"order\":" + SquareTest.RETURN + "}");
            case "jane" -> JaneTest.CART.json().deepCopy();
            case "generic-cart" -> GenericTest.CART.json().deepCopy();
            default -> GenericTest.ORDER.json().deepCopy();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "woocommerce,order.updated,webhook,woo",
        "woocommerce,order.updated,webhook,woo-draft",
        "shopify,carts/update,webhook,shopify-cart",
        "shopify,checkouts/update,webhook,shopify-checkout",
        "shopify,orders/updated,webhook,shopify-order",
        "shopify,order,fetch,shopify-order",
        "bigcommerce,store/cart/converted,webhook,bigcommerce-event",
        "bigcommerce,cart,fetch,bigcommerce-cart",
        "bigcommerce,order,fetch,bigcommerce-order",
        "square,order.updated,webhook,square-event",
        "square,order,fetch,square-order",
        "square,order,fetch,square-return",
        "jane,,webhook,jane",
        "generic,cart.updated,webhook,generic-cart",
        "generic,order.updated,webhook,generic-order"
    })
    void no_mapping_fails_whatever_a_field_holds(String kind, String topic, String source, String name) {
        Meaning shop =
                new Meaning(folder, kind, "api.url = https://shop.example", "public-url = https://bridge.example");
        int read = 0;
        List<String> variants = variants(body(name));
        for (String variant : variants) {
            try {
                for (Map<String, Object> event : shop.of(source, topic, "application/json", variant, Meaning.HEARD)) {
                    assertThat((String) event.get("event"))
                            .isIn("cart", "order", "gone", "fetch", "converted", "refund");
                    event.values().forEach(value -> assertThat(String.valueOf(value))
                            .as(variant)
                            .doesNotContain("\u0000")
                            .doesNotContain("null-")
                            .doesNotEndWith("-null"));
                }
                read++;
            } catch (EventProblem problem) {
                // a time or a status that is needed is not there; but the mapping itself went through
                assertThat(problem).as(variant).message().doesNotContain("fails on it");
            }
        }
        assertThat(read)
                .as("most odd bodies of " + variants.size() + " have a meaning, or none")
                .isGreaterThan(variants.size() * 3 / 4);
    }
}
