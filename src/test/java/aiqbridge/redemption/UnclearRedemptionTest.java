package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens on the way to AIQ and back, the points are taken once. */
class UnclearRedemptionTest {
    @TempDir
    Path folder;

    private Shop shop;
    private String redemption;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void due() {
        shop = new Shop(
                folder,
                Stream.concat(Stream.of(store()), Stream.of("aiq.redeem-timeout", "1s"))
                        .toArray(String[]::new));
        redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** AIQ is asked the first time: only evidence for counts by then. */
    private void settle() {
        shop.passes(Duration.ofMinutes(4));
        shop.bridge.run("redemption-settle");
    }

    private void takenOnce() {
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(shop.bridge.rows.queryForList("select points from ledger", Double.class))
                .containsExactly(100.0);
        assertThat(shop.bridge.rows.queryForObject("select aiq_redemption_id from redemption", String.class))
                .isEqualTo(
                        shop.aiq.effects("REDEEMED").get(0).path("redemptionID").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hang-after-effect",
                "reset-after-effect",
                "half-body",
                "slow-drip",
                "status-after-effect",
                "bad-json",
                "null-body"
            })
    void an_effect_without_an_answer_is_found_in_the_report_and_not_sent_again(String fault) {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", fault, "status", 500, "delayMs", 300));
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        shop.pollAndExecute();
        settle();
        shop.pollAndExecute();
        takenOnce();
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hang-before-effect", "reset-before-effect", "status-before-effect", "html-502", "redirect"})
    void silence_without_an_effect_is_proved_by_the_wallet_and_sent_again(String fault) {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", fault, "status", 500));
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        settle();
        assertThat(shop.status(redemption)).as("AIQ may still work on it").isEqualTo("UNKNOWN");
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.pollAndExecute();
        takenOnce();
        assertThat(shop.aiq.requests("elsewhere")).isEmpty();
    }

    @Test
    void a_lagging_report_is_waited_for() {
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofHours(5).toMillis()));
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.pollAndExecute();
        shop.settles();
        assertThat(shop.status(redemption)).as("absence alone is no proof").isEqualTo("UNKNOWN");
        shop.aiq.set("report-lag-ms", "0");
        shop.passes(Duration.ofHours(1));
        shop.bridge.run("redemption-settle");
        takenOnce();
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 7, true, EXECUTED",
        "false, 7, true, EXECUTED",
        "false, -7, true, EXECUTED",
        "true, 7, false, EXECUTED",
        "false, 7, false, UNKNOWN",
        "true, -7, false, UNKNOWN"
    })
    void an_effect_is_no_proof_against_itself_when_aiqs_clock_is_off(
            String reportNamesTheSale, int minutes, boolean answersTell, String status) {
        shop.aiq.set("report-has-transaction", reportNamesTheSale);
        shop.bridge.rows.update("update redemption set status = 'RELEASED'");
        shop.aiq.set("date-offset-ms", answersTell ? "0" : Integer.toString(-minutes * 60_000));
        shop.passes(Duration.ofMinutes(1));
        shop.aiqIsAhead(Duration.ofMinutes(minutes));
        shop.restart();
        redemption = shop.queued("ten-percent", "t-2");
        shop.rings("t-2", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.pollAndExecute();
        shop.settles();
        shop.pollAndExecute();
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(shop.status(redemption)).isEqualTo(status);
    }

    /** Rows without a contact id are told by a phone that one contact alone has. */
    @ParameterizedTest
    @CsvSource({"after, false, EXECUTED", "before, false, DUE", "after, true, UNKNOWN", "before, true, UNKNOWN"})
    void a_report_without_contact_ids_names_them_by_their_phones(String effect, boolean shared, String status) {
        shop.aiq.set("report-contact-name", "somebody");
        shop.bridge.rows.update(
                "insert into contact (customer_key, account_id, identity, contact_id, phone, created_at, updated_at) values ('before', 'green-leaf', 'aiq:c-before-green-leaf', 'c-before-green-leaf', '+13035550199', 1, 1)");
        if (shared) {
            shop.bridge.rows.update(
                    "insert into contact (customer_key, account_id, identity, contact_id, phone, created_at, updated_at) values ('twin', 'green-leaf', 'aiq:c-twin', 'c-twin', '+15555550100', 1, 1), ('other', 'green-leaf', 'aiq:c-other', 'c-other', '+13035550199', 1, 1)");
        }
        shop.aiq.fault("redeem", "reset-" + effect + "-effect", 1);
        shop.pollAndExecute();
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo(status);
    }

    @Test
    void answers_out_of_a_cache_prove_nothing() {
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        shop.aiq.set("answer-age", "1200");
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        shop.aiq.set("answer-age", "");
        shop.passes(Duration.ofHours(1));
        shop.bridge.run("redemption-settle");
        shop.passes(Duration.ofMinutes(2));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
    }

    @Test
    void what_nothing_settles_goes_to_a_person() {
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.aiq.set("report-lag-ms", "999999999");
        shop.pollAndExecute();
        shop.settles();
        shop.clock.advance(Duration.ofHours(25));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
    }

    @Test
    void what_aiq_shows_only_when_a_person_looks_already_is_still_taken() {
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofHours(80).toMillis()));
        shop.pollAndExecute();
        shop.settles();
        shop.passes(Duration.ofHours(24));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        int wallets = shop.aiq.requests("wallet").size();
        shop.passes(Duration.ofHours(24));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        assertThat(shop.aiq.requests("wallet"))
                .as("only evidence for it is looked for")
                .hasSize(wallets);
        shop.passes(Duration.ofDays(2));
        shop.bridge.run("redemption-settle");
        takenOnce();
        assertThat(shop.bridge.rows.queryForObject("select reason from redemption", String.class))
                .isNull();
    }

    @Test
    void of_two_unclear_ones_alike_each_has_the_row_of_its_own_time() {
        shop.aiq.set("report-has-transaction", "false");
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofMinutes(1_430).toMillis()));
        shop.bridge.rows.update("update redemption set status = 'RELEASED'");
        shop.passes(Duration.ofMinutes(1));
        String session = shop.adasWallet().text("walletSession");
        String first = shop.queued(session, "ten-percent", "t-2").text("redemptionId");
        shop.rings("t-2", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.pollAndExecute();
        shop.passes(Duration.ofMinutes(20));
        String second = shop.queued(shop.adasWallet().text("walletSession"), "ten-percent", "t-3")
                .text("redemptionId");
        shop.rings("t-3", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        assertThat(List.of(shop.status(first), shop.status(second))).containsExactly("UNKNOWN", "UNKNOWN");
        shop.passes(Duration.ofMinutes(1_415));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(first)).isEqualTo("EXECUTED");
        assertThat(shop.status(second))
                .as("AIQ has one row, and it is the first's")
                .isEqualTo("UNKNOWN");
    }

    @Test
    void while_the_report_cannot_be_read_the_timeline_settles_it() {
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.pollAndExecute();
        shop.aiq.fault(Map.of("operation", "redemptions", "kind", "status-before-effect", "status", 404, "times", -1));
        settle();
        takenOnce();
    }

    @Test
    void when_none_of_aiqs_records_can_be_read_it_goes_to_a_person_in_time() {
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.pollAndExecute();
        shop.aiq.fault(Map.of("operation", "redemptions", "kind", "status-before-effect", "status", 404, "times", -1));
        shop.aiq.fault(Map.of("operation", "timeline", "kind", "status-before-effect", "status", 500, "times", -1));
        shop.clock.advance(Duration.ofHours(25));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
    }

    @Test
    void a_429_before_its_effect_goes_again_after_one_reading_of_the_wallet() {
        shop.aiq.fault(
                Map.of("operation", "redeem", "kind", "status-before-effect", "status", 429, "retryAfter", "60"));
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        shop.passes(Duration.ofSeconds(61));
        shop.pollAndExecute();
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).as("a wallet may lag").isEqualTo("UNKNOWN");
        shop.passes(Duration.ofMinutes(12));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.pollAndExecute();
        takenOnce();
        assertThat(shop.aiq.requests("redeem")).hasSize(2);
    }

    @Test
    void where_no_status_is_the_limiters_own_a_429_waits_like_every_other() {
        shop.restart(List.of("aiq.limiter-statuses", ""));
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "status-before-effect", "status", 429));
        shop.pollAndExecute();
        shop.passes(Duration.ofMinutes(6));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
    }

    @Test
    void a_403_on_the_wallet_pauses_the_account_until_the_key_changes() {
        shop.aiq.revoke("demo-key");
        shop.pollAndExecute();
        shop.clock.advance(Duration.ofMinutes(1));
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        assertThat(shop.bridge.rows.queryForObject("select paused_reason from account", String.class))
                .contains("does not accept");
        int calls = shop.aiq.requests("wallet").size();
        shop.pollAndExecute();
        assertThat(shop.aiq.requests("wallet")).hasSize(calls);
        shop.aiq.account("1001", "new-key");
        shop.bridge.account("green-leaf", "1001", "new-key");
        shop.pollAndExecute();
        takenOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status-after-effect 401", "status-after-effect 403", "failure-in-200 403"})
    void a_key_refused_on_the_call_itself_leaves_that_one_unclear_and_lets_the_others_wait(String fault) {
        String other = shop.queued(shop.adasWalletAgain(), "welcome", "t-2").text("redemptionId");
        shop.aiq.fault(Map.of(
                "operation", "redeem", "kind", fault.split(" ")[0], "status", Integer.parseInt(fault.split(" ")[1])));
        shop.pollAndExecute();
        shop.rings("t-2", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        assertThat(shop.status(other)).isEqualTo("DUE");
        assertThat(shop.bridge.rows.queryForObject("select paused_at from account", Long.class))
                .isNotNull();
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
    }

    @Test
    void a_refusal_is_believed_when_it_comes_twice_and_nothing_moved_each_time() {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "status-before-effect", "status", 400, "times", 2));
        shop.pollAndExecute();
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo("REJECTED");
        assertThat(shop.bridge.rows.queryForObject("select last_error from redemption", String.class))
                .startsWith("Discount given, points not taken");
        assertThat(shop.aiq.effects("REDEEMED")).isEmpty();
    }

    @Test
    void a_refusal_after_the_effect_is_no_refusal() {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "status-after-effect", "status", 409));
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        settle();
        takenOnce();
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
    }

    @Test
    @Timeout(60)
    void what_aiq_never_runs_goes_to_a_person_after_some_tries() {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "status-before-effect", "status", 404, "times", -1));
        for (int i = 0; i < 8; i++) {
            shop.pollAndExecute();
            shop.settles();
        }
        assertThat(shop.bridge.rows.queryForMap("select status, reason from redemption"))
                .containsEntry("status", "PARKED")
                .containsEntry("reason", "sent-too-often");
        assertThat(shop.aiq.requests("redeem")).hasSize(5);
    }

    @Test
    void a_balance_that_moved_by_itself_proves_nothing() {
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        shop.aiq.contact("1001", "c-ada", "5555550100", "1234");
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wallet {\"loyaltyPoints\": 1233, \"contactID\": \"c-ada\", \"discountTemplates\": null}",
                "wallet {\"contactID\": \"c-ada\", \"discountTemplates\": []}",
                "wallet {\"loyaltyPoints\": 1233, \"discountTemplates\": []}",
                "timeline {\"contactID\": \"c-ada\", \"events\": null}",
                "timeline {\"contactID\": \"c-ada\"}"
            })
    void what_is_no_reading_proves_nothing(String answer) {
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        String[] says = answer.split(" ", 2);
        shop.aiq.fault(Map.of(
                "operation",
                says[0],
                "kind",
                "says-before-effect",
                "status",
                200,
                "body",
                "{\"data\": " + says[1] + ", \"code\": 200, \"success\": true}",
                "times",
                -1));
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
    }

    /** The contact's own last redemption, months before, tells that its timeline is whole, and what was earned meanwhile is taken off the balance. */
    @ParameterizedTest
    @CsvSource({"60, DUE", "120, UNKNOWN"})
    void a_timeline_is_whole_when_it_shows_what_the_contact_redeemed_in_the_last_months(int days, String status) {
        long before = shop.clock.millis() - Duration.ofDays(days).toMillis();
        shop.bridge.rows.update(
                "insert into attempt (subject_id, fence, kind, account_id, node, started_at, ended_at, outcome, http_status, contact_id, discount_id, transaction_id) values ('months', 1, 'REDEEM', 'green-leaf', 'before', ?, ?, 'EXECUTED', 200, 'c-ada', 'hat', 't-months')",
                before - 500,
                before + 500);
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        shop.aiq.fault(Map.of("operation", "redemptions", "kind", "status-before-effect", "status", 404, "times", -1));
        shop.passes(Duration.ofMinutes(1));
        shop.aiq.contact("1001", "c-ada", "5555550100", "1283");
        shop.aiq.movement(Map.of(
                "id",
                "r-months",
                "contactID",
                "c-ada",
                "discountID",
                "hat",
                "transactionID",
                "t-months",
                "points",
                "-10",
                "at",
                before));
        shop.aiq.movement(Map.of(
                "id", "m-earned", "contactID", "c-ada", "type", "earned", "points", "50", "at", shop.clock.millis()));
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo(status);
    }

    @Test
    void while_the_report_is_whole_the_timeline_is_asked_only_when_silence_counts() {
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        for (Duration later : List.of(Duration.ofSeconds(31), Duration.ofMinutes(2), Duration.ofMinutes(8))) {
            shop.passes(later);
            shop.bridge.run("redemption-settle");
        }
        assertThat(shop.aiq.requests("redemptions")).hasSize(3);
        assertThat(shop.aiq.requests("timeline")).isEmpty();
        shop.passes(Duration.ofMinutes(10));
        shop.bridge.run("redemption-settle");
        assertThat(shop.aiq.requests("timeline")).hasSize(1);
    }

    @Test
    void where_the_wallet_is_another_contacts_now_a_person_looks() {
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        shop.aiq.fault(Map.of(
                "operation",
                "wallet",
                "kind",
                "says-before-effect",
                "status",
                200,
                "body",
                "{\"data\": {\"loyaltyPoints\": 1233, \"contactID\": \"c-ben\", \"discountTemplates\": []}, \"code\": 200, \"success\": true}",
                "times",
                -1));
        shop.settles();
        assertThat(shop.bridge.rows.queryForMap("select status, reason, flag from redemption"))
                .isEqualTo(Map.of("status", "PARKED", "reason", "unclear", "flag", "merged"));
    }

    @Test
    void another_customers_row_for_our_sale_is_a_persons_to_look_at() {
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        shop.aiq.contact("1001", "c-eve", "5555550177", "1234");
        shop.aiq.movement(Map.of(
                "id",
                "r-merged",
                "contactID",
                "c-eve",
                "discountID",
                "five-off",
                "transactionID",
                "t-1",
                "points",
                "-100",
                "ts",
                shop.clock.millis()));
        shop.settles();
        assertThat(shop.bridge.rows.queryForMap("select status, reason, flag from redemption"))
                .isEqualTo(Map.of("status", "PARKED", "reason", "unclear", "flag", "shown-differently"));
    }

    @Test
    void a_sale_taken_back_while_its_redemption_is_unclear_waits_for_the_evidence_and_then_gives_back_once() {
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.pollAndExecute();
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("redemption-expire");
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        settle();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
    }

    @Test
    void a_wallet_that_changed_decides() {
        shop.aiq.discount("1001", "five-off", "150", false);
        shop.pollAndExecute();
        assertThat(shop.bridge.rows.queryForMap("select status, reason from redemption"))
                .containsEntry("status", "PARKED")
                .containsEntry("reason", "price-changed");
    }

    @Test
    void points_spent_elsewhere_are_believed_when_three_wallets_over_time_say_so() {
        shop.aiq.contact("1001", "c-ada", "5555550100", "99");
        for (int i = 0; i < 3; i++) {
            assertThat(shop.status(redemption)).isNotEqualTo("REJECTED");
            shop.pollAndExecute();
            shop.pollAndExecute();
            shop.passes(Duration.ofSeconds(301));
        }
        assertThat(shop.status(redemption)).isEqualTo("REJECTED");
        assertThat(shop.bridge.rows.queryForObject("select reason from redemption", String.class))
                .isEqualTo("discount-locked");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"loyaltyPoints\": 1233, \"contactID\": \"c-ada\", \"discountTemplates\": null}",
                "{\"loyaltyPoints\": 1233, \"contactID\": \"c-ada\"}",
                "{\"contactID\": \"c-ada\", \"discountTemplates\": []}",
                "{\"loyaltyPoints\": 1233, \"contactID\": \"c-ada\", \"discountTemplates\": [{\"id\": \"five-off\", \"available\": true}]}",
                "{\"loyaltyPoints\": 0, \"contactID\": \"c-ada\", \"discountTemplates\": []}",
                "null"
            })
    void one_odd_wallet_ends_nothing(String wallet) {
        shop.aiq.fault(Map.of(
                "operation",
                "wallet",
                "kind",
                "says-before-effect",
                "status",
                200,
                "body",
                "{\"data\": " + wallet + ", \"code\": 200, \"success\": true}"));
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
        shop.passes(Duration.ofSeconds(301));
        shop.pollAndExecute();
        takenOnce();
    }

    @Test
    void wallets_that_speak_against_it_and_for_it_in_turn_do_not_add_up() {
        shop.aiq.contact("1001", "c-ada", "5555550100", "99");
        shop.pollAndExecute();
        shop.passes(Duration.ofMinutes(6));
        shop.pollAndExecute();
        shop.aiq.contact("1001", "c-ada", "5555550100", "1233");
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.passes(Duration.ofMinutes(6));
        shop.pollAndExecute();
        shop.settles();
        shop.aiq.contact("1001", "c-ada", "5555550100", "99");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).as("the first of three again").isEqualTo("DUE");
    }

    @Test
    void a_worker_that_died_after_its_attempt_leaves_it_to_the_evidence() {
        shop.poll();
        shop.bridge.rows.update(
                "update redemption set status = 'EXECUTING', fence = 1, lease_until = 1, lease_owner = 'dead'");
        shop.bridge.rows.update(
                "insert into attempt (subject_id, fence, kind, account_id, node, started_at, aiq_started_at, wallet_points) values (?, 1, 'REDEEM', 'green-leaf', 'dead', ?, ?, 1233)",
                redemption,
                shop.clock.millis(),
                shop.clock.millis());
        shop.bridge.run("redemption-recover");
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        shop.settles();
        shop.pollAndExecute();
        takenOnce();
    }

    @Test
    void a_worker_that_died_before_its_attempt_is_simply_sent_again() {
        shop.poll();
        shop.bridge.rows.update(
                "update redemption set status = 'EXECUTING', fence = 1, lease_until = 1, lease_owner = 'dead'");
        shop.bridge.run("redemption-recover");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.pollAndExecute();
        takenOnce();
    }
}
