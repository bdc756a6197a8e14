package aiqbridge.storefront.mapping;

import aiqbridge.Json;
import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.connection.Connections;
import aiqbridge.privacy.ApiKey;
import aiqbridge.redemption.Rows;
import aiqbridge.wallet.PlaceholderPhones;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One shop of a kind, named web, and what its deliveries mean; the shipped mappings, without a database. */
public final class Meaning {
    /** When every delivery was heard. */
    static final long HEARD = Instant.parse("2026-11-23T18:00:00Z").toEpochMilli();

    private final StorefrontEvents events;

    Meaning(Path folder, String kind, String... lines) {
        this(TestBridge.HOME, folder, kind, lines);
    }

    /** @param home the folder that holds routes/storefront/ */
    Meaning(Path home, Path folder, String kind, String... lines) {
        try {
            Files.createDirectories(folder.resolve("storefront"));
            Files.createDirectories(folder.resolve("pos"));
            Files.writeString(
                    folder.resolve("storefront/web.properties"),
                    "kind = " + kind + "\naccount = green-leaf\nlocation = main\nzone = America/Denver\n"
                            + String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties values = Settings.load(TestBridge.HOME.resolve("config/application.properties"));
        values.setProperty(
                "storefront.connections", folder.resolve("storefront").toString());
        values.setProperty("pos.connections", folder.resolve("pos").toString());
        Connections connections = Connections.read(home, Settings.of(values), Map.of());
        events = new StorefrontEvents(
                connections.storefronts(),
                new OneAccount(),
                new PlaceholderPhones(Settings.of(values)),
                new TestBridge.TestClock("2026-11-23T18:00:00Z"));
    }

    List<Map<String, Object>> of(String topic, String body) {
        return of("webhook", topic, "application/json", body, HEARD);
    }

    List<Map<String, Object>> form(String body) {
        return of("webhook", null, "application/x-www-form-urlencoded; charset=UTF-8", body, HEARD);
    }

    List<Map<String, Object>> polled(String topic, String body) {
        return of("poll", topic, "application/json", body, HEARD);
    }

    List<Map<String, Object>> of(String source, String topic, String type, String body, long heardAt) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "inbox_id",
                1L,
                "connection",
                "web",
                "source",
                source,
                "content_type",
                type,
                "body",
                body,
                "received_at",
                heardAt));
        row.put("topic", topic);
        InboxRow delivery = Rows.of(InboxRow.class, row);
        return ShopEvents.told(events.of(delivery, json(events.json(delivery))));
    }

    /** Of a body that means one thing. */
    Map<String, Object> one(String topic, String body) {
        return only(of(topic, body));
    }

    /** What the shop's API answered about a cart or an order; null when it has none any more. */
    List<Map<String, Object>> fetched(String what, String id, String answer) {
        return ShopEvents.told(events.fetched(new ShopEvent.Fetch("web", what, id), answer, json(answer)));
    }

    /** As the route {@code storefront-json} reads it. */
    private static JsonNode json(String text) {
        try {
            return text == null
                    ? null
                    : Json.ofShops().readerFor(JsonNode.class).readValue(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static Map<String, Object> only(List<Map<String, Object>> events) {
        if (events.size() != 1) {
            throw new AssertionError("one event, not " + events);
        }
        return events.get(0);
    }

    public static String sample(String name) {
        try (var in = Meaning.class.getResourceAsStream("/storefront/" + name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    static BigDecimal amount(String amount) {
        return new BigDecimal(amount).setScale(3);
    }

    /** The one account of these tests. */
    private static final class OneAccount implements Accounts {
        @Override
        public Account get(String accountId) {
            return new Account(
                    accountId, "Green Leaf", "1001", new ApiKey("demo-key"), "US", ZoneId.of("America/Denver"));
        }

        @Override
        public List<Account> all() {
            return List.of(get("green-leaf"));
        }
    }
}
