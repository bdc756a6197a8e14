package aiqbridge.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one list of what people have to look at: why, what is known, what may be done; and that it empties. */
class NeedsLookTest {
    private static final Decision KIM = new Decision("kim", "asked the store", false);
    private static final Decision KIM_LOOKED = new Decision("kim", "asked the store", true);

    @TempDir
    Path folder;

    private Shop shop;
    private NeedsLook list;
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
                                        "aiq.redeem-timeout", "1s", "aiq.wallet-timeout", "1s", "reversal.brake", "0"))
                        .toArray(String[]::new));
        list = new NeedsLook(
                shop.bridge.bridge().store().source(),
                TestBridge.HOME,
                shop.bridge.bridge().connections(),
                shop.clock);
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

    private List<NeedsLook.Line> all() {
        return list.list(null, null, 100);
    }

    private NeedsLook.Line only() {
        assertThat(all()).hasSize(1);
        return all().get(0);
    }

    /** Each one's id and why, in the words of the database. */
    private List<String> reasons() {
        return all().stream()
                .flatMap(line -> line.why().stream().map(NeedsLook.Why::reason))
                .toList();
    }

    private static List<String> commands(NeedsLook.Line line) {
        return line.choices().stream().map(Choice::command).toList();
    }

    private static String known(NeedsLook.Line line) {
        return String.join(
                "\n",
                line.evidence().stream().map(e -> e.what() + " | " + e.detail()).toList());
    }

    private String executed(String sale) {
        String redemption = shop.queued("five-off", sale);
        shop.rings(sale, "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        return redemption;
    }

    private void returns(String id, String sale, double amount) {
        shop.till.update("insert into taking_back values (?, ?, 'return', ?, ?)", id, sale, shop.wallClock(), amount);
        shop.poll();
    }

    @Test
    void a_parked_one_says_why_what_is_known_and_what_may_be_done() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.aiq.set("report-lag-ms", "999999999");
        shop.pollAndExecute();
        assertThat(all()).as("it is settled automatically").isEmpty();
        for (int hour = 0; hour < 26; hour++) {
            shop.passes(Duration.ofHours(1));
            shop.bridge.run("redemption-settle");
        }
        NeedsLook.Line line = only();
        assertThat(line.redemption().id()).isEqualTo(redemption);
        assertThat(line.redemption().customer()).isEqualTo("…0100");
        assertThat(line.why()).singleElement().satisfies(why -> {
            assertThat(why.reason()).isEqualTo("unclear");
            assertThat(why.words()).isEqualTo("It was sent, and AIQ's answer stayed unclear.");
            assertThat(why.action()).startsWith("Look in AIQ at this customer's points first");
        });
        assertThat(known(line))
                .contains(
                        "The till completed sale t-1 over 42.50 by kim",
                        "Sent to AIQ, attempt 1",
                        "AIQ's answer: UNKNOWN",
                        "AIQ's lists were read last | they do not show that it took the points")
                .doesNotContain("5555550100");
        assertThat(commands(line))
                .containsExactly(
                        "redemptions retry",
                        "redemptions done --executed",
                        "redemptions done --not-executed",
                        "redemptions reverse");
        assertThatThrownBy(() -> redemptions.lookedAt(redemption, KIM))
                .isInstanceOf(DecisionRefused.class)
                .hasMessageContaining("Only a decision ends that");
        redemptions.notExecuted(redemption, KIM_LOOKED);
        assertThat(all()).isEmpty();
    }

    @Test
    void a_discount_given_without_points_is_listed_until_somebody_looked_at_it() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.contact("1001", "c-ada", "5555550100", "10");
        shop.refused();
        assertThat(shop.status(redemption)).isEqualTo("REJECTED");
        assertThat(reasons()).containsExactly("discount-locked");
        assertThat(commands(only())).containsExactly("redemptions looked-at");
        redemptions.lookedAt(redemption, KIM);
        assertThat(all()).isEmpty();
        assertThat(shop.bridge.rows.queryForList(
                        "select actor || ' ' || action || ': ' || note from audit where subject = ?",
                        String.class,
                        redemption))
                .containsExactly("kim redemption-looked-at: asked the store");
        assertThatThrownBy(() -> redemptions.lookedAt(redemption, KIM)).hasMessageContaining("does not need a look");
    }

    @Test
    void where_a_checkout_waited_nobody_has_the_discount() {
        shop.bridge.rows.update(
                "insert into contact (customer_key, account_id, identity, phone, created_at, updated_at) values ('k', 'green-leaf', 'i', '+13035550142', 1, 1)");
        refused("r-1", "IMMEDIATE");
        assertThat(all()).isEmpty();
        for (String model : List.of("POS", "INFORMATIONAL", "PAID")) {
            refused("r-" + model, model);
        }
        assertThat(all()).hasSize(3);
    }

    private void refused(String id, String model) {
        shop.bridge.rows.update("""
            insert into redemption (redemption_id, account_id, connection, location, model, status, note, customer_key, discount_id, discount_name, points, reusable, queued_at, expires_at, next_attempt_at, created_at, updated_at)
            values (?, 'green-leaf', 'till', 'main', ?, 'DUE', ?, 'k', ?, 'd', 1, 1, 1, 1, 1, 1, 1)""", id, model, id, id);
        shop.bridge.rows.update(
                "update redemption set status = 'EXECUTING', fence = fence + 1 where redemption_id = ?", id);
        shop.bridge.rows.update(
                "update redemption set status = 'REJECTED', reason = 'discount-gone' where redemption_id = ?", id);
    }

    @Test
    void a_flag_is_listed_until_somebody_looked_at_it_and_again_for_the_next_one() {
        String redemption = executed("t-1");
        assertThat(all()).isEmpty();
        returns("r-1", "t-1", 2);
        assertThat(reasons()).containsExactly("partly-returned");
        assertThat(commands(only())).containsExactly("redemptions reverse", "redemptions looked-at");
        redemptions.lookedAt(redemption, KIM);
        assertThat(all()).isEmpty();
        shop.poll();
        assertThat(all()).as("the same part").isEmpty();
        returns("r-2", "t-1", 3);
        assertThat(reasons()).as("another part").containsExactly("partly-returned");
        redemptions.lookedAt(redemption, KIM);
        shop.bridge.rows.update("update redemption set flag = 'completed-again'");
        assertThat(reasons()).as("another flag").containsExactly("completed-again");
        redemptions.reverse(redemption, null, KIM);
        assertThat(all()).as("who decides has seen the flag").isEmpty();
    }

    @Test
    void a_reversal_that_the_brake_holds_up_is_listed_once_it_takes_too_long() {
        String redemption = executed("t-1");
        returns("r-1", "t-1", 42.5);
        assertThat(all()).as("it may still be made").isEmpty();
        shop.passes(Duration.ofMinutes(16));
        assertThat(reasons()).containsExactly("reversal-not-made");
        redemptions.lookedAt(redemption, KIM);
        assertThat(all()).isEmpty();
        shop.bridge.rows.update("update brake set braked_at = null, released_at = ?", shop.clock.millis());
        shop.poll();
        assertThat(shop.bridge.rows.queryForList("select status from reversal", String.class))
                .containsExactly("WANTED");
        assertThat(all()).as("made, and not late").isEmpty();
        shop.passes(Duration.ofMinutes(16));
        assertThat(reasons()).containsExactly("reversal-waits");
        shop.bridge.rows.update("update reversal set status = 'PARKED', reason = 'contact-unknown'");
        assertThat(reasons()).containsExactly("contact-unknown");
        assertThat(commands(only())).containsExactly("reversals retry", "reversals done", "reversals give-up");
        reversals.giveUp("v-" + redemption, KIM);
        assertThat(all()).isEmpty();
    }

    @Test
    void a_reversal_that_aiq_refused_is_listed_until_somebody_leaves_the_points_as_taken() {
        String redemption = executed("t-1");
        redemptions.reverse(redemption, null, KIM);
        shop.bridge.rows.update("update reversal set status = 'UNKNOWN', unknown_since = ?", shop.clock.millis());
        shop.bridge.rows.update("update reversal set status = 'REJECTED', reason = 'refused'");
        assertThat(reasons()).containsExactly("refused");
        reversals.giveUp("v-" + redemption, KIM);
        assertThat(all()).isEmpty();
        assertThatThrownBy(() -> reversals.giveUp("v-" + redemption, KIM)).hasMessageContaining("nothing to give up");
        assertThat(list.choices(redemption))
                .extracting(Choice::command)
                .containsExactly("reversals retry", "reversals done");
    }

    @Test
    void what_waits_is_listed_when_it_takes_longer_than_usual_and_not_before() {
        String redemption = shop.queued("five-off", "t-1");
        shop.passes(Duration.ofHours(6).minusSeconds(1));
        assertThat(all()).as("its sale is still open").isEmpty();
        shop.passes(Duration.ofSeconds(1));
        assertThat(reasons()).as("a quarter of its life").containsExactly("waits-for-sale");
        redemptions.lookedAt(redemption, KIM);
        assertThat(all()).isEmpty();
        shop.rings("t-1", "5555550100", 42.5);
        shop.poll();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.passes(Duration.ofMinutes(15).minusMillis(1));
        assertThat(all()).isEmpty();
        shop.passes(Duration.ofMillis(1));
        assertThat(reasons()).containsExactly("waits-to-be-sent");
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        assertThat(all()).as("the doubt is young").isEmpty();
        shop.passes(Duration.ofMinutes(33));
        assertThat(reasons()).containsExactly("waits-for-evidence");
    }

    @Test
    void a_sale_that_is_completed_and_makes_nothing_due_is_noticed() {
        String redemption = shop.queued("five-off", "t-1");
        shop.bridge.rows.update(
                "insert into pos_transaction (connection, location, transaction_id, status, completed_at, total, seen_at, heard_at, updated_at) values ('till', 'main', 't-1', 'COMPLETED', ?, 10, 1, ?, 1)",
                shop.clock.millis(),
                shop.clock.millis());
        shop.passes(Duration.ofMinutes(16));
        assertThat(reasons()).containsExactly("not-made-due");
        shop.bridge.rows.update(
                "insert into observation (redemption_id, connection, would, observed_at) values (?, 'till', 'redeem', 1)",
                redemption);
        assertThat(all()).as("its till only observes").isEmpty();
    }

    @Test
    void how_long_is_usual_is_learnt_from_the_connections_own_redemptions() {
        executed("t-1");
        long now = shop.clock.millis();
        for (int i = 0; i < 20; i++) {
            shop.bridge.rows.update("""
                insert into redemption (redemption_id, account_id, connection, location, model, status, note, customer_key, discount_id, discount_name, points, reusable, queued_at, due_at, expires_at, next_attempt_at, created_at, updated_at)
                select 'old-' || ?, account_id, connection, location, model, 'QUEUED', ?, customer_key, ?, discount_name, points, 1, ?, ?, expires_at, 1, 1, 1 from redemption where status = 'EXECUTED'""", i, "n" + i, "d" + i, now - 36_000_000, now - 7_200_000);
            shop.bridge.rows.update("""
                insert into ledger (account_id, redemption_id, kind, connection, location, customer_key, discount_id, discount_name, points, happened_at, local_date)
                select account_id, redemption_id, 'REDEEMED', connection, location, customer_key, discount_id, discount_name, points, ?, '2026-01-01' from redemption where redemption_id = ?""", now - 6_000_000, "old-" + i);
            shop.bridge.rows.update("update redemption set status = 'RELEASED' where redemption_id = ?", "old-" + i);
        }
        shop.bridge.run("redemption-watch");
        assertThat(shop.bridge.rows.queryForList(
                        "select model || ' ' || for_sale_ms || ' ' || to_send_ms from usual_wait where connection = 'till'",
                        String.class))
                .as("eight hours to the sale, twenty minutes from then on; three times that is too long")
                .containsExactly("POS " + 3 * 28_800_000 + " " + 3 * 1_200_000);
        String slow = shop.queued(shop.adasWalletAgain(), "welcome", "t-2").text("redemptionId");
        shop.rings("t-2", "5555550100", 42.5);
        shop.poll();
        shop.passes(Duration.ofMinutes(59));
        assertThat(all()).as("this till takes its time").isEmpty();
        shop.passes(Duration.ofMinutes(2));
        assertThat(only().redemption().id()).isEqualTo(slow);
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from usual_wait where connection = 'other-till'", Integer.class))
                .as("it has redeemed nothing yet")
                .isZero();
    }

    @Test
    void a_sale_with_the_discount_after_its_redemption_was_released_is_flagged() {
        String expired = shop.queued("five-off", "t-1");
        shop.passes(Duration.ofHours(25));
        shop.bridge.run("redemption-expire");
        assertThat(shop.status(expired)).isEqualTo("RELEASED");
        String released = shop.queued(shop.adasWalletAgain(), "welcome", "t-2").text("redemptionId");
        shop.post(shop.key, "/api/v1/redemptions/" + released + "/release", Map.of());
        assertThat(shop.status(released)).isEqualTo("RELEASED");
        assertThat(all()).isEmpty();
        shop.rings("t-1", "5555550100", 42.5);
        shop.rings("t-2", "5555550100", 42.5);
        shop.poll();
        assertThat(all())
                .as("a till that shows no discounts is taken at its word when it released one itself")
                .extracting(line -> line.redemption().id())
                .containsExactly(expired);
        assertThat(known(only())).contains("The till completed sale t-1");
        redemptions.lookedAt(expired, KIM);
        shop.poll();
        assertThat(all()).isEmpty();
        shop.till.update("update sale set discount_ids = 'staff, welcome' where id = 't-2'");
        shop.bridge.rows.update(
                "update pos_transaction set discount_ids = 'staff, welcome' where transaction_id = 't-2'");
        shop.poll();
        assertThat(reasons()).containsExactly("sale-after-release");
        assertThat(only().redemption().id()).isEqualTo(released);
    }

    @Test
    void a_sale_with_the_note_or_with_the_discount_of_an_expired_selection_is_flagged() {
        String noted = expiredSelection("five-off"), seen = expiredSelection("welcome");
        shop.rings("t-1", "5555550100", 42.5);
        shop.rings("t-2", "5555550100", 12);
        shop.rings("t-3", "3035550111", 12);
        shop.till.update(
                "update sale set note = ? where id = 't-1'",
                shop.bridge.rows.queryForObject(
                        "select note from redemption where redemption_id = ?", String.class, noted));
        shop.till.update("update sale set discount_ids = 'staff, five-off' where id = 't-3'");
        shop.poll();
        assertThat(all()).extracting(line -> line.redemption().id()).containsExactly(noted);
        assertThat(known(only())).contains("Sale t-1 over 42.50 by kim may be its own | it bears its note");
        redemptions.lookedAt(noted, KIM);
        shop.bridge.rows.update(
                "update pos_transaction set discount_ids = 'staff, welcome' where transaction_id = 't-2'");
        shop.till.update("update sale set discount_ids = 'staff, welcome' where id = 't-2'");
        shop.poll();
        assertThat(only().redemption().id()).isEqualTo(seen);
        assertThat(known(only())).contains("Sale t-2 over 12.00 by kim may be its own | it is the customer's");
    }

    private String expiredSelection(String discount) {
        String redemption =
                shop.queued(shop.adasWalletAgain(), discount, "none").text("redemptionId");
        shop.bridge.rows.update(
                "update redemption set model = 'INFORMATIONAL', storefront = 'web', transaction_id = null where redemption_id = ?",
                redemption);
        shop.passes(Duration.ofHours(25));
        shop.bridge.run("redemption-expire");
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        return redemption;
    }

    @Test
    void a_sale_that_does_not_show_the_discount_is_none_of_it() {
        String expired = shop.queued("five-off", "t-1");
        shop.passes(Duration.ofHours(25));
        shop.bridge.run("redemption-expire");
        shop.rings("t-1", "5555550100", 42.5);
        shop.till.update("update sale set discount_ids = 'staff'");
        shop.poll();
        assertThat(shop.status(expired)).isEqualTo("RELEASED");
        assertThat(all()).isEmpty();
    }

    @Test
    void what_a_long_run_leaves_without_words_or_unlisted_is_noticed() {
        String redemption = executed("t-1");
        Listed.everything(shop.bridge.rows, shop.clock.millis());
        shop.bridge.rows.update("update redemption set flag = 'never-heard-of'");
        assertThatThrownBy(() -> Listed.everything(shop.bridge.rows, shop.clock.millis()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("never-heard-of")
                .hasMessageContaining("no words");
        shop.bridge.rows.update("update redemption set flag = 'completed-again'");
        Listed.everything(shop.bridge.rows, shop.clock.millis());
        shop.bridge.rows.execute("drop view needs_look");
        shop.bridge.rows.execute(
                "create view needs_look as select redemption_id as subject_id, flag as reason, 0 as look_at from redemption where 1 = 0");
        assertThatThrownBy(() -> Listed.everything(shop.bridge.rows, shop.clock.millis()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nobody is shown these")
                .hasMessageContaining(redemption);
    }

    @Test
    void it_is_the_list_of_an_account_or_a_connection_if_that_is_asked_for() {
        executed("t-1");
        returns("r-1", "t-1", 2);
        assertThat(list.list("green-leaf", null, 10)).hasSize(1);
        assertThat(list.list(null, "till", 10)).hasSize(1);
        assertThat(list.list(null, "other-till", 10)).isEmpty();
        assertThat(list.list(null, "web", 10)).isEmpty();
        assertThat(list.count()).isEqualTo(1);
        long now = shop.clock.millis();
        assertThat(list.count("green-leaf", now - 60_000, now + 1)).isEqualTo(1);
        assertThat(list.count("green-leaf", now + 1, now + 2)).isZero();
        assertThatThrownBy(() -> list.list("none", null, 10)).hasMessageContaining("no such account");
        assertThatThrownBy(() -> list.list(null, "' or 1=1", 10)).hasMessageContaining("no such connection");
    }
}
