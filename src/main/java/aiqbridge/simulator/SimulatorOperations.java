package aiqbridge.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.util.UUID;

/** What each of AIQ's operations does, as routes/aiq/README.md says it does. Called under the simulator's lock. */
final class SimulatorOperations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final SecureRandom random = new SecureRandom();
    private final SimulatorShop shop;
    private final SimulatorSwitches switches;
    private final SimulatorBooks books;
    private final SimulatorContacts contacts;
    private final SimulatorSales sales;

    SimulatorOperations(
            SimulatorShop shop,
            SimulatorSwitches switches,
            SimulatorBooks books,
            SimulatorContacts contacts,
            SimulatorSales sales) {
        this.shop = shop;
        this.switches = switches;
        this.books = books;
        this.contacts = contacts;
        this.sales = sales;
    }

    SimulatorReply run(SimulatorCall call, String uid, String baseUrl) {
        return switch (call.operation()) {
            case "verify" -> verify(contacts.member(uid, call));
            case "view" -> view(contacts.member(uid, call), call.text("code"), baseUrl);
            case "wallet" -> wallet(contacts.member(uid, call), baseUrl, switches.on("wallet-has-contact-id"));
            case "redeem" -> redeem(call);
            case "reverse" -> reverse(call);
            case "adjust" -> adjust(contacts.known(uid, call.value("contactID")), call);
            case "redemptions", "adjustments" -> books.report(call.operation(), uid, call);
            case "timeline" -> books.timeline(contacts.known(uid, call.value("contactID")), call);
            case "stores" -> stores(uid);
            case "signup" -> contacts.signUp(uid, call);
            case "lookup" -> contacts.lookup(uid, call);
            case "optin" -> contacts.optIn(uid, call);
            case "optin-email" -> contacts.optInByEmail(uid, call);
            case "sale" -> sales.hear(uid, call);
            case "cart" -> cart(uid, call);
            case "wrong-method" -> SimulatorReply.error(405, "Method Not Allowed");
            default -> SimulatorReply.error(404, "Not Found");
        };
    }

    private SimulatorReply verify(SimulatorShop.Contact contact) {
        if (contact == null) {
            return contacts.nobody();
        }
        if (contact.texts == SimulatorShop.Consent.OUT && !switches.on("pin-to-opted-out")) {
            return SimulatorReply.error(400, "Contact has opted out");
        }
        SimulatorShop.Pin pin = new SimulatorShop.Pin();
        pin.code = String.format("%04d", random.nextInt(10_000));
        pin.sentAt = books.now();
        shop.pins.put(contact.id, pin);
        books.effect("PIN", contact, null, null, null, BigDecimal.ZERO);
        return SimulatorReply.ok();
    }

    private SimulatorReply view(SimulatorShop.Contact contact, String code, String baseUrl) {
        SimulatorShop.Pin pin = contact == null ? null : shop.pins.get(contact.id);
        boolean master = !switches.text("master-pin").isEmpty()
                && switches.text("master-pin").equals(code);
        if (contact == null || !master && (pin == null || !good(pin, code))) {
            return SimulatorReply.error(400, "Invalid code");
        }
        if (!master) {
            pin.used = true;
        }
        return wallet(contact, baseUrl, true);
    }

    private boolean good(SimulatorShop.Pin pin, String code) {
        boolean open = pin.wrong < switches.number("pin-tries")
                && books.now() - pin.sentAt <= switches.number("pin-life-ms")
                && !(pin.used && switches.on("pin-once"));
        if (open && !pin.code.equals(code)) {
            pin.wrong++;
        }
        return open && pin.code.equals(code);
    }

    private SimulatorReply wallet(SimulatorShop.Contact contact, String baseUrl, boolean withId) {
        if (contact == null) {
            return contacts.nobody();
        }
        if (switches.on("wallet-voids-tokens")) {
            shop.tokens.values().removeIf(t -> t.contactId().equals(contact.id));
        }
        long known = books.now() - switches.number("wallet-lag-ms");
        BigDecimal points = contact.pointsAt(known);
        ObjectNode data = JSON.createObjectNode();
        points(data, "loyaltyPoints", contact.hidePoints ? BigDecimal.ZERO : points);
        data.put("hidePointsInWallet", contact.hidePoints);
        if (withId) {
            data.put("contactID", contact.id);
        }
        ArrayNode templates = JSON.createArrayNode();
        for (SimulatorShop.Discount discount : shop.discounts.values()) {
            boolean usable = refusal(discount, points) == null && !discount.coolsDownFor(contact, books.now());
            if (discount.offeredTo(contact)
                    && discount.inWindow(books.now())
                    && !discount.usedUpBy(contact, known)
                    && (usable || switches.on("locked-listed"))) {
                templates.add(template(contact, discount, baseUrl, usable));
            }
        }
        data.set("discountTemplates", templates.isEmpty() && switches.on("null-lists") ? JSON.nullNode() : templates);
        return SimulatorReply.good(data);
    }

    /** Why a contact with these points cannot redeem this discount now, null when they can. */
    private String refusal(SimulatorShop.Discount discount, BigDecimal points) {
        return !discount.inWindow(books.now())
                ? "Discount is no longer valid"
                : !discount.template.path("available").asBoolean(true)
                        ? "Discount is locked"
                        : points.compareTo(discount.points) < 0 ? "Not enough points" : null;
    }

    private ObjectNode template(
            SimulatorShop.Contact contact, SimulatorShop.Discount discount, String baseUrl, boolean usable) {
        String token = UUID.randomUUID().toString().replace("-", "");
        shop.tokens.put(token, new SimulatorShop.Token(contact.id, discount.id, books.now()));
        ObjectNode template = discount.template.deepCopy();
        template.put("id", discount.id).put("reusable", discount.reusable);
        points(template, "pointsDeduction", discount.points);
        template.put("available", usable);
        template.put(
                "redemptionURL",
                baseUrl + "/api/v1.1/discount/redeem/" + contact.uid + "/" + discount.id + "/" + token);
        return template;
    }

    private SimulatorReply redeem(SimulatorCall call) {
        SimulatorShop.Token token = shop.tokens.get(call.value("token"));
        long life = switches.number("token-life-ms");
        if (token == null
                || !token.discountId().equals(call.value("templateID"))
                || life > 0 && books.now() - token.madeAt() > life) {
            return SimulatorReply.error(Integer.parseInt(switches.text("expired-token")), "Unknown redemption");
        }
        SimulatorShop.Contact contact = SimulatorShop.whole(shop.contacts.get(token.contactId()));
        SimulatorShop.Discount discount = shop.discounts.get(token.discountId());
        if (discount.usedUpBy(contact, books.now()) || discount.coolsDownFor(contact, books.now())) {
            int status = Integer.parseInt(switches.text("second-put"));
            return status == 200 ? SimulatorReply.ok() : SimulatorReply.error(status, "Already redeemed");
        }
        String refusal = refusal(discount, contact.points);
        if (refusal != null) {
            return SimulatorReply.error(400, refusal);
        }
        SimulatorShop.Redemption redemption = new SimulatorShop.Redemption();
        redemption.id = "r_" + UUID.randomUUID();
        redemption.contact = contact;
        redemption.discount = discount;
        redemption.points = discount.points;
        redemption.transactionId = call.value("transactionID");
        shop.redemptions.put(redemption.id, redemption);
        books.redeemed(contact, discount.id);
        books.move(
                "redemption",
                redemption.id,
                contact,
                discount.id,
                redemption.transactionId,
                discount.points.negate(),
                null);
        books.effect("REDEEMED", contact, discount.id, redemption.id, redemption.transactionId, discount.points);
        return receipt(redemption);
    }

    private SimulatorReply receipt(SimulatorShop.Redemption redemption) {
        return switch (switches.text("redemption-reply")) {
            case "string" -> SimulatorReply.good(JSON.getNodeFactory().textNode(redemption.id));
            case "empty" -> SimulatorReply.ok();
            case "redemptionID", "redemptionId", "id" ->
                SimulatorReply.good(JSON.createObjectNode().put(switches.text("redemption-reply"), redemption.id));
            default ->
                SimulatorReply.good(JSON.createObjectNode()
                        .put("id", redemption.id)
                        .put("redemptionID", redemption.id)
                        .put("contactID", redemption.contact.id)
                        .put("templateID", redemption.discount.id)
                        .put("pointsDeduction", redemption.points)
                        .put("loyaltyPoints", redemption.contact.points));
        };
    }

    private SimulatorReply reverse(SimulatorCall call) {
        String supported = switches.text("reversal");
        if (!supported.equals("yes")) {
            return SimulatorReply.error(Integer.parseInt(supported), "Not Found");
        }
        SimulatorShop.Redemption redemption = shop.redemptions.get(call.value("redemptionID"));
        if (redemption == null
                || redemption.contact != SimulatorShop.whole(shop.contacts.get(call.value("contactID")))
                || !redemption.discount.id.equals(call.value("templateID"))) {
            return SimulatorReply.error(404, "Not Found");
        }
        if (redemption.reversed) {
            return switches.text("second-reversal").equals("200")
                    ? SimulatorReply.ok()
                    : SimulatorReply.error(400, "Already reversed");
        }
        books.giveBack(redemption);
        return SimulatorReply.ok();
    }

    private SimulatorReply adjust(SimulatorShop.Contact contact, SimulatorCall call) {
        if (contact == null || !call.json().path("value").isNumber()) {
            return SimulatorReply.error(contact == null ? 404 : 400, "Bad Request");
        }
        BigDecimal value = call.json().path("value").decimalValue();
        books.move("adjustment", "a_" + UUID.randomUUID(), contact, null, null, value, call.text("note"));
        books.effect("ADJUSTED", contact, null, null, call.text("note"), value);
        return SimulatorReply.ok();
    }

    private SimulatorReply stores(String uid) {
        ObjectNode data = JSON.createObjectNode();
        data.putArray("stores").addObject().put("id", 12).put("name", "Main St").put("userID", uid);
        return SimulatorReply.good(data);
    }

    private SimulatorReply cart(String uid, SimulatorCall call) {
        if (call.text("phone") == null && call.text("email") == null) {
            return SimulatorReply.error(400, "Bad Request");
        }
        boolean known = call.text("cartID") != null && !shop.carts.add(uid + " " + call.text("cartID"));
        if (!known || !switches.on("cart-dedupe")) {
            books.effect("CART", null, JSON.createObjectNode().put("uid", uid).put("body", call.body()));
        }
        return SimulatorReply.ok();
    }

    private void points(ObjectNode node, String name, BigDecimal points) {
        node.put(name, switches.on("points-fraction") ? points.setScale(1, RoundingMode.HALF_UP) : points);
    }
}
