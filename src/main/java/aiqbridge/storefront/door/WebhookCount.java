package aiqbridge.storefront.door;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counter {@code aiqbridge_webhooks_total} by kind and by what became of them: {@code kept}, {@code repeated}, {@code ping}, or the code of the problem that the sender was told. */
public final class WebhookCount {
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;

    public WebhookCount(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void add(String kind, String outcome) {
        counters.computeIfAbsent(
                        kind + " " + outcome,
                        k -> metrics.counter("aiqbridge.webhooks", "kind", kind, "outcome", outcome))
                .increment();
    }
}
