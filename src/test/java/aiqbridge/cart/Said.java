package aiqbridge.cart;

import aiqbridge.Sha256;
import aiqbridge.storefront.mapping.ShopEvent;
import aiqbridge.storefront.mapping.ShopEvents;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a shop says about a cart or an order, as its kind's mapping hands it on. */
final class Said {
    private final Map<String, Object> event = new LinkedHashMap<>();

    private Said(String event, String connection) {
        this.event.put("event", event);
        this.event.put("connection", connection);
        this.event.put("account_id", "green-leaf");
    }

    /** Two things in it, nobody known, no word about consent. */
    static Said cart(String connection, String id, long version, long changedAt) {
        return new Said("cart", connection)
                .with("cart_id", id)
                .with("version", version)
                .with("changed_at", changedAt)
                .with("phone", null)
                .with("email", null)
                .with("consent", "unknown")
                .with("url", "https://shop.example/cart/" + id)
                .with("currency", "USD")
                .with("total", new BigDecimal("42.50"))
                .with("order_id", null)
                .items(2);
    }

    static Said order(String connection, String id, long version, long placedAt) {
        return new Said("order", connection)
                .with("order_id", id)
                .with("version", version)
                .with("changed_at", placedAt)
                .with("placed_at", placedAt)
                .with("status", "PAID")
                .with("cart_id", null)
                .with("checkout_id", null)
                .with("phone", null)
                .with("email", null)
                .with("total", new BigDecimal("42.50"))
                .with("refunded", null);
    }

    /** @param order null when the shop does not say which */
    static Said converted(String connection, String id, String order) {
        return new Said("converted", connection).with("cart_id", id).with("order_id", order);
    }

    /** @param version null when the shop did not say since when */
    static Said gone(String connection, String what, String id, Long version) {
        return new Said("gone", connection)
                .with("what", what)
                .with(what + "_id", id)
                .with("version", version);
    }

    Said with(String key, Object value) {
        event.put(key, value);
        return this;
    }

    Said items(int count) {
        String item =
                "{\"sku\":\"cup\",\"name\":\"Cup\",\"brand\":\"Green Leaf\",\"category\":\"cups\",\"price\":21.25,\"quantity\":1,\"image\":null,\"url\":\"https://shop.example/cup\"}";
        return with("item_count", count)
                .with("items", "[" + String.join(",", java.util.Collections.nCopies(count, item)) + "]");
    }

    Said from(String phone, String consent) {
        return with("phone", phone).with("consent", consent);
    }

    String route() {
        return event.containsKey("cart_id") && !event.containsKey("status") ? "cart-heard" : "order-heard";
    }

    /** With the digest of all of it. */
    ShopEvent event() {
        return ShopEvents.of(map());
    }

    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>(event);
        Map<String, Object> canonical = new TreeMap<>(event);
        canonical.remove("connection");
        map.put("digest", Sha256.hex(canonical.toString()));
        return map;
    }

    /** The same, said by another connection. */
    Said by(String connection) {
        Said other = new Said((String) event.get("event"), connection);
        other.event.putAll(event);
        other.event.put("connection", connection);
        return other;
    }

    @Override
    public String toString() {
        return event.toString();
    }
}
