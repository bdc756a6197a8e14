package aiqbridge.storefront.mapping;

import aiqbridge.Settings;
import aiqbridge.Sha256;
import aiqbridge.StartRefused;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnections;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.storefront.kind.StorefrontKind;
import aiqbridge.wallet.Identity;
import aiqbridge.wallet.PlaceholderPhones;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Works out what a row of the inbox means: the mapping of its kind ({@code routes/storefront/<kind>/events.jslt}) says what happened to which cart or order, in the
 * words that are the same for all shops; here each event is bounded and becomes a {@link ShopEvent}.
 */
public final class StorefrontEvents {
    private static final int MOST_EVENTS = 50;
    private static final int MOST_ITEMS = 200;
    private static final Set<String> STATUSES =
            Set.of("unplaced", "open", "paid", "completed", "cancelled", "refunded", "deleted");
    private static final Set<String> PAID = Set.of("paid", "completed", "refunded");
    private static final Set<String> CONSENTS = Set.of("granted", "withheld", "unknown");
    private final StorefrontConnections connections;
    private final Accounts accounts;
    private final PlaceholderPhones placeholders;
    private final Clock clock;
    private final Map<String, EventMapping> mappings = new HashMap<>();
    private final Map<String, JsonNode> described = new HashMap<>();
    private final Set<String> thin = new HashSet<>();
    private final Set<String> answering = new HashSet<>();

    public StorefrontEvents(
            StorefrontConnections connections, Accounts accounts, PlaceholderPhones placeholders, Clock clock) {
        this.placeholders = placeholders;
        this.connections = connections;
        this.accounts = accounts;
        this.clock = clock;
        for (StorefrontConnection connection : connections.all()) {
            mappings.computeIfAbsent(
                    connection.kind(),
                    kind -> EventMapping.read(connections.folder(kind).resolve("events.jslt")));
            try {
                described.put(connection.name(), describe(connection));
                Settings kind =
                        Settings.of(connections.folder(connection.kind()).resolve(StorefrontKind.FILE));
                if (isThin(kind)) {
                    thin.add(connection.kind());
                }
                if (connection.apiUrl() != null && kind.has("api.order")) {
                    answering.add(connection.name());
                }
            } catch (StartRefused e) {
                mappings.put(connection.kind(), EventMapping.broken(e));
            }
        }
    }

    /** @throws aiqbridge.StartRefused naming the file and the line, when a kind's mapping cannot be used */
    public static void check(Path folder) {
        EventMapping.compiled(folder.resolve("events.jslt"));
    }

    private String comparable(StorefrontConnection connection, String sort, String id) {
        return connections.ids(connection.kind()).comparable(sort, id);
    }

    /** Whether the kind's signature covers some fields of its webhooks alone: the rest may be anybody's words. */
    private static boolean isThin(Settings kind) {
        return kind.has("signature.signed") && !kind.text("signature.signed").contains("{body}");
    }

    /** What the mapping may know of the connection. */
    private JsonNode describe(StorefrontConnection connection) {
        Settings kind = Settings.of(connections.folder(connection.kind()).resolve(StorefrontKind.FILE));
        Map<String, String> statuses = new TreeMap<>(StorefrontConnections.statuses(kind));
        statuses.putAll(connection.statuses());
        return ShopJson.of(Map.of(
                "name",
                connection.name(),
                "zone",
                connection.zone().getId(),
                "api",
                connection.apiUrl() != null,
                "cartsMadeBy",
                StorefrontConnections.cartsMadeBy(kind),
                "statuses",
                statuses));
    }

    /** What is to be read as JSON of a row's body, null where there is nothing or a form. */
    public String json(InboxRow row) {
        return row.body() == null || form(row) ? null : ShopJson.bare(row.body());
    }

    /**
     * @param body as JSON, null where it cannot be read or is a form
     * @return the row's events; none when there is nothing to do
     * @throws MappingBroken when its kind's mapping cannot be used
     * @throws EventProblem when no meaning can be worked out
     */
    public List<ShopEvent> of(InboxRow row, JsonNode body) {
        if (row.body() == null) {
            throw new EventProblem("Its body is no longer stored.");
        }
        if (row.topic() != null && row.topic().indexOf('\ufffd') >= 0) {
            throw new EventProblem("Its topic is damaged: it is not 1 to 200 visible ASCII characters.");
        }
        ObjectNode input = ShopJson.object().put("topic", row.topic()).put("source", row.source());
        input.set("headers", row.headers() == null ? ShopJson.object() : ShopJson.read(row.headers()));
        input.set("body", form(row) ? fields(row.body()) : ShopJson.checked(body));
        StorefrontConnection connection = connection(row.connection());
        List<ShopEvent> events = events(connection, input, row.receivedAt(), false);
        if (row.source().equals("webhook")
                && thin.contains(connection.kind())
                && !events.stream().allMatch(ShopEvent.Fetch.class::isInstance)) {
            throw new EventProblem(
                    "Only some fields of its body are signed, and the mapping believes others: let it give fetch, so that the shop is asked.");
        }
        return events;
    }

