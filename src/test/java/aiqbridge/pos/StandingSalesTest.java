package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.operator.RedemptionStory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a sale after it was redeemed: cancelled long after, cancelled and restored, edited, deleted, delivered twice. */
class StandingSalesTest {
    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void a_till_that_tells_all() {
        shop = new Shop(folder, Stream.of(store()).toArray(String[]::new));
        shop.till.execute("alter table sale add column reference text");
        shop.till.execute("alter table sale add column number text");
        shop.till.execute("alter table sale add column goods text");
        shop.till.execute("alter table sale add column customer text");
        shop.till.execute("drop view aiq_sales");
        shop.till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, total, null as location, phone, null as email, customer as customer_id, note, reference, number, goods, discount_ids, null as discount_total, 'kim' as employee from sale where state in ('done', 'returned')");
        shop.poll();
    }

    @AfterEach
    void close() {
        shop.close();
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

    /** Another sale, so that the till has neighbours. */
    private void rings(String id) {
        shop.passes(Duration.ofSeconds(200));
        shop.rings(id, null, 7);
        shop.poll();
    }

    private void set(String id, String column, Object value) {
        shop.till.update("update sale set " + column + " = ? where id = ?", value, id);
    }

    private void voids(String id) {
        shop.till.update(
                "insert into taking_back (id, of, kind, at) values (?, ?, 'void', ?)", id, id, shop.wallClock());
    }

    private void restores(String id) {
        shop.till.update("delete from taking_back where of = ?", id);
    }

    private void sweeps(int times) {
        for (int i = 0; i < times; i++) {
            shop.passes(Duration.ofMinutes(16));
            shop.poll();
        }
    }

    private void givesBack() {
        shop.bridge.run("reversal-execute");
    }

    private String flag(String redemption) {
        return one("select flag from redemption where redemption_id = ?", redemption);
    }

    private String reversal(String redemption) {
        return one("select status from reversal where redemption_id = ?", redemption);
    }

    private String reason(String redemption) {
        return one("select reason from reversal where redemption_id = ?", redemption);
    }

    private String sale(String redemption) {
        return one("select transaction_id from redemption where redemption_id = ?", redemption);
    }

    private String one(String statement, String redemption) {
        List<String> found = shop.bridge.rows.queryForList(statement, String.class, redemption);
        return found.isEmpty() ? null : found.get(0);
    }

    private String story(String redemption) {
        return new RedemptionStory.Teller(shop.bridge.bridge().store().source())
                .of(redemption)
                .orElseThrow()
                .events()
                .toString();
    }

    private int givenBack() {
        return shop.aiq.effects("REVERSED").size();
    }

    @Test
    void a_sale_that_is_cancelled_weeks_later_under_its_old_time_gives_its_points_back() {
        String redemption = executed("t-1");
        String then = shop.wallClock();
        shop.passes(Duration.ofDays(40));
        shop.poll();
        shop.till.update("insert into taking_back (id, of, kind, at) values ('t-1', 't-1', 'void', ?)", then);
        sweeps(1);
        givesBack();
        assertThat(reversal(redemption)).isEqualTo("DONE");
        assertThat(givenBack()).isEqualTo(1);
    }

    @Test
    void a_cancellation_that_is_undone_before_anything_was_sent_is_withdrawn_and_a_later_one_counts() {
        String redemption = executed("t-1");
        voids("t-1");
        shop.poll();
        assertThat(reversal(redemption)).isEqualTo("WANTED");
        restores("t-1");
        sweeps(1);
        givesBack();
        assertThat(reversal(redemption)).isNull();
        assertThat(givenBack()).isZero();
        assertThat(flag(redemption)).isNull();
        assertThat(story(redemption)).contains("VOIDED to COMPLETED");
        voids("t-1");
        shop.poll();
        givesBack();
        assertThat(givenBack()).isEqualTo(1);
    }

    @Test
    void a_cancellation_that_is_undone_after_the_points_went_back_is_for_a_person() {
        String redemption = executed("t-1");
        voids("t-1");
        shop.poll();
        givesBack();
        assertThat(givenBack()).isEqualTo(1);
        restores("t-1");
        sweeps(1);
        assertThat(flag(redemption)).isEqualTo("completed-again");
    }

    @Test
    void a_return_in_parts_that_is_cancelled_counts_no_more() {
        String redemption = executed("t-1");
        shop.till.update("insert into taking_back values ('r-1', 't-1', 'return', ?, -30)", shop.wallClock());
        shop.till.update("insert into taking_back values ('r-2', 't-1', 'return', ?, -12.5)", shop.wallClock());
        shop.poll();
        assertThat(reversal(redemption)).isEqualTo("WANTED");
        shop.till.update("delete from taking_back where id = 'r-2'");
        sweeps(1);
        givesBack();
        assertThat(givenBack()).isZero();
    }

    @Test
    void a_part_that_came_back_counts_on_although_the_sale_was_not_seen_for_a_while() {
        String redemption = executed("t-1");
        rings("t-2");
        // before what a sweep reads of the sales
        set("t-1", "at", shop.wallClock(Duration.ofDays(-50)));
        shop.till.update("insert into taking_back values ('r-1', 't-1', 'return', ?, -30)", shop.wallClock());
        shop.poll();
        set("t-1", "state", "hidden");
        sweeps(1);
        set("t-1", "state", "done");
        sweeps(1);
        shop.till.update("insert into taking_back values ('r-2', 't-1', 'return', ?, -12.5)", shop.wallClock());
        shop.passes(Duration.ofSeconds(10));
        shop.poll();
        assertThat(reversal(redemption)).isEqualTo("WANTED");
    }

    @Test
    void what_became_of_another_locations_sale_of_the_same_id_is_not_this_ones() {
        shop.till.execute("create table branch (id text, at text, gone text)");
        shop.till.execute("drop view aiq_sales");
        shop.till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, total, 'main' as location, phone, null as email, customer as customer_id, note, discount_ids, null as discount_total, 'kim' as employee from sale where state = 'done' union all select id, at, 5, 'branch', null, null, null, null, null, null, 'lee' from branch");
        shop.till.execute("drop view aiq_reversals");
        shop.till.execute(
                "create view aiq_reversals as select id || '-v' as transaction_id, id as original_transaction_id, 'void' as kind, gone as reversed_at, null as amount, 'branch' as location from branch where gone is not null");
        String redemption = executed("t-1");
        shop.till.update("insert into branch values ('t-1', ?, ?)", shop.wallClock(), shop.wallClock());
        sweeps(2);
        givesBack();
        assertThat(reversal(redemption)).isNull();
        assertThat(givenBack()).isZero();
    }

    @Test
    void what_was_released_by_a_cancellation_that_is_undone_is_for_a_person() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        voids("t-1");
        shop.poll();
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        restores("t-1");
        sweeps(1);
        assertThat(flag(redemption)).isEqualTo("sale-after-release");
        shop.bridge.run("redemption-execute");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    /** In the hour that autumn repeats, or when somebody writes another date: by its time it was completed before it was voided. */
    @Test
    void a_reward_for_a_voided_sale_that_is_completed_again_under_an_earlier_time_is_redeemed() {
        rings("t-1");
        shop.poll();
        voids("t-1");
        shop.poll();
        shop.passes(Duration.ofMinutes(2));
        String redemption = shop.queued("five-off", "t-1");
        restores("t-1");
        set("t-1", "at", shop.wallClock(Duration.ofHours(-1)));
        sweeps(1);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    /** It is not enough that something waits for it. */
    @Test
    void a_reward_for_a_sale_that_stays_voided_waits() {
        rings("t-1");
        shop.poll();
        voids("t-1");
        shop.poll();
        shop.passes(Duration.ofMinutes(2));
        String redemption = shop.queued("five-off", "t-1");
        sweeps(2);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
    }

    @Test
    void a_sale_whose_date_is_edited_was_not_deleted() {
        String redemption = executed("t-1");
        rings("t-2");
        set("t-1", "at", shop.wallClock(Duration.ofDays(-50)));
        sweeps(4);
        assertThat(reversal(redemption)).isNull();
    }

    @Test
    void a_deleted_sale_is_believed_after_three_sweeps_and_the_newest_by_the_one_before_it() {
        String first = executed("t-1");
        rings("t-2");
        rings("t-3");
        String newest = executed("welcome", "t-4");
        shop.till.update("delete from sale where id in ('t-1', 't-4')");
        sweeps(2);
        assertThat(reversal(first)).isNull();
        sweeps(1);
        assertThat(reversal(first)).isEqualTo("PARKED");
        assertThat(reversal(newest)).isEqualTo("PARKED");
        assertThat(givenBack()).isZero();
    }

    @Test
    void a_sale_that_is_deleted_with_those_after_it_is_noticed_where_a_later_one_stands() {
        String redemption = executed("t-1");
        rings("t-2");
        rings("t-3");
        shop.till.update("delete from sale where id <> 't-0'");
        sweeps(4);
        assertThat(reversal(redemption)).as("nothing stands").isNull();
        rings("t-4");
        sweeps(5);
        assertThat(reversal(redemption)).isEqualTo("PARKED");
        assertThat(givenBack()).isZero();
    }

    @Test
    void a_neighbour_that_was_reopened_hides_no_deletion() {
        String redemption = executed("t-1");
        rings("t-2");
        rings("t-3");
        shop.till.update("delete from sale where id = 't-1'");
        set("t-2", "state", "open");
        sweeps(4);
        assertThat(reversal(redemption)).isEqualTo("PARKED");
    }

    @Test
    void what_is_seen_again_in_between_was_not_deleted() {
        String redemption = executed("t-1");
        rings("t-2");
        set("t-1", "state", "hidden");
        sweeps(2);
        set("t-1", "state", "done");
        sweeps(1);
        set("t-1", "state", "hidden");
        sweeps(2);
        assertThat(reversal(redemption)).isNull();
    }

    @Test
    void a_till_that_was_restored_from_a_backup_has_deleted_nothing() {
        rings("t-0");
        String first = executed("t-1");
        shop.passes(Duration.ofSeconds(61));
        String second = executed("welcome", "t-2");
        rings("t-3");
        shop.till.update("delete from sale where id <> 't-0'");
        sweeps(5);
        assertThat(reversal(first)).isNull();
        assertThat(reversal(second)).isNull();
    }

    @Test
    void an_edited_ticket_with_a_new_id_takes_its_redemption_along() {
        String redemption = executed("t-1");
        set("t-1", "number", "77");
        rings("t-2");
        shop.till.update("update sale set id = 't-1b', at = ? where id = 't-1'", shop.wallClock());
        sweeps(3);
        givesBack();
        assertThat(sale(redemption)).isEqualTo("t-1b");
        assertThat(reversal(redemption)).isNull();
        assertThat(givenBack()).isZero();
        assertThat(shop.bridge.rows.queryForObject(
                        "select note from audit where subject = ?", String.class, redemption))
                .isEqualTo("sale t-1 was deleted; sale t-1b took its place");
        shop.bridge.run("pos-write-back-till");
        assertThat(shop.till.queryForObject(
                        "select points from aiq_points where transaction_id = 't-1b'", Double.class))
                .isEqualTo(100);
        // from then on it lives and dies with the new one
        voids("t-1b");
        shop.poll();
        givesBack();
        assertThat(givenBack()).isEqualTo(1);
    }

    @Test
    void two_sales_in_the_place_of_one_are_for_a_person() {
        String redemption = executed("t-1");
        set("t-1", "number", "77");
        rings("t-2");
        shop.till.update("update sale set id = 't-1b', at = ? where id = 't-1'", shop.wallClock());
        shop.rings("t-1c", "5555550100", 42.5);
        set("t-1c", "number", "77");
        sweeps(3);
        assertThat(sale(redemption)).isEqualTo("t-1");
        assertThat(reversal(redemption)).isEqualTo("PARKED");
        assertThat(reason(redemption)).isEqualTo("several-successors");
        assertThat(story(redemption)).contains("sale t-1b, which may").contains("sale t-1c, which may");
    }

    @Test
    void a_number_that_is_given_again_to_nobody_in_particular_days_later_is_no_successor() {
        String redemption = executed("t-1");
        set("t-1", "number", "77");
        set("t-1", "phone", null);
        set("t-1", "goods", "cone*1");
        rings("t-2");
        shop.till.update("delete from sale where id = 't-1'");
        sweeps(3);
        assertThat(reversal(redemption)).isEqualTo("PARKED");
        shop.passes(Duration.ofDays(2));
        shop.rings("t-3", null, 42.5);
        set("t-3", "number", "77");
        set("t-3", "goods", "cone*1");
        sweeps(2);
        assertThat(sale(redemption)).isEqualTo("t-1");
    }

    @ParameterizedTest
    @CsvSource({"cone*1,t-3", "cup*1,t-1"})
    void of_a_ticket_of_nobody_s_the_same_goods_under_its_number_are_the_successor(String goods, String moved) {
        String redemption = executed("t-1");
        set("t-1", "number", "77");
        set("t-1", "phone", null);
        set("t-1", "goods", "cone*1");
        rings("t-2");
        shop.till.update("delete from sale where id = 't-1'");
        shop.rings("t-3", null, 42.5);
        set("t-3", "number", "77");
        set("t-3", "goods", goods);
        sweeps(3);
        assertThat(sale(redemption)).isEqualTo(moved);
    }

    @Test
    void a_number_that_another_customer_has_or_that_costs_else_is_no_successor() {
        String redemption = executed("t-1");
        set("t-1", "number", "77");
        rings("t-2");
        shop.till.update("delete from sale where id = 't-1'");
        shop.rings("t-3", "5555550101", 42.5);
        set("t-3", "number", "77");
        shop.rings("t-4", "5555550100", 42);
        set("t-4", "number", "77");
        sweeps(3);
        assertThat(sale(redemption)).isEqualTo("t-1");
        assertThat(reason(redemption)).isNull();
        assertThat(reversal(redemption)).isEqualTo("PARKED");
    }

    @Test
    void a_refund_of_one_of_two_that_are_the_same_sale_is_for_a_person_until_both_are() {
        String redemption = executed("t-1");
        set("t-1", "reference", "uuid-1");
        shop.passes(Duration.ofMinutes(5));
        shop.rings("t-1x", "5555550100", 42.5);
        set("t-1x", "reference", "uuid-1");
        voids("t-1");
        shop.poll();
        givesBack();
        assertThat(reversal(redemption)).isEqualTo("PARKED");
        assertThat(reason(redemption)).isEqualTo("twin-sale");
        assertThat(story(redemption)).contains("The till has sale t-1x, too");
        voids("t-1x");
        shop.poll();
        givesBack();
        assertThat(reversal(redemption)).isEqualTo("DONE");
        assertThat(givenBack()).isEqualTo(1);
    }

    @Test
    void a_twin_that_comes_while_the_reversal_waits_to_be_sent_holds_it_back() {
        String redemption = executed("t-1");
        set("t-1", "reference", "uuid-1");
        shop.poll();
        voids("t-1");
        shop.poll();
        assertThat(reversal(redemption)).isEqualTo("WANTED");
        shop.passes(Duration.ofMinutes(5));
        shop.rings("t-1x", "5555550100", 42.5);
        set("t-1x", "reference", "uuid-1");
        shop.poll();
        givesBack();
        assertThat(reversal(redemption)).isEqualTo("PARKED");
        assertThat(reason(redemption)).isEqualTo("twin-sale");
        assertThat(givenBack()).isZero();
        voids("t-1x");
        shop.poll();
        givesBack();
        assertThat(reversal(redemption)).isEqualTo("DONE");
        assertThat(givenBack()).isEqualTo(1);
    }

    @Test
    void a_twin_that_comes_while_the_reversal_is_in_doubt_is_for_a_person_once_the_points_are_back() {
        String redemption = executed("t-1");
        set("t-1", "reference", "uuid-1");
        shop.poll();
        voids("t-1");
        shop.poll();
        shop.aiq.fault("reverse", "reset-after-effect", 1);
        givesBack();
        assertThat(reversal(redemption)).isEqualTo("UNKNOWN");
        shop.passes(Duration.ofMinutes(2));
        shop.rings("t-1x", "5555550100", 42.5);
        set("t-1x", "reference", "uuid-1");
        shop.poll();
        shop.settles();
        assertThat(reversal(redemption)).isEqualTo("DONE");
        shop.poll();
        assertThat(flag(redemption)).isEqualTo("twin-keeps-discount");
    }

    @Test
    void a_twin_that_comes_after_the_points_went_back_is_for_a_person() {
        String redemption = executed("t-1");
        set("t-1", "note", "AIQ-7F3K2Q");
        shop.poll();
        voids("t-1");
        shop.poll();
        givesBack();
        assertThat(givenBack()).isEqualTo(1);
        shop.passes(Duration.ofMinutes(5));
        shop.rings("t-1x", "5555550100", 42.5);
        set("t-1x", "note", "AIQ-7F3K2Q");
        shop.poll();
        assertThat(flag(redemption)).isEqualTo("twin-keeps-discount");
    }

    @Test
    void
            the_same_goods_for_the_same_known_customer_within_two_minutes_are_one_sale_and_for_nobody_in_particular_are_not() {
        String redemption = executed("t-1");
        set("t-1", "goods", "cone*1");
        shop.passes(Duration.ofSeconds(90));
        shop.rings("t-2", "5555550100", 42.5);
        set("t-2", "goods", "cone*1");
        voids("t-1");
        shop.poll();
        assertThat(reason(redemption)).isEqualTo("twin-sale");

        shop.passes(Duration.ofMinutes(10));
        String nobody = shop.queued("welcome", "t-3");
        for (String id : new String[] {"t-3", "t-4"}) {
            shop.rings(id, null, 5);
            set(id, "goods", "coffee*1");
        }
        shop.pollAndExecute();
        voids("t-3");
        shop.poll();
        givesBack();
        assertThat(reversal(nobody)).isEqualTo("DONE");
    }

    @Test
    void a_twin_fulfils_no_other_redemption() {
        executed("t-1");
        set("t-1", "reference", "uuid-1");
        shop.poll();
        shop.passes(Duration.ofSeconds(61));
        String other = shop.queued("welcome", "t-2");
        shop.rings("t-2", "5555550100", 42.5);
        set("t-2", "reference", "uuid-1");
        shop.pollAndExecute();
        assertThat(shop.status(other)).isEqualTo("PARKED");
        assertThat(one("select reason from redemption where redemption_id = ?", other))
                .isEqualTo("twin-sale");
    }

    @Test
    void one_note_on_a_sale_that_is_stored_twice_is_redeemed_once() {
        var queued = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        for (String id : new String[] {"t-1", "t-1x"}) {
            shop.rings(id, "5555550100", 42.5);
            set(id, "note", queued.text("note"));
            set(id, "reference", "uuid-1");
        }
        shop.pollAndExecute();
        assertThat(shop.status(queued.text("redemptionId"))).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @Test
    void the_note_of_what_is_executed_on_a_twin_changes_nothing() {
        var queued = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        shop.rings("t-1", "5555550100", 42.5);
        set("t-1", "note", queued.text("note"));
        shop.pollAndExecute();
        shop.rings("t-1x", "5555550100", 42.5);
        set("t-1x", "note", queued.text("note"));
        shop.pollAndExecute();
        assertThat(shop.status(queued.text("redemptionId"))).isEqualTo("EXECUTED");
        assertThat(flag(queued.text("redemptionId"))).isNull();
    }
}
