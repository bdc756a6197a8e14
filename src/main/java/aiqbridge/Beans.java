package aiqbridge;

import aiqbridge.account.ConsentTexts;
import aiqbridge.account.Secrets;
import aiqbridge.account.StoredAccounts;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.aiq.AiqBreaker;
import aiqbridge.aiq.AiqBudget;
import aiqbridge.aiq.AiqGate;
import aiqbridge.aiq.AiqHeaders;
import aiqbridge.aiq.AiqReply;
import aiqbridge.aiq.AiqRequest;
import aiqbridge.aiq.CartTemplate;
import aiqbridge.api.ApiAnswer;
import aiqbridge.api.ApiDoor;
import aiqbridge.api.CallerKeys;
import aiqbridge.audit.AuditLog;
import aiqbridge.cart.CartOutcome;
import aiqbridge.cart.CartRules;
import aiqbridge.cart.CartWatch;
import aiqbridge.connection.Confirmations;
import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.customer.CustomerStatus;
import aiqbridge.customer.Retention;
import aiqbridge.customer.SignUp;
import aiqbridge.customer.SignUpCode;
import aiqbridge.customer.SignUpLink;
import aiqbridge.customer.SignUpRequest;
import aiqbridge.health.DiskWatch;
import aiqbridge.health.HealthChecks;
import aiqbridge.health.HealthWatch;
import aiqbridge.health.RedemptionInLog;
import aiqbridge.health.Traces;
import aiqbridge.http.Doors;
import aiqbridge.http.OneHost;
import aiqbridge.http.Refusals;
import aiqbridge.ledger.LedgerClose;
import aiqbridge.page.AccountTest;
import aiqbridge.page.AccountsPage;
import aiqbridge.page.ActivityPage;
import aiqbridge.page.ConnectionsPage;
import aiqbridge.page.HomePage;
import aiqbridge.page.MappingPage;
import aiqbridge.page.PageAnswer;
import aiqbridge.page.PageBanner;
import aiqbridge.page.PageDoor;
import aiqbridge.page.PageFiles;
import aiqbridge.page.PageSessions;
import aiqbridge.page.PageUsers;
import aiqbridge.page.RedemptionsPage;
import aiqbridge.page.SignInPage;
import aiqbridge.pos.CompletionCall;
import aiqbridge.pos.PosDatabase;
import aiqbridge.pos.PosFault;
import aiqbridge.pos.PosMakes;
import aiqbridge.pos.PosModes;
import aiqbridge.pos.PosRequest;
import aiqbridge.pos.PosRows;
import aiqbridge.pos.PosWindow;
import aiqbridge.pos.WriteBack;
import aiqbridge.pos.WrittenBack;
import aiqbridge.reconcile.Reconcile;
import aiqbridge.reconcile.ReconcileWatch;
import aiqbridge.redemption.Doubt;
import aiqbridge.redemption.Evidence;
import aiqbridge.redemption.LocalDay;
import aiqbridge.redemption.Pace;
import aiqbridge.redemption.RedeemOutcome;
import aiqbridge.redemption.RedemptionAnswer;
import aiqbridge.redemption.RedemptionRequest;
import aiqbridge.redemption.RedemptionWatch;
import aiqbridge.redemption.Waiting;
import aiqbridge.redemption.WalletCheck;
import aiqbridge.reversal.ReversalOutcome;
import aiqbridge.route.StatementParameters;
import aiqbridge.store.Installation;
import aiqbridge.store.MovedOne;
import aiqbridge.store.Store;
import aiqbridge.store.StoreFault;
import aiqbridge.store.StoreTransaction;
import aiqbridge.storefront.InboxWork;
import aiqbridge.storefront.StorefrontWatch;
import aiqbridge.storefront.api.ShopApi;
import aiqbridge.storefront.api.ShopHeaders;
import aiqbridge.storefront.api.StorefrontAsk;
import aiqbridge.storefront.door.InboxWriter;
import aiqbridge.storefront.door.SignatureCheck;
import aiqbridge.storefront.door.WebhookCount;
import aiqbridge.storefront.door.WebhookDoor;
import aiqbridge.storefront.kind.StorefrontKinds;
import aiqbridge.storefront.mapping.StorefrontEvents;
import aiqbridge.wallet.WalletLimits;
import aiqbridge.wallet.WalletRequest;
import aiqbridge.wallet.WalletSession;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every bean the routes name, in one list. */
final class Beans {
    private final Map<String, Object> byName = new LinkedHashMap<>();
    private final Map<String, HikariDataSource> tills = new LinkedHashMap<>();
    private final List<HikariDataSource> requestTables = new ArrayList<>();
    private final ExecutorService workers;
    private final ExecutorService checkouts;
    private final ExecutorService inboxWorkers;
    private final ShopApi shopApi;
    private final CallerKeys callerKeys;
    private final StorefrontSecrets storefrontSecrets;
    private final InboxWriter inboxWriter;
    private PageUsers pageUsers;
    private final WebhookDoor webhookDoor;
    private Refusals refusals;
    private final HealthChecks healthChecks;
    private final Traces traces;

