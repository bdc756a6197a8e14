package aiqbridge.customer;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import java.time.Clock;

/** Up to when each kind of data has been kept long enough. */
public final class Retention {
    private final Settings settings;
    private final Clock clock;

    /** @throws StartRefused when something would be gone while it is still needed */
    public Retention(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        longer("retention.inbox-key", "retention.inbox-body", "or a repeated webhook would count as new");
        longer(
                "retention.settled",
                "pos.reversal-overlap",
                "or points could not be given back to a customer whose sale is reversed");
        longer(
                "retention.contact",
                "retention.settled",
                "or points could not be given back to a customer whose sale is reversed");
        longer("retention.cart", "cart.too-old-after", "or an abandoned cart could be sent twice");
        longer("retention.sale", "pos.sweep-overlap", "or the next sweep would read again what was forgotten");
        longer("retention.limit", "1d", "or a day's limits would start again");
    }

    public KeptLongEnough until() {
        long now = clock.millis();
        return new KeptLongEnough(
                before(now, "retention.inbox-body"),
                before(now, "retention.inbox-key"),
                before(now, "retention.wallet-session"),
                before(now, "retention.limit"),
                before(now, "retention.idempotency-key"),
                before(now, "retention.observation"),
                before(now, "retention.cart"),
                before(now, "retention.sale"),
                before(now, "retention.contact"),
                before(now, "retention.settled"),
                now);
    }

    private long before(long now, String key) {
        return now - settings.duration(key).toMillis();
    }

    private void longer(String key, String than, String why) {
        long least = than.equals("1d") ? 86_400_000 : settings.duration(than).toMillis();
        if (settings.duration(key).toMillis() < least) {
            throw new StartRefused(
                    "The setting " + key + " is shorter than " + than + ", " + why + ".",
                    "Write a longer one, for example: " + key + " = 90d");
        }
    }
}
