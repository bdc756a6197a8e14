package aiqbridge.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.storefront.api.ShopStub;
import aiqbridge.storefront.api.ShopStub.Answer;
import aiqbridge.storefront.mapping.Body;
import aiqbridge.storefront.mapping.Meaning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was heard takes effect, once for each delivery, and whatever goes wrong stays with its own row. One bridge; each test is a shop of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxWorkTest {
    private static final Map<String, Integer> SHOPS =
            Map.of("generic", 8, "woocommerce", 4, "shopify", 2, "square", 20, "bigcommerce", 2);
    private static final String TOKEN = "tok-0123456789abcdef";
    private final ShopStub api = new ShopStub();
    private final TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-23T18:00:00Z");
    private final Map<String, Integer> opened = new HashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private TestBridge bridge;
    private int deliveries;

    String[] store() {
        return new String[0];
    }

    @BeforeAll
    void open(@TempDir Path folder) {
        SHOPS.forEach((kind, most) -> IntStream.rangeClosed(1, most)
                .mapToObj(i -> kind + "-" + i)
                .forEach(name -> Shop.storefront(
                        folder,
                        name,
                        "kind = " + kind + "\napi.url = " + api.url(name)
                                + "\npublic-url = https://bridge.example/webhooks/" + kind + "/" + name + "\n")));
        Shop.storefront(
                folder, "no-api", "kind = square\npublic-url = https://bridge.example/webhooks/square/no-api\n");
        List<String> settings = new ArrayList<>(List.of(
                "storefront.connections",
                folder.resolve("storefront").toString(),
                "pos.connections",
                folder.resolve("pos").toString(),
                "storefront.api-timeout",
                "3s",
                "inbox.page",
                "20"));
        settings.addAll(List.of(store()));
        bridge = new TestBridge(folder, clock, settings.toArray(new String[0]));
        bridge.account("green-leaf", "1001", "demo-key");
    }

    @AfterAll
    void close() {
        ended.countDown();
        bridge.close();
        api.close();
    }

    /** Another shop of that kind, whose API knows our token. */
    private String shop(String kind) {
        String name = withoutToken(kind);
        bridge.bridge().storefrontSecrets().add(name, StorefrontSecrets.API, TOKEN);
        return name;
    }

    private String withoutToken(String kind) {
        int n = opened.merge(kind, 1, Integer::sum);
        assertThat(n).isLessThanOrEqualTo(SHOPS.get(kind));
        return kind + "-" + n;
    }

    private long heard(String shop, String topic, Object body) {
        return heard(shop, topic, "application/json", body.toString());
    }

    private long heard(String shop, String topic, String type, String body) {
        long now = clock.millis();
        String key = "d-" + ++deliveries;
        bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, topic, content_type, body, received_at, status, next_attempt_at, updated_at) values (?, ?, 'webhook', ?, ?, ?, ?, 'HEARD', ?, ?)",
                shop,
                key,
                topic,
                type,
                body,
                now,
                now,
                now);
        return bridge.rows.queryForObject("select inbox_id from inbox where delivery_key = ?", Long.class, key);
    }

    private void work() {
        bridge.run("inbox-work");
    }

    private Map<String, Object> row(long id) {
        return only("select * from inbox where inbox_id = ?", id);
    }

    /** The one row, its whole numbers as long ones, whatever the driver makes of them. */
    private Map<String, Object> only(String query, Object of) {
        Map<String, Object> row = bridge.rows.queryForMap(query, of);
        row.replaceAll((column, value) -> value instanceof Integer n ? (Object) n.longValue() : value);
        return row;
    }

    private void is(long id, String status) {
        assertThat(row(id)).as(String.valueOf(row(id).get("last_error"))).containsEntry("status", status);
    }

    private Map<String, Object> cart(String shop) {
        return only("select * from cart where connection = ?", shop);
    }

    private Map<String, Object> order(String shop) {
        return only("select * from shop_order where connection = ?", shop);
    }

    private static String cart(String id, int version, int total) {
        return "{\"type\":\"cart.updated\",\"data\":{\"id\":\"" + id + "\",\"version\":" + version
                + ",\"email\":\"ada@mail.example\",\"total\":" + total + ",\"items\":[{\"name\":\"Blue Dream\"}]}}";
    }

    private static String square(String id, int version) {
        return "{\"type\":\"order.updated\",\"event_id\":\"e\",\"data\":{\"object\":{\"order_updated\":{\"order_id\":\""
                + id + "\",\"version\":" + version + "}}}}";
    }

    private static Answer squareOrder(String id, int version, String state) {
        return Answer.ok("{\"order\":{\"id\":\"" + id + "\",\"state\":\"" + state + "\",\"version\":" + version
                + ",\"line_items\":[{\"name\":\"Blue Dream\",\"quantity\":\"1\"}]}}");
    }

    @Test
    void a_delivery_takes_effect_and_is_done() {
        String shop = shop("generic");
        long id = heard(shop, "cart.updated", cart("c-1", 1, 71));
        work();
        is(id, "DONE");
        assertThat(row(id)).containsEntry("attempts", 0L).containsEntry("last_error", null);
        assertThat(cart(shop))
                .containsEntry("status", "OPEN")
                .containsEntry("email", "ada@mail.example")
                .containsEntry("item_count", 1L);
        assertThat(((Number) cart(shop).get("total")).doubleValue()).isEqualTo(71);
    }

    @Test
    void trap_4_the_same_body_under_other_delivery_ids_has_one_effect() {
        String shop = shop("generic");
        long first = heard(shop, "cart.updated", cart("c-1", 1, 71));
        work();
        Map<String, Object> before = cart(shop);
        clock.advance(Duration.ofMinutes(1));
        long again = heard(shop, "cart.updated", cart("c-1", 1, 71));
        work();
        is(first, "DONE");
        is(again, "DONE");
        assertThat(cart(shop))
                .containsEntry("version", before.get("version"))
                .containsEntry("digest", before.get("digest"))
                .containsEntry("changed_at", before.get("changed_at"));
    }

    @Test
    void what_says_nothing_about_a_cart_or_an_order_is_ignored() {
        long id = heard(
                shop("woocommerce"),
                "action.woocommerce_add_to_cart",
                Meaning.sample("woocommerce/action.woocommerce_add_to_cart.json"));
        work();
        is(id, "IGNORED");
    }

    @Test
    void what_has_no_meaning_is_parked_with_a_reason_and_holds_up_nobody() {
        String shop = shop("generic");
        long before = heard(shop, null, cart("c-1", 1, 1));
        long broken = heard(shop, null, "{\"email\":\"ada@mail.example\"");
        long strange = heard(
                shop,
                "order.updated",
                "{\"type\":\"order.updated\",\"data\":{\"id\":\"o-1\",\"status\":\"ada@mail.example\"}}");
        long stranger = heard("nobody", null, cart("c-9", 1, 1));
        long after = heard(shop, null, cart("c-1", 2, 2));
        work();
        for (long id : List.of(broken, strange, stranger)) {
            is(id, "PARKED");
            assertThat((String) row(id).get("last_error"))
                    .matches("[A-Z].*[.]")
                    .doesNotContain("ada@")
                    .doesNotContain("Exception");
        }
        is(before, "DONE");
        is(after, "DONE");
        assertThat(cart(shop)).containsEntry("version", 2L);
    }

    @Test
    void a_long_queue_is_worked_off_portion_by_portion() {
        String shop = shop("generic");
        for (int i = 1; i <= 45; i++) {
            heard(shop, null, cart("c-1", i, i));
        }
        work();
        assertThat(bridge.rows.queryForObject(
                        "select count(*) from inbox where connection = ? and status = 'DONE'", Integer.class, shop))
                .isEqualTo(45);
        assertThat(cart(shop)).containsEntry("version", 45L);
    }

    @Test
    void what_a_worker_left_behind_is_worked_on_when_its_lease_is_over() {
        String shop = shop("generic");
        long id = heard(shop, null, cart("c-1", 1, 1));
        bridge.rows.update(
                "update inbox set next_attempt_at = ? where inbox_id = ?",
                clock.millis() + Duration.ofMinutes(2).toMillis(),
                id);
        work();
        is(id, "HEARD");
        clock.advance(Duration.ofMinutes(2));
        work();
        is(id, "DONE");
    }

    @Test
    void trap_3_a_draft_is_a_cart_that_its_order_ends() {
        String shop = shop("woocommerce");
        Body order = Body.sample("woocommerce/order.created.json");
        Body draft = order.with("status", "\"checkout-draft\"")
                .with("created_via", "\"store-api\"")
                .without("date_paid", "date_paid_gmt")
                .with("date_modified_gmt", "\"2017-03-22T19:20:00\"");
        heard(shop, "order.updated", draft);
        work();
        assertThat(cart(shop)).containsEntry("cart_id", "order-727").containsEntry("status", "OPEN");
        heard(shop, "order.updated", order);
        work();
        assertThat(cart(shop)).containsEntry("status", "ORDERED");
        heard(shop, "order.updated", draft.with("total", "\"30.00\""));
        work();
        assertThat(cart(shop)).containsEntry("status", "ORDERED");
        assertThat(order(shop)).containsEntry("status", "PAID");
        heard(shop, "order.deleted", "{\"id\":727}");
        work();
        assertThat(order(shop)).containsEntry("status", "DELETED");
    }

    @Test
    void trap_5_a_checkout_that_comes_after_its_order_stays_closed() {
        String shop = shop("shopify");
        heard(
                shop,
                "orders/create",
                "{\"id\":1,\"checkout_token\":\"k-1\",\"cart_token\":\"t-1\",\"financial_status\":\"paid\",\"created_at\":\"2026-11-23T17:00:10Z\",\"updated_at\":\"2026-11-23T17:00:10Z\",\"email\":\"ada@mail.example\"}");
        heard(
                shop,
                "checkouts/update",
                "{\"id\":9,\"token\":\"k-1\",\"cart_token\":\"t-1\",\"completed_at\":null,\"updated_at\":\"2026-11-23T17:00:00Z\",\"email\":\"ada@mail.example\",\"line_items\":[{\"title\":\"x\",\"quantity\":1}]}");
        work();
        assertThat(cart(shop)).containsEntry("cart_id", "k-1").containsEntry("status", "ORDERED");
        heard(
                shop,
                "checkouts/update",
                "{\"id\":9,\"token\":\"k-1\",\"completed_at\":null,\"updated_at\":\"2026-11-23T17:00:05Z\",\"email\":\"ada@mail.example\",\"line_items\":[{\"title\":\"x\",\"quantity\":2}]}");
        work();
        assertThat(cart(shop)).containsEntry("status", "ORDERED");
    }

    @Test
    void trap_11_a_form_is_a_cart() {
        String shop = shop("woocommerce");
        long id = heard(
                shop,
                null,
                "application/x-www-form-urlencoded",
                Meaning.sample("woocommerce/wcar.abandoned.made.form.txt").strip());
        work();
        is(id, "DONE");
        assertThat(cart(shop))
                .containsEntry("cart_id", "session-0f8e5a3f9c2d4b6a8e7d1c0b9a887766")
                .containsEntry("status", "OPEN")
                .containsEntry("phone", "+13035550142");
    }

    @Test
    void trap_17_an_emptied_cart_is_empty() {
        String shop = shop("generic");
        heard(shop, null, cart("c-1", 1, 71));
        heard(shop, null, "{\"type\":\"cart.updated\",\"data\":{\"id\":\"c-1\",\"version\":2,\"items\":[]}}");
        work();
        assertThat(cart(shop)).containsEntry("status", "EMPTIED");
    }

    // what only says that something changed

    @Test
    void a_thin_event_asks_the_shop_with_its_token_and_takes_the_answer() {
        String shop = shop("square");
        api.answers(shop, target -> squareOrder("o-1", 3, "OPEN"));
        long id = heard(shop, "order.updated", square("o-1", 3));
        work();
        is(id, "DONE");
        assertThat(cart(shop))
                .containsEntry("cart_id", "o-1")
                .containsEntry("version", 3L)
                .containsEntry("status", "OPEN");
        assertThat(api.requests(shop)).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.target()).isEqualTo("/v2/orders/o-1");
            assertThat(request.headers().getFirst("Authorization")).isEqualTo("Bearer " + TOKEN);
            assertThat(request.headers().keySet()).doesNotContain("Give_up_at", "Now", "More");
        });
    }

    @Test
    void trap_10_an_older_version_that_is_heard_later_changes_nothing() {
        String shop = shop("square");
        api.answers(shop, target -> squareOrder("o-1", 3, "COMPLETED"));
        heard(shop, "order.updated", square("o-1", 3));
        work();
        api.answers(shop, target -> squareOrder("o-1", 2, "OPEN"));
        heard(shop, "order.updated", square("o-1", 2));
        work();
        assertThat(order(shop)).containsEntry("version", 3L).containsEntry("status", "COMPLETED");
        assertThat(cart(shop)).containsEntry("status", "ORDERED");
    }

    @Test
    void trap_8_a_cart_that_the_shop_does_not_have_any_more_has_ended() {
        String shop = shop("bigcommerce");
        api.answers(
                shop,
                target -> Answer.ok(
                        "{\"data\":{\"id\":\"c-1\",\"email\":\"ada@mail.example\",\"updated_time\":\"2026-11-23T17:00:00Z\",\"line_items\":{\"physical_items\":[{\"name\":\"x\",\"quantity\":1}]}}}"));
        heard(
                shop,
                "store/cart/created",
                "{\"scope\":\"store/cart/created\",\"data\":{\"type\":\"cart\",\"id\":\"c-1\"}}");
        work();
        assertThat(cart(shop)).containsEntry("status", "OPEN");
        api.answers(shop, target -> new Answer(404, "{\"status\":404}"));
        long id = heard(
                shop,
                "store/channel/2/cart/updated",
                "{\"scope\":\"store/channel/2/cart/updated\",\"data\":{\"type\":\"cart\",\"id\":\"c-1\"}}");
        work();
        is(id, "DONE");
        assertThat(cart(shop)).containsEntry("status", "EMPTIED");
        assertThat(api.requests(shop)).allSatisfy(r -> {
            assertThat(r.target()).isEqualTo("/v3/carts/c-1");
            assertThat(r.headers().getFirst("X-Auth-Token")).isEqualTo(TOKEN);
        });
    }

    @Test
    void a_busy_shop_is_left_in_peace_for_as_long_as_it_asks_and_that_counts_as_no_attempt() {
        String shop = shop("square");
        api.answers(shop, target -> new Answer(429, "", "Retry-After", "2.5"));
        long first = heard(shop, null, square("o-1", 1));
        long second = heard(shop, null, square("o-2", 1));
        work();
        work();
        for (long id : List.of(first, second)) {
            assertThat(row(id))
                    .containsEntry("status", "HEARD")
                    .containsEntry("attempts", 0L)
                    .containsEntry("next_attempt_at", clock.millis() + 2_500 + (id == first ? 5_000 : 0));
            assertThat((String) row(id).get("last_error")).contains("429");
        }
        assertThat(api.requests(shop)).hasSize(1);
        api.answers(shop, target -> squareOrder(target.substring(target.length() - 3), 1, "OPEN"));
        clock.advance(Duration.ofMillis(2_500));
        work();
        is(second, "DONE");
        clock.advance(Duration.ofSeconds(5));
        work();
        is(first, "DONE");
        is(second, "DONE");
        assertThat(row(first)).containsEntry("last_error", null);
    }

    @Test
    void a_shop_that_says_nothing_or_never_ends_holds_up_nobody_for_long() throws InterruptedException {
        String silent = shop("square");
        api.answers(silent, target -> {
            try {
                ended.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer(500, "");
        });
        long asked = heard(silent, null, square("o-1", 1));
        String endless = shop("square");
        api.answers(endless, target -> Answer.ok("{\"order\":\"" + "x".repeat(17 * 1024 * 1024) + "\"}"));
        long flood = heard(endless, null, square("o-1", 1));
        long began = System.nanoTime();
        work();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        for (long id : List.of(asked, flood)) {
            assertThat(row(id)).containsEntry("status", "HEARD").containsEntry("attempts", 1L);
            assertThat((String) row(id).get("last_error")).contains("no readable answer");
        }
        // the other tests' work would wait for the silent shop again each time
        bridge.rows.update("update inbox set status = 'PARKED' where inbox_id in (?, ?)", asked, flood);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void a_refused_token_is_said_without_saying_it(int status) {
        String shop = shop("square");
        api.answers(shop, target -> new Answer(status, "{\"errors\":[\"bad " + TOKEN + "\"]}"));
        heard(shop, null, square("o-1", 1));
        long id = heard(shop, null, square("o-2", 1));
        work();
        assertThat(row(id)).containsEntry("status", "HEARD").containsEntry("attempts", 0L);
        assertThat((String) row(id).get("last_error"))
                .contains("refuses our token")
                .contains("secrets add " + shop)
                .doesNotContain("tok-");
    }

    @Test
    void a_missing_token_is_said_and_nobody_is_asked_without_one() {
        String shop = withoutToken("square");
        long id = heard(shop, null, square("o-1", 1));
        work();
        assertThat(row(id)).containsEntry("status", "HEARD").containsEntry("attempts", 0L);
        assertThat((String) row(id).get("last_error")).contains("token").contains("secrets add " + shop);
        assertThat(api.requests(shop)).isEmpty();
    }

    @Test
    void a_redirect_is_not_followed_and_another_refusal_is_tried_less_and_less_often_and_parked_in_the_end() {
        String shop = shop("square");
        String elsewhere = shop("square");
        api.answers(shop, target -> new Answer(302, "", "Location", api.url(elsewhere) + "/v2/orders/o-1"));
        long id = heard(shop, null, square("o-1", 1));
        long wait = 30_000;
        for (int attempt = 1; attempt <= 8; attempt++) {
            work();
            assertThat(row(id))
                    .containsEntry("attempts", (long) attempt)
                    .containsEntry("status", attempt < 8 ? "HEARD" : "PARKED");
            if (attempt < 8) {
                assertThat(row(id)).containsEntry("next_attempt_at", clock.millis() + wait);
            }
            work();
            assertThat(row(id)).containsEntry("attempts", (long) attempt);
            clock.advance(Duration.ofMillis(wait));
            wait = Math.min(wait * 2, 3_600_000);
        }
        assertThat((String) row(id).get("last_error")).contains("302");
        assertThat(api.requests(elsewhere)).isEmpty();
        assertThat(api.requests(shop)).hasSize(8);
    }

    @Test
    void an_answer_that_is_no_json_is_tried_again() {
        String shop = shop("square");
        api.answers(shop, target -> Answer.ok("<html>maintenance</html>"));
        long id = heard(shop, null, square("o-1", 1));
        work();
        assertThat(row(id)).containsEntry("status", "HEARD").containsEntry("attempts", 1L);
    }

    @Test
    void an_id_is_never_more_than_one_segment_of_a_path() {
        String shop = shop("square");
        api.answers(shop, target -> squareOrder("o-1", 1, "OPEN"));
        for (String id : List.of(
                "../../admin",
                "a/b?x=1#y",
                "{{secrets.key-file}}",
                "%2e%2e",
                "http://other.example/",
                "${bean:clock}")) {
            heard(shop, null, square(id, 1));
        }
        work();
        assertThat(api.requests(shop)).hasSize(6).allSatisfy(request -> assertThat(request.target())
                .matches("/v2/orders/[A-Za-z0-9_~%-]+"));
        assertThat(api.requests(shop).get(0).target()).isEqualTo("/v2/orders/%2E%2E%2F%2E%2E%2Fadmin");
        assertThat(api.requests(shop).get(2).target())
                .isEqualTo("/v2/orders/%7B%7Bsecrets%2Ekey%2Dfile%7D%7D".replace("%2D", "-"));
    }

    @Test
    void without_an_address_of_the_shops_api_a_thin_event_is_parked_and_says_what_to_write() {
        long id = heard("no-api", null, square("o-1", 1));
        work();
        is(id, "PARKED");
        assertThat((String) row(id).get("last_error")).contains("api.url").contains("no-api.properties");
    }

    @Test
    void what_was_parked_takes_effect_when_it_is_replayed() {
        String shop = shop("generic");
        long id = heard(shop, null, "{\"type\":\"order.updated\",\"data\":{\"id\":\"o-1\",\"status\":\"unheard-of\"}}");
        work();
        is(id, "PARKED");
        bridge.rows.update(
                "update inbox set status = 'HEARD', attempts = 0, last_error = null, body = ? where inbox_id = ?",
                "{\"type\":\"order.updated\",\"data\":{\"id\":\"o-1\",\"version\":1,\"status\":\"paid\"}}",
                id);
        work();
        is(id, "DONE");
        assertThat(order(shop)).containsEntry("status", "PAID");
    }
}
