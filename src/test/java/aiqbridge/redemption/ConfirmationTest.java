package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What AIQ's report says later of what AIQ confirmed, and of what its records said had no effect. */
class ConfirmationTest {
    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    private void open(String... settings) {
        shop = new Shop(
                folder, Stream.concat(Stream.of(store()), Stream.of(settings)).toArray(String[]::new));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void settlesAfter(int minutes) {
        shop.passes(Duration.ofMinutes(minutes));
        shop.bridge.run("redemption-settle");
    }

    private String sold(String transaction) {
        return sold("five-off", transaction);
    }

    private String sold(String discount, String transaction) {
        String redemption = shop.queued(discount, transaction);
        shop.rings(transaction, "5555550100", 42.5);
        shop.pollAndExecute();
        return redemption;
    }

    /** A customer of its own with a sale; no answer comes, and it had no effect. */
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
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        return redemption;
    }

    private void sends() {
        shop.bridge.run("aiq-probe");
        shop.bridge.run("redemption-execute");
    }

    private String flag(String redemption) {
        return shop.bridge.rows.queryForObject(
                "select coalesce(flag, 'none') from redemption where redemption_id = ?", String.class, redemption);
    }

    private String stopped() {
        return shop.bridge.rows.queryForObject(
                "select coalesce(resend_stopped_reason, 'no') from account where account_id = 'green-leaf'",
                String.class);
    }

    /** AIQ's row of the redemption, as of then. */
    private void shows(String id, String contact, String transaction, long at) {
        shop.aiq.movement(Map.of(
                "id",
                id,
                "contactID",
                contact,
                "discountID",
                "five-off",
                "transactionID",
                transaction,
                "points",
                "-100",
                "at",
                at));
    }

    private Long absentSince(String redemption) {
        return shop.bridge.rows.queryForObject(
                "select absent_since from redemption where redemption_id = ?", Long.class, redemption);
    }

    private long startedAt(String redemption) {
        return shop.bridge.rows.queryForObject(
                "select min(started_at) from attempt where subject_id = ?", Long.class, redemption);
    }

    @Test
    void what_aiq_confirmed_is_looked_for_once_in_its_report() {
        open();
        String redemption = sold("t-1");
        settlesAfter(4);
        assertThat(shop.aiq.requests("redemptions"))
                .as("not shown by then is no news")
                .isEmpty();
        settlesAfter(2);
        settlesAfter(6);
        settlesAfter(6);
        assertThat(shop.aiq.requests("redemptions")).hasSize(1);
        assertThat(shop.bridge.rows.queryForObject(
                        "select shown_at is not null from attempt where subject_id = ?", Boolean.class, redemption))
                .isTrue();
        assertThat(flag(redemption)).isEqualTo("none");
    }

    @Test
    void what_aiq_confirmed_and_never_shows_is_flagged_until_it_does() {
        open();
        sold("ten-percent", "t-0");
        settlesAfter(6);
        shop.aiq.fault(Map.of(
                "operation", "redeem", "kind", "says-before-effect", "status", 200, "body", "{\"success\": true}"));
        String redemption = sold("t-1");
        long at = shop.clock.millis();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        settlesAfter(11);
        assertThat(flag(redemption)).isEqualTo("none");
        settlesAfter(10);
        assertThat(flag(redemption)).isEqualTo("executed-unseen");
        assertThat(stopped()).isEqualTo("no");
        shows("r-late", "c-ada", "t-1", at);
        settlesAfter(6);
        assertThat(flag(redemption)).isEqualTo("none");
    }

