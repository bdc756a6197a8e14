package aiqbridge.storefront;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/** Counter {@code aiqbridge_webhooks_total} by kind and by what became of them: {@code kept}, {@code repeated}, {@code ping}, or the code of the problem that the sender was told. */
public final class WebhookCount {
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    void add(CamelContext camel, String kind, String outcome) {
        counters.computeIfAbsent(kind + " " + outcome, k -> camel.getRegistry().findSingleByType(MeterRegistry.class).counter("aiqbridge.webhooks", "kind", kind, "outcome", outcome)).increment();
    }
}
