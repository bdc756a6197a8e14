package aiqbridge.customer;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Up to when each kind of data has been kept long enough. */
public final class Retention {
    private static final Map<String, String> BEFORE = Map.of(
            "inbox_body_before",
            "retention.inbox-body",
            "inbox_key_before",
            "retention.inbox-key",
            "session_before",
            "retention.wallet-session",
            "limit_before",
            "retention.limit",
            "idempotency_before",
            "retention.idempotency-key",
            "observation_before",
            "retention.observation",
            "cart_before",
            "retention.cart",
            "sale_before",
            "retention.sale",
            "contact_before",
            "retention.contact",
            "settled_before",
            "retention.settled");
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

    /** Epoch milliseconds by name: {@code cart_before}, {@code contact_before} …, and {@code now}. */
    public Map<String, Object> until() {
        Map<String, Object> until = new HashMap<>(Map.of("now", clock.millis()));
        BEFORE.forEach((name, key) ->
                until.put(name, clock.millis() - settings.duration(key).toMillis()));
        return until;
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
