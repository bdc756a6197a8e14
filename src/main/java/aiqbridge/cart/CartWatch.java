package aiqbridge.cart;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;

/** Gauges {@code aiqbridge_carts_waiting}, {@code aiqbridge_carts_sending}; counters {@code aiqbridge_carts_sent_total}, {@code aiqbridge_carts_unclear_total} and {@code aiqbridge_carts_suppressed_total} since the start. */
public final class CartWatch {
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    public void seen(CamelContext camel, List<CartCounts> rows) {
        MeterRegistry registry = registry(camel);
        set(registry, "waiting", rows.get(0).waiting());
        set(registry, "sending", rows.get(0).sending());
    }

    private void set(MeterRegistry registry, String name, long value) {
        gauges.computeIfAbsent(
                        name,
                        n -> registry == null
                                ? new AtomicLong()
                                : registry.gauge("aiqbridge.carts." + n, new AtomicLong()))
                .set(value);
    }

    /** How a cart that was claimed ended; WAITING is no end. */
    public void ended(CamelContext camel, EndedCart cart) {
        if (!cart.next().equals("WAITING")) {
            count(camel, cart.next().toLowerCase(Locale.ROOT), 1);
        }
    }

    /** Carts whose worker is gone. */
    public void lost(CamelContext camel, @Header("CamelSqlUpdateCount") Integer carts) {
        count(camel, "unclear", carts);
    }

    private static void count(CamelContext camel, String name, int more) {
        MeterRegistry registry = registry(camel);
        if (registry != null) {
            registry.counter("aiqbridge.carts." + name).increment(more);
        }
    }

    private static MeterRegistry registry(CamelContext camel) {
        return camel.getRegistry().findSingleByType(MeterRegistry.class);
    }
}
