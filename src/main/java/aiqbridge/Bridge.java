package aiqbridge;

import aiqbridge.account.Secrets;
import aiqbridge.account.StoredAccounts;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.aiq.CartTemplate;
import aiqbridge.api.CallerKeys;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Confirmations;
import aiqbridge.connection.Connections;
import aiqbridge.http.AnswerHeaders;
import aiqbridge.http.Doors;
import aiqbridge.http.NoDoor;
import aiqbridge.network.Network;
import aiqbridge.page.PageUsers;
import aiqbridge.pos.PosRoutes;
import aiqbridge.privacy.MaskedLine;
import aiqbridge.route.Finding;
import aiqbridge.route.LiveRoutes;
import aiqbridge.route.RouteCheck;
import aiqbridge.route.ShownExchange;
import aiqbridge.stop.Stops;
import aiqbridge.store.Installation;
import aiqbridge.store.Store;
import aiqbridge.storefront.api.StorefrontRoutes;
import aiqbridge.storefront.kind.StorefrontKinds;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.MaskingFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole bridge: its database, its beans, its routes. Starting it checks its doors; it does not start deaf or empty. */
public final class Bridge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private final Store store;
    private final Beans beans;
    private final Doors doors;
    private final Main camel;
    private final StoredAccounts accounts;
    private final Connections connections;
    private final RouteCheck routeCheck;

    private Bridge(
            Store store,
            Beans beans,
            Doors doors,
            Main camel,
            StoredAccounts accounts,
            Connections connections,
            RouteCheck routeCheck) {
        this.routeCheck = routeCheck;
        this.doors = doors;
        this.connections = connections;
        this.store = store;
        this.beans = beans;
        this.camel = camel;
        this.accounts = accounts;
    }

    /**
     * @param home         the folder that holds routes/ and config/
     * @param afterRestore the database was restored or copied, even if it does not look so
     * @throws StartRefused with one sentence and a hint
     */
    public static Bridge start(Path home, Settings settings, Clock clock, boolean afterRestore) {
        free(settings, "http.");
        free(settings, "http.management-");
        if (settings.number("http.port") == settings.number("http.management-port")) {
            throw new StartRefused(
                    "The settings http.port and http.management-port are the same port.",
                    "For example: http.management-port = " + (settings.number("http.port") + 1));
        }
        Store store = Store.open(settings, home, true);
        try {
            Secrets.at(home.resolve(settings.text("secrets.key-file")));
            new Confirmations(store.source(), clock)
                    .record(Connections.read(home, settings, System.getenv()).storefronts());
            Installation installation = installation(home, settings, clock, store);
            if (installation.restored() || afterRestore) {
                LOG.warn(
                        "The database was restored or copied: {} open redemption(s) will be compared with AIQ before anything is sent",
                        installation.markOpenUnknown());
            }
            beat(installation);
            return open(home, settings, clock, store, installation, true, Map.of());
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * All routes for a command, without a door or a clock: beside a running bridge, or on a copy of its database. Closing it closes the store too.
     *
     * @param instead beans that take the place of those of the same name
     */
    public static Bridge headless(Path home, Settings settings, Clock clock, Store store, Map<String, Object> instead) {
        return open(home, settings, clock, store, installation(home, settings, clock, store), false, instead);
    }

    private static Bridge open(
            Path home,
            Settings settings,
            Clock clock,
            Store store,
            Installation installation,
            boolean withDoors,
            Map<String, Object> instead) {
        Secrets secrets = Secrets.at(home.resolve(settings.text("secrets.key-file")));
        Shared shared = shared(home, settings, clock, store, secrets);
        BeanList list = new BeanList();
        Doors doors = null;
        try {
            Beans beans = beans(list, shared, installation, secrets);
            Properties properties = camelProperties(settings, store, home, withDoors);
            RouteCheck check = routeCheck(shared, beans, properties);
            Map<String, String> brokenMakes = check.refuse();
            brokenMakes.values().forEach(LOG::warn);
            Main camel = new Main();
            camel.setDefaultPropertyPlaceholderLocation("false");
            // whoever starts a bridge closes it: Camel's own hook would keep each one until the process ends
            camel.setShutdownStrategy(new SimpleMainShutdownStrategy());
            camel.setInitialProperties(properties);
            Map<String, Object> named = new HashMap<>(list.byName());
            doors = withDoors ? beans.doors(settings) : null;
            named.put(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, withDoors ? doors : new NoDoor());
            named.put("logFormatter", new ShownExchange());
            named.put(MaskingFormatter.CUSTOM_LOG_MASK_REF, new MaskedLine());
            named.putAll(instead);
            named.forEach(camel::bind);
            camel.addMainListener(new BeforeRoutes(doors));
            connectionRoutes(shared, beans, brokenMakes).forEach(camel.configure()::addRoutesBuilder);
            start(camel, check);
            HealthCheckRegistry.get(camel.getCamelContext())
                    .register(beans.health().checks());
            if (withDoors) {
                open(doors, camel);
            }
            return new Bridge(store, beans, doors, camel, shared.accounts(), shared.connections(), check);
        } catch (RuntimeException e) {
            if (doors != null) {
                doors.close();
            }
            list.close();
            throw e;
        }
    }

    /** What is wrong with the files in routes/; nothing is started. */
    public static List<Finding> routeFindings(Path home, Settings settings, Clock clock, Store store) {
        Secrets secrets = Secrets.at(home.resolve(settings.text("secrets.key-file")));
        Shared shared = shared(home, settings, clock, store, secrets);
        try (BeanList list = new BeanList()) {
            Beans beans = beans(list, shared, installation(home, settings, clock, store), secrets);
            return routeCheck(shared, beans, camelProperties(settings, store, home, false))
                    .everything();
        }
    }

    private static Installation installation(Path home, Settings settings, Clock clock, Store store) {
        return new Installation(store, home, Installation.file(home, settings, System.getenv()), clock);
    }

    private static Shared shared(Path home, Settings settings, Clock clock, Store store, Secrets secrets) {
        return new Shared(
                home,
                settings,
                clock,
                store,
                new StoredAccounts(store.source(), secrets, clock),
                Connections.read(home, settings, System.getenv()),
                Network.of(home, settings, clock),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    private static Beans beans(BeanList list, Shared shared, Installation installation, Secrets secrets) {
        return Beans.make(
                list,
                shared,
                installation,
                secrets,
                StorefrontKinds.read(shared.home(), shared.connections().storefronts()),
                CartTemplate.orBroken(shared.home(), shared.settings()));
    }

    private static RouteCheck routeCheck(Shared shared, Beans beans, Properties properties) {
        return new RouteCheck(
                shared.home(),
                beans.list().byName(),
                properties,
                brokenMakes -> connectionRoutes(shared, beans, brokenMakes));
    }

    private static List<RouteBuilder> connectionRoutes(Shared shared, Beans beans, Map<String, String> brokenMakes) {
        return List.of(
                new PosRoutes(shared.home(), shared.connections().pos(), brokenMakes),
                new StorefrontRoutes(
                        shared.connections().storefronts(), beans.storefront().api()));
    }

    private static void beat(Installation installation) {
        try {
            installation.beat();
        } catch (UncheckedIOException e) {
            throw new StartRefused(
                    "The file " + installation.file() + " cannot be written.",
                    "It tells a restored database from the present one; may the bridge write there, and is it no folder?");
        }
    }

    /** Last of all: nobody asks while there is no route to answer. */
    private static void open(Doors doors, Main camel) {
        try {
            doors.open();
        } catch (RuntimeException e) {
            camel.stop();
            throw e;
        }
    }

    private static void start(Main camel, RouteCheck check) {
        try {
            camel.start();
        } catch (Exception e) {
            camel.stop();
            check.refuseBuilt();
            throw new StartRefused(
                    "The routes cannot be started: " + reason(e),
                    "The sentence above names the file or the setting; aiq-bridge check looks at everything.");
        }
        if (camel.getCamelContext().getRoutesSize() == 0) {
            camel.stop();
            throw new StartRefused(
                    "There are no routes in the folder routes/.",
                    "Start from the folder that holds routes/ and config/, or unpack the distribution again.");
        }
    }

    private static Properties camelProperties(Settings settings, Store store, Path home, boolean doors) {
        Properties camel = settings.asProperties();
        for (String key : settings.asProperties().stringPropertyNames()) {
            if (settings.isDuration(key)) {
                camel.setProperty(
                        key + "-ms", Long.toString(settings.duration(key).toMillis()));
                camel.setProperty(
                        key + "-s", Long.toString(settings.duration(key).toSeconds()));
            }
        }
        Settings.SECRETS.forEach(camel::remove);
        camel.setProperty("store.dialect", store.dialect());
        // a statement that names no other runs on the own database
        camel.setProperty("camel.component.sql.dataSource", "#bean:store");
        camel.setProperty("camel.main.name", settings.text("node.name"));
        camel.setProperty("camel.main.routesIncludePattern", "file:" + home.resolve("routes") + "/**/*.yaml");
        camel.setProperty("camel.main.autoConfigurationFailFast", "true");
        camel.setProperty("camel.main.shutdownTimeout", "20");
        camel.setProperty("camel.main.startupSummaryLevel", "Off");
        camel.setProperty("camel.main.logMask", "true");
        camel.setProperty("clock.auto-startup", Boolean.toString(doors && settings.flag("clock.auto-startup")));
        camel.setProperty("camel.server.enabled", "false");
        camel.setProperty(
                "camel.component.platform-http.headerFilterStrategy", "#class:" + AnswerHeaders.class.getName());
        camel.setProperty("camel.management.enabled", Boolean.toString(doors));
        camel.setProperty("camel.management.host", settings.text("http.management-host"));
        camel.setProperty("camel.management.port", settings.text("http.management-port"));
        camel.setProperty("camel.management.healthCheckEnabled", "true");
        camel.setProperty("camel.management.metricsEnabled", "true");
        camel.setProperty("camel.health.enabled", "true");
        camel.setProperty("camel.metrics.enabled", "true");
        camel.setProperty("camel.metrics.enableExchangeEventNotifier", "false");
        camel.setProperty("camel.metrics.routePolicyLevel", "route");
        camel.setProperty("camel.opentelemetry2.enabled", Boolean.toString(settings.has("traces.endpoint")));
        camel.setProperty("camel.health.exposureLevel", "full");
        camel.setProperty("camel.health.routesEnabled", "false");
        camel.setProperty("camel.health.consumersEnabled", "false");
        camel.setProperty("camel.health.producersEnabled", "false");
        return camel;
    }

    /** What must be known before Camel reads a route. */
    private static final class BeforeRoutes extends MainListenerSupport {
        private final Doors doors;

        BeforeRoutes(Doors doors) {
            this.doors = doors;
        }

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            // a setting's environment twin has been read, once and for all; whoever starts a bridge with other
            // settings, as the demo does, means those
            ((PropertiesComponent) main.getCamelContext().getPropertiesComponent())
                    .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            if (doors != null) {
                try {
                    doors.belongTo(main.getCamelContext());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static void free(Settings settings, String door) {
        String host = settings.text(door + "host");
        int port = settings.number(door + "port");
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
                throw new UnknownHostException(host);
            }
            try (ServerSocket probe = new ServerSocket(port, 1, address)) {
                probe.getLocalPort();
            }
        } catch (UnknownHostException | SocketException e) {
            if (e instanceof BindException) {
                throw new StartRefused(
                        "Port " + port + " on " + host + " is already in use.",
                        "Another process listens there, perhaps another bridge; choose a free one: " + door + "port = "
                                + (port + 10));
            }
            throw new StartRefused(
                    "The setting " + door + "host = " + host + " is no address of this machine.",
                    "For example: " + door + "host = 127.0.0.1");
        } catch (IOException e) {
            throw new StartRefused(
                    "Port " + port + " on " + host + " cannot be opened.", "Choose another: " + door + "port = 8080");
        }
    }

    /** Camel wraps what went wrong several times; the first message that names a file is the useful one, else the innermost. */
    private static String reason(Throwable e) {
        String innermost = e.getClass().getSimpleName();
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                innermost = t.getMessage()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .orElseThrow()
                        .trim();
                if (innermost.contains(".yaml")) {
                    return innermost;
                }
            }
        }
        return innermost;
    }

    /** What the route {@code direct:name} makes of it. */
    public <T> T ask(String route, Object body) {
        try (ProducerTemplate producer = camel().createProducerTemplate()) {
            @SuppressWarnings("unchecked")
            T answer = (T) producer.requestBody("direct:" + route, body);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public CamelContext camel() {
        return camel.getCamelContext();
    }

    public RouteCheck routeCheck() {
        return routeCheck;
    }

    /** The routes are watched from now on, and what is saved is reloaded. */
    public LiveRoutes live(Path home, Settings settings, Clock clock, Consumer<String> says) {
        return new LiveRoutes(home, camel(), routeCheck, new AuditLog(store.source(), clock), says);
    }

    public Store store() {
        return store;
    }

    public CallerKeys callerKeys() {
        return beans.callerKeys();
    }

    public StorefrontSecrets storefrontSecrets() {
        return beans.storefrontSecrets();
    }

    public Stops stops() {
        return beans.stops();
    }

    public PageUsers pageUsers() {
        return beans.page().users();
    }

    public Connections connections() {
        return connections;
    }

    public StoredAccounts accounts() {
        return accounts;
    }

    @Override
    public void close() {
        if (doors != null) {
            doors.closing();
        }
        camel.stop();
        if (doors != null) {
            doors.close();
        }
        beans.close();
        store.close();
    }
}
