package aiqbridge.redemption;

import aiqbridge.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges {@code aiqbridge_oldest_due_seconds}, {@code aiqbridge_due}, {@code aiqbridge_unknown}, {@code aiqbridge_parked}, {@code aiqbridge_reversals_parked},
 * {@code aiqbridge_accounts_paused}, {@code aiqbridge_braked} (connections whose takings back are stopped), {@code aiqbridge_rejected_today} (in the last 24 hours a discount was given and AIQ refused the
 * points) and {@code aiqbridge_reversals_rejected} (AIQ refused to give points back and nobody has decided), {@code aiqbridge_needs_look} (redemptions that people have to look at); and a line in the log when due redemptions wait too long (routes/redemption/README.md section 8), or one more was refused.
 */
public final class RedemptionWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RedemptionWatch.class);
    private final Clock clock;
    private final Duration tooLong;
    private volatile long rejectedBefore;
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    public RedemptionWatch(Settings settings, Clock clock) {
        this.clock = clock;
        this.tooLong = settings.duration("redemption.alert-after");
    }

    public void seen(CamelContext camel, List<RedemptionCounts> rows) {
        MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
        RedemptionCounts row = rows.get(0);
        long oldest = row.oldestDueAt() == null ? 0 : (clock.millis() - row.oldestDueAt()) / 1_000;
        set(registry, "oldest_due_seconds", oldest);
        set(registry, "due", row.due());
        set(registry, "unknown", row.unknown());
        set(registry, "parked", row.parked());
        set(registry, "reversals_parked", row.reversalsParked());
        set(registry, "accounts_paused", row.accountsPaused());
        set(registry, "braked", row.braked());
        set(registry, "rejected_today", row.rejectedToday());
        set(registry, "reversals_rejected", row.reversalsRejected());
        set(registry, "needs_look", row.needsLook());
        long rejected = row.rejectedToday();
        if (rejected > rejectedBefore) {
            LOG.error(
                    "ALERT: {} discount(s) given in the last 24 h for which AIQ refused to take the points; see redemptions list --status REJECTED",
                    rejected);
        }
        rejectedBefore = rejected;
        if (oldest > tooLong.toSeconds()) {
            LOG.error(
                    "ALERT: {} due redemption(s), the oldest has waited for {} s; is AIQ down, or an account paused?",
                    row.due(),
                    oldest);
        }
    }

    private void set(MeterRegistry registry, String name, long value) {
        gauges.computeIfAbsent(
                        name,
                        n -> registry == null ? new AtomicLong() : registry.gauge("aiqbridge." + n, new AtomicLong()))
                .set(value);
    }
}
