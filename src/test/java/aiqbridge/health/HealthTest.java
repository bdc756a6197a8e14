package aiqbridge.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.stop.Scope;
import aiqbridge.store.ForeignLock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What an operator's tools see of a running bridge. */
class HealthTest {
    @TempDir
    Path folder;

    private record Page(int status, JsonNode json) {
        /** The state of one check and what it says. */
        String check(String id) {
            for (JsonNode check : json.path("checks")) {
                if (check.path("name").asText().equals(id)) {
                    return check.path("status").asText() + " "
                            + check.path("data").path("message").asText()
                            + check.path("message").asText();
                }
            }
            return "absent";
        }
    }

    private static String page(Shop shop, String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + shop.bridge.managementPort + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void look(Shop shop) {
        List.of("redemption-watch", "cart-watch", "storefront-watch", "health-watch")
                .forEach(shop.bridge::run);
    }

    private Page health(Shop shop, String path) {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + shop.bridge.managementPort
                                            + "/observe/health" + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).doesNotContain("jdbc:", "demo-key", "5550100", "http:");
            return new Page(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Shop shop(String... settings) {
        Shop.storefront(folder, "web-shop", "kind = woocommerce\nmodel = paid\n");
        return new Shop(folder, TestBridge.everyRouteAtOnce(settings));
    }

    @Test
    void health_says_what_each_account_till_and_shop_lacks_and_ready_only_whether_we_can_work() {
        try (Shop shop = shop()) {
            shop.poll();
            look(shop);
            assertThat(health(shop, ""))
                    .satisfies(page -> assertThat(page.status()).isEqualTo(200))
                    .satisfies(page -> assertThat(page.check("account-green-leaf")
                                    + page.check("till-till")
                                    + page.check("shop-web-shop")
                                    + page.check("own-database"))
                            .isEqualTo("UP UP UP UP "));

            shop.till.execute("drop view aiq_sales");
            shop.bridge.rows.update(
                    "update pos_poll set last_error = 'gone: jdbc:sqlite:secret' where connection = 'till'");
            shop.bridge.rows.update("update pos_poll set requests_error = 'gone' where connection = 'till'");
            shop.bridge.rows.update("update account set paused_at = 1, paused_reason = 'refused'");
            shop.bridge.rows.update(
                    "insert into storefront_state (connection, silent_at, updated_at) values ('web-shop', 1, 1)");
            shop.passes(Duration.ofMinutes(6));
            look(shop);
            Page sick = health(shop, "");
            assertThat(sick.status()).isEqualTo(503);
            assertThat(sick.check("account-green-leaf"))
                    .startsWith("DOWN AIQ does not accept its key; it has to be entered again");
            assertThat(sick.check("till-till"))
                    .startsWith(
                            "DOWN its database cannot be read; its request table cannot be read; it was not asked for 360 s");
            assertThat(sick.check("till-other-till")).startsWith("DOWN it was not asked for 360 s");
            assertThat(sick.check("shop-web-shop")).startsWith("DOWN it has been silent for longer than usual");
            assertThat(health(shop, "/live").status()).isEqualTo(200);
            assertThat(health(shop, "/ready"))
                    .as("AIQ or a till being away is no reason to send callers elsewhere")
                    .satisfies(page -> assertThat(page.status()).isEqualTo(200))
                    .satisfies(page -> assertThat(page.check("till-till")).isEqualTo("absent"));
            assertThat(page(shop, "/observe/metrics"))
                    .contains(
                            "aiqbridge_account_paused{account=\"green-leaf\"} 1.0",
                            "aiqbridge_till_up{connection=\"till\"} 0.0",
                            "aiqbridge_shop_silent{connection=\"web-shop\"} 1.0");

            shop.bridge.rows.update("update account set key_read_at = 1");
            look(shop);
            assertThat(health(shop, "").check("account-green-leaf"))
                    .startsWith("DOWN AIQ does not accept its key; the bridge tries it by itself");

            shop.bridge.bridge().store().close();
            assertThat(health(shop, "/ready"))
                    .satisfies(page -> assertThat(page.status()).isEqualTo(503))
                    .satisfies(page -> assertThat(page.check("own-database"))
                            .startsWith("DOWN the bridge's own database does not answer"));
            assertThat(health(shop, "/live").status()).isEqualTo(200);
        }
    }

    @Test
    void sales_that_are_read_late_are_a_metric_and_those_that_are_never_read_a_check_too() {
        try (Shop shop = shop()) {
            shop.poll();
            shop.bridge.rows.update("update pos_poll set listened_since = 0");
            shop.rings("t-late", null, 10);
            shop.till.update("update sale set at = ?", shop.wallClock(Duration.ofHours(-1)));
            shop.passes(Duration.ofMinutes(16));
            shop.poll();
            look(shop);
            assertThat(health(shop, "").check("till-till")).isEqualTo("UP ");
            shop.queued("five-off", "t-never");
            shop.rings("t-never", null, 10);
            shop.till.update("update sale set at = ? where id = 't-never'", shop.wallClock(Duration.ofDays(-400)));
            shop.passes(Duration.ofMinutes(16));
            shop.poll();
            look(shop);
            assertThat(health(shop, "").check("till-till"))
                    .isEqualTo("DOWN 1 sale(s) that redemptions wait for are completed there, and nothing reads them");
            assertThat(page(shop, "/observe/metrics"))
                    .contains(
                            "aiqbridge_till_late_sales{connection=\"till\"} 1.0",
                            "aiqbridge_till_unheard_sales{connection=\"till\"} 1.0",
                            "aiqbridge_till_late_sales{connection=\"other-till\"} 0.0");
        }
    }

    @Test
    void a_stop_is_a_check_and_a_metric_and_the_bridge_stays_ready() {
        try (Shop shop = shop()) {
            shop.poll();
            shop.bridge.bridge().stops().stop(Scope.account("green-leaf"), "kim", "points vanish");
            look(shop);
            Page page = health(shop, "");
            assertThat(page.status()).isEqualTo(503);
            assertThat(page.check("stop")).startsWith("DOWN an emergency stop stands: account green-leaf, since ");
            assertThat(health(shop, "/ready").status()).isEqualTo(200);
            assertThat(page(shop, "/observe/metrics")).contains("aiqbridge_stops 1.0");
            shop.bridge.bridge().stops().lift(Scope.account("green-leaf"), "kim", "found it");
            look(shop);
            assertThat(health(shop, "").check("stop")).isEqualTo("absent");
            assertThat(page(shop, "/observe/metrics")).contains("aiqbridge_stops 0.0");
        }
    }

    @Test
    void what_needs_a_look_is_a_check_and_a_metric() {
        try (Shop shop = shop()) {
            shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            shop.pollAndExecute();
            shop.bridge.run("pos-poll-other-till");
            look(shop);
            assertThat(health(shop, "").check("account-green-leaf")).isEqualTo("UP ");
            assertThat(page(shop, "/observe/metrics"))
                    .contains("aiqbridge_needs_look 0.0", "aiqbridge_account_needs_look{account=\"green-leaf\"} 0.0");
            shop.bridge.rows.update("update redemption set flag = 'completed-again'");
            look(shop);
            assertThat(health(shop, "").check("account-green-leaf")).isEqualTo("DOWN 1 redemption(s) need a look");
            assertThat(page(shop, "/observe/metrics"))
                    .contains("aiqbridge_needs_look 1.0", "aiqbridge_account_needs_look{account=\"green-leaf\"} 1.0");
        }
    }

    @Test
    void the_own_database_is_down_while_somebody_locks_it_and_up_as_soon_as_it_can_be_written_to() {
        try (Shop shop = shop("store.busy-timeout", "10s")) {
            assertThat(health(shop, "/ready").check("own-database")).isEqualTo("UP ");
            try (ForeignLock lock = new ForeignLock(folder.resolve("bridge.db"))) {
                assertThat(lock.held()).isTrue();
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> health(shop, "/ready").status() == 503);
                long began = System.nanoTime();
                assertThat(health(shop, "/ready").check("own-database"))
                        .startsWith("DOWN another process holds a lock on the bridge's own database");
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .as("nobody who asks waits for store.busy-timeout")
                        .isLessThan(Duration.ofSeconds(5));
                assertThat(page(shop, "/observe/metrics")).contains("aiqbridge_own_database_up 0.0");
                assertThat(health(shop, "/live").status()).isEqualTo(200);
            }
            assertThat(health(shop, "/ready"))
                    .satisfies(page -> assertThat(page.status()).isEqualTo(200))
                    .satisfies(page -> assertThat(page.check("own-database")).isEqualTo("UP "));
            assertThat(page(shop, "/observe/metrics")).contains("aiqbridge_own_database_up 1.0");
        }
    }

    /** A page of the file says that it may only be read: SQLite then opens it so for everybody, root too. */
    @Test
    void the_own_database_is_down_while_its_file_may_only_be_read() throws IOException {
        try (Shop shop = shop()) {
            assertThat(health(shop, "/ready").check("own-database")).isEqualTo("UP ");
            shop.bridge.rows.queryForList("pragma wal_checkpoint(truncate)");
            Databases.mayOnlyBeRead(folder.resolve("bridge.db"), true);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> health(shop, "/ready").status() == 503);
            assertThat(health(shop, "/ready").check("own-database"))
                    .startsWith("DOWN the bridge's own database cannot be written to");
            assertThat(health(shop, "/live").status()).isEqualTo(200);
            Databases.mayOnlyBeRead(folder.resolve("bridge.db"), false);
            assertThat(health(shop, "/ready").check("own-database")).isEqualTo("UP ");
        }
    }

