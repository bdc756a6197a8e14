package aiqbridge.storefront.mapping;

import aiqbridge.redemption.Rows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events from a few of their fields, and the other way round, by the columns' names. */
public final class ShopEvents {
    private ShopEvents() {}

    /** What is not named is null. */
    public static ShopEvent of(Map<String, Object> fields) {
        return (ShopEvent) Rows.of(type((String) fields.get("event"), "cart".equals(fields.get("what"))), fields);
    }

    private static Class<? extends Record> type(String event, boolean cart) {
        return switch (event) {
            case "cart" -> ShopEvent.Cart.class;
            case "order" -> ShopEvent.Order.class;
            case "gone" -> cart ? ShopEvent.CartGone.class : ShopEvent.OrderGone.class;
            default -> ShopEvent.Fetch.class;
        };
    }

    static Map<String, Object> told(ShopEvent event) {
        Map<String, Object> fields = new HashMap<>(Rows.told((Record) event));
        fields.put("event", event.event());
        fields.replaceAll((name, value) -> value instanceof aiqbridge.privacy.Masked masked ? masked.plain() : value);
        if (!event.event().equals("cart") && !event.event().equals("order")) {
            fields.put("what", event.what());
        }
        return fields;
    }

    static List<Map<String, Object>> told(List<ShopEvent> events) {
        return events.stream().map(ShopEvents::told).toList();
    }
}
