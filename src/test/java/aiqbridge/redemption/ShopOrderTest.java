package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.storefront.mapping.ShopEvents;
import java.time.Duration;
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
            Map<String, Object> cart = new java.util.HashMap<>(Map.of(
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
            cart.putAll(Map.of("items", "[]", "order_id", "o-1"));
            List.of("phone", "email", "url", "currency").forEach(absent -> cart.put(absent, null));
            shop.bridge.run("cart-heard", ShopEvents.of(cart), Map.of());
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
        shop.bridge.rows.update(
                "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, order_id, created_at, updated_at) values ('web', 'c-1', 'green-leaf', 'ORDERED', 1, 'd', 1, 0, '[]', 'o-1', 1, 1)");
        later(Duration.ofHours(3));
        assertThat(row(redemption)).containsEntry("order_id", "o-1");
        takenOnce();
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

    @Test
    void an_order_that_is_gone_gives_the_points_back() {
        redeemed();
        order("o-1", "c-1", "OPEN");
        Map<String, Object> gone = new java.util.HashMap<>(Map.of(
                "event",
                "gone",
                "what",
                "order",
                "connection",
                "web",
                "account_id",
                "green-leaf",
                "order_id",
                "o-1",
                "digest",
                "gone"));
        gone.put("version", null);
        heard(gone);
        later(Duration.ofMinutes(1));
        givenBackOnce();
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
        order("o-1", "c-1", "CANCELLED");
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
        order("c-1", null, "CANCELLED");
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
        order("o-1", "c-1", "CANCELLED");
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
