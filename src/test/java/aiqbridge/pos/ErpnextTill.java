package aiqbridge.pos;

import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/** ERPNext's POS Invoice on MariaDB: ids are names, a state is docstatus 0, 1 or 2, a row is changed again when the shift is closed. */
final class ErpnextTill extends SampleTill {
    ErpnextTill(String url) {
        super(url);
        rows.update("insert into `tabPOS Profile` (name, customer) values ('Counter', 'Walk In')");
    }

    @Override
    String make() {
        return "erpnext";
    }

    @Override
    String id(Sale sale) {
        return "ACC-PSINV-2026-%05d".formatted(sale.id());
    }

    @Override
    void suspends(Sale sale) {
        invoice(rows, id(sale), sale, 0, null);
    }

    @Override
    void completes(JdbcTemplate by, Sale sale) {
        if (by.queryForObject("select count(*) from `tabPOS Invoice` where name = ?", Integer.class, id(sale)) == 1) {
            by.update(
                    "update `tabPOS Invoice` set docstatus = 1, status = 'Paid', modified = ?, posting_date = date(modified), posting_time = time(modified), contact_mobile = ?, remarks = ? where name = ?",
                    wallClock(sale.at()),
                    sale.phone(),
                    sale.note(),
                    id(sale));
        } else {
            invoice(by, id(sale), sale, 1, null);
        }
    }

    /** A return when its total is negative. */
    void invoice(JdbcTemplate by, String name, Sale sale, int docstatus, String against) {
        by.update(
                "insert into `tabPOS Invoice` (name, creation, modified, owner, docstatus, customer, pos_profile, is_return, return_against, posting_date, posting_time, grand_total, contact_mobile, remarks) values (?, ?, ?, 'kim@example.com', ?, ?, 'Counter', ?, ?, ?, ?, ?, ?, ?)",
                name,
                wallClock(sale.at()),
                wallClock(sale.at()),
                docstatus,
                sale.phone() == null ? "Walk In" : "Ada L",
                sale.total() < 0 ? 1 : 0,
                against,
                wallClock(sale.at()).toLocalDateTime().toLocalDate(),
                wallClock(sale.at()).toLocalDateTime().toLocalTime(),
                sale.total(),
                sale.phone(),
                sale.note());
        by.update(
                "insert into `tabPOS Invoice Item` (name, parent, qty, rate, discount_amount) values (?, ?, 1, ?, 4.25)",
                name + "/1",
                name,
                sale.total());
    }

    /** The row as it is after something touched it. */
    void touches(Sale sale, String change, Instant at) {
        rows.update("update `tabPOS Invoice` set " + change + ", modified = ? where name = ?", wallClock(at), id(sale));
    }

    /** A cancelled invoice is corrected: a new one whose name counts up. */
    void amends(Sale sale, int times, Instant at) {
        String name = id(sale) + "-" + times;
        invoice(rows, name, new Sale(sale.id(), at, sale.total(), sale.phone(), sale.note()), 1, null);
        rows.update(
                "update `tabPOS Invoice` set amended_from = ? where name = ?",
                times == 1 ? id(sale) : id(sale) + "-" + (times - 1),
                name);
    }

    @Override
    void takesBack(Sale sale, Instant at) {
        touches(sale, "docstatus = 2, status = 'Cancelled'", at);
    }

    @Override
    void deletes(Sale sale) {
        rows.update("delete from `tabPOS Invoice Item` where parent = ?", id(sale));
        rows.update("delete from `tabPOS Invoice` where name = ?", id(sale));
    }

    @Override
    void renamed(boolean away) {
        rows.execute("alter table `tabPOS Invoice` rename column "
                + (away ? "grand_total to amount" : "amount to grand_total"));
    }

    @Override
    String busyTable() {
        return "`tabPOS Invoice`";
    }
}
