package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model A when the order is paid: the reward waits for the payment, is redeemed once, and goes back with the order. */
class WhenPaidTest extends AtCheckout {
    @Override
    String model() {
        return "model = paid\n";
    }

    private String waiting() {
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("QUEUED");
        return answer.text("redemptionId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAID", "COMPLETED"})
    void is_redeemed_once_when_the_order_is_paid_and_not_before(String paid) {
        String redemption = waiting();
        order("o-1", "c-1", "OPEN");
        later(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        neverTaken();
        for (int i = 0; i < 3; i++) {
            order("o-1", "c-1", paid);
            later(Duration.ofHours(1));
        }
        assertThat(asks(redemption).text("status")).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED").get(0).path("transactionID").isTextual())
                .as("no transaction id")
                .isFalse();
        assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(200);
        takenOnce();
    }

    @Test
    void an_order_that_was_paid_before_makes_it_due_at_once() {
        order("o-1", "c-1", "PAID");
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.text("status")).isEqualTo("DUE");
        later(Duration.ofMinutes(1));
        takenOnce();
    }

    @Test
    void an_order_whose_news_a_crash_swallowed_is_found_by_the_clock() {
        String redemption = waiting();
        shop.bridge.rows.update(
                "insert into shop_order (connection, order_id, account_id, status, version, digest, changed_at, placed_at, created_at, updated_at) values ('web', 'o-1', 'green-leaf', 'PAID', 1, 'd', 1, 1, 1, 1)");
        shop.bridge.rows.update(
                "insert into order_name (connection, value, sort, order_id) values ('web', 'c-1', 'cart', 'o-1')");
        later(Duration.ofMinutes(1));
        assertThat(row(redemption)).containsEntry("order_id", "o-1").containsEntry("status", "EXECUTED");
        takenOnce();
    }

    @Test
    void the_claim_itself_looks_at_the_order_again() {
        String redemption = waiting();
        order("o-1", "c-1", "PAID");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.bridge.rows.update("update shop_order set status = 'OPEN'");
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        shop.bridge.rows.update("update shop_order set status = 'PAID', refunded = 42.5");
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        neverTaken();
    }

