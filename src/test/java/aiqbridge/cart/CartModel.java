package aiqbridge.cart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the rows of carts and orders must be, from everything that was said: a function of the set of events alone. */
final class CartModel {
    private static final Comparator<Map<String, Object>> NEWER = Comparator.<Map<String, Object>, Long>comparing(
                    e -> (Long) e.get("version"))
            .thenComparing(e -> (String) e.get("digest"));
    private static final long MINUTES = 600_000;
    private static final Set<Object> PAID = Set.of("PAID", "COMPLETED", "REFUNDED");
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
                    Map.of("status", "UNPLACED", "placed_at", 0L),
                    "total",
                    "refunded",
                    "status",
                    "placed_at");
            row.put("paid_once", saidOf("order", id, "order_id").anyMatch(e -> PAID.contains(e.get("status"))) ? 1 : 0);
            if (gone(row)) {
                row.put("status", "DELETED");
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
            for (String column : List.of("consent_phone", "consent_email")) {
                Map<String, Object> consent = newest("cart", id, "cart_id", e -> !"unknown".equals(word(e, column)));
                row.put(column + "_version", consent == null ? -1L : consent.get("version"));
                row.put(column + "_digest", consent == null ? "" : consent.get("digest"));
                Map<String, Object> contact = newest("cart", id, "cart_id", CartModel::named);
                boolean beforeContact = consent != null && contact != null && NEWER.compare(consent, contact) < 0;
                row.put(
                        column,
                        consent == null
                                        || beforeContact
                                                && word(consent, column).equals("granted")
                                ? "unknown"
                                : word(consent, column));
            }
            row.put(
                    "order_id",
                    Stream.of(
                                    greatest("cart", id, "cart_id", "order_id"),
                                    greatest("converted", id, "cart_id", "order_id"))
                            .filter(Objects::nonNull)
                            .max(Comparator.naturalOrder())
                            .orElse(null));
            row.put("closed_by", closedBy(row));
            row.put(
                    "converted",
                    said.stream().anyMatch(e -> e.get("event").equals("converted") && id.equals(e.get("cart_id")))
                            ? 1
                            : 0);
            row.put(
                    "status",
                    row.get("closed_by") != null || row.get("converted").equals(1)
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

    private static Object word(Map<String, Object> event, String column) {
        return event.getOrDefault(column, event.get("consent"));
    }

    /** The kinds of end that the story came to. */
    List<String> ends() {
        List<String> ends = new ArrayList<>();
        carts().forEach(cart -> {
            ends.add("cart " + cart.get("status"));
            ends.add((String) cart.get("consent_phone"));
            ends.add(cart.get("consent_phone").equals(cart.get("consent_email")) ? "one word" : "two words");
            if (cart.get("closed_by") != null) {
                ends.add(
                        cart.get("closed_by").equals(cart.get("order_id"))
                                        || orders().stream().anyMatch(o -> names(o).contains(cart.get("cart_id")))
                                ? "by its shop's link"
                                : "by its customer");
            }
        });
        orders().forEach(order -> ends.add("order " + order.get("status")));
        return ends;
    }

    private String closedBy(Map<String, Object> cart) {
        List<Predicate<Map<String, Object>>> ways = List.of(
                o -> names(o).contains(cart.get("cart_id")),
                o -> o.get("phone") != null && o.get("phone").equals(cart.get("phone")) && inWindow(o, cart),
                o -> o.get("email") != null && o.get("email").equals(cart.get("email")) && inWindow(o, cart));
        String closedBy = (String) cart.get("order_id");
        for (Predicate<Map<String, Object>> way : ways) {
            closedBy = closedBy != null
                    ? closedBy
                    : orders().stream()
                            .filter(way)
                            .filter(o -> !o.get("status").equals("UNPLACED"))
                            .map(o -> (String) o.get("order_id"))
                            .min(Comparator.naturalOrder())
                            .orElse(null);
        }
        return closedBy;
    }

    /** The carts and checkouts that any version of the order named, and the carts of which any version named the order. */
    private Set<Object> names(Map<String, Object> order) {
        Set<Object> names = new HashSet<>();
        saidOf("order", (String) order.get("order_id"), "order_id").forEach(e -> {
            names.add(e.get("cart_id"));
            names.add(e.get("checkout_id"));
        });
        said.stream()
                .filter(e -> List.of("cart", "converted").contains(e.get("event"))
                        && order.get("order_id").equals(e.get("order_id")))
                .forEach(e -> names.add(e.get("cart_id")));
        names.remove(null);
        return names;
    }

    private Stream<Map<String, Object>> saidOf(String what, String id, String key) {
        return said.stream().filter(e -> e.get("event").equals(what) && id.equals(e.get(key)));
    }

    private boolean inWindow(Map<String, Object> order, Map<String, Object> cart) {
        if (!names(order).isEmpty()) {
            return false;
        }
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
                .filter(e -> e.get("event").equals(what)
                        || what.equals(e.get("what"))
                        || what.equals("cart") && e.get("event").equals("converted"))
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
