package aiqbridge.pos;

import java.sql.Connection;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Open Source Point of Sale on MariaDB, as its code writes: the statements of 3.4 (github.com/opensourcepos/opensourcepos, commit 9ee530e) by file and line, which are those of 3.3.9
 * (application/ instead of app/) unless a method says otherwise. {@code sale_time} is text, the wall clock of the zone that OSPOS is set to (app/Events/Load_config.php:42); the session's zone is
 * the server's, which nothing sets.
 */
final class OsposTill extends SampleTill {
    private static final DateTimeFormatter PHP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int COMPLETED = 0;
    private static final int SUSPENDED = 1;
    private static final int CANCELED = 2;
    static final int POS = 0;
    static final int INVOICE = 1;
    static final int WORK_ORDER = 2;
    static final int QUOTE = 3;
    static final int RETURN = 4;

    /** What the tables of a version have. */
    enum Version {
        /** Up to 3.3.3: cash is not rounded yet ({@link #CASH_ROUNDING}: application/migrations/20201108100000_cashrounding.php came with 3.3.4). */
        V3_3_0(20190712150200L),
        V3_3_9(20210714140000L),
        V3_4(20220127000000L);

        private static final long CASH_ROUNDING = 20201108100000L;
        final long migration;

        Version(long migration) {
            this.migration = migration;
        }
    }

    private final Version version;
    private final ZoneId zone;
    private final String server;

    /** 3.4 in the shop's zone on a server in UTC, as its own containers are. */
    OsposTill(String url) {
        this(url, Version.V3_4, ZONE, "+00:00");
    }

    /**
     * @param zone   OSPOS is set to it
     * @param server the zone of the database's server, as an offset
     */
    OsposTill(String url, Version version, ZoneId zone, String server) {
        super(session(url, server));
        this.version = migrated(version);
        this.zone = zone;
        this.server = server;
        rows.update(
                "insert ignore into ospos_people (person_id, first_name, last_name, phone_number, email, address_1, address_2, city, state, zip, country, comments)"
                        + " values (1, 'John', 'Doe', '555-555-5555', 'changeme@example.com', 'Address 1', '', '', '', '', '', '')");
        rows.update("insert ignore into ospos_employees (person_id, username, password) values (1, 'admin', '')");
        rows.update("insert ignore into ospos_stock_locations (location_id, location_name) values (1, 'stock')");
        rows.update(
                "insert ignore into ospos_items (item_id, name, category, unit_price) values (1, 'Tea', 'Tea', 10)");
        rows.update(
                "insert ignore into ospos_items (item_id, name, category, unit_price) values (2, 'Cup', 'Cups', 5)");
    }

    /** Ours are made as the version has them; of the upstream project's own tables, their migrations say which they are. */
    private Version migrated(Version wanted) {
        List<Long> newest = rows.queryForList("select cast(version as unsigned) from ospos_migrations", Long.class);
        if (!newest.isEmpty()) {
            return newest.get(0) < Version.CASH_ROUNDING
                    ? Version.V3_3_0
                    : newest.get(0) < Version.V3_4.migration ? Version.V3_3_9 : Version.V3_4;
        }
        if (wanted == Version.V3_3_0) {
            rows.execute("alter table ospos_sales_payments drop column cash_adjustment");
        }
        rows.update("insert into ospos_migrations (version) values (?)", wanted.migration);
        return wanted;
    }

    private static String session(String url, String server) {
        return url + (url.contains("?") ? "&" : "?") + "sessionVariables=time_zone='" + server + "'";
    }

    @Override
    String readerUrl() {
        return session(super.readerUrl(), server);
    }

    @Override
    String make() {
        return "ospos";
    }

    /** {@code save} with the status of a sale on hold (app/Controllers/Sales.php:1682). */
    @Override
    void suspends(Sale sale) {
        saves(rows, sale, SUSPENDED, POS, by -> {}, sale.at().minusSeconds(600));
    }

    /** {@code complete} and {@code save} (app/Controllers/Sales.php:718, app/Models/Sale.php:520): paid in cash, to the cent. */
    @Override
    void completes(JdbcTemplate by, Sale sale) {
        saves(by, sale, COMPLETED, POS, to -> pays(to, sale, "Cash", sale.total(), 0), sale.at());
    }

    /** What the cashier was given and gave back (app/Controllers/Sales.php:798). */
    void completesWithChange(Sale sale, double tendered) {
        saves(rows, sale, COMPLETED, POS, to -> pays(to, sale, "Cash", tendered, tendered - sale.total()), sale.at());
    }

