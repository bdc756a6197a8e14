package aiqbridge.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ledger, AIQ and till balance, or each row that does not is named with its likely cause. */
class ReconcileTest {
    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        shop = new Shop(folder, TestBridge.everyRoute(store()));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private String redeemed(String discount, String sale) {
        String redemption = shop.queued(shop.adasWalletAgain(), discount, sale).text("redemptionId");
        shop.rings(sale, "5555550100", 42.5);
        shop.pollAndExecute();
        shop.bridge.run("pos-write-back-till");
        return redemption;
    }

    /** Yesterday, today and tomorrow, as the command asks. */
    private Map<String, Object> reconciled() {
        LocalDate today = LocalDate.ofInstant(shop.clock.instant(), Shop.ZONE);
        Bridge bridge = shop.bridge.bridge();
        Reconcile reconcile = bridge.camel().getRegistry().lookupByNameAndType("reconcile", Reconcile.class);
        return bridge.ask(
                "reconcile-account",
                reconcile.days("green-leaf", Shop.ZONE, today.minusDays(9), today.plusDays(1), "a test"));
    }

    private List<String> causes() {
        Map<String, Object> run = reconciled();
        return new ReconcileRuns(shop.bridge.bridge().store().source())
                .differences((String) run.get("run_id")).stream()
                        .map(row -> (String) row.get("cause"))
                        .toList();
    }

