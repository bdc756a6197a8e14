package aiqbridge.health;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqBreaker;
import aiqbridge.aiq.AiqClock;
import aiqbridge.store.Store;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.util.Optional;
import java.util.function.Function;

/** The beans of this package; Camel is given the checks. */
public record HealthBeans(HealthChecks checks) {
    /**
     * @param brokenKinds why a kind of shop cannot be used, empty when it can
     * @param cartsWait   why no cart is sent, empty when they are
     */
    public static HealthBeans add(
            BeanList beans,
            Shared shared,
            AiqBreaker breaker,
            AiqClock aiqClock,
            Function<String, Optional<String>> brokenKinds,
            Optional<String> cartsWait) {
        Settings settings = shared.settings();
        MeterRegistry metrics = shared.metrics();
        Store store = shared.store();
        HealthWatch watch = beans.add(
                "healthWatch",
                new HealthWatch(
                        shared.connections(), breaker, aiqClock, brokenKinds, metrics, settings, shared.clock()));
        cartsWait.ifPresent(watch::cartsWait);
        beans.add("diskWatch", new DiskWatch(shared.home(), settings, watch, metrics));
        beans.add("redemptionInLog", new RedemptionInLog());
        Gauge.builder("aiqbridge.own_database.up", store.probe(), probe -> probe.fault() == null ? 1 : 0)
                .register(metrics);
        if (settings.has("traces.endpoint")) {
            Traces traces = new Traces(settings);
            beans.onClose(traces::close);
            beans.add("tracer", traces.tracer());
            beans.add("propagators", ContextPropagators.noop());
        }
        return new HealthBeans(new HealthChecks(store.probe(), watch));
    }
}
