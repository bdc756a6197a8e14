package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aiqbridge.Shop;
import aiqbridge.StartRefused;
import aiqbridge.TestBridge;
import aiqbridge.TestBridge.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bridge is started on files that somebody changed for the worse. */
class StartOnBrokenFilesTest {
    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void copy() throws IOException {
        home = TestBridge.copyOfHome(Files.createDirectory(folder.resolve("home")));
    }

    private void change(String file, String from, String to) throws IOException {
        String text = Files.readString(home.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(home.resolve(file), text.replace(from, to));
    }

    private void start() {
        new TestBridge(folder, TestClock.atNow(), TestBridge.HOME_SETTING, home.toString()).close();
    }

    @Test
    void all_that_is_wrong_is_said_at_once_and_nothing_runs() throws IOException {
        change(
                "routes/cart/sweep.camel.yaml",
                "- to: {uri: direct:cart-sweep-batch}",
                "- to: {uri: direct:cart-sweep-batsh}");
        change("routes/redemption/execute.camel.yaml", "{uri: direct:redemption-put}", "{uri: direct:redemption-putt}");
        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.sentence())
                                .startsWith("2 things in routes/ cannot be right:")
                                .containsPattern(
                                        "routes/redemption/execute.camel.yaml, line \\d+: no route begins with direct:redemption-putt. Perhaps you mean redemption-put."));
    }

    @Test
    void what_only_Camel_knows_is_said_with_the_file_too() throws IOException {
        change(
                "routes/health/watch.camel.yaml",
                "query: file:routes/health/tills.sql",
                "qwery: file:routes/health/tills.sql");
        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(StartRefused.class, refused -> assertThat(refused.sentence())
                        .matches("routes/health/watch.camel.yaml, line \\d+: .*"));
    }

    @Test
    void a_broken_make_stops_its_tills_and_no_other() throws IOException {
        Path odd = Files.createDirectory(home.resolve("routes/pos/odd"));
        String sales = Files.readString(home.resolve("routes/pos/view/sales.sql"));
        Files.writeString(odd.resolve("sales.sql"), sales.replace(":#since_id", ":#sinse_id"));
        String till =
                "jdbc.url = jdbc:sqlite:" + folder.resolve("till.db") + "\njdbc.username = reader\nwrite-back = off\n";
        Files.writeString(Files.createDirectory(home.resolve("routes/pos/bare")).resolve("sales.sql"), sales);
        Shop.connection(folder, "bare-till", "make = bare\n" + till.replace("write-back = off", "write-back = on"));
        Shop.connection(
                folder,
                "asking-till",
                "make = view\njdbc.url = jdbc:sqlserver://127.0.0.1:1;databaseName=till\njdbc.username = reader\nwrite-back = off\nrequests = on\nrequests.username = asker\n");
        Shop.connection(folder, "odd-till", "make = odd\n" + till);
        Shop.connection(folder, "nameless-till", "make = no-such-make\n" + till);
        try (Shop shop = new Shop(
                folder,
                TestBridge.HOME_SETTING,
                home.toString(),
                "clock.auto-startup",
                "true",
                "pos.poll-every",
                "1s")) {
            await().untilAsserted(
                            () -> assertThat(shop.bridge.rows.queryForList(
                                            "select connection || ': ' || last_error from pos_poll where last_error is not null order by connection",
                                            String.class))
                                    .satisfiesExactly(
                                            asking -> assertThat(asking)
                                                    .startsWith(
                                                            "asking-till: The make cannot have a request table on sqlserver: write requests = off in"),
                                            bare -> assertThat(bare)
                                                    .startsWith(
                                                            "bare-till: The make bare has no write-back: write write-back = off in"),
                                            nameless -> assertThat(nameless)
                                                    .startsWith(
                                                            "nameless-till: The make no-such-make has no file sales.sql for sqlite in routes/pos/no-such-make/"),
                                            misspelt -> assertThat(misspelt)
                                                    .matches(
                                                            "odd-till: routes/pos/odd/sales.sql, line \\d+: nobody binds :#sinse_id before .*")));
            String redemption = shop.queued("five-off", "sale-1");
            shop.rings("sale-1", "555-555-0100", 42.5);
            await().untilAsserted(() -> {
                shop.pollAndExecute();
                assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
            });
        }
    }

    // one of its tills hangs, and is closed
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @Test
    void a_till_whose_database_does_not_take_a_statement_stops_alone_until_it_does() throws Exception {
        Path odd = Files.createDirectory(home.resolve("routes/pos/odd"));
        Files.copy(home.resolve("routes/pos/view/sales.sql"), odd.resolve("sales.sql"));
        Files.writeString(
                odd.resolve("write-back.sql"),
                "-- The points are in the till's table, whatever was there before.\nupdate aiq_pointz\n   set points = :#points where transaction_id = :#transaction_id\n");
        // a running bridge works in its home; a test does not
        change("routes/pos/poll.camel.yaml", "file:routes/pos/{{sales}}", "file:" + home + "/routes/pos/{{sales}}");
        change(
                "routes/pos/write-back.camel.yaml",
                "file:routes/pos/{{writeBack}}",
                "file:" + home + "/routes/pos/{{writeBack}}");
        String till = "make = odd\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db") + "\njdbc.username = reader\n";
        Shop.connection(folder, "odd-till", till);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Shop.connection(
                    folder,
                    "hung-till",
                    "make = view\njdbc.url = jdbc:postgresql://127.0.0.1:" + silent.getLocalPort()
                            + "/till\njdbc.username = reader\n");
            try (Shop shop = new Shop(
                    folder,
                    "camel.beans.routesOnDemand",
                    "none",
                    TestBridge.HOME_SETTING,
                    home.toString(),
                    "clock.auto-startup",
                    "true",
                    "pos.poll-every",
                    "1s")) {
                String redemption = shop.queued("five-off", "sale-1");
                shop.rings("sale-1", "555-555-0100", 42.5);
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(shop.status(redemption)).isEqualTo("EXECUTED"));
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(
                                () -> assertThat(shop.bridge.rows.queryForObject(
                                                "select last_error from pos_poll where connection = 'odd-till' and polled_at is null",
                                                String.class))
                                        .startsWith(
                                                "routes/pos/odd/write-back.sql, line 2: it does not fit the till's database: no such table: aiq_pointz. Is a table"));
                shop.bridge.run("health-watch");
                assertThat(health(shop.bridge)).contains("write-back.sql, line 2: it does not fit the till's database");
                shop.till.execute("create table aiq_pointz (transaction_id text primary key, points numeric)");
                await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(shop.bridge.rows.queryForList(
                                "select connection from pos_poll where connection = 'odd-till' and polled_at is not null and last_error is null",
                                String.class))
                        .hasSize(1));
            }
        }
    }

    @Test
    void deliveries_wait_for_a_mapping_that_is_broken_and_those_of_other_kinds_do_not() throws IOException {
        change("routes/storefront/generic/events.jslt", "{", "{ nowhere(");
        for (String kind : List.of("generic", "shopify")) {
            Shop.storefront(folder, kind + "-shop", "kind = " + kind + "\nmodel = immediate\n");
        }
        try (TestBridge bridge = new TestBridge(
                folder,
                TestClock.atNow(),
                TestBridge.HOME_SETTING,
                home.toString(),
                "storefront.connections",
                folder.resolve("storefront").toString())) {
            bridge.account("green-leaf", "1001", "demo-key");
            for (String kind : List.of("generic", "shopify")) {
                bridge.rows.update(
                        "insert into inbox (connection, delivery_key, source, topic, content_type, body, received_at, status, next_attempt_at, updated_at) values (?, 'd', 'webhook', 'none', 'application/json', '{}', 1, 'HEARD', 1, 1)",
                        kind + "-shop");
            }
            bridge.run("inbox-work");
            assertThat(bridge.rows.queryForList(
                            "select connection || ' ' || status || ' ' || attempts || ' ' || coalesce(last_error, '') from inbox order by connection",
                            String.class))
                    .satisfiesExactly(
                            generic -> assertThat(generic)
                                    .startsWith("generic-shop HEARD 0 The file ")
                                    .contains("generic/events.jslt"),
                            shopify -> assertThat(shopify).doesNotContain("HEARD"));
        }
    }

    @Test
    void a_shop_of_a_broken_kind_is_told_to_try_again_and_others_are_heard() throws Exception {
        change("routes/storefront/shopify/kind.properties", "signature.key", "signature.kay");
        change("routes/storefront/bigcommerce/kind.properties", "api.header", "api.heder");
        change(
                "routes/storefront/woocommerce/kind.properties",
                "status.processing = paid",
                "status.processing = payed");
        Files.delete(home.resolve("routes/storefront/jane/kind.properties"));
        List<String> broken = List.of("shopify", "bigcommerce", "woocommerce", "jane");
        for (String kind : List.of("generic", "shopify", "bigcommerce", "woocommerce", "jane")) {
            Shop.storefront(
                    folder, kind + "-shop", "kind = " + kind + "\nmodel = immediate\napi.url = https://shop.example\n");
        }
        try (TestBridge bridge = new TestBridge(
                folder,
                TestClock.atNow(),
                TestBridge.HOME_SETTING,
                home.toString(),
                "storefront.connections",
                folder.resolve("storefront").toString())) {
            bridge.run("health-watch");
            String health = health(bridge);
            for (String kind : broken) {
                HttpResponse<?> answer = webhook(bridge, kind);
                assertThat(answer.statusCode()).as(kind).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).as(kind).isPresent();
                assertThat(health)
                        .containsPattern(
                                "shop-" + kind + "-shop\",\"status\":\"DOWN\",\"message\":\"[^\"]*kind.properties");
            }
            assertThat(webhook(bridge, "generic").statusCode()).isEqualTo(401);
            assertThat(health).contains("shop-generic-shop\",\"status\":\"UP\"");
        }
    }

    private static HttpResponse<?> webhook(TestBridge bridge, String kind) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + bridge.port + "/webhooks/" + kind + "/" + kind + "-shop"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    private static String health(TestBridge bridge) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + bridge.managementPort + "/observe/health"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
