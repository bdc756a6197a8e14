package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.pos.SampleTill.Sale;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OdooOnPostgresqlTest extends PosContract {
    @Override
    SampleTill till() {
        return new OdooTill(Databases.postgresql());
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
        till.completes(Sale.of(2, now()).totalling(7.5));
        OdooTill.line(
                till.rows,
                2,
                -42.5,
                0,
                till.rows.queryForObject("select id from pos_order_line where order_id = 1", Integer.class));
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        assertThat(heard("1")).containsEntry("status", "RETURNED");
        assertThat(heard("2")).containsEntry("status", "COMPLETED");
    }

    @Test
    void one_refund_of_two_orders_takes_both_back() {
        till.completes(Sale.of(1, now()));
        till.completes(Sale.of(2, now()));
        shop.poll();
        till.completes(Sale.of(3, now()).totalling(-85));
        for (int order : new int[] {1, 2}) {
            OdooTill.line(
                    till.rows,
                    3,
                    -42.5,
                    0,
                    till.rows.queryForObject(
                            "select min(id) from pos_order_line where order_id = ?", Integer.class, order));
        }
        shop.poll();
        assertThat(heard("1")).containsEntry("status", "RETURNED");
        assertThat(heard("2")).containsEntry("status", "RETURNED");
    }

    @Test
    void percentages_and_reward_lines_are_the_discount() {
        till.completes(Sale.of(1, now()).totalling(90));
        till.rows.update(
                "insert into pos_order_line (order_id, product_id, qty, price_unit, price_subtotal, price_subtotal_incl, discount) values (1, 9, 1, -5, -5, -5, 0)");
        shop.poll();
        assertThat(new BigDecimal(heard("1").get("discount_total").toString())).isEqualByComparingTo("15");
    }

    @Test
    void a_note_on_a_line_finds_the_sale() {
        Shop.Answer answer = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        till.completes(Sale.of(1, now()).by(ADA));
        till.rows.update(
                "update pos_order_line set customer_note = ? where order_id = 1", "no bag, " + answer.text("note"));
        shop.pollAndExecute();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("EXECUTED");
    }

    @Test
    void newer_versions_without_mobile_and_with_another_note_are_read_too() {
        till.rows.execute("alter table res_partner drop column mobile");
        till.rows.execute("alter table pos_order rename column note to general_note");
        Shop.Answer answer = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        till.rows.update("insert into res_partner (id, phone) values (900, ?)", ADA);
        till.rows.update(
                "insert into pos_order (id, name, date_order, partner_id, session_id, amount_tax, amount_total, amount_paid, amount_return, state, general_note) values (1, '/', ?, 900, 1, 0, 42.5, 42.5, 0, 'paid', ?)",
                OdooTill.utc(now()),
                answer.text("note"));
        shop.pollAndExecute();
        assertThat(heard("1").get("phone")).isNotNull();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("EXECUTED");
    }

    @Test
    void the_login_sees_of_partners_no_more_than_how_to_reach_them() {
        assertThat(new org.springframework.jdbc.core.JdbcTemplate(
                                new org.springframework.jdbc.datasource.DriverManagerDataSource(
                                        till.readerUrl(), till.login(), ""))
                        .queryForList(
                                "select column_name from information_schema.column_privileges where table_name = 'res_partner' and grantee = current_user",
                                String.class))
                .containsExactlyInAnyOrder("id", "phone", "mobile", "email");
    }
}
