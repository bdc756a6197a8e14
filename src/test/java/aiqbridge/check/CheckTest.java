package aiqbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.Account;
import aiqbridge.account.Secrets;
import aiqbridge.account.StoredAccounts;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.privacy.ApiKey;
import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import aiqbridge.store.ForeignLock;
import aiqbridge.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A whole check: each line about everything but the inside of a till. */
class CheckTest extends CheckedTill {
    private AiqSimulator simulator;
    private SimulatorControl aiq;

    @BeforeEach
    void open() throws IOException {
        simulator = AiqSimulator.start(0, 0, null);
        aiq = new SimulatorControl(simulator.controlPort());
        aiq.seedDemo();
        over.put("aiq.base-url", simulator.baseUrl());
        over.put("http.port", Integer.toString(TestBridge.freePort()));
        over.put("http.management-port", Integer.toString(TestBridge.freePort()));
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of("config/aiq-cart.jslt"), home.resolve("config/aiq-cart.jslt"));
        copied("routes");
        Databases.sqliteStore(Files.createDirectories(home.resolve("data")).resolve("bridge.db"));
        try (Store store = Store.open(settings(), home, true)) {
            new StoredAccounts(store.source(), Secrets.at(home.resolve("data/secrets.key")), Clock.systemUTC())
                    .save(new Account("green-leaf", "Green Leaf", "1001", new ApiKey("demo-key"), "US", ZONE));
        }
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private Said check(String only) {
        return check(only, false);
    }