    /**
     * @param fetch  the event that asked for it
     * @param answer the shop's, null when it no longer has such a cart or order
     * @param body   the answer as JSON, null where it cannot be read
     * @throws ShopRefused when the answer cannot be read
     */
    public List<ShopEvent> fetched(ShopEvent.Fetch fetch, String answer, JsonNode body) {
        StorefrontConnection connection = connections.get(fetch.connection());
        if (answer == null) {
            return List.of(gone(
                    fetch.what(),
                    fetch.what().equals("cart") ? comparable(connection, "cart", fetch.id()) : fetch.id(),
                    connection,
                    clock.millis() + 1_000));
        }
        ObjectNode input = ShopJson.object().put("topic", fetch.what()).put("source", "fetch");
        try {
            input.set("body", ShopJson.checked(body));
        } catch (EventProblem e) {
            throw new ShopRefused("The shop's API answered with something other than JSON.");
        }
        List<ShopEvent> events = events(connection, input, clock.millis(), true);
        events.removeIf(ShopEvent.Fetch.class::isInstance);
        return events;
    }

    private StorefrontConnection connection(String name) {
        return connections
                .find(name)
                .orElseThrow(() ->
                        new EventProblem("There is no storefront " + name + " any longer in config/storefront/."));
    }

    private List<ShopEvent> events(
            StorefrontConnection connection, ObjectNode input, long receivedAt, boolean answered) {
        input.set("connection", described.get(connection.name()));
        JsonNode output = mappings.get(connection.kind()).apply(input);
        List<ShopEvent> events = new ArrayList<>();
        for (JsonNode event : output.isArray() ? output : List.of(output)) {
            if (!event.isNull()) {
                events.add(event(new EventFields(event), connection, receivedAt, answered));
            }
        }
        if (events.size() > MOST_EVENTS) {
            throw new EventProblem("The mapping produces more than " + MOST_EVENTS + " events of it.");
        }
        return events;
    }

    private ShopEvent event(EventFields event, StorefrontConnection connection, long receivedAt, boolean answered) {
        return switch (String.valueOf(event.text("event", 20))) {
            case "cart" -> cart(event, connection, receivedAt);
            case "order" -> order(event, connection, receivedAt, answered);
            case "converted" ->
                new ShopEvent.Converted(
                        connection.name(),
                        connection.account(),
                        comparable(connection, "cart", event.id("id")),
                        event.named("orderId"));
            case "refund" ->
                new ShopEvent.Refund(
                        connection.name(),
                        connection.account(),
                        event.id("id"),
                        event.id("orderId"),
                        version(event, receivedAt),
                        event.amount("amount"),
                        event.yes("whole") ? 1 : 0);
            case "gone" ->
                gone(
                        what(event),
                        what(event).equals("cart") ? comparable(connection, "cart", event.id("id")) : event.id("id"),
                        connection,
                        goneSince(event, receivedAt));
            case "fetch" -> new ShopEvent.Fetch(connection.name(), what(event), event.id("id"));
            default ->
                throw new EventProblem(
                        "The mapping produces an event that is none of cart, converted, order, refund, gone and fetch.");
        };
    }

    private ShopEvent.Cart cart(EventFields event, StorefrontConnection connection, long receivedAt) {
        List<Map<String, Object>> items = items(event);
        String consent = consent(event, "consent", "unknown");
        String consentPhone = consent(event, "consentPhone", consent),
                consentEmail = consent(event, "consentEmail", consent);
        Account account = accounts.get(connection.account());
        String id = comparable(connection, "cart", event.id("id")), phone = phone(event, account), email = email(event);
        String url = event.web("url"), currency = event.currency("currency");
        BigDecimal total = event.amount("total");
        String order = event.named("orderId");
        Map<String, Object> digest = digested("cart", connection, account, phone, email, event);
        digest.put("cart_id", id);
        digest.put("consent", consentPhone.equals(consentEmail) ? consentPhone : consentPhone + " " + consentEmail);
        digest.put("url", url);
        digest.put("currency", currency);
        digest.put("total", total);
        digest.put("item_count", items.size());
        digest.put("items", ShopJson.write(items));
        digest.put("order_id", order);
        return new ShopEvent.Cart(
                connection.name(),
                account.accountId(),
                id,
                phone == null ? null : new Phone(phone),
                email == null ? null : new Email(email),
                consentPhone,
                consentEmail,
                url,
                currency,
                total,
                items.size(),
                ShopJson.write(items),
                order,
                version(event, receivedAt),
                Sha256.hex(ShopJson.write(digest)),
                changed(event, receivedAt));
    }

