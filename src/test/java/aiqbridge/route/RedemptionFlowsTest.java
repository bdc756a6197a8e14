package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A redemption is asked for, becomes due, is sent, and what came of it is in its row. */
class RedemptionFlowsTest extends FlowTestSupport {
    private Shop.Answer asks(String key, String session, String sale) {
        return shop.post(
                shop.key,
                "/api/v1/redemptions",
                Map.of("walletSession", session, "discountId", "cup", "transactionId", sale),
                "Idempotency-Key",
                key);
    }

    @Test
    @Flow("redemption/request")
    void the_same_request_again_finds_the_same_redemption() {
        String session = session();
        String key = UUID.randomUUID().toString();
        Shop.Answer first = asks(key, session, "t-request");
        assertThat(first.text("status")).as(first.body()).isEqualTo("QUEUED");
        assertThat(asks(key, session, "t-request").text("redemptionId")).isEqualTo(first.text("redemptionId"));
        assertThat(column("select redemption_id from redemption where transaction_id = 't-request'"))
                .containsExactly(first.text("redemptionId"));
    }

    @Test
    @Flow("redemption/fulfil")
    void a_completed_sale_makes_it_due_and_a_note_on_two_sales_is_a_persons() {
        due("t-fulfil");
        String session = session();
        Shop.Answer noted = shop.queued(session, "cup", null);
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
        String redemption = due("t-execute");
        run("redemption-execute");
        run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(redeemed("t-execute")).hasSize(1);
    }

    @Test
    @Flow("redemption/outcome")
    void what_aiq_took_is_in_the_row_the_ledger_and_the_write_back() {
        String redemption = executed("t-outcome");
        assertThat(redemption(redemption)).containsEntry("status", "EXECUTED");
        assertThat(column("select points from ledger where redemption_id = ?", redemption))
                .hasSize(1);
        run("pos-write-back-till");
        assertThat(shop.till.queryForList("select points from aiq_points where transaction_id = 't-outcome'"))
                .hasSize(1);
    }

    @Test
    @Flow("redemption/release")
    void a_waiting_redemption_is_released_and_never_sent() {
        String redemption = queued("t-release");
        shop.post(shop.key, "/api/v1/redemptions/" + redemption + "/release", Map.of());
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        shop.rings("t-release", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(redeemed("t-release")).isEmpty();
    }

    @Test
    @Flow("redemption/order")
    void an_order_whose_news_was_lost_is_found_by_the_clock() {
        String web = shop.keys().add("web");
        String redemption = shop.post(
                        web,
                        "/api/v1/redemptions",
                        Map.of("walletSession", webSession(web), "discountId", "cup", "cartId", "c-order"),
                        "Idempotency-Key",
                        UUID.randomUUID().toString())
                .text("redemptionId");
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        run("order-keep", order("o-order", "c-order", "PAID"));
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        run("redemption-orphan");
        assertThat(redemption(redemption)).containsEntry("order_id", "o-order").containsEntry("status", "DUE");
    }

    private String webSession(String web) {
        shop.passes(Duration.ofMinutes(16));
        shop.post(web, "/api/v1/wallet/verify", Map.of("phone", ADA));
        return shop.post(web, "/api/v1/wallet/view", Map.of("phone", ADA, "code", shop.aiq.pin("c-ada")))
                .text("walletSession");
    }
}