    @Test
    void a_report_that_shows_nothing_at_all_flags_nothing() {
        open();
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofDays(99).toMillis()));
        String redemption = sold("t-1");
        settlesAfter(11);
        settlesAfter(11);
        assertThat(flag(redemption)).isEqualTo("none");
    }

    @Test
    void a_report_that_is_later_than_assumed_is_waited_for_and_one_that_is_much_later_stops_sending_again() {
        open();
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofMinutes(8).toMillis()));
        sold("t-0");
        settlesAfter(6);
        settlesAfter(6);
        String first = unanswered(1);
        settlesAfter(16);
        settlesAfter(1);
        assertThat(shop.status(first))
                .as("17 minutes, twice what was learnt and the rest")
                .isEqualTo("UNKNOWN");
        assertThat(absentSince(first)).isNull();
        settlesAfter(2);
        assertThat(absentSince(first)).isNotNull();
        settlesAfter(2);
        assertThat(shop.status(first)).isEqualTo("DUE");
        assertThat(stopped()).isEqualTo("no");
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofMinutes(13).toMillis()));
        sends();
        settlesAfter(6);
        settlesAfter(6);
        settlesAfter(6);
        settlesAfter(1);
        assertThat(stopped()).isEqualTo("report-lag");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_effect_later_than_assumed_stops_the_account_until_a_person_allows_it(boolean named) {
        open();
        if (!named) {
            shop.aiq.set("report-has-transaction", "false");
        }
        String first = unanswered(1);
        shop.settles();
        assertThat(shop.status(first)).isEqualTo("DUE");
        sends();
        assertThat(shop.status(first)).isEqualTo("EXECUTED");
        settlesAfter(11);
        assertThat(stopped()).isEqualTo("no");
        shows("r-late", "c-1", "t-1", startedAt(first) + 60_000);
        settlesAfter(11);
        assertThat(stopped()).isEqualTo("taken-after-all");
        assertThat(flag(first)).isEqualTo("taken-after-all");

        String second = unanswered(2);
        shop.settles();
        assertThat(shop.status(second)).isEqualTo("UNKNOWN");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(new ResendStops(shop.bridge.rows.getDataSource(), shop.clock).allow("green-leaf"))
                .isTrue();
        settlesAfter(11);
        settlesAfter(2);
        assertThat(shop.status(second)).isEqualTo("DUE");
        settlesAfter(11);
        assertThat(stopped()).as("a person knows of the first").isEqualTo("no");
    }

    @ParameterizedTest
    @CsvSource({"15, taken-after-all", "24, no"})
    void an_effect_much_later_than_assumed_is_told_from_that_of_the_next_attempt_in_doubt(int minutes, String stopped) {
        open();
        String redemption = unanswered(1);
        long at = startedAt(redemption) + Duration.ofMinutes(minutes).toMillis();
        shop.settles();
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        sends();
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        shows("r-late", "c-1", "t-1", at);
        settlesAfter(2);
        assertThat(stopped()).isEqualTo(stopped);
        settlesAfter(11);
        assertThat(stopped()).isEqualTo(stopped);
    }

    @Test
    void two_rows_for_one_sale_stop_the_account() {
        open();
        String first = sold("t-1");
        shows("r-again", "c-ada", "t-1", shop.clock.millis() + 1_000);
        settlesAfter(11);
        assertThat(List.of(stopped(), flag(first))).containsExactly("taken-twice", "taken-twice");
    }

    @Test
    void a_reversal_is_not_sent_again_while_the_account_is_stopped() {
        open();
        sold("t-1");
        shop.passes(Duration.ofMinutes(5));
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.aiq.fault("reverse", "reset-before-effect", 1);
        shop.bridge.run("reversal-execute");
        shop.bridge.rows.update("update account set resend_stopped_at = 1, resend_stopped_reason = 'taken-twice'");
        shop.settles();
        assertThat(reversal()).isEqualTo("UNKNOWN");
        new ResendStops(shop.bridge.rows.getDataSource(), shop.clock).allow("green-leaf");
        settlesAfter(20);
        settlesAfter(2);
        assertThat(reversal()).isEqualTo("WANTED");
    }

    private String reversal() {
        return shop.bridge.rows.queryForObject("select status from reversal", String.class);
    }

    @Test
    void few_are_sent_again_until_those_were_seen_executed() {
        open("redemption.resend-brake", "2");
        List<String> all = Stream.of(1, 2, 3, 4, 5).map(this::unanswered).toList();
        shop.settles();
        assertThat(all).map(shop::status).containsExactlyInAnyOrder("DUE", "DUE", "UNKNOWN", "UNKNOWN", "UNKNOWN");
        sends();
        int wallets = shop.aiq.requests("wallet").size();
        settlesAfter(4);
        assertThat(shop.aiq.requests("wallet"))
                .as("nobody asks for what would not be sent")
                .hasSize(wallets);
        settlesAfter(7);
        settlesAfter(11);
        settlesAfter(2);
        assertThat(all).map(shop::status).containsOnly("EXECUTED", "DUE", "UNKNOWN");
        assertThat(all.stream().map(shop::status).filter("DUE"::equals)).hasSize(2);
        sends();
        settlesAfter(11);
        settlesAfter(11);
        settlesAfter(2);
        sends();
        assertThat(all).map(shop::status).containsOnly("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(5);
    }
}
