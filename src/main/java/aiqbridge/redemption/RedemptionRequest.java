package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Fields;
import aiqbridge.api.Problem;
import aiqbridge.connection.Confirmations;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.connection.OrderIds;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnection.Model;
import aiqbridge.connection.StorefrontConnection.Redeems;
import aiqbridge.wallet.KeptDiscount;
import aiqbridge.wallet.OpenRedemption;
import aiqbridge.wallet.Points;
import aiqbridge.wallet.WalletSession;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Reads, checks and shapes the request to redeem a discount: with a till's sale, or with a shop's cart. */
public final class RedemptionRequest {
    /** Crockford's base 32: no letter that a cashier could mistake for another. */
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
    public Wish read(ApiRequest request) {
        if (request.key() == null) {
            throw new Problem(
                    400,
                    "idempotency-key-missing",
                    "Send a header Idempotency-Key, unique per redemption; send the same value when you repeat the request.");
        }
        Connection caller = connections.get(request.caller().connection());
        return caller instanceof StorefrontConnection shop
                ? withCart(
                        request, shop, new Fields(request.body(), "walletSession", "discountId", "cartId", "cartIdIs"))
                : withSale(
                        request,
                        caller,
                        new Fields(request.body(), "walletSession", "discountId", "transactionId", "employee"));
    }