    private Said check(String only, boolean json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean good = new Check(home, settings(), new PrintStream(out, true, StandardCharsets.UTF_8), json).run(only);
        return new Said(good, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_stopped_is_said() throws IOException {
        assertThat(check(null).text()).doesNotContain("emergency stop");
        Files.writeString(home.resolve("data/STOP"), "");
        assertThat(check(null).text())
                .containsPattern("WARN  an emergency stop stands: everything, since .*Z, by bridge: the file .*STOP")
                .contains("Delete the file");
    }

    // the tills

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_till_as_its_owner_was_told_to_make_it_is_good(String engine) throws IOException {
        till(engine);
        aDay();
        connection("write-back = on\n");
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isTrue();
        assertThat(said.text())
                .contains(
                        "OK    opens",
                        "OK    AIQ answers and accepts the key and the UID",
                        "OK    the login works",
                        "OK    the till's clock agrees within",
                        "OK    every required alias is present; optional ones: location, phone",
                        "OK    no sale lies hours ahead, read in the zone America/Denver",
                        "OK    the login has only the rights it needs");
        String[] plans = engine.equals("mariadb")
                ? new String[] {"the poll reads few rows", "the poll of voids and returns reads few rows"}
                : new String[] {
                    "the poll uses the index sale_completed_at",
                    "the poll of voids and returns uses the index sale_voided_at"
                };
        assertThat(said.text()).contains(plans);
        assertThat(said.text())
                .contains(
                        "WARN  nobody has tried yet whether its AIQ behaves as expected",
                        "aiq-bridge aiq-check green-leaf");
        // the view casts the ids, and only PostgreSQL sees through that
        assertThat(said.text()
                        .lines()
                        .filter(line -> !line.contains("WARN  what asks for sales by their ids")
                                && !line.contains("WARN  nobody has tried yet whether its AIQ behaves as expected")))
                .noneMatch(line -> line.matches(" *(WARN|FAIL) .*"));
    }

    @Test
    void what_the_polls_could_not_read_or_read_late_is_counted() throws IOException {
        till("sqlite");
        assertThat(check("till").text()).doesNotContain("in the last week", "of the last week");
        JdbcTemplate store =
                new JdbcTemplate(new SingleConnectionDataSource("jdbc:sqlite:" + home.resolve("data/bridge.db"), true));
        store.update("insert into pos_poll (connection, polled_at, updated_at) values ('till', 1, 1)");
        assertThat(check("till").text()).contains("OK    every sale that was read in the last week was read in time");
        long at = Instant.parse("2026-11-28T20:30:00Z").toEpochMilli();
        for (String[] sale : new String[][] {{"s-1", "sweep"}, {"s-2", "sweep"}, {"s-3", "arrival"}, {"s-4", "id"}}) {
            store.update(
                    "insert into late_sale (connection, location, transaction_id, found_by, completed_at, heard_at) values ('till', 'main', ?, ?, ?, 1)",
                    sale[0],
                    sale[1],
                    sale[1].equals("id") ? null : at++);
        }
        for (int i = 1; i <= 22; i++) {
            store.update(
                    "insert into pos_unread (connection, kind, transaction_id, problem, heard_at, seen_at) values ('till', 'sale', ?, ?, 1, ?)",
                    "u-" + i,
                    "sale u-" + i + ": its total is not a number such as 42.50",
                    i);
        }
        Said said = check("till");
        assertThat(said.good()).as(said.text()).isTrue();
        assertThat(said.text())
                .contains(
                        "WARN  3 sale(s) of the last week were read late: 2 only by the sweep, 1 only when the till delivered them; the newest was completed at 2026-11-28 13:30:00",
                        "WARN  1 sale(s) that redemptions wait for are completed at the till, and nothing reads them:",
                        "        sale s-4",
                        "WARN  22 row(s) that the polls of the last week could not read; the newest 20:",
                        "        sale u-22: its total is not a number such as 42.50")
                .doesNotContain("sale u-2:", "read in time");
    }

    @Test
    void what_cannot_be_reached_keeps_nothing_else_from_being_looked_at() throws IOException {
        till("postgresql");
        rings("s-1", Instant.now(), null);
        Databases.script(
                owner,
                Path.of("routes/pos/requests-owner.postgresql.sql"),
                "asker_" + login,
                url.replaceAll("^.*/|[?].*$", ""));
        connection(
                url, "stranger", "make = view\nzone = UTC\nrequests = on\nrequests.username = asker_" + login + "\n");
        Path pos = home.resolve("config/pos");
        Files.writeString(
                pos.resolve("second.properties"),
                Files.readString(pos.resolve("till.properties")).replace("stranger", login));
        Files.writeString(pos.resolve("Third Till.properties"), "make = view\n");
        Files.writeString(pos.resolve("fourth.properties"), "make = view\njdbc.password = x\n");
        over.put("store.url", "jdbc:postgresql://127.0.0.1:" + TestBridge.freePort() + "/none");
        Said said = check(null);
        assertThat(said.good()).isFalse();
        assertThat(said.text())
                .contains(
                        "Third Till.properties has an invalid name",
                        "holds a secret (jdbc.password)",
                        "FAIL  The bridge's own database cannot be opened",
                        "FAIL  cannot connect to the till's database",
                        "OK    the request table can be read and answered",
                        "Till second",
                        "OK    the login works",
                        "OK    its newest sales");
    }

    // AIQ and ourselves

    @Test
    void a_key_that_AIQ_refuses() {
        aiq.revoke("demo-key");
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .contains(
                        "AIQ account green-leaf",
                        "FAIL  AIQ does not accept the API key or the UID",
                        "aiq-bridge accounts add green-leaf")
                .doesNotContain("demo-key");
    }

    @Test
    void an_AIQ_that_is_away_busy_or_mute() {
        aiq.fault(Map.of("operation", "stores", "kind", "status-before-effect", "status", 500));
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text()).contains("WARN  AIQ answered 500"));
        over.put("aiq.stores-timeout", "500ms");
        aiq.fault("stores", "hang-before-effect", 1);
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text()).contains("FAIL  AIQ cannot be reached at 127.0.0.1"));
        over.put("aiq.base-url", "http://127.0.0.1:" + TestBridge.freePort());
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text())
                        .contains("FAIL  AIQ cannot be reached at 127.0.0.1", "Hint: Does the firewall let it through?")
                        .doesNotContain("demo-key", "\tat "));
    }

    @Test
    void a_key_file_that_is_not_ours_and_an_account_nobody_knows() throws IOException {
        till("sqlite");
        Files.delete(home.resolve("data/secrets.key"));
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .contains(
                        "FAIL  a stored API key cannot be decrypted with this key file",
                        "FAIL  its account green-leaf is not known");
    }

    @Test
    void route_files_that_name_what_is_not_there() throws IOException {
        assertThat(check(null).text()).contains("Routes (routes/)", "OK    everything that they name is there");
        Path send = home.resolve("routes/cart/send.camel.yaml");
        Files.writeString(send, Files.readString(send).replace("ref: movedOne,", "ref: movedOnce,"));
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .containsPattern("FAIL {2}routes/cart/send.camel.yaml, line \\d+: there is no bean movedOnce")
                .contains("Hint: Perhaps you mean movedOne.");
    }

    @Test
    void an_installation_with_nothing_in_it() {
        over.put("store.url", "jdbc:sqlite:data/empty.db");
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text())
                        .contains("OK    opens", "WARN  there is no account", "WARN  there is no till"));
    }

    // the settings

    @Test
    void every_setting_that_is_missing_malformed_or_read_by_nobody() {
        assertThat(check(null).text()).contains("OK    every setting is present and valid");
        over.putAll(Map.of(
                "redemption.lease",
                "90 seconds",
                "redemption.batch",
                "many",
                "clock.auto-startup",
                "yes",
                "redemtion.lease",
                "9s",
                "aiq.cart-template",
                "config/none.jslt"));
        missing.add("pos.page");
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .contains(
                        "FAIL  the setting redemption.lease = 90 seconds is not a duration",
                        "FAIL  the setting redemption.batch = many is not a whole number",
                        "FAIL  the setting clock.auto-startup = yes is not true or false",
                        "FAIL  the setting pos.page is missing",
                        "pos.page = 500",
                        "WARN  unknown setting redemtion.lease",
                        "none.jslt")
                .doesNotContain("every setting is present");
    }

    @Test
    void a_connection_file_that_cannot_be_used_does_not_hide_the_rest() throws IOException {
        till("sqlite");
        Files.writeString(home.resolve("config/pos/till.properties"), "make = view\njdbc.password = x\n");
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .contains("FAIL  The file", "holds a secret (jdbc.password)", "OK    opens", "OK    AIQ answers");
    }

    // this machine

    @Test
    void a_port_that_is_taken_and_a_bridge_that_runs() throws IOException {
        assertThat(check(null).text()).contains("OK    the port " + over.get("http.port") + " on 127.0.0.1 is free");
        try (ServerSocket taken =
                new ServerSocket(Integer.parseInt(over.get("http.port")), 1, InetAddress.getLoopbackAddress())) {
            assertThat(check(null))
                    .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                    .satisfies(said -> assertThat(said.text())
                            .contains(
                                    "FAIL  the port " + taken.getLocalPort() + " on 127.0.0.1 is already in use",
                                    "http.port"));
        }
        try (Shop shop = new Shop(Files.createDirectory(home.resolve("shop")))) {
            over.put("http.port", Integer.toString(shop.bridge.port));
            over.put("http.management-port", Integer.toString(shop.bridge.managementPort));
            assertThat(check(null))
                    .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                    .satisfies(said -> assertThat(said.text())
                            .contains("OK    a bridge is running")
                            .doesNotContain("is already in use"));
        }
        over.put("http.host", "0.0.0.0");
        assertThat(check(null).text()).contains("WARN  the API listens on 0.0.0.0, unencrypted");
    }

    @Test
    void a_disk_that_runs_full() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Findings findings = new Findings(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        OwnCheck own = new OwnCheck(home, settings(), findings);
        own.disk(home, 5_000);
        own.disk(home, 900);
        assertThat(findings.failed()).isFalse();
        own.disk(home, 99);
        assertThat(findings.failed()).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("OK    4 GiB are free", "WARN  only 900 MiB are free", "FAIL  only 99 MiB are free");
    }

    @Test
    void a_key_file_that_others_may_read() throws IOException {
        assertThat(check(null).text()).contains("OK    only its owner reads the key file");
        Files.setPosixFilePermissions(home.resolve("data/secrets.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text()).contains("FAIL  others besides its owner", "chmod 600"));
    }

    @Test
    void an_own_database_that_somebody_locks() {
        over.put("store.busy-timeout", "200ms");
        try (ForeignLock lock = new ForeignLock(home.resolve("data/bridge.db"))) {
            assertThat(lock.held()).isTrue();
            long began = System.nanoTime();
            Said locked = check(null);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertThat(locked.good()).as(locked.text()).isFalse();
            assertThat(locked.text())
                    .contains(
                            "FAIL  The bridge's own database cannot be opened: another process holds a lock on the bridge's own database, and nothing can be written")
                    .doesNotContain("OK    it can be written to", "\tat ");
        }
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text()).contains("OK    it can be written to"));
    }

    @Test
    void an_own_database_that_may_only_be_read() throws IOException {
        Databases.mayOnlyBeRead(home.resolve("data/bridge.db"), true);
        Said file = check(null);
        assertThat(file.good()).as(file.text()).isFalse();
        assertThat(file.text())
                .contains("FAIL  the bridge's own database cannot be written to")
                .doesNotContain("OK    it can be written to", "\tat ");
        String[] store = Databases.postgresqlStore();
        String database = store[1].replaceAll("^.*/|[?].*$", "");
        new JdbcTemplate(new SingleConnectionDataSource(store[1].replace("/" + database, "/postgres"), true))
                .execute("alter database " + database + " set default_transaction_read_only = on");
        over.putAll(Map.of("store.url", store[1], "store.username", "postgres"));
        Said server = check(null);
        assertThat(server.good()).as(server.text()).isFalse();
        assertThat(server.text())
                .contains("FAIL  the bridge's own database cannot be written to")
                .doesNotContain("OK    it can be written to", "\tat ");
    }

    @Test
    void an_own_database_that_is_damaged_or_forgets() throws IOException {
        assertThat(check(null).text()).contains("OK    its file is intact");
        int page = new JdbcTemplate(
                        new SingleConnectionDataSource("jdbc:sqlite:" + home.resolve("data/bridge.db"), true))
                .queryForObject("select rootpage from sqlite_master where name = 'cart_idle'", Integer.class);
        byte[] file = Files.readAllBytes(home.resolve("data/bridge.db"));
        Arrays.fill(file, (page - 1) * 4096, page * 4096, (byte) 0x5a);
        Files.write(home.resolve("data/bridge.db"), file);
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text()).contains("FAIL  its file is damaged"));

        over.putAll(Map.of("store.url", Databases.postgresql(), "store.username", "postgres"));
        assertThat(check(null))
                .as("the servers of tests forget")
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(
                        said -> assertThat(said.text()).contains("FAIL  a commit may be lost when its server crashes"));
        over.put("store.url", "jdbc:postgresql://127.0.0.1:" + TestBridge.freePort() + "/none");
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text())
                        .contains("FAIL  The bridge's own database cannot be opened", "STORE_PASSWORD"));
    }

    // shops

    @Test
    void a_shop_without_a_secret_refuses_every_webhook() throws IOException {
        Files.createDirectories(home.resolve("config/storefront"));
        Files.writeString(
                home.resolve("config/storefront/web-shop.properties"),
                "kind = woocommerce\naccount = green-leaf\nlocation = web\nzone = America/Denver\napi.url = http://localhost:1\n");
        Said bare = check("web-shop");
        assertThat(bare.good()).as(bare.text()).isTrue();
        assertThat(bare.text())
                .contains(
                        "Shop web-shop (woocommerce, immediate)",
                        "WARN  it has no secret: all of its webhooks are refused",
                        "aiq-bridge secrets add web-shop",
                        "WARN  its API cannot be asked",
                        "OK    localhost is this machine");
        try (Store store = Store.open(settings(), home, true)) {
            StorefrontSecrets secrets = new StorefrontSecrets(
                    store.source(), Secrets.at(home.resolve("data/secrets.key")), Clock.systemUTC());
            secrets.add("web-shop", StorefrontSecrets.WEBHOOK, "a-secret-of-the-shop");
            secrets.add("web-shop", StorefrontSecrets.API, "a-token-for-its-api");
        }
        assertThat(check("web-shop").text())
                .contains("OK    its webhooks can be verified", "OK    there is a token for its API")
                .doesNotContain("WARN  it", "a-secret-of", "a-token-for");
        assertThat(check("no-shop"))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text()).contains("There is no connection no-shop"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generic, model = immediate | WARN  only its webhooks tell of its orders: where they tell of none, the points go back",
                "generic, model = paid | WARN  only its webhooks tell of its orders: one whose webhook is lost stays unknown",
                "square, model = immediate | WARN  only its webhooks tell of its orders: where they tell of none, the points go back",
                "jane, model = immediate | OK    only its webhooks tell of its orders: where they tell of none, the points go back",
                "square, model = immediate, api.url = http://localhost:1 | OK    it is asked for some of its orders; of the others only its webhooks tell: where they tell of none, the points go back",
                "shopify, model = immediate, api.url = http://localhost:1 | OK    it is asked for its orders"
            })
    void what_only_webhooks_tell_of_a_shop_is_said(String lines, String said) throws IOException {
        Files.createDirectories(home.resolve("config/storefront"));
        Files.writeString(
                home.resolve("config/storefront/web-shop.properties"),
                "kind = " + lines.replaceAll(", ", "\n")
                        + "\naccount = green-leaf\nlocation = web\nzone = America/Denver\npublic-url = https://bridge.example/webhooks/x/web-shop\n");
        Said check = check("web-shop");
        assertThat(check.good()).as(check.text()).isTrue();
        assertThat(check.text()).contains(said);
        assertThat(check.text().contains("Set api.url")).isEqualTo(said.startsWith("WARN"));
    }

    @Test
    void a_kind_whose_mapping_cannot_be_used_is_named_with_its_line_also_before_a_shop_is_of_it() throws IOException {
        assertThat(check(null).text())
                .contains("Kinds of shop (routes/storefront/)", "OK    each says how it is verified");
        Path kind = Files.createDirectories(home.resolve("routes/storefront/corner"));
        Files.copy(home.resolve("routes/storefront/generic/kind.properties"), kind.resolve("kind.properties"));
        Map<String, String> broken = new LinkedHashMap<>();
        broken.put(
                "[{\n \"event\": \"cart\",\n \"id\": nowhere(.body.id)\n}]",
                "line 3, cannot be used: No such function");
        broken.put("[{\n \"event\": \"cart\",\n \"id\": 'a'\n}]", "line 3, cannot be used: Parse error");
        broken.put(
                "[{\n \"id\": 1,\n \"url\": test(.body.url, \"\\\\d[\")}]",
                "line 3, cannot be used: Syntax error in regular");
        broken.put("[\n1 / 0]", "cannot be used: ArithmeticException");
        broken.put("", "line 1, cannot be used: Parse error");
        for (Map.Entry<String, String> one : broken.entrySet()) {
            Files.writeString(kind.resolve("events.jslt"), one.getKey());
            Said said = check(null);
            assertThat(said.good()).as(said.text()).isFalse();
            assertThat(said.text())
                    .containsPattern("FAIL {2}The file .*corner.events.jslt, ")
                    .contains(one.getValue());
        }
        Files.writeString(kind.resolve("events.jslt"), "[]");
        Files.writeString(kind.resolve("kind.properties"), "accepts = x\n");
        assertThat(check(null).text()).contains("FAIL", "corner/kind.properties");
        Files.writeString(
                kind.resolve("kind.properties"),
                Files.readString(home.resolve("routes/storefront/generic/kind.properties"))
                        + "signature.algorithm = rsa-sha256\n");
        assertThat(check(null).text()).contains("FAIL", "signature.algorithm = rsa-sha256", "public key (RSA");
    }

    // for scripts

    @Test
    void every_line_is_an_object_for_scripts() throws IOException {
        till("sqlite");
        rings("s-1", Instant.now().minusSeconds(60), "(555) 555-0100");
        Said good = check(null, true);
        assertThat(good.good()).isTrue();
        aiq.revoke("demo-key");
        Said bad = check("till", true);
        assertThat(bad.good()).isFalse();
        for (String line : bad.text().lines().toList()) {
            JsonNode object = new ObjectMapper().readTree(line);
            assertThat(object.path("status").asText()).isIn("OK", "WARN", "FAIL", "INFO");
            assertThat(object.path("about").asText()).isNotEmpty();
            assertThat(object.path("text").asText()).isNotEmpty();
            assertThat(object.has("hint"))
                    .as(line)
                    .isEqualTo(object.path("status").asText().matches("WARN|FAIL"));
        }
        assertThat(bad.text().lines().filter(line -> line.contains("\"FAIL\"")))
                .hasSize(1)
                .allMatch(line -> line.contains("AIQ account green-leaf"));
        assertThat(bad.text()).doesNotContain("555-0100", "demo-key");
    }
}
