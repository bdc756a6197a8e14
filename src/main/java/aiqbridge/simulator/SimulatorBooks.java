package aiqbridge.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Changes balances and writes every change down, as the reports and the timeline show it (AIQ: sections 3.2 to 3.4). */
final class SimulatorBooks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final SimulatorShop shop;
    private final SimulatorSwitches switches;
    private final SimulatorHistory history;
    private final LongSupplier clock;

    SimulatorBooks(SimulatorShop shop, SimulatorSwitches switches, SimulatorHistory history, LongSupplier clock) {
        this.shop = shop;
        this.switches = switches;
        this.history = history;
        this.clock = clock;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Points taken or given back by a redemption, its reversal or an adjustment. */
    void effect(
            String kind,
            SimulatorShop.Contact contact,
            String discountId,
            String redemptionId,
            String transactionId,
            BigDecimal points) {
        effect(
                kind,
                contact,
                JSON.createObjectNode()
                        .put("discountID", discountId)
                        .put("redemptionID", redemptionId)
                        .put("transactionID", transactionId)
                        .put("points", points));
    }

    /** @param contact null for nobody */
    void effect(String kind, SimulatorShop.Contact contact, ObjectNode more) {
        ObjectNode effect = JSON.createObjectNode();
        if (contact != null) {
            effect.put("uid", contact.uid).put("contactID", contact.id);
        }
        history.effect(now(), kind, effect.setAll(more));
    }

    /** The balance moves, for the reports too; below 0 AIQ sets it back by an adjustment of its own. */
    void move(
            String type,
            String id,
            SimulatorShop.Contact contact,
            String discountId,
            String transactionId,
            BigDecimal points,
            String note) {
        contact.points = contact.points.add(points);
        contact.changes.add(new SimulatorShop.Change(now(), points, null, null));
        shop.movements.add(
                new SimulatorShop.Movement(type, id, contact, discountId, transactionId, points, note, now()));
        if (contact.points.signum() < 0 && switches.on("negative-resets")) {
            BigDecimal missing = contact.points.negate();
            move("adjustment", "a_" + UUID.randomUUID(), contact, null, null, missing, "balance below zero");
            effect("RESET", contact, null, null, null, missing);
        }
    }

    /** A discount is used up for the contact, or rests. */
    void redeemed(SimulatorShop.Contact contact, String discountId) {
        contact.changes.add(new SimulatorShop.Change(now(), BigDecimal.ZERO, discountId, now()));
    }

    /** A single-use discount is on offer again. */
    void again(SimulatorShop.Contact contact, String discountId) {
        contact.changes.add(new SimulatorShop.Change(now(), BigDecimal.ZERO, discountId, null));
    }

    /** The contact's are the other's from now on: points, wallet, timeline and rows of the reports. */
    void merge(SimulatorShop.Contact contact, SimulatorShop.Contact into) {
        contact.mergedInto = into;
        into.points = into.points.add(contact.points);
        into.changes.addAll(contact.changes);
        shop.movements.replaceAll(m -> m.contact() == contact ? m.of(into) : m);
        shop.redemptions.values().stream().filter(r -> r.contact == contact).forEach(r -> r.contact = into);
    }

    /** The redemption is taken back; once. */
    void giveBack(SimulatorShop.Redemption redemption) {
        redemption.reversed = true;
        if (switches.on("reversal-restores")) {
            again(redemption.contact, redemption.discount.id);
        }
        move(
                "refund",
                redemption.id,
                redemption.contact,
                redemption.discount.id,
                redemption.transactionId,
                redemption.points,
                null);
        effect(
                "REVERSED",
                redemption.contact,
                redemption.discount.id,
                redemption.id,
                redemption.transactionId,
                redemption.points);
    }

    /** @param name {@code redemptions} or {@code adjustments} */
    SimulatorReply report(String name, String uid, SimulatorCall call) {
        if (!call.value("start").matches("\\d{1,12}") || !call.value("end").matches("\\d{1,12}")) {
            return SimulatorReply.error(400, "Bad Request");
        }
        long from = Long.parseLong(call.value("start")) * 1_000;
        long to = Long.parseLong(call.value("end")) * 1_000 + 999;
        ArrayNode rows = JSON.createArrayNode();
        for (SimulatorShop.Movement m : shop.movements) {
            boolean here = (m.type() + "s").equals(name)
                    || m.type().equals("refund")
                            && switches.text("reversal-seen-in").equals(name);
            if (here
                    && m.contact().uid.equals(uid)
                    && m.time() >= from
                    && m.time() <= to
                    && m.time() <= now() - switches.number("report-lag-ms")) {
                rows.add(row(m));
            }
        }
        return SimulatorReply.good(rows.isEmpty() && switches.on("null-lists") ? JSON.nullNode() : rows);
    }

    /** @param contact null for nobody */
    SimulatorReply timeline(SimulatorShop.Contact contact, SimulatorCall call) {
        if (contact == null) {
            return SimulatorReply.error(404, "Not Found");
        }
        long from = seconds(call.value("start"), 0);
        long to = seconds(call.value("end"), Long.MAX_VALUE / 1_000 - 1);
        long known = now()
                - switches.number(switches.text("timeline-lag-ms").isEmpty() ? "report-lag-ms" : "timeline-lag-ms");
        ArrayNode events = JSON.createArrayNode();
        for (SimulatorShop.Movement m : shop.movements) {
            if (m.contact() == contact && m.time() / 1_000 >= from && m.time() / 1_000 <= to && m.time() <= known) {
                events.add(row(m).put("type", m.type()));
            }
        }
        ObjectNode data = JSON.createObjectNode().put("contactID", contact.id);
        data.set("events", events.isEmpty() && switches.on("null-lists") ? JSON.nullNode() : events);
        return SimulatorReply.good(data);
    }

    private static long seconds(String value, long absent) {
        return value != null && value.matches("\\d{1,12}") ? Long.parseLong(value) : absent;
    }

    private ObjectNode row(SimulatorShop.Movement m) {
        ObjectNode row = JSON.createObjectNode()
                .put(switches.text("report-id-name"), m.id())
                .put(switches.text("report-contact-name"), m.contact().id)
                .put("phone", m.contact().phone)
                .put("email", m.contact().email)
                .put("points", m.points())
                .put("ts", m.time() / 1_000);
        if (m.discountId() != null) {
            row.put("templateID", m.discountId());
        }
        if (m.transactionId() != null && switches.on("report-has-transaction")) {
            row.put("transactionID", m.transactionId());
        }
        return m.note() == null ? row : row.put("note", m.note());
    }
}
