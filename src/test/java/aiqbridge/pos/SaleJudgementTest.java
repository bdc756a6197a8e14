package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.operator.RedemptionStory;
import aiqbridge.reversal.Brake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a sale that does not simply happen: discounts that are not on it, deletions, parts that come back, sales completed twice, mass takings back. */
class SaleJudgementTest {
    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    private void open(String... settings) {
        shop = new Shop(folder, Stream.of(settings, store()).flatMap(Stream::of).toArray(String[]::new));
        shop.poll();
    }

    private String executed(String transaction) {
        return executed("five-off", transaction);
    }

    private String executed(String discount, String transaction) {
        String redemption = shop.queued(discount, transaction);
        shop.rings(transaction, "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        return redemption;
    }

    private String flag(String redemption) {
        return shop.bridge.rows.queryForObject(
                "select flag from redemption where redemption_id = ?", String.class, redemption);
    }

    private String reversal() {
        return shop.bridge.rows.queryForList("select status from reversal", String.class).stream()
                .findFirst()
                .orElse(null);
    }

    private void sweeps(int times) {
        for (int i = 0; i < times; i++) {
            shop.clock.advance(Duration.ofMinutes(16));
            shop.poll();
        }
        shop.bridge.run("reversal-execute");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_discount_that_the_sale_does_not_show_is_redeemed_and_flagged() {
        open();
        String without = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.till.update("update sale set discount_ids = 'other, five-off-2'");
        shop.pollAndExecute();
        assertThat(shop.status(without)).isEqualTo("EXECUTED");
        assertThat(flag(without)).isEqualTo("discount-not-on-sale");
    }

    @Test
    void a_discount_that_the_sale_shows_is_not_flagged() {
        open();
        String with = shop.queued("five-off", "t-1");
        String pos = shop.bridge.rows.queryForObject(
                "select coalesce(pos_discount_id, discount_id) from redemption", String.class);
        shop.rings("t-1", "5555550100", 42.5);
        shop.till.update("update sale set discount_ids = ?", "other, " + pos);
        shop.pollAndExecute();
        assertThat(flag(with)).isNull();
    }

    @Test
    void where_the_connection_parks_a_missing_discount_nothing_is_sent() {
        open("pos.discount-seen", "park");
        String without = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.till.update("update sale set discount_ids = 'other'");
        shop.pollAndExecute();
        assertThat(shop.status(without)).isEqualTo("PARKED");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void a_deleted_sale_is_believed_after_several_sweeps_and_parks_its_reversal() {
        open();
        executed("t-1");
        shop.rings("t-2", null, 5);
        shop.poll();
        shop.till.update("delete from sale where id = 't-1'");
        sweeps(2);
        assertThat(reversal()).isNull();
        sweeps(1);
        assertThat(reversal()).isEqualTo("PARKED");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
    }

    @Test
    void a_deleted_sale_is_reversed_where_the_setting_says_so() {
        open("reversal.deleted", "reverse");
        executed("t-1");
        shop.rings("t-2", null, 5);
        shop.poll();
        shop.till.update("delete from sale where id = 't-1'");
        sweeps(3);
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void an_empty_database_deletes_nothing() {
        open();
        executed("t-1");
        shop.till.update("delete from sale");
        sweeps(5);
        assertThat(reversal()).isNull();
    }

    @Test
    void a_part_that_comes_back_is_flagged_and_a_negative_sale_does_nothing() {
        open();
        String redemption = executed("t-1");
        shop.rings("t-2", "5555550100", -10);
        shop.till.update("insert into taking_back values ('t-2', 't-1', 'return', ?, -10)", shop.wallClock());
        shop.poll();
        assertThat(flag(redemption)).isEqualTo("partly-returned");
        assertThat(reversal()).isNull();
    }

    /** What a person is shown of it. */
    private String story(String redemption) {
        return new RedemptionStory.Teller(shop.bridge.bridge().store().source())
                .of(redemption)
                .orElseThrow()
                .events()
                .toString();
    }

    private void tellsWhole() {
        shop.till.execute("drop view aiq_reversals");
        shop.till.execute("alter table taking_back add column whole integer");
        shop.till.execute("alter table taking_back add column candidates text");
        shop.till.execute(
                "create view aiq_reversals as select id as transaction_id, of as original_transaction_id, kind, at as reversed_at, amount, null as location, whole, candidates from taking_back");
    }

    private void refunds(String id, String of, double amount, Integer whole, String candidates) {
        shop.till.update(
                "insert into taking_back (id, of, kind, at, amount, whole, candidates) values (?, ?, 'return', ?, ?, ?, ?)",
                id,
                of,
                shop.wallClock(),
                amount,
                whole,
                candidates);
    }

    @Test
    void all_goods_came_back_although_the_money_is_less_gives_the_points_back_and_the_other_way_round_does_not() {
        open();
        tellsWhole();
        String whole = executed("t-1");
        refunds("r-1", "t-1", -41.9, 1, null);
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(reversal()).isEqualTo("DONE");
        assertThat(flag(whole)).isNull();

        shop.passes(Duration.ofMinutes(2));
        String part = executed("t-2");
        refunds("r-2", "t-2", -42.5, 0, null);
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        assertThat(flag(part)).isEqualTo("partly-returned");
        // the rest comes back: the first refund is now one of a whole, too
        shop.passes(Duration.ofMinutes(2));
        shop.till.update("update taking_back set whole = 1 where id = 'r-2'");
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(2);
    }

    @Test
    void a_refund_that_may_be_of_two_sales_gives_nothing_back_and_is_shown_at_both() {
        open();
        tellsWhole();
        String one = executed("t-1");
        shop.passes(Duration.ofMinutes(2));
        String other = executed("welcome", "t-2");
        refunds("r-1", null, -42.5, 1, "t-1, t-2");
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
        assertThat(flag(one)).isEqualTo("refund-unclear");
        assertThat(flag(other)).isEqualTo("refund-unclear");
        assertThat(story(one)).contains("The till has refund r-1, which may be of sale t-1 or t-2");
    }

    @Test
    void parts_that_make_up_the_whole_give_the_points_back() {
        open();
        executed("t-1");
        for (String part : new String[] {"-20", "-22.5"}) {
            shop.clock.advance(Duration.ofMinutes(2));
            shop.till.update(
                    "insert into taking_back values (?, 't-1', 'return', ?, ?)",
                    "r" + part,
                    shop.wallClock(),
                    Double.valueOf(part));
            shop.poll();
            assertThat(reversal()).isEqualTo(part.equals("-20") ? null : "WANTED");
        }
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void where_partial_returns_are_parked_a_person_decides() {
        open("reversal.partial", "park");
        executed("t-1");
        shop.till.update("insert into taking_back values ('t-2', 't-1', 'return', ?, -10)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(reversal()).isEqualTo("PARKED");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
    }

    @Test
    void a_sale_completed_again_after_its_reversal_is_flagged_and_not_redeemed_again() {
        open();
        String redemption = executed("t-1");
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(reversal()).isEqualTo("DONE");
        shop.clock.advance(Duration.ofMinutes(2));
        shop.till.update("update sale set at = ?", shop.wallClock());
        shop.pollAndExecute();
        assertThat(flag(redemption)).isEqualTo("completed-again");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    private void voids(String sale) {
        shop.clock.advance(Duration.ofMinutes(2));
        shop.till.update("update sale set state = 'void' where id = ?", sale);
        shop.till.update("delete from taking_back where id = ?", sale);
        shop.till.update("insert into taking_back values (?, ?, 'void', ?, 42.5)", sale, sale, shop.wallClock());
        shop.poll();
    }

    private void completesAgain(String sale) {
        shop.clock.advance(Duration.ofMinutes(2));
        shop.till.update("update sale set state = 'done', at = ? where id = ?", shop.wallClock(), sale);
        shop.poll();
    }

    @Test
    void a_sale_voided_before_the_reward_was_chosen_and_completed_again_is_redeemed() {
        open();
        shop.rings("t-1", null, 42.5);
        shop.poll();
        voids("t-1");
        shop.clock.advance(Duration.ofMinutes(2));
        String redemption = shop.queued("five-off", "t-1");
        shop.poll();
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        completesAgain("t-1");
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    @Test
    void a_sale_voided_completed_again_and_voided_again_gives_the_points_back() {
        open();
        shop.rings("t-1", null, 42.5);
        shop.poll();
        voids("t-1");
        completesAgain("t-1");
        String redemption = shop.queued("five-off", "t-1");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        voids("t-1");
        shop.bridge.run("reversal-execute");
        assertThat(reversal()).isEqualTo("DONE");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void a_void_of_a_later_sale_under_the_same_id_leaves_the_points_of_the_older_one_to_a_person() {
        open();
        executed("t-1");
        shop.clock.advance(Duration.ofDays(3));
        completesAgain("t-1");
        voids("t-1");
        shop.bridge.run("reversal-execute");
        assertThat(shop.bridge.rows.queryForMap("select status, kind from reversal"))
                .containsEntry("status", "PARKED")
                .containsEntry("kind", "sale id used again");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
    }

    @Test
    void a_row_that_no_database_of_ours_could_keep_holds_up_no_other() {
        open();
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-0", null, 1e15);
        shop.rings("t-1", "5555550100", 42.5);
        shop.rings("t-2", null, 5);
        shop.till.update(
                "update sale set phone = '5555550' || char(0), note = 'pad' || char(0) || 'ded', discount_ids = 'a' || char(0) || 'b' where id = 't-2'");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.bridge.rows.queryForList("select transaction_id from pos_transaction order by 1", String.class))
                .containsExactly("t-1", "t-2");
        assertThat(shop.bridge.rows.queryForList(
                        "select problem from pos_unread where connection = 'till'", String.class))
                .containsExactly("sale t-0: its total is not an amount that is possible at a till");
    }

    @Test
    void a_restored_till_that_voids_everything_is_braked() {
        open("reversal.brake", "2");
        String session = shop.adasWallet().text("walletSession");
        for (String discount : new String[] {"five-off", "welcome", "ten-percent"}) {
            shop.queued(session, discount, "t-" + discount);
            shop.rings("t-" + discount, "5555550100", 42.5);
        }
        shop.pollAndExecute();
        int redeemed = shop.aiq.effects("REDEEMED").size();
        assertThat(redeemed).isEqualTo(3);
        shop.till.update("insert into taking_back select id, id, 'void', ?, total from sale", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
        assertThat(shop.bridge.rows.queryForObject("select braked_at from brake where connection = 'till'", Long.class))
                .isNotNull();

        shop.passes(Duration.ofHours(2));
        shop.bridge.rows.update("update redemption set reversal_wanted = null where discount_id = 'welcome'");
        shop.bridge.run("reversal-want", null, Map.of("connection", "till"));
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED"))
                .as("fewer than the brake allows are left, but nobody looked")
                .isEmpty();

        assertThat(new Brake(shop.bridge.bridge().store().source(), shop.clock).release("till"))
                .isTrue();
        shop.bridge.run("reversal-want", null, Map.of("connection", "till"));
        shop.bridge.run("reversal-execute"); // of one customer, one at a time
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(2);
    }
}
