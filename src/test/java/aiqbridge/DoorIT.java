package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.http.Wire;
import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Many who mean no good at the doors of the packaged application, with its launcher and its heap as they are shipped: the tills are polled and a friend is answered meanwhile. */
@Timeout(180)
@Isolated("it takes both processors")
class DoorIT {
    private static final int LARGE = 1_000_000;
    private static final int HELD = 300;
    private static final int FLOODING = 150;
    /** In which a friend has its answer, repeating what was answered 503 as a till does. */
    private static final Duration BOUND = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Wire> held = new ArrayList<>();
    private final Map<String, Integer> said = new ConcurrentHashMap<>();
    private AiqSimulator simulator;
    private SimulatorControl aiq;
    private JdbcTemplate till;
    private String tillUrl;

    @BeforeEach
    void open() {
        simulator = AiqSimulator.start(0, 0, null);
        aiq = new SimulatorControl(simulator.controlPort());
        aiq.seedDemo();
        List.of("per-second", "per-minute", "per-hour").forEach(window -> aiq.set(window, "0"));
        tillUrl = "jdbc:sqlite:" + folder.resolve("till.db") + "?busy_timeout=10000&journal_mode=WAL";
        till = new JdbcTemplate(new DriverManagerDataSource(tillUrl));
        till.execute("create table sale (id text primary key, at text)");
        till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, 20.0 as total, null as location, null as phone, null as email, null as customer_id, null as note, null as discount_ids, null as discount_total, null as employee from sale");
        till.execute(
                "create view aiq_reversals as select id as transaction_id, id as original_transaction_id, 'void' as kind, at as reversed_at, 0 as amount, null as location from sale where id is null");
    }

    @AfterEach
    void close() {
        held.forEach(Wire::close);
        simulator.close();
    }

