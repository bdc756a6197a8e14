package aiqbridge.pos;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Odoo's point_of_sale on PostgreSQL, as addons/point_of_sale/models/pos_order.py writes it: an order is created as a draft (create, _complete_values_from_session), gets its lines
 * and payments (_process_order, _process_payment_lines) and is then paid (action_pos_order_paid), all in the one transaction of create_from_ui (16, 17) or sync_from_ui (18, 19).
 */
final class OdooTill extends SampleTill {
    static final int GOODS = 1;
    static final int REWARD = 9;
    static final int GIFT_CARD = 50;
    static final int TIP = 60;
    final int version;

    OdooTill(String url) {
        this(url, 19);
    }

    OdooTill(String url, int version) {
        super(url, Integer.toString(version));
        this.version = version;
    }

    @Override
    String make() {
        return "odoo";
    }

    /** fields.Datetime: UTC without a zone, in whole seconds. */
    static Timestamp utc(Instant at) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC));
    }

    /** Each place where this version lets a cashier write, as table and column. */
    List<String> notes() {
        return switch (version) {
            case 16, 17 -> List.of("pos_order.note", "pos_order_line.customer_note");
            case 18 ->
                List.of(
                        "pos_order.general_note",
                        "pos_order.floating_order_name",
                        "pos_order_line.customer_note",
                        "pos_order_line.note");
            default ->
                List.of(
                        "pos_order.general_customer_note",
                        "pos_order.internal_note",
                        "pos_order.floating_order_name",
                        "pos_order_line.customer_note",
                        "pos_order_line.note");
        };
    }

    /** pos_order.py, create: the sequence gives the name when the order is paid. */
    void draft(JdbcTemplate by, int id, Instant at, Integer partner) {
        by.update(
                "insert into pos_order (id, name, date_order, user_id, partner_id, session_id, amount_tax, amount_total, amount_paid, amount_return, state, pos_reference, create_date, write_date) values (?, '/', ?, 2, ?, 1, 0, 0, 0, 0, 'draft', ?, now() at time zone 'UTC', now() at time zone 'UTC')",
                id,
                utc(at),
                partner,
                "Order 00001-001-%04d".formatted(id));
        if (version >= 18) {
            by.update(
                    "update pos_order set uuid = ? where id = ?",
                    UUID.randomUUID().toString(),
                    id);
        }
    }

    /** pos_order.py, _process_payment_lines and action_pos_order_paid: what was paid, and then that it was. */
    void pays(JdbcTemplate by, int id, double total, double paid) {
        if (paid != 0) {
            by.update(
                    "insert into pos_payment (pos_order_id, payment_method_id, amount, payment_date) values (?, 1, ?, now() at time zone 'UTC')",
                    id,
                    paid);
        }
        by.update(
                "update pos_order set amount_total = ?, amount_paid = ?, write_date = now() at time zone 'UTC' where id = ?",
                total,
                paid,
                id);
        by.update("update pos_order set state = 'paid', name = 'Main/' || id where id = ?", id);
    }

    /** @return its id */
    int line(int order, int product, double qty, double price, double discount, Integer refunds) {
        return line(rows, order, product, qty, price, discount, refunds);
    }

    private static int line(
            JdbcTemplate by, int order, int product, double qty, double price, double discount, Integer refunds) {
        double subtotal = price * qty * (1 - discount / 100);
        return by.queryForObject(
                "insert into pos_order_line (order_id, product_id, name, qty, price_unit, price_subtotal, price_subtotal_incl, discount, refunded_orderline_id) values (?, ?, 'Main/1', ?, ?, ?, ?, ?, ?) returning id",
                Integer.class,
                order,
                product,
                qty,
                price,
                subtotal,
                subtotal,
                discount,
                refunds);
    }

    int firstLine(int order) {
        return rows.queryForObject("select min(id) from pos_order_line where order_id = ?", Integer.class, order);
    }

    @Override
    void suspends(Sale sale) {
        draft(rows, sale.id(), sale.at(), null);
    }

    @Override
    void completes(Sale sale) {
        new TransactionTemplate(new DataSourceTransactionManager(rows.getDataSource()))
                .executeWithoutResult(one -> completes(rows, sale));
    }

    @Override
    void completes(JdbcTemplate by, Sale sale) {
        Integer partner = sale.phone() == null
                ? null
                : by.queryForObject(
                        "insert into res_partner (name, phone, email) values ('Ada', ?, '') returning id",
                        Integer.class,
                        sale.phone());
        // a draft that was stored before is updated (create_from_ui, sync_from_ui)
        if (by.update(
                        "update pos_order set date_order = ?, partner_id = ? where id = ?",
                        utc(sale.at()),
                        partner,
                        sale.id())
                == 0) {
            draft(by, sale.id(), sale.at(), partner);
        }
        line(by, sale.id(), GOODS, sale.total() < 0 ? -1 : 1, Math.abs(sale.total()) / 0.9, 10, null);
        if (sale.note() != null) {
            String[] place = notes().get(version < 18 ? 1 : 0).split("[.]");
            by.update(
                    "update " + place[0] + " set " + place[1] + " = ? where "
                            + (place[0].equals("pos_order") ? "id" : "order_id") + " = ?",
                    sale.note(),
                    sale.id());
        }
        pays(by, sale.id(), sale.total(), sale.total());
    }

    /** The till's refund screen: an order of its own with the lines of the sale, negative, each naming the line that it refunds. */
    @Override
    void takesBack(Sale sale, Instant at) {
        refunds(sale.id() + 100_000, at, -sale.total(), firstLine(sale.id()), 1);
    }

    /** A refund of so much of one line, by an order that is paid. */
    void refunds(int refund, Instant at, double total, int line, double qty) {
        draft(rows, refund, at, null);
        refundLine(refund, line, qty);
        pays(rows, refund, total, total);
    }

    void refundLine(int refund, int line, double qty) {
        double price = rows.queryForObject("select price_unit from pos_order_line where id = ?", Double.class, line);
        double discount = rows.queryForObject("select discount from pos_order_line where id = ?", Double.class, line);
        int product = rows.queryForObject("select product_id from pos_order_line where id = ?", Integer.class, line);
        line(refund, product, -qty, price, discount, line);
    }

    /** pos_order.py, _refund (the back office): a copy of the order, as a draft, with the sale's receipt number up to 18, and the sale's whole subtotals, whatever is left of the quantity. */
    void refundsInBackOffice(int order, int refund, Instant at) {
        draft(rows, refund, at, null);
        if (version < 19) {
            rows.update(
                    "update pos_order set pos_reference = (select pos_reference from pos_order where id = ?) where id = ?",
                    order,
                    refund);
        }
        if (version == 18) {
            rows.update("update pos_order set uuid = null where id = ?", refund);
        }
        rows.update("""
                insert into pos_order_line (order_id, product_id, name, qty, price_unit, price_subtotal, price_subtotal_incl, discount, customer_note, refunded_orderline_id)
                select ?, product_id, name || ' REFUND', -qty - coalesce((select sum(b.qty) from pos_order_line b where b.refunded_orderline_id = l.id), 0), price_unit,
                       -price_subtotal, -price_subtotal_incl, discount, customer_note, id from pos_order_line l where order_id = ? order by id""", refund, order);
    }

    @Override
    void deletes(Sale sale) {
        rows.update("delete from pos_payment where pos_order_id = ?", sale.id());
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
