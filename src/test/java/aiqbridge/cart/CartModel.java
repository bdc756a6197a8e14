package aiqbridge.cart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the rows of carts and orders must be, from everything that was said: a function of the set of events alone. */
final class CartModel {
    private static final Comparator<Map<String, Object>> NEWER = Comparator.<Map<String, Object>, Long>comparing(
                    e -> (Long) e.get("version"))
            .thenComparing(e -> (String) e.get("digest"));
    private static final long MINUTES = 600_000;
    private final List<Map<String, Object>> said;
    private final long window;

    CartModel(List<Map<String, Object>> said, long window) {
        this.said = said;
        this.window = window;
    }

    List<Map<String, Object>> orders() {
        List<Map<String, Object>> orders = new ArrayList<>();
        for (String id : ids("order_id", "order")) {
            Map<String, Object> row = row(
                    "order",
                    "order_id",
                    id,
                    Map.of("status", "OPEN", "placed_at", 0L),
                    "total",
                    "refunded",
                    "status",
                    "placed_at");
            row.put("cart_id", greatest("order", id, "order_id", "cart_id"));
            row.put("checkout_id", greatest("order", id, "order_id", "checkout_id"));
            if (gone(row)) {
                row.put("status", "CANCELLED");
            }
            orders.add(row);
        }
        return orders;
    }

    List<Map<String, Object>> carts() {
        List<Map<String, Object>> carts = new ArrayList<>();
        for (String id : ids("cart_id", "cart")) {
            Map<String, Object> row = row(
                    "cart",
                    "cart_id",
                    id,
                    Map.of("item_count", 0, "items", "[]"),
                    "url",
                    "currency",
                    "total",
                    "item_count",
                    "items");
            Map<String, Object> consent = newest("cart", id, "cart_id", e -> !"unknown".equals(e.get("consent")));
            row.put("consent_version", consent == null ? -1L : consent.get("version"));
            row.put("consent_digest", consent == null ? "" : consent.get("digest"));
            Map<String, Object> contact = newest("cart", id, "cart_id", CartModel::named);
            boolean beforeContact = consent != null && contact != null && NEWER.compare(consent, contact) < 0;
            row.put(
                    "consent",
                    consent == null || beforeContact && consent.get("consent").equals("granted")
                            ? "unknown"
                            : consent.get("consent"));
            row.put("order_id", greatest("cart", id, "cart_id", "order_id"));
            row.put("closed_by", closedBy(row));
            row.put(
                    "status",
                    row.get("closed_by") != null
                            ? "ORDERED"
                            : row.get("item_count").equals(0) || gone(row) ? "EMPTIED" : "OPEN");
            for (String never :
                    List.of("abandoned_at", "abandoned_digest", "send_status", "send_reason", "last_error")) {
                row.put(never, null);
            }
            row.put("attempts", 0);
            row.put("next_attempt_at", 0);
            carts.add(row);
        }
        return carts;
    }

    /** The kinds of end that the story came to. */
    List<String> ends() {
        List<String> ends = new ArrayList<>();
        carts().forEach(cart -> {
            ends.add("cart " + cart.get("status"));
            ends.add((String) cart.get("consent"));
            if (cart.get("closed_by") != null) {
                ends.add(
                        cart.get("closed_by").equals(cart.get("order_id"))
                                        || orders().stream().anyMatch(o -> names(o, cart))
                                ? "by its shop's link"
                                : "by its customer");
            }
        });
        orders().forEach(order -> ends.add("order " + order.get("status")));
        return ends;
    }

    private String closedBy(Map<String, Object> cart) {
        List<Predicate<Map<String, Object>>> ways = List.of(
                o -> cart.get("cart_id").equals(o.get("cart_id")),
                        o -> cart.get("cart_id").equals(o.get("checkout_id")),
                o -> o.get("phone") != null && o.get("phone").equals(cart.get("phone")) && inWindow(o, cart),
                        o -> o.get("email") != null && o.get("email").equals(cart.get("email")) && inWindow(o, cart));
        String closedBy = (String) cart.get("order_id");
        for (Predicate<Map<String, Object>> way : ways) {
            closedBy = closedBy != null
                    ? closedBy
                    : orders().stream()
                            .filter(way)
                            .map(o -> (String) o.get("order_id"))
                            .min(Comparator.naturalOrder())
                            .orElse(null);
        }
        return closedBy;
    }

    private static boolean names(Map<String, Object> order, Map<String, Object> cart) {
        return cart.get("cart_id").equals(order.get("cart_id"))
                || cart.get("cart_id").equals(order.get("checkout_id"));
    }

    private boolean inWindow(Map<String, Object> order, Map<String, Object> cart) {
        long placed = (Long) order.get("placed_at"), changed = (Long) cart.get("changed_at");
        return placed >= changed - MINUTES && placed <= changed + window;
    }

    private static boolean named(Map<String, Object> event) {
        return event.get("phone") != null || event.get("email") != null;
    }

    private static boolean gone(Map<String, Object> row) {
        return row.get("gone_version") != null && (Long) row.get("gone_version") >= (Long) row.get("version");
    }

    /** What carts and orders have in common. */
    private Map<String, Object> row(
            String what, String key, String id, Map<String, Object> unheard, String... content) {
        Map<String, Object> row = new HashMap<>(Map.of(key, id, "account_id", "green-leaf"));
        Map<String, Object> newest = newest(what, id, key, e -> true),
                contact = newest(what, id, key, CartModel::named);
        row.put("version", newest == null ? -1L : newest.get("version"));
        row.put("digest", newest == null ? "" : newest.get("digest"));
        row.put("changed_at", newest == null ? 0L : newest.get("changed_at"));
        for (String column : content) {
            row.put(column, newest == null ? unheard.get(column) : newest.get(column));
        }
        row.put("phone", contact == null ? null : contact.get("phone"));
        row.put("email", contact == null ? null : contact.get("email"));
        row.put("contact_version", contact == null ? -1L : contact.get("version"));
        row.put("contact_digest", contact == null ? "" : contact.get("digest"));
        row.put(
                "gone_version",
                said.stream()
                        .filter(e -> e.get("event").equals("gone") && id.equals(e.get(key)))
                        .map(e -> e.get("version") == null ? Long.MAX_VALUE : (Long) e.get("version"))
                        .max(Comparator.naturalOrder())
                        .orElse(null));
        return row;
    }

    private TreeSet<String> ids(String key, String what) {
        TreeSet<String> ids = new TreeSet<>();
        said.stream()
                .filter(e -> e.get("event").equals(what) || what.equals(e.get("what")))
                .forEach(e -> ids.add((String) e.get(key)));
        return ids;
    }

    private Map<String, Object> newest(String what, String id, String key, Predicate<Map<String, Object>> which) {
        return said.stream()
                .filter(e -> e.get("event").equals(what) && id.equals(e.get(key)) && which.test(e))
                .max(NEWER)
                .orElse(null);
    }

    private String greatest(String what, String id, String key, String column) {
        return said.stream()
                .filter(e -> e.get("event").equals(what) && id.equals(e.get(key)))
                .map(e -> (String) e.get(column))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
