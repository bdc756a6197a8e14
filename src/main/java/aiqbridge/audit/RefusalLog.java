package aiqbridge.audit;

import aiqbridge.NewsOnly;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who was refused at a door. The first time stands in the audit at once, repetitions are counted and written as one line when an hour is over: whoever tries a million keys
 * fills neither the audit nor the log. Counter {@code aiqbridge_refusals_total} by action. A crash loses the counts of its hour, never the first time.
 */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final Duration HOUR = Duration.ofHours(1);
    /** Lines that an hour may begin; who comes beyond is one line for each action. */
    static final int MOST = 50;

    private static final List<String> ACTIONS = List.of(
            "request-refused",
            "api-key-refused",
            "api-limited",
            "till-limited",
            "webhook-refused",
            "page-sign-in-refused",
            "page-sign-in-limited",
            "page-code-refused",
            "page-confirm-refused",
            "page-factor-refused",
            "page-form-refused",
            "page-role-refused");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private final AuditLog audit;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final NewsOnly said;
    private final Map<Refused, Tally> hour = new LinkedHashMap<>();

    private record Refused(String actor, String action, String subject) {}

    private static final class Tally {
        private final long since;
        private long last;
        private long more;

        private Tally(long since) {
            this.since = since;
        }
    }

    public RefusalLog(AuditLog audit, MeterRegistry metrics, Clock clock) {
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
        this.said = new NewsOnly(clock);
        // a counter that is born with its first refusal shows no increase
        ACTIONS.forEach(this::counter);
    }

    /** Who is not known by name. */
    public static String somebodyAt(String address) {
        return "somebody at " + address;
    }

    /**
     * @param actor   whom we know to ask, or {@link #somebodyAt}
     * @param action  ends in {@code -refused} or {@code -limited}
     * @param subject what they asked for; a user, a connection, an address of the page: never anything they typed
     */
    public void refused(String actor, String action, String subject) {
        counter(action).increment();
        Refused first = counted(new Refused(actor, action, subject));
        if (first != null) {
            LOG.warn("{}: {}, {}", first.action, first.actor, first.subject);
            record(first, null);
        }
    }

    private Counter counter(String action) {
        return metrics.counter("aiqbridge.refusals", "action", action);
    }

    /** Null when it is counted only. */
    private synchronized Refused counted(Refused refused) {
        long now = clock.millis();
        Refused one = hour.containsKey(refused) || hour.size() < MOST
                ? refused
                : new Refused("others", refused.action, "others");
        Tally tally = hour.get(one);
        if (tally != null && now - tally.since < HOUR.toMillis()) {
            tally.more++;
            tally.last = now;
            return null;
        }
        if (tally != null) {
            ended(one, tally);
        }
        hour.put(one, new Tally(now));
        return one;
    }

    /** What was repeated and whose hour is over. */
    public void write() {
        end(clock.millis() - HOUR.toMillis());
    }

    /** All of it. */
    public void close() {
        end(Long.MAX_VALUE);
    }

    private void end(long before) {
        List<Map.Entry<Refused, Tally>> over = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Map.Entry<Refused, Tally>> all = hour.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Refused, Tally> one = all.next();
                if (one.getValue().since <= before) {
                    over.add(one);
                    all.remove();
                }
            }
        }
        over.forEach(one -> ended(one.getKey(), one.getValue()));
    }

    private void ended(Refused refused, Tally tally) {
        if (tally.more > 0) {
            record(refused, tally.more + " more until " + TIME.format(Instant.ofEpochMilli(tally.last)));
        }
    }

    /** Who is refused is refused, whether it can be written or not. */
    private void record(Refused refused, String note) {
        try {
            audit.record(refused.actor, refused.action, refused.subject, note);
        } catch (RuntimeException e) {
            if (said.is(NewsOnly.named(e))) {
                LOG.warn("refusals are not written into the audit: {}", NewsOnly.named(e));
            }
        }
    }
}
