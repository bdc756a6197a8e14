package aiqbridge.pos;

import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/** Any database for which the owner made our view. */
final class ViewTill extends SampleTill {
    ViewTill(String url) {
        super(url);
    }

    @Override
    String make() {
        return "view";
    }

    @Override
    void suspends(Sale sale) {
        rows.update("insert into sale (id, total, state) values (?, ?, 'held')", id(sale), sale.total());
    }

    @Override
    void completes(JdbcTemplate by, Sale sale) {
        Long customer = null;
        if (sale.phone() != null) {
            by.update("insert into customer (phone, email) values (?, '')", sale.phone());
            customer = by.queryForObject("select max(id) from customer", Long.class);
        }
        if (by.queryForObject("select count(*) from sale where id = ?", Integer.class, id(sale)) == 1) {
            by.update(
                    "update sale set state = 'completed', completed_at = ?, total = ?, customer_id = ?, comment = ? where id = ?",
                    wallClock(sale.at()),
                    sale.total(),
                    customer,
                    sale.note(),
                    id(sale));
        } else {
            by.update(
                    "insert into sale (id, completed_at, total, customer_id, comment, cashier, state) values (?, ?, ?, ?, ?, 'kim', 'completed')",
                    id(sale),
                    wallClock(sale.at()),
                    sale.total(),
                    customer,
                    sale.note());
        }
    }

    @Override
    void takesBack(Sale sale, Instant at) {
        rows.update("update sale set state = 'voided', voided_at = ? where id = ?", wallClock(at), id(sale));
    }

    @Override
    void deletes(Sale sale) {
        rows.update("delete from sale where id = ?", id(sale));
    }

    @Override
    void renamed(boolean away) {
        if (engine().equals("mariadb")) {
            rows.execute("alter table sale rename column " + (away ? "total to amount" : "amount to total"));
        } else {
            rows.execute("alter view aiq_sales rename column " + (away ? "total to amount" : "amount to total"));
        }
    }

    @Override
    String points(Sale sale) {
        return rows
                .queryForList(
                        "select points from aiq_points where transaction_id = ? and points <> 0",
                        String.class,
                        id(sale))
                .stream()
                .map(p -> p.replaceAll("\\.0+$", ""))
                .findFirst()
                .orElse(null);
    }

    @Override
    String busyTable() {
        return "sale";
    }
}