    /**
     * A word that nobody knows could be the shopper's yes or no: a person decides.
     *
     * @param unsaid what it is where it is left out
     */
    private static String consent(EventFields event, String field, String unsaid) {
        String consent = event.has(field) ? event.text(field, 20) : unsaid;
        if (consent == null || !CONSENTS.contains(consent)) {
            throw new EventProblem("The mapping gives an unknown " + field + "; it must be one of "
                    + String.join(", ", CONSENTS.stream().sorted().toList()) + ", or left out.");
        }
        return consent;
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

    private ShopEvent order(EventFields event, StorefrontConnection connection, long receivedAt, boolean answered) {
        String said = event.text("status", 20);
        if (!STATUSES.contains(String.valueOf(said))) {
            throw new EventProblem(
                    said != null && said.matches("[a-z0-9_-]+")
                            ? "The status " + said
                                    + " of an order is unknown; write what it means into the shop's file, for example status."
                                    + said + " = open."
                            : "The mapping gives an order an unknown status; it must be one of "
                                    + String.join(
                                            ", ", STATUSES.stream().sorted().toList()) + ".");
        }
        if (!answered
                && event.whole("version") == null
                && event.moment("changedAt") == null
                && answering.contains(connection.name())) {
            return new ShopEvent.Fetch(connection.name(), "order", event.id("id"));
        }
        String status = said.toUpperCase(Locale.ROOT);
        Account account = accounts.get(connection.account());
        String id = event.id("id"), phone = phone(event, account), email = email(event);
        List<ShopEvent.Name> names = names(event, connection, id);
        BigDecimal total = event.amount("total"), refunded = event.amount("refunded");
        Map<String, Object> digest = digested("order", connection, account, phone, email, event);
        digest.put("order_id", id);
        digest.put("status", status);
        digest.put("names", names.stream().map(n -> n.sort() + " " + n.value()).toList());
        digest.put("total", total);
        digest.put("refunded", refunded);
        long changed = changed(event, receivedAt);
        Long placed = event.moment("placedAt");
        return new ShopEvent.Order(
                connection.name(),
                account.accountId(),
                id,
                status,
                PAID.contains(said) || event.yes("wasPaid") || refunded != null && refunded.signum() > 0 ? 1 : 0,
                names,
                answered ? 1 : 0,
                phone == null ? null : new Phone(phone),
                email == null ? null : new Email(email),
                total,
                refunded,
                version(event, receivedAt),
                Sha256.hex(ShopJson.write(digest)),
                changed,
                placed == null ? changed : Math.min(placed, receivedAt));
    }

    private List<ShopEvent.Name> names(EventFields event, StorefrontConnection connection, String id) {
        List<ShopEvent.Name> names = new ArrayList<>();
        names.add(new ShopEvent.Name(connection.name(), comparable(connection, "order", id), "order", id));
        for (String sort : List.of("cart", "checkout", "name")) {
            event.ids(sort.equals("name") ? sort : sort + "Id").stream()
                    .map(name -> comparable(connection, sort, name))
                    .distinct()
                    .sorted()
                    .forEach(name -> names.add(new ShopEvent.Name(connection.name(), name, sort, id)));
        }
        return names;
    }

    private static ShopEvent gone(String what, String id, StorefrontConnection connection, Long version) {
        return what.equals("cart")
                ? new ShopEvent.CartGone(connection.name(), connection.account(), id, version)
                : new ShopEvent.OrderGone(connection.name(), connection.account(), id, version);
    }

    /** Without a version just after it was received (mappings number the bodies of one second within it): what the shop says of a later time counts again. */
    private static long goneSince(EventFields event, long receivedAt) {
        Long version = event.whole("version");
        return version == null ? receivedAt + 1_000 : version;
    }

    private static String what(EventFields event) {
        String what = event.text("what", 20);
        if (!"cart".equals(what) && !"order".equals(what)) {
            throw new EventProblem(
                    "The mapping produces an event about something that is neither a cart nor an order.");
        }
        return what;
    }

    private String phone(EventFields event, Account account) {
        return Identity.phone(event.contact("phone", 60), account.country())
                .filter(number -> !placeholders.holds(number))
                .orElse(null);
    }

    private static String email(EventFields event) {
        return Identity.email(event.contact("email", 254)).orElse(null);
    }

    /** What every digest begins with; the databases of earlier versions hold such digests. */
    private static Map<String, Object> digested(
            String event,
            StorefrontConnection connection,
            Account account,
            String phone,
            String email,
            EventFields fields) {
        Map<String, Object> digested = new TreeMap<>();
        digested.put("event", event);
        digested.put("connection", connection.name());
        digested.put("account_id", account.accountId());
        digested.put("phone", phone);
        digested.put("email", email);
        digested.put("version", fields.whole("version"));
        return digested;
    }

    /** A change is never later than it was received: a shop's clock that is ahead would keep its carts from ever being idle. */
    private static long changed(EventFields event, long receivedAt) {
        Long changed = event.moment("changedAt");
        return changed == null ? receivedAt : Math.min(changed, receivedAt);
    }

    private static long version(EventFields event, long receivedAt) {
        Long version = event.whole("version");
        Long changed = event.moment("changedAt");
        return version != null ? version : changed != null ? changed : receivedAt;
    }

    private static boolean form(InboxRow row) {
        return String.valueOf(row.contentType())
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
