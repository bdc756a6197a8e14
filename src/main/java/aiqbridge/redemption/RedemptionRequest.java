package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.connection.Confirmations;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnection.Model;
import aiqbridge.connection.StorefrontConnection.Redeems;
import aiqbridge.wallet.Points;
import aiqbridge.wallet.WalletSession;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads, checks and shapes the request to redeem a discount: with a till's sale, or with a shop's cart. */
public final class RedemptionRequest {
    /** Crockford's base 32: no letter that a cashier could mistake for another. */
    private static final String NOTE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final SecureRandom random = new SecureRandom();
    private final Connections connections;
    private final Confirmations confirmations;
    private final WalletSession sessions;
    private final Clock clock;
    private final Duration life;
    private final Duration selectionLife;
    private final Duration immediateLife;
    private final int perSale;

    public RedemptionRequest(
            Connections connections,
            Confirmations confirmations,
            WalletSession sessions,
            Settings settings,
            Clock clock) {
        this.connections = connections;
        this.confirmations = confirmations;
        this.sessions = sessions;
        this.clock = clock;
        this.life = settings.duration("redemption.expires-after");
        this.selectionLife = settings.duration("redemption.selection-expires-after");
        this.immediateLife = settings.duration("redemption.immediate-for");
        this.perSale = settings.number("redemption.per-sale");
    }

    /** The caller's wish as a row to be; nothing is looked up yet. */
    public Map<String, Object> read(ApiRequest request) {
        if (request.key() == null) {
            throw new Problem(
                    400,
                    "idempotency-key-missing",
                    "Send a header Idempotency-Key, unique per redemption; send the same value when you repeat the request.");
        }
        Connection caller = connections.get(request.caller().connection());
        Map<String, Object> wish = new HashMap<>();
        wish.put("caller", caller.name());
        wish.put("account_id", caller.account());
        wish.put("request_key", request.key());
        wish.put("body_hash", request.digest());
        wish.put("redemption_id", UUID.randomUUID().toString());
        wish.put("note", note());
        wish.put("now", clock.millis());
        if (caller instanceof StorefrontConnection shop) {
            withCart(wish, shop, new Fields(request.body(), "walletSession", "discountId", "cartId"));
        } else {
            withSale(
                    wish,
                    caller,
                    new Fields(request.body(), "walletSession", "discountId", "transactionId", "employee"));
        }
        return wish;
    }

    private void withSale(Map<String, Object> wish, Connection till, Fields fields) {
        row(wish, till, "POS", "QUEUED", life, fields);
        wish.put("transaction_id", fields.text("transactionId", 128));
        wish.put("employee", fields.text("employee", 128));
    }

    /** When it is redeemed, and by whose sale or order: routes/storefront/README.md section 2. */
    private void withCart(Map<String, Object> wish, StorefrontConnection shop, Fields fields) {
        if (shop.model() == Model.INFORMATIONAL && confirmations.of(shop).isEmpty()) {
            throw new Problem(
                    409,
                    "not-confirmed",
                    "The retailer has not yet confirmed who redeems what is chosen in this shop. Confirm it on the bridge's page, under Tills and shops.");
        }
        boolean atTill = shop.redeems() == Redeems.BRIDGE;
        row(
                wish,
                atTill ? connections.get(shop.pos()) : shop,
                shop.model().name(),
                switch (shop.model()) {
                    case IMMEDIATE -> "DUE";
                    case PAID -> "QUEUED";
                    case INFORMATIONAL -> "SELECTED";
                },
                switch (shop.model()) {
                    case IMMEDIATE -> immediateLife;
                    case PAID -> life;
                    case INFORMATIONAL -> selectionLife;
                },
                fields);
        wish.put("cart_id", fields.needed("cartId", 128));
        wish.put("storefront", shop.name());
        wish.put("redeems", shop.model() != Model.INFORMATIONAL ? null : atTill ? "bridge" : "pos-native");
        wish.put("due_at", shop.model() == Model.IMMEDIATE ? wish.get("now") : null);
    }

    private static void row(
            Map<String, Object> wish,
            Connection connection,
            String model,
            String status,
            Duration life,
            Fields fields) {
        wish.put("session_id", fields.needed("walletSession", 64));
        wish.put("discount_id", fields.needed("discountId", 128));
        wish.put("connection", connection.name());
        wish.put("location", connection.location());
        wish.put("model", model);
        wish.put("status", status);
        wish.put("expires_at", (long) wish.get("now") + life.toMillis());
        for (String absent :
                new String[] {"transaction_id", "employee", "cart_id", "storefront", "redeems", "due_at"}) {
            wish.put(absent, null);
        }
    }

