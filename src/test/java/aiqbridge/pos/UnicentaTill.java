package aiqbridge.pos;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.JdbcTemplate;

/** The uniCenta family on PostgreSQL and MariaDB: ids are UUIDs, what is on hold has no row, a refund is a ticket of its own, a deletion is physical. */
final class UnicentaTill extends SampleTill {
    UnicentaTill(String url) {
        super(url);
    }

    @Override
    String make() {
        return "unicenta";
    }

    @Override
    String id(Sale sale) {
        return UUID.nameUUIDFromBytes(new byte[] {(byte) sale.id(), (byte) (sale.id() >> 8), (byte) (sale.id() >> 16)})
                .toString();
    }

    @Override
    void suspends(Sale sale) {}

    @Override
    void completes(JdbcTemplate by, Sale sale) {
        String customer = null;
        if (sale.phone() != null) {
            customer = UUID.randomUUID().toString();
            by.update(
                    "insert into customers (id, searchkey, name, phone, phone2, email) values (?, ?, 'Ada', '', ?, '')",
                    customer,
                    customer,
                    sale.phone());
        }
        ticket(by, id(sale), sale.total() < 0 ? 1 : 0, sale.id(), sale.at(), sale.total(), customer, sale.note());
    }

    private void ticket(
            JdbcTemplate by, String id, int type, int number, Instant at, double total, String customer, String note) {
        by.update("insert into receipts (id, money, datenew, person) values (?, 'till-1', ?, '0')", id, wallClock(at));
        by.update(
                "insert into tickets (id, tickettype, ticketid, person, customer, status) values (?, ?, ?, '0', ?, 0)",
                id,
                type,
                number,
                customer);
        by.update(
                "insert into ticketlines (ticket, line, units, price, taxid) values (?, 0, ?, ?, '0'), (?, 1, 1, -5, '0')",
                id,
                Math.signum(total),
                Math.abs(total),
                id);
        by.update(
                "insert into payments (id, receipt, payment, total, notes) values (?, ?, 'cash', ?, ?)",
                UUID.randomUUID().toString(),
                id,
                total,
                note);
    }

    @Override
    void takesBack(Sale sale, Instant at) {
        ticket(rows, UUID.randomUUID().toString(), 1, sale.id() + 100_000, at, -sale.total(), null, null);
        rows.update("update tickets set status = ? where id = ?", sale.id() + 100_000, id(sale));
    }

    @Override
    void deletes(Sale sale) {
        rows.update("delete from payments where receipt = ?", id(sale));
        rows.update("delete from ticketlines where ticket = ?", id(sale));
        rows.update("delete from tickets where id = ?", id(sale));
        rows.update("delete from receipts where id = ?", id(sale));
    }

    @Override
    void renamed(boolean away) {
        rows.execute("alter table payments rename column " + (away ? "total to amount" : "amount to total"));
    }

    @Override
    String points(Sale sale) {
        Matcher points = Pattern.compile("\\[AIQ points ([0-9.]+)]")
                .matcher(String.valueOf(rows.queryForObject(
                        "select max(notes) from payments where receipt = ?", String.class, id(sale))));
        return points.find() ? points.group(1) : null;
    }

    @Override
    String busyTable() {
        return "tickets";
    }
}
