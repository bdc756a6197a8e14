package aiqbridge.health;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqBreaker;
import aiqbridge.store.Store;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.propagation.ContextPropagators;

/** The beans of this package; Camel is given the checks. */
public record HealthBeans(HealthChecks checks) {
    public static HealthBeans add(BeanList beans, Shared shared, AiqBreaker breaker) {
        Settings settings = shared.settings();
        MeterRegistry metrics = shared.metrics();
        Store store = shared.store();
        HealthWatch watch = beans.add(
                "healthWatch", new HealthWatch(shared.connections(), breaker, metrics, settings, shared.clock()));
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
