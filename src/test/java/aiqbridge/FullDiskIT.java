package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The packaged application without room on its disk: the system refuses what its process writes to any file beyond a size, which is moved while it runs.
 * That needs no rights and no mount; SQLite calls it an I/O error, where a disk that is full without a limit would be SQLITE_FULL (store/WholeTransactionTest).
 */
@Timeout(300)
@EnabledOnOs(OS.LINUX)
class FullDiskIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Less than one page of the database and its header: nothing can be committed any more. */
    private static final long NOTHING = 4_096;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> settings = new HashMap<>();
    private AiqSimulator simulator;
    private SimulatorControl aiq;
    private JdbcTemplate till;
    private Packaged app;
    private JdbcTemplate rows;
    private String key;
    private String shopKey;
    private int customers;

    private record Answer(int status, String body) {
        String text(String field) throws IOException {
            return JSON.readTree(body).path(field).asText(null);
        }
    }

    @BeforeEach
    void open() throws IOException {
        simulator = AiqSimulator.start(0, 0, null);
        aiq = new SimulatorControl(simulator.controlPort());
        aiq.account("1001", "demo-key");
        aiq.discount("1001", "gift", "100", false);
        List.of("per-second", "per-minute", "per-hour").forEach(window -> aiq.set(window, "0"));
        String tillUrl = "jdbc:sqlite:" + folder.resolve("till.db") + "?busy_timeout=10000&journal_mode=WAL";
        till = new JdbcTemplate(new DriverManagerDataSource(tillUrl));
        till.execute("create table sale (id text primary key, at text, phone text)");
        till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, 20.0 as total, null as location, phone, null as email, null as customer_id, null as note, null as discount_ids, null as discount_total, null as employee from sale");
        till.execute(
                "create view aiq_reversals as select id as transaction_id, id as original_transaction_id, 'void' as kind, at as reversed_at, 0 as amount, null as location from sale where id is null");
        settings.putAll(Map.of(
                "AIQ_BASE_URL",
                simulator.baseUrl(),
                "POS_POLL_EVERY",
                "300ms",
                "AIQ_CALLS_PER_SECOND",
                "0",
                "AIQ_CALLS_PER_MINUTE",
                "0",
                "AIQ_CALLS_PER_HOUR",
                "0",
                "WALLET_CODES_PER_CONNECTION_AND_HOUR",
                "100000",
                "REDEMPTION_EXECUTE_EVERY",
                "200ms",
                "STORE_BEAT_EVERY",
                "500ms"));
        settings.putAll(Map.of(
                "REDEMPTION_LEASE",
                "4s",
                "REDEMPTION_RECOVER_EVERY",
                "500ms",
                "REDEMPTION_SETTLE_AFTER",
                "1s",
                "REDEMPTION_SETTLE_EVERY",
                "500ms",
                "AIQ_REDEEM_TIMEOUT",
                "1s",
                "AIQ_REVERSE_TIMEOUT",
                "1s",
                "AIQ_ADJUST_TIMEOUT",
                "1s",
                "AIQ_CONNECT_TIMEOUT",
                "500ms"));
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
        app = new Packaged(folder.resolve("home"), settings);
        app.takeParsedClasses();
        Files.createDirectories(app.home.resolve("config/pos"));
        Files.writeString(
                app.home.resolve("config/pos/till.properties"),
                "make = view\naccount = green-leaf\nlocation = main\nzone = UTC\nmode = live\npin = not-required\njdbc.url = "
                        + tillUrl + "\njdbc.username = r\n");
        Files.createDirectories(app.home.resolve("config/storefront"));
        Files.writeString(
                app.home.resolve("config/storefront/web.properties"),
                "kind = generic\naccount = green-leaf\nlocation = web\nzone = UTC\nmodel = immediate\npin = not-required\n");
        Files.writeString(
                app.home.resolve("config/storefront/says.properties"),
                "kind = shopify\naccount = green-leaf\nlocation = says\nzone = UTC\n");
        key = app.prepare("till", "green-leaf", "1001", "demo-key");
        shopKey = app.prepare("web", "green-leaf", "1001", "demo-key");
        app.secret("says", "hush");
        app.start();
        rows = new JdbcTemplate(new DriverManagerDataSource(app.ownDatabase()));
    }

    @AfterEach
    void close() throws IOException {
        app.close();
        simulator.close();
    }

    /** No file may be written to beyond it. */
    private void room(String bytes) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("prlimit", "--pid", Long.toString(app.pid()), "--fsize=" + bytes + ":")
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private void room() throws IOException, InterruptedException {
        room("unlimited");
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    private Answer post(String key, String path, Object body, String idempotencyKey)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port + path))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        return send(idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey));
    }

    private Answer health(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + app.settings().number("http.management-port") + "/observe/health" + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        // a connection of its own for each, as probes do
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    private String ownDatabase() throws IOException, InterruptedException {
        for (JsonNode check : JSON.readTree(health("/ready").body()).path("checks")) {
            if (check.path("name").asText().equals("own-database")) {
                return check.path("status").asText() + " "
                        + check.path("data").path("message").asText()
                        + check.path("message").asText();
            }
        }
        return "absent";
    }

    private static String phone(int customer) {
        return "55555" + (50_000 + customer);
    }

    /** What a new customer wishes: a gift, at the till for a sale, in the shop for a cart, each with the customer's number. */
    private final class Wish {
        private final int customer = ++customers;
        private final boolean atTill;
        private final String session;
        private Answer heard;

        Wish(boolean atTill) throws IOException, InterruptedException {
            this.atTill = atTill;
            aiq.contact("1001", "c-" + customer, phone(customer), "1000");
            session = post(atTill ? key : shopKey, "/api/v1/wallet", Map.of("phone", phone(customer)), null)
                    .text("walletSession");
            assertThat(session).isNotNull();
        }

        Answer asks() throws IOException, InterruptedException {
            heard = post(
                    atTill ? key : shopKey,
                    "/api/v1/redemptions",
                    Map.of(
                            "walletSession",
                            session,
                            "discountId",
                            "gift",
                            atTill ? "transactionId" : "cartId",
                            "s-" + customer),
                    "k-" + customer);
            return heard;
        }

        void rings() {
            till.update(
                    "insert into sale values ('s-' || ?, strftime('%Y-%m-%d %H:%M:%S', 'now'), ?)",
                    customer, phone(customer));
        }

        /** How often AIQ took the points. */
        long taken() {
            return aiq.effects("REDEEMED").stream()
                    .filter(effect -> effect.path("contactID").asText().equals("c-" + customer))
                    .count();
        }

        int kept() {
            return rows.queryForObject(
                    "select count(*) from idempotency_key where request_key = 'k-' || ?", Integer.class, customer);
        }
    }

    private static String signature(String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("hush".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer webhook(String id) throws IOException, InterruptedException, GeneralSecurityException {
        String body = "{\"token\":\"" + id + "\"}";
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port + "/webhooks/shopify/says"))
                .header("Content-Type", "application/json")
                .header("X-Shopify-Topic", "carts/update")
                .header("X-Shopify-Webhook-Id", id)
                .header("X-Shopify-Hmac-SHA256", signature(body))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private int inbox(String id) {
        return rows.queryForObject(
                "select count(*) from inbox where connection = 'says' and body like '%' || ? || '%'",
                Integer.class, id);
    }

    /** Of the stopped application, by its own commands, and beside what AIQ took. */
    private void theBooksAgree(int redemptions) throws IOException, InterruptedException {
        assertThat(rows.queryForList("select status from redemption", String.class))
                .containsOnly("EXECUTED")
                .hasSize(redemptions);
        assertThat(rows.queryForList("select points from ledger", Double.class))
                .containsOnly(100.0)
                .hasSize(redemptions);
        assertThat(aiq.effects("REDEEMED")).hasSize(redemptions);
        String from = LocalDate.now(ZoneOffset.UTC).minusDays(2).toString(),
                to = LocalDate.now(ZoneOffset.UTC).toString();
        command("ledger", "verify");
        assertThat(command("reconcile", "--from", from, "--to", to))
                .contains("ledger " + 100 * redemptions + " points, AIQ " + 100 * redemptions, "Everything balances.");
        assertThat(rows.queryForList("pragma integrity_check", String.class)).containsExactly("ok");
    }

    private String command(String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(app.home.resolve("bin/aiq-bridge").toString()), Stream.of(words))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(settings);
        int exit = builder.start().waitFor();
        assertThat(exit).as(Files.readString(out)).isZero();
        return Files.readString(out);
    }

    @Test
    void without_any_room_nobody_is_promised_anything_and_with_room_all_goes_on() throws Exception {
        Wish before = new Wish(true), atTill = new Wish(true), checkout = new Wish(false), later = new Wish(true);
        assertThat(before.asks().status()).isEqualTo(202);
        assertThat(webhook("early").status()).isEqualTo(200);
        assertThat(ownDatabase()).isEqualTo("UP ");

        room(Long.toString(NOTHING));
        before.rings();
        await().atMost(Duration.ofSeconds(20)).until(() -> health("/ready").status() == 503);
        for (int i = 0; i < 3; i++) {
            assertThat(atTill.asks())
                    .satisfies(
                            heard -> assertThat(heard.status()).as(heard.body()).isEqualTo(503));
            assertThat(checkout.asks())
                    .satisfies(
                            heard -> assertThat(heard.status()).as(heard.body()).isEqualTo(503));
            assertThat(webhook("late").status()).isEqualTo(503);
            assertThat(health("/ready").status()).isEqualTo(503);
            assertThat(ownDatabase()).startsWith("DOWN the disk under the bridge's own database");
            assertThat(health("/live").status()).isEqualTo(200);
        }
        assertThat(aiq.requests("redeem")).isEmpty();

        room();
        assertThat(health("/ready").status()).isEqualTo(200);
        assertThat(ownDatabase()).isEqualTo("UP ");
        assertThat(List.of(atTill.kept(), checkout.kept(), inbox("late"), inbox("early")))
                .as("what was not promised is not there")
                .containsExactly(0, 0, 0, 1);
        assertThat(later.asks().status()).as("at once").isEqualTo(202);
        atTill.rings();
        later.rings();
        await().atMost(Duration.ofSeconds(30)).until(() -> before.taken() + later.taken() == 2);
        assertThat(aiq.requests("redeem"))
                .as("the sale that heard 503 is known by now, and nothing is redeemed for it")
                .hasSize(2);

        assertThat(checkout.asks())
                .satisfies(heard -> assertThat(heard.status()).as(heard.body()).isEqualTo(201));
        assertThat(checkout.taken()).isEqualTo(1);
        assertThat(atTill.asks().status()).isEqualTo(202);
        assertThat(webhook("late").status()).isEqualTo(200);
        assertThat(webhook("late").status()).isEqualTo(200);
        assertThat(inbox("late")).isEqualTo(1);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> atTill.taken() == 1
                        && rows.queryForObject(
                                        "select count(*) from redemption where status <> 'EXECUTED'", Integer.class)
                                == 0);
        app.stop();
        theBooksAgree(4);
    }

    /** The write-ahead log has room for a few pages more, so that now one statement of a request finds none and now another. */
    @Test
    void wherever_the_disk_runs_full_what_was_heard_is_true() throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<Wish> all = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            List<Wish> wishes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                wishes.add(new Wish(i % 2 == 0));
            }
            room(Long.toString(Files.size(Path.of(app.home.resolve("data/bridge.db") + "-wal")) + 4_120L * round));
            for (Wish wish : wishes) {
                statuses.merge(wish.asks().status(), 1, Integer::sum);
            }
            room();
            for (Wish wish : wishes) {
                assertThat(wish.kept())
                        .as(wish.customer + " heard " + wish.heard)
                        .isEqualTo(wish.heard.status() == 503 ? 0 : 1);
                if (wish.heard.status() == 201) {
                    assertThat(wish.taken())
                            .as(wish.customer + " heard " + wish.heard)
                            .isEqualTo(1);
                }
            }
            all.addAll(wishes);
        }
        System.out.println("heard on a disk that ran full: " + statuses);
        // how far a request comes with so much room depends on what else is written meanwhile
        assertThat(statuses.keySet()).contains(503).isSubsetOf(201, 202, 503);
        List<Wish> unheard =
                all.stream().filter(wish -> wish.heard.status() == 503).toList();
        all.stream().filter(wish -> wish.atTill).forEach(Wish::rings);
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(all).allSatisfy(wish -> assertThat(wish.taken())
                        .as(wish.customer + " heard " + wish.heard)
                        .isEqualTo(wish.heard.status() == 503 ? 0 : 1)));
        assertThat(unheard).allSatisfy(wish -> assertThat(wish.taken())
                .as(wish.customer + " heard 503")
                .isZero());
        for (Wish wish : unheard) {
            assertThat(wish.asks().status()).isIn(201, 202);
        }
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        rows.queryForObject("select count(*) from redemption where status <> 'EXECUTED'", Integer.class)
                                == 0);
        assertThat(all).allSatisfy(wish -> assertThat(wish.taken())
                .as(wish.customer + " heard " + wish.heard)
                .isEqualTo(1));
        app.stop();
        theBooksAgree(all.size());
    }
}
