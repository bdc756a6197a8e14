package aiqbridge.pos;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * uniCenta oPOS and KrIOlOS POS on PostgreSQL and MariaDB: ids are UUIDs, what is on hold has no row, a refund is a ticket of its own, an edited ticket a new id
 * under its old number, a deletion is physical. Files and lines are those of kriolos-obiz/kriolos-pos at fb709774.
 */
final class UnicentaTill extends SampleTill {
    static final String COFFEE = "coffee";
    static final String CAKE = "cake";
    static final String SERVICE_CHARGE = "xxx998_998xxx_x8x8x8";
    private static final int SALE = 0;
    private static final int REFUND = 1;

    /** @param article null for what is no article: a discount, a price that was keyed in */
    record Line(String article, double units, double price, Map<String, String> properties) {
        static Line of(String article, double units, double price) {
            return new Line(article, units, price, Map.of());
        }

        Line noted(String key, String text) {
            return new Line(article, units, price, Map.of(key, text));
        }

        Line times(double units) {
            return new Line(article, units, price, properties);
        }
    }

    record Payment(String method, double total, double tendered) {}

    /** @param status of a sale the number of its last refund, of a refund the number of its original */
    record Ticket(
            String id,
            int type,
            int number,
            int status,
            Instant at,
            String customer,
            Map<String, String> properties,
            List<Line> lines,
            List<Payment> payments) {
        static Ticket sale(int number, Instant at, Line... lines) {
            double total = List.of(lines).stream()
                    .mapToDouble(line -> line.units() * line.price())
                    .sum();
            // PaymentInfoCash.java 79-95: total is what is due, tendered what the customer gave
            return new Ticket(
                    UUID.randomUUID().toString(),
                    SALE,
                    number,
                    0,
                    at,
                    null,
                    Map.of(),
                    List.of(lines),
                    List.of(new Payment("cash", total, total + 7)));
        }

        Ticket by(String customer) {
            return new Ticket(id, type, number, status, at, customer, properties, lines, payments);
        }

        Ticket with(String key, String text) {
            return new Ticket(id, type, number, status, at, customer, Map.of(key, text), lines, payments);
        }

        Ticket paid(Payment... parts) {
            return new Ticket(id, type, number, status, at, customer, properties, lines, List.of(parts));
        }

        /** JTicketsBagTicket.java 593-612, JRefundLines.java 187-219: a ticket without properties, its lines copies of the original's with their properties; JPaymentSelectRefund.java 89-91. */
        Ticket refunded(int refundNumber, Instant at, Line... lines) {
            double total = List.of(lines).stream()
                    .mapToDouble(line -> line.units() * line.price())
                    .sum();
            return new Ticket(
                    UUID.randomUUID().toString(),
                    REFUND,
                    refundNumber,
                    number,
                    at,
                    customer,
                    Map.of(),
                    List.of(lines).stream()
                            .map(line -> line.times(-line.units()))
                            .toList(),
                    List.of(new Payment("cashrefund", -total, 0)));
        }

        /** TicketInfo.java 182-209, JPanelTicket.java 1715: another id and time, the same number, customer, properties and status. */
        Ticket edited(Instant at, Line... lines) {
            return sale(number, at, lines).by(customer).withAll(properties);
        }

        private Ticket withAll(Map<String, String> all) {
            return new Ticket(id, type, number, status, at, customer, all, lines, payments);
        }
    }

    UnicentaTill(String url) {
        super(url);
        rows.update(
                "insert into closedcash (money, host, hostsequence, datestart) values ('till-1', 'till', 1, ?)",
                wallClock(Instant.now()));
        for (String article : List.of(COFFEE, CAKE)) {
            rows.update(
                    "insert into products (id, reference, code, name, category, taxcat) values (?, ?, ?, ?, '000', '001')",
                    article,
                    article,
                    article,
                    article);
        }
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
        Ticket ticket = Ticket.sale(
                sale.id(),
                sale.at(),
                Line.of(COFFEE, Math.signum(sale.total()), Math.abs(sale.total()) + 5),
                Line.of(null, Math.signum(sale.total()), -5));
        saves(
                by,
                new Ticket(
                        id(sale),
                        SALE,
                        sale.id(),
                        0,
                        sale.at(),
                        sale.phone() == null ? null : customer(by, sale.phone()),
                        sale.note() == null ? Map.of() : Map.of("aiq-note", sale.note()),
                        ticket.lines(),
                        ticket.payments()));
    }

    String customer(JdbcTemplate by, String phone) {
        String customer = UUID.randomUUID().toString();
        by.update(
                "insert into customers (id, searchkey, name, phone, phone2, email) values (?, ?, 'Ada', '', ?, '')",
                customer,
                customer,
                phone);
        return customer;
    }

