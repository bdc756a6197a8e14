package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.pos.SampleTill.Sale;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the bridge makes of Odoo's daily life, in one version of it. */
abstract class OdooContract extends PosContract {
    private OdooTill odoo;

    abstract int version();

    @Override
    SampleTill till() {
        odoo = new OdooTill(Databases.postgresql(), version());
        return odoo;
    }

    private Map<String, Object> heard(String id) {
        return shop.bridge.rows.queryForMap(
                "select * from pos_transaction where connection = 'real' and transaction_id = ?", id);
    }

    @Test
    void closing_the_session_touches_every_order_of_the_day_and_redeems_none_again() {
        Sale sale = Sale.of(1, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        till.completes(Sale.of(2, now()));
        shop.pollAndExecute();
        till.rows.update("update pos_order set state = 'done', write_date = now() + interval '8 hours'");
        shop.pollAndExecute();
        sweep();
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
    }

    @Test
    void times_are_utc_whatever_the_zone_of_the_connection_and_of_the_session() {
        till.rows.execute("alter role " + till.login() + " set timezone = 'Asia/Tokyo'");
        Sale sale = Sale.of(1, now());
        till.completes(sale);
        shop.poll();
        assertThat(((Number) heard("1").get("completed_at")).longValue() / 1_000)
                .isEqualTo(sale.at().getEpochSecond());
    }

    @Test
    void an_exchange_with_a_positive_total_takes_the_first_sale_back_and_is_a_sale_itself() {
        Sale sale = Sale.of(1, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        shop.pollAndExecute();
        odoo.draft(till.rows, 2, now(), null);
        odoo.line(2, OdooTill.GOODS, 1, 50, 0, null);
        odoo.refundLine(2, odoo.firstLine(1), 1);
        odoo.pays(till.rows, 2, 7.5, 7.5);
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        assertThat(heard("1")).containsEntry("status", "RETURNED");
        assertThat(heard("2")).containsEntry("status", "COMPLETED");
    }

    @Test
    void percentages_and_reward_lines_are_the_discount() {
        till.completes(Sale.of(1, now()).totalling(90));
        odoo.line(1, OdooTill.REWARD, 1, -5, 0, null);
        shop.poll();
        assertThat(new BigDecimal(heard("1").get("discount_total").toString())).isEqualByComparingTo("15");
    }

    @Test
    void a_note_in_the_last_place_of_this_version_finds_its_sale() {
        Shop.Answer answer = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        till.completes(Sale.of(1, now()).by(ADA));
        String[] place = odoo.notes().get(odoo.notes().size() - 1).split("[.]");
        till.rows.update(
                "update " + place[0] + " set " + place[1] + " = ? where order_id = 1",
                "no bag, " + answer.text("note"));
        shop.pollAndExecute();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("EXECUTED");
    }

    @Test
    void the_login_sees_of_partners_no_more_than_how_to_reach_them() {
        assertThat(new org.springframework.jdbc.core.JdbcTemplate(
                                new org.springframework.jdbc.datasource.DriverManagerDataSource(
                                        till.readerUrl(), till.login(), ""))
                        .queryForList(
                                "select column_name from information_schema.column_privileges where table_name = 'res_partner' and grantee = current_user and column_name <> 'mobile'",
                                String.class))
                .containsExactlyInAnyOrder("id", "phone", "email");
    }

    @Test
    void an_order_that_arrives_after_every_window_is_heard_by_its_payment_and_counted() {
        till.completes(Sale.of(1, now()));
        shop.poll();
        sweep();
        till.completes(Sale.of(2, now()));
        sweep();
        till.completes(Sale.of(3, now().minusSeconds(30 * 3_600)));
        shop.poll();
        assertThat(late()).isEmpty();
        sweep();
        assertThat(heard("3")).containsEntry("status", "COMPLETED");
        assertThat(late()).containsExactly("3 arrival");
        sweep();
        assertThat(late()).hasSize(1);
    }

    private List<String> late() {
        return shop.bridge.rows.queryForList(
                "select transaction_id || ' ' || found_by from late_sale where connection = 'real'", String.class);
    }
}
