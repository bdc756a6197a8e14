package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A till is polled, asks by its table, says itself that a sale is completed, and hears the points; and what it reverses is given back. */
class PosFlowsTest extends FlowTestSupport {
    @Override
    void openConnections() {
        connection("caller", "completion = call");
        connection("asking", "write-back = off\nrequests = on\nrequests.username = asker");
    }

    @Test
    @Flow("pos/poll")
    void a_poll_goes_by_the_tills_clock_and_keeps_what_it_heard() {
        shop.rings("t-poll", null, 42.5);
        shop.till.update("update sale set at = ? where id = 't-poll'", shop.wallClock(Duration.ofDays(1)));
        beat("pos-poll-till-clock");
        assertThat(column("select status from pos_transaction where transaction_id = 't-poll' and connection = 'till'"))
                .containsExactly("COMPLETED");
        assertThat(shop.bridge.rows.queryForList(
                        "select watermark from pos_poll where connection = 'till'", Long.class))
                .as("never past the till's own clock")
                .singleElement()
                .satisfies(until ->
                        assertThat(until).isLessThanOrEqualTo(Instant.now().toEpochMilli()));
    }

    @Test
    @Flow("pos/sweep")
    void a_sweep_asks_what_became_of_what_was_redeemed_long_ago() {
        String redemption = executed(customer(), "t-sweep");
        String then = shop.wallClock();
        shop.passes(Duration.ofDays(40));
        shop.till.update("insert into taking_back (id, of, kind, at) values ('t-sweep', 't-sweep', 'void', ?)", then);
        beat("pos-poll-till-clock");
        assertThat(column("select reversal_wanted from redemption where redemption_id = '" + redemption + "'"))
                .containsExactly("sale reversed");
    }

    @Test
    @Flow("pos/requests")
    void a_wallet_that_the_tills_table_asks_for_is_answered_there() {
        Databases.script(shop.till, Path.of("routes/pos/requests-owner.sqlite.sql"), "", "");
        Customer customer = customer();
        shop.till.update(
                "insert into aiq_request (request_id, kind, phone) values ('r-1', 'VERIFY', ?)", customer.phone());
        beat("pos-requests-asking-clock");
        shop.till.update(
                "insert into aiq_request (request_id, kind, phone, code) values ('r-2', 'VIEW', ?, ?)",
                customer.phone(),
                shop.aiq.pin(customer.id()));
        beat("pos-requests-asking-clock");
        assertThat(shop.till.queryForList("select status, code, points from aiq_request where request_id = 'r-2'"))
                .containsExactly(answered(1000));
    }

    private static Map<String, Object> answered(int points) {
        Map<String, Object> row = new HashMap<>(Map.of("status", "DONE", "points", points));
        row.put("code", null);
        return row;
    }

    @Test
    @Flow("pos/completion-call")
    void the_tills_call_makes_its_redemption_due() {
        String key = shop.keys().add("caller");
        String redemption = chooses(key, session(key, customer()), "call", "transactionId", "t-call")
                .text("redemptionId");
        assertThat(shop.post(key, "/api/v1/completions", Map.of("transactionId", "t-call", "total", 12.5))
                        .json()
                        .at("/redemptions/0/status")
                        .asText())
                .isEqualTo("DUE");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
    }

    @Test
    @Flow("pos/write-back")
    void the_points_of_a_sale_are_written_on_it() {
        executed(customer(), "t-written");
        beat("pos-write-back-till-clock");
        assertThat(shop.till.queryForList(
                        "select points from aiq_points where transaction_id = 't-written'", BigDecimal.class))
                .singleElement()
                .satisfies(points -> assertThat(points).isEqualByComparingTo("30"));
    }

    @Test
    @Flow("reversal/hear")
    void a_sale_that_is_gone_from_the_till_is_deleted_and_a_persons() {
        Customer customer = customer();
        String redemption = queued(customer, "t-gone");
        for (String sale : List.of("t-gone", "t-neighbour")) {
            shop.rings(sale, customer.phone(), 42.5);
            shop.till.update("update sale set at = ? where id = ?", nowAtTheTill(), sale);
        }
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        shop.till.update("delete from sale where id = 't-gone'");
        for (int sweep = 0; sweep < 3; sweep++) {
            shop.passes(Duration.ofMinutes(16));
            beat("pos-poll-till-clock");
        }
        assertThat(column("select status from pos_transaction where transaction_id = 't-gone'"))
                .containsExactly("DELETED");
        assertThat(reversal("t-gone")).containsExactly("PARKED");
    }

    /** The till's database has a clock that no test turns. */
    private String nowAtTheTill() {
        return shop.wallClock(Duration.between(shop.clock.instant(), Instant.now()));
    }

    @Test
    @Flow("reversal/execute")
    void a_wanted_reversal_is_sent_once() {
        executed(customer(), "t-back");
        voided("t-back");
        beat("reversal-execute-clock");
        beat("reversal-execute-clock");
        assertThat(reversal("t-back")).containsExactly("DONE");
        assertThat(effects("REVERSED", "t-back")).hasSize(1);
    }

    @Test
    @Flow("reversal/settle")
    void a_reversal_without_an_answer_is_settled_by_aiqs_records() {
        Customer customer = customer();
        executed(customer, "t-doubt");
        voided("t-doubt");
        shop.aiq.fault(Map.of("operation", "reverse", "path", customer.id(), "kind", "reset-after-effect"));
        run("reversal-execute");
        assertThat(reversal("t-doubt")).containsExactly("UNKNOWN");
        shop.settles();
        assertThat(reversal("t-doubt")).containsExactly("DONE");
        assertThat(effects("REVERSED", "t-doubt")).hasSize(1);
    }

    private void voided(String sale) {
        shop.till.update("update sale set state = 'void' where id = ?", sale);
        shop.till.update("insert into taking_back values (?, ?, 'void', ?, 42.5)", sale, sale, shop.wallClock());
        shop.poll();
    }

    private List<String> reversal(String sale) {
        return column(
                "select v.status from reversal v join redemption r on r.redemption_id = v.redemption_id where r.transaction_id = ?",
                sale);
    }
}
