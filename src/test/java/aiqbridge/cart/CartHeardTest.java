package aiqbridge.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a shop says about carts and orders, late, early, twice or in the wrong order: the rows say what is true. One bridge; each test is a shop of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CartHeardTest {
    private Shop shop;
    private long now;
    private String web;
    private int shops;

    String[] store() {
        return new String[0];
    }

    @BeforeAll
    void open(@TempDir Path folder) {
        shop = new Shop(folder, store());
        now = shop.clock.millis();
    }

    @BeforeEach
    void anotherShop() {
        web = "web-" + ++shops;
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private void hear(Said... events) {
        for (Said said : events) {
            shop.bridge.run(said.route(), said.event(), Map.of());
        }
    }

    /** A cart of the shop's, changed so many minutes ago. */
    private Said cart(long version, int minutesAgo) {
        return Said.cart(
                web, "c-1", version, now - Duration.ofMinutes(minutesAgo).toMillis());
    }

    private Said order(long version, int minutesAgo) {
        return Said.order(
                web, "o-1", version, now - Duration.ofMinutes(minutesAgo).toMillis());
    }

    private Map<String, Object> row() {
        return shop.bridge.rows.queryForMap("select * from cart where connection = ? and cart_id = 'c-1'", web);
    }

    private String status() {
        return (String) row().get("status");
    }

    private static List<List<Said>> permutations(List<Said> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Said>> all = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            List<Said> rest = new ArrayList<>(events);
            Said first = rest.remove(i);
            permutations(rest).forEach(p -> {
                List<Said> one = new ArrayList<>(List.of(first));
                one.addAll(p);
                all.add(one);
            });
        }
        return all;
    }

    @Test
    void an_older_version_that_comes_later_changes_nothing() {
        hear(cart(2, 10).items(3), cart(1, 20).items(1));
        assertThat(row()).containsEntry("item_count", 3).containsEntry("status", "OPEN");
        assertThat(((Number) row().get("version")).longValue()).isEqualTo(2);
    }

    @Test
    void two_bodies_of_one_version_end_alike_in_either_order() {
        hear(cart(1, 10).items(1), cart(1, 10).items(2));
        Object first = row().get("item_count");
        anotherShop();
        hear(cart(1, 10).items(2), cart(1, 10).items(1));
        assertThat(row()).containsEntry("item_count", first);
    }

    @Test
    void the_contact_may_come_late_and_stays_when_a_newer_version_has_none() {
        hear(cart(1, 30));
        assertThat(row()).containsEntry("phone", null);
        hear(cart(2, 20).from("+15555550100", "granted"), cart(3, 10));
        assertThat(row()).containsEntry("phone", "+15555550100").containsEntry("consent_phone", "granted");
        assertThat(((Number) row().get("version")).longValue()).isEqualTo(3);
    }

    @Test
    void the_contact_of_an_older_version_that_comes_late_is_attached() {
        hear(cart(3, 10), cart(1, 30).from("+15555550100", "granted"));
        assertThat(row())
                .containsEntry("phone", "+15555550100")
                .containsEntry("consent_phone", "granted")
                .containsEntry("status", "OPEN");
    }

    @Test
    void phone_and_email_are_one_persons() {
        hear(cart(1, 30).with("email", "ada@example.com"), cart(2, 20).with("phone", "+15555550101"));
        assertThat(row()).containsEntry("phone", "+15555550101").containsEntry("email", null);
    }

    @Test
    void a_no_to_marketing_outlives_versions_that_say_nothing() {
        hear(cart(1, 30).from("+15555550100", "withheld"), cart(2, 20).from("+15555550100", "unknown"), cart(3, 10));
        assertThat(row()).containsEntry("consent_phone", "withheld");
    }

    @Test
    void a_yes_to_marketing_is_not_the_next_persons() {
        hear(cart(1, 30).from("+15555550100", "granted"), cart(2, 20).from("+15555550101", "unknown"));
        assertThat(row()).containsEntry("phone", "+15555550101").containsEntry("consent_phone", "unknown");
        hear(cart(3, 10).with("consent", "granted"));
        assertThat(row()).containsEntry("consent_phone", "granted");
    }

    @Test
    void an_emptied_cart_is_emptied_and_filled_again_open() {
        hear(cart(1, 30), cart(2, 20).items(0));
        assertThat(status()).isEqualTo("EMPTIED");
        hear(cart(3, 10));
        assertThat(status()).isEqualTo("OPEN");
    }

    @Test
    void a_gone_cart_is_emptied_even_when_it_is_heard_of_later() {
        hear(Said.gone(web, "cart", "c-1", null), cart(5, 10));
        assertThat(status()).isEqualTo("EMPTIED");
        assertThat(row()).containsEntry("item_count", 2);
    }

    @Test
    void a_cart_that_was_changed_after_it_was_gone_is_there_again() {
        hear(cart(1, 30), Said.gone(web, "cart", "c-1", 2L));
        assertThat(status()).isEqualTo("EMPTIED");
        hear(cart(3, 10));
        assertThat(status()).isEqualTo("OPEN");
    }

    @Test
    void a_change_in_the_future_counts_as_made_when_it_was_heard() {
        hear(cart(1, -3 * 24 * 60));
        assertThat(((Number) row().get("changed_at")).longValue()).isEqualTo(now);
    }

    @Test
    void an_order_closes_the_cart_that_it_names() {
        hear(cart(1, 30), order(1, 10).with("cart_id", "c-1"));
        assertThat(row()).containsEntry("status", "ORDERED").containsEntry("closed_by", "o-1");
    }

    @Test
    void an_order_closes_the_cart_whose_checkout_it_names() {
        hear(order(1, 10).with("checkout_id", "c-1"), cart(1, 30));
        assertThat(status()).isEqualTo("ORDERED");
    }

    @Test
    void the_cart_itself_names_its_order() {
        hear(cart(2, 20).with("order_id", "o-9"), cart(3, 10));
        assertThat(row()).containsEntry("status", "ORDERED").containsEntry("closed_by", "o-9");
    }

    @Test
    void a_cart_and_an_order_of_one_id_are_two_things() {
        hear(Said.order(web, "c-1", 1, now), cart(1, 10));
        assertThat(status()).isEqualTo("OPEN");
    }

    @Test
    void an_order_of_another_shop_closes_nothing() {
        hear(
                cart(1, 30).from("+15555550100", "granted"),
                order(1, 10)
                        .with("cart_id", "c-1")
                        .with("phone", "+15555550100")
                        .by(web + "-too"));
        assertThat(status()).isEqualTo("OPEN");
    }

    @Test
    void an_order_without_a_link_closes_what_its_customer_changed_before_it() {
        hear(cart(1, 30).from("+15555550100", "granted"), order(1, 10).with("phone", "+15555550100"));
        assertThat(status()).isEqualTo("ORDERED");
    }

    @Test
    void an_order_without_a_link_closes_by_email_and_whichever_comes_first() {
        hear(order(1, 10).with("email", "ada@example.com"), cart(1, 30).with("email", "ada@example.com"));
        assertThat(status()).isEqualTo("ORDERED");
    }

    @Test
    void an_order_of_long_ago_or_of_somebody_else_leaves_the_cart_open() {
        hear(order(1, 45).with("phone", "+15555550100"), cart(1, 30).from("+15555550100", "granted"));
        assertThat(status()).isEqualTo("OPEN");
        hear(Said.order(web, "o-2", 1, now).with("phone", "+15555550101"));
        assertThat(status()).isEqualTo("OPEN");
        hear(Said.order(web, "o-3", 1, now + Duration.ofDays(4).toMillis()).with("phone", "+15555550100"));
        assertThat(status()).isEqualTo("OPEN");
    }

    @Test
    void an_order_that_another_cart_names_ends_no_other_by_its_customer_whichever_comes_first() {
        Said named = Said.cart(web, "c-2", 1, now).with("order_id", "o-1");
        hear(cart(1, 30).from("+15555550100", "granted"), order(1, 10).with("phone", "+15555550100"), named);
        assertThat(row()).containsEntry("status", "OPEN").containsEntry("closed_by", null);
        anotherShop();
        hear(
                named.by(web),
                order(1, 10).with("phone", "+15555550100"),
                cart(1, 30).from("+15555550100", "granted"));
        assertThat(row()).containsEntry("status", "OPEN").containsEntry("closed_by", null);
    }

    @Test
    void a_shops_clock_may_put_the_order_before_its_cart() {
        hear(cart(1, 10).from("+15555550100", "granted"), order(1, 15).with("phone", "+15555550100"));
        assertThat(status()).isEqualTo("ORDERED");
    }

    @Test
    void an_update_of_the_cart_after_its_order_leaves_it_closed() {
        hear(cart(1, 30), order(1, 20).with("cart_id", "c-1"), cart(2, 10));
        assertThat(status()).isEqualTo("ORDERED");
    }

    @Test
    void an_order_that_loses_its_customer_gives_the_cart_back() {
        hear(
                cart(1, 30).from("+15555550100", "granted"),
                order(1, 10).with("phone", "+15555550100"),
                order(2, 10).with("phone", "+15555550101"));
        assertThat(status()).isEqualTo("OPEN");
    }

    @Test
    void a_converted_cart_has_ended_though_nobody_knows_its_order() {
        hear(cart(1, 30).from("+15555550100", "granted"), Said.converted(web, "c-1", null), cart(2, 10));
        assertThat(status()).isEqualTo("ORDERED");
    }

    @Test
    void what_was_never_placed_ends_no_cart_until_it_is() {
        hear(
                cart(1, 30).from("+15555550100", "granted"),
                order(1, 20).with("cart_id", "c-1").with("status", "UNPLACED"));
        assertThat(status()).isEqualTo("OPEN");
        hear(order(2, 10).with("cart_id", "c-1").with("status", "OPEN"));
        assertThat(status()).isEqualTo("ORDERED");
    }

    @Test
    void an_order_that_names_its_cart_ends_no_other_of_its_customer() {
        hear(
                cart(1, 30).from("+15555550100", "granted"),
                order(1, 20).with("cart_id", "c-9").with("phone", "+15555550100"));
        assertThat(status()).isEqualTo("OPEN");
    }

    private Map<String, Object> orderRow() {
        return shop.bridge.rows.queryForMap("select * from shop_order where connection = ?", web);
    }

    @Test
    void the_newest_version_of_an_order_wins_and_its_link_stays() {
        hear(order(2, 10).with("status", "CANCELLED"), order(1, 10).with("cart_id", "c-1"), cart(1, 30));
        assertThat(orderRow()).containsEntry("status", "CANCELLED");
        assertThat(status()).isEqualTo("ORDERED");
    }

    @Test
    void a_deleted_order_is_deleted_even_when_it_is_heard_of_later() {
        hear(Said.gone(web, "order", "o-1", null), order(1, 10));
        assertThat(orderRow()).containsEntry("status", "DELETED");
    }

    @Test
    void an_order_is_deleted_since_a_version() {
        hear(order(3, 10), Said.gone(web, "order", "o-1", 2L));
        assertThat(orderRow()).containsEntry("status", "PAID");
        hear(Said.gone(web, "order", "o-1", 3L));
        assertThat(orderRow()).containsEntry("status", "DELETED");
        hear(order(4, 10));
        assertThat(orderRow()).containsEntry("status", "PAID");
    }

    @Test
    void an_abandoned_cart_that_comes_alive_again_is_open_and_an_order_marks_it_recovered() {
        hear(cart(1, 90).from("+15555550100", "granted"));
        abandoned();
        hear(cart(1, 90).from("+15555550100", "granted"));
        assertThat(status()).as("the same again is no life").isEqualTo("ABANDONED");
        hear(cart(2, 5).from("+15555550100", "granted"));
        assertThat(status()).isEqualTo("OPEN");
        abandoned();
        hear(order(1, 1).with("cart_id", "c-1"));
        assertThat(status()).isEqualTo("RECOVERED");
    }

    @Test
    void what_a_shop_says_of_an_abandoned_cart_keeps_how_it_was_sent() {
        hear(cart(1, 90).from("+15555550100", "granted"));
        abandoned();
        hear(cart(2, 5).from("+15555550100", "granted"), cart(3, 4).items(0), cart(4, 3));
        assertThat(row()).containsEntry("status", "OPEN").containsEntry("send_status", "WAITING");
    }

    private void abandoned() {
        shop.bridge.rows.update(
                "update cart set status = 'ABANDONED', abandoned_at = ?, abandoned_digest = digest, send_status = 'WAITING' where connection = ?",
                now,
                web);
    }

    @Test
    void all_24_orders_of_four_events_end_alike() {
        List<Said> events = List.of(
                cart(1, 60),
                cart(2, 50).from("+15555550100", "granted"),
                order(1, 40).with("cart_id", "c-1"),
                cart(3, 30).items(1));
        int n = 0;
        for (List<Said> order : permutations(events)) {
            String connection = web + "-order-" + n++;
            order.forEach(said -> hear(said.by(connection)));
        }
        assertThat(n).isEqualTo(24);
        assertThat(shop.bridge.rows.queryForList(
                        "select distinct status, version, item_count, phone, consent_phone, closed_by from cart where connection like ?",
                        web + "-order-%"))
                .hasSize(1)
                .first()
                .satisfies(r -> assertThat(r)
                        .containsEntry("status", "ORDERED")
                        .containsEntry("item_count", 1)
                        .containsEntry("phone", "+15555550100")
                        .containsEntry("closed_by", "o-1"));
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from cart where connection like ?", Integer.class, web + "-order-%"))
                .isEqualTo(24);
    }

    @Test
    void what_fails_half_way_leaves_nothing_behind() {
        Said broken = order(1, 10).with("cart_id", "c-1");
        hear(cart(1, 30));
        shop.bridge.rows.execute("alter table cart rename column abandoned_digest to away");
        assertThatThrownBy(() -> hear(broken)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> hear(cart(2, 10))).isInstanceOf(RuntimeException.class);
        shop.bridge.rows.execute("alter table cart rename column away to abandoned_digest");
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from shop_order where connection = ?", Integer.class, web))
                .isZero();
        assertThat(((Number) row().get("version")).longValue()).isEqualTo(1);
        hear(broken);
        assertThat(status()).isEqualTo("ORDERED");
    }

    @Test
    void a_cart_and_its_order_heard_at_the_same_instant_do_not_miss_each_other() throws Exception {
        List<Callable<Void>> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String id = "c-" + i;
            int number = i;
            for (Said said : List.of(
                    Said.cart(web, id, 1, now - 60_000),
                    Said.order(web, "o-" + number, 1, now).with("cart_id", id))) {
                events.add(() -> {
                    hear(said);
                    return null;
                });
            }
        }
        ExecutorService workers = Executors.newFixedThreadPool(6);
        try {
            for (Future<Void> one : workers.invokeAll(events)) {
                one.get();
            }
        } finally {
            workers.shutdown();
        }
        assertThat(shop.bridge.rows.queryForList(
                        "select distinct status from cart where connection = ?", String.class, web))
                .isEqualTo(Collections.singletonList("ORDERED"));
    }
}
