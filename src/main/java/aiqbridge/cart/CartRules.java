package aiqbridge.cart;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.Accounts;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.AiqBudget;
import aiqbridge.aiq.CartTemplate;
import aiqbridge.aiq.Priority;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnections;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** When a shop's carts are abandoned, which of them may be sent, and for how long a worker may take over one. */
public final class CartRules {
    private final StorefrontConnections shops;
    private final Accounts accounts;
    private final AiqBudget budget;
    private final Clock clock;
    private final Duration abandonAfter;
    private final Duration tooOldAfter;
    private final Duration timeout;
    private final int batch;
    private final long restoredAt;
    private final CartTemplate template;
    private final Map<String, String> olderThanOrder = new HashMap<>();

    /** @param restoredAt what was changed until then (epoch milliseconds) may have been sent before the database was restored */
    public CartRules(
            StorefrontConnections shops,
            Accounts accounts,
            Settings settings,
            AiqBudget budget,
            CartTemplate template,
            long restoredAt,
            Clock clock) {
        this.shops = shops;
        this.accounts = accounts;
        this.template = template;
        this.budget = budget;
        this.clock = clock;
        this.abandonAfter = settings.duration("cart.abandon-after");
        this.tooOldAfter = settings.duration("cart.too-old-after");
        this.timeout = settings.duration("aiq.cart-timeout").plus(settings.duration("aiq.connect-timeout"));
        this.batch = settings.number("cart.sweep-batch");
        this.restoredAt = restoredAt;
        shops.all().forEach(shop -> olderThanOrder.put(shop.name(), olderThanOrder(shop)));
    }

    /** As the shop's kind says; where that cannot be read, nobody who bought is reminded. */
    private String olderThanOrder(StorefrontConnection shop) {
        try {
            return StorefrontConnections.olderCarts(
                    Settings.of(shops.folder(shop.kind()).resolve("kind.properties")));
        } catch (StartRefused e) {
            return "kept";
        }
    }

    /** What the sweep needs to know of each shop. */
    public List<ShopRules> sweeps() {
        return shops.all().stream().map(this::rules).toList();
    }

    /** The same of each shop whose carts are sent; of none while AIQ's template is broken. */
    public List<ShopRules> sending() {
        return template.broken().isPresent()
                ? List.of()
                : shops.all().stream()
                        .filter(StorefrontConnection::carts)
                        .map(this::rules)
                        .toList();
    }

    private ShopRules rules(StorefrontConnection shop) {
        long now = clock.millis();
        return new ShopRules(
                shop.name(),
                shop.account(),
                shop.carts() ? "on" : "off",
                shop.consentHeldByAiq() && !inCanada(shop) ? "sent" : "kept",
                olderThanOrder.get(shop.name()),
                now - abandonAfter.toMillis(),
                now - tooOldAfter.toMillis(),
                restoredAt,
                now,
                batch,
                Math.min(1, budget.available(shop.account(), Priority.CART)),
                now + timeout.multipliedBy(2).toMillis());
    }

    /** There nobody is written to who has not agreed. */
    private boolean inCanada(StorefrontConnection shop) {
        try {
            return accounts.get(shop.account()).country().equals("CA");
        } catch (Accounts.UnknownAccount e) {
            return true;
        }
    }

    /** Null where neither the shop nor the account's country has one. */
    private String currency(StorefrontConnection shop) {
        if (shop.currency() != null) {
            return shop.currency();
        }
        Currency ofCountry =
                Currency.getInstance(new Locale("", accounts.get(shop.account()).country()));
        return ofCountry == null ? null : ofCountry.getCurrencyCode();
    }

    /** The shop's rules now, with room for one call within AIQ's budget or none; a worker that says nothing for the lease is gone. */
    public ShopRules claim(String shop) {
        return rules(shops.get(shop));
    }

    /** What the call of a claimed cart needs: after the last moment what is left of the lease is shorter than the time-out. */
    public AiqAsk.OfCart call(ClaimedCart cart) {
        return new AiqAsk.OfCart(
                cart.accountId(),
                Priority.CART,
                cart.nextAttemptAt() - timeout.toMillis(),
                cart.cartId(),
                cart.connection(),
                shops.get(cart.connection()).location(),
                cart.phone(),
                cart.email(),
                cart.url(),
                cart.currency() != null ? cart.currency() : currency(shops.get(cart.connection())),
                cart.total(),
                cart.items(),
                cart.abandonedAt(),
                cart.changedAt());
    }
}
