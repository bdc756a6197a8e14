package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.storefront.mapping.ShopEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model A and its orders: what was redeemed at the checkout stays with its order and goes back once without one. */
class ShopOrderTest extends AtCheckout {
    @Override
    String model() {
        return "";
    }

    private String redeemed() {
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("redemptionId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cart", "checkout", "order", "by the cart"})
    void an_order_is_linked_by_its_cart_its_checkout_or_itself(String by) {
        String redemption = redeemed();
        if (by.equals("by the cart")) {
            cartOf("o-1");
        }
        order(
                by.equals("order") ? "c-1" : "o-1",
                by.equals("cart") ? "c-1" : null,
                "PAID",
                "checkout_id",
                by.equals("checkout") ? "c-1" : null);
        assertThat(asks(redemption).text("orderId")).isEqualTo(by.equals("order") ? "c-1" : "o-1");
        later(Duration.ofHours(3));
        takenOnce();
        assertThat(reversals()).isEmpty();
    }

    @Test
    void a_cart_that_names_its_order_late_links_it_before_it_is_an_orphan() {
        String redemption = redeemed();
        order("o-1", null, "PAID");
        cartOf("o-1");
        later(Duration.ofHours(3));
        assertThat(row(redemption)).containsEntry("order_id", "o-1");
        takenOnce();
    }

    /** The shop says that the cart c-1 became that order. */
    private void cartOf(String order) {
        Map<String, Object> cart = new HashMap<>(Map.of(
                "event",
                "cart",
                "connection",
                "web",
                "account_id",
                "green-leaf",
                "cart_id",
                "c-1",
                "version",
                1,
                "digest",
                "d",
                "changed_at",
                shop.clock.millis(),
                "consent",
                "unknown",
                "total",
                42.5,
                "item_count",
                0));
        cart.putAll(Map.of("items", "[]", "order_id", order));
        shop.bridge.run("cart-heard", ShopEvents.of(cart), Map.of());
    }

    @Test
    void a_cancelled_order_gives_the_points_back_once_however_often_and_late_it_is_heard() {
        String redemption = redeemed();
        order("o-1", "c-1", "PAID");
        for (int i = 0; i < 3; i++) {
            order("o-1", "c-1", "CANCELLED");
            later(Duration.ofMinutes(5));
        }
        assertThat(asks(redemption).text("reversal")).isEqualTo("DONE");
        assertThat(row(redemption))
                .containsEntry("status", "EXECUTED")
                .containsEntry("reversal_wanted", "order cancelled");
        givenBackOnce();
        assertThat(chooses("five-off", "c-1", "k-1").text("type"))
                .as("the discount is not given again")
                .endsWith("redemption-taken-back");
    }

    private void gone(String order) {
        heard(Map.of(
                "event",
                "gone",
                "what",
                "order",
                "connection",
                "web",
                "account_id",
                "green-leaf",
                "order_id",
                order,
                "digest",
                "gone"));
    }