    @Test
    void the_own_database_is_down_while_postgresql_may_only_be_read() {
        String[] store = Databases.postgresqlStore();
        String database = store[1].replaceAll("^.*/|[?].*$", "");
        JdbcTemplate owner =
                new JdbcTemplate(new DriverManagerDataSource(store[1].replace("/" + database, "/postgres")));
        try (Shop shop = shop(store)) {
            assertThat(health(shop, "/ready").check("own-database")).isEqualTo("UP ");
            owner.execute("alter database " + database + " set default_transaction_read_only = on");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> health(shop, "/ready").status() == 503);
            assertThat(health(shop, "/ready").check("own-database"))
                    .startsWith("DOWN the bridge's own database cannot be written to");
            owner.execute("alter database " + database + " reset default_transaction_read_only");
            assertThat(health(shop, "/ready").check("own-database")).isEqualTo("UP ");
        }
    }

    @Test
    void a_disk_that_is_nearly_full_is_a_check_a_metric_and_no_reason_to_send_callers_elsewhere() {
        try (Shop shop = shop("health.disk-free-mib", "2000000000")) {
            look(shop);
            assertThat(health(shop, "").check("disk"))
                    .matches("DOWN only [0-9]+ MiB are free under the bridge's database");
            assertThat(health(shop, "/ready").status()).isEqualTo(200);
            assertThat(page(shop, "/observe/metrics")).containsPattern("aiqbridge_disk_free_bytes [1-9]");
            shop.restart(List.of("health.disk-free-mib", "1"));
            look(shop);
            assertThat(health(shop, "").check("disk")).isEqualTo("UP ");
        }
    }

    @Test
    void every_metric_and_route_that_the_dashboard_and_the_alerts_name_is_there() throws IOException {
        try (Shop shop = shop()) {
            shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            shop.pollAndExecute();
            shop.send(null, "POST", "/webhooks/woocommerce/web-shop", "{}");
            look(shop);
            String exported = page(shop, "/observe/metrics");
            Set<String> metrics = exported.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceFirst("[{ ].*$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            List<String> routes = shop.bridge.bridge().camel().getRoutes().stream()
                    .map(route -> route.getId())
                    .toList();
            List<String> expressions = new ArrayList<>();
            new ObjectMapper()
                    .readTree(Path.of("config/grafana-dashboard.json").toFile())
                    .findValues("expr")
                    .forEach(e -> expressions.add(e.asText()));
            new YAMLMapper()
                    .readTree(Path.of("config/alerts.yaml").toFile())
                    .findValues("expr")
                    .forEach(e -> expressions.add(e.asText()));
            assertThat(expressions).hasSizeGreaterThan(30);
            for (String expression : expressions) {
                Matcher metric = Pattern.compile("\\b(aiqbridge|camel)_[a-z_]+").matcher(expression);
                while (metric.find()) {
                    assertThat(metrics).as(expression).contains(metric.group());
                }
                Matcher route = Pattern.compile("routeId=~\"([^\"]+)\"").matcher(expression);
                while (route.find()) {
                    for (String one : route.group(1).split("\\|")) {
                        assertThat(routes).as(expression).anyMatch(id -> id.matches(one));
                    }
                }
            }
            assertThat(exported)
                    .as("labels are accounts, connections and routes")
                    .doesNotContain("http://", "jdbc:", "select ", "5550100");
        }
    }

    @Test
    void traces_say_which_step_took_how_long_and_nothing_else() throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            synchronized (received) {
                exchange.getRequestBody().transferTo(received);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            try (Shop shop = shop(
                    "traces.endpoint",
                    "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces")) {
                shop.queued("five-off", "t-1");
                shop.rings("t-1", "5555550100", 42.5);
                shop.aiq.fault("redeem", "status-before-effect", 1);
                shop.pollAndExecute();
                shop.post(shop.key, "/api/v1/customers/status", Map.of("phone", "(555) 555-0100"));
                assertThat(shop.aiq.requests("lookup"))
                        .as("the phone is in AIQ's URL")
                        .isNotEmpty();
            }
            String spans = received.toString(StandardCharsets.ISO_8859_1);
            assertThat(spans).contains("aiq-bridge", "redemption-put", "aiq-redeem", "http.status_code");
            assertThat(spans)
                    .doesNotContain(
                            "55555",
                            "/discount/redeem",
                            "/api/v1.1",
                            "/api/v2",
                            "127.0.0.1",
                            "select ",
                            "demo-key",
                            "url.",
                            "http.url",
                            "db.statement");
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void every_line_about_a_redemption_carries_its_id_in_json_too() throws Exception {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        StringWriter log = new StringWriter();
        WriterAppender appender = WriterAppender.createAppender(
                JsonTemplateLayout.newBuilder()
                        .setConfiguration(context.getConfiguration())
                        .setEventTemplateUri("classpath:log-line.json")
                        .build(),
                null,
                log,
                "lines",
                false,
                true);
        appender.start();
        context.getConfiguration().getRootLogger().addAppender(appender, null, null);
        context.updateLoggers();
        try (Shop shop = shop()) {
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            shop.poll();
            shop.bridge.rows.execute("alter table ledger rename to ledger_away");
            shop.bridge.run("redemption-execute");
            List<JsonNode> lines = new ArrayList<>();
            for (String line : log.toString().lines().toList()) {
                lines.add(new ObjectMapper().readTree(line));
            }
            // other tests' bridges write to the same log
            assertThat(lines)
                    .filteredOn(line -> line.path("message").asText().startsWith("redemption-send: ")
                            && line.path("message").asText().contains("the row keeps its lease"))
                    .allSatisfy(
                            line -> assertThat(line.path("redemption").asText()).isNotBlank())
                    .anySatisfy(
                            line -> assertThat(line.path("redemption").asText()).isEqualTo(redemption));
            shop.bridge.rows.execute("alter table ledger_away rename to ledger");
            assertThat(org.slf4j.MDC.get(RedemptionInLog.KEY)).isNull();
        } finally {
            context.getConfiguration().getRootLogger().removeAppender("lines");
            context.updateLoggers();
        }
    }
}
