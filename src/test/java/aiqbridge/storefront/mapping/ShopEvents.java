package aiqbridge.storefront.mapping;

import aiqbridge.redemption.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Events from a few of their fields, and the other way round, by the columns' names. */
public final class ShopEvents {
    private ShopEvents() {}

    /** What is not named is null. */
    public static ShopEvent of(Map<String, Object> fields) {
        if ("order".equals(fields.get("event"))) {
            return order(fields);
        }
        Map<String, Object> others = new HashMap<>(fields);
        Object consent = others.remove("consent");
        if (consent != null) {
            others.putIfAbsent("consent_phone", consent);
            others.putIfAbsent("consent_email", consent);
        }
        return (ShopEvent) Rows.of(type((String) fields.get("event"), "cart".equals(fields.get("what"))), others);
    }

    /** {@code cart_id}, {@code checkout_id} and {@code name} are its names; what is or was paid follows from the status, unless {@code paid_once} says it. */
    private static ShopEvent order(Map<String, Object> fields) {
        Map<String, Object> order = new HashMap<>(fields);
        String connection = (String) fields.get("connection"), id = (String) fields.get("order_id");
        List<ShopEvent.Name> names = new ArrayList<>(List.of(new ShopEvent.Name(connection, id, "order", id)));
        for (String sort : List.of("cart", "checkout", "name")) {
            Object name = order.remove(sort.equals("name") ? sort : sort + "_id");
            if (name != null) {
                names.add(new ShopEvent.Name(connection, (String) name, sort, id));
            }
        }
        order.put("names", names);
        order.putIfAbsent(
                "paid_once",
                List.of("PAID", "COMPLETED", "REFUNDED").contains(order.get("status"))
                                || order.get("refunded") instanceof Number refunded && refunded.doubleValue() > 0
                        ? 1
                        : 0);
        order.putIfAbsent("answered", 0);
        return (ShopEvent) Rows.of(ShopEvent.Order.class, order);
    }

    private static Class<? extends Record> type(String event, boolean cart) {
        return switch (event) {
            case "cart" -> ShopEvent.Cart.class;
            case "order" -> ShopEvent.Order.class;
            case "converted" -> ShopEvent.Converted.class;
            case "refund" -> ShopEvent.Refund.class;
            case "gone" -> cart ? ShopEvent.CartGone.class : ShopEvent.OrderGone.class;
            default -> ShopEvent.Fetch.class;
        };
    }

    static Map<String, Object> told(ShopEvent event) {
        Map<String, Object> fields = new HashMap<>(Rows.told((Record) event));
        fields.put("event", event.event());
        fields.replaceAll((name, value) -> value instanceof aiqbridge.privacy.Masked masked ? masked.plain() : value);
        if (event instanceof ShopEvent.Cart cart && cart.consentPhone().equals(cart.consentEmail())) {
            fields.put("consent", cart.consentPhone());
        }
        if (event instanceof ShopEvent.Order order) {
            for (String sort : List.of("cart", "checkout", "name")) {
                String names = order.names().stream()
                        .filter(name -> name.sort().equals(sort))
                        .map(ShopEvent.Name::value)
                        .collect(Collectors.joining(" "));
                fields.put(sort.equals("name") ? sort : sort + "_id", names.isEmpty() ? null : names);
            }
        }
        if (!event.event().equals("cart") && !event.event().equals("order")) {
            fields.put("what", event.what());
        }
        return fields;
    }

    static List<Map<String, Object>> told(List<ShopEvent> events) {
        return events.stream().map(ShopEvents::told).toList();
    }
}