    @Test
    void an_order_deleted_before_it_was_paid_gives_the_points_back_when_no_other_takes_its_place() {
        String redemption = redeemed();
        order("o-1", "c-1", "OPEN");
        later(Duration.ofHours(1));
        gone("o-1");
        later(Duration.ofMinutes(119));
        takenOnce();
        later(Duration.ofMinutes(2));
        assertThat(row(redemption)).containsEntry("reversal_wanted", "order cancelled");
        givenBackOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAID", "COMPLETED"})
    void tidying_up_what_was_paid_is_for_a_person(String status) {
        String redemption = redeemed();
        order("o-1", "c-1", status);
        gone("o-1");
        later(Duration.ofHours(3));
        assertThat(row(redemption)).containsEntry("reversal_wanted", "order deleted");
        assertThat(reversals()).containsExactly("PARKED");
        takenOnce();
    }

    @Test
    void what_the_shop_moved_to_its_trash_is_for_a_person_and_comes_back_from_there() {
        redeemed();
        order("o-1", "c-1", "PAID");
        order("o-1", "c-1", "DELETED");
        later(Duration.ofMinutes(1));
        assertThat(reversals()).containsExactly("PARKED");
        order("o-1", "c-1", "COMPLETED");
        later(Duration.ofHours(3));
        assertThat(reversals()).containsExactly("PARKED");
        takenOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELLED", "UNPLACED"})
    void a_payment_that_fails_late_gives_the_points_back_once_nothing_took_its_place(String ended) {
        redeemed();
        order("o-1", "c-1", "OPEN");
        later(Duration.ofHours(30));
        order("o-1", "c-1", ended);
        later(Duration.ofMinutes(119));
        takenOnce();
        later(Duration.ofMinutes(2));
        givenBackOnce();
    }

    @Test
    void a_payment_that_fails_and_is_tried_again_changes_nothing() {
        redeemed();
        order("o-1", "c-1", "OPEN");
        later(Duration.ofHours(3));
        order("o-1", "c-1", "UNPLACED");
        later(Duration.ofMinutes(100));
        order("o-1", "c-1", "PAID");
        later(Duration.ofHours(3));
        takenOnce();
        assertThat(reversals()).isEmpty();
    }

    @Test
    void the_second_order_of_a_cart_takes_the_place_of_the_first_that_was_cancelled_unpaid() {
        String redemption = redeemed();
        order("o-1", "c-1", "OPEN");
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(100));
        order("o-2", "c-1", "PAID");
        later(Duration.ofHours(3));
        takenOnce();
        assertThat(row(redemption)).containsEntry("order_id", "o-2");
        assertThat(row(redemption).get("flag")).isNull();
    }

    @Test
    void an_order_first_heard_of_when_it_was_cancelled_unpaid_leaves_the_next_one_as_much_time() {
        String redemption = redeemed();
        later(Duration.ofMinutes(100));
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(100));
        takenOnce();
        order("o-2", "c-1", "PAID");
        later(Duration.ofHours(3));
        takenOnce();
        assertThat(row(redemption)).containsEntry("order_id", "o-2").containsEntry("flag", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELLED", "UNPLACED", "DELETED"})
    void a_second_order_that_ends_unpaid_does_not_keep_the_points_of_the_first_that_was_refunded(String ended) {
        redeemed();
        order("o-1", "c-1", "PAID");
        order("o-2", "c-1", "OPEN");
        order("o-1", "c-1", "REFUNDED");
        later(Duration.ofHours(3));
        takenOnce();
        order("o-2", "c-1", ended);
        later(Duration.ofHours(3));
        givenBackOnce();
    }

    @Test
    void the_second_order_that_comes_too_late_is_for_a_person() {
        redeemed();
        order("o-1", "c-1", "OPEN");
        order("o-1", "c-1", "CANCELLED");
        shop.passes(Duration.ofMinutes(121));
        speaks();
        shop.bridge.run("redemption-orphan");
        order("o-2", "c-1", "PAID");
        later(Duration.ofHours(3));
        assertThat(reversals()).containsExactly("PARKED");
        takenOnce();
    }

    @Test
    void a_refund_that_is_an_order_of_its_own_is_credited_to_the_order_it_names() {
        String redemption = redeemed();
        refund("r-1", 10, 0);
        order("o-1", "c-1", "COMPLETED");
        later(Duration.ofHours(3));
        assertThat(row(redemption)).containsEntry("flag", "partly-refunded");
        takenOnce();
        refund("r-1", 10, 0);
        later(Duration.ofMinutes(1));
        takenOnce();
        refund("r-2", 32.5, 0);
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void an_older_state_of_a_refund_that_comes_later_changes_nothing() {
        redeemed();
        order("o-1", "c-1", "COMPLETED");
        refund("r-1", 2, 42.5, 1);
        refund("r-1", 1, 10, 0);
        order("o-1", "c-1", "COMPLETED");
        later(Duration.ofMinutes(1));
        givenBackOnce();
        assertThat(shop.bridge.rows.queryForMap("select amount, whole from order_refund"))
                .containsEntry("whole", 1);
    }

    @Test
    void a_refund_of_all_the_goods_is_whole_though_the_shipping_is_kept() {
        redeemed();
        order("o-1", "c-1", "COMPLETED");
        refund("r-1", 30, 1);
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    private void refund(String id, Object amount, int whole) {
        refund(id, 1, amount, whole);
    }

    private void refund(String id, long version, Object amount, int whole) {
        heard(Map.of(
                "event",
                "refund",
                "connection",
                "web",
                "account_id",
                "green-leaf",
                "refund_id",
                id,
                "order_id",
                "o-1",
                "version",
                version,
                "amount",
                amount,
                "whole",
                whole));
    }

    @Test
    void a_whole_refund_gives_the_points_back_and_a_part_of_it_is_flagged() {
        String redemption = redeemed();
        order("o-1", "c-1", "PAID", "refunded", 10);
        later(Duration.ofMinutes(1));
        assertThat(row(redemption)).containsEntry("flag", "partly-refunded");
        takenOnce();
        order("o-1", "c-1", "PAID", "refunded", 42.499);
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void a_free_order_of_which_nothing_was_refunded_stands() {
        redeemed();
        order("o-1", "c-1", "PAID", "total", 0, "refunded", 0);
        later(Duration.ofHours(3));
        takenOnce();
    }

    @Test
    void a_part_of_it_is_parked_where_the_shop_wants_a_person_to_look() {
        shop.restart(List.of("reversal.partial", "park"));
        redeemed();
        order("o-1", "c-1", "PAID", "refunded", 10);
        later(Duration.ofMinutes(1));
        assertThat(reversals()).containsExactly("PARKED");
        takenOnce();
    }

    @Test
    void while_another_order_of_the_cart_stands_nothing_is_given_back() {
        String redemption = redeemed();
        order("o-1", "c-1", "OPEN");
        order("o-2", "c-1", "PAID");
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofHours(3));
        assertThat(row(redemption)).containsEntry("order_id", "o-2");
        takenOnce();
        order("o-2", "c-1", "CANCELLED");
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void the_orders_of_another_shop_and_of_another_cart_do_not_matter() {
        redeemed();
        order("o-1", "c-1", "PAID");
        order("o-9", "c-9", "CANCELLED");
        order("o-1", "c-1", "CANCELLED", "connection", "elsewhere");
        later(Duration.ofHours(3));
        takenOnce();
    }

    @Test
    void an_order_cancelled_while_it_was_unclear_is_given_back_when_it_turns_out_to_be_taken() {
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        String redemption = chooses("five-off", "c-1", "k-1").text("redemptionId");
        order("o-1", "c-1", "CANCELLED", "paid_once", 1);
        later(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        settle();
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void an_order_cancelled_while_it_was_unclear_needs_nothing_when_it_turns_out_not_to_be() {
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        String redemption = chooses("five-off", "c-1", "k-1").text("redemptionId");
        order("o-1", "c-1", "CANCELLED");
        shop.settles();
        later(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        assertThat(shop.aiq.effects("REDEEMED")).isEmpty();
        assertThat(reversals()).isEmpty();
    }

    @Test
    void what_an_order_took_back_before_it_was_sent_is_not_sent() {
        order("c-1", null, "CANCELLED", "paid_once", 1);
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("type")).endsWith("redemption-released");
        neverTaken();
    }

    // no order

    @Test
    void without_an_order_the_points_go_back_in_time() {
        String redemption = redeemed();
        later(Duration.ofMinutes(119));
        takenOnce();
        later(Duration.ofMinutes(2));
        assertThat(row(redemption)).containsEntry("reversal_wanted", "no order");
        later(Duration.ofHours(3));
        givenBackOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEARD", "PARKED"})
    void what_waits_or_is_parked_in_the_inbox_may_be_its_order(String status) {
        String redemption = redeemed();
        shop.bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, topic, content_type, body, status, received_at, next_attempt_at, updated_at) values ('web', 'k', 'webhook', 'order', 'application/json', '{', ?, ?, ?, 1)",
                status,
                shop.clock.millis() + 60_000,
                Long.MAX_VALUE);
        later(Duration.ofMinutes(121));
        takenOnce();
        assertThat(row(redemption).get("flag")).isNull();
        later(Duration.ofHours(24));
        takenOnce();
        assertThat(row(redemption)).containsEntry("flag", "order-unheard");
        shop.bridge.rows.update("update inbox set status = 'DONE'");
        later(Duration.ofHours(24));
        takenOnce();
    }

    @Test
    void a_shop_that_cannot_be_asked_and_was_never_heard_gives_nothing_back() {
        String redemption = redeemed();
        quiet = true;
        later(Duration.ofHours(3));
        takenOnce();
        later(Duration.ofHours(22));
        takenOnce();
        assertThat(row(redemption)).containsEntry("flag", "order-unheard");
    }

    @Test
    void a_shop_that_cannot_be_asked_gives_nothing_back_until_it_is_heard_again() {
        quiet = true;
        speaks();
        shop.passes(Duration.ofSeconds(1));
        String redemption = redeemed();
        later(Duration.ofHours(3));
        takenOnce();
        assertThat(row(redemption).get("flag")).isNull();
        speaks();
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void what_was_said_of_an_order_that_could_not_be_found_out_is_over_once_it_is_known() {
        String redemption = redeemed();
        quiet = true;
        later(Duration.ofHours(25));
        assertThat(row(redemption)).containsEntry("flag", "order-unheard");
        order("o-1", "c-1", "OPEN");
        assertThat(row(redemption)).containsEntry("flag", null).containsEntry("order_id", "o-1");
        quiet = false;
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(119));
        takenOnce();
        later(Duration.ofMinutes(2));
        givenBackOnce();
    }

    @Test
    void a_silent_shop_that_cannot_be_asked_gives_nothing_back() {
        redeemed();
        speaks();
        shop.bridge.rows.update("update storefront_state set silent_at = 1");
        later(Duration.ofHours(3));
        takenOnce();
        shop.bridge.rows.update("update storefront_state set silent_at = null");
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void a_cart_that_was_converted_to_an_order_nobody_can_fetch_is_for_a_person() {
        String redemption = redeemed();
        heardOfCart(Map.of(
                "event",
                "converted",
                "connection",
                "web",
                "account_id",
                "green-leaf",
                "cart_id",
                "c-1",
                "order_id",
                "o-1"));
        later(Duration.ofHours(25));
        takenOnce();
        assertThat(row(redemption)).containsEntry("flag", "order-unheard").containsEntry("order_id", null);
        order("o-1", null, "PAID");
        assertThat(row(redemption)).containsEntry("order_id", "o-1");
    }

    @Test
    void a_cart_that_was_converted_to_an_order_cancelled_unpaid_gives_the_points_back() {
        redeemed();
        heardOfCart(Map.of(
                "event",
                "converted",
                "connection",
                "web",
                "account_id",
                "green-leaf",
                "cart_id",
                "c-1",
                "order_id",
                "o-1"));
        order("o-1", "c-1", "OPEN");
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(121));
        givenBackOnce();
    }

    private void heardOfCart(Map<String, Object> event) {
        shop.bridge.run("cart-heard", ShopEvents.of(event), Map.of());
    }

    // names

    @Test
    void an_id_finds_only_its_own_sort() {
        Shop.Answer answer = shop.post(
                shop.key,
                "/api/v1/redemptions",
                Map.of("walletSession", session, "discountId", "five-off", "cartId", "7300", "cartIdIs", "checkout"),
                "Idempotency-Key",
                "k-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        order("7300", "c-9", "PAID");
        assertThat(row(answer.text("redemptionId"))).containsEntry("order_id", null);
        order("o-2", "c-8", "PAID", "checkout_id", "7300");
        assertThat(row(answer.text("redemptionId"))).containsEntry("order_id", "o-2");
    }

    @Test
    void an_id_that_two_orders_bear_as_different_sorts_finds_neither_and_gives_nothing_back() {
        String redemption = redeemed();
        order("o-1", null, "UNPLACED", "name", "c-1");
        order("o-2", null, "PAID", "checkout_id", "c-1");
        assertThat(row(redemption)).containsEntry("order_id", null);
        later(Duration.ofHours(3));
        takenOnce();
        later(Duration.ofHours(24));
        assertThat(row(redemption)).containsEntry("flag", "order-unheard");
    }

    @Test
    void two_orders_of_one_cart_may_name_it_as_their_checkout_too() {
        String redemption = redeemed();
        order("o-1", "c-1", "OPEN", "checkout_id", "c-1");
        order("o-1", "c-1", "CANCELLED", "checkout_id", "c-1");
        order("o-2", "c-1", "PAID", "checkout_id", "c-1");
        assertThat(row(redemption)).containsEntry("order_id", "o-2");
        later(Duration.ofHours(3));
        takenOnce();
    }

    @Test
    void a_number_that_is_the_order_of_another_customer_is_not_taken_for_the_cart() {
        String redemption = redeemed();
        order("c-1", null, "PAID", "phone", "+15555550199");
        assertThat(row(redemption)).containsEntry("order_id", null);
    }

    @Test
    void a_cart_is_enough_though_its_order_has_another_phone() {
        String redemption = redeemed();
        order("o-2", "c-1", "PAID", "phone", "+15555550199");
        assertThat(row(redemption)).containsEntry("order_id", "o-2");
    }

    @Test
    void an_order_that_comes_too_late_is_flagged_and_nothing_is_sent() {
        String redemption = redeemed();
        later(Duration.ofMinutes(121));
        givenBackOnce();
        order("o-1", "c-1", "PAID");
        later(Duration.ofHours(3));
        assertThat(row(redemption))
                .containsEntry("flag", "order-again")
                .containsEntry("status", "EXECUTED")
                .containsEntry("order_id", "o-1");
        givenBackOnce();
    }

    @Test
    void an_order_that_comes_before_the_points_went_back_leaves_it_to_a_person() {
        redeemed();
        shop.passes(Duration.ofMinutes(121));
        speaks();
        shop.bridge.run("redemption-orphan");
        assertThat(reversals()).containsExactly("WANTED");
        order("o-1", "c-1", "PAID");
        later(Duration.ofMinutes(1));
        assertThat(reversals()).containsExactly("PARKED");
        takenOnce();
    }

    @Test
    void an_order_that_is_cancelled_and_stands_again_is_flagged() {
        String redemption = redeemed();
        order("o-1", "c-1", "CANCELLED", "paid_once", 1);
        later(Duration.ofMinutes(1));
        order("o-1", "c-1", "PAID");
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(1));
        assertThat(row(redemption)).containsEntry("flag", "order-again");
        givenBackOnce();
    }

    @Test
    void a_shop_without_any_orders_is_braked() {
        shop.aiq.discount("1001", "cup", "1", true);
        session = shop.adasWalletAgain();
        IntStream.range(0, 12)
                .forEach(i ->
                        assertThat(chooses("cup", "c-" + i, "k-" + i).status()).isEqualTo(201));
        later(Duration.ofMinutes(121));
        later(Duration.ofMinutes(1));
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
        assertThat(shop.bridge.rows.queryForObject("select braked_at from brake where connection = 'web'", Long.class))
                .isNotNull();
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from storefront_state where connection <> 'web'", Integer.class))
                .isZero();
    }

    // the shopper takes the reward out

    @Test
    void what_the_shopper_takes_out_before_the_order_goes_back_once() {
        String redemption = redeemed();
        Shop.Answer answer = releases(redemption);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("reversal")).isEqualTo("WANTED");
        assertThat(releases(redemption).status()).isEqualTo(200);
        order("o-1", "c-1", "PAID");
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofHours(3));
        assertThat(row(redemption).get("flag"))
                .as("an order without the reward is nothing strange")
                .isNull();
        givenBackOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNPLACED", "CANCELLED"})
    void what_the_shopper_takes_out_of_an_order_that_nobody_has_placed_goes_back_too(String status) {
        String redemption = redeemed();
        order("o-1", "c-1", status);
        assertThat(releases(redemption).status()).isEqualTo(200);
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void what_belongs_to_an_order_is_taken_back_by_the_order_alone() {
        String redemption = redeemed();
        order("o-1", "c-1", "OPEN");
        assertThat(releases(redemption).status()).isEqualTo(409);
        later(Duration.ofHours(3));
        takenOnce();
    }

    @Test
    void what_is_unclear_when_the_shop_goes_on_without_it_is_given_back_if_it_was_taken() {
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        String redemption = chooses("five-off", "c-1", "k-1").text("redemptionId");
        assertThat(releases(redemption).status()).isEqualTo(200);
        order("o-1", "c-1", "PAID");
        settle();
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void a_reward_taken_out_makes_room_for_another() {
        releases(redeemed());
        later(Duration.ofMinutes(1));
        assertThat(chooses("welcome", "c-1", "k-2").status()).isEqualTo(201);
    }

    @Test
    void a_restart_in_between_changes_nothing() {
        String redemption = redeemed();
        shop.restart();
        order("o-1", "c-1", "PAID");
        shop.restart();
        order("o-1", "c-1", "CANCELLED");
        shop.restart();
        later(Duration.ofMinutes(1));
        assertThat(asks(redemption).text("reversal")).isEqualTo("DONE");
        givenBackOnce();
    }
}