    private Wish withSale(ApiRequest request, Connection till, Fields fields) {
        long now = clock.millis();
        String transactionId = fields.text("transactionId", 128);
        return new Wish(
                till.name(),
                till.account(),
                request.key(),
                request.digest(),
                request.sent(),
                UUID.randomUUID().toString(),
                TicketNote.random(random),
                now,
                fields.needed("walletSession", 64),
                fields.needed("discountId", 128),
                till.name(),
                till.location(),
                "POS",
                "QUEUED",
                now + life.toMillis(),
                transactionId,
                TransactionId.spelling(transactionId),
                fields.text("employee", 128),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** When it is redeemed, and by whose sale or order: routes/storefront/README.md section 2. */
    private Wish withCart(ApiRequest request, StorefrontConnection shop, Fields fields) {
        if (shop.model() == Model.INFORMATIONAL && confirmations.of(shop).isEmpty()) {
            throw new Problem(
                    409,
                    "not-confirmed",
                    "The retailer has not yet confirmed who redeems what is chosen in this shop. Confirm it on the bridge's page, under Tills and shops.");
        }
        OrderIds.Id cart = cart(fields, shop);
        boolean atTill = shop.redeems() == Redeems.BRIDGE;
        Connection redeems = atTill ? connections.get(shop.pos()) : shop;
        long now = clock.millis();
        return new Wish(
                shop.name(),
                shop.account(),
                request.key(),
                request.digest(),
                request.sent(),
                UUID.randomUUID().toString(),
                TicketNote.random(random),
                now,
                fields.needed("walletSession", 64),
                fields.needed("discountId", 128),
                redeems.name(),
                redeems.location(),
                shop.model().name(),
                switch (shop.model()) {
                    case IMMEDIATE -> "DUE";
                    case PAID -> "QUEUED";
                    case INFORMATIONAL -> "SELECTED";
                },
                now + life(shop.model()).toMillis(),
                null,
                null,
                null,
                cart.value(),
                cart.sort(),
                cart.known() ? null : "cart-id-unknown",
                shop.name(),
                shop.model() != Model.INFORMATIONAL ? null : atTill ? "bridge" : "pos-native",
                shop.model() == Model.IMMEDIATE ? now : null);
    }

    /** @throws Problem 422 where it has the form of something that no order of this kind of shop bears */
    private OrderIds.Id cart(Fields fields, StorefrontConnection shop) {
        OrderIds ids = connections.storefronts().ids(shop.kind());
        String id = fields.needed("cartId", 200), sort = fields.text("cartIdIs", 20);
        if (sort != null && !OrderIds.SORTS.contains(sort)) {
            throw Problem.field("cartIdIs", "must be one of " + String.join(", ", OrderIds.SORTS) + ".");
        }
        ids.refused(id, sort).ifPresent(instead -> {
            throw Problem.field("cartId", "names no order of this shop. " + instead);
        });
        return ids.read(id, sort);
    }

    private Duration life(Model model) {
        return switch (model) {
            case IMMEDIATE -> immediateLife;
            case PAID -> life;
            case INFORMATIONAL -> selectionLife;
        };
    }

    /**
     * The redemption that the same request made before, null for none.
     *
     * @throws Problem 422 when the key was used for another request
     */
    public String made(Wish wish, List<MadeBefore> known) {
        if (known.isEmpty()) {
            return null;
        }
        String before = known.get(0).bodyHash();
        if (!before.equals(wish.bodyHash()) && !before.equals(wish.sentHash())) {
            throw new Problem(
                    422, "idempotency-key-reused", "This Idempotency-Key was already used for a different request.");
        }
        return known.get(0).redemptionId();
    }

    /** The wish with what the wallet session says about its discount. */
    public Chosen chosen(Wish wish, List<OpenedWallet> sessions) {
        if (sessions.isEmpty()) {
            throw new Problem(
                    409,
                    "wallet-session-unknown",
                    "The wallet session is unknown or has expired. Open the wallet again.");
        }
        OpenedWallet session = sessions.get(0);
        KeptDiscount discount = WalletSession.discounts(session.discounts()).stream()
                .filter(d -> wish.discountId().equals(d.id()))
                .findFirst()
                .orElseThrow(() -> Problem.field("discountId", "is not in this wallet."));
        return new Chosen(
                wish,
                discount,
                session.customerKey(),
                session.contactId(),
                session.points(),
                session.openedAt(),
                discount.name(),
                discount.posDiscountId(),
                discount.points() == null ? BigDecimal.ZERO : Points.of(discount.points()),
                discount.dollarsOff() == null ? null : Points.of(discount.dollarsOff()),
                discount.reusable() ? 1 : 0);
    }

    /**
     * What was promised elsewhere is not promised again (routes/redemption/README.md section 3, limits on promising).
     *
     * @param open the customer's open redemptions over all connections and those executed since the wallet was opened, read in the transaction that holds the customer's row
     * @throws Problem 409 with the reason
     */
    public void affordable(Chosen row, List<OpenRedemption> open) {
        BigDecimal free = row.walletPoints() == null
                ? null
                : Points.of(row.walletPoints()).subtract(OpenRedemption.points(open));
        String unusable = sessions.unusable(row.discount(), free, open);
        if (unusable != null) {
            throw new Problem(
                    409,
                    "discount-" + unusable,
                    switch (unusable) {
                        case "already-chosen" ->
                            "The customer has already chosen or used this discount; release that redemption first if its sale will not come.";
                        case "points-missing" ->
                            "Not enough points: " + row.points().subtract(free).toPlainString() + " more are needed.";
                        case "in-store-only" -> "The discount can only be redeemed in the store.";
                        case "unmapped" ->
                            "The value of the discount is unknown: it has neither a till's discount nor a value from AIQ.";
                        case "implausible" ->
                            "AIQ gives the discount a value that makes no sense: "
                                    + row.discount().implausible() + ".";
                        case "minimum-spend" -> "The order's subtotal is below the discount's minimum.";
                        case "maximum-spend" -> "The order's subtotal is above the discount's maximum.";
                        default -> "The discount cannot be used now: " + unusable + ".";
                    });
        }
    }

    /** @throws Problem 409 when the sale or cart has as many redemptions as one may have, or the customer one that waits for a ticket too */
    public void roomOnSale(Chosen row, List<Long> ofSale) {
        long onThisSale = ofSale.get(0);
        if (onThisSale > 0 && row.wish().model().equals("POS") && row.wish().transactionId() == null) {
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

    /** @throws Problem 409 while a checkout's redemption of the same discount may have had its effect: the discount would be given twice for one choice */
    public void nothingUnclear(Chosen row, List<Long> unclear) {
        if (row.wish().immediate() && unclear.get(0) > 0) {
            throw new Problem(
                    409,
                    "redemption-unclear",
                    "It is not known yet whether AIQ took the points when this discount was last redeemed for the customer. Continue without it; it can be chosen again once that is settled.");
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
}
