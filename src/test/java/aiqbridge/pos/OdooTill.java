package aiqbridge.pos;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.JdbcTemplate;

/** Odoo's point_of_sale on PostgreSQL: times are UTC in whole seconds, a refund is an order of its own whose lines name what they refund. */
final class OdooTill extends SampleTill {
    OdooTill(String url) {
        super(url);
    }

    @Override
    String make() {
        return "odoo";
    }

    static Timestamp utc(Instant at) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC));
    }

    @Override
    void suspends(Sale sale) {
        order(rows, sale, "draft", null);
    }

    @Override
    void completes(JdbcTemplate by, Sale sale) {
        Integer partner = sale.phone() == null
                ? null
                : by.queryForObject(
                        "insert into res_partner (name, phone, email) values ('Ada', ?, '') returning id",
                        Integer.class,
                        sale.phone());
        if (by.update(
                        "update pos_order set state = 'paid', date_order = ?, amount_total = ?, partner_id = ?, note = ? where id = ?",
                        utc(sale.at()),
                        sale.total(),
                        partner,
                        sale.note(),
                        sale.id())
                == 0) {
            order(by, sale, "paid", partner);
        }
    }

    private static void order(JdbcTemplate by, Sale sale, String state, Integer partner) {
        by.update(
                "insert into pos_order (id, name, date_order, user_id, partner_id, session_id, amount_tax, amount_total, amount_paid, amount_return, state, note) values (?, '/', ?, 2, ?, 1, 0, ?, ?, 0, ?, ?)",
                sale.id(),
                utc(sale.at()),
                partner,
                sale.total(),
                sale.total(),
                state,
                sale.note());
        line(by, sale.id(), sale.total() / 0.9, 10, null);
    }

    static int line(JdbcTemplate by, int order, double price, double discount, Integer refunds) {
        int qty = price < 0 ? -1 : 1;
        double subtotal = price * (1 - discount / 100);
        return by.queryForObject(
                "insert into pos_order_line (order_id, product_id, qty, price_unit, price_subtotal, price_subtotal_incl, discount, refunded_orderline_id) values (?, 1, ?, ?, ?, ?, ?, ?) returning id",
                Integer.class,
                order,
                qty,
                Math.abs(price),
                subtotal,
                subtotal,
                discount,
                refunds);
    }

    @Override
    void takesBack(Sale sale, Instant at) {
        int refund = sale.id() + 100_000;
        order(rows, Sale.of(refund, at).totalling(-sale.total()), "paid", null);
        rows.update(
                "update pos_order_line set refunded_orderline_id = (select id from pos_order_line where order_id = ?) where order_id = ?",
                sale.id(),
                refund);
    }

    @Override
    void deletes(Sale sale) {
        rows.update("delete from pos_order where id = ?", sale.id());
    }

    @Override
    void renamed(boolean away) {
        rows.execute(
                "alter table pos_order rename column " + (away ? "amount_total to amount" : "amount to amount_total"));
    }

    @Override
    String busyTable() {
        return "pos_order";
    }
}
