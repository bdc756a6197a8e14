package aiqbridge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.LongSupplier;

/** What each of AIQ's operations does, as the reference says it does. Called under the simulator's lock. */
final class SimulatorOperations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final SecureRandom random = new SecureRandom();
    private final SimulatorShop shop;
    private final SimulatorSwitches switches;
    private final SimulatorHistory history;
    private final LongSupplier clock;

    SimulatorOperations(SimulatorShop shop, SimulatorSwitches switches, SimulatorHistory history, LongSupplier clock) {
        this.shop = shop;
        this.switches = switches;
        this.history = history;
        this.clock = clock;
    }

    /** The operation a path asks for; unknown for none. */
    static String operation(String method, String path) {
        if (path.startsWith("/api/v1.1/discount/redeem/")) {
            return method.equals("PUT") ? "redeem" : "unknown";
        }
        if (path.startsWith("/api/v1.1/discount/refund/")) {
            return "reverse";
        }
        if (path.startsWith("/api/v1.1/adjust/loyaltyPoints/")) {
            return method.equals("PUT") ? "adjust" : "unknown";
        }
        if (path.startsWith("/api/v1.1/redemptions/")) {
            return "redemptions";
        }
        if (path.startsWith("/api/v1.1/adjustments/")) {
            return "adjustments";
        }
        if (path.startsWith("/api/v1.1/contact/loyaltyPoints/timeline/")) {
            return "timeline";
        }
        if (path.startsWith("/api/v1.1/stores/")) {
            return "stores";
        }
        if (path.startsWith("/api/v1.1/createUpdateSale/")) {
            return "sale";
        }
        if (path.startsWith("/api/v2/loyalty/lookup/")) {
            return "lookup";
        }
        return switch (path) {
            case "/api/v2/wallet" -> "wallet";
            case "/api/v2/verify/contact/wallet" -> "verify";
            case "/api/v2/view/contact/wallet" -> "view";
            case "/api/v2/loyalty" -> "signup";
            case "/api/v2/cart" -> "cart";
            default -> "unknown";
        };
    }

    /** The account number that stands in the path, null where none does. */
    static String uidIn(String operation, String[] segments) {
        return switch (operation) {
            case "redeem", "reverse", "adjust" -> segments.length > 5 ? segments[5] : "";
            case "redemptions", "adjustments", "stores", "sale" -> segments.length > 4 ? segments[4] : "";
            case "timeline" -> segments.length > 6 ? segments[6] : "";
            default -> null;
        };
    }

    SimulatorReply run(String operation, String uid, String path, String body, String baseUrl) {
        String[] segments = path.split("/", -1);
        JsonNode json = parsed(body);
        return switch (operation) {
            case "verify" -> verify(uid, json);
            case "view" -> view(uid, json, baseUrl);
            case "wallet" -> wallet(shop.contact(uid, text(json, "phone"), text(json, "email")), baseUrl, switches.on("wallet-has-contact-id"));
            case "redeem" -> redeem(uid, segments);
            case "reverse" -> reverse(segments);
            case "adjust" -> adjust(segments, json);
            case "redemptions" -> report("redemption", uid, segments);
            case "adjustments" -> report("adjustment", uid, segments);
            case "timeline" -> timeline(segments);
            case "stores" -> stores(uid);
            case "cart" -> cart(uid, json, body);
            case "signup" -> signUp(uid, json);
            case "lookup" -> lookup(uid, decoded(segments[segments.length - 1]));
            case "sale" -> SimulatorReply.ok();
            default -> SimulatorReply.error(404, "Not Found");
        };
    }

    private SimulatorReply nobody() {
        return switch (switches.text("unknown-customer")) {
            case "400" -> SimulatorReply.error(400, "No customer exists with phone number error");
            case "null-data" -> SimulatorReply.good(JSON.nullNode());
            default -> SimulatorReply.error(404, "No customer exists with phone number error");
        };
    }

    private SimulatorReply verify(String uid, JsonNode json) {
        SimulatorShop.Contact contact = shop.contact(uid, text(json, "phone"), text(json, "email"));
        if (contact == null) {
            return nobody();
        }
        SimulatorShop.Pin pin = new SimulatorShop.Pin();
        pin.code = String.format("%04d", random.nextInt(10_000));
        pin.sentAt = clock.getAsLong();
        shop.pins.put(contact.id, pin);
        effect("PIN", contact, null, null, null, BigDecimal.ZERO);
        return SimulatorReply.ok();
    }

    private SimulatorReply view(String uid, JsonNode json, String baseUrl) {
        SimulatorShop.Contact contact = shop.contact(uid, text(json, "phone"), text(json, "email"));
        String code = text(json, "code");
        SimulatorShop.Pin pin = contact == null ? null : shop.pins.get(contact.id);
        boolean master = !switches.text("master-pin").isEmpty() && switches.text("master-pin").equals(code);
        if (contact == null || !master && (pin == null || !good(pin, code))) {
            return SimulatorReply.error(400, "Invalid code");
        }
        if (!master) {
            pin.used = true;
        }
        return wallet(contact, baseUrl, true);
    }

    private boolean good(SimulatorShop.Pin pin, String code) {
        boolean open = pin.wrong < switches.number("pin-tries") && clock.getAsLong() - pin.sentAt <= switches.number("pin-life-ms") && !(pin.used && switches.on("pin-once"));
        if (open && !pin.code.equals(code)) {
            pin.wrong++;
        }
        return open && pin.code.equals(code);
    }

    private SimulatorReply wallet(SimulatorShop.Contact contact, String baseUrl, boolean withId) {
        if (contact == null) {
            return nobody();
        }
        ObjectNode data = JSON.createObjectNode();
        points(data, "loyaltyPoints", contact.hidePoints ? BigDecimal.ZERO : contact.points);
        data.put("hidePointsInWallet", contact.hidePoints);
        if (withId) {
            data.put("contactID", contact.id);
        }
        ArrayNode templates = JSON.createArrayNode();
        for (SimulatorShop.Discount discount : shop.discounts.values()) {
            boolean mine = discount.uid.equals(contact.uid) && (discount.contacts == null || discount.contacts.contains(contact.id));
            boolean used = !discount.reusable && contact.used.contains(discount.id);
            boolean affordable = contact.points.compareTo(discount.points) >= 0;
            if (mine && !used && (affordable || switches.on("locked-listed"))) {
                templates.add(template(contact, discount, baseUrl, affordable));
            }
        }
        data.set("discountTemplates", templates.isEmpty() && switches.on("null-lists") ? JSON.nullNode() : templates);
        if (switches.on("unknown-fields")) {
            data.putObject("somethingNew").put("a", 1);
        }
        return SimulatorReply.good(data);
    }

    private ObjectNode template(SimulatorShop.Contact contact, SimulatorShop.Discount discount, String baseUrl, boolean affordable) {
        String token = UUID.randomUUID().toString().replace("-", "");
        shop.tokens.put(token, new SimulatorShop.Token(contact.id, discount.id, clock.getAsLong()));
        ObjectNode template = discount.template.deepCopy();
        template.put("id", discount.id).put("reusable", discount.reusable);
        points(template, "pointsDeduction", discount.points);
        template.put("available", affordable && template.path("available").asBoolean(true));
        template.put("redemptionURL", baseUrl + "/api/v1.1/discount/redeem/" + contact.uid + "/" + discount.id + "/" + token);
        return template;
    }

    private SimulatorReply redeem(String uid, String[] segments) {
        SimulatorShop.Token token = segments.length > 7 ? shop.tokens.get(segments[7]) : null;
        long life = switches.number("token-life-ms");
        if (token == null || !token.discountId().equals(segments[6]) || life > 0 && clock.getAsLong() - token.madeAt() > life) {
            return SimulatorReply.error(Integer.parseInt(switches.text("expired-token")), "Unknown redemption");
        }
        SimulatorShop.Contact contact = shop.contacts.get(token.contactId());
        SimulatorShop.Discount discount = shop.discounts.get(token.discountId());
        if (!discount.reusable && contact.used.contains(discount.id)) {
            int status = Integer.parseInt(switches.text("second-put"));
            return status == 200 ? SimulatorReply.ok() : SimulatorReply.error(status, "Already redeemed");
        }
        if (contact.points.compareTo(discount.points) < 0) {
            return SimulatorReply.error(400, "Not enough points");
        }
        SimulatorShop.Redemption redemption = new SimulatorShop.Redemption();
        redemption.id = "r_" + UUID.randomUUID();
        redemption.contact = contact;
        redemption.discount = discount;
        redemption.points = discount.points;
        redemption.transactionId = segments.length > 8 ? decoded(segments[8]) : null;
        shop.redemptions.put(redemption.id, redemption);
        contact.used.add(discount.id);
        contact.points = contact.points.subtract(discount.points);
        moved("redemption", redemption.id, contact, discount.id, redemption.transactionId, discount.points.negate(), null);
        effect("REDEEMED", contact, discount.id, redemption.id, redemption.transactionId, discount.points);
        return receipt(redemption);
    }

    private SimulatorReply receipt(SimulatorShop.Redemption redemption) {
        return switch (switches.text("redemption-reply")) {
            case "string" -> SimulatorReply.good(JSON.getNodeFactory().textNode(redemption.id));
            case "empty" -> SimulatorReply.ok();
            case "redemptionID", "redemptionId", "id" -> SimulatorReply.good(JSON.createObjectNode().put(switches.text("redemption-reply"), redemption.id));
            default -> SimulatorReply.good(JSON.createObjectNode().put("id", redemption.id).put("redemptionID", redemption.id).put("contactID", redemption.contact.id)
                .put("templateID", redemption.discount.id).put("pointsDeduction", redemption.points).put("loyaltyPoints", redemption.contact.points));
        };
    }

    private SimulatorReply reverse(String[] segments) {
        String supported = switches.text("reversal");
        if (!supported.equals("yes")) {
            return SimulatorReply.error(Integer.parseInt(supported), "Not Found");
        }
        SimulatorShop.Redemption redemption = segments.length > 8 ? shop.redemptions.get(decoded(segments[8])) : null;
        if (redemption == null || !redemption.contact.id.equals(decoded(segments[6])) || !redemption.discount.id.equals(decoded(segments[7]))) {
            return SimulatorReply.error(404, "Not Found");
        }
        if (redemption.reversed) {
            return switches.text("second-reversal").equals("200") ? SimulatorReply.ok() : SimulatorReply.error(400, "Already reversed");
        }
        redemption.reversed = true;
        redemption.contact.points = redemption.contact.points.add(redemption.points);
        if (switches.on("reversal-restores")) {
            redemption.contact.used.remove(redemption.discount.id);
        }
        moved("refund", redemption.id, redemption.contact, redemption.discount.id, redemption.transactionId, redemption.points, null);
        effect("REVERSED", redemption.contact, redemption.discount.id, redemption.id, redemption.transactionId, redemption.points);
        return SimulatorReply.ok();
    }

    private SimulatorReply adjust(String[] segments, JsonNode json) {
        SimulatorShop.Contact contact = segments.length > 6 ? shop.contacts.get(decoded(segments[6])) : null;
        if (contact == null || !json.path("value").isNumber()) {
            return SimulatorReply.error(contact == null ? 404 : 400, "Bad Request");
        }
        BigDecimal value = json.path("value").decimalValue();
        contact.points = contact.points.add(value);
        if (contact.points.signum() < 0 && switches.on("negative-resets")) {
            contact.points = BigDecimal.ZERO;
        }
        moved("adjustment", "a_" + UUID.randomUUID(), contact, null, null, value, text(json, "note"));
        effect("ADJUSTED", contact, null, null, text(json, "note"), value);
        return SimulatorReply.ok();
    }

    private SimulatorReply report(String type, String uid, String[] segments) {
        long from = Long.parseLong(segments[5]) * 1_000;
        long to = Long.parseLong(segments[6]) * 1_000 + 999;
        ArrayNode rows = JSON.createArrayNode();
        for (SimulatorShop.Movement m : shop.movements) {
            if (m.type().equals(type) && m.contact().uid.equals(uid) && m.time() >= from && m.time() <= to && visible(m)) {
                rows.add(row(m));
            }
        }
        return SimulatorReply.good(rows.isEmpty() && switches.on("null-lists") ? JSON.nullNode() : rows);
    }

    private SimulatorReply timeline(String[] segments) {
        SimulatorShop.Contact contact = segments.length > 7 ? shop.contacts.get(decoded(segments[7])) : null;
        if (contact == null) {
            return SimulatorReply.error(404, "Not Found");
        }
        ObjectNode data = JSON.createObjectNode().put("contactID", contact.id);
        ArrayNode events = data.putArray("events");
        for (SimulatorShop.Movement m : shop.movements) {
            if (m.contact() == contact && visible(m)) {
                events.add(row(m).put("type", m.type()));
            }
        }
        return SimulatorReply.good(data);
    }

    private boolean visible(SimulatorShop.Movement movement) {
        return movement.time() <= clock.getAsLong() - switches.number("report-lag-ms");
    }

    private ObjectNode row(SimulatorShop.Movement m) {
        ObjectNode row = JSON.createObjectNode().put(switches.text("report-id-name"), m.id()).put(switches.text("report-contact-name"), m.contact().id)
            .put("phone", m.contact().phone).put("email", m.contact().email).put("points", m.points()).put("ts", m.time() / 1_000);
        if (m.discountId() != null) {
            row.put("templateID", m.discountId());
        }
        if (m.transactionId() != null && switches.on("report-has-transaction")) {
            row.put("transactionID", m.transactionId());
        }
        return m.note() == null ? row : row.put("note", m.note());
    }

    private SimulatorReply stores(String uid) {
        ObjectNode data = JSON.createObjectNode();
        data.putArray("stores").addObject().put("id", 12).put("name", "Main St").put("userID", uid);
        return SimulatorReply.good(data);
    }

    private SimulatorReply cart(String uid, JsonNode json, String body) {
        if (text(json, "phone") == null && text(json, "email") == null) {
            return SimulatorReply.error(400, "Bad Request");
        }
        history.effect(clock.getAsLong(), "CART", JSON.createObjectNode().put("uid", uid).put("body", body));
        return SimulatorReply.ok();
    }

    private SimulatorReply signUp(String uid, JsonNode json) {
        String phone = text(json, "mobilePhone");
        String email = text(json, "email");
        if (phone == null && email == null) {
            return SimulatorReply.error(400, "Bad Request");
        }
        SimulatorShop.Contact contact = shop.contact(uid, phone, email);
        if (contact == null) {
            contact = new SimulatorShop.Contact();
            contact.id = "c_" + UUID.randomUUID();
            contact.uid = uid;
            contact.points = BigDecimal.ZERO;
            shop.contacts.put(contact.id, contact);
        }
        contact.phone = phone == null ? contact.phone : phone;
        contact.email = email == null ? contact.email : email;
        effect("SIGNED_UP", contact, null, null, null, BigDecimal.ZERO);
        return SimulatorReply.good(JSON.createObjectNode().put("contactID", contact.id));
    }

    private SimulatorReply lookup(String uid, String identity) {
        SimulatorShop.Contact contact = identity.contains("@") ? shop.contact(uid, null, identity) : shop.contact(uid, identity, null);
        return contact == null ? nobody() : SimulatorReply.good(JSON.createObjectNode().put("contactID", contact.id).put("loyalty", true));
    }

    private void moved(String type, String id, SimulatorShop.Contact contact, String discountId, String transactionId, BigDecimal points, String note) {
        shop.movements.add(new SimulatorShop.Movement(type, id, contact, discountId, transactionId, points, note, clock.getAsLong()));
    }

    private void effect(String kind, SimulatorShop.Contact contact, String discountId, String redemptionId, String transactionId, BigDecimal points) {
        history.effect(clock.getAsLong(), kind, JSON.createObjectNode().put("uid", contact.uid).put("contactID", contact.id).put("discountID", discountId)
            .put("redemptionID", redemptionId).put("transactionID", transactionId).put("points", points));
    }

    private void points(ObjectNode node, String name, BigDecimal points) {
        node.put(name, switches.on("points-fraction") ? points.setScale(1, java.math.RoundingMode.HALF_UP) : points);
    }

    private static JsonNode parsed(String body) {
        try {
            return body == null || body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).isTextual() && !json.path(name).asText().isEmpty() ? json.path(name).asText() : null;
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
