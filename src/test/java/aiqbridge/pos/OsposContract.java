package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.pos.SampleTill.Sale;
import java.math.BigDecimal;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What Open Source Point of Sale does beside what every till does. */
abstract class OsposContract extends PosContract {
    @Override
    abstract OsposTill till();

    private OsposTill ospos() {
        return (OsposTill) till;
    }

    private BigDecimal total(Sale sale) {
        return shop.bridge.rows.queryForObject(
                "select total from pos_transaction where connection = 'real' and transaction_id = ?",
                BigDecimal.class,
                till.id(sale));
    }

    @Test
    void change_that_is_given_back_is_no_part_of_the_total() {
        Sale sale = Sale.of(1, now()).totalling(40);
        ospos().completesWithChange(sale, 50);
        shop.poll();
        assertThat(total(sale)).isEqualByComparingTo("40");
    }

    @Test
    void cash_that_is_rounded_is_counted_once() {
        Assumptions.assumeTrue(ospos().rounds());
        Sale sale = Sale.of(1, now()).totalling(10.05);
        ospos().completesRounded(sale, 0.02);
        shop.poll();
        assertThat(total(sale)).isEqualByComparingTo("10.05");
    }

    @Test
    void a_sale_that_the_reward_made_free_is_heard_by_the_next_poll() {
        till.completes(Sale.of(1, now()));
        shop.poll();
        Sale free = Sale.of(2, now()).totalling(0).by(ADA);
        String redemption = queued(free);
        ospos().completesFree(free);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        till.takesBack(free, now());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void free_and_paid_sales_of_one_instant_are_heard_across_the_borders_of_pages() {
        var instant = now();
        for (int id = 1; id <= 12; id++) {
            if (id % 3 == 0) {
                ospos().completesFree(Sale.of(id, instant).totalling(0));
            } else {
                till.completes(Sale.of(id, instant));
            }
        }
        shop.poll();
        assertThat(heard()).hasSize(12);
    }

    @Test
    void an_invoice_is_a_sale_and_work_orders_quotes_and_returns_are_none() {
        Sale invoice = Sale.of(1, now());
        ospos().rings(invoice, OsposTill.INVOICE);
        ospos().rings(Sale.of(2, now()), OsposTill.WORK_ORDER);
        ospos().rings(Sale.of(3, now()), OsposTill.QUOTE);
        till.refunds(Sale.of(4, now()));
        shop.poll();
        assertThat(heard()).containsExactly(till.id(invoice));
    }

    @Test
    void a_sale_whose_date_is_edited_is_the_same_sale() {
        Sale sale = Sale.of(1, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        shop.pollAndExecute();
        ospos().edits(sale, now().minusSeconds(3 * 86_400), "");
        shop.poll();
        sweep();
        sweep();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
        assertThat(shop.bridge.rows.queryForObject("select count(*) from reversal", Integer.class))
                .isZero();
    }
}