    private Packaged app(Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "AIQ_BASE_URL",
                simulator.baseUrl(),
                "POS_POLL_EVERY",
                "300ms",
                "AIQ_CALLS_PER_SECOND",
                "0",
                "AIQ_CALLS_PER_MINUTE",
                "0",
                "AIQ_CALLS_PER_HOUR",
                "0"));
        settings.putAll(more);
        Packaged app = Packaged.asShipped(folder.resolve("home"), settings);
        app.takeParsedClasses();
        Files.createDirectories(app.home.resolve("config/pos"));
        Files.writeString(
                app.home.resolve("config/pos/till.properties"),
                "make = view\naccount = green-leaf\nlocation = main\nzone = UTC\nmode = live\npin = not-required\njdbc.url = "
                        + tillUrl + "\njdbc.username = r\n");
        Files.createDirectories(app.home.resolve("config/storefront"));
        Files.writeString(
                app.home.resolve("config/storefront/web.properties"),
                "kind = shopify\naccount = green-leaf\nlocation = web\nzone = UTC\n");
        return app;
    }

    private HttpRequest.Builder request(Packaged app, String path, String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port + path))
                .header("Authorization", "Bearer " + key)
                .timeout(BOUND);
    }

    /** The friend's answer; what took longer than the bound fails. */
    private String friend(HttpRequest request) {
        return await().atMost(BOUND)
                .pollInterval(Duration.ofMillis(200))
                .ignoreException(IOException.class)
                .until(
                        () -> http.send(request, HttpResponse.BodyHandlers.ofString()),
                        answer -> answer.statusCode() / 100 == 2)
                .body();
    }

    private static String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("hush".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(String path, String key, int length, String more) {
        return "POST " + path
                + " HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nX-Shopify-Topic: carts/update\r\nX-Shopify-Webhook-Id: same\r\n"
                + (key == null ? "" : "Authorization: Bearer " + key + "\r\n") + more + "Content-Length: " + length
                + "\r\n\r\n";
    }

    private void hold(Packaged app, String key) {
        String some = "x".repeat(60_000);
        for (int i = 0; i < HELD; i++) {
            Wire wire = new Wire(app.port);
            held.add(wire);
            wire.says(
                    switch (i % 5) {
                        case 0 -> "POST /api/v1/wallet HTTP/1.1\r\nHost: he";
                        case 1 -> head("/api/v1/wallet", key, 65_000, "") + some;
                        case 2 -> head("/sign-in", null, 65_000, "") + some;
                        default -> head("/webhooks/shopify/web", null, LARGE, "") + some;
                    });
        }
    }

    /** One complete body of 1 MB; what was said to it is counted. */
    private void flood(Packaged app, String what, String head, byte[] body) {
        String answer;
        try (Socket socket = new Socket("127.0.0.1", app.port)) {
            socket.setSoTimeout(60_000);
            try {
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(body);
            } catch (IOException closed) {
                // there may be an answer all the same
            }
            answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII)
                    .replaceFirst("^HTTP/1.1 ", "");
        } catch (IOException e) {
            answer = "closed";
        }
        said.merge(what + " " + answer, 1, Integer::sum);
    }

    @Test
    void who_holds_and_who_floods_stops_neither_the_tills_nor_a_friend() throws Exception {
        try (Packaged app = app(Map.of())) {
            String key = app.prepare("till", "green-leaf", "1001", "demo-key");
            app.secret("web", "hush");
            // the first run leaves its parsed classes when it ends, which on a busy machine takes longer than all the
            // rest
            app.warmUp(() -> {});
            Map<Integer, Integer> whileStarting = startsBehindClosedDoors(app);
            assertThat(whileStarting.keySet())
                    .as("what is said while it starts")
                    .doesNotContain(404);
            byte[] body = ("{\"id\":1,\"token\":\"c\",\"note\":\"" + "x".repeat(LARGE - 40) + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            String signed = "X-Shopify-Hmac-SHA256: " + signature(new String(body, StandardCharsets.US_ASCII)) + "\r\n";
            String session = new ObjectMapper()
                    .readTree(friend(request(app, "/api/v1/wallet", key)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"phone\":\"5555550100\"}"))
                            .build()))
                    .path("walletSession")
                    .asText();
            friend(request(app, "/api/v1/redemptions", key)
                    .header("Idempotency-Key", "k")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"walletSession\":\"" + session
                            + "\",\"discountId\":\"five-off\",\"transactionId\":\"s-1\"}"))
                    .build());
            hold(app, key);
            AtomicBoolean enough = new AtomicBoolean();
            ExecutorService clients = Executors.newFixedThreadPool(FLOODING);
            try {
                List<Future<?>> flooding = new ArrayList<>();
                IntStream.range(0, FLOODING)
                        .forEach(i -> flooding.add(clients.submit(() -> {
                            for (int round = 0; round < 2 || !enough.get() && round < 20; round++) {
                                flood(
                                        app,
                                        "API without a key",
                                        head("/api/v1/wallet", null, body.length, "Connection: close\r\n"),
                                        body);
                                flood(
                                        app,
                                        "webhook not signed",
                                        head("/webhooks/shopify/web", null, body.length, "Connection: close\r\n"),
                                        body);
                                flood(
                                        app,
                                        "API with a key",
                                        head("/api/v1/wallet", key, body.length, "Connection: close\r\n"),
                                        body);
                                flood(
                                        app,
                                        "webhook signed",
                                        head(
                                                "/webhooks/shopify/web",
                                                null,
                                                body.length,
                                                "Connection: close\r\n" + signed),
                                        body);
                            }
                        })));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> said.values().stream().mapToInt(n -> n).sum() > FLOODING);
                till.update("insert into sale values ('s-1', strftime('%Y-%m-%d %H:%M:%S', 'now'))");
                for (int i = 0; i < 5; i++) {
                    friend(request(app, "/api/v1/consent-text", key).build());
                    friend(request(app, "/api/v1/wallet", key)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"phone\":\"5555550101\"}"))
                            .build());
                }
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> aiq.effects("REDEEMED").size() == 1);
                assertThat(flooding).as("all this happened meanwhile").anyMatch(one -> !one.isDone());
                enough.set(true);
                for (Future<?> one : flooding) {
                    one.get();
                }
            } finally {
                clients.shutdownNow();
            }
            System.out.println("flooded: " + new TreeMap<>(said));
            assertThat(app.isAlive()).as("its process").isTrue();
            assertThat(said.keySet())
                    .as("what was said")
                    .allMatch(
                            one -> one.matches(
                                    "API without a key (401|closed)|API with a key (413|503|closed)|webhook not signed (401|408|503|closed)|webhook signed (200|408|503|closed)"));
            assertThat(said.getOrDefault("API without a key 401", 0))
                    .as("most could read why")
                    .isGreaterThan(FLOODING);
            friend(request(app, "/api/v1/wallet", key)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"phone\":\"5555550100\"}"))
                    .build());
            friend(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port + "/webhooks/shopify/web"))
                    .header("Content-Type", "application/json")
                    .header("X-Shopify-Topic", "carts/update")
                    .header("X-Shopify-Webhook-Id", "good")
                    .header("X-Shopify-Hmac-SHA256", signature("{\"token\":\"g\"}"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"g\"}"))
                    .build());
            assertThat(Files.readString(app.home.resolve("err.log"))).doesNotContain("OutOfMemory");
            endsWhateverClientsDo(app, key);
        }
    }

    /** 0 when nobody listens, 1 when somebody does and gives no answer. */
    private int status(String address) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (ConnectException closed) {
            return 0;
        } catch (IOException e) {
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** Starts it and asks all the while; how often which status was said. */
    private Map<Integer, Integer> startsBehindClosedDoors(Packaged app) throws Exception {
        Map<Integer, Integer> heard = new ConcurrentSkipListMap<>();
        ScheduledExecutorService asker = Executors.newSingleThreadScheduledExecutor();
        try {
            Map.of(
                            app.port,
                            "/api/v1/consent-text",
                            app.settings().number("http.management-port"),
                            "/observe/health/live")
                    .forEach((port, path) -> asker.scheduleWithFixedDelay(
                            () -> heard.merge(status("http://127.0.0.1:" + port + path), 1, Integer::sum),
                            0,
                            5,
                            TimeUnit.MILLISECONDS));
            app.start();
        } finally {
            asker.shutdownNow();
        }
        assertThat(heard).as("it was asked while it started").containsKey(0);
        return heard;
    }

    /** With everybody still holding on, and AIQ not answering the one who is being worked for. */
    private void endsWhateverClientsDo(Packaged app, String key) throws Exception {
        held.forEach(Wire::close);
        held.clear();
        aiq.fault(Map.of("operation", "verify", "kind", "hang-before-effect"));
        Wire working = new Wire(app.port);
        held.add(working);
        String body = "{\"phone\":\"5555550101\"}";
        working.says(head("/api/v1/wallet/verify", key, body.length(), "") + body);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> !aiq.requests("verify").isEmpty());
        hold(app, key);
        long asked = System.nanoTime();
        app.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .as("ended after SIGTERM")
                .isLessThan(Duration.ofSeconds(30));
        assertThat(working.hearsToTheEnd())
                .as("who was being worked for had an answer")
                .startsWith("HTTP/1.1 503");
    }

    @Test
    void who_takes_too_long_is_let_go() throws Exception {
        try (Packaged app = app(Map.of("HTTP_REQUEST_TIMEOUT", "2s", "HTTP_IDLE_TIMEOUT", "2s"))) {
            String key = app.prepare("till", "green-leaf", "1001", "demo-key");
            app.start();
            try (Wire idle = new Wire(app.port);
                    Wire halfHead = new Wire(app.port);
                    Wire halfBody = new Wire(app.port);
                    Wire rests = new Wire(app.port)) {
                halfHead.says("POST /api/v1/wallet HTTP/1.1\r\nHost: he");
                halfBody.says(head("/api/v1/wallet", key, 100, "") + "{");
                rests.says("GET /sign-in HTTP/1.1\r\nHost: here\r\n\r\n");
                long since = System.nanoTime();
                assertThat(idle.hearsToTheEnd()).isEmpty();
                assertThat(halfHead.hearsToTheEnd()).isEmpty();
                assertThat(halfBody.hearsToTheEnd()).startsWith("HTTP/1.1 408");
                assertThat(rests.hearsToTheEnd()).startsWith("HTTP/1.1 200");
                assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(15));
            }
            assertThat(ProcessHandle.of(app.pid())
                            .orElseThrow()
                            .info()
                            .arguments()
                            .orElseThrow())
                    .contains("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
        }
    }

    @Test
    void what_the_query_says_is_no_header() throws Exception {
        try (Packaged app = app(Map.of("PAGE_FORWARDED_FOR", "on"))) {
            String key = app.prepare("till", "green-leaf", "1001", "demo-key");
            app.secret("web", "hush");
            app.start();
            String json = "{\"phone\":\"5555550100\"}",
                    form = "name=eve&password=wrong+horse",
                    cart = "{\"token\":\"c\"}",
                    signature = URLEncoder.encode(signature(cart), StandardCharsets.UTF_8);
            assertThat(said(app, "/api/v1/wallet?Authorization=Bearer%20" + key, json, Map.of()))
                    .isEqualTo("401");
            assertThat(said(
                            app,
                            "/api/v1/redemptions?Idempotency-Key=k",
                            json,
                            Map.of("Authorization", "Bearer " + key)))
                    .as("no key of its own")
                    .isEqualTo("400");
            assertThat(said(
                            app,
                            "/webhooks/shopify/web?X-Shopify-Hmac-SHA256=" + signature,
                            cart,
                            Map.of("X-Shopify-Topic", "carts/update")))
                    .isEqualTo("401");
            assertThat(said(
                            app,
                            "/webhooks/shopify/web?Content-Type=application/json",
                            cart,
                            Map.of("X-Shopify-Hmac-SHA256", signature(cart), "Content-Type", "text/plain")))
                    .isEqualTo("415");
            assertThat(said(app, "/sign-in?Sec-Fetch-Site=same-origin&Origin=http://127.0.0.1:" + app.port, form, FORM))
                    .isEqualTo("403");
            Map<String, String> ours = new HashMap<>(FORM);
            ours.put("Sec-Fetch-Site", "same-origin");
            List<String> tries = IntStream.range(0, 60)
                    .mapToObj(i -> said(
                            app,
                            "/sign-in?X-Forwarded-For=10.0.0." + i,
                            "name=eve" + i + "&password=wrong+horse",
                            ours))
                    .toList();
            assertThat(tries.get(tries.size() - 1))
                    .as("tries of one visitor are counted together")
                    .isEqualTo("429");
        }
    }

    private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");

    /** The status of a POST. */
    private String said(Packaged app, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        request.setHeader("Content-Type", "application/json");
        headers.forEach(request::setHeader);
        try {
            return Integer.toString(http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Somebody who looks for a fault sets every logger to TRACE. */
    @Test
    void at_trace_the_log_shows_no_key_nobody_and_no_redemption_url() throws Exception {
        try (Packaged app = app(Map.of())) {
            String key = app.prepare("till", "green-leaf", "1001", "demo-key");
            Files.writeString(app.home.resolve("config/log4j2.xml"), """
                    <Configuration>
                      <Appenders><Console name="console" target="SYSTEM_ERR"><PatternLayout pattern="%p %c %m%n%throwable"/></Console></Appenders>
                      <Loggers><Root level="trace"><AppenderRef ref="console"/></Root></Loggers>
                    </Configuration>
                    """);
            app.start();
            friend(request(app, "/api/v1/wallet/verify", key)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"phone\":\"5555550101\"}"))
                    .build());
            String session = new ObjectMapper()
                    .readTree(friend(request(app, "/api/v1/wallet", key)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"phone\":\"5555550100\"}"))
                            .build()))
                    .path("walletSession")
                    .asText();
            friend(request(app, "/api/v1/redemptions", key)
                    .header("Idempotency-Key", "k")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"walletSession\":\"" + session
                            + "\",\"discountId\":\"five-off\",\"transactionId\":\"s-1\"}"))
                    .build());
            till.update("insert into sale values ('s-1', strftime('%Y-%m-%d %H:%M:%S', 'now'))");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> aiq.effects("REDEEMED").size() == 1);
            app.stop();
            List<String> log = Files.readAllLines(app.home.resolve("err.log"));
            assertThat(log).as("it is at TRACE").anyMatch(line -> line.startsWith("DEBUG com.zaxxer.hikari"));
            assertThat(log)
                    .filteredOn(line -> Stream.of(
                                    "demo-key", "555555010", "/redeem/1001", key.substring(key.lastIndexOf('_')))
                            .anyMatch(line::contains))
                    .isEmpty();
        }
    }

    /** Not even to write a log line. */
    @Test
    void out_of_memory_it_ends() throws Exception {
        Packaged app = app(Map.of());
        ProcessBuilder builder = new ProcessBuilder(
                        app.home.resolve("bin/aiq-bridge").toString(), "run")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "JAVA_OPTS",
                        "-Xmx16m -XX:+UseSerialGC",
                        "HTTP_PORT",
                        Integer.toString(app.port),
                        "HTTP_MANAGEMENT_PORT",
                        Integer.toString(TestBridge.freePort())));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("out.txt")))
                    .isEqualTo(3);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void what_is_shipped_of_netty_is_without_the_known_holes() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/aiq-bridge/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()).filter(jar -> jar.startsWith("netty-")))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(
                            jar -> assertThat(Integer.parseInt(jar.replaceFirst("^.*-4\\.1\\.(\\d+)\\.Final.*$", "$1")))
                                    .as(jar)
                                    .isGreaterThanOrEqualTo(138));
        }
    }

    @Test
    void the_demo_never_leaves_the_machine() throws Exception {
        Packaged app = app(Map.of());
        try (ServerSocket shops = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ProcessBuilder builder = new ProcessBuilder(
                            app.home.resolve("bin/aiq-bridge").toString(), "demo")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("demo.txt").toFile());
            String elsewhere = "http://127.0.0.1:" + shops.getLocalPort();
            builder.environment()
                    .putAll(Map.of(
                            "AIQ_BASE_URL",
                            elsewhere,
                            "HTTP_HOST",
                            "0.0.0.0",
                            "TRACES_ENDPOINT",
                            elsewhere + "/v1/traces",
                            "STORE_URL",
                            "jdbc:postgresql://127.0.0.1:1/shop"));
            Process process = builder.start();
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(folder.resolve("demo.txt")))
                        .contains("All books agree.")
                        .doesNotContain("\tat ");
            } finally {
                process.destroyForcibly();
            }
            shops.setSoTimeout(1);
            try (Socket called = shops.accept()) {
                throw new AssertionError("the demo called " + called.getLocalSocketAddress());
            } catch (SocketTimeoutException nobody) {
                assertThat(process.exitValue()).isZero();
            }
        }
    }
}
