package aiqbridge.check;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.Account;
import aiqbridge.account.Secrets;
import aiqbridge.account.StoredAccounts;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.firstcontact.FirstContacts;
import aiqbridge.http.OneHost;
import aiqbridge.network.CaFile;
import aiqbridge.network.Network;
import aiqbridge.network.ProxyFault;
import aiqbridge.route.Finding;
import aiqbridge.store.Store;
import aiqbridge.storefront.kind.StorefrontKinds;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;
import org.springframework.dao.DataAccessException;

/** Looks at everything the bridge depends on and says in plain words what is missing; what cannot be looked at does not keep it from the rest. */
public final class Check {
    private static final Duration SKEW = Duration.ofMinutes(1);
    private final Path home;
    private final Settings settings;
    private final Findings findings;
    private Network network;
    private TlsCheck tls;
    private boolean everyFile = true;

    /** @param json one object a line, for scripts */
    public Check(Path home, Settings settings, PrintStream out, boolean json) {
        this.home = home;
        this.settings = settings;
        this.findings = new Findings(out, json);
    }

    /**
     * @param only one connection, or null for all
     * @return whether nothing failed
     */
    public boolean run(String only) {
        try {
            all(only);
        } catch (StartRefused e) {
            findings.fail(e.sentence(), e.hint());
        }
        return !findings.failed();
    }

    /**
     * What the till's owner has to run, and nothing else; nothing is looked at for it.
     *
     * @throws StartRefused when there is no such till, or its make has nothing for its owner
     */
    public static String owners(Path home, Settings settings, String till) {
        PosConnection connection = Connections.read(home, settings, System.getenv(), refused -> {})
                .pos()
                .find(till)
                .orElseThrow(() -> new StartRefused(
                        "There is no till " + till + ".", "Write config/pos/" + till + ".properties first."));
        String statements = PosCheck.owners(home, connection);
        if (statements.isEmpty()) {
            throw new StartRefused(
                    "The make " + connection.make() + " has no statements for the owner on " + connection.engine()
                            + ".",
                    "See routes/pos/" + connection.make() + "/README.md.");
        }
        return statements;
    }

    /** What takes back, in a till's database, what {@link #owners} gave; empty where there is nothing. */
    public static String ownersLeave(Path home, PosConnection till) {
        return Leave.statements(PosCheck.owners(home, till), till.engine(), till.writeBack());
    }

    private void all(String only) {
        findings.heading("Settings (config/application.properties and the environment)");
        new ConfigCheck(home, settings, findings).run();
        network = network();
        tls = network == null
                ? null
                : new TlsCheck(
                        network.trusted(),
                        network::connected,
                        settings.duration("aiq.connect-timeout"),
                        Clock.systemUTC(),
                        findings);
        Connections connections = connections();
        if (only != null && connections != null && connections.find(only).isEmpty()) {
            throw new StartRefused(
                    "There is no connection " + only + ".",
                    "Write config/pos/" + only + ".properties or config/storefront/" + only + ".properties first.");
        }
        if (only == null) {
            kinds();
        }
        OwnCheck own = new OwnCheck(home, settings, findings);
        findings.heading("This machine");
        own.ports();
        own.disk();
        own.keyFile();
        new SecretFilesCheck(System.getenv(), findings)
                .run(connections == null ? List.of() : connections.pos().all());
        findings.heading("The bridge's own database");
        Store opened = opened();
        if (opened == null) {
            if (connections != null) {
                tills(connections, only, null, null);
            }
            return;
        }
        try (Store store = opened) {
            own.database(store);
            own.stops(store, connections);
            if (everyFile && store.probe().fault() == null) {
                routes(store);
            }
            Secrets secrets = Secrets.at(home.resolve(settings.text("secrets.key-file")));
            List<Account> accounts = accounts(
                    new StoredAccounts(store.source(), secrets, Clock.systemUTC()),
                    new FirstContacts(store.source(), Clock.systemUTC()));
            if (connections != null) {
                tills(connections, only, accounts, store);
                shops(connections, only, accounts, new StorefrontSecrets(store.source(), secrets, Clock.systemUTC()));
            }
        }
    }