    Beans(
            Path home,
            Settings settings,
            Store store,
            Installation installation,
            StoredAccounts accounts,
            Secrets secrets,
            Connections connections,
            StorefrontKinds kinds,
            CartTemplate cartTemplate,
            Clock clock) {
        PosConnections pos = connections.pos();
        AiqBudget budget = new AiqBudget(
                clock,
                settings.number("aiq.calls-per-second"),
                settings.number("aiq.calls-per-minute"),
                settings.number("aiq.calls-per-hour"));
        AiqBreaker breaker = new AiqBreaker();
        workers = Executors.newFixedThreadPool(settings.number("redemption.workers"));
        checkouts = Executors.newFixedThreadPool(settings.number("redemption.checkout-workers"));
        JdbcTemplate rows = new JdbcTemplate(store.source());
        rows.update("delete from budget_minute where minute < ?", clock.millis() / 60_000 - 60);
        rows.query("select account_id, minute, used from budget_minute order by minute", row -> {
            budget.remember(row.getString("account_id"), row.getLong("minute"), row.getInt("used"));
        });
        add("aiqBudget", budget);
        add("clock", new Now(clock));
        add("statementParameters", new StatementParameters());
        add("store", store.source());
        add("storeTransaction", new StoreTransaction(store.source()));
        add("installation", installation);
        add("storeFault", new StoreFault());
        add("movedOne", new MovedOne());
        add("workers", workers);
        add("checkouts", checkouts);
        add("accounts", accounts);
        add("aiqRequest", new AiqRequest(accounts, settings, cartTemplate));
        add("aiqReply", new AiqReply(settings));
        add("aiqHttp", new OneHost(URI.create(settings.text("aiq.base-url"))));
        add("aiqHeaders", new AiqHeaders());
        add("aiqBreaker", breaker);
        // Camel's own metrics go there too
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        add(MicrometerConstants.METRICS_REGISTRY_NAME, metrics);
        HealthWatch healthWatch = new HealthWatch(connections, breaker, metrics, settings, clock);
        add("healthWatch", healthWatch);
        add("diskWatch", new DiskWatch(home, settings, healthWatch, metrics));
        Gauge.builder("aiqbridge.own_database.up", store.probe(), probe -> probe.fault() == null ? 1 : 0)
                .register(metrics);
        healthChecks = new HealthChecks(store.probe(), healthWatch);
        add("redemptionInLog", new RedemptionInLog());
        traces = settings.has("traces.endpoint") ? new Traces(settings) : null;
        if (traces != null) {
            add("tracer", traces.tracer());
            add("propagators", ContextPropagators.noop());
        }
        add("aiqGate", new AiqGate(breaker, budget, metrics, clock, settings));
        add("pace", new Pace(settings, budget, clock));
        Doubt doubt = new Doubt(settings, clock);
        add("walletCheck", new WalletCheck(clock, settings));
        add("redeemOutcome", new RedeemOutcome(clock, settings, doubt));
        add("localDay", new LocalDay(accounts, clock));
        ConsentTexts consentTexts = new ConsentTexts(accounts);
        WalletSession walletSession = new WalletSession(consentTexts, settings, clock);
        add("walletSession", walletSession);
        WalletRequest walletRequest = new WalletRequest(accounts, connections);
        add("walletRequest", walletRequest);
        add("walletLimits", new WalletLimits(settings, clock));
        add("consentTexts", consentTexts);
        add("signUpRequest", new SignUpRequest(walletRequest, consentTexts, connections, clock));
        add("signUp", new SignUp());
        SignUpLink signUpLink = new SignUpLink(settings);
        add("signUpCode", new SignUpCode(accounts, signUpLink));
        add("customerStatus", new CustomerStatus(walletRequest, accounts, signUpLink, settings));
        add("eachAnswer", new GroupedBodyAggregationStrategy());
        Confirmations confirmations = new Confirmations(store.source(), clock);
        add("redemptionRequest", new RedemptionRequest(connections, confirmations, walletSession, settings, clock));
        add("waiting", new Waiting());
        add("redemptionAnswer", new RedemptionAnswer(clock));
        add("redemptionWatch", new RedemptionWatch(settings, clock));
        add("evidence", new Evidence(settings, doubt, clock));
        add("reversalOutcome", new ReversalOutcome(clock, settings, doubt));
        add("ledgerClose", new LedgerClose(settings, clock));
        add("posConnections", pos);
        PosModes posModes = new PosModes(pos, store.source(), clock);
        add("posModes", posModes);
        add("posWindow", new PosWindow(pos, settings, clock));
        add("posRows", new PosRows(pos, accounts, clock));
        add("completionCall", new CompletionCall(pos, clock));
        add("writeBack", new WriteBack());
        add("posRequest", new PosRequest(pos, settings));
        add("storefronts", connections.storefronts());
        storefrontSecrets = new StorefrontSecrets(store.source(), secrets, clock);
        add("storefrontSecrets", storefrontSecrets);
        add("storefrontKinds", kinds);
        WebhookCount webhookCount = new WebhookCount(metrics);
        webhookDoor = new WebhookDoor(
                connections.storefronts(), kinds, new SignatureCheck(storefrontSecrets, clock), webhookCount, clock);
        add("webhookDoor", webhookDoor);
        inboxWriter = new InboxWriter(store.source(), store.writers(), webhookCount, clock);
        add("inboxWriter", inboxWriter);
        add("storefrontEvents", new StorefrontEvents(connections.storefronts(), accounts, clock));
        shopApi = new ShopApi(connections.storefronts(), storefrontSecrets, settings, clock);
        add("shopApi", shopApi);
        for (StorefrontConnection shop : connections.storefronts().all()) {
            if (shop.apiUrl() != null) {
                add("shop-http-" + shop.name(), new OneHost(shop.apiUrl()));
                add("shop-headers-" + shop.name(), new ShopHeaders(shopApi.header(shop.name())));
            }
        }
        inboxWorkers = Executors.newFixedThreadPool(settings.number("inbox.workers"));
        add("inboxWorkers", inboxWorkers);
        add("inboxWork", new InboxWork(settings, clock));
        add("storefrontAsk", new StorefrontAsk(shopApi, settings, clock));
        add("storefrontWatch", new StorefrontWatch(connections.storefronts(), shopApi, settings, clock));
        add("cartRules", new CartRules(connections.storefronts(), settings, budget, installation.restoredAt(), clock));
        add("cartOutcome", new CartOutcome(clock, settings, doubt));
        add("cartWatch", new CartWatch());
        for (PosConnection connection : pos.all()) {
            HikariDataSource database = PosDatabase.of(connection, settings.duration("pos.query-timeout"));
            tills.put(connection.name(), database);
            add("pos-" + connection.name(), database);
            if (connection.requests()) {
                HikariDataSource requests = PosDatabase.ofRequests(connection, settings.duration("pos.query-timeout"));
                requestTables.add(requests);
                add("pos-requests-" + connection.name(), requests);
            }
        }
        add(
                "reconcile",
                new Reconcile(
                        new WrittenBack(home, pos, Map.copyOf(tills), settings.duration("pos.query-timeout")),
                        settings,
                        clock));
        add("retention", new Retention(settings, clock));
        add("reconcileWatch", new ReconcileWatch());
        add("posFault", new PosFault(new PosMakes(home), pos, Map.copyOf(tills)));
        callerKeys = new CallerKeys(store.source(), connections, clock);
        add("apiDoor", new ApiDoor());
        add("apiAnswer", new ApiAnswer());
        AuditLog audit = new AuditLog(store.source(), clock);
        AccountsPage accountsPage = new AccountsPage(accounts, connections, audit, store.source(), clock);
        ConnectionsPage connectionsPage = new ConnectionsPage(
                connections,
                kinds,
                posModes,
                confirmations,
                callerKeys,
                storefrontSecrets,
                audit,
                store.source(),
                PageDoor.address(settings),
                settings.duration("health.late-after"),
                clock);
        MappingPage mappingPage = new MappingPage(connections, store.source(), clock);
        add("accountTest", new AccountTest());
        add("accountsPage", accountsPage);
        add("connectionsPage", connectionsPage);
        add("mappingPage", mappingPage);
        add("homePage", new HomePage(connections, accountsPage, connectionsPage, mappingPage));
        pages(home, settings, store, connections, audit, clock);
    }