    @Test
    void a_till_that_is_not_written_back_is_not_looked_at_and_said_so() {
        shop.restart(() -> Shop.connection(
                folder,
                "till",
                "make = view\npin = required\nwrite-back = off\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n"));
        shop.queued(shop.adasWalletAgain(), "five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(reconciled())
                .containsEntry("status", "BALANCED")
                .containsEntry("entries", 1)
                .hasEntrySatisfying("notes", notes -> assertThat((String) notes).contains("till is not written back"));
    }

    @Test
    void everything_balances_when_points_were_taken_and_given_back() {
        redeemed("five-off", "t-1");
        redeemed("ten-percent", "t-2");
        shop.till.update("insert into taking_back values ('t-2', 't-2', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        shop.bridge.run("pos-write-back-till");
        Map<String, Object> run = reconciled();
        assertThat(run).containsEntry("status", "BALANCED").containsEntry("entries", 3);
        assertThat(List.of(run.get("ledger_points"), run.get("aiq_points"), run.get("till_points")))
                .extracting(n -> ((Number) n).intValue())
                .containsExactly(100, 100, 100);
        assertThat(shop.bridge.rows.queryForMap("select status, differences from reconcile_run"))
                .containsEntry("status", "BALANCED")
                .containsEntry("differences", 0);
    }

    @Test
    void two_rewards_on_a_sale_balance_and_the_till_is_counted_once() {
        shop.restart(List.of("redemption.per-sale", "2"));
        String session = shop.adasWalletAgain();
        shop.queued(session, "five-off", "t-1");
        shop.queued(session, "ten-percent", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.bridge.run("pos-write-back-till");
        Map<String, Object> run = reconciled();
        assertThat(run).containsEntry("status", "BALANCED").containsEntry("entries", 2);
        assertThat(((Number) run.get("till_points")).intValue())
                .isEqualTo(((Number) run.get("ledger_points")).intValue())
                .isGreaterThan(100);
    }

    @Test
    void an_old_sale_under_an_id_that_was_used_again_is_not_shown_by_the_till_any_more() {
        redeemed("five-off", "t-1");
        shop.bridge.rows.update(
                "update redemption set queued_at = queued_at - 172800000, completed_at = completed_at - 172800000");
        shop.bridge.rows.update("update pos_transaction set completed_at = completed_at - 172800000");
        shop.till.update("delete from sale");
        redeemed("ten-percent", "t-1");
        assertThat(shop.till.queryForObject("select points from aiq_points where transaction_id = 't-1'", Double.class))
                .isEqualTo(250);
        Map<String, Object> run = reconciled();
        assertThat(run).containsEntry("status", "BALANCED").containsEntry("entries", 2);
        assertThat(((Number) run.get("till_points")).intValue()).isEqualTo(250);
    }

    @Test
    void a_tills_transaction_that_was_changed_by_hand_is_named() {
        String redemption = redeemed("five-off", "t-1");
        shop.till.update("update aiq_points set points = 7");
        Map<String, Object> run = reconciled();
        assertThat(run).containsEntry("status", "DIFFERENT");
        assertThat(new ReconcileRuns(shop.bridge.bridge().store().source()).differences((String) run.get("run_id")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("cause", "till-changed")
                        .containsEntry("redemption_id", redemption)
                        .containsEntry("transaction_id", "t-1")
                        .containsEntry("connection", "till"));
        shop.till.update("delete from aiq_points");
        assertThat(causes()).containsExactly("till-changed");
    }

    @Test
    void points_that_are_not_written_back_yet_are_named() {
        shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(causes()).containsExactly("write-back-waits");
    }

    @Test
    void a_redemption_that_aiq_knows_and_we_do_not_is_named() throws IOException, InterruptedException {
        redeemed("five-off", "t-1");
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest.Builder wallet = HttpRequest.newBuilder(URI.create(shop.baseUrl() + "/api/v2/wallet"))
                .header("X-APIKEY", "demo-key")
                .header("Content-Type", "application/json");
        JsonNode discounts = new ObjectMapper()
                .readTree(http.send(
                                wallet.POST(HttpRequest.BodyPublishers.ofString("{\"phone\":\"5555550100\"}"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
        String url = discounts.findParents("redemptionURL").stream()
                .filter(d -> d.toString().contains("ten-percent"))
                .findFirst()
                .orElseThrow()
                .get("redemptionURL")
                .asText();
        http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("X-APIKEY", "demo-key")
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(causes()).containsExactly("not-ours");
    }

    @Test
    void one_that_aiq_does_not_show_is_named_and_soon_it_is_more_than_a_lag() {
        redeemed("five-off", "t-1");
        shop.aiq.set("report-lag-ms", "999999999999");
        assertThat(causes()).containsExactly("report-lag");
        shop.passes(Duration.ofHours(25));
        assertThat(causes()).containsExactly("not-in-aiq");
    }

    @Test
    void an_unclear_one_that_aiq_took_is_open() {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "status-after-effect", "status", 500));
        redeemed("five-off", "t-1");
        assertThat(shop.bridge.statuses()).containsExactly("UNKNOWN");
        assertThat(causes()).containsExactly("unknown-open");
    }

    @Test
    void a_discount_that_was_given_without_points_is_named() {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "status-before-effect", "status", 422, "times", 2));
        redeemed("five-off", "t-1");
        shop.settles();
        shop.pollAndExecute();
        shop.settles();
        assertThat(shop.bridge.statuses()).containsExactly("REJECTED");
        assertThat(causes()).containsExactly("discount-given");
    }

    @Test
    void a_reversal_that_aiq_does_not_show_is_named() {
        redeemed("five-off", "t-1");
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        shop.bridge.run("pos-write-back-till");
        shop.passes(Duration.ofHours(25));
        shop.aiq.set("report-lag-ms", "999999999999");
        assertThat(causes()).containsExactly("not-in-aiq", "reversal-not-in-aiq");
    }

    @Test
    void it_says_when_aiq_could_not_be_asked_and_does_not_guess() {
        redeemed("five-off", "t-1");
        shop.aiq.fault(Map.of("operation", "redemptions", "kind", "status-before-effect", "status", 500));
        Map<String, Object> run = reconciled();
        assertThat(run).containsEntry("status", "FAILED").containsEntry("differences", 0);
        assertThat((String) run.get("problem")).contains("redemptions");
    }

    @Test
    void every_day_the_clock_compares_the_last_week_once() {
        redeemed("five-off", "t-1");
        shop.till.update("update aiq_points set points = 7");
        shop.bridge.run("reconcile");
        assertThat(shop.aiq.requests("redemptions"))
                .as("no whole day was ours yet")
                .isEmpty();
        shop.passes(Duration.ofDays(3));
        shop.bridge.run("reconcile");
        shop.bridge.run("reconcile");
        assertThat(shop.bridge.rows.queryForList("select asked_by, status, differences from reconcile_run"))
                .singleElement()
                .satisfies(run ->
                        assertThat(run).containsEntry("asked_by", "clock").containsEntry("differences", 1));
        shop.passes(Duration.ofDays(1));
        shop.bridge.run("reconcile");
        assertThat(new ReconcileRuns(shop.bridge.bridge().store().source()).newest("green-leaf", 5))
                .hasSize(2);
    }

    @Test
    void a_command_does_it_beside_the_running_bridge() {
        redeemed("five-off", "t-1");
        java.util.Properties values =
                shop.bridge.bridge().camel().getPropertiesComponent().loadProperties();
        Settings settings = Settings.of(values);
        try (Bridge beside = Bridge.headless(
                TestBridge.HOME, settings, shop.clock, shop.bridge.bridge().store(), Map.of())) {
            Reconcile reconcile = beside.camel().getRegistry().lookupByNameAndType("reconcile", Reconcile.class);
            LocalDate today = LocalDate.ofInstant(shop.clock.instant(), Shop.ZONE);
            Map<String, Object> run = beside.ask(
                    "reconcile-account",
                    reconcile.days("green-leaf", Shop.ZONE, today.minusDays(1), today.plusDays(1), "a test"));
            assertThat(run).containsEntry("status", "BALANCED").containsEntry("entries", 1);
        }
    }
}