    @Test
    void an_order_cancelled_before_its_payment_releases_it_unless_another_takes_its_place() {
        String redemption = waiting();
        order("o-1", "c-1", "OPEN");
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(119));
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        later(Duration.ofMinutes(2));
        assertThat(asks(redemption).text("reason")).isEqualTo("order cancelled");
        neverTaken();
        order("o-1", "c-1", "PAID");
        later(Duration.ofMinutes(1));
        assertThat(row(redemption)).containsEntry("status", "RELEASED").containsEntry("flag", "order-again");
        neverTaken();
    }

    @Test
    void an_order_deleted_after_it_was_paid_and_before_it_was_sent_is_for_a_person() {
        String redemption = waiting();
        order("o-1", "c-1", "PAID");
        order("o-1", "c-1", "DELETED");
        later(Duration.ofHours(3));
        assertThat(row(redemption)).containsEntry("status", "PARKED").containsEntry("reason", "order-deleted");
        neverTaken();
    }

    @Test
    void the_second_order_of_a_cart_is_paid_and_redeems_though_the_first_was_cancelled_unpaid() {
        waiting();
        order("o-1", "c-1", "OPEN");
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(100));
        order("o-2", "c-1", "PAID");
        later(Duration.ofMinutes(1));
        takenOnce();
    }

    @Test
    void an_order_first_heard_of_when_it_was_cancelled_unpaid_leaves_the_next_one_as_much_time() {
        String redemption = waiting();
        later(Duration.ofHours(5));
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(100));
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        order("o-2", "c-1", "PAID");
        later(Duration.ofMinutes(1));
        takenOnce();
    }

    @Test
    void what_was_due_for_an_order_that_was_refunded_goes_with_the_second_one_that_ends_unpaid() {
        String redemption = waiting();
        order("o-1", "c-1", "PAID");
        order("o-2", "c-1", "OPEN");
        order("o-1", "c-1", "REFUNDED");
        order("o-2", "c-1", "CANCELLED");
        later(Duration.ofMinutes(1));
        assertThat(row(redemption)).containsEntry("status", "RELEASED").containsEntry("reason", "order cancelled");
        neverTaken();
    }

    @Test
    void what_was_due_for_an_order_that_was_deleted_is_for_a_person_once_the_second_one_ends_unpaid() {
        String redemption = waiting();
        order("o-1", "c-1", "PAID");
        order("o-2", "c-1", "OPEN");
        order("o-1", "c-1", "DELETED");
        order("o-2", "c-1", "CANCELLED");
        later(Duration.ofHours(3));
        assertThat(row(redemption)).containsEntry("status", "PARKED").containsEntry("reason", "order-deleted");
        neverTaken();
    }

    @Test
    void an_order_that_stands_unpaid_does_not_expire() {
        String redemption = waiting();
        order("o-1", "c-1", "OPEN");
        later(Duration.ofDays(13));
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        assertThat(needsLook()).isEmpty();
        later(Duration.ofDays(2));
        assertThat(needsLook()).containsExactly("waits-for-payment");
        order("o-1", "c-1", "PAID");
        later(Duration.ofMinutes(1));
        takenOnce();
    }

    private List<String> needsLook() {
        return shop.bridge.rows.queryForList(
                "select reason from needs_look where look_at <= ?", String.class, shop.clock.millis());
    }

    @Test
    void an_order_cancelled_before_it_was_sent_releases_it() {
        String redemption = waiting();
        order("o-1", "c-1", "PAID");
        order("o-1", "c-1", "CANCELLED");
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        later(Duration.ofMinutes(1));
        neverTaken();
    }

    @Test
    void an_order_cancelled_while_it_was_sent_and_was_not_after_all_releases_it() {
        String redemption = waiting();
        order("o-1", "c-1", "PAID");
        shop.bridge.rows.update(
                "update redemption set status = 'EXECUTING', fence = 1, lease_until = 1, lease_owner = 'dead'");
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(1));
        assertThat(row(redemption)).containsEntry("status", "RELEASED").containsEntry("reason", "order cancelled");
        neverTaken();
    }

    @Test
    void an_order_deleted_while_it_was_sent_and_was_not_after_all_is_for_a_person() {
        String redemption = waiting();
        order("o-1", "c-1", "PAID");
        shop.bridge.rows.update(
                "update redemption set status = 'EXECUTING', fence = 1, lease_until = 1, lease_owner = 'dead'");
        order("o-1", "c-1", "DELETED");
        later(Duration.ofMinutes(1));
        assertThat(row(redemption)).containsEntry("status", "PARKED").containsEntry("reason", "order-deleted");
        neverTaken();
    }

    @Test
    void a_refunded_order_gives_the_points_back_once() {
        waiting();
        order("o-1", "c-1", "PAID");
        later(Duration.ofMinutes(1));
        takenOnce();
        order("o-1", "c-1", "REFUNDED", "refunded", 42.5);
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(1));
        order("o-1", "c-1", "REFUNDED", "refunded", 42.5);
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void it_expires_and_comes_back_for_an_order_that_was_paid_before_and_is_heard_late() {
        String redemption = waiting();
        long paidAt = shop.clock.millis() + Duration.ofHours(1).toMillis();
        later(Duration.ofHours(25));
        assertThat(asks(redemption).text("reason")).isEqualTo("expired");
        order("o-1", "c-1", "PAID", "changed_at", paidAt);
        later(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        takenOnce();
    }

    @Test
    void an_order_paid_after_that_is_flagged_and_nothing_is_sent() {
        String redemption = waiting();
        later(Duration.ofHours(25));
        order("o-1", "c-1", "PAID");
        later(Duration.ofMinutes(1));
        assertThat(row(redemption)).containsEntry("status", "RELEASED").containsEntry("flag", "order-again");
        neverTaken();
    }

    @Test
    void the_shop_may_release_it_until_the_order_is_paid() {
        String redemption = waiting();
        assertThat(releases(redemption).text("status")).isEqualTo("RELEASED");
        String second = chooses("five-off", "c-1", "k-2").text("redemptionId");
        order("o-1", "c-1", "PAID");
        assertThat(releases(second).status()).isEqualTo(409);
        later(Duration.ofMinutes(1));
        assertThat(releases(second).status()).isEqualTo(409);
        takenOnce();
    }

    @Test
    void what_aiq_refuses_after_the_payment_is_shown_as_given_and_not_taken() {
        String redemption = waiting();
        shop.aiq.contact("1001", "c-ada", "5555550100", "99");
        order("o-1", "c-1", "PAID");
        for (int i = 0; i < 3; i++) {
            assertThat(row(redemption)).as("one wallet is not the last word").doesNotContainEntry("status", "REJECTED");
            later(Duration.ofSeconds(301));
        }
        assertThat(row(redemption)).containsEntry("status", "REJECTED");
        assertThat((String) row(redemption).get("last_error")).startsWith("Discount given, points not taken");
    }

    @Test
    void an_outage_delays_it_and_it_is_sent_once() {
        waiting();
        order("o-1", "c-1", "PAID");
        shop.aiq.fault("wallet", "hang-before-effect", 1);
        later(Duration.ofMinutes(1));
        assertThat(statuses()).containsExactly("DUE");
        later(Duration.ofMinutes(1));
        takenOnce();
    }
}
