package aiqbridge;

import aiqbridge.account.Account;
import aiqbridge.api.CallerKeys;
import aiqbridge.privacy.ApiKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.model.ModelCamelContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole bridge in this process: the real routes on a real database, its clocks stopped, so that a test says when each route runs. */
public final class TestBridge implements AutoCloseable {
    public static final Path HOME = Path.of("").toAbsolutePath();
    /** Other than {@link #HOME}, a folder that holds routes/ and config/; no setting of the bridge. */
    public static final String HOME_SETTING = "test.home";

    /** What only a person or a daily clock asks for. Every route costs each start, so a test that needs these asks for {@link #everyRoute}. */
    static final Map<String, String> FEWER_ROUTES = Map.of("camel.main.routesExcludePattern", "**/routes/page/**");

    private static final String ON_DEMAND = "camel.beans.routesOnDemand";
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(new Random().nextInt(20_000));
    private final Bridge bridge;
    private final ProducerTemplate producer;
    /** Those in force. */
    public final Settings settings;

    public final JdbcTemplate rows;
    public final TestClock clock;
    public final int port;
    public final int managementPort = freePort();

    /** @param overrides in the order key, value, key, value … */
    public TestBridge(Path folder, TestClock clock, String... overrides) {
        this.clock = clock;
        this.port = freePort();
        Properties values = new Properties();
        values.putAll(Settings.load(HOME.resolve("config/application.properties")));
        Map<String, String> over = new HashMap<>(Map.of(
                "http.port",
                Integer.toString(port),
                "http.management-port",
                Integer.toString(managementPort),
                "clock.auto-startup",
                "false",
                "store.url",
                "jdbc:sqlite:" + folder.resolve("bridge.db"),
                "secrets.key-file",
                folder.resolve("secrets.key").toString(),
                "stop.file",
                folder.resolve("STOP").toString(),
                "aiq.calls-per-second",
                "0",
                "aiq.calls-per-minute",
                "0",
                "aiq.calls-per-hour",
                "0",
                "aiq.pause",
                "1s"));
        // several bridges in one process
        over.put("camel.component.quartz.properties[org.quartz.scheduler.instanceName]", "bridge-" + port);
        if (Databases.TEST_RUN) {
            over.putAll(FEWER_ROUTES);
            over.put(ON_DEMAND, "#class:" + RoutesOnDemand.class.getName());
        }
        for (int i = 0; i < overrides.length; i += 2) {
            over.put(overrides[i], overrides[i + 1]);
        }
        Path home = Path.of(over.getOrDefault(HOME_SETTING, HOME.toString()));
        over.remove(HOME_SETTING);
        if (over.get("clock.auto-startup").equals("false")) {
            // Quartz has nothing to do; its idle threads would take half a second to end
            over.put("camel.component.quartz.autoStartScheduler", "false");
            over.put(
                    "camel.component.quartz.properties[org.quartz.threadPool.class]",
                    "org.quartz.simpl.ZeroSizeThreadPool");
        } else {
            over.put("camel.component.quartz.properties[org.quartz.threadPool.threadCount]", "10");
        }
        if (over.get("store.url").equals("jdbc:sqlite:" + folder.resolve("bridge.db"))) {
            Databases.sqliteStore(folder.resolve("bridge.db"));
        }
        values.putAll(over);
        settings = Settings.of(values);
        bridge = Bridge.start(home, settings, clock, false);
        producer = bridge.camel().createProducerTemplate();
        rows = new JdbcTemplate(bridge.store().source());
        if (Databases.TEST_RUN && bridge.store().dialect().equals("sqlite")) {
            // as for PostgreSQL: in a test run the bridge is killed, never the machine
            rows.execute("pragma synchronous = off");
        }
    }

    /** A copy of routes/ and config/, to be changed. */
    public static Path copyOfHome(Path folder) throws IOException {
        for (String part : List.of("routes", "config")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = folder.resolve(HOME.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        return folder;
    }

    /** These settings and the pages, the ledger's closing, the reconciliation and the retention. */
    public static String[] everyRoute(String... settings) {
        return Stream.concat(FEWER_ROUTES.keySet().stream().flatMap(key -> Stream.of(key, "none")), Stream.of(settings))
                .toArray(String[]::new);
    }

    /** The same, and each route is there from the start, as in production; else one is made when it is first called. */
    public static String[] everyRouteAtOnce(String... settings) {
        return Stream.concat(Stream.of(ON_DEMAND, "none"), Stream.of(everyRoute(settings)))
                .toArray(String[]::new);
    }

    /** Below those that the system gives to outgoing connections and to servers that take any; a test that has one may use it a while later. */
    public static int freePort() {
        while (true) {
            int port = 10_000 + NEXT_PORT.getAndIncrement() % 20_000;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }

    public void account(String accountId, String uid, String key) {
        bridge.accounts()
                .save(new Account(accountId, "Green Leaf", uid, new ApiKey(key), "US", ZoneId.of("America/Denver")));
    }

    /** Runs one route now, as its clock would. */
    public Object run(String route) {
        return producer.requestBody("direct:" + route, (Object) null);
    }

    public Object run(String route, Object body, Map<String, Object> headers) {
        return producer.requestBodyAndHeaders("direct:" + route, body, headers);
    }

    /** The context in which these routes are there, called or not. */
    public ModelCamelContext with(String... routes) {
        ModelCamelContext camel = (ModelCamelContext) bridge.camel();
        RoutesOnDemand onDemand = camel.getRegistry().lookupByNameAndType("routesOnDemand", RoutesOnDemand.class);
        Stream.of(routes).forEach(onDemand::make);
        return camel;
    }

    public List<String> statuses() {
        return rows.queryForList("select status from redemption order by redemption_id", String.class);
    }

    public CallerKeys keys() {
        return bridge.callerKeys();
    }

    public Bridge bridge() {
        return bridge;
    }

    @Override
    public void close() {
        bridge.close();
    }

    /** A clock that stands still until a test moves it. */
    public static final class TestClock extends Clock {
        private volatile Instant now;

        public TestClock(String instant) {
            now = Instant.parse(instant);
        }

        public static TestClock atNow() {
            return new TestClock(Instant.now().toString());
        }

        public void advance(java.time.Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
