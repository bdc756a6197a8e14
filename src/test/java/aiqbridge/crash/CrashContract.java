package aiqbridge.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.Databases;
import aiqbridge.Packaged;
import aiqbridge.account.Secrets;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.operator.Listed;
import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import aiqbridge.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The packaged application is killed (SIGKILL), started again, and AIQ's own history is counted: nothing lost, nothing twice, nothing early. Much of it is waiting for a lease or a time-out, so all run at once. */
@Execution(ExecutionMode.CONCURRENT)
abstract class CrashContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] SHOP_SECRET = "twenty-four bytes of key".getBytes(StandardCharsets.UTF_8);
    private static final ZoneId ZONE = ZoneId.of("America/Denver");
    /** {@code all}, or what the names of those that are to be tried have in them. */
    private static final String ASKED = System.getProperty("crash.points", "");
    /** Steps of the routes, or what AIQ does while it is asked. */
    private static final List<String> POINTS = List.of(
            "after:redemption-promise-row",
            "before:redemption-request-now",
            "after:pos-request-claim",
            "before:pos-request-answered",
            "after:pos-sales-heard-rows",
            "after:redemption-fulfil-due",
            "before:pos-poll-ended-row",
            "after:redemption-execute-claim",
            "after:redemption-put-attempt",
            "after:redemption-put-renew",
            "aiq:redeem hang-before-effect",
            "aiq:redeem hang-after-effect",
            "before:redemption-executed-row",
            "after:redemption-executed-row",
            "after:redemption-executed-attempt",
            "before:pos-write-back-statement",
            "after:pos-write-back-statement",
            "after:reversal-execute-claim",
            "after:reversal-put-attempt",
            "aiq:reverse hang-before-effect",
            "aiq:reverse hang-after-effect",
            "after:reversal-outcome-row",
            "after:reversal-done-ledger");
    /** A reversal that had no effect, so soon after its redemption that the balance read before it may not show that yet: nothing proves it, and a person looks, unless the test was slow. */
    private static final List<String> MAY_PARK_ITS_REVERSAL =
            List.of("after:reversal-put-attempt", "aiq:reverse hang-before-effect");
    /** The same in the life of a shopper: the reward taken while the checkout waits, the cart left and sent, the order placed and cancelled. */
    private static final List<String> SHOP_POINTS = List.of(
            "after:redemption-promise-row",
            "before:redemption-request-now",
            "after:redemption-put-attempt",
            "aiq:redeem hang-before-effect",
            "aiq:redeem hang-after-effect",
            "after:redemption-executed-row",
            "before:inbox-keep-row",
            "after:inbox-keep-row",
            "after:inbox-work-claim",
            "after:cart-heard-newer",
            "before:inbox-work-ended",
            "after:cart-sweep-rows",
            "after:cart-send-claim",
            "aiq:cart hang-before-effect",
            "aiq:cart hang-after-effect",
            "before:cart-outcome-row",
            "after:redemption-order-heard-linked",
            "after:reversal-want-row");
    /** For what happens in the end, between kills and starts, on a machine that has other work too. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** On each of the two databases. */
    private static final int KILLS = Integer.getInteger("crash.kills", 10);
    /** The number of who is not counted. */
    private static final int WARMING_UP = 9_999;

    @TempDir
    Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private AiqSimulator simulator;
    private SimulatorControl aiq;
    private JdbcTemplate till;
    private Packaged app;
    private String key;
    private String shopKey;

    /** Where the bridge's own database is. */
    abstract Map<String, String> store();

    /** Whether this point is tried here unless {@code -Dcrash.points} says which are. */
    abstract boolean triedAlways(String point);

    private List<String> tried(List<String> points) {
        return points.stream()
                .filter(point -> ASKED.isEmpty() ? triedAlways(point) : ASKED.equals("all") || point.contains(ASKED))
                .toList();
    }

    private void open() throws IOException {
        simulator = AiqSimulator.start(0, 0, folder.resolve("aiq.jsonl"));
        aiq = new SimulatorControl(simulator.controlPort());
        aiq.account("1001", "demo-key");
        for (String window : List.of("per-second", "per-minute", "per-hour")) {
            aiq.set(window, "0");
        }
        String tillUrl = "jdbc:sqlite:" + folder.resolve("till.db") + "?busy_timeout=10000&journal_mode=WAL";
        till = new JdbcTemplate(new DriverManagerDataSource(tillUrl));
        till.execute("create table sale (id text primary key, at text, total real, phone text)");
        till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, total, null as location, phone, null as email, null as customer_id, null as note, null as discount_ids, null as discount_total, null as employee from sale");
        till.execute("create table void (id text primary key, at text)");
        till.execute(
                "create view aiq_reversals as select id as transaction_id, id as original_transaction_id, 'void' as kind, at as reversed_at, null as amount, null as location from void");
        till.execute("create table aiq_points (transaction_id text primary key, points numeric)");
        Databases.script(till, Path.of("routes/pos/requests-owner.sqlite.sql"), "reader", "till");
        Map<String, String> settings = new HashMap<>(Map.of(
                "AIQ_BASE_URL",
                simulator.baseUrl(),
                "AIQ_REDEEM_TIMEOUT",
                "1s",
                "AIQ_REVERSE_TIMEOUT",
                "1s",
                "AIQ_ADJUST_TIMEOUT",
                "1s",
                "AIQ_CONNECT_TIMEOUT",
                "500ms",
                "REDEMPTION_LEASE",
                "4s",
                "REDEMPTION_RECOVER_EVERY",
                "500ms",
                "REDEMPTION_SETTLE_AFTER",
                "1s",
                "REDEMPTION_SETTLE_EVERY",
                "500ms",
                "REDEMPTION_UNKNOWN_FOR",
                "15s"));
        settings.putAll(Map.of(
                "AIQ_EFFECT_WITHIN",
                "2s",
                "AIQ_WALLET_LAG",
                "500ms",
                "AIQ_REPORT_LAG",
                "500ms",
                "REDEMPTION_AIQ_SKEW",
                "1500ms",
                "REDEMPTION_READINGS_APART",
                "500ms"));
        settings.putAll(Map.of(
                "REDEMPTION_EXECUTE_EVERY",
                "200ms",
                "REVERSAL_EXECUTE_EVERY",
                "300ms",
                "REVERSAL_BRAKE",
                "10000",
                "POS_POLL_EVERY",
                "300ms",
                "POS_PAGE",
                "2",
                "POS_WRITE_BACK_EVERY",
                "300ms",
                "AIQ_CALLS_PER_SECOND",
                "0",
                "AIQ_CALLS_PER_MINUTE",
                "0",
                "AIQ_CALLS_PER_HOUR",
                "0"));
        settings.putAll(Map.of(
                "WALLET_CODES_PER_CONNECTION_AND_HOUR",
                "100000",
                "AIQ_PROBE_EVERY",
                "300ms",
                "AIQ_PAUSE",
                "500ms",
                "AIQ_PERSON_WAITS",
                "500ms"));
        settings.putAll(Map.of(
                "AIQ_CART_TIMEOUT",
                "1s",
                "CART_ABANDON_AFTER",
                "1s",
                "CART_SWEEP_EVERY",
                "300ms",
                "CART_SEND_EVERY",
                "300ms",
                "CART_RECOVER_EVERY",
                "500ms",
                "INBOX_WORK_EVERY",
                "200ms",
                "INBOX_LEASE",
                "3s",
                "REDEMPTION_IMMEDIATE_FOR",
                "2s",
                "REDEMPTION_CHECKOUT_WAITS",
                "3s"));
        settings.putAll(Map.of("POS_REQUESTS_EVERY", "300ms", "POS_REQUEST_LOST_AFTER", "2s"));
        settings.putAll(store());
        app = new Packaged(folder.resolve("home"), settings);
        Files.createDirectories(app.home.resolve("config/pos"));
        Files.writeString(
                app.home.resolve("config/pos/till.properties"),
                "make = view\naccount = green-leaf\nlocation = main\nzone = " + ZONE
                        + "\nmode = live\npin = not-required\nwrite-back = on\nrequests = on\nrequests.username = reader\njdbc.url = "
                        + tillUrl + "\njdbc.username = reader\n");
        Files.createDirectories(app.home.resolve("config/storefront"));
        Files.writeString(
                app.home.resolve("config/storefront/web.properties"),
                "kind = generic\naccount = green-leaf\nlocation = main\nzone = " + ZONE
                        + "\nmodel = immediate\npin = not-required\n");
        key = app.prepare("till", "green-leaf", "1001", "demo-key");
        shopKey = app.prepare("web", "green-leaf", "1001", "demo-key");
        try (Store own = app.store()) {
            new StorefrontSecrets(
                            own.source(),
                            Secrets.at(app.home.resolve(app.settings().text("secrets.key-file"))),
                            Clock.systemUTC())
                    .add(
                            "web",
                            StorefrontSecrets.WEBHOOK,
                            "whsec_" + Base64.getEncoder().encodeToString(SHOP_SECRET));
        }
        app.fewerRoutes();
        aiq.discount("1001", "gift", "100", false);
        app.warmUp(() -> {
            throughItsWholeLife(WARMING_UP, "warming up");
            throughAShoppersLife(WARMING_UP + 1, "warming up");
        });
    }

    private void close() {
        app.close();
        simulator.close();
    }

    private static String wallClock() {
        return LocalDateTime.now(ZONE).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }

    /** Null when nobody answers; the application may just be dead. */
    private JsonNode ask(String method, String path, Object body, String idempotencyKey) {
        return ask(key, method, path, body, idempotencyKey);
    }

    private JsonNode ask(String callerKey, String method, String path, Object body, String idempotencyKey) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port + path))
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Bearer " + callerKey)
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            if (idempotencyKey != null) {
                request.header("Idempotency-Key", idempotencyKey);
            }
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() / 100 == 2 ? JSON.readTree(answer.body()) : null;
        } catch (IOException dead) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private JsonNode insistently(String method, String path, Object body, String idempotencyKey) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ask(method, path, body, idempotencyKey), a -> a != null);
    }

    /** The wallet of the customer of this number. */
    private String session(int number) {
        String phone = "55555" + (50_000 + number);
        aiq.contact("1001", "c-" + number, phone, "1000");
        return insistently("POST", "/api/v1/wallet", Map.of("phone", phone), null)
                .path("walletSession")
                .asText();
    }

    /** The customer of this number queues a gift for the sale of the same number, by a row in the till's request table; the redemption's id. */
    private String asks(int number) {
        till.update(
                "insert into aiq_request (request_id, kind, wallet_session, discount_id, transaction_id) values ('r-' || ?, 'REDEEM', ?, 'gift', 't-' || ?)",
                number,
                session(number),
                number);
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> till.queryForObject(
                                "select redemption_id from aiq_request where request_id = 'r-' || ?",
                                String.class,
                                number),
                        id -> id != null);
    }

    /** The same over HTTP. */
    private String queues(int number) {
        String session = session(number);
        return insistently(
                        "POST",
                        "/api/v1/redemptions",
                        Map.of("walletSession", session, "discountId", "gift", "transactionId", "t-" + number),
                        "k-" + number)
                .path("redemptionId")
                .asText();
    }

    private void rings(int number) {
        till.update("insert into sale values ('t-' || ?, ?, 20, ?)", number, wallClock(), "55555" + (50_000 + number));
    }

    private void voids(int number) {
        till.update("insert into void values ('t-' || ?, ?)", number, wallClock());
    }

    private String status(String redemption, String field) {
        JsonNode now = ask("GET", "/api/v1/redemptions/" + redemption, null, null);
        return now == null ? null : now.path(field).asText();
    }

    private long effects(String kind, int number) {
        return aiq.effects(kind).stream()
                .filter(e -> e.path("contactID").asText().equals("c-" + number))
                .count();
    }

    private Double shown(int number) {
        return till
                .queryForList("select points from aiq_points where transaction_id = 't-' || ?", Double.class, number)
                .stream()
                .findFirst()
                .orElse(null);
    }

    @Test
    @Timeout(1_200)
    void at_every_named_point() throws IOException {
        open();
        List<String> points = tried(POINTS);
        atEachOf(points, this::throughItsWholeLife);
        try (Store store = app.store()) {
            JdbcTemplate rows = new JdbcTemplate(store.source());
            String theirs =
                    " where redemption_id in (select redemption_id from redemption where connection = 'till' and transaction_id <> 't-"
                            + WARMING_UP + "')";
            int parked = rows.queryForObject("select count(*) from reversal where status = 'PARKED'", Integer.class);
            assertThat(rows.queryForObject("select sum(points) from ledger" + theirs, Double.class))
                    .isEqualTo(100 * parked);
            assertThat(rows.queryForObject("select count(*) from redemption" + theirs, Integer.class))
                    .isEqualTo(points.size());
            assertThat(rows.queryForObject("select count(*) from ledger" + theirs, Integer.class))
                    .isEqualTo(2 * points.size() - parked);
        }
    }

    @Test
    @Timeout(1_200)
    void at_every_named_point_of_a_shop() throws IOException {
        open();
        aiq.set("cart-dedupe", "false");
        atEachOf(tried(SHOP_POINTS), this::throughAShoppersLife);
        try (Store store = app.store()) {
            JdbcTemplate rows = new JdbcTemplate(store.source());
            assertThat(rows.queryForObject("select sum(points) from ledger", Double.class))
                    .isZero();
            assertThat(rows.queryForObject("select count(*) from inbox where status <> 'DONE'", Integer.class))
                    .isZero();
        }
    }

    /** Each number lives its life while the application is killed at its point and started again. */
    private void atEachOf(List<String> points, BiConsumer<Integer, String> life) {
        AtomicBoolean done = new AtomicBoolean();
        List<String> reached = new CopyOnWriteArrayList<>();
        try {
            app.failPoints(points);
            app.start();
            for (int i = 0; i < points.size(); i++) {
                String point = points.get(i);
                String[] asked = point.startsWith("aiq:") ? point.substring(4).split(" ") : null;
                int calls = asked == null ? 0 : aiq.requests(asked[0]).size();
                if (asked == null) {
                    app.arm(point);
                } else {
                    aiq.fault(asked[0], asked[1], 1);
                }
                done.set(false);
                Thread killer = new Thread(() -> {
                    await().forever()
                            .pollInterval(Duration.ofMillis(20))
                            .until(() -> done.get()
                                    || app.reachedFailPoint()
                                    || asked != null && aiq.requests(asked[0]).size() > calls);
                    if (!done.get()) {
                        reached.add(point);
                        app.kill();
                        app.start();
                    }
                });
                killer.start();
                try {
                    life.accept(i, point);
                } finally {
                    done.set(true);
                    join(killer);
                }
            }
            Listed.everything(
                    new JdbcTemplate(new DriverManagerDataSource(app.ownDatabase())), System.currentTimeMillis());
        } finally {
            close();
        }
        assertThat(reached).isEqualTo(points);
    }

    private void throughItsWholeLife(int number, String point) {
        String redemption = point.contains("pos-request") ? asks(number) : queues(number);
        assertThat(effects("REDEEMED", number)).isZero();
        rings(number);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            assertThat(status(redemption, "status")).as(point).isEqualTo("EXECUTED");
            assertThat(shown(number)).isEqualTo(100);
        });
        assertThat(effects("REDEEMED", number)).isEqualTo(1);
        voids(number);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            assertThat(status(redemption, "reversal"))
                    .as(point)
                    .isIn(MAY_PARK_ITS_REVERSAL.contains(point) ? List.of("DONE", "PARKED") : List.of("DONE"));
            assertThat(shown(number)).isEqualTo("PARKED".equals(status(redemption, "reversal")) ? 100 : 0);
        });
        boolean parks = "PARKED".equals(await().until(() -> status(redemption, "reversal"), s -> s != null));
        assertThat(effects("REDEEMED", number)).isEqualTo(1);
        assertThat(effects("REVERSED", number) + effects("ADJUSTED", number)).isEqualTo(parks ? 0 : 1);
        assertThat(aiq.points("c-" + number)).isEqualByComparingTo(parks ? "900" : "1000");
    }

    private void throughAShoppersLife(int number, String point) {
        String phone = "55555" + (70_000 + number), cart = "c-" + number;
        aiq.contact("1001", cart, phone, "1000");
        String session = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ask(shopKey, "POST", "/api/v1/wallet", Map.of("phone", phone), null), a -> a != null)
                .path("walletSession")
                .asText();
        String redemption = takes(session, cart);
        assertThat(effects("REDEEMED", number)).as(point).isEqualTo(1);
        shows(
                "cart.updated",
                cart,
                Map.of(
                        "id",
                        cart,
                        "phone",
                        "+1" + phone,
                        "consent",
                        "granted",
                        "items",
                        List.of(Map.of("sku", "BD-35", "name", "Blue Dream", "price", 35.5, "quantity", 1))));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(cart(cart)).as(point).isIn("ABANDONED SENT", "ABANDONED UNCLEAR"));
        shows("order.updated", cart, Map.of("id", "o-" + number, "cartId", cart, "status", "paid", "total", 35.5));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(cart(cart)).as(point).startsWith("RECOVERED "));
        shows("order.updated", cart, Map.of("id", "o-" + number, "cartId", cart, "status", "cancelled", "total", 35.5));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            JsonNode now = ask(shopKey, "GET", "/api/v1/redemptions/" + redemption, null, null);
            assertThat(now == null ? "" : now.path("reversal").asText())
                    .as(point)
                    .isEqualTo("DONE");
        });
        assertThat(effects("REDEEMED", number)).as(point).isEqualTo(1);
        assertThat(effects("REVERSED", number) + effects("ADJUSTED", number))
                .as(point)
                .isEqualTo(1);
        assertThat(aiq.points(cart)).as(point).isEqualByComparingTo("1000");
        long sent = aiq.requests("cart").stream()
                .filter(r -> r.path("body").asText().contains("\"" + cart + "\""))
                .count();
        assertThat(sent)
                .as(point + ": sent at most once, and once unless a killed worker may have sent it")
                .isBetween(point.equals("after:cart-send-claim") ? 0L : 1L, 1L);
    }

    /** As a shop's back end does it: the same request until it has an answer, a new one when the first was given up. The redemption that AIQ executed. */
    private String takes(String session, String cart) {
        List<String> keys = new ArrayList<>();
        long[] next = {0};
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> {
                            if (System.nanoTime() - next[0] > 0) {
                                keys.add("k-" + cart + "-" + keys.size());
                                next[0] = System.nanoTime()
                                        + Duration.ofSeconds(4).toNanos();
                            }
                            for (String one : keys) {
                                JsonNode answer = ask(
                                        shopKey,
                                        "POST",
                                        "/api/v1/redemptions",
                                        Map.of("walletSession", session, "discountId", "gift", "cartId", cart),
                                        one);
                                if (answer != null
                                        && answer.path("status").asText().equals("EXECUTED")) {
                                    return answer.path("redemptionId").asText();
                                }
                            }
                            return null;
                        },
                        id -> id != null);
    }

    /** Sends a webhook until it is acknowledged, as shops do. */
    private void shows(String type, String cart, Map<String, Object> data) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            Instant now = Instant.now();
            String id = type + "-" + cart + "-" + data.getOrDefault("status", "");
            byte[] body = JSON.writeValueAsBytes(Map.of("type", type, "timestamp", now.toString(), "data", data));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SHOP_SECRET, "HmacSHA256"));
            mac.update((id + "." + now.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + app.port + "/webhooks/generic/web"))
                    .timeout(Duration.ofSeconds(8))
                    .header("Content-Type", "application/json")
                    .header("webhook-id", id)
                    .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                    .header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            try {
                return http.send(request, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                / 100
                        == 2;
            } catch (IOException dead) {
                return false;
            }
        });
    }

    /** What the bridge's own database says of the cart: its status and how its sending stands. */
    private String cart(String id) {
        return new JdbcTemplate(new DriverManagerDataSource(app.ownDatabase()))
                        .queryForList(
                                "select status || ' ' || coalesce(send_status, '') from cart where connection = 'web' and cart_id = ?",
                                String.class,
                                id)
                        .stream()
                        .findFirst()
                        .orElse("");
    }

    /** A cashier works on while the application is killed again and again: every third sale is voided, every fifth reward is never rung up. */
    @Test
    @Timeout(1_200)
    void at_any_instant() throws IOException {
        open();
        long seed = System.nanoTime();
        System.out.println("at_any_instant: seed " + seed);
        Random random = new Random(seed);
        AtomicBoolean closing = new AtomicBoolean();
        AtomicInteger numbers = new AtomicInteger();
        Map<Integer, String> accepted = new java.util.concurrent.ConcurrentHashMap<>();
        List<Throwable> wrong = new CopyOnWriteArrayList<>();
        java.util.Set<Integer> parked = java.util.concurrent.ConcurrentHashMap.newKeySet();
        List<Thread> cashiers = new ArrayList<>();
        try {
            app.start();
            for (int i = 0; i < 3; i++) {
                Thread cashier = new Thread(() -> {
                    while (!closing.get()) {
                        int number = numbers.incrementAndGet();
                        accepted.put(number, queues(number));
                        if (number % 5 != 0) {
                            rings(number);
                            if (number % 3 == 0) {
                                voids(number);
                            }
                        }
                    }
                });
                cashier.setUncaughtExceptionHandler((t, e) -> wrong.add(e));
                cashier.start();
                cashiers.add(cashier);
            }
            for (int i = 0; i < KILLS; i++) {
                int before = accepted.size();
                await().atMost(PATIENCE).until(() -> accepted.size() > before || !wrong.isEmpty());
                await().pollDelay(Duration.ofMillis(100 + random.nextInt(1_500)))
                        .until(() -> true);
                app.kill();
                app.start();
            }
            assertThat(app.temporary()).as("what was killed left nothing").isEmptyDirectory();
            closing.set(true);
            cashiers.forEach(CrashContract::join);
            assertThat(wrong).isEmpty();
            inTheEnd(accepted, parked);
            System.out.println("at_any_instant: " + KILLS + " kills, " + accepted.size() + " rewards, "
                    + aiq.effects("REDEEMED").size() + " redeemed, " + parked.size() + " reversals left to a person");
        } finally {
            closing.set(true);
            close();
        }
    }

    /** While cashiers and shoppers go on, everything is stopped, the application killed, started and the stop lifted, again and again; by command and by file. */
    @Test
    @Timeout(1_200)
    void stopped_and_lifted_and_killed_at_any_instant() throws IOException {
        open();
        Random random = new Random();
        AtomicBoolean closing = new AtomicBoolean();
        AtomicInteger numbers = new AtomicInteger();
        AtomicInteger shoppers = new AtomicInteger(20_000);
        Map<Integer, String> accepted = new java.util.concurrent.ConcurrentHashMap<>();
        Map<Integer, Integer> answered = new java.util.concurrent.ConcurrentHashMap<>();
        java.util.Set<Integer> parked = java.util.concurrent.ConcurrentHashMap.newKeySet();
        List<Throwable> wrong = new CopyOnWriteArrayList<>();
        List<Thread> people = new ArrayList<>();
        Path file = app.home.resolve("data/STOP");
        int stops = Math.max(2, KILLS / 3);
        try {
            app.start();
            for (int i = 0; i < 4; i++) {
                boolean shopper = i == 3;
                Thread person = new Thread(() -> {
                    while (!closing.get()) {
                        if (shopper) {
                            int number = shoppers.incrementAndGet();
                            answered.put(number, checksOut(number));
                        } else {
                            sells(numbers.incrementAndGet(), accepted);
                        }
                    }
                });
                person.setUncaughtExceptionHandler((t, e) -> wrong.add(e));
                person.start();
                people.add(person);
            }
            for (int i = 0; i < stops; i++) {
                int before = effects("REDEEMED");
                await().atMost(PATIENCE).until(() -> effects("REDEEMED") > before + 3 || !wrong.isEmpty());
                await().pollDelay(Duration.ofMillis(random.nextInt(1_500))).until(() -> true);
                boolean byFile = i % 2 == 1;
                if (byFile) {
                    Files.writeString(file, "");
                } else {
                    app.command("stop", "--reason", "points vanish");
                }
                if (random.nextBoolean()) {
                    app.kill();
                    app.start();
                }
                JdbcTemplate own = new JdbcTemplate(new DriverManagerDataSource(app.ownDatabase()));
                await().atMost(PATIENCE)
                        .until(() -> own.queryForObject(
                                        "select (select count(*) from redemption where status = 'EXECUTING') + (select count(*) from reversal where status = 'EXECUTING')",
                                        Long.class)
                                == 0);
                int left = moved();
                app.kill();
                app.start();
                long seen = System.currentTimeMillis() + 2_000;
                int heard = answered.size();
                await().atMost(PATIENCE)
                        .until(() -> own.queryForObject("select min(polled_at) from pos_poll", Long.class) > seen
                                && answered.size() > heard);
                assertThat(moved())
                        .as("calls that move points while it is stopped")
                        .isEqualTo(left);
                if (byFile) {
                    Files.delete(file);
                } else {
                    app.command("stop", "lift", "--reason", "found it");
                }
                if (random.nextBoolean()) {
                    app.kill();
                    app.start();
                }
            }
            closing.set(true);
            people.forEach(CrashContract::join);
            assertThat(wrong).isEmpty();
            inTheEnd(accepted, parked);
            answered.forEach((number, status) -> {
                if (status == 201) {
                    assertThat(effects("REDEEMED", number))
                            .as("checkout " + number)
                            .isEqualTo(1);
                } else if (status == 503) {
                    assertThat(effects("REDEEMED", number))
                            .as("checkout " + number)
                            .isZero();
                }
            });
            assertThat(answered.values()).contains(201, 503);
            System.out.println("stopped_and_lifted: " + stops + " stops, " + accepted.size() + " rewards, "
                    + answered.size() + " checkouts, " + effects("REDEEMED") + " redeemed");
        } finally {
            closing.set(true);
            close();
        }
    }

    private void sells(int number, Map<Integer, String> accepted) {
        accepted.put(number, queues(number));
        if (number % 5 != 0) {
            rings(number);
            if (number % 3 == 0) {
                voids(number);
            }
        }
    }

    /** What the shop's back end hears for a reward; 0 where nobody answered. */
    private int checksOut(int number) {
        String phone = "55555" + (50_000 + number);
        aiq.contact("1001", "c-" + number, phone, "1000");
        JsonNode wallet = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> ask(shopKey, "POST", "/api/v1/wallet", Map.of("phone", phone), null), a -> a != null);
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port + "/api/v1/redemptions"))
                                    .timeout(Duration.ofSeconds(10))
                                    .header("Authorization", "Bearer " + shopKey)
                                    .header("Idempotency-Key", "k-" + number)
                                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of(
                                            "walletSession",
                                            wallet.path("walletSession").asText(),
                                            "discountId",
                                            "gift",
                                            "cartId",
                                            "cart-" + number))))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException dead) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private int effects(String kind) {
        return aiq.effects(kind).size();
    }

    /** How many calls that move points AIQ has received. */
    private int moved() {
        return Stream.of("redeem", "reverse", "adjust")
                .mapToInt(operation -> aiq.requests(operation).size())
                .sum();
    }

    /** Each sale has exactly what it should have, by AIQ's own history. */
    private void inTheEnd(Map<Integer, String> accepted, java.util.Set<Integer> parked) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> accepted.forEach((number, redemption) -> {
                    JsonNode now = ask("GET", "/api/v1/redemptions/" + redemption, null, null);
                    if (number % 5 == 0) {
                        assertThat(now.path("status").asText()).isEqualTo("QUEUED");
                    } else if (number % 3 == 0) {
                        assertThat(now.path("status").asText()
                                        + now.path("reversal").asText())
                                .as(() -> rowsOf(number))
                                .isIn("EXECUTEDDONE", "EXECUTEDPARKED", "RELEASED");
                        if (now.path("reversal").asText().equals("PARKED")) {
                            parked.add(number);
                        }
                    } else {
                        assertThat(now.path("status").asText())
                                .as(() -> rowsOf(number))
                                .isEqualTo("EXECUTED");
                    }
                }));
        accepted.forEach((number, redemption) -> {
            long redeemed = effects("REDEEMED", number),
                    reversed = effects("REVERSED", number) + effects("ADJUSTED", number);
            if (number % 5 == 0) {
                assertThat(redeemed).as("t-" + number + " was never rung up").isZero();
            } else if (number % 3 == 0) {
                assertThat(redeemed).as("t-" + number + " was voided").isLessThanOrEqualTo(1);
                assertThat(reversed)
                        .as("t-" + number + " was voided")
                        .isBetween(parked.contains(number) ? 0 : redeemed, redeemed);
            } else {
                assertThat(redeemed).as("t-" + number).isEqualTo(1);
                assertThat(reversed).as("t-" + number).isZero();
            }
        });
        Listed.everything(new JdbcTemplate(new DriverManagerDataSource(app.ownDatabase())), System.currentTimeMillis());
    }

    /** For whoever reads why it failed: what the bridge's own database holds of the sale of this number. */
    private String rowsOf(int number) {
        JdbcTemplate rows = new JdbcTemplate(new DriverManagerDataSource(app.ownDatabase()));
        String sale = "t-" + number;
        return Stream.of(
                        rows.queryForList("select * from redemption where transaction_id = ?", sale),
                        rows.queryForList(
                                "select * from reversal where redemption_id in (select redemption_id from redemption where transaction_id = ?)",
                                sale),
                        rows.queryForList("select * from pos_transaction where transaction_id = ?", sale),
                        rows.queryForList("select * from pos_reversal where original_transaction_id = ?", sale),
                        rows.queryForList("select * from pos_poll"),
                        rows.queryForList("select * from account"))
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    private static void join(Thread thread) {
        try {
            thread.join(120_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
