package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A redemption is asked for, becomes due, is sent, and what came of it is in its row. */
class RedemptionFlowsTest extends FlowTestSupport {
    @Override
    void openConnections() {
        Shop.storefront(folder, "checkout", "kind = generic\nmodel = immediate\n");
    }

    @Test
    @Flow("redemption/request")
    void the_same_request_finds_the_same_redemption_when_its_wallet_is_closed() {
        String session = session(shop.key, customer());
        Shop.Answer first = chooses(shop.key, session, "request", "transactionId", "t-request");
        assertThat(first.text("status")).as(first.body()).isEqualTo("QUEUED");
        shop.passes(Duration.ofMinutes(16));
        assertThat(chooses(shop.key, session, "request", "transactionId", "t-request")
                        .text("redemptionId"))
                .isEqualTo(first.text("redemptionId"));
        assertThat(column("select redemption_id from redemption where transaction_id = 't-request'"))
                .containsExactly(first.text("redemptionId"));
    }

    @Test
    @Flow("redemption/checkout")
    void a_shops_redemption_is_sent_while_its_checkout_waits() {
        String key = shop.keys().add("checkout");
        Customer customer = customer();
        Shop.Answer answer = chooses(key, session(key, customer), "checkout", "cartId", "c-checkout");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.text("status")).isEqualTo("EXECUTED");
        assertThat(shop.aiq.points(customer.id())).isEqualByComparingTo("970");
    }

    @Test
    @Flow("redemption/fulfil")
    void a_completed_sale_makes_it_due_and_a_note_on_two_sales_is_a_persons() {
        due(customer(), "t-fulfil");
        Shop.Answer noted = chooses(shop.key, session(shop.key, customer()), "noted");
        for (String sale : List.of("t-note-1", "t-note-2")) {
            shop.rings(sale, null, 42.5);
            shop.till.update("update sale set note = ? where id = ?", noted.text("note"), sale);
        }
        shop.poll();
        assertThat(redemption(noted.text("redemptionId")))
                .containsEntry("status", "PARKED")
                .containsEntry("reason", "note-on-two-sales");
    }

    @Test
    @Flow("redemption/execute")
    void a_due_redemption_is_sent_once() {
        String redemption = due(customer(), "t-execute");
        beat("redemption-execute-clock");
        beat("redemption-execute-clock");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(redeemed("t-execute")).hasSize(1);
    }

    @Test
    @Flow("redemption/outcome")
    void what_aiq_took_is_in_the_row_the_ledger_and_the_write_back() {
        String redemption = due(customer(), "t-outcome");
        run("redemption-execute");
        assertThat(redemption(redemption)).containsEntry("status", "EXECUTED");
        assertThat(column("select points from ledger where redemption_id = ?", redemption))
                .hasSize(1);
        assertThat(column("select status from write_back where redemption_id = ?", redemption))
                .containsExactly("WANTED");
    }

    @Test
    @Flow("redemption/settle")
    void a_redemption_without_an_answer_is_settled_by_aiqs_records() {
        Customer customer = customer();
        String redemption = due(customer, "t-settle");
        shop.aiq.fault(Map.of("operation", "redeem", "path", "t-settle", "kind", "reset-after-effect"));
        run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        // a reading that a busy machine let time out proves nothing, and is asked for again
        for (int i = 0; i < 5 && shop.status(redemption).equals("UNKNOWN"); i++) {
            shop.passes(Duration.ofMinutes(5));
            beat("redemption-settle-clock");
        }
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(redeemed("t-settle")).hasSize(1);
    }

    @Test
    @Flow("redemption/confirm")
    void what_aiq_confirmed_is_looked_for_in_its_report() {
        String redemption = due(customer(), "t-confirm");
        run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        for (int i = 0; i < 5 && shown(redemption).contains(null); i++) {
            shop.passes(Duration.ofMinutes(6));
            beat("redemption-settle-clock");
        }
        assertThat(shown(redemption)).doesNotContainNull().hasSize(1);
    }

    private List<String> shown(String redemption) {
        return column("select shown_at from attempt where subject_id = ?", redemption);
    }

    @Test
    @Flow("redemption/release")
    void a_waiting_redemption_is_released_and_never_sent() {
        Customer customer = customer();
        String redemption = queued(customer, "t-release");
        shop.post(shop.key, "/api/v1/redemptions/" + redemption + "/release", Map.of());
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        shop.rings("t-release", customer.phone(), 42.5);
        shop.pollAndExecute();
        assertThat(redeemed("t-release")).isEmpty();
    }

    @Test
    @Flow("redemption/order")
    void an_order_whose_news_was_lost_is_found_by_the_clock() {
        String web = shop.keys().add("web");
        String redemption = chooses(web, session(web, customer()), "order", "cartId", "c-order")
                .text("redemptionId");
        run("order-keep", order("o-order", "c-order", "PAID"));
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        beat("redemption-orphan-clock");
        assertThat(redemption(redemption)).containsEntry("order_id", "o-order").containsEntry("status", "DUE");
    }

    @Test
    @Flow("redemption/watch")
    void how_many_are_due_is_a_metric() {
        beat("redemption-watch-clock");
        double before = gauge("due");
        due(customer(), "t-watch");
        beat("redemption-watch-clock");
        assertThat(gauge("due")).isEqualTo(before + 1);
    }
}
