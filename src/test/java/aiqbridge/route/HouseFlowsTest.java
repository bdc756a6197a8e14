package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.TestBridge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** What the bridge does for itself: its books, its calls, its health, its heartbeat, and what it forgets. */
class HouseFlowsTest extends FlowTestSupport {
    @Override
    String[] settings() {
        return TestBridge.everyRoute("aiq.calls-per-hour", "10000");
    }

    private List<Long> numbers(String sql, Object... values) {
        return shop.bridge.rows.queryForList(sql, Long.class, values);
    }

    @Test
    @Flow("aiq/budget")
    void the_calls_of_the_last_minutes_are_kept() {
        shop.passes(Duration.ofMinutes(2));
        session(shop.key, customer());
        beat("aiq-budget-keep-clock");
        assertThat(numbers(
                        "select used from budget_minute where account_id = 'green-leaf' and minute = ?",
                        shop.clock.millis() / 60_000))
                .containsExactly(2L);
    }

    @Test
    @Flow("aiq/refused")
    void a_proxys_refusal_passes_by_itself() {
        due(customer(), "t-proxied");
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "status-before-effect", "status", 403));
        run("redemption-execute");
        assertThat(numbers("select paused_at from account where account_id = 'green-leaf'"))
                .containsExactly(shop.clock.millis());
        shop.passes(Duration.ofMinutes(1));
        beat("key-read-clock");
        assertThat(numbers("select count(*) from account where paused_at is not null and account_id = 'green-leaf'"))
                .containsExactly(0L);
    }

    @Test
    @Flow("store/beat")
    void the_database_carries_the_heartbeat() {
        shop.passes(Duration.ofMinutes(1));
        beat("installation-beat-clock");
        assertThat(numbers("select beat_at from installation")).containsExactly(shop.clock.millis());
    }

    @Test
    @Flow("health/watch")
    void an_account_that_aiq_does_not_accept_is_unhealthy() {
        shop.bridge.account("paused-leaf", "1002", "a-key");
        beat("health-watch-clock");
        assertThat(health("account-paused-leaf")).containsExactly("UP");
        shop.bridge.rows.update(
                "update account set paused_at = 1, paused_reason = 'a key' where account_id = 'paused-leaf'");
        beat("health-watch-clock");
        assertThat(health("account-paused-leaf")).containsExactly("DOWN");
    }

    private Stream<String> health(String check) {
        return HealthCheckHelper.invoke(context).stream()
                .filter(result -> result.getCheck().getId().equals(check))
                .map(HealthCheck.Result::getState)
                .map(Enum::name);
    }

    @Test
    @Flow("ledger/close")
    void a_day_that_is_over_is_closed_with_each_of_its_entries() {
        String redemption = executed(customer(), "t-ledger");
        beat("ledger-close-clock");
        assertThat(sealed(redemption)).isEmpty();
        shop.passes(Duration.ofDays(3));
        beat("ledger-close-clock");
        assertThat(sealed(redemption)).hasSize(1);
    }

    private List<String> sealed(String redemption) {
        return column(
                "select s.digest from ledger_seal s join ledger l on l.ledger_id = s.ledger_id where l.redemption_id = ?",
                redemption);
    }

    @Test
    @Flow("reconcile/reconcile")
    void the_last_days_are_compared_and_what_the_till_lacks_is_named() {
        executed(customer(), "t-balances");
        run("pos-write-back-till");
        executed(customer(), "t-lacks");
        shop.passes(Duration.ofDays(2));
        beat("reconcile-clock");
        assertThat(numbers("select ran_at from reconcile_run where account_id = 'green-leaf'"))
                .contains(shop.clock.millis());
        assertThat(column("select distinct transaction_id from reconcile_difference"))
                .contains("t-lacks")
                .doesNotContain("t-balances");
    }

    @Test
    @Flow("retention/retention")
    void what_a_shop_said_is_gone_when_it_was_kept_long_enough() {
        shop.bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, headers, body, received_at, status, next_attempt_at, updated_at) values ('web', 'd-old', 'webhook', '{}', '{}', ?, 'DONE', 0, ?)",
                shop.clock.millis(),
                shop.clock.millis());
        shop.passes(Duration.ofDays(29));
        beat("retention-clock");
        assertThat(column("select body from inbox where delivery_key = 'd-old'"))
                .containsExactly("{}");
        shop.passes(Duration.ofDays(2));
        beat("retention-clock");
        assertThat(column("select body from inbox where delivery_key = 'd-old'"))
                .containsExactly((String) null);
    }
}
