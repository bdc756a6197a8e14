package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.aiq.AiqBudget;
import aiqbridge.aiq.Priority;
import aiqbridge.stop.Drain;
import java.time.Clock;
import java.time.Duration;

/** How many redemptions are claimed at a time, by whom and for how long. */
public final class Pace {
    private static final int CALLS_PER_REDEMPTION = 2;
    private final AiqBudget budget;
    private final Drain drain;
    private final Clock clock;
    private final String node;
    private final int batch;
    private final Duration lease;
    private final Duration timeout;
    private final Duration skew;

    public Pace(Settings settings, AiqBudget budget, Drain drain, Clock clock) {
        this.drain = drain;
        this.budget = budget;
        this.clock = clock;
        this.node = settings.text("node.name");
        this.batch = settings.number("redemption.batch");
        this.lease = settings.duration("redemption.lease");
        this.skew = settings.duration("redemption.skew");
        this.timeout = settings.duration("aiq.redeem-timeout").plus(settings.duration("aiq.connect-timeout"));
        if (lease.compareTo(timeout.multipliedBy(2)) < 0) {
            throw new StartRefused(
                    "The setting redemption.lease is shorter than twice the time-outs of a redemption ("
                            + timeout.multipliedBy(2).toSeconds() + " s).",
                    "Lengthen it, or shorten aiq.redeem-timeout and aiq.connect-timeout.");
        }
    }

    public String node() {
        return node;
    }

    /** Never more than AIQ's budget lets us send: a claimed row should not wait; and few while what waited for a stop leaves. */
    public int batch(String account) {
        return Math.min(
                Math.min(batch, drain.room(account)),
                budget.available(account, Priority.REDEMPTION) / CALLS_PER_REDEMPTION);
    }

    public long leaseMillis() {
        return lease.toMillis();
    }

    /** With the last moment at which its call may start under a lease taken now: later, what is left is shorter than the time-out. */
    public Step leased(Step step) {
        return step.sendBefore(clock.millis() + lease.minus(timeout).toMillis());
    }

    /** How far a till's clock may be off. */
    public long skewMillis() {
        return skew.toMillis();
    }
}