    /** DataLogicSales.java 1711-1903, one transaction. */
    Ticket saves(Ticket ticket) {
        inTransaction(() -> saves(rows, ticket));
        return ticket;
    }

    private void saves(JdbcTemplate by, Ticket ticket) {
        // 1739-1765: the properties as XML; the time is that of JPanelTicket.java 1715, by the workstation's own clock
        // and zone
        by.update(
                "insert into receipts (id, money, datenew, attributes, person) values (?, 'till-1', ?, ?, null)",
                ticket.id(),
                wallClock(ticket.at()),
                xml(ticket.properties()));
        // 1768-1784
        by.update(
                "insert into tickets (id, tickettype, ticketid, person, customer, status) values (?, ?, ?, '3', ?, ?)",
                ticket.id(),
                ticket.type(),
                ticket.number(),
                ticket.customer(),
                ticket.status());
        // 1786-1798: every sale of that number, whichever was meant
        by.update(
                "update tickets set status = ? where tickettype = 0 and ticketid = ?",
                ticket.number(),
                ticket.status());
        // 1800-1809, TicketLineInfo.java 232-248
        int number = 0;
        for (Line line : ticket.lines()) {
            by.update(
                    "insert into ticketlines (ticket, line, product, attributesetinstance_id, units, price, taxid, attributes) values (?, ?, ?, null, ?, ?, '001', ?)",
                    ticket.id(),
                    number++,
                    line.article(),
                    line.units(),
                    line.price(),
                    xml(line.properties()));
        }
        // 1828-1856: without notes
        for (Payment payment : ticket.payments()) {
            by.update(
                    "insert into payments (id, receipt, payment, total, transid, returnmsg, tendered, cardname, voucher) values (?, ?, ?, ?, '0', ?, ?, null, null)",
                    UUID.randomUUID().toString(),
                    ticket.id(),
                    payment.method(),
                    payment.total(),
                    "OK".getBytes(StandardCharsets.UTF_8),
                    payment.tendered());
        }
        // 1880-1896
        by.update(
                "insert into taxlines (id, receipt, taxid, base, amount) values (?, ?, '001', 1, 0.15)",
                UUID.randomUUID().toString(),
                ticket.id());
    }

    /** DataLogicSales.java 1740-1744. */
    static byte[] xml(Map<String, String> properties) {
        Properties all = new Properties();
        all.putAll(properties);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            all.storeToXML(bytes, "KriolPOS", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** JPanelTicket.java 1721 and 1633, JTicketsBagTicket.java 155-172: first the new one, then the old one is deleted. */
    Ticket edits(Ticket old, Ticket edited) {
        saves(edited);
        deletes(old.id());
        return edited;
    }

    @Override
    void takesBack(Sale sale, Instant at) {
        List<Line> all = rows.query(
                "select product, units, price from ticketlines where ticket = ? order by line",
                (line, i) -> Line.of(line.getString(1), line.getDouble(2), line.getDouble(3)),
                id(sale));
        saves(Ticket.sale(sale.id(), sale.at()).refunded(sale.id() + 100_000, at, all.toArray(Line[]::new)));
    }

    @Override
    void deletes(Sale sale) {
        deletes(id(sale));
    }

    /** DataLogicSales.java 1990-2005, one transaction. */
    void deletes(String id) {
        inTransaction(() -> {
            rows.update("delete from taxlines where receipt = ?", id);
            rows.update("delete from payments where receipt = ?", id);
            rows.update("delete from ticketlines where ticket = ?", id);
            rows.update("delete from tickets where id = ?", id);
            rows.update("delete from receipts where id = ?", id);
        });
    }

    private void inTransaction(Runnable statements) {
        new TransactionTemplate(new DataSourceTransactionManager(rows.getDataSource()))
                .executeWithoutResult(status -> statements.run());
    }

    @Override
    void renamed(boolean away) {
        rows.execute("alter table payments rename column " + (away ? "total to amount" : "amount to total"));
    }

    /** What TicketInfo.getProperty("aiq-points") says when the till reads the ticket again. */
    @Override
    String points(Sale sale) {
        return property(id(sale), "aiq-points");
    }

    /** TicketInfo.java 161-167. */
    String property(String id, String key) {
        byte[] xml = rows.queryForObject("select attributes from receipts where id = ?", byte[].class, id);
        Properties read = new Properties();
        try {
            read.loadFromXML(new ByteArrayInputStream(xml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read.getProperty(key);
    }

    @Override
    String busyTable() {
        return "tickets";
    }
}
