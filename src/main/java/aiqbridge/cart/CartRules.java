package aiqbridge.cart;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqBudget;
import aiqbridge.aiq.Priority;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnections;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When a shop's carts are abandoned, which of them may be sent, and for how long a worker may take over one. */
public final class CartRules {
    private final StorefrontConnections shops;
    private final AiqBudget budget;
    private final Clock clock;
    private final Duration abandonAfter;
    private final Duration tooOldAfter;
    private final Duration timeout;
    private final int batch;
    private final long restoredAt;

    /** @param restoredAt what was changed until then (epoch milliseconds) may have been sent before the database was restored */
    public CartRules(StorefrontConnections shops, Settings settings, AiqBudget budget, long restoredAt, Clock clock) {
        this.shops = shops;
        this.budget = budget;
        this.clock = clock;
        this.abandonAfter = settings.duration("cart.abandon-after");
        this.tooOldAfter = settings.duration("cart.too-old-after");
        this.timeout = settings.duration("aiq.cart-timeout").plus(settings.duration("aiq.connect-timeout"));
        this.batch = settings.number("cart.sweep-batch");
        this.restoredAt = restoredAt;
    }

    /** What the sweep needs to know of each shop. */
    public List<Map<String, Object>> sweeps() {
        return shops.all().stream().map(this::rules).toList();
    }

    /** The same of each shop whose carts are sent. */
    public List<Map<String, Object>> sending() {
        return shops.all().stream()
                .filter(StorefrontConnection::carts)
                .map(this::rules)
                .toList();
    }

    private Map<String, Object> rules(StorefrontConnection shop) {
        long now = clock.millis();
        return Map.of(
                "connection",
                shop.name(),
                "account_id",
                shop.account(),
                "carts",
                shop.carts() ? "on" : "off",
                "consent_unknown",
                shop.consentHeldByAiq() ? "sent" : "kept",
                "idle_before",
                now - abandonAfter.toMillis(),
                "too_old_before",
                now - tooOldAfter.toMillis(),
                "restored_at",
                restoredAt,
                "now",
                now,
                "batch",
                batch);
    }

    /** The shop's rules now, with room for one call within AIQ's budget or none; a worker that says nothing for the lease is gone. */
    public Map<String, Object> claim(String shop) {
        Map<String, Object> claim = new HashMap<>(rules(shops.get(shop)));
        claim.put("room", Math.min(1, budget.available((String) claim.get("account_id"), Priority.CART)));
        claim.put("lease_until", clock.millis() + timeout.multipliedBy(2).toMillis());
        return claim;
    }

    /** A claimed row with what its call needs: after the last moment what is left of the lease is shorter than the time-out. */
    public Map<String, Object> call(Map<String, Object> cart) {
        Map<String, Object> call = new HashMap<>(cart);
        call.put("priority", Priority.CART.name());
        call.put("location", shops.get((String) cart.get("connection")).location());
        call.put("send_before", ((Number) cart.get("next_attempt_at")).longValue() - timeout.toMillis());
        return call;
    }
}
