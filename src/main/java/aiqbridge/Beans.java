package aiqbridge;

import aiqbridge.account.Accounts;
import aiqbridge.aiq.AiqBreaker;
import aiqbridge.aiq.AiqBudget;
import aiqbridge.aiq.AiqGate;
import aiqbridge.aiq.AiqHeaders;
import aiqbridge.aiq.AiqHttp;
import aiqbridge.aiq.AiqReply;
import aiqbridge.aiq.AiqRequest;
import aiqbridge.redemption.LocalDay;
import aiqbridge.redemption.Pace;
import aiqbridge.redemption.RedeemOutcome;
import aiqbridge.redemption.WalletCheck;
import aiqbridge.store.MovedOne;
import aiqbridge.store.Store;
import aiqbridge.store.StoreTransaction;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Every bean the routes name, in one list. */
final class Beans {
    private final Map<String, Object> byName = new LinkedHashMap<>();
    private final ExecutorService workers;

    Beans(Settings settings, Store store, Accounts accounts, Clock clock) {
        AiqBudget budget = new AiqBudget(clock, settings.number("aiq.calls-per-second"), settings.number("aiq.calls-per-minute"), settings.number("aiq.calls-per-hour"));
        AiqBreaker breaker = new AiqBreaker();
        workers = Executors.newFixedThreadPool(settings.number("redemption.workers"));
        add("clock", new Now(clock));
        add("store", store.source());
        add("storeTransaction", new StoreTransaction(store.source()));
        add("movedOne", new MovedOne());
        add("workers", workers);
        add("accounts", accounts);
        add("aiqRequest", new AiqRequest(accounts, settings));
        add("aiqReply", new AiqReply(settings));
        add("aiqHttp", new AiqHttp(URI.create(settings.text("aiq.base-url"))));
        add("aiqHeaders", new AiqHeaders());
        add("aiqBreaker", breaker);
        add("aiqGate", new AiqGate(breaker, budget, clock, settings));
        add("pace", new Pace(settings, budget, clock));
        add("walletCheck", new WalletCheck(clock, settings));
        add("redeemOutcome", new RedeemOutcome(clock, settings));
        add("localDay", new LocalDay(accounts, clock));
    }

    private void add(String name, Object bean) {
        byName.put(name, bean);
    }

    Map<String, Object> byName() {
        return byName;
    }

    void close() {
        workers.shutdown();
    }

    /** The clock as the routes ask it. */
    public record Now(Clock clock) {
        /** Epoch milliseconds. */
        public long millis() {
            return clock.millis();
        }
    }
}
