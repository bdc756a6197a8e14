package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.pos.SampleTill.Sale;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the bridge makes of the daily life of ERPNext's till where it writes POS Invoices. */
class ErpnextOnMariadbTest extends PosContract {
    private ErpnextTill erpnext;

    ErpnextTill open(String url) {
        return new ErpnextTill(url);
    }

    @Override
    SampleTill till() {
        erpnext = open(Databases.mariadb());
        return erpnext;
    }

    private Map<String, Object> heard(Sale sale) {
        return shop.bridge.rows.queryForMap(
                "select * from pos_transaction where connection = 'real' and transaction_id = ?", till.id(sale));
    }

    private String executed(Sale sale) {
        String redemption = queued(sale);
        till.completes(sale);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        return redemption;
    }

    @Test
    void closing_the_shift_changes_every_invoice_and_neither_its_time_nor_what_was_redeemed() {
        Sale sale = Sale.of(1, now().minusSeconds(120)).by(ADA);
        String redemption = executed(sale);
        erpnext.consolidates(sale, now());
        shop.pollAndExecute();
        sweep();
        shop.bridge.run("redemption-execute");
        assertThat(((Number) heard(sale).get("completed_at")).longValue())
                .isEqualTo(sale.at().toEpochMilli());
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(heard()).as("what the closing merged was heard before").containsExactly(till.id(sale));
    }

    @Test
    void a_sale_rung_up_long_ago_and_synchronised_now_is_heard_by_the_next_poll() {
        till.completes(Sale.of(1, now()));
        shop.poll();
        Sale offline = Sale.of(2, now().minusSeconds(5 * 3600));
        till.completes(offline);
        erpnext.touches(offline, "status = 'Paid'", now());
        shop.poll();
        assertThat(((Number) heard(offline).get("completed_at")).longValue())
                .isEqualTo(offline.at().toEpochMilli());
    }

    @Test
    void a_corrected_invoice_is_the_same_sale() {
        Sale sale = Sale.of(1, now()).by(ADA);
        String redemption = executed(sale);
        till.takesBack(sale, now());
        erpnext.amends(sale, 1, now());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(heard()).containsExactly(till.id(sale));
        assertThat(heard(sale)).containsEntry("status", "COMPLETED");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @Test
    void a_correction_that_comes_after_the_points_were_given_back_is_told_and_takes_nothing() {
        Sale sale = Sale.of(1, now().minusSeconds(60)).by(ADA);
        String redemption = executed(sale);
        till.takesBack(sale, now());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        erpnext.amends(sale, 1, now().plusSeconds(1));
        shop.pollAndExecute();
        assertThat(shop.bridge.rows.queryForObject(
                        "select flag from redemption where redemption_id = ?", String.class, redemption))
                .isEqualTo("completed-again");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @Test
    void a_return_takes_its_invoice_back_and_a_part_of_it_does_not() {
        Sale whole = Sale.of(1, now()).by(ADA);
        Sale part = Sale.of(2, now());
        String redemption = executed(whole);
        till.completes(part);
        shop.poll();
        erpnext.returns("ACC-RET-1", till.id(whole), now(), "CUP", 1, 1, 42.5);
        erpnext.returns("ACC-RET-2", till.id(part), now(), "CUP", 0.2, 1, 8.5);
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(heard(whole)).containsEntry("status", "RETURNED");
        assertThat(heard(part)).containsEntry("status", "COMPLETED");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void a_return_that_names_no_invoice_is_for_a_person_and_gives_nothing_back() {
        Sale sale = Sale.of(1, now().minusSeconds(60)).by(ADA);
        String redemption = executed(sale);
        erpnext.returns("ACC-RET-1", null, now(), "CUP", 1, 1, 42.5);
        erpnext.touches("ACC-RET-1", "customer = 'Ada L'", now());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
        assertThat(heard(sale)).containsEntry("status", "COMPLETED");
        assertThat(shop.bridge.rows.queryForObject(
                        "select flag from redemption where redemption_id = ?", String.class, redemption))
                .isEqualTo("refund-unclear");
    }

    @Test
    void the_profiles_default_customer_is_nobody_even_with_a_phone() {
        Sale sale = Sale.of(1, now()).by(ADA);
        till.completes(sale);
        erpnext.touches(sale, "customer = 'Walk In'", now());
        shop.poll();
        assertThat(heard(sale)).containsEntry("phone", null).containsEntry("customer_id", null);
    }

    @Test
    void discounts_of_the_invoice_and_of_its_lines_are_the_discount() {
        Sale sale = Sale.of(1, now());
        till.completes(sale);
        erpnext.touches(sale, "discount_amount = 5", now());
        shop.poll();
        assertThat(new BigDecimal(heard(sale).get("discount_total").toString())).isEqualByComparingTo("9.25");
    }
}
