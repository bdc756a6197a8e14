package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The distribution as its users have it: commands, refusals, and a make of till that nobody here has heard of. */
@Timeout(300)
@Isolated("it calls with the time-outs that are shipped, so no crash test runs beside it")
class PackagedIT {
    @TempDir
    Path folder;

    private record Said(int exit, String text) {}

    private Packaged unpacked() throws IOException {
        Packaged app = Packaged.asShipped(folder.resolve("home"));
        app.takeParsedClasses();
        return app;
    }

    private Said command(Packaged app, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        return command(app, environment, Files.writeString(folder.resolve("nothing"), ""), words);
    }

    private Said command(Packaged app, Map<String, String> environment, Path typed, String... words)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(app.home.resolve("bin/aiq-bridge").toString()), Stream.of(words))
                        .toList())
                .directory(folder.toFile())
                .redirectInput(typed.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new Said(exit, Files.readString(out));
    }

    private void refuses(Packaged app, Map<String, String> environment, String... sentence)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(Map.of(
                "HTTP_PORT",
                Integer.toString(app.port),
                "HTTP_MANAGEMENT_PORT",
                Integer.toString(TestBridge.freePort())));
        all.putAll(environment);
        Said said = command(app, all, "run");
        assertThat(said.exit()).as(said.text()).isEqualTo(1);
        assertThat(said.text()).contains(sentence).contains("Hint:").doesNotContain("\tat ", "Exception in thread");
        assertThat(said.text().lines().count()).as(said.text()).isLessThanOrEqualTo(4);
    }

    private static JsonNode post(Packaged app, String key, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port + path))
                .header("Authorization", "Bearer " + key)
                .header("Idempotency-Key", "k")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void it_refuses_to_run_deaf_or_empty() throws Exception {
        Packaged app = unpacked();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refuses(app, Map.of("HTTP_PORT", Integer.toString(taken.getLocalPort())), "Port " + taken.getLocalPort());
        }
        refuses(app, Map.of("REDEMPTION_LEASE", "90 seconds"), "redemption.lease");
        refuses(app, Map.of("REDEMPTION_LEASE", "1s"), "redemption.lease");
        refuses(app, Map.of("STORE_URL", "jdbc:postgresql://127.0.0.1:" + TestBridge.freePort() + "/none"), "database");
        refuses(app, Map.of("STORE_URL", "jdbc:oracle:x"), "store.url");
        Path settings = app.home.resolve("config/application.properties");
        String all = Files.readString(settings);
        Files.writeString(settings, all.replaceAll("(?m)^aiq.base-url.*$", ""));
        refuses(app, Map.of(), "aiq.base-url");
        Files.writeString(settings, all);
        Files.createDirectories(app.home.resolve("config/pos"));
        Path till = app.home.resolve("config/pos/till.properties");
        Files.writeString(
                till,
                "make = view\naccount = a\nlocation = l\nzone = Mars/Olympus\njdbc.url = jdbc:sqlite:t.db\njdbc.username = r\n");
        refuses(app, Map.of(), "zone");
        Files.writeString(
                till,
                "make = view\naccount = a\nlocation = l\nzone = UTC\njdbc.url = jdbc:nonsense:x\njdbc.username = r\n");
        refuses(app, Map.of(), "jdbc.url of connection till");
        Files.writeString(till, "make = view\njdbc.password = secret-word\n");
        refuses(app, Map.of(), "password");
        Files.delete(till);
        Path route = app.home.resolve("routes/redemption/execute.camel.yaml");
        String text = Files.readString(route);
        Files.writeString(route, text.replace("uri: direct:redemption-execute-account", "uri: no-such-component:x"));
        refuses(app, Map.of(), "no-such-component");
        Files.writeString(route, text);
        Files.move(app.home.resolve("routes"), app.home.resolve("routes-away"));
        refuses(app, Map.of(), "routes");
    }

    @Test
    void the_pages_come_along() throws IOException {
        Packaged app = unpacked();
        assertThat(BookTest.pages()).hasSizeGreaterThan(15).allSatisfy(page -> assertThat(
                        app.home.resolve(page.toString()))
                .isRegularFile());
    }

    @Test
    void its_version_is_its_jars() throws Exception {
        Packaged app = unpacked();
        try (Stream<Path> jars = Files.list(app.home.resolve("lib"))) {
            String jar = jars.map(one -> one.getFileName().toString())
                    .filter(name -> name.matches("aiq-bridge-.*\\.jar"))
                    .findFirst()
                    .orElseThrow();
            assertThat(command(app, Map.of(), "--version").text().strip())
                    .isEqualTo("AIQ Bridge " + jar.replaceAll("^aiq-bridge-|\\.jar$", ""));
        }
    }

    @Test
    void a_command_says_what_it_does_and_what_was_wrong() throws Exception {
        Packaged app = unpacked();
        Said help = command(app, Map.of(), "ledger", "export", "--help");
        assertThat(help.exit()).as(help.text()).isZero();
        assertThat(help.text()).startsWith("Usage: aiq-bridge ledger export");
        assertThat(command(app, Map.of(), "no-such-command").exit()).isEqualTo(2);
        assertThat(command(
                                app,
                                Map.of("AIQ_API_KEY", "x"),
                                "accounts",
                                "add",
                                "A B",
                                "--brand",
                                "b",
                                "--uid",
                                "1",
                                "--zone",
                                "UTC")
                        .exit())
                .isEqualTo(1);
        assertThat(command(app, Map.of(), "keys", "add", "no-such-till"))
                .satisfies(s -> assertThat(s.exit()).isEqualTo(1))
                .satisfies(s -> assertThat(s.text()).contains("no-such-till"));
    }

    @Test
    void a_make_nobody_has_heard_of_is_a_folder_and_nothing_else() throws Exception {
        AiqSimulator simulator = AiqSimulator.start(0, 0, null);
        SimulatorControl aiq = new SimulatorControl(simulator.controlPort());
        aiq.seedDemo();
        String tillUrl = "jdbc:sqlite:" + folder.resolve("till.db") + "?busy_timeout=10000&journal_mode=WAL";
        JdbcTemplate till = new JdbcTemplate(new DriverManagerDataSource(tillUrl));
        till.execute("create table bon (nr integer primary key, gebucht integer, summe real)");
        Map<String, String> settings = Map.of("AIQ_BASE_URL", simulator.baseUrl(), "POS_POLL_EVERY", "300ms");
        try (Packaged app = new Packaged(folder.resolve("home"), settings)) {
            Path make = Files.createDirectory(app.home.resolve("routes/pos/kassenwart"));
            Files.writeString(
                    make.resolve("sales.sql"),
                    "-- The booked tickets.\nselect nr as TRANSACTION_ID, gebucht as Completed_At, summe as total from bon where gebucht >= :#since_epoch and (gebucht > :#since_epoch or cast(nr as text) > :#since_id) order by gebucht, cast(nr as text)\n");
            Files.createDirectories(app.home.resolve("config/pos"));
            Files.writeString(
                    app.home.resolve("config/pos/till.properties"),
                    "make = kassenwart\naccount = green-leaf\nlocation = main\nzone = Europe/Vienna\nmode = live\npin = not-required\njdbc.url = "
                            + tillUrl + "\njdbc.username = r\n");
            String key = app.prepare("till", "green-leaf", "1001", "demo-key");
            app.start();
            String session = post(app, key, "/api/v1/wallet", "{\"phone\": \"5555550100\"}")
                    .path("walletSession")
                    .asText();
            post(
                    app,
                    key,
                    "/api/v1/redemptions",
                    "{\"walletSession\": \"" + session
                            + "\", \"discountId\": \"five-off\", \"transactionId\": \"4711\"}");
            till.update("insert into bon values (4711, ?, 12.5)", System.currentTimeMillis() / 1_000);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> aiq.effects("REDEEMED").size() == 1);
            assertThat(aiq.effects("REDEEMED").get(0).path("transactionID").asText())
                    .isEqualTo("4711");
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            command(app, settings, "redemptions", "list").text().contains("EXECUTED"));
            theBooks(app, settings);
            theCustomer(app, settings);
        } finally {
            simulator.close();
        }
    }

    /** One redemption's, by the commands that run beside the bridge. */
    private void theBooks(Packaged app, Map<String, String> settings) throws Exception {
        String today = LocalDate.now(ZoneId.of("America/Denver")).toString(),
                yesterday =
                        LocalDate.now(ZoneId.of("America/Denver")).minusDays(1).toString();
        Path sheet = folder.resolve("books.csv");
        Said exported = command(
                app, settings, "ledger", "export", "--from", yesterday, "--to", today, "--out", sheet.toString());
        assertThat(exported.exit()).as(exported.text()).isZero();
        assertThat(Files.readAllLines(sheet))
                .hasSize(2)
                .last()
                .asString()
                .contains("4711", "100")
                .doesNotContain("5555550100");
        assertThat(command(
                        app,
                        settings,
                        "ledger",
                        "export",
                        "--from",
                        yesterday,
                        "--to",
                        today,
                        "--out",
                        sheet.toString()))
                .satisfies(s -> assertThat(s.exit()).isEqualTo(1))
                .satisfies(s -> assertThat(s.text()).contains("already exists"));
        assertThat(command(app, settings, "ledger", "verify"))
                .satisfies(s -> assertThat(s.exit()).as(s.text()).isZero());
        Said compared = command(app, settings, "reconcile", "--from", yesterday, "--to", today);
        assertThat(compared.exit()).as(compared.text()).isZero();
        assertThat(compared.text()).contains("ledger 100 points, AIQ 100", "Everything balances.");
        assertThat(command(app, settings, "reconcile", "--from", today, "--to", yesterday))
                .satisfies(s -> assertThat(s.exit()).isEqualTo(1))
                .satisfies(s -> assertThat(s.text()).contains("Hint:"));
        Said would = command(app, settings, "dry-run");
        assertThat(would.exit()).as(would.text()).isZero();
        assertThat(would.text()).contains("Nothing is open.");
    }

    private void theCustomer(Packaged app, Map<String, String> settings) throws Exception {
        Path phone = Files.writeString(folder.resolve("phone.txt"), "(555) 555-0100\n");
        Said known = command(app, settings, phone, "customers", "export", "--account", "green-leaf");
        assertThat(known.exit()).as(known.text()).isZero();
        assertThat(new ObjectMapper().readTree(known.text()).path("redemption")).hasSize(1);
        Said young = command(
                app, settings, phone, "customers", "erase", "--account", "green-leaf", "--note", "asked by letter");
        assertThat(young.exit()).isEqualTo(1);
        assertThat(young.text()).contains("may still be reversed").doesNotContain("555-0100");
    }

    @Test
    void the_demo_ends_by_itself_and_all_books_agree() throws Exception {
        Said said = command(unpacked(), Map.of(), "demo");
        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("All books agree.");
    }

    @Test
    void what_is_shipped_says_what_is_in_it_and_how_to_run_it() throws Exception {
        Packaged app = unpacked();
        JsonNode parts = new ObjectMapper()
                .readTree(app.home.resolve("sbom.json").toFile())
                .path("components");
        assertThat(parts.findValuesAsText("purl"))
                .anyMatch(part -> part.startsWith("pkg:maven/org.apache.camel/camel-main@"))
                .noneMatch(part -> part.contains("/assertj-core@"));
        try (Stream<Path> jars = Files.list(app.home.resolve("lib"))) {
            for (Path jar : jars.filter(jar -> !jar.getFileName().toString().matches("(aiq-bridge-|fail-point).*"))
                    .toList()) {
                assertThat(parts).as(jar.toString()).anyMatch(part -> jar.getFileName()
                        .toString()
                        .startsWith(part.path("name").asText() + "-"
                                + part.path("version").asText()));
            }
        }
        assertThat(app.home.resolve("service/aiq-bridge.service"))
                .content()
                .contains("ExecStart=/opt/aiq-bridge/bin/aiq-bridge run", "ProtectSystem=strict");
        assertThat(command(app, Map.of(), "routes", "cart").text()).contains("cart-sweep: ");
    }

    @Test
    void check_says_in_plain_words_what_is_missing() throws Exception {
        AiqSimulator simulator = AiqSimulator.start(0, 0, null);
        new SimulatorControl(simulator.controlPort()).seedDemo();
        String url = Databases.postgresql();
        JdbcTemplate owner = new JdbcTemplate(new DriverManagerDataSource(url));
        owner.execute("create table sale (id int primary key, completed_at timestamp, total numeric, phone text)");
        owner.execute(
                "insert into sale select i, now() - i * interval '1 hour', 10, '(555) 555-0100' from generate_series(1, 5) i");
        owner.execute(
                "create view aiq_sales as select cast(id as text) as transaction_id, completed_at, total, null as location, phone, null as email, null as customer_id, null as note, null as discount_ids, null as discount_total, null as employee from sale");
        owner.execute(
                "create view aiq_reversals as select cast(null as text) as transaction_id, cast(null as text) as original_transaction_id, cast(null as text) as kind, cast(null as timestamp) as reversed_at, cast(null as numeric) as amount, cast(null as text) as location where 1 = 0");
        Map<String, String> settings = Map.of("AIQ_BASE_URL", simulator.baseUrl());
        try (Packaged app = new Packaged(folder.resolve("home"), settings)) {
            Files.createDirectories(app.home.resolve("config/pos"));
            Path till = app.home.resolve("config/pos/till.properties");
            String lines = "make = view\naccount = green-leaf\nlocation = main\nzone = UTC\njdbc.url = "
                    + url.replaceFirst("[?].*$", "") + "\njdbc.username = postgres\n";
            Files.writeString(till, lines);
            app.prepare("till", "green-leaf", "1001", "demo-key");

            Said wide = command(app, settings, "check", "till");
            assertThat(wide.exit()).as(wide.text()).isZero();
            assertThat(wide.text())
                    .contains(
                            "OK    AIQ answers",
                            "OK    the login works",
                            "OK    every required alias is present",
                            "WARN  the poll reads the whole table",
                            "sale 1,",
                            "phone …0100",
                            "superuser",
                            "create view aiq_sales",
                            "create role postgres login")
                    .doesNotContain("555-0100", "5555550100", "demo-key");

            owner.execute("drop view aiq_sales");
            Said missing = command(app, settings, "check", "till");
            assertThat(missing.exit()).isEqualTo(1);
            assertThat(missing.text()).contains("FAIL", "aiq_sales");

            Files.writeString(till, lines.replaceAll("127.0.0.1:\\d+", "127.0.0.1:" + TestBridge.freePort()));
            Said away = command(app, settings, "check", "till");
            assertThat(away.exit()).isEqualTo(1);
            assertThat(away.text()).contains("FAIL  cannot connect to the till's database");
        } finally {
            simulator.close();
        }
    }
}
