package aiqbridge.demo;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.account.Account;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The main job in small: a till, AIQ's simulator and the bridge between them tell the story of one reward, through the same doors as in a shop.
 * The end compares the bridge's rows, the till's table and what the simulator received.
 */
public final class Demo implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
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
    private int line;

    public Demo(Path home, Settings shipped) throws IOException {
        folder = Files.createTempDirectory("aiq-bridge-demo");
        simulator = AiqSimulator.start(0, 0, null);
        aiq = new SimulatorControl(simulator.controlPort());
        aiq.seedDemo();
        String tillUrl = "jdbc:sqlite:" + folder.resolve("till.db") + "?busy_timeout=10000";
        till = new JdbcTemplate(new DriverManagerDataSource(tillUrl));
        till.execute("create table sale (id text primary key, at text, total real, phone text, state text)");
        till.execute("create view aiq_sales as select id as transaction_id, at as completed_at, total, null as location, phone, null as email, null as customer_id, null as note, null as discount_ids, null as discount_total, null as employee from sale where state = 'completed'");
        till.execute("create view aiq_reversals as select id as transaction_id, id as original_transaction_id, 'void' as kind, at as reversed_at, total as amount, null as location from sale where state = 'voided'");
        till.execute("create table aiq_points (transaction_id text primary key, points numeric)");
        Files.createDirectories(folder.resolve("pos"));
        Files.writeString(folder.resolve("pos/main-street.properties"), "make = view\naccount = green-leaf\nlocation = main-street\nzone = " + ZONE
            + "\nmode = live\nwrite-back = on\njdbc.url = " + tillUrl + "\njdbc.username = reader\n");
        Properties settings = shipped.asProperties();
        settings.putAll(Map.of("store.url", "jdbc:sqlite:" + folder.resolve("bridge.db"), "secrets.key-file", folder.resolve("secrets.key").toString(),
            "http.port", Integer.toString(port), "http.management-port", Integer.toString(freePort()), "aiq.base-url", simulator.baseUrl(),
            "pos.connections", folder.resolve("pos").toString(), "pos.poll-every", "500ms", "pos.write-back-every", "500ms", "redemption.execute-every", "200ms",
            "reversal.execute-every", "500ms"));
        bridge = Bridge.start(home, Settings.of(settings), Clock.systemUTC(), false);
        bridge.accounts().save(new Account("green-leaf", "Green Leaf", "1001", "demo-key", "US", ZONE));
        key = bridge.callerKeys().add("main-street");
        rows = new JdbcTemplate(bridge.store().source());
    }

    /** Whether everybody's books agree in the end. */
    public boolean run() throws IOException, InterruptedException {
        say("Ada gives her phone at the till; AIQ sends her a code (" + post("/api/v1/wallet/verify", Map.of("phone", "555-555-0100")).status() + ").");
        JsonNode wallet = post("/api/v1/wallet/view", Map.of("phone", "555-555-0100", "code", aiq.pin("c-ada"))).json();
        say("With the code her wallet opens: " + wallet.path("points") + " points, " + wallet.path("discounts").size() + " rewards.");
        JsonNode first = queue(wallet, "five-off", "sale-1001");
        say("She chooses $5 off (100 points) for sale-1001; the bridge has it as " + first.path("status").asText() + ", AIQ has heard nothing (" + aiq.requests("redeem").size() + " calls).");
        JsonNode second = queue(wallet, "welcome", "sale-1002");
        say("She chooses her welcome gift for another sale, sale-1002, which will never be rung up.");
        sale("sale-1001", 42.50);
        say("sale-1001 is completed in the till's database.");
        await(() -> status(first).equals("EXECUTED"));
        say("The bridge saw it and redeemed once: AIQ received PUT …/sale-1001; Ada has " + aiq.points("c-ada").toPlainString() + " points.");
        await(() -> pointsOnTill("sale-1001").compareTo(new BigDecimal(100)) == 0);
        say("The 100 points stand on sale-1001 in the till, for the auditor.");
        till.update("update sale set state = 'voided' where id = 'sale-1001'");
        say("The cashier voids sale-1001.");
        await(() -> aiq.effects("REVERSED").size() == 1 && pointsOnTill("sale-1001").signum() == 0);
        say("The bridge gave the points back, once: Ada has " + aiq.points("c-ada").toPlainString() + " points again, the till shows 0.");
        post("/api/v1/redemptions/" + second.path("redemptionId").asText() + "/release", Map.of());
        say("The cashier releases the welcome gift: " + status(second) + ", and AIQ never heard of it.");
        return agree();
    }

    private boolean agree() {
        BigDecimal ledger = sum("select sum(points) from ledger");
        BigDecimal atAiq = aiq.effects("REDEEMED").stream().map(e -> e.path("points").decimalValue()).reduce(BigDecimal.ZERO, BigDecimal::add)
            .subtract(aiq.effects("REVERSED").stream().map(e -> e.path("points").decimalValue()).reduce(BigDecimal.ZERO, BigDecimal::add));
        int executed = rows.queryForObject("select count(*) from redemption where status = 'EXECUTED'", Integer.class);
        int puts = aiq.requests("redeem").size();
        BigDecimal onTill = pointsOnTill("sale-1001");
        boolean agree = ledger.compareTo(atAiq) == 0 && ledger.compareTo(onTill) == 0 && executed == puts && executed == 1;
        System.out.printf("%nLedger: %s points. AIQ: %s points. Till: %s points. Executed: %d, PUTs at AIQ: %d. %s%n", ledger.toPlainString(), atAiq.toPlainString(), onTill.toPlainString(), executed, puts,
            agree ? "All books agree." : "THE BOOKS DO NOT AGREE.");
        return agree;
    }

    /** A command with which a reader can look around. */
    public String invitation() {
        return "curl -s -X POST http://127.0.0.1:" + port + "/api/v1/wallet/verify -H 'Authorization: Bearer " + key + "' -d '{\"phone\":\"5555550101\"}'   (codes: curl -s http://127.0.0.1:" + simulator.controlPort() + "/pins)";
    }

    private void say(String text) {
        System.out.printf("%2d  %s%n", ++line, text);
    }

    private void sale(String id, double total) {
        till.update("insert into sale values (?, ?, ?, '555-555-0100', 'completed')", id, LocalDateTime.now(ZONE).format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")), total);
    }

    private JsonNode queue(JsonNode wallet, String discount, String transaction) throws IOException, InterruptedException {
        return post("/api/v1/redemptions", Map.of("walletSession", wallet.path("walletSession").asText(), "discountId", discount, "transactionId", transaction)).json();
    }

    private String status(JsonNode redemption) {
        return rows.queryForObject("select status from redemption where redemption_id = ?", String.class, redemption.path("redemptionId").asText());
    }

    private BigDecimal pointsOnTill(String transaction) {
        return till.queryForList("select points from aiq_points where transaction_id = ?", BigDecimal.class, transaction).stream().findFirst().orElse(new BigDecimal(-1));
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
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json").header("Idempotency-Key", "demo-" + line).POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))).build(),
            HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException("the bridge answered " + answer.statusCode());
        }
        return new Answer(answer.statusCode(), answer.body());
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        for (long end = System.nanoTime() + 30_000_000_000L; !done.getAsBoolean();) {
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

    @Override public void close() throws IOException {
        bridge.close();
        simulator.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        }
    }
}