    boolean rounds() {
        return version != Version.V3_3_0;
    }

    /** Cash that is rounded: the difference is a payment of its own, which nobody paid (app/Controllers/Sales.php:479). */
    void completesRounded(Sale sale, double difference) {
        saves(
                rows,
                sale,
                COMPLETED,
                POS,
                to -> {
                    pays(to, sale, "Cash", sale.total(), 0);
                    pays(to, sale, "Cash Adjustment", difference, 0);
                    to.update(
                            "update ospos_sales_payments set cash_adjustment = 1 where sale_id = ? and payment_type = 'Cash Adjustment'",
                            sale.id());
                },
                sale.at());
    }

    /** A sale that a discount made free has no payment at all: the loop over payments (app/Models/Sale.php:580) has none. */
    void completesFree(Sale sale) {
        saves(rows, sale, COMPLETED, POS, to -> {}, sale.at());
    }

    /** An invoice is a sale; work orders and quotes are saved as on hold (app/Controllers/Sales.php:818, 864, 909). */
    void rings(Sale sale, int type) {
        saves(
                rows,
                sale,
                type == INVOICE || type == RETURN ? COMPLETED : SUSPENDED,
                type,
                to -> pays(to, sale, "Cash", sale.total(), 0),
                sale.at());
        if (type == INVOICE) {
            rows.update("update ospos_sales set invoice_number = ? where sale_id = ?", "INV" + sale.id(), sale.id());
        }
    }

    /** The sale that is rung up as a return has negative lines, the customer of the sale that was scanned, and not its number (app/Libraries/Sale_lib.php:1310). */
    @Override
    void refunds(Sale sale) {
        Sale negative = sale.totalling(-sale.total());
        saves(rows, negative, COMPLETED, RETURN, to -> pays(to, negative, "Cash", 0, sale.total()), sale.at());
    }

    /** app/Models/Sale.php:520; payments get the server's time, everything is one transaction. */
    private void saves(JdbcTemplate by, Sale sale, int status, int type, Consumer<JdbcTemplate> payments, Instant at) {
        by.execute((ConnectionCallback<Void>) connection -> {
            boolean own = connection.getAutoCommit();
            connection.setAutoCommit(false);
            JdbcTemplate to = clock(connection, at);
            Integer customer = sale.phone() == null ? null : customer(to, sale.phone());
            if (to.queryForObject("select count(*) from ospos_sales where sale_id = ?", Integer.class, sale.id())
                    == 0) {
                to.update(
                        "insert into ospos_sales (sale_id, sale_time, customer_id, employee_id, comment, sale_status, sale_type) values (?, ?, ?, 1, ?, ?, ?)",
                        sale.id(),
                        text(at),
                        customer,
                        comment(sale),
                        status,
                        type);
            } else {
                clears(to, sale);
                to.update(
                        "update ospos_sales set sale_time = ?, customer_id = ?, employee_id = 1, comment = ?, sale_status = ?, sale_type = ? where sale_id = ?",
                        text(at),
                        customer,
                        comment(sale),
                        status,
                        type,
                        sale.id());
            }
            payments.accept(to);
            to.update(
                    "insert into ospos_sales_items (sale_id, item_id, line, description, serialnumber, quantity_purchased, discount, discount_type, item_cost_price, item_unit_price, item_location) values (?, 1, 1, '', '', ?, 10, 0, 10, ?, 1)",
                    sale.id(),
                    Math.signum(sale.total()),
                    Math.abs(sale.total()));
            to.execute("set timestamp = default");
            if (own) {
                connection.commit();
                connection.setAutoCommit(true);
            }
            return null;
        });
    }

    /** The till rings this up at that time: so says the server's clock too. */
    private static JdbcTemplate clock(Connection connection, Instant at) {
        JdbcTemplate to = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        to.execute("set timestamp = " + at.getEpochSecond());
        return to;
    }

    private static String comment(Sale sale) {
        return sale.note() == null ? "" : sale.note();
    }

    /** app/Models/Sale.php:599; {@code payment_time} is left to the server. */
    private void pays(JdbcTemplate to, Sale sale, String type, double amount, double refund) {
        to.update(
                "insert into ospos_sales_payments (sale_id, payment_type, payment_amount, cash_refund, employee_id) values (?, ?, ?, ?, 1)",
                sale.id(),
                type,
                amount,
                refund);
    }

