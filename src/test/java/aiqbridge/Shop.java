package aiqbridge;

import aiqbridge.api.CallerKeys;
import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A small shop for tests: AIQ's simulator, a till database with the owner's view, a bridge between them, and a cashier who calls its API. */
public final class Shop implements AutoCloseable {
    public static final ZoneId ZONE = ZoneId.of("America/Denver");
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final List<String> settings;
    private final Runnable closeSimulator;
    private final String baseUrl;
    public final SimulatorControl aiq;
    public final TestBridge.TestClock clock = TestBridge.TestClock.atNow();
    public final JdbcTemplate till;
    public TestBridge bridge;
    public String key;
    public String otherKey;
    private String connection = "till";
    private Duration ahead = Duration.ZERO;

    public Shop(Path folder, String... settings) {
        this(folder, AiqSimulator.start(0, 0, folder.resolve("aiq.jsonl")), settings);
    }

    private Shop(Path folder, AiqSimulator simulator, String... settings) {
        this(folder, simulator.baseUrl(), simulator.controlPort(), simulator::close, settings);
        aiq.seedDemo();
    }

    /** The same with the simulator in a process of its own. */
    public static Shop withSimulatorApart(Path folder, String... settings) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-Xmx4g",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "aiqbridge.Application",
                            "simulator",
                            "--port",
                            "0",
                            "--control-port",
                            "0",
                            "--history",
                            folder.resolve("aiq.jsonl").toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String ready = process.inputReader().readLine();
            Matcher said = Pattern.compile("aiq.base-url = (\\S+), control http://127.0.0.1:(\\d+)")
                    .matcher(String.valueOf(ready));
            if (!said.find()) {
                throw new IllegalStateException("the simulator said: " + ready);
            }
            return new Shop(folder, said.group(1), Integer.parseInt(said.group(2)), process::destroy, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Shop(Path folder, String baseUrl, int controlPort, Runnable closeSimulator, String... settings) {
        this.folder = folder;
        this.closeSimulator = closeSimulator;
        this.baseUrl = baseUrl;
        aiq = new SimulatorControl(controlPort);
        passes(Duration.ZERO);
        for (String window : List.of("per-second", "per-minute", "per-hour")) {
            aiq.set(window, "0");
        }
        String tillUrl = "jdbc:sqlite:" + folder.resolve("till.db") + "?busy_timeout=10000&synchronous=OFF";
        till = new JdbcTemplate(new DriverManagerDataSource(tillUrl));
        tables(till);
        connection(folder, "till", "make = view\npin = required\njdbc.url = " + tillUrl + "\njdbc.username = reader\n");
        connection(
                folder,
                "other-till",
                "make = view\npin = not-required\njdbc.url = " + tillUrl + "\njdbc.username = reader\n");
        this.settings = new ArrayList<>(List.of(
                "aiq.base-url",
                baseUrl,
                "pos.connections",
                folder.resolve("pos").toString(),
                "storefront.connections",
                folder.resolve("storefront").toString()));
        this.settings.addAll(List.of(settings));
        open();
        bridge.account("green-leaf", "1001", "demo-key");
        confirmed("green-leaf", "1001");
        key = keys().add("till");
        otherKey = keys().add("other-till");
    }

    /** A till's own tables, and its owner's views. */
    public static void tables(JdbcTemplate till) {
        till.execute(
                "create table sale (id text primary key, at text, total real, phone text, note text, state text, discount_ids text)");
        till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, total, null as location, phone, null as email, null as customer_id, note, discount_ids, null as discount_total, 'kim' as employee from sale where state in ('done', 'returned')");
        till.execute("create table taking_back (id text, of text, kind text, at text, amount real)");
        till.execute(
                "create view aiq_reversals as select id as transaction_id, of as original_transaction_id, kind, at as reversed_at, amount, null as location from taking_back");
        till.execute("create table aiq_points (transaction_id text primary key, points numeric)");
    }

    /** Another till of the shop, or where the lines say so of another account; before the bridge starts. */
    public static void connection(Path folder, String name, String lines) {
        try {
            Files.createDirectories(folder.resolve("pos"));
            Files.writeString(
                    folder.resolve("pos/" + name + ".properties"),
                    (lines.contains("account = ") ? "" : "account = green-leaf\n") + "location = main\nzone = " + ZONE
                            + "\nwrite-back = on\n"
                            + (lines.contains("mode = ") ? "" : "mode = live\n") + lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A storefront of the shop; before the bridge starts. */
    public static void storefront(Path folder, String name, String lines) {
        try {
            Files.createDirectories(folder.resolve("storefront"));
            Files.writeString(
                    folder.resolve("storefront/" + name + ".properties"),
                    (lines.contains("account = ") ? "" : "account = green-leaf\n") + "location = main\nzone = " + ZONE
                            + "\n" + lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cashier works at another till from now on. */
    public void moveTo(String connection) {
        this.connection = connection;
        key = keys().add(connection);
    }

    private void open() {
        bridge = new TestBridge(folder, clock, settings.toArray(new String[0]));
    }

    /** The bridge stops and starts again on the same database. */
    public void restart() {
        restart(() -> {});
    }

    /** The same with other settings from then on. */
    public void restart(List<String> others) {
        restart(() -> settings.addAll(others));
    }

    /** The bridge stops, something happens to its database, and it starts again. */
    public void restart(Runnable meanwhile) {
        bridge.close();
        meanwhile.run();
        open();
    }

    /** AIQ's. */
    public String baseUrl() {
        return baseUrl;
    }

    /** What a storefront signs with, or shows: one more that is good. */
    public void secret(String storefront, String name, String secret) {
        bridge.bridge().storefrontSecrets().add(storefront, name, secret);
    }

    public CallerKeys keys() {
        return bridge.keys();
    }

    // the cashier

    public Answer post(String key, String path, Object body, String... headers) {
        return send(key, "POST", path, json(body), headers);
    }

    public Answer get(String key, String path) {
        return send(key, "GET", path, null);
    }

    public Answer send(String key, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bridge.port + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.headers().firstValue("Retry-After").orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public record Answer(int status, String body, String type, String retryAfter) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String text(String field) {
            return json().path(field).asText(null);
        }
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ada's wallet, opened with the code that AIQ sent her. */
    public Answer adasWallet() {
        post(key, "/api/v1/wallet/verify", Map.of("phone", "(555) 555-0100"));
        return post(
                key, "/api/v1/wallet/view", Map.of("phone", "555-555-0100", "code", String.valueOf(aiq.pin("c-ada"))));
    }

    /** The same a little later, when another code may go out. */
    public String adasWalletAgain() {
        passes(Duration.ofSeconds(61));
        return adasWallet().text("walletSession");
    }

    /** Ada chose a discount for a sale; the id of its redemption. */
    public String queued(String discount, String transaction) {
        return queued(adasWallet().text("walletSession"), discount, transaction).text("redemptionId");
    }

    public Answer queued(String session, String discount, String transaction) {
        return post(
                key,
                "/api/v1/redemptions",
                transaction == null
                        ? Map.of("walletSession", session, "discountId", discount)
                        : Map.of("walletSession", session, "discountId", discount, "transactionId", transaction),
                "Idempotency-Key",
                UUID.randomUUID().toString());
    }

    /** AIQ confirmed a redemption of the account a month ago, and its lists show it: their silence about others proves something. */
    public void confirmed(String account, String uid) {
        String contact = "c-before-" + account;
        aiq.contact(uid, contact, "3035550199", "0");
        confirmed(account, contact, "before-" + account);
    }

    /** The same of this contact's. */
    public void confirmed(String account, String contact, String subject) {
        long at = clock.millis() - Duration.ofDays(30).toMillis();
        aiq.movement(Map.of(
                "id",
                "r-" + subject,
                "contactID",
                contact,
                "discountID",
                "before",
                "transactionID",
                "t-" + subject,
                "points",
                "-10",
                "at",
                at));
        bridge.rows.update(
                "insert into attempt (subject_id, fence, kind, account_id, node, started_at, ended_at, outcome, http_status, contact_id, discount_id, transaction_id) values (?, 1, 'REDEEM', ?, 'before', ?, ?, 'EXECUTED', 200, ?, 'before', ?)",
                subject,
                account,
                at - 500,
                at + 500,
                contact,
                "t-" + subject);
    }

    /** AIQ's clock is so far ahead of ours from now on. */
    public void aiqIsAhead(Duration ahead) {
        this.ahead = ahead;
        passes(Duration.ZERO);
    }

    /** Time passes for the bridge and for AIQ alike. */
    public void passes(Duration time) {
        clock.advance(time);
        aiq.clockAt(clock.millis() + ahead.toMillis());
    }

    /** What was sent without a clear answer is settled, as far as AIQ's records allow it: asked soon, ever more rarely, and twice when its silence counts. */
    public void settles() {
        for (Duration later : List.of(
                Duration.ofSeconds(31),
                Duration.ofMinutes(2),
                Duration.ofMinutes(8),
                Duration.ofMinutes(10),
                Duration.ofSeconds(61),
                Duration.ofSeconds(61))) {
            passes(later);
            bridge.run("redemption-settle");
        }
    }

    /** Three wallets over ten minutes say the same. */
    public void refused() {
        for (int i = 0; i < 3; i++) {
            pollAndExecute();
            passes(Duration.ofSeconds(301));
        }
    }

    // the till

    public void rings(String id, String phone, double total) {
        till.update(
                "insert into sale (id, at, total, phone, state) values (?, ?, ?, ?, 'done')",
                id,
                wallClock(),
                total,
                phone);
    }

    public String wallClock() {
        return wallClock(Duration.ZERO);
    }

    /** The till's time so much later; earlier when negative. */
    public String wallClock(Duration later) {
        return LocalDateTime.ofInstant(clock.instant().plus(later), ZONE)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }

    public void poll() {
        bridge.run("pos-poll-" + connection);
    }

    public void pollAndExecute() {
        poll();
        bridge.run("redemption-execute");
    }

    public String status(String redemption) {
        return bridge.rows.queryForObject(
                "select status from redemption where redemption_id = ?", String.class, redemption);
    }

    @Override
    public void close() {
        bridge.close();
        closeSimulator.run();
        int store = settings.lastIndexOf("store.url");
        if (store >= 0) {
            Databases.drop(settings.get(store + 1));
        }
    }
}
