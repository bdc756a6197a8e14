package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.pos.SampleTill.Sale;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ERPNext's statements return in each version and for each document that its till writes, for what its code writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErpnextStatementsTest {
    private static final String POS_14 = "14 POS Invoice";
    private static final String POS_15 = "15 POS Invoice";
    private static final String POS_16 = "16 POS Invoice";
    private static final String SALES_16 = "16 Sales Invoice";
    private static final Timestamp LONG_AGO = Timestamp.valueOf("2020-01-01 00:00:00");
    private static final Map<String, Object> SALES = Map.of("since", LONG_AGO, "since_id", "");
    private static final Map<String, Object> REVERSALS = Map.of("reversed_since", LONG_AGO, "reversed_since_id", "");
    private final Map<String, ErpnextTill> tills = new HashMap<>();
    private ErpnextTill till;

    /** One database for each, emptied for each story. */
    private ErpnextTill erpnext(String kind) {
        till = tills.computeIfAbsent(
                kind,
                k -> new ErpnextTill(
                        Databases.mariadb(), Integer.parseInt(k.substring(0, 2)), k.contains("Sales Invoice")));
        for (String table : List.of("POS Invoice", "POS Invoice Item", "Sales Invoice", "Sales Invoice Item")) {
            till.rows.update("delete from `tab" + table + "`");
        }
        return till;
    }

    @AfterAll
    void close() {
        tills.values().forEach(one -> Databases.drop(one.url));
    }

    private static Instant ago(int minutes) {
        return Instant.now().minus(minutes, ChronoUnit.MINUTES);
    }

    private Map<String, Object> sale(String id) throws IOException {
        return new MakeStatement(till, "sales").row(SALES, id);
    }

    private List<Object> sales() throws IOException {
        return new MakeStatement(till, "sales")
                .rows(SALES).stream().map(row -> row.get("transaction_id")).toList();
    }

    private Map<String, Object> reversal(String id) throws IOException {
        return new MakeStatement(till, "reversals").row(REVERSALS, id);
    }

    private int whole(String refund) throws IOException {
        return ((Number) reversal(refund).get("whole")).intValue();
    }

    private String state(String id) throws IOException {
        Map<String, Object> row =
                new MakeStatement(till, "standing").row(Map.of("transaction_ids", List.of(id, "ACC-X", "#77")), id);
        return row == null ? "gone" : row.get("state").toString();
    }

    private List<Map<String, Object>> check() throws IOException {
        return new MakeStatement(till, "check").rows(Map.of("wall_clock", till.wallClock(Instant.now())));
    }

    private String sold(ErpnextTill one, Sale sale) {
        one.completes(sale);
        return one.id(sale);
    }

    private String sold(Sale sale) {
        return sold(till, sale);
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, POS_15, POS_16, SALES_16})
    void every_text_of_an_invoice_is_read_and_cut(String kind) throws IOException {
        String id = sold(erpnext(kind), Sale.of(1, ago(1)));
        till.rows.update(
                "update " + till.invoices() + " set remarks = concat('AIQ-1 ', repeat('x', 60000)), po_no = 'AIQ-2'");
        assertThat(sale(id).get("note").toString())
                .contains("AIQ-1", "AIQ-2")
                .hasSizeLessThan(3_000)
                .contains("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, POS_15, POS_16, SALES_16})
    void check_names_the_version_and_has_nothing_to_complain_of(String kind) throws IOException {
        sold(erpnext(kind), Sale.of(1, ago(1)));
        assertThat(check()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("level", "ok")
                .extracting("text")
                .asString()
                .contains("ERPNext " + till.version));
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, POS_15, POS_16, SALES_16})
    void a_column_that_is_missing_is_an_error_that_names_the_version(String kind) throws IOException {
        erpnext(kind).rows.execute("alter table " + till.invoices() + " rename column rounded_total to elsewhere");
        List<Map<String, Object>> said = check();
        till.rows.execute("alter table " + till.invoices() + " rename column elsewhere to rounded_total");
        assertThat(said).anySatisfy(row -> assertThat(row)
                .containsEntry("level", "fail")
                .extracting("text")
                .asString()
                .contains("ERPNext " + till.version, "rounded_total"));
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, SALES_16})
    void an_index_a_zone_and_a_walk_in_that_are_missing_are_said(String kind) throws IOException {
        sold(erpnext(kind), Sale.of(1, Instant.now().plusSeconds(3_600)));
        till.rows.execute("drop index modified on " + till.invoices());
        till.rows.update("insert into `tabPOS Profile` (name) values ('Kiosk')");
        List<Map<String, Object>> said = check();
        till.rows.execute("create index modified on " + till.invoices() + " (modified)");
        till.rows.update("delete from `tabPOS Profile` where name = 'Kiosk'");
        assertThat(said)
                .extracting(row -> row.get("text").toString())
                .anyMatch(t -> t.contains("no index on modified"))
                .anyMatch(t -> t.contains("zone"))
                .anyMatch(t -> t.contains("Kiosk"));
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, POS_15, POS_16, SALES_16})
    void whole_is_when_as_much_of_every_article_came_back_in_however_many_returns(String kind) throws IOException {
        String id = erpnext(kind).id(Sale.of(1, ago(9)));
        till.head(till.rows, id, Sale.of(1, ago(9)).totalling(99.97), 1, null);
        till.item(till.rows, id, "CUP", 1, 12, 60, 0);
        till.item(till.rows, id, "CUP", 3, 1, 5, 0);
        till.item(till.rows, id, "BAG", 1, 1, 30, 0);
        till.item(till.rows, id, "REWARD", 1, 1, -5, 0);
        till.rows.update("update " + till.invoices() + " set rounded_total = 100");
        till.returns("RET-1", id, ago(8), "CUP", 1, 12, 60);
        assertThat(whole("RET-1")).isZero();
        till.returns("RET-2", id, ago(7), "BAG", 1, 1, 30);
        till.returns("RET-3", id, ago(6), "CUP", 2, 1, 10);
        assertThat(whole("RET-3")).isZero();
        assertThat(state(id)).isEqualTo("completed");
        till.returns("RET-4", id, ago(5), "CUP", 1, 1, 5);
        assertThat(whole("RET-4")).isEqualTo(1);
        assertThat(state(id)).isEqualTo("returned");
        // a return that was cancelled counts nowhere
        till.touches("RET-2", "docstatus = 2", ago(4));
        assertThat(reversal("RET-2")).isNull();
        assertThat(whole("RET-4")).isZero();
        assertThat(state(id)).isEqualTo("completed");
    }

    /** validate_return asks for an original only where there is one, and the form lets Is Return be ticked by hand. */
    @ParameterizedTest
    @ValueSource(strings = {POS_14, POS_15, POS_16, SALES_16})
    void a_return_that_names_no_invoice_is_of_one_of_the_customers_whose_articles_are_still_out(String kind)
            throws IOException {
        erpnext(kind);
        Sale adas = Sale.of(1, ago(60)).by("555-555-0100");
        String fits = sold(adas);
        String another = sold(Sale.of(2, ago(50)).by("555-555-0100"));
        till.head(till.rows, "BAGS", Sale.of(0, ago(49)).by("555-555-0100"), 1, null);
        till.item(till.rows, "BAGS", "BAG", 1, 1, 5, 0);
        Sale returned = Sale.of(4, ago(48)).by("555-555-0100");
        till.returns("RET-OF-4", sold(returned), ago(40), "CUP", 1, 1, 42.5);
        Sale voided = Sale.of(5, ago(47)).by("555-555-0100");
        sold(voided);
        till.takesBack(voided, ago(46));
        String corrected = sold(Sale.of(6, ago(45)).by("555-555-0100"));
        till.touches(corrected, "docstatus = 2", ago(44));
        till.amends(Sale.of(6, ago(45)).by("555-555-0100"), corrected, corrected + "-1", 1, ago(43));
        sold(Sale.of(7, ago(60 * 24 * 91)).by("555-555-0100"));
        sold(Sale.of(8, ago(10)).by("555-555-0100"));
        sold(Sale.of(9, ago(42)).by("555-555-0101"));
        till.rows.update("update " + till.invoices() + " set customer = 'Bob' where contact_mobile = '555-555-0101'");

        free("RET-FREE", ago(20), "Ada L", 1);
        Map<String, Object> free = reversal("RET-FREE");
        assertThat(free)
                .containsEntry("original_transaction_id", null)
                .containsEntry("kind", "return")
                .containsEntry("whole", null);
        assertThat(free.get("amount").toString()).startsWith("42.5");
        assertThat(free.get("candidates").toString().split(",")).containsExactlyInAnyOrder(fits, another, corrected);
        assertThat(reversal("RET-OF-4"))
                .containsEntry("original_transaction_id", till.id(returned))
                .containsEntry("candidates", null);

        free("RET-TWO", ago(19), "Ada L", 2);
        assertThat(reversal("RET-TWO")).as("no sale holds two").isNull();
        till.touches("RET-FREE", "docstatus = 2", ago(5));
        assertThat(reversal("RET-FREE")).isNull();
        sold(Sale.of(11, ago(30)));
        free("RET-WALK-IN", ago(18), "Walk In", 1);
        assertThat(reversal("RET-WALK-IN")).as("the walk-in is nobody").isNull();
    }

    private void free(String name, Instant at, String customer, int cups) {
        till.returns(name, null, at, "CUP", cups, 1, 42.5 * cups);
        till.rows.update("update " + till.invoices() + " set customer = ? where name = ?", customer, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, POS_15, POS_16, SALES_16})
    void what_was_given_for_nothing_is_goods(String kind) throws IOException {
        String id = sold(erpnext(kind), Sale.of(1, ago(9)));
        till.item(till.rows, id, "GIFT", 1, 1, 0, 0);
        till.returns("RET-1", id, ago(8), "CUP", 1, 1, 42.5);
        assertThat(whole("RET-1")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, POS_15, POS_16, SALES_16})
    void a_closed_shift_is_heard_once(String kind) throws IOException {
        Sale sale = Sale.of(1, ago(9));
        String id = sold(erpnext(kind), sale);
        till.consolidates(sale, ago(8));
        assertThat(sales()).containsExactly(id);
        // pos_invoice.py, create_return_sales_invoice: a POS Invoice of before, returned where the till writes Sales
        // Invoices by now
        till.returns("RET-1", id, ago(7), "CUP", 1, 1, 42.5);
        till.rows.update(
                "insert into `tabSales Invoice` (name, modified, docstatus, is_pos, is_consolidated, is_return, return_against, posting_date, posting_time, grand_total) values ('ACC-SINV-RET', now(), 1, 1, 1, 1, 'ACC-SINV-2026-91', curdate(), curtime(), -42.5)");
        assertThat(new MakeStatement(till, "reversals").rows(REVERSALS))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("transaction_id", "RET-1")
                        .containsEntry("original_transaction_id", id));
        assertThat(whole("RET-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, POS_15, POS_16, SALES_16})
    void what_the_office_invoices_is_no_sale_of_a_till(String kind) throws IOException {
        sold(erpnext(kind), Sale.of(1, ago(9)));
        till.rows.update(
                "insert into `tabSales Invoice` (name, modified, docstatus, is_pos, posting_date, posting_time, grand_total) values ('ACC-SINV-OFFICE', now(), 1, 0, curdate(), curtime(), 500)");
        assertThat(sales()).hasSize(1);
        assertThat(state("ACC-SINV-OFFICE")).isEqualTo("gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, POS_15, POS_16, SALES_16})
    void an_amended_invoice_is_the_first_ones_sale_under_either_rule_for_names(String kind) throws IOException {
        Sale counted = Sale.of(1, ago(30));
        Sale renamed = Sale.of(2, ago(30));
        String one = sold(erpnext(kind), counted);
        String two = sold(renamed);
        assertThat(state(one)).isEqualTo("completed");
        till.takesBack(counted, ago(20));
        till.takesBack(renamed, ago(20));
        assertThat(reversal(one)).containsEntry("kind", "void");
        assertThat(state(one)).isEqualTo("voided");
        till.amends(counted, one, one + "-1", 0, ago(19));
        assertThat(state(one)).isEqualTo("open");
        assertThat(reversal(one)).isNull();
        till.touches(one + "-1", "docstatus = 2", ago(18));
        till.amends(counted, 2, ago(17));
        String later = till.id(Sale.of(7, ago(1)));
        till.amends(renamed, two, later, 1, ago(19));
        assertThat(sales()).containsExactlyInAnyOrder(one, two);
        assertThat(reversal(one)).isNull();
        assertThat(reversal(two)).isNull();
        assertThat(state(one)).isEqualTo("completed");
        assertThat(state(two)).isEqualTo("completed");
        assertThat(sale(two)).containsEntry("number", later);
        till.returns("RET-1", later, ago(5), "CUP", 1, 1, 42.5);
        assertThat(reversal("RET-1")).containsEntry("original_transaction_id", two);
        assertThat(state(two)).isEqualTo("returned");
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_15, SALES_16})
    void a_draft_is_open_and_who_cannot_be_reached_is_nobody(String kind) throws IOException {
        erpnext(kind).suspends(Sale.of(1, ago(9)));
        assertThat(state(till.id(Sale.of(1, ago(9))))).isEqualTo("open");
        String nobody = sold(Sale.of(2, ago(9)).by(""));
        String ada = sold(Sale.of(3, ago(9)).by("555-555-0100"));
        assertThat(sale(nobody)).containsEntry("customer_id", null);
        assertThat(sale(ada)).containsEntry("customer_id", "Ada L").containsEntry("phone", "555-555-0100");
        assertThat(sale(ada).get("goods")).isNotNull().isNotEqualTo("");
        till.item(till.rows, nobody, "BAG", 1, 1, 1, 0);
        assertThat(sale(nobody).get("goods")).isNotEqualTo(sale(ada).get("goods"));
    }

    @ParameterizedTest
    @ValueSource(strings = {POS_14, SALES_16})
    void every_statement_reads_by_an_index_among_years_of_invoices(String kind) throws IOException {
        erpnext(kind)
                .rows
                .update(
                        "insert into " + till.invoices()
                                + " (name, modified, docstatus, is_pos, customer, posting_date, posting_time, grand_total) select concat('OLD-', seq), now() - interval seq hour, 1, 1, concat('Customer ', seq % 1000), curdate(), curtime(), 1 from seq_1_to_5000");
        till.rows.queryForList("analyze table " + till.invoices());
        Timestamp since = till.wallClock(ago(10));
        assertThat(new MakeStatement(till, "sales").plan(Map.of("since", since, "since_id", "")))
                .contains("table=i, type=range, possible_keys=modified");
        assertThat(new MakeStatement(till, "reversals").plan(Map.of("reversed_since", since, "reversed_since_id", "")))
                .contains("table=r, type=range, possible_keys=", "table=f, type=range, possible_keys=")
                .doesNotContain("table=f, type=ALL")
                .doesNotContain("table=r, type=ALL")
                .doesNotContain("table=o, type=ALL");
        assertThat(new MakeStatement(till, "standing")
                        .plan(Map.of("transaction_ids", List.of("OLD-1", "OLD-2", "OLD-3"))))
                .contains("table=i, type=range, possible_keys=PRIMARY", "table=a, type=ref, possible_keys=aiq_amended");
    }
}
