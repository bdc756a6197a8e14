package aiqbridge.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.storefront.api.RowWaits;
import aiqbridge.storefront.api.ShopStub;
import aiqbridge.storefront.api.ShopStub.Answer;
import aiqbridge.storefront.mapping.ShopRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a shop's API does not give for one thing delays that thing alone; the shop is left in peace only for what is certainly its own. One bridge; each test is a shop of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneThingAloneTest {
    private static final Map<String, Integer> SHOPS =
            Map.of("listed", 1, "bare", 1, "shopify", 3, "square", 14, "bigcommerce", 14);
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
    void open(@TempDir Path folder) throws IOException {
        Path home = TestBridge.copyOfHome(folder.resolve("home"));
        kind(home, "listed", "api[.]probe.*");
        kind(home, "bare", "api[.]probe.*|poll[.].*");
        SHOPS.forEach((kind, most) -> IntStream.rangeClosed(1, most)
                .mapToObj(i -> kind + "-" + i)
                .forEach(name -> storefront(folder, name, kind, api.url(name))));
        storefront(folder, "closed", "square", "http://127.0.0.1:" + TestBridge.freePort() + "/x");
        storefront(folder, "nowhere", "square", "https://shop.invalid");
        storefront(folder, "no-tls", "square", api.url("no-tls").replace("http:", "https:"));
        List<String> settings = new ArrayList<>(List.of(
                "storefront.connections",
                folder.resolve("storefront").toString(),
                "pos.connections",
                folder.resolve("pos").toString(),
                "storefront.api-timeout",
                "1s",
                TestBridge.HOME_SETTING,
                home.toString()));
        settings.addAll(List.of(store()));
        bridge = new TestBridge(folder, clock, settings.toArray(new String[0]));
        bridge.account("green-leaf", "1001", "demo-key");
        for (String name : List.of("closed", "nowhere", "no-tls")) {
            bridge.bridge().storefrontSecrets().add(name, StorefrontSecrets.API, "tok-1");
        }
    }

    /** A kind of shop like BigCommerce whose file lacks these lines. */
    private static void kind(Path home, String name, String without) throws IOException {
        Path like = home.resolve("routes/storefront/bigcommerce");
        Path folder = Files.createDirectories(home.resolve("routes/storefront").resolve(name));
        Files.copy(like.resolve("events.jslt"), folder.resolve("events.jslt"));
        Files.write(
                folder.resolve("kind.properties"),
                Files.readAllLines(like.resolve("kind.properties")).stream()
                        .filter(line -> !line.matches(without))
                        .toList());
    }

    private static void storefront(Path folder, String name, String kind, String url) {
        Shop.storefront(
                folder,
                name,
                "kind = " + kind + "\napi.url = " + url + "\npublic-url = https://bridge.example/webhooks/" + kind + "/"
                        + name + "\n");
    }

    @AfterAll
    void close() {
        ended.countDown();
        bridge.close();
        api.close();
    }

    private String shop(String kind) {
        int n = opened.merge(kind, 1, Integer::sum);
        assertThat(n).isLessThanOrEqualTo(SHOPS.get(kind));
        String name = kind + "-" + n;
        bridge.bridge().storefrontSecrets().add(name, StorefrontSecrets.API, "tok-1");
        return name;
    }

    /** The shop says that this order changed, and no more; the id of the row. */
    private long changed(String shop, String order) {
        String key = "d-" + ++deliveries;
        String topic = shop.startsWith("square") || !shop.contains("-") || shop.equals("no-tls")
                ? "order.updated"
                : "store/order/updated";
        String body = topic.equals("order.updated")
                ? "{\"type\":\"order.updated\",\"event_id\":\"e\",\"data\":{\"object\":{\"order_updated\":{\"order_id\":\""
                        + order + "\",\"version\":1}}}}"
                : "{\"scope\":\"store/order/updated\",\"data\":{\"type\":\"order\",\"id\":" + order + "}}";
        bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, topic, content_type, body, received_at, status, next_attempt_at, updated_at) values (?, ?, 'webhook', ?, 'application/json', ?, ?, 'HEARD', ?, ?)",
                shop,
                key,
                topic,
                body,
                clock.millis(),
                clock.millis(),
                clock.millis());
        return bridge.rows.queryForObject("select inbox_id from inbox where delivery_key = ?", Long.class, key);
    }

    /** The order as the shop's API gives it; what it is asked besides is answered with nothing in it. */
    private static Answer given(String target) {
        String id = target.substring(target.lastIndexOf('/') + 1);
        return target.startsWith("/v2/orders?")
                ? Answer.ok("[]")
                : !target.startsWith("/v2/orders/")
                        ? Answer.ok("{}")
                        : target.matches(".*/\\d+")
                                ? Answer.ok("{\"id\":" + id + ",\"status_id\":11,\"total_inc_tax\":\"71.00\"}")
                                : Answer.ok(
                                        "{\"order\":{\"id\":\"" + id
                                                + "\",\"state\":\"COMPLETED\",\"version\":1,\"line_items\":[{\"name\":\"x\",\"quantity\":\"1\"}]}}");
    }

    /** The shop fails so for these orders, and gives all others. */
    private void fails(String shop, Function<String, Answer> failure, String... orders) {
        api.answers(
                shop,
                target -> List.of(orders).stream().anyMatch(o -> target.equals("/v2/orders/" + o))
                        ? failure.apply(target)
                        : given(target));
    }

    private Answer failure(String how) {
        return switch (how) {
            case "html" -> Answer.ok("<html>maintenance</html>");
            case "half" -> Answer.half("{\"order\":");
            case "silent" -> {
                try {
                    ended.await(3, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield new Answer(500, "");
            }
            default -> new Answer(Integer.parseInt(how), "no");
        };
    }

    private void work() {
        bridge.run("inbox-work");
    }

    private void worksUntilAllAreParked(List<Long> rows) {
        for (int i = 0;
                i < 100 && rows.stream().anyMatch(row -> row(row).get("status").equals("HEARD"));
                i++) {
            clock.advance(Duration.ofHours(1));
            work();
        }
        rows.forEach(row -> is(row, "PARKED", 8));
    }

    private Map<String, Object> row(long id) {
        Map<String, Object> row = bridge.rows.queryForMap("select * from inbox where inbox_id = ?", id);
        row.replaceAll((column, value) -> value instanceof Integer n ? (Object) n.longValue() : value);
        return row;
    }

    private void is(long id, String status, long attempts) {
        assertThat(row(id))
                .as(String.valueOf(row(id)))
                .containsEntry("status", status)
                .containsEntry("attempts", attempts);
    }

    private String error(long id) {
        return (String) row(id).get("last_error");
    }

    private long asked(String shop, String order) {
        return api.requests(shop).stream()
                .filter(r -> r.target().equals("/v2/orders/" + order))
                .count();
    }

    private long probed(String shop) {
        return api.requests(shop).stream()
                .filter(r -> Set.of("/v2/time", "/v2/locations").contains(r.target()))
                .count();
    }

    private Long askedUntil(String shop, String list) {
        List<Long> until = bridge.rows.queryForList(
                "select asked_until from storefront_list where connection = ? and list = ?", Long.class, shop, list);
        return until.isEmpty() ? null : until.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "bigcommerce, 403",
        "bigcommerce, 503",
        "bigcommerce, half",
        "square, 401",
        "square, 500",
        "square, 408",
        "square, 400",
        "square, html",
        "square, silent"
    })
    void an_order_that_cannot_be_had_delays_itself_alone(String kind, String how) {
        String shop = shop(kind);
        List<String> orders = kind.equals("square") ? List.of("o-1", "o-2", "o-3") : List.of("7300", "7301", "7302");
        fails(shop, target -> failure(how), orders.get(0));
        List<Long> rows = orders.stream().map(o -> changed(shop, o)).toList();
        work();
        is(rows.get(0), "HEARD", 1);
        assertThat(error(rows.get(0))).isNotBlank();
        for (long good : rows.subList(1, 3)) {
            is(good, "DONE", 0);
            assertThat(error(good)).isNull();
        }
        if (kind.equals("bigcommerce")) {
            bridge.run("storefront-ask-" + shop);
            assertThat(askedUntil(shop, "orders"))
                    .as("what was missed is asked for meanwhile")
                    .isEqualTo(clock.millis());
        }
        worksUntilAllAreParked(rows.subList(0, 1));
    }

    @Test
    void what_was_parked_takes_effect_when_the_shop_gives_it_and_it_is_replayed() {
        String shop = shop("bigcommerce");
        fails(shop, target -> failure("403"), "7300");
        long row = changed(shop, "7300");
        for (int i = 0; i < 8; i++) {
            work();
            clock.advance(Duration.ofHours(1));
        }
        is(row, "PARKED", 8);
        api.answers(shop, OneThingAloneTest::given);
        bridge.rows.update(
                "update inbox set status = 'HEARD', attempts = 0, last_error = null where inbox_id = ?", row);
        work();
        is(row, "DONE", 0);
    }

    @Test
    void a_shop_that_asks_for_time_for_one_thing_gets_it() {
        String shop = shop("square");
        fails(shop, target -> new Answer(503, "", "Retry-After", "600"), "o-1");
        long bad = changed(shop, "o-1");
        long good = changed(shop, "o-2");
        work();
        is(good, "DONE", 0);
        assertThat(row(bad)).containsEntry("next_attempt_at", clock.millis() + 600_000);
    }

    @ParameterizedTest
    @CsvSource({"closed, be reached", "nowhere, be reached", "no-tls, be reached"})
    void a_shop_that_nobody_can_reach_is_left_in_peace_and_that_counts_as_no_attempt(String shop, String sentence) {
        long first = changed(shop, "o-1");
        long second = changed(shop, "o-2");
        work();
        for (long row : List.of(first, second)) {
            is(row, "HEARD", 0);
            assertThat(error(row)).contains(sentence);
            assertThat(row(row)).containsEntry("next_attempt_at", clock.millis() + 30_000);
        }
        bridge.rows.update("update inbox set status = 'PARKED' where inbox_id in (?, ?)", first, second);
    }

    @Test
    void a_thing_that_is_always_too_much_for_the_shop_does_not_keep_the_others_waiting() {
        String shop = shop("square");
        fails(shop, target -> new Answer(429, "", "Retry-After", "10"), "o-1");
        long bad = changed(shop, "o-1");
        long good = changed(shop, "o-2");
        work();
        is(bad, "HEARD", 0);
        is(good, "HEARD", 0);
        clock.advance(Duration.ofSeconds(10));
        work();
        is(good, "DONE", 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void a_key_is_refused_when_two_things_and_the_probe_say_so(int status) {
        String shop = shop(status == 401 ? "square" : "bigcommerce");
        String[] orders = status == 401 ? new String[] {"o-1", "o-2", "o-3"} : new String[] {"1", "2", "3"};
        api.answers(shop, target -> new Answer(status, "tok-1"));
        long first = changed(shop, orders[0]);
        work();
        assertThat(error(first)).contains("refuses our token with " + status).doesNotContain("tok-");
        assertThat(probed(shop))
                .as("one thing alone says nothing about the key")
                .isZero();
        long second = changed(shop, orders[1]);
        long third = changed(shop, orders[2]);
        work();
        is(first, "HEARD", 1);
        is(second, "HEARD", 0);
        is(third, "HEARD", 0);
        assertThat(error(third)).contains("refuses our token with " + status).contains("secrets add " + shop);
        assertThat(asked(shop, orders[2])).isZero();
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(30));
            work();
        }
        is(second, "HEARD", 0);
        is(third, "HEARD", 0);
        api.answers(shop, OneThingAloneTest::given);
        clock.advance(Duration.ofMinutes(10));
        work();
        for (long row : List.of(first, second, third)) {
            assertThat(row(row)).containsEntry("status", "DONE");
        }
    }

    @Test
    void two_things_that_are_refused_while_the_probe_is_answered_say_nothing_about_the_key() {
        String shop = shop("bigcommerce");
        fails(shop, target -> failure("403"), "1", "2");
        long first = changed(shop, "1");
        long second = changed(shop, "2");
        long good = changed(shop, "3");
        work();
        is(first, "HEARD", 1);
        is(second, "HEARD", 1);
        is(good, "DONE", 0);
        assertThat(probed(shop)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "html", "half"})
    void several_things_that_fail_while_the_probe_is_answered_hold_up_nobody(String how) {
        String shop = shop("square");
        fails(shop, target -> failure(how), "b-1", "b-2", "b-3", "b-4", "b-5");
        List<Long> bad = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> changed(shop, "b-" + i))
                .toList();
        long good = changed(shop, "o-1");
        work();
        bad.forEach(row -> is(row, "HEARD", 1));
        is(good, "DONE", 0);
    }

    @Test
    void a_shop_that_fails_for_all_is_left_in_peace_and_the_next_time_asked_for_something_else() {
        String shop = shop("bigcommerce");
        api.answers(shop, target -> new Answer(503, "away"));
        List<Long> rows = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> changed(shop, String.valueOf(i)))
                .toList();
        work();
        rows.subList(0, 3).forEach(row -> is(row, "HEARD", 1));
        rows.subList(3, 5).forEach(row -> {
            is(row, "HEARD", 0);
            assertThat(error(row)).contains("several things");
        });
        assertThat(asked(shop, "4")).isZero();
        clock.advance(Duration.ofSeconds(30));
        work();
        is(rows.get(3), "HEARD", 1);
        is(rows.get(0), "HEARD", 1);
        assertThat(asked(shop, "4")).isEqualTo(1);

        // the clock that asks for what was missed may ask all the same, and its answer clears the shop
        api.answers(shop, target -> target.contains("/4") ? new Answer(503, "away") : given(target));
        bridge.run("storefront-ask-" + shop);
        clock.advance(Duration.ofSeconds(30));
        work();
        for (int i : List.of(0, 1, 2, 4)) {
            assertThat(row(rows.get(i))).containsEntry("status", "DONE");
        }
        is(rows.get(3), "HEARD", 2);
    }

    @Test
    void nothing_of_a_shop_that_never_comes_back_waits_for_ever() {
        String shop = shop("square");
        api.answers(shop, target -> new Answer(500, ""));
        List<Long> rows = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> changed(shop, "o-" + i))
                .toList();
        worksUntilAllAreParked(rows);
    }

    @Test
    void what_a_wrong_address_does_not_know_is_not_gone() {
        String shop = shop("bigcommerce");
        api.answers(shop, OneThingAloneTest::given);
        changed(shop, "7300");
        work();
        clock.advance(Duration.ofMinutes(5));
        api.answers(shop, target -> new Answer(404, "<html>nothing here</html>"));
        long row = changed(shop, "7300");
        work();
        is(row, "HEARD", 1);
        assertThat(error(row)).contains("api.url");
        assertThat(bridge.rows.queryForObject("select status from shop_order where connection = ?", String.class, shop))
                .isEqualTo("PAID");
        fails(shop, target -> new Answer(404, "{}"), "7300");
        clock.advance(Duration.ofMinutes(5));
        work();
        is(row, "DONE", 1);
        assertThat(bridge.rows.queryForObject("select status from shop_order where connection = ?", String.class, shop))
                .isEqualTo("DELETED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "checkouts"})
    void a_list_that_is_refused_keeps_the_other_from_nothing(String refused) {
        String shop = shop("shopify");
        String other = refused.equals("orders") ? "checkouts" : "orders";
        api.answers(shop, target -> Answer.ok("{\"orders\":[],\"checkouts\":[]}"));
        bridge.run("storefront-ask-" + shop);
        long until = clock.millis();
        clock.advance(Duration.ofHours(5));
        api.answers(
                shop,
                target -> target.contains("/" + refused + ".json")
                        ? new Answer(403, "")
                        : Answer.ok("{\"" + other
                                + "\":[{\"id\":1,\"token\":\"k\",\"updated_at\":\"2026-11-23T18:10:00Z\"}]}"));
        assertThatThrownBy(() -> bridge.run("storefront-ask-" + shop)).hasRootCauseInstanceOf(ShopRefused.class);
        assertThat(askedUntil(shop, other)).isEqualTo(clock.millis());
        assertThat(askedUntil(shop, refused)).isEqualTo(until);
        assertThat(bridge.rows.queryForObject(
                        "select asked_until from storefront_state where connection = ?", Long.class, shop))
                .as("not everything was asked for")
                .isEqualTo(until);
        assertThat(bridge.rows.queryForObject("select count(*) from inbox where connection = ?", Integer.class, shop))
                .isEqualTo(1);
    }

    @Test
    void a_busy_shop_is_not_asked_for_its_other_list_either() {
        String shop = shop("shopify");
        api.answers(shop, target -> new Answer(429, "", "Retry-After", "5"));
        assertThatThrownBy(() -> bridge.run("storefront-ask-" + shop)).hasRootCauseInstanceOf(RowWaits.class);
        assertThat(api.requests(shop)).hasSize(1);
    }

    @Test
    void a_kind_without_a_probe_is_asked_for_one_row_of_its_list() {
        String shop = shop("listed");
        api.answers(shop, target -> target.startsWith("/v2/orders?") ? Answer.ok("[]") : new Answer(403, ""));
        long first = changed(shop, "1");
        long second = changed(shop, "2");
        work();
        is(first, "HEARD", 1);
        is(second, "HEARD", 1);
        assertThat(api.requests(shop).get(2).target())
                .startsWith("/v2/orders?min_date_modified=")
                .contains("&limit=1&page=1");
        api.answers(shop, target -> new Answer(403, ""));
        clock.advance(Duration.ofHours(1));
        work();
        is(first, "HEARD", 2);
        is(second, "HEARD", 1);
        assertThat(error(second)).contains("enter one that may read orders and carts");
    }

    @Test
    void a_kind_with_neither_probe_nor_list_is_left_in_peace_after_several_things() {
        String shop = shop("bare");
        api.answers(shop, target -> new Answer(403, ""));
        List<Long> rows = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> changed(shop, String.valueOf(i)))
                .toList();
        work();
        rows.subList(0, 3).forEach(row -> is(row, "HEARD", 1));
        is(rows.get(3), "HEARD", 0);
        worksUntilAllAreParked(rows);
    }
}
