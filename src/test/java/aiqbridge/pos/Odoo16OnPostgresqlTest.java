package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.pos.SampleTill.Sale;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The oldest version that this make knows; one refund of several orders is possible up to 17. */
class Odoo16OnPostgresqlTest extends OdooContract {
    @Override
    int version() {
        return 16;
    }

    @Test
    void one_refund_of_two_orders_takes_both_back() {
        OdooTill odoo = (OdooTill) till;
        till.completes(Sale.of(1, now()));
        till.completes(Sale.of(2, now()));
        shop.poll();
        odoo.draft(till.rows, 3, now(), null);
        List.of(1, 2).forEach(order -> odoo.refundLine(3, odoo.firstLine(order), 1));
        odoo.pays(till.rows, 3, -85, -85);
        shop.poll();
        assertThat(shop.bridge.rows.queryForList(
                        "select status from pos_transaction order by transaction_id", String.class))
                .containsExactly("RETURNED", "RETURNED");
    }
}
