package aiqbridge.demo;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.account.Account;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.firstcontact.FirstContacts;
import aiqbridge.page.PageUsers;
import aiqbridge.privacy.ApiKey;
import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The main job in small: a till, a web shop, AIQ's simulator and the bridge between them tell the story of two rewards and a cart, through the same doors as in a shop.
 * The end compares the bridge's rows, the till's table and what the simulator received.
 */
public final class Demo implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOP_SECRET = "the secret of the demo's shop";
    private static final int TRIES = 20;
    private static final ZoneId ZONE = ZoneId.of("America/Denver");
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final AiqSimulator simulator;
    private final SimulatorControl aiq;
    private final JdbcTemplate till;
    private final Bridge bridge;
    private final JdbcTemplate rows;
    private final int port = freePort();
    private final String key;
    private final String shopKey;
    private int line;

    public Demo(Path home, Settings shipped) throws IOException {
        folder = Files.createTempDirectory("aiq-bridge-demo");
        simulator = AiqSimulator.start(0, 0, null);
        aiq = new SimulatorControl(simulator.controlPort());
        aiq.seedDemo();
        String tillUrl = "jdbc:sqlite:" + folder.resolve("till.db") + "?busy_timeout=10000";
        till = new JdbcTemplate(new DriverManagerDataSource(tillUrl));
        till.execute("create table sale (id text primary key, at text, total real, phone text, state text)");
        till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, total, null as location, phone, null as email, null as customer_id, null as note, null as discount_ids, null as discount_total, null as employee from sale where state = 'completed'");
        till.execute(
                "create view aiq_reversals as select id as transaction_id, id as original_transaction_id, 'void' as kind, at as reversed_at, total as amount, null as location from sale where state = 'voided'");
        till.execute("create table aiq_points (transaction_id text primary key, points numeric)");
        Files.createDirectories(folder.resolve("pos"));
        Files.writeString(
                folder.resolve("pos/main-street.properties"),
                "make = view\naccount = green-leaf\nlocation = main-street\nzone = " + ZONE
                        + "\nmode = live\nwrite-back = on\njdbc.url = " + tillUrl + "\njdbc.username = reader\n");
        Files.createDirectories(folder.resolve("storefront"));
        Files.writeString(
                folder.resolve("storefront/web-shop.properties"),
                "kind = shopify\naccount = green-leaf\nlocation = web\nzone = " + ZONE
                        + "\nmodel = immediate\npin = not-required\n");
        Properties settings = shipped.asProperties();
        // nothing of it leaves the machine, or lets anybody in from another one
        settings.putAll(Map.of(
                "http.host",
                "127.0.0.1",
                "http.management-host",
                "127.0.0.1",
                "traces.endpoint",
                "",
                "page.public-url",
                ""));
        settings.putAll(Map.of(
                "storefront.connections",
                folder.resolve("storefront").toString(),
                "inbox.work-every",
                "200ms",
                "cart.abandon-after",
                "3s",
                "cart.sweep-every",
                "500ms",
                "cart.send-every",
                "500ms"));
        settings.putAll(Map.of(
                "store.url",
                "jdbc:sqlite:" + folder.resolve("bridge.db"),
                "secrets.key-file",
                folder.resolve("secrets.key").toString(),
                "http.port",
                Integer.toString(port),
                "http.management-port",
                Integer.toString(freePort()),
                "aiq.base-url",
                simulator.baseUrl(),
                "pos.connections",
                folder.resolve("pos").toString(),
                "pos.poll-every",
                "500ms",
                "pos.write-back-every",
                "500ms",
                "redemption.execute-every",
                "200ms",
                "reversal.execute-every",
                "500ms"));
        bridge = Bridge.start(home, Settings.of(settings), Clock.systemUTC(), false);
        bridge.accounts().save(new Account("green-leaf", "Green Leaf", "1001", new ApiKey("demo-key"), "US", ZONE));
        new FirstContacts(bridge.store().source(), Clock.systemUTC())
                .waive("green-leaf", "demo", "the demo's AIQ is the simulator");
        bridge.storefrontSecrets().add("web-shop", StorefrontSecrets.WEBHOOK, SHOP_SECRET, Duration.ZERO);
        key = bridge.callerKeys().add("main-street");
        shopKey = bridge.callerKeys().add("web-shop");
        rows = new JdbcTemplate(bridge.store().source());
    }

    /** Whether everybody's books agree in the end. */
    public boolean run() throws IOException, InterruptedException {
        say("Ada gives her phone number at the till; AIQ texts her a code ("
                + post("/api/v1/wallet/verify", Map.of("phone", "555-555-0100")).status() + ").");
        JsonNode wallet = post("/api/v1/wallet/view", Map.of("phone", "555-555-0100", "code", aiq.pin("c-ada")))
                .json();
        say("The code opens her wallet: " + wallet.path("points") + " points, "
                + wallet.path("discounts").size() + " rewards.");
        JsonNode first = queue(wallet, "five-off", "sale-1001");
        say("She chooses $5 off (100 points) for sale-1001; the bridge has it as "
                + first.path("status").asText() + ", AIQ has not been told ("
                + aiq.requests("redeem").size() + " calls).");
        JsonNode second = queue(wallet, "welcome", "sale-1002");
        say("She chooses her welcome gift for another sale, sale-1002, which will never be completed.");
        sale("sale-1001", 42.50);
        say("sale-1001 is completed in the till's database.");
        await(() -> status(first).equals("EXECUTED"));
        say("The bridge sees it and redeems once: AIQ received PUT …/sale-1001; Ada has "
                + aiq.points("c-ada").toPlainString() + " points.");
        await(() -> pointsOnTill("sale-1001").compareTo(new BigDecimal(100)) == 0);
        say("The 100 points are on sale-1001 in the till, for the auditor.");
        till.update("update sale set state = 'voided' where id = 'sale-1001'");
        say("The cashier voids sale-1001.");
        await(() ->
                aiq.effects("REVERSED").size() == 1 && pointsOnTill("sale-1001").signum() == 0);
        say("The bridge gives the points back, once: Ada has "
                + aiq.points("c-ada").toPlainString() + " points again, the till shows 0.");
        post("/api/v1/redemptions/" + second.path("redemptionId").asText() + "/release", Map.of());
        say("The cashier releases the welcome gift: " + status(second) + ", and AIQ was never told.");
        shop();
        return agree();
    }

    /** The same customer in the web shop, and one who leaves. */
    private void shop() throws IOException, InterruptedException {
        JsonNode wallet =
                post(shopKey, "/api/v1/wallet", Map.of("phone", "555-555-0100")).json();
        Answer taken = post(
                shopKey,
                "/api/v1/redemptions",
                Map.of(
                        "walletSession",
                        wallet.path("walletSession").asText(),
                        "discountId",
                        "ten-percent",
                        "cartId",
                        "cart-ada"));
        say("In the web shop Ada takes 10% off (250 points) for her cart: "
                + taken.json().path("status").asText() + " while the checkout waits; Ada has "
                + aiq.points("c-ada").toPlainString() + " points.");
        hears("orders/paid", order("1001", "cart-ada", "555-555-0100", false));
        hears("orders/cancelled", order("1001", "cart-ada", "555-555-0100", true));
        await(() -> aiq.effects("REVERSED").size() == 2);
        say("She orders, then cancels the order: the shop's webhooks report it, and the points are given back once; "
                + aiq.points("c-ada").toPlainString() + " again.");
        hears(
                "checkouts/update",
                "{\"id\": 7, \"token\": \"cart-ben\", \"phone\": \"555-555-0101\", \"buyer_accepts_sms_marketing\": true, \"sms_marketing_phone\": \"555-555-0101\", \"updated_at\": \""
                        + Instant.now()
                        + "\", \"currency\": \"USD\", \"total_price\": \"71.00\", \"line_items\": [{\"title\": \"Blue Dream\", \"sku\": \"BD-35\", \"quantity\": 2, \"price\": \"35.50\"}]}");
        await(() -> cart("cart-ben").equals("OPEN"));
        say("Ben fills a cart there and leaves; Shopify's webhook is verified and stored before it is answered.");
        await(() -> aiq.effects("CART").size() == 1 && cart("cart-ben").equals("ABANDONED"));
        say("The cart is left idle, swept as abandoned and sent to AIQ, once.");
        hears("orders/paid", order("1002", "cart-ben", "555-555-0101", false));
        await(() -> cart("cart-ben").equals("RECOVERED"));
        say("Ben is reminded, comes back and orders: the cart is " + cart("cart-ben") + ".");
    }

    private String cart(String id) {
        return rows
                .queryForList("select status from cart where connection = 'web-shop' and cart_id = ?", String.class, id)
                .stream()
                .findFirst()
                .orElse("unknown");
    }

    private static String order(String id, String token, String phone, boolean cancelled) {
        return "{\"id\": " + id + ", \"checkout_token\": \"" + token + "\", \"phone\": \"" + phone
                + "\", \"financial_status\": \"paid\", \"total_price\": \"71.00\", \"created_at\": \"" + Instant.now()
                + "\", \"updated_at\": \"" + Instant.now().plusSeconds(cancelled ? 1 : 0) + "\""
                + (cancelled ? ", \"cancelled_at\": \"" + Instant.now() + "\"" : "") + "}";
    }

    /** What Shopify would post, signed as it signs. */
    private void hears(String topic, String body) throws IOException, InterruptedException {
        HttpRequest webhook = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/webhooks/shopify/web-shop"))
                .header("Content-Type", "application/json")
                .header("X-Shopify-Topic", topic)
                .header("X-Shopify-Webhook-Id", UUID.randomUUID().toString())
                .header("X-Shopify-Hmac-SHA256", signature(body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        int status = http.send(webhook, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IllegalStateException("the bridge answered a webhook with " + status);
        }
    }

    private static String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SHOP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean agree() {
        BigDecimal ledger = sum("select sum(points) from ledger");
        BigDecimal atAiq = aiq.effects("REDEEMED").stream()
                .map(e -> e.path("points").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .subtract(aiq.effects("REVERSED").stream()
                        .map(e -> e.path("points").decimalValue())
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
        int executed = rows.queryForObject("select count(*) from redemption where status = 'EXECUTED'", Integer.class);
        int puts = aiq.requests("redeem").size();
        BigDecimal onTill = pointsOnTill("sale-1001");
        int sent = rows.queryForObject("select count(*) from cart where send_status = 'SENT'", Integer.class);
        int carts = aiq.effects("CART").size();
        boolean agree = ledger.compareTo(atAiq) == 0
                && ledger.compareTo(onTill) == 0
                && executed == puts
                && executed == 2
                && sent == carts
                && carts == 1;
        System.out.printf(
                "%nLedger: %s points. AIQ: %s points. Till: %s points. Executed: %d, PUTs at AIQ: %d. Carts sent: %d, at AIQ: %d. %s%n",
                ledger.toPlainString(),
                atAiq.toPlainString(),
                onTill.toPlainString(),
                executed,
                puts,
                sent,
                carts,
                agree ? "All books agree." : "THE BOOKS DO NOT AGREE.");
        return agree;
    }

    /** Where a reader can look around: the page, and a command. */
    public String invitation() {
        return "the page, "
                + PageUsers.link(
                        "http://127.0.0.1:" + port,
                        bridge.pageUsers().firstCode().orElse(""))
                + "; or: curl -s -X POST http://127.0.0.1:" + port
                + "/api/v1/wallet/verify -H 'Authorization: Bearer " + key
                + "' -d '{\"phone\":\"5555550101\"}'   (codes: curl -s http://127.0.0.1:" + simulator.controlPort()
                + "/pins)";
    }

    private void say(String text) {
        System.out.printf("%2d  %s%n", ++line, text);
    }

    private void sale(String id, double total) {
        till.update(
                "insert into sale values (?, ?, ?, '555-555-0100', 'completed')",
                id,
                LocalDateTime.now(ZONE).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")),
                total);
    }

    private JsonNode queue(JsonNode wallet, String discount, String transaction)
            throws IOException, InterruptedException {
        return post(
                        "/api/v1/redemptions",
                        Map.of(
                                "walletSession",
                                wallet.path("walletSession").asText(),
                                "discountId",
                                discount,
                                "transactionId",
                                transaction))
                .json();
    }

    private String status(JsonNode redemption) {
        return rows.queryForObject(
                "select status from redemption where redemption_id = ?",
                String.class,
                redemption.path("redemptionId").asText());
    }

    private BigDecimal pointsOnTill(String transaction) {
        return till
                .queryForList("select points from aiq_points where transaction_id = ?", BigDecimal.class, transaction)
                .stream()
                .findFirst()
                .orElse(new BigDecimal(-1));
    }

    private BigDecimal sum(String query) {
        BigDecimal sum = rows.queryForObject(query, BigDecimal.class);
        return sum == null ? BigDecimal.ZERO : sum;
    }

    private record Answer(int status, String body) {
        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    private Answer post(String path, Object body) throws IOException, InterruptedException {
        return post(key, path, body);
    }

    private Answer post(String key, String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "demo-" + line)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        for (int i = 0;
                answer.statusCode() == 503 && i < TRIES;
                i++) { // as a till does it: the same request, with the same key
            Thread.sleep(1_000);
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        }
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("the bridge answered " + answer.statusCode());
        }
        return new Answer(answer.statusCode(), answer.body());
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        for (long end = System.nanoTime() + 30_000_000_000L; !done.getAsBoolean(); ) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("what the demo waits for did not happen within 30 s");
            }
            Thread.sleep(50);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        bridge.close();
        simulator.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
    }
}