    /** Every kind of shop, whether or not a connection is of it yet. */
    private void kinds() {
        findings.heading("Kinds of shop (routes/storefront/)");
        boolean good = true;
        for (Path folder : StorefrontKinds.folders(home)) {
            try {
                ShopCheck.kind(home, folder.getFileName().toString());
            } catch (StartRefused e) {
                good = false;
                findings.fail(e.sentence(), e.hint());
            }
        }
        if (good) {
            findings.ok("each says how it is verified, asked and understood");
        }
    }

    /** Null when it cannot be. */
    private Store opened() {
        try {
            return Store.open(settings, home, false);
        } catch (StartRefused e) {
            findings.fail(e.sentence(), e.hint());
            return null;
        }
    }

    /** Only of a database that can be written to: what is made of it here keeps its rows in order. */
    private void routes(Store store) {
        findings.heading("Routes (routes/)");
        try {
            List<Finding> found = Bridge.routeFindings(home, settings, Clock.systemUTC(), store);
            found.forEach(one -> findings.fail(one.text(), one.hint()));
            if (found.isEmpty()) {
                findings.ok("everything that they name is there");
            }
        } catch (StartRefused e) {
            findings.fail(e.sentence(), e.hint());
        }
    }

    /** How the calls to AIQ and to the shops leave, and whom they trust; null where that is not known, and nobody is called. */
    private Network network() {
        Network network;
        try {
            network = Network.of(home, settings, Clock.systemUTC());
        } catch (StartRefused e) {
            findings.fail(e.sentence(), e.hint());
            return null;
        }
        if (settings.has("network.proxy")) {
            findings.ok("AIQ and shops are called through the proxy "
                    + URI.create(settings.text("network.proxy")).getAuthority()
                    + (settings.has("network.no-proxy") ? ", but " + settings.text("network.no-proxy") : ""));
        }
        if (!network.authorities().isEmpty()) {
            long days = Duration.between(Instant.now(), CaFile.end(network.authorities()))
                    .toDays();
            String ours = network.authorities().size()
                    + " certificate(s) of network.ca-file are trusted besides Java's; the first expires in " + days
                    + " day(s)";
            if (days < TlsCheck.SOON.toDays()) {
                findings.warn(ours, "Put its successor into the file too; an expired one refuses the start.");
            } else {
                findings.ok(ours);
            }
        }
        return network;
    }

    private Connections connections() {
        try {
            return Connections.read(home, settings, System.getenv(), this::unusable);
        } catch (StartRefused e) {
            unusable(e);
            return null;
        }
    }

    private void unusable(StartRefused e) {
        everyFile = false;
        findings.fail(e.sentence(), e.hint());
    }

    /**
     * @param accounts null where they are not known
     * @param store    null where it cannot be opened
     */
    private void tills(Connections connections, String only, List<Account> accounts, Store store) {
        for (PosConnection till : connections.pos().all()) {
            if (only == null || only.equals(till.name())) {
                findings.heading(
                        "Till " + till.name() + " (" + till.make() + ", " + till.engine() + ", " + till.mode() + ")");
                if (accounts != null) {
                    account(till, accounts);
                }
                till(till, only != null);
                if (store != null) {
                    new KeptCheck(store.source(), till, findings).run();
                }
            }
        }
        if (connections.pos().all().isEmpty()) {
            findings.heading("Connections");
            findings.warn(
                    "there is no till",
                    "Write a properties file in config/pos/; routes/pos/README.md, section 1, shows one.");
        }
    }

    private void till(PosConnection till, boolean forOwner) {
        try {
            new PosCheck(home, settings, till, findings).run(forOwner);
        } catch (StartRefused e) {
            findings.fail(e.sentence(), e.hint());
        } catch (RuntimeException e) {
            findings.fail(
                    "it could not be looked at to the end (" + e.getClass().getSimpleName() + ")",
                    "Run the check again.");
        }
    }

    private void shops(Connections connections, String only, List<Account> accounts, StorefrontSecrets secrets) {
        for (StorefrontConnection shop : connections.storefronts().all()) {
            if (only == null || only.equals(shop.name())) {
                findings.heading("Shop " + shop.name() + " (" + shop.kind() + ", "
                        + shop.model().name().toLowerCase(Locale.ROOT) + ")");
                if (accounts != null) {
                    account(shop, accounts);
                }
                new ShopCheck(home, shop, secrets, tls, findings).run();
            }
        }
    }