    /**
     * The redemption that the same request made before, null for none.
     *
     * @throws Problem 422 when the key was used for another request
     */
    public String made(Map<String, Object> wish, List<Map<String, Object>> known) {
        if (known.isEmpty()) {
            return null;
        }
        if (!known.get(0).get("body_hash").equals(wish.get("body_hash"))) {
            throw new Problem(
                    422, "idempotency-key-reused", "This Idempotency-Key was already used for a different request.");
        }
        return (String) known.get(0).get("redemption_id");
    }

    /** The wish with what the wallet session says about its discount. */
    public Map<String, Object> chosen(Map<String, Object> wish, List<Map<String, Object>> sessions) {
        if (sessions.isEmpty()) {
            throw new Problem(
                    409,
                    "wallet-session-unknown",
                    "The wallet session is unknown or has expired. Open the wallet again.");
        }
        Map<String, Object> session = sessions.get(0);
        Map<String, Object> discount = WalletSession.discounts(session.get("discounts")).stream()
                .filter(d -> wish.get("discount_id").equals(d.get("id")))
                .findFirst()
                .orElseThrow(() -> Problem.field("discountId", "is not in this wallet."));
        Map<String, Object> row = new HashMap<>(wish);
        row.put("customer_key", session.get("customer_key"));
        row.put("contact_id", session.get("contact_id"));
        row.put("wallet_points", session.get("points"));
        row.put("opened_at", session.get("opened_at"));
        row.put("discount_name", discount.get("name"));
        row.put("pos_discount_id", discount.get("posDiscountId"));
        row.put("points", Points.of(discount.get("points")));
        row.put("money", discount.get("dollarsOff") == null ? null : Points.of(discount.get("dollarsOff")));
        row.put("reusable", Boolean.TRUE.equals(discount.get("reusable")) ? 1 : 0);
        row.put("discount", discount);
        return row;
    }

    /**
     * What was promised elsewhere is not promised again (routes/redemption/README.md section 3, limits on promising).
     *
     * @param open the customer's open redemptions over all connections and those executed since the wallet was opened, read in the transaction that holds the customer's row
     * @throws Problem 409 with the reason
     */
    public void affordable(Map<String, Object> row, List<Map<String, Object>> open) {
        BigDecimal promised =
                open.stream().map(r -> Points.of(r.get("points"))).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal free = row.get("wallet_points") == null
                ? null
                : Points.of(row.get("wallet_points")).subtract(promised);
        @SuppressWarnings("unchecked")
        String unusable = sessions.unusable((Map<String, Object>) row.get("discount"), free, open);
        if (unusable != null) {
            throw new Problem(
                    409,
                    "discount-" + unusable,
                    switch (unusable) {
                        case "already-chosen" ->
                            "The customer has already chosen or used this discount; release that redemption first if its sale will not come.";
                        case "points-missing" ->
                            "Not enough points: "
                                    + Points.of(row.get("points"))
                                            .subtract(free)
                                            .toPlainString() + " more are needed.";
                        case "in-store-only" -> "The discount can only be redeemed in the store.";
                        case "unmapped" ->
                            "The value of the discount is unknown: it has neither a till's discount nor a value from AIQ.";
                        case "minimum-spend" -> "The order's subtotal is below the discount's minimum.";
                        case "maximum-spend" -> "The order's subtotal is above the discount's maximum.";
                        default -> "The discount cannot be used now: " + unusable + ".";
                    });
        }
    }

    /** @throws Problem 409 when the sale or cart has as many redemptions as one may have, or the customer one that waits for a ticket too */
    public void roomOnSale(Map<String, Object> row, List<Map<String, Object>> ofSale) {
        long onThisSale = ((Number) ofSale.get(0).get("redemptions")).longValue();
        if (onThisSale > 0 && "POS".equals(row.get("model")) && row.get("transaction_id") == null) {
            throw new Problem(
                    409,
                    "sale-has-redemption",
                    "The customer already has a redemption that waits for its note on a ticket, and only one note per ticket is read: complete that sale, release the redemption, or name the sale by its transactionId.");
        }
        if (onThisSale >= perSale) {
            throw new Problem(
                    409,
                    "sale-has-redemption",
                    "This sale or cart already has " + onThisSale + " redemption(s); more than " + perSale
                            + " are not allowed.");
        }
    }

    /** @throws Problem 409 when the unique keys of the store refused the row: they, not this code, carry the promise */
    public void accepted(Integer rows) {
        if (rows == null || rows != 1) {
            throw new Problem(
                    409,
                    "discount-already-chosen",
                    "This discount already has a redemption on this sale or cart, or an open one of this customer.");
        }
    }

    private String note() {
        StringBuilder note = new StringBuilder("AIQ-");
        for (int i = 0; i < 6; i++) {
            note.append(NOTE_LETTERS.charAt(random.nextInt(NOTE_LETTERS.length())));
        }
        return note.toString();
    }
}
