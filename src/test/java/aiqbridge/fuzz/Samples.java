package aiqbridge.fuzz;

import java.util.List;
import java.util.Map;

/** Good bodies, to be bent. */
final class Samples {
    static final List<String> TOPICS = List.of(
            "carts/update",
            "checkouts/update",
            "orders/updated",
            "order.updated",
            "order.deleted",
            "orders/delete",
            "refunds/create");

    private static final String ITEM =
            "{\"id\":7,\"sku\":\"s\",\"name\":\"Blue\",\"title\":\"Blue\",\"price\":\"42.50\",\"quantity\":2,\"total\":\"85.00\"}";
    private static final Map<String, List<String>> BODIES = Map.of(
            "shopify",
            List.of(
                    "{\"id\":820982911946154508,\"admin_graphql_api_id\":\"gid://shopify/Order/820982911946154508\",\"token\":\"abc\",\"cart_token\":\"c1\",\"checkout_token\":\"t1\",\"email\":\"ada@example.com\",\"phone\":\"+15555550100\",\"created_at\":\"2026-11-29T10:00:00-05:00\",\"updated_at\":\"2026-11-29T10:00:01-05:00\",\"financial_status\":\"paid\",\"fulfillment_status\":null,\"total_price\":\"85.00\",\"currency\":\"USD\",\"source_name\":\"web\",\"buyer_accepts_marketing\":true,\"line_items\":["
                            + ITEM
                            + "],\"refunds\":[{\"id\":1,\"transactions\":[{\"kind\":\"refund\",\"status\":\"success\",\"amount\":\"10.10\"}]}],\"note_attributes\":[{\"name\":\"aiq_cart\",\"value\":\"b\"}]}"),
            "woocommerce",
            List.of(
                    "{\"id\":118,\"status\":\"processing\",\"currency\":\"USD\",\"date_created_gmt\":\"2026-11-29T15:00:00\",\"date_modified_gmt\":\"2026-11-29T15:00:01\",\"date_paid_gmt\":\"2026-11-29T15:00:01\",\"total\":\"85.00\",\"billing\":{\"email\":\"ada@example.com\",\"phone\":\"555-555-0100\"},\"line_items\":["
                            + ITEM
                            + "],\"refunds\":[{\"id\":1,\"total\":\"-10.00\"}],\"meta_data\":[{\"key\":\"aiq_cart\",\"value\":\"b\"}],\"created_via\":\"checkout\"}"),
            "bigcommerce",
            List.of(
                    "{\"scope\":\"store/cart/converted\",\"store_id\":\"1\",\"hash\":\"h\",\"created_at\":1764450000,\"data\":{\"type\":\"cart\",\"id\":\"09346904-4175-44fd-be53-f7e598531b6c\",\"orderId\":118}}",
                    "{\"data\":{\"id\":\"09346904-4175-44fd-be53-f7e598531b6c\",\"email\":\"ada@example.com\",\"currency\":{\"code\":\"USD\"},\"cart_amount\":85.5,\"updated_time\":\"2026-11-29T15:00:00+00:00\",\"line_items\":{\"physical_items\":["
                            + ITEM + "]}}}",
                    "{\"id\":118,\"status_id\":11,\"date_modified\":\"Sun, 29 Nov 2026 15:00:00 +0000\",\"date_created\":\"Sun, 29 Nov 2026 15:00:00 +0000\",\"total_inc_tax\":\"85.0000\",\"refunded_amount\":\"0.0000\",\"cart_id\":\"09346904-4175-44fd-be53-f7e598531b6c\",\"billing_address\":{\"phone\":\"5555550100\",\"email\":\"ada@example.com\"}}"),
            "square",
            List.of(
                    "{\"type\":\"order.updated\",\"event_id\":\"e1\",\"data\":{\"object\":{\"order_updated\":{\"order_id\":\"CAISENgvlJ6jLWAzERDzjyHVybY\",\"version\":3,\"state\":\"OPEN\"}}}}",
                    "{\"order\":{\"id\":\"CAISENgvlJ6jLWAzERDzjyHVybY\",\"version\":3,\"state\":\"COMPLETED\",\"created_at\":\"2026-11-29T15:00:00Z\",\"updated_at\":\"2026-11-29T15:00:01.5Z\",\"total_money\":{\"amount\":8500,\"currency\":\"USD\"},\"tenders\":[{\"id\":\"t\",\"amount_money\":{\"amount\":8500,\"currency\":\"USD\"}}],\"refunds\":[{\"status\":\"COMPLETED\",\"amount_money\":{\"amount\":1000,\"currency\":\"USD\"}}],\"metadata\":{\"aiq_cart\":\"b\"}}}"),
            "jane",
            List.of(
                    "{\"cart\":{\"id\":77,\"uuid\":\"u\",\"status\":\"pending\",\"checkout_time\":1764450000,\"updated_at\":1764450001,\"customer\":{\"phone\":\"5555550100\",\"email\":\"ada@example.com\"},\"amount\":8500,\"products\":["
                            + ITEM + "],\"tags\":{\"aiq_cart\":\"b\"}}}"),
            "generic",
            List.of(
                    "{\"type\":\"cart.updated\",\"data\":{\"id\":\"c-1\",\"phone\":\"5555550100\",\"email\":\"ada@example.com\",\"total\":85.5,\"currency\":\"USD\",\"url\":\"https://shop.example/c\",\"consent\":\"granted\",\"changedAt\":\"2026-11-29T15:00:00Z\",\"version\":3,\"items\":["
                            + ITEM + "]}}",
                    "{\"type\":\"order.updated\",\"data\":{\"id\":\"o-1\",\"status\":\"paid\",\"cartId\":\"c-1\",\"total\":85.5,\"refunded\":1,\"placedAt\":1764450000,\"changedAt\":1764450001,\"version\":9}}"));

    private Samples() {}

    static List<String> of(String kind) {
        return BODIES.get(kind);
    }

    static String of(String kind, Fuzz fuzz) {
        return fuzz.one(BODIES.get(kind));
    }
}
