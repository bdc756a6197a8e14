package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A till is polled, says itself that a sale is completed, and hears the points; and what it reverses is given back. */
class PosFlowsTest extends FlowTestSupport {
    @Override
    void openConnections() {
        connection("caller", "completion = call");
    }

    @Test
    @Flow("pos/poll")
    void a_poll_goes_by_the_tills_clock_and_keeps_what_it_heard() {
        AtomicInteger asked = runs("pos-poll-till", "pos-poll-now");
        shop.rings("t-poll", "5555550100", 42.5);
        shop.poll();
        assertThat(asked).hasValue(1);
        assertThat(column("select status from pos_transaction where transaction_id = 't-poll' and connection = 'till'"))
                .containsExactly("COMPLETED");
    }

    @Test
    @Flow("pos/completion-call")
    void the_tills_call_makes_its_redemption_due() {
        shop.moveTo("caller");
        String redemption = queued("t-call");
        assertThat(shop.post(shop.key, "/api/v1/completions", Map.of("transactionId", "t-call", "total", 12.5))
                        .json()
                        .at("/redemptions/0/status")
                        .asText())
                .isEqualTo("DUE");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.moveTo("till");
    }

    @Test
    @Flow("pos/write-back")
    void the_points_of_a_sale_are_written_on_it() {
        executed("t-written");
        run("pos-write-back-till");
        assertThat(shop.till.queryForList("select points from aiq_points where transaction_id = 't-written'"))
                .hasSize(1);
    }

    @Test
    @Flow("reversal/hear")
    void a_voided_sale_is_taken_back() {
        executed("t-void");
        voided("t-void");
        assertThat(column("select status from pos_transaction where transaction_id = 't-void'"))
                .containsExactly("VOIDED");
    }

    @Test
    @Flow("reversal/execute")
    void a_wanted_reversal_is_sent_once() {
        executed("t-back");
        voided("t-back");
        run("reversal-execute");
        run("reversal-execute");
        assertThat(reversal("t-back")).containsExactly("DONE");
        assertThat(effects("REVERSED", "t-back")).hasSize(1);
    }

    @Test
    @Flow("reversal/settle")
    void a_reversal_without_an_answer_is_settled_by_aiqs_records() {
        executed("t-doubt");
        voided("t-doubt");
        AtomicInteger looked = runs("reversal-settle-one", "reversal-settle-one-used");
        shop.aiq.fault("reverse", "reset-after-effect", 1);
        run("reversal-execute");
        assertThat(reversal("t-doubt")).containsExactly("UNKNOWN");
        shop.settles();
        assertThat(looked.get()).isPositive();
        assertThat(reversal("t-doubt")).containsExactly("DONE");
    }

    private void voided(String sale) {
        shop.till.update("update sale set state = 'void' where id = ?", sale);
        shop.till.update("insert into taking_back values (?, ?, 'void', ?, 42.5)", sale, sale, shop.wallClock());
        shop.poll();
        shop.poll();
    }

    private List<String> reversal(String sale) {
        return column(
                "select v.status from reversal v join redemption r on r.redemption_id = v.redemption_id where r.transaction_id = ?",
                sale);
    }
}