    /** Who is known already is chosen; a customer without a phone has '' (app/Controllers/Customers.php:256). */
    private static Integer customer(JdbcTemplate to, String phone) {
        List<Integer> known = to.queryForList(
                "select person_id from ospos_people join ospos_customers using (person_id) where phone_number = ?",
                Integer.class,
                phone);
        if (!known.isEmpty()) {
            return known.get(0);
        }
        to.update(
                "insert into ospos_people (first_name, last_name, phone_number, email, address_1, address_2, city, state, zip, country, comments) values ('Ada', 'L', ?, '', '', '', '', '', '', '', '')",
                phone);
        Integer person = to.queryForObject("select max(person_id) from ospos_people", Integer.class);
        to.update("insert into ospos_customers (person_id, employee_id) values (?, 1)", person);
        return person;
    }

    /** What is on hold and goes on is written anew under its id (app/Models/Sale.php:1338). */
    private static void clears(JdbcTemplate to, Sale sale) {
        to.update("delete from ospos_sales_payments where sale_id = ?", sale.id());
        to.update("delete from ospos_sales_items where sale_id = ?", sale.id());
    }

    /** "Hard deletes are not supported": the status changes in place and no time does (app/Models/Sale.php:840). */
    @Override
    void takesBack(Sale sale, Instant at) {
        status(sale, CANCELED);
    }

    /** 3.3 only: a cancelled sale that is restored is on hold (application/models/Sale.php:834); 3.4 has the button, but no door for it (Sales::restore has no HTTP verb in its name). */
    void restores(Sale sale) {
        status(sale, SUSPENDED);
    }

    /** By hand, in the database: no version's code does it. */
    void undoes(Sale sale) {
        status(sale, COMPLETED);
    }

    private void status(Sale sale, int status) {
        rows.update("update ospos_sales set sale_status = ? where sale_id = ?", status, sale.id());
    }

    /** What the cashier can type into beside the comment: where the item allows it a line's description and serial number (app/Views/sales/register.php:245), from 3.4.2 on a payment's reference (:432). */
    void types(Sale sale, String where, String text) {
        String table = where.equals("reference_code")
                ? "ospos_sales_payments"
                : where.equals("invoice_number") ? "ospos_sales" : "ospos_sales_items";
        rows.update("update " + table + " set " + where + " = ? where sale_id = ?", text, sale.id());
    }

    /** The form "update sale" writes date, customer, employee, comment and invoice number, and touches payments only where their type changed (app/Controllers/Sales.php:1510). */
    void edits(Sale sale, Instant date, String comment) {
        rows.update(
                "update ospos_sales set sale_time = ?, comment = ? where sale_id = ?", text(date), comment, sale.id());
    }

    void comments(Sale sale, String comment) {
        rows.update("update ospos_sales set comment = ? where sale_id = ?", comment, sale.id());
    }

    /** A new 3.3 lets the comment be null (database/tables.sql), 3.4 does not. */
    boolean nullable() {
        return version != Version.V3_4;
    }

    String comment(int sale) {
        return rows.queryForObject("select comment from ospos_sales where sale_id = ?", String.class, sale);
    }

    /** By hand: OSPOS has no statement for it. */
    @Override
    void deletes(Sale sale) {
        clears(rows, sale);
        rows.update("delete from ospos_sales where sale_id = ?", sale.id());
    }

    private String text(Instant at) {
        return PHP.format(LocalDateTime.ofInstant(at, zone));
    }

    @Override
    Timestamp wallClock(Instant at) {
        return Timestamp.valueOf(LocalDateTime.ofInstant(at, zone));
    }

    /** As many old sales in the years before the last month. */
    void years(int sales) {
        String start = "(select greatest(coalesce(max(sale_id), 0), 1000) from ospos_sales)";
        Integer first = rows.queryForObject("select " + start, Integer.class);
        String old = " from seq_1_to_" + sales;
        rows.update("insert into ospos_sales (sale_id, sale_time, employee_id, comment) select " + first
                + " + seq, now() - interval 30 day - interval seq hour, 1, ''" + old);
        rows.update("insert into ospos_sales_payments (sale_id, payment_type, payment_amount, payment_time) select "
                + first + " + seq, 'Cash', 10, now() - interval 30 day - interval seq hour" + old);
        rows.execute("analyze table ospos_sales, ospos_sales_payments");
    }

    /** As our page names it. */
    String version() {
        return switch (version) {
            case V3_3_0 -> "3.3.0 to 3.3.3";
            case V3_3_9 -> "3.3.4 to 3.3.9";
            case V3_4 -> "3.4";
        };
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
