package aiqbridge.storefront.mapping;

import aiqbridge.Settings;
import aiqbridge.Sha256;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnections;
import aiqbridge.storefront.kind.StorefrontKind;
import aiqbridge.wallet.Identity;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Works out what a row of the inbox means: the mapping of its kind ({@code routes/storefront/<kind>/events.jslt}) says what happened to which cart or order, in the
 * words that are the same for all shops; here each event is bounded and becomes a row for our own tables.
 * <p>An event is a map with the columns of {@code cart} or {@code shop_order} and
 * <ul>
 * <li>{@code event}: {@code cart}, {@code order}, {@code gone} (the cart or order {@code what} ended) or {@code fetch} (ask the shop's API for {@code what} {@code id})
 * <li>{@code digest}: SHA-256 of what the event says, without when it was heard: of two events with the same version the greater one wins, whatever the order of arrival
 * </ul>
 */
public final class StorefrontEvents {
    private static final int MOST_EVENTS = 50;
    private static final int MOST_ITEMS = 200;
    private static final Set<String> STATUSES = Set.of("open", "paid", "completed", "cancelled", "refunded");
    private static final Set<String> CONSENTS = Set.of("granted", "withheld");
    private final StorefrontConnections connections;
    private final Accounts accounts;
    private final Clock clock;
    private final Map<String, EventMapping> mappings = new HashMap<>();
    private final Map<String, JsonNode> described = new HashMap<>();

    public StorefrontEvents(StorefrontConnections connections, Accounts accounts, Clock clock) {
        this.connections = connections;
        this.accounts = accounts;
        this.clock = clock;
        for (StorefrontConnection connection : connections.all()) {
            mappings.computeIfAbsent(
                    connection.kind(),
                    kind -> EventMapping.read(connections.folder(kind).resolve("events.jslt")));
            described.put(connection.name(), describe(connection));
        }
    }

    /** @throws aiqbridge.StartRefused naming the file and the line, when a kind's mapping cannot be used */
    public static void check(Path folder) {
        EventMapping.compiled(folder.resolve("events.jslt"));
    }

    /** What the mapping may know of the connection. */
    private JsonNode describe(StorefrontConnection connection) {
        Map<String, String> statuses = new TreeMap<>(StorefrontConnections.statuses(
                Settings.of(connections.folder(connection.kind()).resolve(StorefrontKind.FILE))));
        statuses.putAll(connection.statuses());
        return ShopJson.of(Map.of(
                "name",
                connection.name(),
                "zone",
                connection.zone().getId(),
                "api",
                connection.apiUrl() != null,
                "statuses",
                statuses));
    }

    /** What is to be read as JSON of a row's body, null where there is nothing or a form. */
    public String json(Map<String, Object> row) {
        String body = (String) row.get("body");
        return body == null || form(row) ? null : ShopJson.bare(body);
    }

    /**
     * @param row  of the inbox
     * @param body as JSON, null where it cannot be read or is a form
     * @return its events; none when there is nothing to do
     * @throws MappingBroken when its kind's mapping cannot be used
     * @throws EventProblem when no meaning can be worked out
     */
    public List<Map<String, Object>> of(Map<String, Object> row, JsonNode body) {
        if (row.get("body") == null) {
            throw new EventProblem("Its body is no longer stored.");
        }
        ObjectNode input =
                ShopJson.object().put("topic", (String) row.get("topic")).put("source", (String) row.get("source"));
        input.set(
                "headers", row.get("headers") == null ? ShopJson.object() : ShopJson.read((String) row.get("headers")));
        input.set("body", form(row) ? fields((String) row.get("body")) : ShopJson.checked(body));
        return events(connection((String) row.get("connection")), input, ((Number) row.get("received_at")).longValue());
    }

    /**
     * @param fetch  the event that asked for it
     * @param answer the shop's, null when it has no such cart or order any more
     * @param body   the answer as JSON, null where it cannot be read
     * @throws ShopRefused when the answer cannot be read
     */
    public List<Map<String, Object>> fetched(Map<String, Object> fetch, String answer, JsonNode body) {
        StorefrontConnection connection = connections.get((String) fetch.get("connection"));
        String what = (String) fetch.get("what");
        if (answer == null) {
            ObjectNode gone =
                    ShopJson.object().put("event", "gone").put("what", what).put("id", (String) fetch.get("id"));
            return List.of(gone(new EventFields(gone), connection, clock.millis()));
        }
        ObjectNode input = ShopJson.object().put("topic", what).put("source", "fetch");
        try {
            input.set("body", ShopJson.checked(body));
        } catch (EventProblem e) {
            throw new ShopRefused("The shop's API answered with something other than JSON.");
        }
        List<Map<String, Object>> events = events(connection, input, clock.millis());
        events.removeIf(event -> event.get("event").equals("fetch"));
        return events;
    }

    private StorefrontConnection connection(String name) {
        return connections
                .find(name)
                .orElseThrow(() ->
                        new EventProblem("There is no storefront " + name + " any longer in config/storefront/."));
    }

    private List<Map<String, Object>> events(StorefrontConnection connection, ObjectNode input, long heardAt) {
        input.set("connection", described.get(connection.name()));
        JsonNode output = mappings.get(connection.kind()).apply(input);
        List<Map<String, Object>> events = new ArrayList<>();
        for (JsonNode event : output.isArray() ? output : List.of(output)) {
            if (!event.isNull()) {
                events.add(event(new EventFields(event), connection, heardAt));
            }
        }
        if (events.size() > MOST_EVENTS) {
            throw new EventProblem("The mapping produces more than " + MOST_EVENTS + " events of it.");
        }
        return events;
    }

    private Map<String, Object> event(EventFields event, StorefrontConnection connection, long heardAt) {
        return switch (String.valueOf(event.text("event", 20))) {
            case "cart" -> cart(event, connection, heardAt);
            case "order" -> order(event, connection, heardAt);
            case "gone" -> gone(event, connection, heardAt);
            case "fetch" -> fetch(event, connection);
            default ->
                throw new EventProblem("The mapping produces an event that is neither cart, order, gone nor fetch.");
        };
    }

    private Map<String, Object> cart(EventFields event, StorefrontConnection connection, long heardAt) {
        List<Map<String, Object>> items = items(event);
        String consent = event.text("consent", 20);
        Map<String, Object> cart = begun(event, connection);
        cart.put("cart_id", event.id("id"));
        cart.put("consent", CONSENTS.contains(String.valueOf(consent)) ? consent : "unknown");
        cart.put("url", event.web("url"));
        cart.put("currency", event.currency("currency"));
        cart.put("total", event.amount("total"));
        cart.put("item_count", items.size());
        cart.put("items", ShopJson.write(items));
        cart.put("order_id", event.text("orderId", EventFields.LONGEST_ID));
        return dated(cart, event, heardAt);
    }

    private static List<Map<String, Object>> items(EventFields event) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (EventFields item : event.list("items")) {
            Map<String, Object> one = new TreeMap<>();
            one.put("sku", item.text("sku", 200));
            one.put("name", item.text("name", 500));
            one.put("brand", item.text("brand", 200));
            one.put("category", item.text("category", 200));
            one.put("price", item.amount("price"));
            one.put("image", item.web("image"));
            one.put("url", item.web("url"));
            one.values().removeIf(Objects::isNull);
            BigDecimal quantity = item.has("quantity") ? item.amount("quantity") : BigDecimal.ONE;
            if (!one.isEmpty() && quantity != null && quantity.signum() > 0 && items.size() < MOST_ITEMS) {
                one.put("quantity", quantity);
                items.add(one);
            }
        }
        return items;
    }

    private Map<String, Object> order(EventFields event, StorefrontConnection connection, long heardAt) {
        String status = event.text("status", 20);
        if (!STATUSES.contains(String.valueOf(status))) {
            throw new EventProblem("The mapping gives an order an unknown status; it must be one of "
                    + String.join(", ", STATUSES.stream().sorted().toList()) + ".");
        }
        Map<String, Object> order = begun(event, connection);
        order.put("order_id", event.id("id"));
        order.put("status", status.toUpperCase(Locale.ROOT));
        order.put("cart_id", event.text("cartId", EventFields.LONGEST_ID));
        order.put("checkout_id", event.text("checkoutId", EventFields.LONGEST_ID));
        order.put("total", event.amount("total"));
        order.put("refunded", event.amount("refunded"));
        Map<String, Object> dated = dated(order, event, heardAt);
        Long placed = event.moment("placedAt");
        dated.put("placed_at", placed == null ? dated.get("changed_at") : Math.min(placed, heardAt));
        return dated;
    }

    /** The version of an ending without one is just after it was heard (mappings number the bodies of one second within it): what the shop says of a later time counts again. */
    private Map<String, Object> gone(EventFields event, StorefrontConnection connection, long heardAt) {
        String what = what(event);
        Map<String, Object> gone = new HashMap<>();
        gone.put("event", "gone");
        gone.put("connection", connection.name());
        gone.put("account_id", connection.account());
        gone.put("what", what);
        gone.put(what + "_id", event.id("id"));
        Map<String, Object> dated = dated(gone, event, heardAt);
        dated.compute("version", (key, version) -> event.whole("version") == null ? heardAt + 1_000 : version);
        return dated;
    }

    private static Map<String, Object> fetch(EventFields event, StorefrontConnection connection) {
        Map<String, Object> fetch = new HashMap<>();
        fetch.put("event", "fetch");
        fetch.put("connection", connection.name());
        fetch.put("what", what(event));
        fetch.put("id", event.id("id"));
        return fetch;
    }

    private static String what(EventFields event) {
        String what = event.text("what", 20);
        if (!"cart".equals(what) && !"order".equals(what)) {
            throw new EventProblem(
                    "The mapping produces an event about something that is neither a cart nor an order.");
        }
        return what;
    }

    private Map<String, Object> begun(EventFields event, StorefrontConnection connection) {
        Account account = accounts.get(connection.account());
        Map<String, Object> row = new HashMap<>();
        row.put("event", event.text("event", 20));
        row.put("connection", connection.name());
        row.put("account_id", account.accountId());
        row.put(
                "phone",
                Identity.phone(event.text("phone", 60), account.country()).orElse(null));
        row.put("email", Identity.email(event.text("email", 254)).orElse(null));
        return row;
    }

    /** A change is never later than it was heard: a shop's clock that is ahead would keep its carts from ever being idle. */
    private static Map<String, Object> dated(Map<String, Object> row, EventFields event, long heardAt) {
        Long version = event.whole("version");
        Long changed = event.moment("changedAt");
        row.put("version", version);
        row.put("digest", Sha256.hex(ShopJson.write(row)));
        row.put("changed_at", changed == null ? heardAt : Math.min(changed, heardAt));
        row.put("version", version != null ? version : changed != null ? changed : heardAt);
        return row;
    }

    private static boolean form(Map<String, Object> row) {
        return String.valueOf(row.get("content_type"))
                .toLowerCase(Locale.ROOT)
                .startsWith("application/x-www-form-urlencoded");
    }

    private static JsonNode fields(String body) {
        ObjectNode fields = ShopJson.object();
        for (String pair : body.split("&")) {
            String[] parts = pair.split("=", 2);
            try {
                fields.put(
                        URLDecoder.decode(parts[0].strip(), StandardCharsets.UTF_8),
                        parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
            } catch (IllegalArgumentException e) {
                throw new EventProblem("Its body is not a readable form: it contains a stray percent sign.");
            }
        }
        return fields;
    }
}
