package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.pos.SampleTill.Sale;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Odoo's statements return in each version, for what its code writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OdooStatementsTest {
    private static final Map<String, Object> SALES = Map.of("since_epoch", 0.0, "since_id", "");
    private static final Map<String, Object> REVERSALS = Map.of("reversed_since_epoch", 0.0, "reversed_since_id", "");
    private OdooTill till;

    private final Map<Integer, OdooTill> tills = new HashMap<>();

    /** One database for each version, emptied for each story. */
    private OdooTill odoo(int version) {
        till = tills.computeIfAbsent(version, v -> new OdooTill(Databases.postgresql(), v));
        till.rows.execute("truncate pos_order, pos_order_line, pos_payment, res_partner restart identity cascade");
        return till;
    }

    @AfterAll
    void close() {
        tills.values().forEach(one -> Databases.drop(one.url));
    }

    private static Instant now() {
        return Instant.now();
    }

    private Map<String, Object> sale(int id) throws IOException {
        return new MakeStatement(till, "sales").row(SALES, Integer.toString(id));
    }

    private Object whole(int refund, int sale) throws IOException {
        Map<String, Object> row = new MakeStatement(till, "reversals").row(REVERSALS, refund + "/" + sale);
        return row == null ? "no row" : row.get("whole");
    }

    private String state(int id) throws IOException {
        Map<String, Object> row = new MakeStatement(till, "standing")
                .row(Map.of("transaction_ids", List.of(Integer.toString(id), "999", "#77")), Integer.toString(id));
        return row == null ? "gone" : row.get("state").toString();
    }

    private List<Map<String, Object>> check() throws IOException {
        return new MakeStatement(till, "check").rows(Map.of());
    }

    /** Three cups and two bags. */
    private void sells(int id) {
        till.draft(till.rows, id, now(), null);
        till.line(id, OdooTill.GOODS, 3, 10, 0, null);
        till.line(id, OdooTill.GOODS + 1, 2, 5, 0, null);
    }

    private int lineOf(int order, int product) {
        return till.rows.queryForObject(
                "select id from pos_order_line where order_id = ? and product_id = ?", Integer.class, order, product);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void every_text_that_a_cashier_can_write_is_read_and_cut(int version) throws IOException {
        odoo(version).completes(Sale.of(1, now()));
        till.line(1, OdooTill.GOODS, 1, 1, 0, null);
        int nth = 0;
        for (String place : till.notes()) {
            String[] column = place.split("[.]");
            till.rows.update(
                    "update " + column[0] + " set " + column[1] + " = ?", "note" + ++nth + " " + "x".repeat(5_000));
        }
        String note = sale(1).get("note").toString();
        for (int i = 1; i <= nth; i++) {
            assertThat(note).contains("note" + i);
        }
        assertThat(note.length()).isLessThan(16_000);
        assertThat(note.lines()).hasSizeGreaterThanOrEqualTo(nth);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void check_names_the_version(int version) throws IOException {
        odoo(version);
        assertThat(check()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("level", "ok")
                .extracting("text")
                .asString()
                .contains("Odoo " + version));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void a_column_that_the_version_must_have_and_has_not_is_an_error_that_names_both(int version) throws IOException {
        odoo(version);
        for (String place : till.notes()) {
            String[] column = place.split("[.]");
            if (!column[1].equals("customer_note")) {
                till.rows.execute("alter table " + column[0] + " rename column " + column[1] + " to elsewhere");
                assertThat(check()).anySatisfy(row -> assertThat(row)
                        .containsEntry("level", "fail")
                        .extracting("text")
                        .asString()
                        .contains("Odoo " + version, place));
                till.rows.execute("alter table " + column[0] + " rename column elsewhere to " + column[1]);
            }
        }
    }

    @Test
    void a_version_between_two_is_said_and_no_column_is_missed() throws IOException {
        odoo(18).rows.update("update ir_module_module set latest_version = 'saas~18.2.1.0.1'");
        List<Map<String, Object>> said = check();
        till.rows.update("update ir_module_module set latest_version = '18.0.1.0.1'");
        assertThat(said).singleElement().satisfies(row -> assertThat(row).containsEntry("level", "warn"));
    }

    @Test
    void a_right_or_an_index_that_is_missing_is_said() throws IOException {
        till = new OdooTill(Databases.postgresql(), 18);
        tills.put(0, till);
        till.rows.execute("drop index aiq_refunded");
        till.rows.execute("revoke select on pos_order_line from " + till.login());
        till.rows.execute(
                "grant select (id, order_id, product_id, qty, price_unit, discount, customer_note, refunded_orderline_id) on pos_order_line to "
                        + till.login());
        assertThat(check())
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("level", "fail")
                        .extracting("text")
                        .asString()
                        .contains("may not read pos_order_line.note"))
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("level", "warn")
                        .extracting("hint")
                        .asString()
                        .contains("create index"));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void whole_is_when_every_line_of_goods_came_back_in_however_many_refunds(int version) throws IOException {
        odoo(version);
        sells(1);
        till.line(1, OdooTill.TIP, 1, 2, 0, null);
        till.line(1, OdooTill.GIFT_CARD, 1, 50, 0, null);
        till.line(1, OdooTill.REWARD, 1, -5, 0, null);
        // by cash rounding 87.02 is paid with 87.00
        till.pays(till.rows, 1, 87.02, 87);
        int cups = till.firstLine(1);
        int bags = lineOf(1, OdooTill.GOODS + 1);
        till.refunds(2, now(), -20, cups, 2);
        assertThat(whole(2, 1)).isEqualTo(0);
        till.refunds(3, now(), -10, cups, 0.9996);
        assertThat(whole(3, 1)).isEqualTo(0);
        till.refunds(4, now(), -10, bags, 2);
        assertThat(whole(4, 1)).isEqualTo(1);
        assertThat(state(1)).isEqualTo("returned");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void a_line_given_for_nothing_is_goods_and_has_to_come_back(int version) throws IOException {
        odoo(version);
        sells(1);
        till.line(1, OdooTill.GOODS + 2, 1, 4, 100, null);
        till.pays(till.rows, 1, 40, 40);
        till.draft(till.rows, 2, now(), null);
        till.refundLine(2, till.firstLine(1), 3);
        till.refundLine(2, lineOf(1, OdooTill.GOODS + 1), 2);
        till.pays(till.rows, 2, -40, -40);
        assertThat(whole(2, 1)).isEqualTo(0);
        assertThat(state(1)).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18, 19})
    void of_a_combo_its_choices_have_to_come_back_and_not_its_own_line(int version) throws IOException {
        odoo(version).draft(till.rows, 1, now(), null);
        int combo = till.line(1, 70, 1, 0, 0, null);
        int choice = till.line(1, 71, 1, 12, 0, null);
        till.rows.update("update pos_order_line set combo_parent_id = ? where id = ?", combo, choice);
        till.pays(till.rows, 1, 12, 12);
        till.refunds(2, now(), -12, choice, 1);
        assertThat(whole(2, 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void a_refund_that_is_a_draft_or_was_cancelled_counts_nowhere(int version) throws IOException {
        odoo(version);
        sells(1);
        till.pays(till.rows, 1, 40, 40);
        till.refundsInBackOffice(1, 2, now());
        assertThat(whole(2, 1)).isEqualTo("no row");
        assertThat(state(2)).isEqualTo("open");
        till.rows.update("update pos_order set state = 'cancel' where id = 2");
        assertThat(whole(2, 1)).isEqualTo("no row");
        assertThat(state(2)).isEqualTo("voided");
        assertThat(state(1)).isEqualTo("completed");
        till.refunds(3, now(), -30, till.firstLine(1), 3);
        assertThat(whole(3, 1)).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void a_refund_that_is_refunded_sells_again_and_is_no_sale(int version) throws IOException {
        odoo(version);
        sells(1);
        till.pays(till.rows, 1, 40, 40);
        till.refundsInBackOffice(1, 2, now());
        till.pays(till.rows, 2, -40, -40);
        assertThat(whole(2, 1)).isEqualTo(1);
        assertThat(state(1)).isEqualTo("returned");
        till.refundsInBackOffice(2, 3, now());
        till.pays(till.rows, 3, 40, 40);
        assertThat(whole(2, 1)).isEqualTo(0);
        assertThat(state(1)).isEqualTo("completed");
        assertThat(whole(3, 2)).isEqualTo("no row");
        assertThat(sale(3)).isNull();
        assertThat(sale(1)).isNotNull();
    }

    private int customer(String phone) {
        return till.rows.queryForObject(
                "insert into res_partner (name, phone, email) values ('Ada', ?, '') returning id",
                Integer.class,
                phone);
    }

    private void sells(int id, Integer customer) {
        sells(id);
        till.rows.update("update pos_order set partner_id = ? where id = ?", customer, id);
        till.pays(till.rows, id, 40, 40);
    }

    /** A cashier types a quantity below 0 instead of choosing the order that comes back. */
    private void typesReturn(int id, Integer customer, double cups) {
        till.draft(till.rows, id, now(), customer);
        till.line(id, OdooTill.GOODS, -cups, 10, 0, null);
        till.pays(till.rows, id, -10 * cups, -10 * cups);
    }

    private Map<String, Object> reversal(int id) throws IOException {
        return new MakeStatement(till, "reversals").row(REVERSALS, Integer.toString(id));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void a_return_that_names_no_order_may_be_of_each_of_the_customer_s_that_holds_as_much(int version)
            throws IOException {
        odoo(version);
        int ada = customer("555-555-0100"), eve = customer("555-555-0101"), nobody = customer("");
        for (int id : new int[] {1, 2, 3}) {
            sells(id, ada);
        }
        till.rows.update("update pos_order_line set qty = 1 where order_id = 2 and product_id = ?", OdooTill.GOODS);
        till.rows.update("update pos_order set date_order = date_order - interval '91 days' where id = 3");
        sells(4, eve);
        sells(5, ada);
        typesReturn(9, ada, 2);
        assertThat(reversal(9))
                .containsEntry("original_transaction_id", null)
                .containsEntry("kind", "return")
                .containsEntry("whole", null)
                .containsEntry("candidates", "1,5");
        assertThat((BigDecimal) reversal(9).get("amount")).isEqualByComparingTo("-20");
        till.refunds(6, now(), -20, lineOf(5, OdooTill.GOODS), 2);
        assertThat(reversal(9)).as("what is left of it").containsEntry("candidates", "1");
        typesReturn(10, null, 1);
        typesReturn(11, nobody, 1);
        typesReturn(12, customer("555-555-0102"), 1);
        for (int id : new int[] {10, 11, 12}) {
            assertThat(reversal(id)).as("return " + id).isNull();
        }
        till.rows.update("update pos_order set state = 'cancel' where id = 9");
        assertThat(reversal(9)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void the_amount_goes_by_quantity_whatever_subtotal_the_refund_has(int version) throws IOException {
        odoo(version);
        sells(1);
        till.pays(till.rows, 1, 40, 40);
        till.refunds(2, now(), -20, till.firstLine(1), 2);
        // the back office refunds the rest of it, with the whole subtotals; a later version writes them with the other
        // sign
        till.refundsInBackOffice(1, 3, now());
        till.pays(till.rows, 3, -20, -20);
        for (int sign : new int[] {1, -1}) {
            till.rows.update(
                    "update pos_order_line set price_subtotal_incl = ? * abs(price_subtotal_incl) where order_id = 3",
                    sign);
            assertThat(new BigDecimal(new MakeStatement(till, "reversals")
                            .row(REVERSALS, "3/1")
                            .get("amount")
                            .toString()))
                    .isEqualByComparingTo("20");
        }
        assertThat(whole(3, 1)).isEqualTo(1);
    }

    @Test
    void what_is_paid_is_the_total_with_its_cash_rounding() throws IOException {
        odoo(16);
        sells(1);
        till.pays(till.rows, 1, 49.98, 50);
        assertThat(new BigDecimal(sale(1).get("total").toString())).isEqualByComparingTo("50");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18})
    void an_order_that_is_stored_twice_has_one_reference_and_the_same_goods(int version) throws IOException {
        odoo(version);
        for (int id : new int[] {1, 2, 3}) {
            sells(id);
            till.pays(till.rows, id, 40, 40);
        }
        till.line(3, OdooTill.GOODS, 1, 10, 0, null);
        // an answer that was lost: the till sends the order again, with the number and the uuid that it has
        till.rows.update(
                "update pos_order set pos_reference = (select pos_reference from pos_order where id = 1) where id = 2");
        if (version == 18) {
            till.rows.update("update pos_order set uuid = (select uuid from pos_order where id = 1) where id = 2");
        }
        assertThat(sale(1).get("reference")).isNotNull().isEqualTo(sale(2).get("reference"));
        assertThat(sale(3).get("reference")).isNotNull().isNotEqualTo(sale(1).get("reference"));
        assertThat(sale(1).get("goods")).isEqualTo(sale(2).get("goods")).isNotEqualTo(sale(3).get("goods"));
        assertThat(sale(3)).containsEntry("number", "Order 00001-001-0003");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void a_back_office_refund_that_becomes_an_exchange_is_no_twin_of_its_sale(int version) throws IOException {
        odoo(version);
        sells(1);
        till.pays(till.rows, 1, 40, 40);
        till.refundsInBackOffice(1, 2, now());
        till.line(2, OdooTill.GOODS + 3, 1, 60, 0, null);
        till.pays(till.rows, 2, 20, 20);
        assertThat(sale(2)).isNotNull();
        assertThat(sale(2).get("reference")).isNotEqualTo(sale(1).get("reference"));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void an_order_of_long_ago_that_arrives_now_is_found_by_its_payment(int version) throws IOException {
        odoo(version).completes(Sale.of(10, now()));
        till.draft(till.rows, 5, now().minusSeconds(300_000), null);
        long seen = till.rows.queryForObject("select max(id) from pos_payment", Long.class);
        till.completes(Sale.of(5, now().minusSeconds(200_000)).by("555-555-0100"));
        till.completes(Sale.of(11, now().minusSeconds(190_000)));
        till.draft(till.rows, 12, now(), null);
        List<Map<String, Object>> late = new MakeStatement(till, "late").rows(Map.of("arrived_after", seen));
        assertThat(late).extracting(row -> row.get("transaction_id")).containsExactly("5", "11");
        assertThat(late.get(0))
                .containsEntry("phone", "555-555-0100")
                .containsKeys("arrival", "note", "reference", "goods");
        assertThat(late)
                .extracting(row -> ((Number) row.get("arrival")).longValue())
                .isSorted()
                .allMatch(id -> id > seen);
        assertThat(late.get(0).keySet()).containsAll(sale(5).keySet());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void every_statement_reads_by_an_index_among_years_of_orders(int version) throws IOException {
        odoo(version)
                .rows
                .update(
                        "insert into pos_order (id, name, date_order, amount_tax, amount_total, amount_paid, amount_return, state) select i, '/', now() - i * interval '1 hour', 0, 1, 1, 0, 'done' from generate_series(1, 5000) i");
        till.rows.update(
                "insert into pos_order_line (order_id, product_id, name, qty, price_unit, price_subtotal, price_subtotal_incl) select id, 1, '/', 1, 1, 1, 1 from pos_order");
        till.rows.update(
                "insert into pos_payment (pos_order_id, payment_method_id, amount, payment_date) select id, 1, 1, now() from pos_order");
        till.rows.execute("analyze pos_order, pos_order_line, pos_payment");
        double since = now().getEpochSecond() - 600.0;
        assertThat(new MakeStatement(till, "sales").plan(Map.of("since_epoch", since, "since_id", "")))
                .contains("pos_order_date_order_index")
                .doesNotContain("Seq Scan");
        assertThat(new MakeStatement(till, "reversals")
                        .plan(Map.of("reversed_since_epoch", since, "reversed_since_id", "")))
                .contains("pos_order_date_order_index", version == 19 ? "refunded_orderline_id_index" : "aiq_refunded");
        assertThat(new MakeStatement(till, "late").plan(Map.of("arrived_after", 4_990L)))
                .contains("pos_payment_pkey", "pos_order_pkey")
                .doesNotContain("Seq Scan");
        assertThat(new MakeStatement(till, "standing").plan(Map.of("transaction_ids", List.of("1", "2"))))
                .contains("pos_order_pkey");
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 18, 19})
    void a_final_consumer_whom_nobody_can_reach_is_nobody(int version) throws IOException {
        odoo(version).completes(Sale.of(1, now()).by(""));
        till.completes(Sale.of(2, now()).by("555-555-0100"));
        assertThat(sale(1)).containsEntry("customer_id", null);
        assertThat(sale(2).get("customer_id")).isNotNull();
    }
}
