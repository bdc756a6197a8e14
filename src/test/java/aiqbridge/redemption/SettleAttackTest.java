package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences through the whole bridge in which points were once taken twice, a redemption was executed without an effect, or an account stopped for nothing. */
class SettleAttackTest {
    @TempDir
    Path folder;

    private Shop shop;

    private void open(String... settings) {
        shop = new Shop(folder, settings);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void settlesAfter(int seconds) {
        shop.passes(Duration.ofSeconds(seconds));
        shop.bridge.run("redemption-settle");
    }

    private String text(String sql, Object... values) {
        return shop.bridge.rows.queryForObject(sql, String.class, values);
    }

    private String unanswered(int n) {
        String phone = "555555020" + n;
        shop.aiq.contact("1001", "c-" + n, phone, "1234");
        shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", phone));
        String wallet = shop.post(
                        shop.key,
                        "/api/v1/wallet/view",
                        Map.of("phone", phone, "code", String.valueOf(shop.aiq.pin("c-" + n))))
                .text("walletSession");
        String redemption = shop.queued(wallet, "five-off", "t-" + n).text("redemptionId");
        shop.rings("t-" + n, phone, 42.5);
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        return redemption;
    }

    private void copy(String from, String to) {
        try {
            java.nio.file.Files.copy(
                    folder.resolve(from), folder.resolve(to), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The same reusable discount on two sales one after the other; AIQ's report has neither the sale nor the id that its answer to the PUT gave. */
    private void twoSales(String idName) {
        open();
        shop.aiq.set("report-has-transaction", "false");
        shop.aiq.set("report-id-name", idName);
        String first = shop.queued("ten-percent", "t-1");
        String second =
                shop.queued(shop.adasWalletAgain(), "ten-percent", "t-2").text("redemptionId");
        shop.rings("t-1", "5555550100", 42.5);
        shop.poll();
        shop.bridge.run("redemption-execute");
        shop.passes(Duration.ofSeconds(2));
        shop.rings("t-2", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.poll();
        shop.bridge.run("redemption-execute");
        assertThat(List.of(shop.status(first), shop.status(second))).containsExactly("EXECUTED", "UNKNOWN");
        settlesAfter(31);
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(shop.status(second)).isEqualTo("UNKNOWN");
    }

    @Test
    void the_row_of_one_confirmed_just_before_is_not_another_s_where_reports_have_ids() {
        twoSales("redemptionID");
    }

    @Test
    void the_row_of_one_confirmed_just_before_is_not_another_s_where_reports_have_no_ids() {
        twoSales("nr");
    }

    @Test
    void a_restored_database_forgets_every_first_reading() {
        open();
        String redemption = unanswered(1);
        shop.bridge.rows.update(
                "update redemption set lists_silent_since = 1, contact_changed_since = 1, absent_since = 1 where redemption_id = ?",
                redemption);
        shop.restart(() -> copy("bridge.db", "backup.db"));
        shop.passes(Duration.ofSeconds(1));
        shop.bridge.run("installation-beat");
        shop.restart(() -> {
            copy("backup.db", "bridge.db");
            folder.resolve("bridge.db-wal").toFile().delete();
        });
        assertThat(text(
                        "select coalesce(absent_since, 0) || ',' || coalesce(lists_silent_since, 0) || ',' || coalesce(contact_changed_since, 0) from redemption where redemption_id = ?",
                        redemption))
                .isEqualTo("0,0,0");
    }

    @Test
    void what_waited_while_the_account_was_stopped_is_watched_when_it_is_settled_after() {
        open();
        String first = unanswered(1);
        shop.bridge.rows.update("update account set resend_stopped_at = 1, resend_stopped_reason = 'taken-twice'");
        shop.settles();
        assertThat(shop.status(first)).isEqualTo("UNKNOWN");
        assertThat(new ResendStops(shop.bridge.rows.getDataSource(), shop.clock).allow("green-leaf"))
                .isTrue();
        settlesAfter(601);
        settlesAfter(61);
        settlesAfter(61);
        assertThat(shop.status(first)).isEqualTo("DUE");
        shop.bridge.run("aiq-probe");
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(first)).isEqualTo("EXECUTED");
        long at = Long.parseLong(text("select min(started_at) from attempt where subject_id = ?", first)) + 60_000;
        shop.aiq.movement(Map.of(
                "id",
                "r-late",
                "contactID",
                "c-1",
                "discountID",
                "five-off",
                "transactionID",
                "t-1",
                "points",
                "-100",
                "at",
                at));
        settlesAfter(601);
        assertThat(text("select coalesce(resend_stopped_reason, 'no') from account where account_id = 'green-leaf'"))
                .isEqualTo("taken-after-all");
    }

    @Test
    void how_late_the_report_is_is_not_forgotten_when_a_person_allows_the_account() {
        open();
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofMinutes(8).toMillis()));
        shop.queued("five-off", "t-9");
        shop.rings("t-9", "5555550100", 42.5);
        shop.pollAndExecute();
        settlesAfter(361);
        settlesAfter(361);
        Doubt doubt = shop.bridge.bridge().camel().getRegistry().lookupByNameAndType("doubt", Doubt.class);
        String redemption = unanswered(1);
        settlesAfter(31);
        assertThat(doubt.learnt("green-leaf")).isPositive();
        shop.bridge.rows.update("update account set resend_stopped_at = 1, resend_stopped_reason = 'taken-twice'");
        new ResendStops(shop.bridge.rows.getDataSource(), shop.clock).allow("green-leaf");
        settlesAfter(121);
        assertThat(doubt.learnt("green-leaf")).isPositive();
    }

    /** A limit's 429 had no effect and is sent again before an effect's whole time is over; that is unclear, took the points, and the report shows it. */
    @Test
    void what_a_limiter_turned_away_is_not_taken_after_all_by_its_own_second_attempt() {
        open("aiq.report-lag", "2m", "aiq.wallet-lag", "1m");
        String phone = "5555550201";
        shop.aiq.contact("1001", "c-1", phone, "1234");
        shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", phone));
        String wallet = shop.post(
                        shop.key,
                        "/api/v1/wallet/view",
                        Map.of("phone", phone, "code", String.valueOf(shop.aiq.pin("c-1"))))
                .text("walletSession");
        String redemption = shop.queued(wallet, "five-off", "t-1").text("redemptionId");
        shop.rings("t-1", phone, 42.5);
        shop.aiq.fault(
                Map.of("operation", "redeem", "kind", "says-before-effect", "status", 429, "body", "{}", "times", 1));
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        settlesAfter(131);
        settlesAfter(2);
        settlesAfter(10);
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.bridge.run("aiq-probe");
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        settlesAfter(31);
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(text("select coalesce(resend_stopped_reason, 'no') from account where account_id = 'green-leaf'"))
                .isEqualTo("no");
    }

    /** AIQ's clock is ahead of ours, which is known and allowed for; its report is as fast as can be. */
    private void ahead(int minutes) {
        open();
        shop.aiqIsAhead(Duration.ofMinutes(minutes));
        shop.queued("ten-percent", "t-8");
        shop.rings("t-8", "5555550100", 42.5);
        shop.pollAndExecute();
        settlesAfter(1_500);
        shop.queued(shop.adasWalletAgain(), "five-off", "t-9");
        shop.rings("t-9", "5555550100", 42.5);
        shop.pollAndExecute();
        for (int i = 0; i < 4; i++) {
            settlesAfter(331);
        }
        assertThat(text("select coalesce(resend_stopped_reason, 'no') from account where account_id = 'green-leaf'"))
                .isEqualTo("no");
        assertThat(
                        text(
                                "select coalesce(max(missing_at - ended_at), 0) from attempt where kind = 'REDEEM' and outcome = 'EXECUTED' and shown_at is not null"))
                .isEqualTo("0");
    }

    @Test
    void a_clock_that_is_ahead_does_not_make_the_report_late() {
        ahead(8);
    }

    @Test
    void a_clock_that_is_further_ahead_does_not_stop_the_account() {
        ahead(13);
    }

    /** A free reusable discount twice within three minutes; AIQ's lists are newest first and name no sale, and its answer to the first gave no id. All within the assumptions. */
    @Test
    void a_free_coffee_is_not_taken_twice_where_lists_are_newest_first() {
        coffees("{\"success\": true}", 0);
    }

    /** The same where AIQ's answers and lists have ids; the report is nine minutes late, which is assumed. */
    @Test
    void nor_where_aiq_gives_ids_and_its_report_is_as_late_as_assumed() {
        coffees("{\"success\": true, \"data\": {\"redemptionID\": \"r-first\"}}", 9);
    }

    private void coffees(String answer, int lag) {
        open();
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofMinutes(lag).toMillis()));
        shop.aiq.set("report-has-transaction", "false");
        shop.aiq.discount("1001", "coffee", "0", true);
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "says-before-effect", "status", 200, "body", answer));
        String first = shop.queued("coffee", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        long at = shop.clock.millis();
        shop.passes(Duration.ofMinutes(3));
        String second = shop.queued(shop.adasWallet().text("walletSession"), "coffee", "t-2")
                .text("redemptionId");
        shop.rings("t-2", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.pollAndExecute();
        assertThat(List.of(shop.status(first), shop.status(second))).containsExactly("EXECUTED", "UNKNOWN");
        // the first one's row comes after the second's: newest first
        shop.aiq.movement(
                Map.of("id", "r-first", "contactID", "c-ada", "discountID", "coffee", "points", "0", "at", at));
        assertThat(shop.aiq.effects("REDEEMED")).as("the second's").hasSize(1);
        for (int i = 0; i < 12; i++) {
            settlesAfter(301);
        }
        shop.bridge.run("aiq-probe");
        shop.bridge.run("redemption-execute");
        for (int i = 0; i < 3; i++) {
            settlesAfter(601);
        }
        System.out.println("STATE id "
                + text("select coalesce(aiq_redemption_id, 'none') from redemption where redemption_id = ?", first)
                + " stop "
                + text("select coalesce(resend_stopped_reason, 'no') from account where account_id = 'green-leaf'")
                + " " + shop.status(second) + " effects "
                + shop.aiq.effects("REDEEMED").size());
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(second)).as("its effect is listed").isNotEqualTo("DUE");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    /** AIQ shows the sale with another reward that the till redeemed itself; the bridge's may still have its effect, for which AIQ has five minutes. */
    @Test
    void a_person_cannot_redeem_again_before_an_effect_had_its_time() {
        open();
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        shop.aiq.movement(Map.of(
                "id",
                "r-hat",
                "contactID",
                "c-ada",
                "discountID",
                "hat",
                "transactionID",
                "t-1",
                "points",
                "-10",
                "at",
                shop.clock.millis()));
        settlesAfter(31);
        assertThat(shop.status(redemption)).as("no person decides yet").isEqualTo("UNKNOWN");
        shop.settles();
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
    }

    /** A first reading stood when it was parked; a person has it sent again, and before that the database is restored. */
    @Test
    void a_restored_database_forgets_the_first_reading_of_what_was_parked_before() {
        open();
        String redemption = unanswered(1);
        shop.bridge.rows.update(
                "update redemption set absent_since = 1, status = 'PARKED', reason = 'unclear', asked_at = ?, updated_at = 5 where redemption_id = ?",
                shop.clock.millis(),
                redemption);
        new aiqbridge.operator.RedemptionDecisions(
                        shop.bridge.bridge().store().source(),
                        aiqbridge.TestBridge.HOME,
                        shop.bridge.bridge().connections(),
                        shop.clock)
                .retry(redemption, null, new aiqbridge.operator.Decision("kim", "not there", true));
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.restart(() -> copy("bridge.db", "backup.db"));
        shop.passes(Duration.ofSeconds(1));
        shop.bridge.run("installation-beat");
        shop.restart(() -> {
            copy("backup.db", "bridge.db");
            folder.resolve("bridge.db-wal").toFile().delete();
        });
        assertThat(text(
                        "select status || ',' || coalesce(absent_since, 0) from redemption where redemption_id = ?",
                        redemption))
                .isEqualTo("UNKNOWN,0");
    }

    /** Nothing of a shop's checkout is ever sent again; it does not use up what a till's may be. */
    @Test
    void what_is_never_sent_again_does_not_use_up_the_brake() {
        open("redemption.resend-brake", "2");
        String first = unanswered(1);
        for (int i = 0; i < 2; i++) {
            shop.bridge.rows.update(
                    "insert into attempt (subject_id, fence, kind, account_id, node, started_at, ended_at, outcome, absent_at, absent_by, contact_id, discount_id) values (?, 1, 'REDEEM', 'green-leaf', 'n', ?, ?, 'ABSENT', ?, 'WALLET', 'c-x', 'd')",
                    "immediate-" + i,
                    shop.clock.millis(),
                    shop.clock.millis(),
                    shop.clock.millis() + 900_000);
        }
        shop.settles();
        assertThat(shop.status(first)).isEqualTo("DUE");
    }

    /** A sale is redeemed, and voided some minutes later; AIQ's redemptions report shows what it gave back as a row of its own. */
    @Test
    void a_void_does_not_stop_the_account_where_reports_show_what_was_given_back() {
        open();
        shop.aiq.set("reversal-seen-in", "redemptions");
        shop.aiq.set("report-id-name", "nr");
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.passes(Duration.ofMinutes(3));
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        settlesAfter(661);
        assertThat(text("select coalesce(resend_stopped_reason, 'no') from account where account_id = 'green-leaf'"))
                .isEqualTo("no");
    }
}
