package aiqbridge.fuzz;

import aiqbridge.Json;
import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqReply;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.RedemptionUrl;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Caller;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.connection.Connections;
import aiqbridge.connection.OrderIds;
import aiqbridge.connection.PosConnection;
import aiqbridge.pos.MakeBroken;
import aiqbridge.pos.PosRows;
import aiqbridge.privacy.ApiKey;
import aiqbridge.redemption.TicketNote;
import aiqbridge.redemption.TransactionId;
import aiqbridge.storefront.mapping.EventProblem;
import aiqbridge.storefront.mapping.InboxRow;
import aiqbridge.storefront.mapping.ShopEvent;
import aiqbridge.storefront.mapping.ShopJson;
import aiqbridge.storefront.mapping.ShopRefused;
import aiqbridge.storefront.mapping.ShopTime;
import aiqbridge.storefront.mapping.StorefrontEvents;
import aiqbridge.wallet.Identity;
import aiqbridge.wallet.PlaceholderPhones;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Everything that reads a stranger's words, each for itself, without a bridge. What fails with anything but the refusal that belongs to it fails.
 * {@link #fuzzerTestOneInput} is what a fuzzer that watches the coverage calls (src/test/README.md, section 4).
 */
public final class Parsers {
    static final List<String> KINDS = List.of("shopify", "woocommerce", "bigcommerce", "square", "jane", "generic");
    private static final List<String> TOPICS = List.of(
            "carts/update",
            "checkouts/update",
            "orders/updated",
            "orders/delete",
            "refunds/create",
            "order.updated",
            "order.deleted",
            "cart",
            "order",
            "");
    private static final BigDecimal MOST = BigDecimal.valueOf(10_000_000);
    private static Parsers all;

    private final List<Consumer<String>> parsers = new ArrayList<>();
    private final ObjectMapper callers = Json.ofCallers();
    private final ObjectMapper aiqs = Json.ofAiq();
    private final ObjectMapper shops = Json.ofShops();
    private final AiqReply reply;
    private final StorefrontEvents events;
    private final PosConnection till = new PosConnection(
            "till",
            "view",
            "green-leaf",
            "main",
            ZoneId.of("America/Denver"),
            "live",
            "poll",
            true,
            "off",
            true,
            "jdbc:sqlite:none",
            null,
            null,
            false,
            null,
            null,
            null,
            null);

    Parsers(Path folder) {
        Properties values = Settings.load(TestBridge.HOME.resolve("config/application.properties"));
        try {
            for (String part : List.of("storefront", "pos")) {
                Files.createDirectories(folder.resolve(part));
                values.setProperty(part + ".connections", folder.resolve(part).toString());
            }
            for (String kind : KINDS) {
                Files.writeString(
                        folder.resolve("storefront/" + kind + ".properties"),
                        "kind = " + kind
                                + "\naccount = green-leaf\nlocation = main\nzone = America/Denver\napi.url = https://shop.example\npublic-url = https://bridge.example\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Settings settings = Settings.of(values);
        reply = new AiqReply(settings);
        events = new StorefrontEvents(
                Connections.read(TestBridge.HOME, settings, Map.of()).storefronts(),
                new OneAccount(),
                new PlaceholderPhones(settings),
                new TestBridge.TestClock("2026-11-29T18:00:00Z"));
        parsers.add(this::answer);
        parsers.add(this::caller);
        KINDS.forEach(kind -> parsers.add(text -> delivery(kind, text)));
        KINDS.forEach(kind -> parsers.add(text -> fetched(kind, text)));
        parsers.add(this::url);
        parsers.add(this::words);
        parsers.add(this::sale);
        for (String kind : KINDS) {
            OrderIds ids =
                    OrderIds.of(Settings.of(TestBridge.HOME.resolve("routes/storefront/" + kind + "/kind.properties")));
            parsers.add(text -> id(ids, text));
        }
    }

    public static synchronized void fuzzerTestOneInput(byte[] data) throws IOException {
        if (all == null) {
            all = new Parsers(Files.createTempDirectory("fuzz"));
        }
        if (data.length > 1) {
            all.read(data[0] & 0xff, new String(data, 1, data.length - 1, StandardCharsets.UTF_8));
        }
    }

    int count() {
        return parsers.size();
    }

    void read(int parser, String text) {
        parsers.get(parser % parsers.size()).accept(text);
    }

    private static JsonNode json(ObjectMapper mapper, String text) {
        try {
            return mapper.readerFor(JsonNode.class).readValue(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void answer(String text) {
        JsonNode body = json(aiqs, text);
        AiqAnswer done = new AiqAnswer(AiqAnswer.Outcome.DONE, 200, text, null, null, "AIQ answered 200");
        AiqAnswer none = new AiqAnswer(AiqAnswer.Outcome.NOT_FOUND, 404, text, null, null, "AIQ answered 404");
        List<BiFunction<AiqAnswer, JsonNode, AiqAnswer>> readings = List.of(
                reply::wallet,
                reply::lookup,
                reply::signedUp,
                reply::receipt,
                reply::moved,
                reply::cart,
                reply::plain,
                reply::timeline,
                reply::redemptionsReport);
        for (BiFunction<AiqAnswer, JsonNode, AiqAnswer> reading : readings) {
            sensible(reading.apply(done, body).value());
            sensible(reading.apply(none, body).value());
        }
    }

    private static void sensible(Object value) {
        if (value instanceof Wallet wallet) {
            within(wallet.points(), MOST);
            wallet.offered().forEach(Parsers::sensible);
        } else if (value instanceof Discount discount) {
            within(discount.points(), MOST);
            within(discount.dollarValue(), MOST);
            within(discount.percentageValue(), BigDecimal.valueOf(100));
            within(discount.minimumSpend(), MOST.add(BigDecimal.ONE));
            within(discount.maximumSpend(), MOST);
            clean(discount.id());
            clean(discount.posDiscountId());
            clean(discount.name());
            clean(discount.description());
        } else if (value instanceof Report report) {
            for (ReportRow row : report.rows()) {
                within(row.points(), MOST);
                clean(row.id());
                clean(row.contactId());
                clean(row.transactionId());
            }
        }
    }

    private static void within(BigDecimal number, BigDecimal most) {
        if (number != null && (number.abs().compareTo(most) > 0 || Math.abs(number.scale()) > 20)) {
            throw new AssertionError("out of its range: " + number);
        }
    }

    private static void clean(String text) {
        if (text != null
                && (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)
                        || !StandardCharsets.UTF_8.newEncoder().canEncode(text))) {
            throw new AssertionError("cannot be stored");
        }
    }

    private void caller(String text) {
        JsonNode body = json(callers, text);
        if (body == null || !body.isObject()) {
            return;
        }
        new ApiRequest(new Caller("till", "green-leaf"), body, null, null, "");
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            refused(() -> new Fields(body, "phone").text("phone", 40));
            Fields fields = new Fields(body, names.toArray(String[]::new));
            refused(() -> fields.text(name, 200));
            refused(() -> fields.number(name));
            refused(() -> fields.flag(name));
        }
    }

    private static void refused(Runnable read) {
        try {
            read.run();
        } catch (Problem problem) {
            if (problem.status() >= 500) {
                throw problem;
            }
        }
    }

    private void delivery(String kind, String text) {
        for (String topic : TOPICS) {
            delivery(kind, topic, "webhook", "application/json", text);
        }
        delivery(kind, "order", "poll", "application/json", text);
        delivery(kind, null, "webhook", "application/x-www-form-urlencoded", text);
    }

    private void delivery(String kind, String topic, String source, String type, String text) {
        InboxRow row = new InboxRow(1L, kind, source, topic, type, null, text, 1_764_450_000_000L, 0);
        String json = events.json(row);
        try {
            events.of(row, json == null ? null : json(shops, json)).forEach(Parsers::sound);
        } catch (EventProblem problem) {
            sound(problem);
        }
    }

    private void fetched(String kind, String text) {
        for (String what : List.of("order", "cart")) {
            try {
                events.fetched(new ShopEvent.Fetch(kind, what, "1"), text, json(shops, ShopJson.bare(text)))
                        .forEach(Parsers::sound);
            } catch (EventProblem | ShopRefused problem) {
                sound(problem);
            }
        }
    }

    private static void sound(RuntimeException problem) {
        if (problem.getMessage().contains("fails on it")) {
            throw problem;
        }
    }

    private static void sound(ShopEvent event) {
        if (event instanceof ShopEvent.Cart cart) {
            clean(cart.items());
        }
    }

    private void url(String text) {
        try {
            String path = RedemptionUrl.parse(
                            text, URI.create("https://lab.alpineiq.com"), "/api/v1.1/discount/redeem/{uid}/", "1001")
                    .path("t/1");
            if (!path.startsWith("/api/v1.1/discount/redeem/1001/") || path.contains(";") || path.contains("/../")) {
                throw new AssertionError(path);
            }
        } catch (RedemptionUrl.Refused refused) {
            // as it should
        }
    }

    private void words(String text) {
        Identity.phone(text, "US").ifPresent(Parsers::clean);
        Identity.email(text).ifPresent(Parsers::clean);
        ShopTime.read(TextNode.valueOf(text), ZoneId.of("America/Denver"));
        TicketNote.in(text);
        TransactionId.spelling(text);
    }

    private void sale(String text) {
        String[] parts = text.split("\\|", -1);
        Map<String, Object> row = new HashMap<>();
        List<String> columns = List.of(
                "transaction_id",
                "completed_at",
                "total",
                "location",
                "phone",
                "email",
                "note",
                "discount_ids",
                "employee");
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), value(parts[i % parts.length]));
        }
        try {
            PosRows.unreadSales(till, List.of(row));
        } catch (MakeBroken missing) {
            // as it should
        }
    }

    /** As a driver might hand it over. */
    private static Object value(String text) {
        try {
            return text.length() < 30 && text.matches("[-+0-9.eE]+")
                    ? text.contains("e") ? (Object) Double.valueOf(text) : new BigDecimal(text)
                    : text.startsWith("b") ? text.getBytes(StandardCharsets.UTF_16) : text;
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static void id(OrderIds ids, String text) {
        for (String sort : OrderIds.SORTS) {
            ids.comparable(sort, text);
            ids.refused(text, sort);
            ids.read(text, sort);
        }
        ids.refused(text, null);
        ids.read(text, null);
    }

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
