package aiqbridge.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

/** What waited for a stop leaves slowly first: one call, then as many as AIQ confirmed since; after an unclear answer none for a minute. */
class DrainTest extends Stoppable {
    private final List<Integer> claimed = new ArrayList<>();

    private List<String> waiting(int redemptions, String words) throws IOException {
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < redemptions; i++) {
            waiting.add(asks("other-till", Map.of("transactionId", "t-" + i), "k-" + i)
                    .text("redemptionId"));
            shop.rings("t-" + i, null, 42.5);
        }
        stop("row", words);
        shop.bridge.run("pos-poll-other-till");
        assertThat(shop.bridge.statuses()).hasSize(redemptions).containsOnly("DUE");
        counts();
        return waiting;
    }

    private void counts() {
        try {
            AdviceWith.adviceWith(
                    shop.bridge.with("redemption-execute-account"),
                    "redemption-execute-account",
                    false,
                    route -> route.weaveById("redemption-execute-claim").after().process(this::counted));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void counted(Exchange claim) {
        claimed.add(claim.getMessage().getBody(List.class).size());
    }

    private List<Integer> claims() {
        List<Integer> sizes = List.copyOf(claimed);
        claimed.clear();
        return sizes;
    }

    private void after(Duration time) {
        shop.passes(time);
        shop.bridge.run("redemption-execute");
    }

    private boolean draining() {
        shop.bridge.run("health-watch");
        return shop.bridge.rows.queryForObject("select count(*) from stop where drained_at is null", Integer.class) > 0;
    }

    @Test
    void one_call_then_as_many_as_were_confirmed_until_it_goes_on_as_ever() throws IOException {
        waiting(30, "everything");
        lift("row", "everything");
        after(Duration.ofSeconds(2));
        assertThat(claims()).startsWith(1, 1, 2, 4, 8);
        assertThat(shop.bridge.statuses()).containsOnly("EXECUTED");
        assertThat(effects("REDEEMED")).isEqualTo(30);
        assertThat(draining()).isFalse();
    }

    @Test
    void an_unclear_answer_lets_none_leave_for_a_minute_and_then_one_also_after_a_restart() throws IOException {
        List<String> waiting = waiting(8, "account green-leaf");
        lift("row", "account green-leaf");
        shop.aiq.fault("redeem", "status-before-effect", 100);
        after(Duration.ofSeconds(2));
        assertThat(claims()).containsExactly(1, 0);
        for (int i = 0; i < 10; i++) {
            after(Duration.ofSeconds(5));
        }
        assertThat(claims()).containsOnly(0);
        after(Duration.ofSeconds(11));
        assertThat(claims()).containsExactly(1, 0);
        shop.restart();
        counts();
        after(Duration.ofSeconds(50));
        assertThat(claims()).containsOnly(0);
        assertThat(draining()).isTrue();
        shop.aiq.clearFaults();
        after(Duration.ofSeconds(11));
        assertThat(claims()).startsWith(1, 1, 2);
        assertThat(changes()).isEqualTo(Map.of("redeem", 8));
        shop.settles();
        after(Duration.ofMinutes(1));
        for (String redemption : waiting) {
            assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        }
        assertThat(effects("REDEEMED")).isEqualTo(8);
        assertThat(draining()).isFalse();
    }

    @Test
    void reversals_and_carts_rest_after_an_unclear_answer_too() throws IOException {
        List<String> takenBack = List.of(reversalWanted("other-till", "t-1"), reversalWanted("other-till", "t-2"));
        stop("row", "everything");
        for (int i = 0; i < 5; i++) {
            abandonedCart("paid", "left-" + i);
        }
        lift("row", "everything");
        shop.aiq.fault("cart", "status-before-effect", 100);
        shop.passes(Duration.ofSeconds(2));
        for (int i = 0; i < 10; i++) {
            shop.passes(Duration.ofSeconds(5));
            shop.bridge.run("cart-send");
            shop.bridge.run("reversal-execute");
        }
        assertThat(effects("REVERSED")).isZero();
        assertThat(shop.aiq.requests("cart")).hasSize(1);
        assertThat(shop.bridge.rows.queryForList("select send_status from cart order by send_status", String.class))
                .containsExactly("UNCLEAR", "WAITING", "WAITING", "WAITING", "WAITING");
        shop.aiq.clearFaults();
        shop.passes(Duration.ofSeconds(15));
        shop.bridge.run("reversal-execute");
        assertThat(effects("REVERSED")).as("one at a time").isEqualTo(1);
        shop.bridge.run("reversal-execute");
        shop.bridge.run("cart-send");
        assertThat(effects("REVERSED")).isEqualTo(2);
        assertThat(List.of(reversal(takenBack.get(0)), reversal(takenBack.get(1))))
                .containsOnly("DONE");
        assertThat(effects("CART")).isEqualTo(4);
    }

    @Test
    void another_account_is_not_slowed_and_what_nothing_waits_for_drains_at_once() throws IOException {
        waiting(4, "connection other-till");
        lift("row", "connection other-till");
        String other = due("far-till", "t-far");
        shop.aiq.fault(Map.of("operation", "redeem", "uid", "1001", "kind", "status-before-effect", "times", 100));
        after(Duration.ofSeconds(2));
        assertThat(shop.status(other)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.requests("redeem")).hasSize(2);
        assertThat(draining()).isTrue();
        stop("row", "account blue-leaf");
        lift("row", "account blue-leaf");
        shop.bridge.run("health-watch");
        assertThat(shop.bridge.rows.queryForList("select name from stop where drained_at is not null", String.class))
                .containsExactly("blue-leaf");
        shop.passes(Duration.ofDays(1));
        assertThat(draining()).as("a day at most").isFalse();
    }
}
