package aiqbridge;

import aiqbridge.account.ConsentTexts;
import aiqbridge.account.Secrets;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.aiq.AiqBeans;
import aiqbridge.aiq.CartTemplate;
import aiqbridge.api.ApiAnswer;
import aiqbridge.api.ApiDoor;
import aiqbridge.api.Caller;
import aiqbridge.api.CallerKeys;
import aiqbridge.api.Problem;
import aiqbridge.audit.AuditLog;
import aiqbridge.audit.RefusalLog;
import aiqbridge.cart.CartBeans;
import aiqbridge.connection.Confirmations;
import aiqbridge.customer.CustomerBeans;
import aiqbridge.health.HealthBeans;
import aiqbridge.http.Doors;
import aiqbridge.http.Refusals;
import aiqbridge.http.Sender;
import aiqbridge.ledger.LedgerClose;
import aiqbridge.page.PageAnswer;
import aiqbridge.page.PageBeans;
import aiqbridge.pos.PosBeans;
import aiqbridge.reconcile.Reconcile;
import aiqbridge.reconcile.ReconcileWatch;
import aiqbridge.redemption.RedemptionBeans;
import aiqbridge.reversal.ReversalEvidence;
import aiqbridge.reversal.ReversalOutcome;
import aiqbridge.route.StatementParameters;
import aiqbridge.stop.Drain;
import aiqbridge.stop.StopDoor;
import aiqbridge.stop.Stops;
import aiqbridge.store.Installation;
import aiqbridge.store.MovedOne;
import aiqbridge.store.StoreFault;
import aiqbridge.store.StoreTransaction;
import aiqbridge.storefront.StorefrontBeans;
import aiqbridge.storefront.door.WebhookDoor;
import aiqbridge.storefront.kind.StorefrontKinds;
import aiqbridge.wallet.WalletBeans;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.component.micrometer.MicrometerConstants;

/** Every bean that the routes name, in the order in which they are made: a package that has several adds its own. */
record Beans(
        BeanList list,
        StorefrontSecrets storefrontSecrets,
        CallerKeys callerKeys,
        Sender sender,
        RefusalLog refusals,
        Stops stops,
        HealthBeans health,
        StorefrontBeans storefront,
        PageBeans page)
        implements AutoCloseable {
    static Beans make(
            BeanList beans,
            Shared shared,
            Installation installation,
            Secrets secrets,
            StorefrontKinds kinds,
            CartTemplate cartTemplate) {
        Settings settings = shared.settings();
        Clock clock = shared.clock();
        DataSource store = shared.store().source();

        beans.add("clock", new Now(clock));
        // Camel's own metrics go there too
        beans.add(MicrometerConstants.METRICS_REGISTRY_NAME, shared.metrics());
        beans.add("store", store);
        beans.add("storeTransaction", new StoreTransaction(store));
        beans.add("storeFault", new StoreFault(shared.clock()));
        beans.add("movedOne", new MovedOne());
        beans.add("installation", installation);
        beans.add("statementParameters", new StatementParameters(clock));
        beans.add("accounts", shared.accounts());
        beans.add("posConnections", shared.connections().pos());
        beans.add("storefronts", shared.connections().storefronts());
        beans.add("apiJson", Json.ofCallers());
        beans.add("aiqJson", Json.ofAiq());
        beans.add("shopJson", Json.ofShops());
        beans.add("apiDoor", new ApiDoor());
        RefusalLog refusals =
                beans.add("refusalLog", new RefusalLog(new AuditLog(store, clock), shared.metrics(), clock));
        beans.onClose(refusals::close);
        Sender sender = new Sender(settings);
        beans.add("apiAnswer", new ApiAnswer(refusals));
        ConsentTexts consentTexts = beans.add("consentTexts", new ConsentTexts(shared.accounts()));
        StorefrontSecrets storefrontSecrets =
                beans.add("storefrontSecrets", new StorefrontSecrets(store, secrets, clock));
        CallerKeys callerKeys = new CallerKeys(store, shared.connections(), clock);
        Confirmations confirmations = new Confirmations(store, clock);

        Stops stops = beans.add(
                "stops",
                new Stops(store, shared.home().resolve(settings.text("stop.file")), shared.connections(), clock));
        beans.add("stopDoor", new StopDoor(stops));
        Drain drain = beans.add("drain", new Drain(store, clock));
        AiqBeans aiq = AiqBeans.add(beans, shared, stops, cartTemplate);
        HealthBeans health =
                HealthBeans.add(beans, shared, aiq.breaker(), aiq.clock(), kinds::why, cartTemplate.broken());
        WalletBeans wallet = WalletBeans.add(beans, shared, consentTexts);
        CustomerBeans.add(beans, shared, wallet.request(), consentTexts);
        RedemptionBeans redemption =
                RedemptionBeans.add(beans, shared, aiq.budget(), drain, wallet.session(), confirmations);
        beans.add("reversalOutcome", new ReversalOutcome(clock, settings, redemption.doubt()));
        beans.add("reversalEvidence", new ReversalEvidence(settings, redemption.evidence(), redemption.doubt(), clock));
        beans.add("ledgerClose", new LedgerClose(settings, clock));
        PosBeans pos = PosBeans.add(beans, shared, refusals);
        StorefrontBeans storefront = StorefrontBeans.add(beans, shared, kinds, storefrontSecrets, sender, refusals);
        CartBeans.add(beans, shared, aiq.budget(), cartTemplate, redemption.doubt(), installation.restoredAt());
        beans.add("reconcile", new Reconcile(pos.writtenBack(), settings, clock));
        beans.add("reconcileWatch", new ReconcileWatch());
        PageBeans page = PageBeans.add(
                beans,
                shared,
                aiq.clock(),
                stops,
                kinds,
                pos.modes(),
                confirmations,
                callerKeys,
                storefrontSecrets,
                secrets,
                sender,
                refusals);
        return new Beans(beans, storefrontSecrets, callerKeys, sender, refusals, stops, health, storefront, page);
    }

    private Caller caller(HttpServerRequest asked) {
        String authorization = asked.getHeader("Authorization");
        try {
            return callerKeys.check(authorization);
        } catch (Problem refused) {
            refusals.refused(
                    RefusalLog.somebodyAt(sender.of(asked)), "api-key-refused", callerKeys.ofRefused(authorization));
            throw refused;
        }
    }

    /** The ways in over HTTP, closed yet. */
    Doors doors(Settings settings) {
        return new Doors(
                settings,
                this::caller,
                storefront.door(),
                page.door(),
                WebhookDoor.LARGEST,
                new Refusals(
                        page.answer()::sentence,
                        PageAnswer.SECURE,
                        (asked, why) ->
                                refusals.refused(RefusalLog.somebodyAt(sender.of(asked)), "request-refused", why)));
    }

    @Override
    public void close() {
        list.close();
    }

    /** The clock as the routes ask it. */
    public record Now(Clock clock) {
        /** Epoch milliseconds. */
        public long millis() {
            return clock.millis();
        }
    }
}
