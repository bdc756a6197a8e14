package aiqbridge.aiq;

import aiqbridge.Settings;
import aiqbridge.http.OneHost;
import aiqbridge.stop.Stops;
import aiqbridge.store.Store;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import java.net.URI;
import java.time.Clock;
import org.springframework.jdbc.core.JdbcTemplate;

/** The beans of this package; others ask the budget and the breaker. */
public record AiqBeans(AiqBudget budget, AiqBreaker breaker, AiqClock clock) {
    public static AiqBeans add(BeanList beans, Shared shared, Stops stops, CartTemplate cartTemplate) {
        Settings settings = shared.settings();
        Clock clock = shared.clock();
        AiqBudget budget = beans.add(
                "aiqBudget",
                new AiqBudget(
                        clock,
                        settings.number("aiq.calls-per-second"),
                        settings.number("aiq.calls-per-minute"),
                        settings.number("aiq.calls-per-hour")));
        remember(budget, shared.store(), clock);
        AiqClock aiqClock = beans.add("aiqClock", new AiqClock(clock));
        AiqBreaker breaker = beans.add("aiqBreaker", new AiqBreaker());
        beans.add("refusedKey", new RefusedKey(clock));
        beans.add("aiqRequest", new AiqRequest(shared.accounts(), settings, cartTemplate));
        beans.add("aiqReply", new AiqReply(settings));
        beans.add(
                "aiqHttp",
                new OneHost(
                        URI.create(settings.text("aiq.base-url")),
                        shared.network(),
                        settings.duration("aiq.connect-timeout")));
        beans.add("aiqHeaders", new AiqHeaders());
        beans.add("aiqGate", new AiqGate(stops, breaker, budget, aiqClock, shared.metrics(), clock, settings));
        return new AiqBeans(budget, breaker, aiqClock);
    }

    /** The calls of the last hour were kept: a restart must not allow them again. */
    private static void remember(AiqBudget budget, Store store, Clock clock) {
        JdbcTemplate rows = new JdbcTemplate(store.source());
        rows.update("delete from budget_minute where minute < ?", clock.millis() / 60_000 - 60);
        rows.query("select account_id, minute, used from budget_minute order by minute", row -> {
            budget.remember(row.getString("account_id"), row.getLong("minute"), row.getInt("used"));
        });
    }
}
