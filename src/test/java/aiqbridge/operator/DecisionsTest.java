package aiqbridge.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.pos.PosModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people decide about what is parked: once, with a note, and never in a way that takes points twice unseen. */
class DecisionsTest {
    private static final Decision KIM = new Decision("kim", "talked to the customer", false);
    private static final Decision KIM_LOOKED = new Decision("kim", "talked to the customer", true);

    @TempDir
    Path folder;

    private Shop shop;
    private RedemptionDecisions redemptions;
    private ReversalDecisions reversals;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\n");
        shop = new Shop(
                folder,
                Stream.concat(
                                Stream.of(store()),
                                Stream.of(
                                        "aiq.redeem-timeout",
                                        "1s",
                                        "aiq.wallet-timeout",
                                        "1s",
                                        "aiq.connect-timeout",
                                        "1s",
                                        "reversal.deleted",
                                        "park"))
                        .toArray(String[]::new));
        decisions();
    }

    private void decisions() {
        redemptions = new RedemptionDecisions(
                shop.bridge.bridge().store().source(),
                TestBridge.HOME,
                shop.bridge.bridge().connections(),
                shop.clock);
        reversals = new ReversalDecisions(shop.bridge.bridge().store().source(), TestBridge.HOME, shop.clock);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** AIQ asks another price than was promised. */
    private String parked() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.discount("1001", "five-off", "150", false);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        return redemption;
    }

    /** It was sent, nobody knows what became of it, and nothing told within a day. */
    private String unclear(String fault) {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.fault("redeem", fault, 1);
        shop.aiq.set("report-lag-ms", "999999999");
        shop.aiq.fault(Map.of("operation", "timeline", "kind", "status-before-effect", "status", 500, "times", -1));
        shop.pollAndExecute();
        shop.clock.advance(Duration.ofHours(25));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        return redemption;
    }

    private List<String> audit(String subject) {
        return shop.bridge.rows.queryForList(
                "select actor || ' ' || action || ': ' || note from audit where subject = ? order by audit_id",
                String.class,
                subject);
    }

    private double ledger() {
        return shop.bridge.rows.queryForObject("select coalesce(sum(points), 0) from ledger", Double.class);
    }

    @Test
    void redeemed_again_it_is_sent_and_the_audit_log_says_who_wanted_that() {
        String redemption = parked();
        shop.aiq.discount("1001", "five-off", "100", false);
        redemptions.retry(redemption, null, KIM);
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(audit(redemption)).containsExactly("kim redemption-retry: talked to the customer");
    }

    @Test
    void what_was_unclear_is_redeemed_again_only_by_somebody_who_looked() {
        String redemption = unclear("reset-before-effect");
        DecisionRefused refused =
                catchThrowableOfType(DecisionRefused.class, () -> redemptions.retry(redemption, null, KIM));
        assertThat(refused.lookWanted()).isTrue();
        assertThat(refused.sentence()).contains("the points twice");
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        assertThat(audit(redemption)).isEmpty();
        asked(redemption);
        redemptions.retry(redemption, null, KIM_LOOKED);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    /** The first try has AIQ asked. */
    private void asked(String redemption) {
        assertThatThrownBy(() -> redemptions.retry(redemption, null, KIM_LOOKED))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("AIQ is being asked")
                .hasMessageContaining("Decide again in a minute");
        shop.passes(Duration.ofSeconds(30));
        shop.bridge.run("redemption-settle");
    }

    /** AIQ took the points, and its lists lag a day behind. */
    @Test
    void redeem_again_looks_into_aiqs_records_first() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.aiq.set("report-lag-ms", "999999999");
        shop.pollAndExecute();
        for (int hour = 0; hour < 25; hour++) {
            shop.passes(Duration.ofHours(1));
            shop.bridge.run("redemption-settle");
        }
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        shop.passes(Duration.ofHours(5));
        shop.aiq.set("report-lag-ms", "0");
        asked(redemption);
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThatThrownBy(() -> redemptions.retry(redemption, null, KIM_LOOKED))
                .hasMessageContaining("the redemption is EXECUTED");
        shop.pollAndExecute();
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
        assertThat(ledger()).isEqualTo(100);
        assertThat(audit(redemption)).isEmpty();
    }

    @Test
    void what_aiq_answered_longer_than_ten_minutes_ago_or_without_a_list_is_not_good_enough() {
        String redemption = unclear("reset-before-effect");
        asked(redemption);
        shop.passes(Duration.ofMinutes(10).plusMillis(1));
        asked(redemption);
        shop.passes(Duration.ofMinutes(11));
        shop.aiq.set("report-lag-ms", "99999999999");
        shop.aiq.set("null-lists", "true");
        asked(redemption);
        asked(redemption);
        shop.aiq.set("null-lists", "false");
        asked(redemption);
        redemptions.retry(redemption, null, KIM_LOOKED);
        assertThat(shop.status(redemption)).isEqualTo("DUE");
    }

    /** Else the person would wait for what nobody asks. */
    @Test
    void a_person_waits_for_aiqs_records_where_the_settling_reads_them() throws IOException {
        Matcher asked = Pattern.compile(
                        "p[.]status = 'PARKED' and (p[.]reason .*) and p[.]next_attempt_at <= :#now\\s+and (p[.]unknown_since .*)\\) asked")
                .matcher(Files.readString(Path.of("routes/redemption/settle/unknown-rows.sql")));
        assertThat(asked.find()).isTrue();
        assertThat(Files.readString(Path.of("routes/redemption/decide/to-decide.sql")))
                .contains(("case when p.status = 'PARKED' and " + asked.group(1) + " and " + asked.group(2))
                                .replace("p.", "r.")
                        + " then 1 else 0 end as asked");
    }

    @Test
    void while_aiq_refuses_the_key_nobody_is_told_that_it_is_being_asked() {
        String redemption = unclear("reset-before-effect");
        shop.bridge.rows.update("update account set paused_at = ?, paused_reason = 'refused'", shop.clock.millis());
        assertThatThrownBy(() -> redemptions.retry(redemption, null, KIM_LOOKED))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("does not accept the account's key");
    }

    @Test
    void after_a_month_aiq_is_no_longer_asked_and_a_person_alone_knows() {
        String redemption = unclear("reset-before-effect");
        shop.passes(Duration.ofDays(31));
        redemptions.retry(redemption, null, KIM_LOOKED);
        assertThat(shop.status(redemption)).isEqualTo("DUE");
    }

    @Test
    void what_was_unclear_is_not_simply_released() {
        String redemption = unclear("reset-before-effect");
        assertThatThrownBy(() -> redemptions.release(redemption, KIM_LOOKED))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("mark it as done");
        assertThatThrownBy(() -> redemptions.notExecuted(redemption, KIM)).isInstanceOf(DecisionRefused.class);
        redemptions.notExecuted(redemption, KIM_LOOKED);
        assertThat(shop.bridge.rows.queryForMap("select status, reason from redemption"))
                .containsEntry("status", "RELEASED")
                .containsEntry("reason", "not executed");
        shop.pollAndExecute();
        assertThat(shop.aiq.effects("REDEEMED")).isEmpty();
    }

    @Test
    void marked_as_executed_the_books_are_as_if_aiq_had_answered() {
        String redemption = unclear("reset-after-effect");
        String aiqId = shop.aiq.effects("REDEEMED").get(0).path("redemptionID").asText();
        assertThatThrownBy(() -> redemptions.executed(redemption, aiqId, KIM)).isInstanceOf(DecisionRefused.class);
        assertThatThrownBy(() -> redemptions.executed(redemption, "https://aiq/redeem/1", KIM_LOOKED))
                .hasMessageContaining("not an id of AIQ's");
        redemptions.executed(redemption, aiqId, KIM_LOOKED);
        assertThat(shop.bridge.rows.queryForMap("select status, aiq_redemption_id from redemption"))
                .containsEntry("status", "EXECUTED")
                .containsEntry("aiq_redemption_id", aiqId);
        assertThat(shop.bridge.rows.queryForMap(
                        "select kind, transaction_id, local_date, aiq_redemption_id from ledger"))
                .containsEntry("kind", "REDEEMED")
                .containsEntry("transaction_id", "t-1")
                .containsEntry("aiq_redemption_id", aiqId)
                .containsEntry(
                        "local_date",
                        shop.clock.instant().atZone(Shop.ZONE).toLocalDate().toString());
        assertThat(ledger()).isEqualTo(100);
        shop.bridge.run("pos-write-back-till");
        assertThat(shop.till.queryForObject("select points from aiq_points where transaction_id = 't-1'", Double.class))
                .isEqualTo(100);
        assertThatThrownBy(() -> redemptions.executed(redemption, aiqId, KIM_LOOKED))
                .hasMessageContaining("EXECUTED");
        assertThat(ledger()).isEqualTo(100);
    }

    @Test
    void one_of_aiqs_redemptions_stands_for_one_of_ours() {
        String redemption = unclear("reset-after-effect");
        String aiqId = shop.aiq.effects("REDEEMED").get(0).path("redemptionID").asText();
        redemptions.executed(redemption, aiqId, KIM_LOOKED);
        String other = row("PARKED");
        assertThatThrownBy(() -> redemptions.executed(other, aiqId, KIM_LOOKED))
                .hasMessageContaining("already belongs to " + redemption);
        shop.bridge.rows.update("delete from evidence");
        assertThatThrownBy(() -> redemptions.executed(other, aiqId, KIM_LOOKED))
                .hasMessageContaining("already belongs to " + redemption);
        assertThat(shop.status(other)).isEqualTo("PARKED");
        redemptions.executed(other, null, KIM_LOOKED);
        assertThat(shop.status(other)).isEqualTo("EXECUTED");
    }

    @Test
    void clicked_many_times_at_once_it_is_done_once() throws Exception {
        String redemption = unclear("reset-after-effect");
        ExecutorService people = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> clicks = people.invokeAll(Stream.<Callable<Boolean>>generate(() -> () -> {
                    try {
                        redemptions.executed(redemption, null, KIM_LOOKED);
                        return true;
                    } catch (DecisionRefused refused) {
                        return false;
                    }
                })
                .limit(8)
                .toList());
        people.shutdown();
        int done = 0;
        for (Future<Boolean> click : clicks) {
            done += click.get() ? 1 : 0;
        }
        assertThat(done).isEqualTo(1);
        assertThat(ledger()).isEqualTo(100);
        assertThat(audit(redemption)).hasSize(1);
    }

    @Test
    void nothing_is_redeemed_behind_a_shops_back() {
        String redemption = row("PARKED");
        shop.bridge.rows.update("update redemption set model = 'IMMEDIATE' where redemption_id = ?", redemption);
        assertThatThrownBy(() -> redemptions.retry(redemption, null, KIM_LOOKED))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("nothing may be redeemed now");
        shop.bridge.rows.update(
                "update redemption set model = 'INFORMATIONAL', redeems = 'pos-native' where redemption_id = ?",
                redemption);
        assertThatThrownBy(() -> redemptions.retry(redemption, null, KIM_LOOKED))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("till redeems it itself");
        redemptions.release(redemption, KIM);
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
    }

    @Test
    void a_note_on_two_sales_waits_for_somebody_to_say_which_one() {
        String session = shop.adasWallet().text("walletSession");
        Shop.Answer queued = shop.queued(session, "five-off", null);
        String redemption = queued.text("redemptionId");
        for (String sale : List.of("t-1", "t-2")) {
            shop.rings(sale, "5555550100", 42.5);
            shop.till.update("update sale set note = ? where id = ?", queued.text("note"), sale);
        }
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        assertThat(redemptions.sales(redemption))
                .extracting(s -> s.get("transaction_id"))
                .containsExactly("t-1", "t-2");
        assertThatThrownBy(() -> redemptions.retry(redemption, null, KIM)).hasMessageContaining("which sale");
        assertThatThrownBy(() -> redemptions.retry(redemption, "t-9", KIM)).hasMessageContaining("not completed");
        redemptions.retry(redemption, "t-2", KIM);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED"))
                .singleElement()
                .satisfies(e -> assertThat(e.path("transactionID").asText()).isEqualTo("t-2"));
        assertThatThrownBy(() -> redemptions.retry(rowOf("five-off"), "t-2", KIM))
                .hasMessageContaining("already has a redemption");
    }

    @Test
    void a_sale_that_was_taken_back_is_not_redeemed_and_what_aiq_took_for_it_goes_back() {
        String redemption = unclear("reset-after-effect");
        shop.till.update("update sale set state = 'void'");
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        assertThatThrownBy(() -> redemptions.retry(redemption, null, KIM_LOOKED))
                .hasMessageContaining("reversed meanwhile");
        redemptions.executed(
                redemption,
                shop.aiq.effects("REDEEMED").get(0).path("redemptionID").asText(),
                KIM_LOOKED);
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertThat(ledger()).isZero();
    }

    @Test
    void a_till_that_only_observes_redeems_nothing_until_the_retailer_lets_it_go_live() {
        String redemption = parked();
        shop.restart(() -> Shop.connection(
                folder,
                "till",
                "mode = page\nmake = view\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "\njdbc.username = reader\n"));
        decisions();
        assertThatThrownBy(() -> redemptions.retry(redemption, null, KIM_LOOKED))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("only observes");
        new PosModes(
                        shop.bridge.bridge().connections().pos(),
                        shop.bridge.bridge().store().source(),
                        shop.clock)
                .change("till", true, "kim");
        redemptions.retry(redemption, null, KIM_LOOKED);
        assertThat(shop.status(redemption)).isEqualTo("DUE");
    }

    @Test
    void after_a_restore_everything_may_have_been_sent_already() {
        String redemption = parked();
        shop.bridge.rows.update("update installation set restored_at = ?", shop.clock.millis() + 1);
        assertThatThrownBy(() -> redemptions.retry(redemption, null, KIM))
                .isInstanceOfSatisfying(
                        DecisionRefused.class, r -> assertThat(r.lookWanted()).isTrue());
        assertThatThrownBy(() -> redemptions.release(redemption, KIM)).isInstanceOf(DecisionRefused.class);
    }

    @Test
    void an_executed_one_is_taken_back_once_when_a_person_asks() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        redemptions.reverse(redemption, null, KIM);
        assertThatThrownBy(() -> redemptions.reverse(redemption, null, KIM))
                .hasMessageContaining("already has a reversal");
        shop.poll();
        shop.bridge.run("reversal-execute");
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertThat(ledger()).isZero();
        assertThat(audit(redemption)).containsExactly("kim redemption-reverse: talked to the customer");
    }

    @Test
    void a_parked_one_of_which_aiq_took_the_points_is_taken_back() {
        String redemption = unclear("reset-after-effect");
        assertThatThrownBy(() -> redemptions.reverse(redemption, null, KIM)).isInstanceOf(DecisionRefused.class);
        redemptions.reverse(
                redemption,
                shop.aiq.effects("REDEEMED").get(0).path("redemptionID").asText(),
                KIM_LOOKED);
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertThat(shop.bridge.rows.queryForList("select kind from ledger order by ledger_id", String.class))
                .containsExactly("REDEEMED", "REVERSED");
    }

    /** A deleted sale's reversal is parked by default. */
    private String parkedReversal() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        redemptions.reverse(redemption, null, KIM);
        shop.bridge.rows.update("update reversal set status = 'PARKED', reason = 'order-again'");
        return "v-" + redemption;
    }

    @Test
    void a_parked_reversal_is_sent_when_a_person_wants_it() {
        String reversal = parkedReversal();
        reversals.retry(reversal, KIM);
        assertThatThrownBy(() -> reversals.retry(reversal, KIM)).hasMessageContaining("WANTED");
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertThat(ledger()).isZero();
        assertThat(audit(reversal.substring(2))).contains("kim reversal-retry: talked to the customer");
    }

    @Test
    void an_unclear_reversal_is_sent_again_only_by_somebody_who_looked() {
        String reversal = parkedReversal();
        shop.bridge.rows.update("update reversal set reason = 'unclear'");
        assertThatThrownBy(() -> reversals.retry(reversal, KIM))
                .isInstanceOfSatisfying(
                        DecisionRefused.class, r -> assertThat(r.lookWanted()).isTrue());
        assertThatThrownBy(() -> reversals.giveUp(reversal, KIM)).isInstanceOf(DecisionRefused.class);
        reversals.giveUp(reversal, KIM_LOOKED);
        assertThat(shop.bridge.rows.queryForMap("select status, reason from reversal"))
                .containsEntry("status", "REJECTED")
                .containsEntry("reason", "left as taken");
        assertThatThrownBy(() -> reversals.giveUp(reversal, KIM_LOOKED)).isInstanceOf(DecisionRefused.class);
        assertThat(ledger()).isEqualTo(100);
    }

    @Test
    void a_reversal_made_by_hand_in_aiq_is_written_into_the_books_also_when_aiq_had_refused_it() {
        String reversal = parkedReversal();
        reversals.giveUp(reversal, KIM);
        assertThatThrownBy(() -> reversals.done(reversal, KIM)).isInstanceOf(DecisionRefused.class);
        reversals.done(reversal, KIM_LOOKED);
        assertThat(shop.bridge.rows.queryForObject("select status from reversal", String.class))
                .isEqualTo("DONE");
        assertThat(ledger()).isZero();
        shop.bridge.run("pos-write-back-till");
        assertThat(shop.till.queryForObject("select points from aiq_points where transaction_id = 't-1'", Double.class))
                .isZero();
        assertThatThrownBy(() -> reversals.done(reversal, KIM_LOOKED)).hasMessageContaining("DONE");
        assertThat(shop.aiq.requests("reverse")).isEmpty();
    }

    @Test
    void a_note_is_needed_and_holds_no_phone() {
        assertThatThrownBy(() -> new Decision("kim", " ", true))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("note");
        assertThatThrownBy(() -> new Decision("kim", "x".repeat(501), true)).isInstanceOf(DecisionRefused.class);
        assertThat(new Decision("kim", "Ada, (303) 555-0142 or ada@example.com,\n says twice on 2026-11-25", true)
                        .note())
                .isEqualTo("Ada, …0142 or a…@…, says twice on 2026-11-25");
    }

    @Test
    void what_does_not_exist_cannot_be_decided() {
        assertThatThrownBy(() -> redemptions.release("' or '1'='1", KIM))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("There is no redemption");
        assertThatThrownBy(() -> redemptions.retry("r\u0000", "t\u0000", KIM)).isInstanceOf(DecisionRefused.class);
        assertThatThrownBy(() -> reversals.retry("v-none", KIM))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("There is no reversal");
    }

    private static final List<String> STATES =
            List.of("QUEUED", "SELECTED", "DUE", "EXECUTING", "EXECUTED", "REJECTED", "UNKNOWN", "PARKED", "RELEASED");
    private static final Map<String, List<String>> WAY = Map.of(
            "QUEUED",
            List.of("QUEUED"),
            "SELECTED",
            List.of("SELECTED"),
            "DUE",
            List.of("DUE"),
            "EXECUTING",
            List.of("DUE", "EXECUTING"),
            "EXECUTED",
            List.of("DUE", "EXECUTING", "EXECUTED"),
            "REJECTED",
            List.of("DUE", "EXECUTING", "REJECTED"),
            "UNKNOWN",
            List.of("DUE", "EXECUTING", "UNKNOWN"),
            "PARKED",
            List.of("DUE", "PARKED"),
            "RELEASED",
            List.of("QUEUED", "RELEASED"));
    private int number;

    private String row(String status) {
        return row(status, "some-" + ++number);
    }

    private String rowOf(String discount) {
        return row("PARKED", discount);
    }

    /** A redemption whose sale is completed, in the given state. */
    private String row(String status, String discount) {
        String id = "r-" + ++number;
        long now = shop.clock.millis();
        shop.bridge.rows.update(
                "insert into contact (customer_key, account_id, identity, contact_id, phone, created_at, updated_at) values ('k', 'green-leaf', 'i', 'c-ada', '+13035550142', 1, 1) on conflict do nothing");
        shop.bridge.rows.update(
                "insert into pos_transaction (connection, location, transaction_id, status, completed_at, total, seen_at, heard_at, updated_at) values ('till', 'main', ?, 'COMPLETED', ?, 10, 1, 1, 1)",
                "sale-" + id,
                now);
        List<String> way = WAY.get(status);
        shop.bridge.rows.update("""
            insert into redemption (redemption_id, account_id, connection, location, model, status, note, transaction_id, customer_key, contact_id, discount_id, discount_name, points, reusable, queued_at, expires_at, next_attempt_at, created_at, updated_at)
            values (?, 'green-leaf', 'till', 'main', 'POS', ?, ?, ?, 'k', 'c-ada', ?, 'd', 1, 1, ?, ?, 1, ?, ?)""", id, way.get(0), "n-" + id, "sale-" + id, discount, now, now + 1, now, now);
        way.subList(1, way.size())
                .forEach(next -> shop.bridge.rows.update(
                        "update redemption set status = ?, fence = case when ? = 'EXECUTING' then fence + 1 else fence end where redemption_id = ?",
                        next,
                        next,
                        id));
        return id;
    }

    @Test
    void every_decision_is_tried_in_every_state_and_is_right_or_refused_with_a_sentence() {
        Map<String, java.util.function.Consumer<String>> all = new LinkedHashMap<>();
        all.put("retry", id -> redemptions.retry(id, null, KIM_LOOKED));
        all.put("release", id -> redemptions.release(id, KIM_LOOKED));
        all.put("not executed", id -> redemptions.notExecuted(id, KIM_LOOKED));
        all.put("executed", id -> redemptions.executed(id, "aiq-" + id, KIM_LOOKED));
        all.put("reverse", id -> redemptions.reverse(id, "aiq-" + id, KIM_LOOKED));
        all.put("looked at", id -> redemptions.lookedAt(id, KIM_LOOKED));
        Set<String> right = new TreeSet<>();
        for (String status : STATES) {
            all.forEach((name, decision) -> {
                String id = row(status);
                Map<String, Object> before =
                        shop.bridge.rows.queryForMap("select * from redemption where redemption_id = ?", id);
                boolean offered = redemptions.choices(id).stream()
                        .anyMatch(choice -> choice.decision().replace('-', ' ').equals(name));
                try {
                    decision.accept(id);
                    assertThat(offered).as(name + " " + status).isTrue();
                    right.add(name + " " + status + " → " + shop.status(id));
                    assertThat(audit(id)).hasSize(1);
                } catch (DecisionRefused refused) {
                    assertThat(offered).as(name + " " + status).isFalse();
                    assertThat(refused.sentence()).matches("[A-Z].*[.]").contains(status);
                    assertThat(refused.hint()).matches("[A-Z].*[.]");
                    assertThat(shop.bridge.rows.queryForMap("select * from redemption where redemption_id = ?", id))
                            .isEqualTo(before);
                    assertThat(audit(id)).isEmpty();
                }
            });
        }
        assertThat(new ArrayList<>(right))
                .containsExactly(
                        "executed PARKED → EXECUTED",
                        "looked at REJECTED → REJECTED",
                        "not executed PARKED → RELEASED",
                        "release PARKED → RELEASED",
                        "retry PARKED → DUE",
                        "reverse EXECUTED → EXECUTED",
                        "reverse PARKED → EXECUTED");
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from reversal where status = 'WANTED'", Integer.class))
                .isEqualTo(2);
    }
}
