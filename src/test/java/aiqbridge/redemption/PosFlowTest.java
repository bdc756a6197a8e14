package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reward queued at the till is redeemed once, when the sale is completed; and taken back once, when the sale is. */
class PosFlowTest {
    @TempDir
    Path folder;

    private final ExecutorService atOnce = Executors.newFixedThreadPool(8);
    private Shop shop;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        shop = new Shop(folder, store());
    }

    @AfterEach
    void close() {
        atOnce.shutdown();
        shop.close();
    }

    @Test
    void redeems_once_when_the_sale_is_completed_and_not_before() {
        String redemption = shop.queued("five-off", "t-1");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        assertThat(shop.aiq.requests("redeem")).isEmpty();

        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.pollAndExecute();

        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).singleElement().satisfies(e -> {
            assertThat(e.path("transactionID").asText()).isEqualTo("t-1");
            assertThat(e.path("discountID").asText()).isEqualTo("five-off");
        });
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1133");
        assertThat(shop.bridge.rows.queryForObject("select sum(points) from ledger", Double.class))
                .isEqualTo(100);
        shop.bridge.run("pos-write-back-till");
        assertThat(shop.till.queryForObject("select points from aiq_points where transaction_id = 't-1'", Double.class))
                .isEqualTo(100);
    }

    @Test
    void gives_the_points_back_once_when_the_sale_is_voided() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.till.update("update sale set state = 'void'");
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        for (int i = 0; i < 3; i++) {
            shop.poll();
            shop.bridge.run("reversal-execute");
        }
        shop.bridge.run("pos-write-back-till");

        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertThat(shop.bridge.rows.queryForList("select points from ledger order by ledger_id", Double.class))
                .containsExactly(100.0, -100.0);
        assertThat(shop.till.queryForObject("select points from aiq_points where transaction_id = 't-1'", Double.class))
                .isZero();
    }

    @Test
    void what_is_chosen_rung_up_and_voided_while_a_poll_runs_is_given_up() throws Exception {
        String session = shop.adasWallet().text("walletSession");
        String[] redemption = new String[1];
        AdviceWith.adviceWith(shop.bridge.with("pos-poll-till"), "pos-poll-till", false, route -> route.weaveById(
                        "pos-poll-reversals")
                .before()
                .process(exchange -> {
                    if (redemption[0] == null) {
                        shop.clock.advance(Duration.ofMillis(50));
                        redemption[0] = shop.queued(session, "five-off", "t-1").text("redemptionId");
                        shop.rings("t-1", "5555550100", 42.5);
                        shop.till.update(
                                "insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
                        shop.clock.advance(Duration.ofMillis(50));
                    }
                }));
        shop.pollAndExecute();
        shop.pollAndExecute();
        assertThat(shop.status(redemption[0])).isEqualTo("RELEASED");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void a_void_in_the_hour_that_autumn_repeats_is_not_taken_for_one_before_its_sale() {
        ZoneOffsetTransition autumn = Shop.ZONE.getRules().previousTransition(shop.clock.instant());
        while (!autumn.isOverlap()) {
            autumn = Shop.ZONE.getRules().previousTransition(autumn.getInstant());
        }
        LocalDateTime again = autumn.getDateTimeAfter();
        shop.restart(List.of("pos.overlap", "9600h", "redemption.skew", "9600h"));
        String redemption = shop.queued("five-off", "t-1");
        DateTimeFormatter seconds = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
        shop.till.update(
                "insert into sale (id, at, total, phone, state) values ('t-1', ?, 42.5, '5555550100', 'done')",
                seconds.format(again.plusMinutes(50)));
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        shop.till.update(
                "insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)",
                seconds.format(again.plusMinutes(10)));
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
    }

    @Test
    void a_ticket_is_read_for_one_note_so_a_customer_has_one_redemption_waiting_for_a_ticket() {
        shop.restart(List.of("redemption.per-sale", "2"));
        String session = shop.adasWallet().text("walletSession");
        String first = shop.queued(session, "five-off", null).text("redemptionId");
        var second = shop.queued(session, "ten-percent", null);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text("type")).endsWith("sale-has-redemption");
        assertThat(shop.queued(session, "ten-percent", "t-1").status()).isEqualTo(202);
        assertThat(shop.post(shop.key, "/api/v1/redemptions/" + first + "/release", Map.of())
                        .status())
                .isEqualTo(200);
        assertThat(shop.queued(session, "five-off", null).status()).isEqualTo(202);
    }

    @Test
    void a_sale_with_two_rewards_shows_the_points_of_both_and_of_one_when_the_other_is_given_back() {
        shop.restart(List.of("redemption.per-sale", "2"));
        String session = shop.adasWallet().text("walletSession");
        String first = shop.queued(session, "five-off", "t-1").text("redemptionId"),
                second = shop.queued(session, "ten-percent", "t-1").text("redemptionId");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.bridge.run("pos-write-back-till");
        assertThat(List.of(shop.status(first), shop.status(second))).containsExactly("EXECUTED", "EXECUTED");
        Double both = shop.bridge.rows.queryForObject("select sum(points) from ledger", Double.class);
        assertThat(shop.till.queryForObject("select points from aiq_points where transaction_id = 't-1'", Double.class))
                .isEqualTo(both)
                .isGreaterThan(100);

        shop.bridge.rows.update(
                "update write_back set points = 0, status = 'WANTED', updated_at = ? where redemption_id = ?",
                shop.clock.millis(),
                second);
        shop.bridge.run("pos-write-back-till");
        assertThat(shop.till.queryForObject("select points from aiq_points where transaction_id = 't-1'", Double.class))
                .isEqualTo(100);
        assertThat(shop.bridge.rows.queryForList("select status from write_back", String.class))
                .containsOnly("DONE");
    }

    private void voided(String fault, int status, int times) {
        shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.passes(Duration.ofMinutes(5));
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.aiq.fault(Map.of("operation", "reverse", "kind", fault, "status", status, "times", times));
        shop.poll();
        shop.bridge.run("reversal-execute");
        shop.bridge.run("reversal-execute");
        assertThat(reversal()).isEqualTo("UNKNOWN");
        assertThat(shop.aiq.effects("ADJUSTED")).isEmpty();
        assertThat(shop.aiq.requests("reverse")).hasSize(1);
    }

    private String reversal() {
        return shop.bridge.rows.queryForObject("select status from reversal", String.class);
    }

    private void givenBackOnce() {
        assertThat(reversal()).isEqualTo("DONE");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertThat(shop.bridge.rows.queryForObject("select sum(points) from ledger", Double.class))
                .isZero();
    }

    @Test
    void a_reversal_refused_before_and_after_its_effect_is_never_made_up_by_an_adjustment() {
        voided("status-after-effect", 404, 1);
        shop.settles();
        givenBackOnce();
        assertThat(shop.aiq.effects("ADJUSTED")).isEmpty();
    }

    @Test
    void a_reversal_that_aiq_shows_only_when_a_person_looks_already_is_done_all_the_same() {
        shop.aiq.set("report-lag-ms", "0");
        voided("reset-after-effect", 500, 1);
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofHours(80).toMillis()));
        shop.settles();
        shop.passes(Duration.ofHours(25));
        shop.bridge.run("redemption-settle");
        assertThat(reversal()).isEqualTo("PARKED");
        int wallets = shop.aiq.requests("wallet").size();
        shop.passes(Duration.ofDays(2));
        shop.bridge.run("redemption-settle");
        assertThat(reversal()).isEqualTo("PARKED");
        assertThat(shop.aiq.requests("wallet"))
                .as("only evidence for it is looked for")
                .hasSize(wallets);
        shop.aiq.set("report-lag-ms", "0");
        shop.passes(Duration.ofDays(4));
        shop.bridge.run("redemption-settle");
        givenBackOnce();
    }

    @Test
    void an_aiq_without_the_reversal_call_is_believed_when_nothing_moved_and_the_points_are_adjusted() {
        voided("status-before-effect", 405, -1);
        shop.settles();
        shop.bridge.run("reversal-execute");
        givenBackOnce();
        assertThat(shop.aiq.effects("ADJUSTED")).hasSize(1);
    }

    @Test
    void a_reversal_that_aiq_refuses_twice_while_nothing_moves_is_refused() {
        voided("status-before-effect", 409, -1);
        shop.settles();
        assertThat(reversal()).isEqualTo("WANTED");
        shop.bridge.run("reversal-execute");
        shop.settles();
        assertThat(reversal()).isEqualTo("REJECTED");
        assertThat(shop.aiq.effects("ADJUSTED")).isEmpty();
    }

    @Test
    void a_brand_without_the_reversal_call_says_so_by_a_setting() {
        shop.restart(List.of("reversal.method", "adjustment"));
        shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        givenBackOnce();
        assertThat(shop.aiq.requests("reverse")).isEmpty();
    }

    @Test
    void points_of_somebody_whom_aiq_did_not_name_are_given_back_by_a_person() {
        shop.aiq.set("wallet-has-contact-id", "false");
        shop.moveTo("other-till");
        shop.queued(
                shop.post(shop.key, "/api/v1/wallet", Map.of("phone", "5555550100"))
                        .text("walletSession"),
                "five-off",
                "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.bridge.rows.queryForMap("select status, reason from reversal"))
                .containsEntry("status", "PARKED")
                .containsEntry("reason", "contact-unknown");
        assertThat(shop.aiq.requests("reverse")).isEmpty();
        assertThat(shop.aiq.requests("adjust")).isEmpty();
    }

    @Test
    void sends_nothing_for_a_sale_that_was_voided_before() {
        String redemption = shop.queued("five-off", "t-1");
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"void", "deleted"})
    void what_waits_for_a_sale_that_is_given_up_unpaid_is_released_and_may_be_chosen_again(String kind) {
        String redemption = shop.queued("five-off", "t-1");
        shop.till.update("insert into taking_back values ('t-1', 't-1', ?, ?, 42.5)", kind, shop.wallClock());
        shop.poll();
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        String again = shop.queued(shop.adasWalletAgain(), "five-off", "t-2").text("redemptionId");
        assertThat(shop.status(again))
                .as("its points and its discount are free")
                .isEqualTo("QUEUED");
        shop.rings("t-2", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(again)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
    }

    @Test
    void neither_an_old_void_of_the_same_id_nor_a_return_releases_what_waits() {
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.passes(Duration.ofMinutes(1));
        String redemption = shop.queued("five-off", "t-1");
        shop.till.update("insert into taking_back values ('r-1', 't-1', 'return', ?, 10)", shop.wallClock());
        shop.poll();
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
    }

    @Test
    void the_claim_itself_looks_at_the_sale_again() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.poll();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.bridge.rows.update("update pos_transaction set status = 'VOIDED'");
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        assertThat(shop.aiq.requests("wallet")).isEmpty();
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void an_observing_connection_says_what_it_would_do_and_does_nothing() {
        Shop.connection(
                folder,
                "watched",
                "make = view\nmode = observe\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n");
        shop.restart();
        shop.moveTo("watched");
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        assertThat(shop.bridge.rows.queryForList(
                        "select redemption_id from observation where would = 'redeem'", String.class))
                .containsExactly(redemption);
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void a_till_without_an_id_finds_its_sale_by_the_note() {
        var answer = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        assertThat(answer.status()).isEqualTo(202);
        shop.rings("t-9", null, 10);
        shop.till.update("update sale set note = ?", "thanks " + answer.text("note") + " bye");
        shop.pollAndExecute();
        Shop.Answer now = shop.get(shop.key, "/api/v1/redemptions/" + answer.text("redemptionId"));
        assertThat(now.text("status")).isEqualTo("EXECUTED");
        assertThat(now.text("transactionId")).isEqualTo("t-9");
        assertThat(now.json().path("points").asInt()).isEqualTo(100);
    }

    @Test
    void what_was_spent_since_the_wallet_was_opened_is_not_promised_again() {
        shop.aiq.contact("1001", "c-ada", "5555550100", "300");
        String session = shop.adasWallet().text("walletSession");
        shop.queued(session, "five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(shop.queued(session, "ten-percent", "t-2").text("type"))
                .as("200 points are left")
                .endsWith("discount-points-missing");
        assertThat(shop.queued(session, "five-off", "t-2").text("type"))
                .as("used")
                .endsWith("discount-already-chosen");
    }

    /** AIQ: section 2.1 [U], POST /wallet may leave the contact out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_customer_is_promised_a_discount_once_whether_aiq_names_them_or_not(boolean namedFirst) {
        shop.aiq.set("wallet-has-contact-id", "false");
        String named = shop.adasWallet().text("walletSession");
        String unnamed = shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "5555550100"))
                .text("walletSession");
        assertThat(shop.bridge.rows.queryForObject("select count(*) from contact", Integer.class))
                .isEqualTo(2);
        List<Shop.Answer> answers = new ArrayList<>();
        for (boolean atThisTill : new boolean[] {namedFirst, !namedFirst}) {
            answers.add(shop.post(
                    atThisTill ? shop.key : shop.otherKey,
                    "/api/v1/redemptions",
                    Map.of(
                            "walletSession",
                            atThisTill ? named : unnamed,
                            "discountId",
                            "five-off",
                            "transactionId",
                            "t-1"),
                    "Idempotency-Key",
                    "k"));
        }
        assertThat(answers).extracting(Shop.Answer::status).containsExactly(202, 409);
    }

    @Test
    void a_sale_has_one_redemption_also_when_that_is_executed_or_another_customers() {
        String ada = shop.adasWallet().text("walletSession");
        shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "5555550101"));
        String ben = shop.post(
                        shop.key, "/api/v1/wallet/view", Map.of("phone", "5555550101", "code", shop.aiq.pin("c-ben")))
                .text("walletSession");
        shop.queued(ada, "five-off", "t-1");
        assertThat(shop.queued(ben, "welcome", "t-1").text("type")).endsWith("sale-has-redemption");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.queued(ada, "welcome", "t-1").text("type")).endsWith("sale-has-redemption");
    }

    @Test
    void the_same_request_many_times_at_once_finds_the_same_redemption() {
        for (int i = 0; i < 10; i++) {
            shop.aiq.discount("1001", "gift-" + i, "0", false);
        }
        String session = shop.adasWallet().text("walletSession");
        for (int i = 0; i < 10; i++) {
            String number = Integer.toString(i);
            List<CompletableFuture<Shop.Answer>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> shop.post(
                                    shop.key,
                                    "/api/v1/redemptions",
                                    Map.of(
                                            "walletSession",
                                            session,
                                            "discountId",
                                            "gift-" + number,
                                            "transactionId",
                                            "t-" + number),
                                    "Idempotency-Key",
                                    number),
                            atOnce))
                    .limit(8)
                    .toList();
            assertThat(answers.stream()
                            .map(a -> a.join().status() + " " + a.join().text("redemptionId"))
                            .distinct())
                    .singleElement()
                    .asString()
                    .startsWith("202 ");
        }
        assertThat(shop.bridge.statuses()).hasSize(10);
    }

    @Test
    void the_caller_cannot_release_what_was_heard_to_be_completed() {
        Shop.connection(
                folder,
                "watched",
                "make = view\nmode = observe\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n");
        shop.restart();
        shop.moveTo("watched");
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.poll();
        assertThat(shop.post(shop.key, "/api/v1/redemptions/" + redemption + "/release", Map.of())
                        .text("type"))
                .endsWith("not-releasable");
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
    }

    @Test
    void another_connection_does_not_see_the_redemption_or_the_session() {
        String session = shop.adasWallet().text("walletSession");
        String redemption = shop.queued(session, "five-off", "t-1").text("redemptionId");
        assertThat(shop.get(shop.otherKey, "/api/v1/redemptions/" + redemption).status())
                .isEqualTo(404);
        assertThat(shop.post(
                                shop.otherKey,
                                "/api/v1/redemptions",
                                Map.of("walletSession", session, "discountId", "welcome"),
                                "Idempotency-Key",
                                "k")
                        .status())
                .isEqualTo(409);
    }
}
