package aiqbridge.storefront.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.storefront.api.ShopStub.Answer;
import aiqbridge.storefront.mapping.Body;
import aiqbridge.storefront.mapping.ShopRefused;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhooks get lost; what a shop changed is asked for, as its kind's properties say. The stubs answer as the platforms document it. One bridge; each test is a shop of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorefrontAskTest {
    private static final Map<String, Integer> SHOPS =
            Map.of("woocommerce", 16, "shopify", 2, "bigcommerce", 1, "square", 1, "generic", 1);
    private static final DateTimeFormatter WOO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private final ShopStub api = new ShopStub();
    private final TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-23T18:00:00Z");
    private final TreeMap<String, Integer> opened = new TreeMap<>();
    private TestBridge bridge;
    private TreeMap<Integer, Instant> wooOrders;

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
                        "kind = " + kind + "\napi.url = " + api.url(name) + "\npublic-url = https://bridge.example/"
                                + name + "\n")));
        List<String> settings = new ArrayList<>(List.of(
                "storefront.connections",
                folder.resolve("storefront").toString(),
                "pos.connections",
                folder.resolve("pos").toString(),
                "storefront.ask-pages",
                "5"));
        settings.addAll(List.of(store()));
        bridge = new TestBridge(folder, clock, settings.toArray(new String[0]));
        bridge.account("green-leaf", "1001", "demo-key");
    }

    @AfterAll
    void close() {
        bridge.close();
        api.close();
    }

    /** Another shop of that kind, now. */
    private String shop(String kind) {
        int n = opened.merge(kind, 1, Integer::sum);
        assertThat(n).isLessThanOrEqualTo(SHOPS.get(kind));
        String name = kind + "-" + n;
        bridge.bridge().storefrontSecrets().add(name, StorefrontSecrets.API, "ck_1:cs_2");
        wooOrders = new TreeMap<>();
        if (kind.equals("woocommerce")) {
            api.answers(name, this::woo);
        }
        return name;
    }

    private void ask(String shop) {
        bridge.run("storefront-ask-" + shop);
    }

    private List<Map<String, Object>> inbox(String shop) {
        return bridge.rows.queryForList("select * from inbox where connection = ? order by inbox_id", shop);
    }

    private Map<String, Object> order(String shop) {
        return bridge.rows.queryForMap("select * from shop_order where connection = ?", shop);
    }

    private Long askedUntil(String shop) {
        List<Long> until = bridge.rows.queryForList(
                "select asked_until from storefront_state where connection = ?", Long.class, shop);
        return until.isEmpty() ? null : until.get(0);
    }

    /** Before now. */
    private Instant ago(Duration time) {
        return clock.instant().minus(time);
    }

    private static String encoded(Instant time) {
        return WOO.format(time).replace(":", "%3A");
    }

    private List<String> asked(String shop) {
        return api.requests(shop).stream().map(ShopStub.Request::target).toList();
    }

    private static String parameter(String target, String name) {
        for (String pair : target.substring(target.indexOf('?') + 1).split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** Orders modified after the time given, oldest first, a page of them. */
    private Answer woo(String target) {
        Instant after = Instant.parse(parameter(target, "modified_after") + "Z");
        int size = Integer.parseInt(parameter(target, "per_page"));
        int page = Integer.parseInt(parameter(target, "page"));
        return Answer.ok("["
                + String.join(
                        ",",
                        wooOrders.entrySet().stream()
                                .filter(o -> o.getValue().isAfter(after))
                                .sorted(Map.Entry.comparingByValue())
                                .skip((page - 1L) * size)
                                .limit(size)
                                .map(o -> "{\"id\":" + o.getKey()
                                        + ",\"status\":\"processing\",\"date_created_gmt\":\"2026-11-23T10:00:00\",\"date_modified_gmt\":\""
                                        + WOO.format(o.getValue()) + "\",\"billing\":{\"email\":\"ada@mail.example\"}}")
                                .toList())
                + "]");
    }

    @Test
    void the_first_time_it_begins_now_and_then_where_it_stopped_with_an_overlap() {
        String shop = shop("woocommerce");
        wooOrders.put(1, ago(Duration.ofDays(3)));
        wooOrders.put(2, ago(Duration.ofMinutes(10)));
        Instant from = ago(Duration.ofMinutes(15));
        ask(shop);
        assertThat(asked(shop))
                .containsExactly("/wp-json/wc/v3/orders?status=any&dates_are_gmt=true&modified_after=" + encoded(from)
                        + "&orderby=modified&order=asc&per_page=100&page=1");
        assertThat(api.requests(shop).get(0).headers().getFirst("Authorization"))
                .isEqualTo("Basic Y2tfMTpjc18y");
        assertThat(askedUntil(shop)).isEqualTo(clock.millis());
        assertThat(inbox(shop)).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("source", "poll")
                .containsEntry("topic", "order.updated")
                .containsEntry("status", "HEARD"));
        bridge.run("inbox-work");
        assertThat(order(shop))
                .containsEntry("order_id", "2")
                .containsEntry("status", "PAID")
                .containsEntry("email", "ada@mail.example");

        clock.advance(Duration.ofMinutes(10));
        ask(shop);
        assertThat(parameter(asked(shop).get(1), "modified_after")).isEqualTo(WOO.format(from));
        assertThat(inbox(shop)).as("what was heard already is not kept again").hasSize(1);
        wooOrders.put(2, ago(Duration.ofMinutes(5)));
        ask(shop);
        assertThat(inbox(shop)).as("a newer version is").hasSize(2);
    }

    @Test
    void many_changes_are_read_page_by_page_also_while_the_shop_goes_on_changing() {
        String shop = shop("woocommerce");
        for (int i = 1; i <= 250; i++) {
            wooOrders.put(i, ago(Duration.ofMinutes(14)).plusSeconds(i));
        }
        int[] pages = {0};
        api.answers(shop, target -> {
            Answer answer = woo(target);
            if (++pages[0] == 1) {
                wooOrders.put(5, ago(Duration.ofMinutes(1)));
            }
            return answer;
        });
        ask(shop);
        assertThat(inbox(shop))
                .as("an order that was read and moved to the end pushed none past us")
                .hasSize(251);
        bridge.run("inbox-work");
        assertThat(bridge.rows.queryForObject(
                        "select count(*) from shop_order where connection = ?", Integer.class, shop))
                .isEqualTo(250);
    }

    @Test
    void a_page_of_one_second_is_read_on_by_its_number() {
        String shop = shop("woocommerce");
        for (int i = 1; i <= 230; i++) {
            wooOrders.put(i, ago(Duration.ofMinutes(10)));
        }
        ask(shop);
        assertThat(asked(shop).stream().map(t -> parameter(t, "page"))).containsExactly("1", "1", "2", "3");
        assertThat(inbox(shop)).hasSize(230);
    }

    @Test
    void a_queue_longer_than_one_asking_is_gone_on_with_the_next_time() {
        String shop = shop("woocommerce");
        ask(shop);
        clock.advance(Duration.ofHours(4));
        for (int i = 1; i <= 700; i++) {
            wooOrders.put(i, ago(Duration.ofHours(4)).plusSeconds(20L * i));
        }
        ask(shop);
        assertThat(asked(shop)).hasSize(6);
        assertThat(askedUntil(shop)).as("as far as was read").isLessThan(clock.millis());
        ask(shop);
        assertThat(inbox(shop)).hasSize(700);
        assertThat(askedUntil(shop)).isEqualTo(clock.millis());
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 429, 401, 302, 404, 400})
    void where_it_stands_moves_only_after_success_and_says_why_it_does_not(int status) {
        String shop = shop("woocommerce");
        ask(shop);
        long until = askedUntil(shop);
        clock.advance(Duration.ofMinutes(10));
        for (int i = 1; i <= 120; i++) {
            wooOrders.put(i, ago(Duration.ofMinutes(10)).plusSeconds(i));
        }
        int[] pages = {0};
        api.answers(
                shop,
                target -> ++pages[0] == 1 ? woo(target) : new Answer(status, "ada@mail.example", "Retry-After", "1"));
        assertThatThrownBy(() -> ask(shop)).hasRootCauseInstanceOf(status == 429 ? RowWaits.class : ShopRefused.class);
        assertThat(askedUntil(shop)).isEqualTo(until);
        assertThat(inbox(shop)).as("what was read is not lost").hasSize(100);
        clock.advance(Duration.ofMinutes(1));
        api.answers(shop, this::woo);
        ask(shop);
        assertThat(inbox(shop)).hasSize(120);
        assertThat(askedUntil(shop)).isEqualTo(clock.millis());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>login</html>", "{\"code\":\"x\"}", "\"text\"", "{"})
    void an_answer_that_is_not_the_list_is_no_success(String body) {
        String shop = shop("woocommerce");
        api.answers(shop, target -> Answer.ok(body));
        assertThatThrownBy(() -> ask(shop)).hasRootCauseInstanceOf(ShopRefused.class);
        assertThat(askedUntil(shop)).isNull();
    }

    @Test
    void shopify_names_the_next_page_itself_and_only_its_name_is_used() {
        String shop = shop("shopify");
        api.answers(shop, target -> {
            if (target.contains("/checkouts.json")) {
                return Answer.ok(
                        "{\"checkouts\":[{\"id\":9,\"token\":\"k-1\",\"email\":\"bea@mail.example\",\"updated_at\":\"2026-11-23T12:50:00-05:00\",\"line_items\":[{\"title\":\"x\",\"quantity\":1}]}]}");
            }
            return parameter(target, "page_info") == null
                    ? Answer.ok(
                            "{\"orders\":[{\"id\":1,\"financial_status\":\"paid\",\"updated_at\":\"2026-11-23T12:50:00-05:00\"}]}",
                            "Link",
                            "<http://elsewhere.example/admin/orders.json?limit=250&page_info=prev>; rel=\"previous\", <http://elsewhere.example/admin/orders.json?limit=250&page_info=n%2Bx%26y>; rel=\"next\"")
                    : Answer.ok(
                            "{\"orders\":[{\"id\":2,\"financial_status\":\"pending\",\"updated_at\":\"2026-11-23T12:51:00-05:00\"}]}");
        });
        Instant from = ago(Duration.ofMinutes(15));
        ask(shop);
        assertThat(asked(shop)).hasSize(3).allMatch(t -> t.startsWith("/admin/api/"));
        assertThat(asked(shop).get(0))
                .contains("status=any")
                .contains("order=updated_at+asc")
                .contains("updated_at_min=" + encoded(from) + "Z");
        assertThat(asked(shop).get(1)).endsWith("orders.json?limit=250&page_info=n%2Bx%26y");
        assertThat(api.requests(shop).get(0).headers().getFirst("X-Shopify-Access-Token"))
                .isEqualTo("ck_1:cs_2");
        bridge.run("inbox-work");
        assertThat(bridge.rows.queryForList(
                        "select order_id from shop_order where connection = ? order by order_id", String.class, shop))
                .containsExactly("1", "2");
        assertThat(bridge.rows.queryForMap("select * from cart where connection = ?", shop))
                .containsEntry("cart_id", "k-1");
    }

    @Test
    void a_shop_whose_pages_never_end_is_left_after_some() {
        String shop = shop("shopify");
        api.answers(
                shop,
                target -> target.contains("/checkouts.json")
                        ? Answer.ok("{\"checkouts\":[]}")
                        : Answer.ok(
                                "{\"orders\":[{\"id\":1,\"updated_at\":\"2026-11-23T12:50:00-05:00\"},{\"id\":2,\"updated_at\":\"2026-11-23T12:40:00-05:00\"}]}",
                                "Link",
                                "<http://x/?page_info=again>; rel=next"));
        assertThatThrownBy(() -> ask(shop))
                .rootCause()
                .isInstanceOf(ShopRefused.class)
                .hasMessageContaining("storefront.ask-pages");
        assertThat(asked(shop)).filteredOn(t -> t.contains("/orders.json")).hasSize(5);
        assertThat(asked(shop)).filteredOn(t -> t.contains("/checkouts.json")).hasSize(1);
        assertThat(askedUntil(shop)).isNull();
    }

    @Test
    void square_is_asked_for_payments_and_refunds_which_name_their_orders_and_is_not_believed_to_have_told_all() {
        String shop = shop("square");
        api.answers(shop, target -> Answer.ok("{}"));
        Instant from = ago(Duration.ofMinutes(15));
        ask(shop);
        assertThat(askedUntil(shop)).isEqualTo(clock.millis());
        api.answers(
                shop,
                target -> target.startsWith("/v2/orders/o-1")
                        ? Answer.ok(
                                "{\"order\":{\"id\":\"o-1\",\"state\":\"COMPLETED\",\"version\":4,\"updated_at\":\"2026-11-23T17:51:00Z\",\"total_money\":{\"amount\":4100,\"currency\":\"USD\"},\"line_items\":[{\"quantity\":\"1\"}]}}")
                        : target.startsWith("/v2/refunds")
                                ? Answer.ok("{\"refunds\":[]}")
                                : target.contains("cursor=more")
                                        ? Answer.ok(
                                                "{\"payments\":[{\"id\":\"p-2\",\"order_id\":\"o-1\",\"updated_at\":\"2026-11-23T17:51:00Z\"}]}")
                                        : Answer.ok(
                                                "{\"payments\":[{\"id\":\"p-1\",\"updated_at\":\"2026-11-23T17:50:00Z\"}],\"cursor\":\"more\"}"));
        clock.advance(Duration.ofMinutes(10));
        ask(shop);
        String asked = "updated_at_begin_time=" + encoded(from) + "Z&sort_field=UPDATED_AT&sort_order=ASC&limit=100";
        assertThat(asked(shop).subList(2, 5))
                .containsExactly(
                        "/v2/payments?" + asked, "/v2/payments?" + asked + "&cursor=more", "/v2/refunds?" + asked);
        bridge.run("inbox-work");
        assertThat(order(shop)).containsEntry("order_id", "o-1").containsEntry("status", "COMPLETED");
        assertThat(shopApi().asked())
                .as("what is ordered and not paid is in no list")
                .contains(new AskedShop(shop, "never"))
                .contains(new AskedShop("bigcommerce-1", "answers"));
    }

    private ShopApi shopApi() {
        return bridge.bridge().camel().getRegistry().findSingleByType(ShopApi.class);
    }

    @Test
    void a_shop_of_own_making_is_asked_as_its_contract_says() {
        String shop = shop("generic");
        api.answers(
                shop,
                target -> Answer.ok(
                        "[{\"id\":\"1001\",\"status\":\"paid\",\"cartId\":\"c-1\",\"changedAt\":\"2026-11-23T17:51:00Z\"}]"));
        Instant from = ago(Duration.ofMinutes(15));
        ask(shop);
        assertThat(asked(shop)).containsExactly("/orders?changed_after=" + encoded(from) + "Z&limit=100&page=1");
        assertThat(api.requests(shop).get(0).headers().getFirst("Authorization"))
                .isEqualTo("Bearer ck_1:cs_2");
        bridge.run("inbox-work");
        assertThat(order(shop)).containsEntry("order_id", "1001").containsEntry("status", "PAID");
        assertThat(shopApi().asked()).contains(new AskedShop(shop, "answers"));
    }

    @Test
    void bigcommerce_answers_nothing_with_an_empty_body_and_orders_without_asking_for_each() {
        String shop = shop("bigcommerce");
        api.answers(shop, target -> new Answer(204, ""));
        Instant from = ago(Duration.ofMinutes(15));
        ask(shop);
        assertThat(askedUntil(shop)).isEqualTo(clock.millis());
        api.answers(
                shop,
                target -> Answer.ok(
                        "[{\"id\":118,\"status_id\":11,\"cart_id\":\"c-1\",\"total_inc_tax\":\"71.0000\",\"date_created\":\"Mon, 23 Nov 2026 17:50:00 +0000\",\"date_modified\":\"Mon, 23 Nov 2026 17:51:00 +0000\"}]"));
        clock.advance(Duration.ofMinutes(10));
        ask(shop);
        assertThat(asked(shop).get(2))
                .startsWith(
                        "/v2/orders?min_date_modified=" + encoded(from) + "Z&sort=date_modified:asc&limit=100&page=1");
        assertThat(asked(shop).get(3)).as("archived ones are asked for, too").contains("is_deleted=true");
        bridge.run("inbox-work");
        assertThat(order(shop)).containsEntry("order_id", "118").containsEntry("status", "PAID");
        assertThat(api.requests(shop)).hasSize(4);
    }

    @Test
    void what_was_heard_by_webhook_and_is_asked_for_too_changes_nothing() {
        String shop = shop("woocommerce");
        Body order = Body.sample("woocommerce/order.created.json")
                .with("date_modified_gmt", "\"" + WOO.format(ago(Duration.ofMinutes(10))) + "\"");
        bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, topic, content_type, body, received_at, status, next_attempt_at, updated_at) values (?, 'd', 'webhook', 'order.updated', 'application/json', ?, ?, 'HEARD', 0, 0)",
                shop,
                order.toString(),
                clock.millis());
        bridge.run("inbox-work");
        Map<String, Object> before = bridge.rows.queryForMap(
                "select version, digest, changed_at, status, total from shop_order where connection = ?", shop);
        api.answers(shop, target -> Answer.ok("[" + order + "]"));
        clock.advance(Duration.ofMinutes(5));
        ask(shop);
        bridge.run("inbox-work");
        assertThat(inbox(shop).stream().map(row -> row.get("status"))).containsExactly("DONE", "DONE");
        assertThat(bridge.rows.queryForMap(
                        "select version, digest, changed_at, status, total from shop_order where connection = ?", shop))
                .isEqualTo(before);
    }
}
