package aiqbridge.pos;

import java.time.Instant;
import java.time.LocalDateTime;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * ERPNext's till on MariaDB, as erpnext/accounts/doctype/pos_invoice/pos_invoice.py and sales_invoice.py write it: ids are names, a state is docstatus 0, 1 or 2, modified is the
 * site's wall clock. In 14 and 15 it writes POS Invoices, in 16 those or Sales Invoices (POS Settings, invoice_type).
 */
final class ErpnextTill extends SampleTill {
    final int version;
    private final boolean sales;

    ErpnextTill(String url) {
        this(url, 15, false);
    }

    /** @param sales whether its till writes Sales Invoices */
    ErpnextTill(String url, int version, boolean sales) {
        super(url, Integer.toString(version));
        this.version = version;
        this.sales = sales;
        rows.update("insert into `tabPOS Profile` (name, customer) values ('Counter', 'Walk In')");
    }

    @Override
    String make() {
        return "erpnext";
    }

    String invoices() {
        return sales ? "`tabSales Invoice`" : "`tabPOS Invoice`";
    }

    private String items() {
        return invoices().replace("Invoice", "Invoice Item");
    }

    @Override
    String id(Sale sale) {
        return (sales ? "ACC-SINV-2026-%05d" : "ACC-PSINV-2026-%05d").formatted(sale.id());
    }

    @Override
    void suspends(Sale sale) {
        invoice(rows, id(sale), sale, 0, null);
    }

    @Override
    void completes(JdbcTemplate by, Sale sale) {
        if (by.queryForObject("select count(*) from " + invoices() + " where name = ?", Integer.class, id(sale)) == 1) {
            by.update(
                    "update " + invoices()
                            + " set docstatus = 1, status = 'Paid', modified = ?, posting_date = date(modified), posting_time = time(modified), contact_mobile = ?, remarks = ? where name = ?",
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
        head(by, name, sale, docstatus, against);
        item(by, name, "CUP", sale.total() < 0 ? -1 : 1, 1, Math.abs(sale.total()), 4.25);
    }

    void head(JdbcTemplate by, String name, Sale sale, int docstatus, String against) {
        LocalDateTime at = wallClock(sale.at()).toLocalDateTime();
        by.update(
                "insert into " + invoices()
                        + " (name, creation, modified, owner, docstatus, customer, pos_profile, is_pos, is_return, return_against, posting_date, posting_time, grand_total, contact_mobile, remarks) values (?, ?, ?, 'kim@example.com', ?, ?, 'Counter', 1, ?, ?, ?, ?, ?, ?, ?)",
                name,
                wallClock(sale.at()),
                wallClock(sale.at()),
                docstatus,
                sale.phone() == null ? "Walk In" : "Ada L",
                sale.total() < 0 ? 1 : 0,
                against,
                at.toLocalDate(),
                at.toLocalTime(),
                sale.total(),
                sale.phone(),
                sale.note());
        if (sales && version >= 16) {
            by.update("update `tabSales Invoice` set is_created_using_pos = 1 where name = ?", name);
        }
    }

    void item(
            JdbcTemplate by, String invoice, String code, double qty, double conversion, double rate, double discount) {
        int nth = by.queryForObject("select count(*) from " + items() + " where parent = ?", Integer.class, invoice);
        by.update(
                "insert into " + items()
                        + " (name, parent, item_code, item_name, qty, conversion_factor, rate, discount_amount) values (?, ?, ?, ?, ?, ?, ?, ?)",
                invoice + "/" + nth,
                invoice,
                code,
                code,
                qty,
                conversion,
                rate,
                discount);
    }

    /** The row as it is after something touched it. */
    void touches(Sale sale, String change, Instant at) {
        touches(id(sale), change, at);
    }

    void touches(String name, String change, Instant at) {
        rows.update("update " + invoices() + " set " + change + ", modified = ? where name = ?", wallClock(at), name);
    }

    /** A cancelled invoice is corrected: a new one whose name counts up (frappe/model/naming.py, Amend Counter). */
    void amends(Sale sale, int times, Instant at) {
        amends(sale, times == 1 ? id(sale) : id(sale) + "-" + (times - 1), id(sale) + "-" + times, 1, at);
    }

    /** The same under the given name (Default Naming). */
    void amends(Sale sale, String from, String name, int docstatus, Instant at) {
        invoice(rows, name, new Sale(sale.id(), at, sale.total(), sale.phone(), sale.note()), docstatus, null);
        rows.update("update " + invoices() + " set amended_from = ? where name = ?", from, name);
    }

    /** A return of one article (sales_and_purchase_return.py, make_return_doc), submitted. */
    void returns(String name, String against, Instant at, String code, double qty, double conversion, double total) {
        head(rows, name, Sale.of(0, at).totalling(-total), 1, against);
        item(rows, name, code, -qty, conversion, total / qty, 0);
    }

    /** A shift is closed (pos_invoice_merge_log.py, process_merging_into_sales_invoice): its POS Invoices become one Sales Invoice, and are saved. */
    void consolidates(Sale sale, Instant at) {
        rows.update(
                "insert into `tabSales Invoice` (name, creation, modified, docstatus, customer, is_pos, is_consolidated, posting_date, posting_time, grand_total, status) values (?, ?, ?, 1, 'Walk In', 1, 1, ?, ?, ?, 'Paid')",
                "ACC-SINV-2026-9" + sale.id(),
                wallClock(at),
                wallClock(at),
                wallClock(at).toLocalDateTime().toLocalDate(),
                wallClock(at).toLocalDateTime().toLocalTime(),
                sale.total());
        if (sales) {
            touches(sale, "pos_closing_entry = 'POS-CLO-1'", at);
        } else {
            touches(sale, "consolidated_invoice = 'ACC-SINV-2026-9" + sale.id() + "', status = 'Consolidated'", at);
        }
    }

    @Override
    void takesBack(Sale sale, Instant at) {
        touches(sale, "docstatus = 2, status = 'Cancelled'", at);
    }

    @Override
    void deletes(Sale sale) {
        rows.update("delete from " + items() + " where parent = ?", id(sale));
        rows.update("delete from " + invoices() + " where name = ?", id(sale));
    }

    @Override
    void renamed(boolean away) {
        rows.execute("alter table " + invoices() + " rename column "
                + (away ? "grand_total to amount" : "amount to grand_total"));
    }

    @Override
    String busyTable() {
        return invoices();
    }
}