    private void account(Connection connection, List<Account> accounts) {
        if (accounts.stream().noneMatch(a -> a.accountId().equals(connection.account()))) {
            findings.fail(
                    "its account " + connection.account() + " is not known",
                    "aiq-bridge accounts add " + connection.account());
        }
    }

    /** Null when they cannot be read. */
    private List<Account> accounts(StoredAccounts accounts, FirstContacts contacts) {
        List<Account> all;
        try {
            all = accounts.all();
        } catch (Secrets.NotOurs e) {
            findings.fail(
                    "a stored API key cannot be decrypted with this key file",
                    "Restore the key file from the backup, or enter the key again: aiq-bridge accounts add");
            return List.of();
        } catch (DataAccessException e) {
            findings.fail("the accounts cannot be read", "See what is said of the bridge's own database above.");
            return null;
        }
        if (all.isEmpty()) {
            findings.warn("there is no account", "aiq-bridge accounts add green-leaf --brand … --uid … --zone …");
            return all;
        }
        if (tls == null) {
            return all;
        }
        findings.heading("AIQ");
        if (tls.run(URI.create(settings.text("aiq.base-url")))) {
            for (Account account : all) {
                findings.heading("AIQ account " + account.accountId());
                reach(account);
                tried(account, contacts.readiness(account.accountId()));
            }
        }
        return all;
    }

    private void tried(Account account, FirstContacts.Readiness readiness) {
        if (readiness.finishedAt() != null) {
            findings.ok("its AIQ was tried with a test customer on "
                    + Instant.ofEpochMilli(readiness.finishedAt())
                            .atZone(account.zone())
                            .toLocalDate());
        } else if (readiness.waived() != null) {
            findings.ok("it goes live without aiq-check: " + readiness.waived());
        } else {
            findings.warn(
                    "nobody has tried yet whether its AIQ behaves as expected",
                    "Before its tills go live: aiq-bridge aiq-check " + account.accountId());
        }
    }

    private void reach(Account account) {
        URI stores = URI.create(
                settings.text("aiq.base-url") + settings.text("aiq.stores-path").replace("{uid}", account.uid()));
        HttpGet ask = new HttpGet(stores);
        ask.setHeader("X-APIKEY", account.apiKey().plain());
        try (CloseableHttpClient http = client();
                ClassicHttpResponse answer = http.executeOpen(null, ask, null)) {
            int status = answer.getCode();
            if (status == 200) {
                findings.ok("AIQ answers and accepts the key and the UID");
            } else if (status == 401 || status == 403) {
                findings.fail(
                        "AIQ does not accept the API key or the UID",
                        "Compare both with AIQ, Settings, API & Tracking; enter them again: aiq-bridge accounts add "
                                + account.accountId());
            } else {
                findings.warn("AIQ answered " + status, "AIQ may be busy; run the check again.");
            }
            if (answer.getFirstHeader("Date") != null) {
                clock(answer.getFirstHeader("Date").getValue());
            }
        } catch (IOException e) {
            findings.fail(
                    "AIQ cannot be reached at " + stores.getHost() + " ("
                            + ProxyFault.why(e).orElse(e.getClass().getSimpleName()) + ")",
                    "Does the firewall let it through? Is aiq.base-url right?");
        }
    }

    /** As the bridge itself calls AIQ. */
    private CloseableHttpClient client() {
        HttpClientBuilder client = HttpClients.custom()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(settings.duration("aiq.stores-timeout")))
                        .build());
        new OneHost(URI.create(settings.text("aiq.base-url")), network, settings.duration("aiq.connect-timeout"))
                .configureHttpClient(client);
        return client.build();
    }

    /** Unclear redemptions are settled by AIQ's times, so this machine's clock must not be far from them. */
    private void clock(String date) {
        try {
            long off = Math.abs(Duration.between(
                            ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant(),
                            Instant.now())
                    .toSeconds());
            if (off > SKEW.toSeconds()) {
                findings.warn("this machine's clock is " + off + " s off AIQ's", "Synchronize it with NTP.");
            }
        } catch (DateTimeParseException e) {
            // said nothing about the time
        }
    }
}
