package aiqbridge.pos;

import static aiqbridge.pos.UnicentaTill.CAKE;
import static aiqbridge.pos.UnicentaTill.COFFEE;
import static aiqbridge.pos.UnicentaTill.SERVICE_CHARGE;
import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.pos.UnicentaTill.Line;
import aiqbridge.pos.UnicentaTill.Payment;
import aiqbridge.pos.UnicentaTill.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What uniCenta and KrIOlOS do beyond what every make does, on both of its databases. */
abstract class UnicentaContract extends PosContract {
    private static final Line ONE_COFFEE = Line.of(COFFEE, 1, 30);
    private static final Line ONE_CAKE = Line.of(CAKE, 1, 20);

    private UnicentaTill unicenta() {
        return (UnicentaTill) till;
    }

    /** The rows of the make's statement as the bridge's own login gets them. */
    private List<Map<String, Object>> rows(String statement, Map<String, ?> bound) {
        return new NamedParameterJdbcTemplate(reader()).queryForList(statement(statement), bound);
    }

    private String statement(String name) {
        String file = new PosMakes(TestBridge.HOME)
                .file("unicenta", till.engine(), name)
                .orElseThrow();
        try {
            return Files.readAllLines(TestBridge.HOME.resolve("routes/pos").resolve(file)).stream()
                    .filter(line -> !line.strip().startsWith("--"))
                    .collect(Collectors.joining("\n"))
                    .replace(":#in:", ":")
                    .replace(":#", ":");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private DriverManagerDataSource reader() {
        return new DriverManagerDataSource(till.readerUrl(), till.login(), "");
    }

    private Map<String, Object> sale(Ticket ticket) {
        return rows("sales", Map.of("since", till.wallClock(now().minusSeconds(7200)), "since_id", "")).stream()
                .filter(row -> row.get("transaction_id").equals(ticket.id()))
                .findFirst()
                .orElseThrow();
    }

    /** As original/candidates/whole, by refund. */
    private String reversal(Ticket refund) {
        return rows(
                        "reversals",
                        Map.of("reversed_since", till.wallClock(now().minusSeconds(7200)), "reversed_since_id", ""))
                .stream()
                .filter(row -> row.get("transaction_id").equals(refund.id()))
                .map(row -> row.get("original_transaction_id") + "/" + sorted(row.get("candidates")) + "/"
                        + row.get("whole"))
                .findFirst()
                .orElse("no row");
    }

    private static String of(Ticket original, Integer whole) {
        return original.id() + "/null/" + whole;
    }

    private static String oneOf(Ticket... candidates) {
        return "null/" + Arrays.stream(candidates).map(Ticket::id).sorted().collect(Collectors.joining(",")) + "/null";
    }

    private static String sorted(Object ids) {
        return ids == null
                ? null
                : Arrays.stream(ids.toString().split(",")).sorted().collect(Collectors.joining(","));
    }

    private String state(Ticket ticket) {
        return rows("standing", Map.of("transaction_ids", List.of(ticket.id(), "x"))).stream()
                .map(row -> row.get("transaction_id").equals(ticket.id())
                        ? row.get("state").toString()
                        : "another's")
                .collect(Collectors.joining(","));
    }

    private Ticket sells(int number, int minutesAgo, Line... lines) {
        return unicenta().saves(Ticket.sale(number, minutes(minutesAgo), lines));
    }

    private Ticket refunds(Ticket original, int number, int minutesAgo, Line... lines) {
        return unicenta().saves(original.refunded(number, minutes(minutesAgo), lines));
    }

    private static Instant minutes(int ago) {
        return now().minusSeconds(60L * ago);
    }

    private String executed(Ticket ticket) {
        String redemption = shop.queued("five-off", ticket.id());
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        return redemption;
    }

    // notes

    @ParameterizedTest
    @ValueSource(strings = {"aiq-note", "name", "person"})
    void a_note_in_any_property_of_the_ticket_finds_the_sale(String key) {
        Shop.Answer answer = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        sells(1, 0, ONE_COFFEE);
        unicenta().saves(Ticket.sale(2, now(), ONE_CAKE).with(key, "<Ada> & " + answer.text("note")));
        shop.pollAndExecute();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("EXECUTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"product.name", "note"})
    void a_note_in_a_property_of_a_line_finds_the_sale(String key) {
        Shop.Answer answer = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        sells(3, 0, ONE_COFFEE, ONE_CAKE.noted(key, "cake " + answer.text("note")));
        shop.pollAndExecute();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("EXECUTED");
    }

    @Test
    void every_note_on_a_ticket_is_told_of() {
        Ticket ticket = unicenta()
                .saves(Ticket.sale(
                                4,
                                now(),
                                ONE_COFFEE.noted("note", "AIQ\u20137F3K2Q"),
                                ONE_CAKE.noted("note", "aiq 7f3k2r"))
                        .with("aiq-note", "x AIQ-7F3K2S")
                        .paid(new Payment("cash", 20, 20), new Payment("magcard", 30, 30)));
        for (String notes : List.of("AIQ-7F3K2T", "VISA approved 1234 A1Q7F3K2V")) {
            till.rows.update(
                    "update payments set notes = ? where receipt = ? and payment = ?",
                    notes,
                    ticket.id(),
                    notes.startsWith("V") ? "magcard" : "cash");
        }
        assertThat(sale(ticket).get("note").toString().toUpperCase(java.util.Locale.ROOT))
                .containsPattern("AIQ[-\u2013]7F3K2Q")
                .contains("AIQ 7F3K2R", "AIQ-7F3K2S", "AIQ-7F3K2T", "A1Q7F3K2V");
    }

    @Test
    void a_note_of_nobody_is_none_and_nothing_else_of_the_properties_is_sent() {
        Ticket ticket = unicenta()
                .saves(Ticket.sale(5, now(), ONE_COFFEE.noted("product.name", "Caf\u00e9"))
                        .with("person", "Kim"));
        assertThat(String.valueOf(sale(ticket).get("note"))).isIn("", "null");
    }

    @Test
    void huge_and_broken_properties_are_cut_and_stop_nothing() {
        Ticket huge = unicenta()
                .saves(Ticket.sale(6, now(), ONE_COFFEE).with("aiq-note", "AIQ-7F3K2Q " + "\u00e9".repeat(2_000_000)));
        Ticket broken = sells(7, 0, ONE_COFFEE);
        till.rows.update(
                "update receipts set attributes = ? where id = ?",
                new byte[] {0, (byte) 0xff, (byte) 0xc3, 'A', 'I', 'Q', '-', '7', 'F', '3', 'K', '2', 'Q', 0},
                broken.id());
        Ticket none = sells(8, 0, ONE_COFFEE);
        till.rows.update("update receipts set attributes = null where id = ?", none.id());
        assertThat(sale(huge).get("note").toString()).contains("AIQ-7F3K2Q").hasSizeLessThan(2100);
        assertThat(sale(broken).get("note").toString()).contains("AIQ-7F3K2Q");
        shop.poll();
        assertThat(heard()).contains(huge.id(), broken.id(), none.id());
    }

    @Test
    void an_entity_in_the_properties_stays_what_it_is() {
        Ticket ticket = sells(9, 0, ONE_COFFEE);
        till.rows.update(
                "update receipts set attributes = ? where id = ?",
                "<!DOCTYPE properties [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><properties><entry key=\"a\">AIQ-7F3K2Q &f;</entry></properties>"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                ticket.id());
        assertThat(sale(ticket).get("note").toString()).contains("AIQ-7F3K2Q &f;");
    }

    // what a sale is

    @Test
    void a_split_tender_and_change_are_one_total() {
        Ticket ticket = unicenta()
                .saves(Ticket.sale(10, now(), ONE_COFFEE, ONE_CAKE)
                        .paid(new Payment("cash", 20, 50), new Payment("magcard", 25, 0), new Payment("debt", 5, 0)));
        Map<String, Object> sale = sale(ticket);
        assertThat(sale.get("total").toString()).isEqualTo("50.0");
        assertThat(sale.get("number")).isEqualTo(10);
    }

    @Test
    void equal_goods_are_equal_in_any_order_and_others_are_not() {
        Ticket one = sells(11, 3, ONE_COFFEE, ONE_CAKE);
        Ticket same = sells(12, 2, ONE_CAKE, ONE_COFFEE);
        Ticket more = sells(13, 1, ONE_COFFEE, ONE_CAKE.times(2));
        assertThat(sale(one).get("goods")).isNotNull().isEqualTo(sale(same).get("goods"));
        assertThat(sale(one).get("goods")).isNotEqualTo(sale(more).get("goods"));
    }

    // refunds

    @Test
    void a_refund_whose_own_number_was_given_before_is_of_the_sale_it_names() {
        Ticket a = sells(101, 50, ONE_COFFEE, ONE_CAKE);
        Ticket ofA = refunds(a, 5, 40, ONE_CAKE);
        Ticket b = sells(102, 30, ONE_COFFEE, ONE_CAKE);
        Ticket ofB = refunds(b, 5, 20, ONE_COFFEE);
        assertThat(reversal(ofA)).isEqualTo(of(a, 0));
        assertThat(reversal(ofB)).isEqualTo(of(b, 0));
    }

    @Test
    void an_old_sale_that_bears_the_refunds_number_as_its_status_does_not_hide_the_one_that_was_refunded() {
        Ticket old = sells(103, 90, ONE_COFFEE);
        till.rows.update("update tickets set status = 5 where id = ?", old.id());
        Ticket b = sells(104, 1, ONE_COFFEE, ONE_CAKE);
        executed(b);
        Ticket refund = refunds(b, 5, 0, ONE_COFFEE, ONE_CAKE);
        assertThat(reversal(refund)).isEqualTo(of(b, 1));
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void a_number_that_two_sales_bear_is_decided_by_time() {
        Ticket a = sells(105, 50, ONE_COFFEE);
        Ticket ofA = refunds(a, 6, 40, ONE_COFFEE);
        sells(105, 30, ONE_COFFEE);
        assertThat(reversal(ofA)).isEqualTo(of(a, 1));
    }

    @Test
    void a_number_that_two_sales_bear_is_decided_by_the_customer_where_both_have_one() {
        String ada = unicenta().customer(till.rows, "1");
        String bob = unicenta().customer(till.rows, "2");
        Ticket a = unicenta().saves(Ticket.sale(106, minutes(50), ONE_COFFEE).by(ada));
        unicenta().saves(Ticket.sale(106, minutes(40), ONE_COFFEE).by(bob));
        Ticket refund = refunds(a, 7, 30, ONE_COFFEE);
        assertThat(reversal(refund)).isEqualTo(of(a, 1));
        Ticket nobodys = sells(106, 25, ONE_COFFEE);
        Ticket bobs = unicenta().saves(Ticket.sale(106, minutes(20), ONE_COFFEE).by(bob));
        assertThat(reversal(refunds(bobs, 8, 10, ONE_COFFEE)))
                .startsWith("null/")
                .contains(nobodys.id(), bobs.id());
    }

    @Test
    void a_number_that_two_sales_bear_is_decided_by_the_articles_and_their_quantity() {
        Ticket a = sells(107, 50, ONE_COFFEE.times(3), ONE_CAKE);
        sells(107, 40, ONE_COFFEE, ONE_CAKE);
        assertThat(reversal(refunds(a, 9, 30, ONE_COFFEE.times(2)))).isEqualTo(of(a, 0));
    }

    @Test
    void what_was_returned_before_cannot_be_returned_again() {
        Ticket a = sells(108, 50, ONE_COFFEE);
        refunds(a, 10, 45, ONE_COFFEE);
        Ticket b = sells(108, 40, ONE_COFFEE);
        assertThat(reversal(refunds(b, 11, 30, ONE_COFFEE))).isEqualTo(of(b, 1));
    }

    @Test
    void where_two_sales_fit_nobody_gets_points_back_and_both_are_named() {
        Ticket a = sells(109, 60 * 24 * 30, ONE_COFFEE, ONE_CAKE);
        Ticket b = sells(109, 1, ONE_COFFEE, ONE_CAKE);
        String redemption = executed(b);
        Ticket refund = refunds(b, 12, 0, ONE_CAKE);
        assertThat(reversal(refund)).isEqualTo(oneOf(a, b));
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
        assertThat(shop.bridge.rows.queryForObject(
                        "select flag from redemption where redemption_id = ?", String.class, redemption))
                .isEqualTo("refund-unclear");
        assertThat(state(a)).isEqualTo("completed");
        assertThat(state(b)).isEqualTo("completed");
    }

    @Test
    void where_no_sale_of_that_number_fits_all_before_it_are_named() {
        Ticket a = sells(110, 50, ONE_COFFEE);
        Ticket refund = refunds(a, 13, 40, ONE_CAKE);
        sells(110, 30, ONE_COFFEE);
        assertThat(reversal(refund)).isEqualTo(oneOf(a));
    }

    @Test
    void a_refund_that_clocks_put_before_its_sale_is_shown_and_decides_nothing() {
        Ticket a = sells(111, 20, ONE_COFFEE);
        Ticket refund = refunds(a, 14, 50, ONE_COFFEE);
        assertThat(reversal(refund)).isEqualTo(oneOf(a));
        assertThat(state(a)).isEqualTo("completed");
    }

    @Test
    void a_refund_that_names_no_sale_is_none() {
        Ticket a = sells(112, 50, ONE_COFFEE);
        Ticket byScript = unicenta()
                .saves(new Ticket(
                        "by-script",
                        1,
                        15,
                        0,
                        minutes(10),
                        null,
                        Map.of(),
                        List.of(ONE_COFFEE.times(-1)),
                        List.of(new Payment("cashrefund", -30, 0))));
        assertThat(reversal(byScript)).isEqualTo("no row");
        assertThat(state(a)).isEqualTo("completed");
    }

    @Test
    void refunds_in_parts_come_to_the_whole() {
        Ticket a = sells(113, 1, ONE_COFFEE.times(2), ONE_CAKE, Line.of(null, 1, -5));
        executed(a);
        Ticket first = refunds(a, 16, 0, ONE_COFFEE);
        assertThat(reversal(first)).isEqualTo(of(a, 0));
        assertThat(state(a)).isEqualTo("completed");
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
        refunds(a, 17, 0, ONE_CAKE);
        Ticket last = refunds(a, 18, 0, ONE_COFFEE);
        assertThat(reversal(last)).isEqualTo(of(a, 1));
        assertThat(state(a)).isEqualTo("returned");
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void what_is_no_goods_need_not_come_back_and_what_cost_nothing_does() {
        Ticket a = sells(
                114,
                50,
                ONE_COFFEE,
                Line.of(null, 1, -5),
                Line.of(SERVICE_CHARGE, 1, 3),
                Line.of(null, 1, 2).noted("product.name", "Service @  12.5% of 20.00"));
        assertThat(reversal(refunds(a, 19, 40, ONE_COFFEE))).isEqualTo(of(a, 1));
        Ticket b = sells(115, 50, ONE_COFFEE, Line.of(CAKE, 1, 0), Line.of(null, 1, 4));
        assertThat(reversal(refunds(b, 20, 40, ONE_COFFEE))).isEqualTo(of(b, 0));
        assertThat(reversal(refunds(b, 21, 30, Line.of(CAKE, 1, 0)))).isEqualTo(of(b, 0));
        assertThat(reversal(refunds(b, 22, 20, Line.of(null, 1, 4)))).isEqualTo(of(b, 1));
    }

    @Test
    void an_exchange_in_one_ticket_sells_only_the_difference() {
        Ticket a = sells(116, 50, ONE_COFFEE, ONE_CAKE.times(-1), ONE_COFFEE.times(2), ONE_COFFEE.times(-1));
        assertThat(reversal(refunds(a, 23, 40, ONE_COFFEE.times(2)))).isEqualTo(of(a, 1));
    }

    @Test
    void a_payment_of_debts_is_neither_a_sale_nor_a_refund() {
        Ticket paid = unicenta()
                .saves(new Ticket(
                        "debt",
                        2,
                        1,
                        0,
                        now(),
                        null,
                        Map.of(),
                        List.of(),
                        List.of(new Payment("cash", 30, 30), new Payment("debtpaid", -30, 0))));
        shop.poll();
        assertThat(heard()).isEmpty();
        assertThat(reversal(paid)).isEqualTo("no row");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sales", "reversals", "standing"})
    void no_table_is_read_from_end_to_end(String statement) {
        for (int i = 0; i < 3_000; i += 1_000) {
            fill(i, i + 1_000);
        }
        till.rows.execute(
                till.engine().equals("mariadb") ? "analyze table receipts, tickets, ticketlines, payments" : "analyze");
        Ticket a = sells(1_000_001, 1, ONE_COFFEE);
        refunds(a, 1_000_001, 0, ONE_COFFEE);
        String sql = statement(statement);
        List<String> plan = new NamedParameterJdbcTemplate(till.rows)
                        .queryForList(
                                "explain " + sql,
                                Map.of(
                                        "since", till.wallClock(minutes(10)),
                                        "since_id", "",
                                        "reversed_since", till.wallClock(minutes(10)),
                                        "reversed_since_id", "",
                                        "transaction_ids", List.of(a.id(), "old-1", "old-2")))
                        .stream()
                        .map(row -> row.values().toString())
                        .toList();
        assertThat(plan)
                .noneMatch(
                        step -> step.matches(
                                "(?s).*(Seq Scan on (receipts|tickets|ticketlines|payments)\\b|, (r|t|o|f|l|p), (ALL|index), ).*"));
    }

    /** Old sales, every tenth refunded. */
    private void fill(int from, int to) {
        List<Object[]> old = java.util.stream.IntStream.range(from, to)
                .mapToObj(i -> new Object[] {"old-" + i, i})
                .toList();
        till.rows.batchUpdate(
                "insert into receipts (id, money, datenew) values (?, 'till-1', ?)",
                old.stream()
                        .map(row -> new Object[] {row[0], till.wallClock(minutes(10_000_000 / 6 - (int) row[1]))})
                        .toList());
        till.rows.batchUpdate(
                "insert into tickets (id, tickettype, ticketid, person, status) values (?, ?, ?, '3', ?)",
                old.stream()
                        .map(row -> new Object[] {
                            row[0],
                            (int) row[1] % 10 == 0 ? 1 : 0,
                            row[1],
                            (int) row[1] % 10 == 0 ? (int) row[1] + 1 : 0
                        })
                        .toList());
        till.rows.batchUpdate(
                "insert into ticketlines (ticket, line, product, units, price, taxid) values (?, 0, 'coffee', 1, 30, '001')",
                old.stream().map(row -> new Object[] {row[0]}).toList());
        till.rows.batchUpdate(
                "insert into payments (id, receipt, payment, total) values (?, ?, 'cash', 30)",
                old.stream().map(row -> new Object[] {row[0], row[0]}).toList());
    }

    // edits

    @Test
    void an_edited_ticket_is_gone_and_its_successor_bears_its_number_note_and_customer() {
        String ada = unicenta().customer(till.rows, ADA);
        Ticket old = unicenta()
                .saves(Ticket.sale(117, minutes(5), ONE_COFFEE).by(ada).with("aiq-note", "AIQ-7F3K2Q"));
        Ticket edited = unicenta().edits(old, old.edited(now(), ONE_COFFEE, ONE_CAKE));
        Map<String, Object> sale = sale(edited);
        assertThat(sale.get("number")).isEqualTo(117);
        assertThat(sale.get("customer_id")).isEqualTo(ada);
        assertThat(sale.get("note").toString()).contains("AIQ-7F3K2Q");
        assertThat(state(old)).isEmpty();
        assertThat(state(edited)).isEqualTo("completed");
    }

    @Test
    void the_refund_of_an_edited_ticket_is_of_its_successor() {
        Ticket old = sells(118, 50, ONE_COFFEE, ONE_CAKE);
        Ticket edited = unicenta().edits(old, old.edited(minutes(40), ONE_COFFEE));
        assertThat(reversal(refunds(edited, 24, 30, ONE_COFFEE))).isEqualTo(of(edited, 1));
    }

    // points on the ticket

    @Test
    void points_on_the_ticket_leave_its_other_properties_and_the_tills_reports_alone() {
        Ticket ticket = unicenta()
                .saves(Ticket.sale(119, now(), ONE_COFFEE).with("person", "K\u00ed\u2013m & \\ \"<Co>\" \ud83c\udf75"));
        byte[] before = properties(ticket);
        executed(ticket);
        shop.bridge.run("pos-write-back-real");
        assertThat(unicenta().property(ticket.id(), "aiq-points")).isEqualTo("100");
        assertThat(unicenta().property(ticket.id(), "person")).isEqualTo("K\u00ed\u2013m & \\ \"<Co>\" \ud83c\udf75");
        // FinancialReportServiceImpl.java 48-51: the closing report has a line of its own for each different note of a
        // payment
        assertThat(till.rows.queryForObject(
                        "select count(*) from payments where receipt = ? and notes is not null",
                        Integer.class,
                        ticket.id()))
                .isZero();
        refunds(ticket, 25, 0, ONE_COFFEE);
        shop.poll();
        shop.bridge.run("reversal-execute");
        shop.bridge.run("pos-write-back-real");
        assertThat(properties(ticket)).isEqualTo(before);
    }

    private byte[] properties(Ticket ticket) {
        return till.rows.queryForObject("select attributes from receipts where id = ?", byte[].class, ticket.id());
    }

    // the owner's login

    @Test
    void the_bridges_login_sees_no_column_that_is_not_asked_for() {
        JdbcTemplate reader = new JdbcTemplate(reader());
        for (String column : List.of(
                "customers.card", "customers.firstname", "payments.cardname", "people.name", "receipts.person")) {
            String[] names = column.split("[.]");
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> reader.queryForList("select " + names[1] + " from " + names[0]))
                    .as(column)
                    .isNotNull();
        }
    }

    // check

    private List<String> check() {
        return rows("check", Map.of("wall_clock", till.wallClock(now()), "now_epoch", now().getEpochSecond())).stream()
                .map(row -> row.get("level") + ": " + row.get("text") + ": " + row.get("hint"))
                .toList();
    }

    @Test
    void check_says_which_version_it_is() {
        till.rows.update("delete from applications");
        assertThat(check()).singleElement().asString().startsWith("ok: this is KrIOlOS POS");
        till.rows.update(
                "insert into applications (id, name, version) values ('unicentaopos', 'uniCenta oPOS', '4.5')");
        assertThat(check()).containsExactly("ok: this is uniCenta oPOS 4.5: ");
    }

    @Test
    void check_names_a_column_that_is_not_there() {
        till.rows.execute("alter table ticketlines drop column attributes");
        till.rows.execute("alter table payments drop column notes");
        assertThat(check())
                .anyMatch(line -> line.startsWith("fail: ") && line.contains("ticketlines.attributes"))
                .anyMatch(line -> line.startsWith("fail: ") && line.contains("payments.notes"));
    }

    @Test
    void check_says_when_the_newest_sale_is_in_the_future() {
        sells(120, -90, ONE_COFFEE);
        assertThat(check()).anyMatch(line -> line.startsWith("warn: ") && line.contains("zone"));
    }
}
