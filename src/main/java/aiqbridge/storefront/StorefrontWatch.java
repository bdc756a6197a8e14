package aiqbridge.storefront;

import aiqbridge.Settings;
import aiqbridge.connection.StorefrontConnections;
import aiqbridge.storefront.api.ShopApi;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges {@code aiqbridge_storefronts_silent}, {@code aiqbridge_inbox_oldest_seconds} and {@code aiqbridge_inbox_parked}; and one line in the log when a shop has been silent
 * for longer than is usual with it: platforms switch webhooks off by themselves, and say so only in their own pages.
 */
public final class StorefrontWatch {
    private static final Logger LOG = LoggerFactory.getLogger(StorefrontWatch.class);
    private final StorefrontConnections connections;
    private final ShopApi api;
    private final Clock clock;
    private final Duration silentAfter;
    private final int gaps;
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    public StorefrontWatch(StorefrontConnections connections, ShopApi api, Settings settings, Clock clock) {
        this.connections = connections;
        this.api = api;
        this.clock = clock;
        this.silentAfter = settings.duration("storefront.silent-after");
        this.gaps = settings.number("storefront.silent-gaps");
    }

    public void inbox(CamelContext camel, List<InboxCounts> rows) {
        Long oldest = rows.get(0).oldestAt();
        set(camel, "inbox_oldest_seconds", oldest == null ? 0 : (clock.millis() - oldest) / 1_000);
        set(camel, "inbox_parked", rows.get(0).parked());
    }

    /** The shops that fell silent or speak again since the last look. */
    public List<SilenceChanged> changed(CamelContext camel, List<ShopsSilence> rows) {
        List<SilenceChanged> changed = new ArrayList<>();
        int silent = 0;
        for (ShopsSilence row : rows) {
            if (row.heardAt() == null || connections.find(row.connection()).isEmpty()) {
                continue;
            }
            boolean isSilent = silent(row);
            silent += isSilent ? 1 : 0;
            if (isSilent == (row.silentAt() == null)) {
                long now = clock.millis();
                changed.add(new SilenceChanged(
                        row.connection(), isSilent ? 1 : 0, isSilent ? (Long) now : null, row.heardAt(), now));
            }
        }
        set(camel, "storefronts_silent", silent);
        return changed;
    }

    /** Whoever noted it says it. */
    public void noted(SilenceChanged shop, Integer rows) {
        String name = shop.connection();
        long hours = (clock.millis() - shop.since()) / 3_600_000;
        if (rows == 1 && shop.silent() == 1) {
            LOG.error(
                    "ALERT: the storefront {} has been silent for {} h, longer than usual. {}",
                    name,
                    hours,
                    api.hint(name));
        } else if (rows == 1) {
            LOG.info("The storefront {} is sending again", name);
        }
    }

    private boolean silent(ShopsSilence row) {
        long usual = row.usualGap() == null ? 0 : row.usualGap();
        return clock.millis() - row.heardAt() > Math.max(silentAfter.toMillis(), gaps * usual);
    }

    private void set(CamelContext camel, String name, long value) {
        MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
        gauges.computeIfAbsent(
                        name,
                        n -> registry == null ? new AtomicLong() : registry.gauge("aiqbridge." + n, new AtomicLong()))
                .set(value);
    }
}
