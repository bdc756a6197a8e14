package aiqbridge.pos;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/** Open Source Point of Sale on MariaDB. */
final class OsposTill extends SampleTill {
    OsposTill(String url) {
        super(url);
    }

    @Override
    String make() {
        return "ospos";
    }

    @Override
    void suspends(Sale sale) {
        rows.update(
                "insert into ospos_sales (sale_id, sale_time, employee_id, comment, sale_status, sale_type) values (?, from_unixtime(?), 3, '', 1, 0)",
                sale.id(),
                sale.at().getEpochSecond() - 600);
    }

    @Override
    void completes(JdbcTemplate by, Sale sale) {
        Integer customer = null;
        if (sale.phone() != null) {
            by.update(
                    "insert into ospos_people (first_name, last_name, phone_number, email, comments) values ('Ada', 'L', ?, '', '')",
                    sale.phone());
            customer = by.queryForObject("select max(person_id) from ospos_people", Integer.class);
        }
        int type = sale.total() < 0 ? 4 : 0;
        if (by.queryForObject("select count(*) from ospos_sales where sale_id = ?", Integer.class, sale.id()) == 1) {
            by.update(
                    "update ospos_sales set sale_status = 0, sale_time = from_unixtime(?), customer_id = ?, comment = ? where sale_id = ?",
                    sale.at().getEpochSecond(),
                    customer,
                    sale.note(),
                    sale.id());
        } else {
            by.update(
                    "insert into ospos_sales (sale_id, sale_time, customer_id, employee_id, comment, sale_status, sale_type) values (?, from_unixtime(?), ?, 3, ?, 0, ?)",
                    sale.id(),
                    sale.at().getEpochSecond(),
                    customer,
                    sale.note(),
                    type);
        }
        by.update(
                "insert into ospos_sales_items (sale_id, item_id, line, quantity_purchased, item_cost_price, item_unit_price, discount, discount_type, item_location) values (?, 1, 1, ?, 10, ?, 10, 0, 1)",
                sale.id(),
                Math.signum(sale.total()),
                Math.abs(sale.total()));
        by.update(
                "insert into ospos_sales_payments (sale_id, payment_type, payment_amount, payment_time) values (?, 'Bar', ?, from_unixtime(?))",
                sale.id(),
                sale.total(),
                sale.at().getEpochSecond());
    }

    @Override
    void takesBack(Sale sale, Instant at) {
        rows.update("update ospos_sales set sale_status = 2 where sale_id = ?", sale.id());
    }

    @Override
    void deletes(Sale sale) {
        rows.update("delete from ospos_sales_items where sale_id = ?", sale.id());
        rows.update("delete from ospos_sales_payments where sale_id = ?", sale.id());
        rows.update("delete from ospos_sales where sale_id = ?", sale.id());
    }

    @Override
    void renamed(boolean away) {
        rows.execute("alter table ospos_sales_payments rename column "
                + (away ? "payment_amount to amount" : "amount to payment_amount"));
    }

    @Override
    String points(Sale sale) {
        Matcher points = Pattern.compile("\\[AIQ points ([0-9.]+)]")
                .matcher(String.valueOf(rows.queryForObject(
                        "select comment from ospos_sales where sale_id = ?", String.class, sale.id())));
        return points.find() ? points.group(1) : null;
    }

    @Override
    String busyTable() {
        return "ospos_sales";
    }
}
