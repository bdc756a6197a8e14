package aiqbridge.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gauges {@code aiqbridge_reconcile_differences} and {@code aiqbridge_reconcile_failed} (accounts) of each account's last daily comparison; a line in the log when there are more than before. */
public final class ReconcileWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileWatch.class);
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    public void seen(CamelContext camel, List<Map<String, Object>> rows) {
        long more = 0;
        for (String name : List.of("differences", "failed")) {
            long value = ((Number) rows.get(0).get(name)).longValue();
            more += Math.max(0, value - gauge(camel, name).getAndSet(value));
        }
        if (more > 0) {
            LOG.warn(
                    "The books do not balance: {} row(s) differ, {} account(s) could not be compared; aiq-bridge reconcile names them",
                    rows.get(0).get("differences"),
                    rows.get(0).get("failed"));
        }
    }

    private AtomicLong gauge(CamelContext camel, String name) {
        return gauges.computeIfAbsent(name, n -> {
            MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
            return registry == null ? new AtomicLong() : registry.gauge("aiqbridge.reconcile." + n, new AtomicLong());
        });
    }
}