    /** What every page needs; see {@link aiqbridge.page.Page} for how to add one. */
    private void pages(
            Path home, Settings settings, Store store, Connections connections, AuditLog audit, Clock clock) {
        PageSessions sessions = new PageSessions(store.source(), settings, clock);
        pageUsers = new PageUsers(store.source(), settings, clock);
        PageFiles files = new PageFiles();
        add("pageFiles", files);
        add("pageDoor", new PageDoor(sessions, settings));
        PageAnswer answer = new PageAnswer(sessions, files, new PageBanner(store.source(), connections, clock));
        add("pageAnswer", answer);
        refusals = new Refusals(answer::sentence, PageAnswer.SECURE);
        add("signInPage", new SignInPage(pageUsers, sessions, audit, store.source(), clock));
        add("activityPage", new ActivityPage(store.source(), connections, clock));
        add("redemptionsPage", new RedemptionsPage(store.source(), home, connections, clock));
    }

    private void add(String name, Object bean) {
        byName.put(name, bean);
    }

    Map<String, Object> byName() {
        return byName;
    }

    CallerKeys callerKeys() {
        return callerKeys;
    }

    StorefrontSecrets storefrontSecrets() {
        return storefrontSecrets;
    }

    PageUsers pageUsers() {
        return pageUsers;
    }

    /** The ways in over HTTP, closed yet. */
    Doors doors(Settings settings) {
        return new Doors(
                settings,
                asked -> callerKeys.check(asked.getHeader("Authorization")),
                webhookDoor,
                WebhookDoor.LARGEST,
                refusals);
    }

    HealthChecks healthChecks() {
        return healthChecks;
    }

    ShopApi shopApi() {
        return shopApi;
    }

    void close() {
        inboxWriter.close();
        workers.shutdown();
        checkouts.shutdown();
        inboxWorkers.shutdown();
        tills.values().forEach(HikariDataSource::close);
        requestTables.forEach(HikariDataSource::close);
        if (traces != null) {
            traces.close();
        }
    }

    /** The clock as the routes ask it. */
    public record Now(Clock clock) {
        /** Epoch milliseconds. */
        public long millis() {
            return clock.millis();
        }
    }
}
