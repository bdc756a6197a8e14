package aiqbridge.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sales are accepted at once and worked on late: members earn points by what they bought, and give them back for what they returned (AIQ: section 7.1). */
final class SimulatorSales {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final SimulatorShop shop;
    private final SimulatorSwitches switches;
    private final SimulatorBooks books;
    private final SimulatorContacts contacts;
    private final List<Heard> waiting = new ArrayList<>();
    private final Map<String, Sale> sales = new HashMap<>();

    private record Heard(String uid, JsonNode json, long due) {}

    private static final class Sale {
        SimulatorShop.Contact contact;
        BigDecimal value = BigDecimal.ZERO;
        BigDecimal points = BigDecimal.ZERO;
    }

    SimulatorSales(SimulatorShop shop, SimulatorSwitches switches, SimulatorBooks books, SimulatorContacts contacts) {
        this.shop = shop;
        this.switches = switches;
        this.books = books;
        this.contacts = contacts;
    }

    SimulatorReply hear(String uid, SimulatorCall call) {
        if (SimulatorCall.text(call.json().path("visit"), "pos_id") == null) {
            return SimulatorReply.error(400, "Bad Request");
        }
        waiting.add(new Heard(uid, call.json(), books.now() + switches.number("sale-delay-ms")));
        return SimulatorReply.ok();
    }

    /** Works on every sale whose time has come. */
    void catchUp() {
        for (Iterator<Heard> it = waiting.iterator(); it.hasNext(); ) {
            Heard heard = it.next();
            if (heard.due() <= books.now()) {
                it.remove();
                work(heard);
            }
        }
    }

    private void work(Heard heard) {
        JsonNode visit = heard.json().path("visit");
        String posId = visit.path("pos_id").asText();
        Sale sale = sales.computeIfAbsent(heard.uid() + " " + posId, s -> new Sale());
        sale.contact = sale.contact == null ? whose(heard.uid(), heard.json()) : sale.contact;
        sale.value = switches.text("sale-update").equals("adds") ? sale.value.add(value(visit)) : value(visit);
        boolean earns = sale.contact != null && sale.contact.loyalty;
        BigDecimal change = earns
                ? sale.value
                        .multiply(new BigDecimal(switches.text("points-per-dollar")))
                        .subtract(sale.points)
                : BigDecimal.ZERO;
        if (change.signum() != 0) {
            sale.points = sale.points.add(change);
            books.move("purchase", "s_" + UUID.randomUUID(), sale.contact, null, posId, change, null);
        }
        books.effect(
                "SALE",
                sale.contact,
                JSON.createObjectNode()
                        .put("posID", posId)
                        .put("value", sale.value)
                        .put("points", change));
        if (sale.value.signum() <= 0 && switches.on("sale-refund-reverses")) {
            shop.redemptions.values().stream()
                    .filter(r -> r.contact.uid.equals(heard.uid()) && posId.equals(r.transactionId) && !r.reversed)
                    .toList()
                    .forEach(books::giveBack);
        }
    }

    /** The member the sale names, else the contact whose source id is the POS's customer; null for nobody. */
    private SimulatorShop.Contact whose(String uid, JsonNode json) {
        SimulatorShop.Contact member = contacts.find(
                uid,
                SimulatorCall.text(json.path("member"), "mobilePhone"),
                SimulatorCall.text(json.path("member"), "email"));
        String user = SimulatorCall.text(json.path("visit"), "pos_user");
        return member != null || user == null
                ? member
                : shop.contacts.values().stream()
                        .filter(c -> c.uid.equals(uid) && user.equals(c.srcId))
                        .findFirst()
                        .orElse(null);
    }

    /** What its lines come to, in dollars, a returned line negative; without lines the total. */
    private static BigDecimal value(JsonNode visit) {
        JsonNode lines = visit.path("visit_details_attributes");
        if (lines.isEmpty()) {
            return visit.path("transaction_total").decimalValue();
        }
        BigDecimal value = BigDecimal.ZERO;
        for (JsonNode line : lines) {
            BigDecimal quantity = line.path("quantity").decimalValue();
            BigDecimal discount = line.path("discount").decimalValue().multiply(BigDecimal.valueOf(quantity.signum()));
            value = value.add(
                    line.path("price").decimalValue().multiply(quantity).subtract(discount));
        }
        return value;
    }
}
