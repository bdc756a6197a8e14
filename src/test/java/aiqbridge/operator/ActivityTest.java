package aiqbridge.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import aiqbridge.StartRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of what happened: the right rows, cheaply, and no customer's phone. */
class ActivityTest {
    @TempDir
    Path folder;

    Shop shop;
    private RedemptionList list;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\n");
        shop = new Shop(
                folder,
                Stream.concat(Stream.of(store()), Stream.of("aiq.redeem-timeout", "1s"))
                        .toArray(String[]::new));
        list = new RedemptionList(
                shop.bridge.bridge().store().source(), shop.bridge.bridge().connections());
        shop.bridge.account("blue-leaf", "1002", "other-key");
        shop.bridge.rows.update(
                "insert into contact (customer_key, account_id, identity, contact_id, phone, created_at, updated_at) values ('k', 'green-leaf', 'i', 'c', '+13035550142', 1, 1), ('e', 'blue-leaf', 'e', 'c2', null, 1, 1)");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void row(String id, String account, String connection, String storefront, String status, long queuedAt) {
        shop.bridge.rows.update(
                """
            insert into redemption (redemption_id, account_id, connection, location, model, status, note, customer_key, discount_id, discount_name, points, reusable, queued_at, expires_at, next_attempt_at, created_at, updated_at, storefront)
            values (?, ?, ?, 'main', 'POS', ?, ?, ?, ?, ?, 1, 1, ?, ?, 1, 1, 1, ?)""",
                id,
                account,
                connection,
                status,
                "n" + id,
                account.equals("green-leaf") ? "k" : "e",
                "d" + id,
                "<b>five</b>",
                queuedAt,
                queuedAt,
                storefront);
    }

    private List<String> ids(RedemptionFilter filter) {
        return list.page(filter, null, 100).stream().map(RedemptionLine::id).toList();
    }

    @Test
    void a_filter_lets_through_what_it_says() {
        row("r1", "green-leaf", "till", null, "QUEUED", 10);
        row("r2", "green-leaf", "other-till", null, "DUE", 20);
        row("r3", "green-leaf", "till", "web", "SELECTED", 30);
        row("r4", "blue-leaf", "till", null, "QUEUED", 40);
        assertThat(ids(new RedemptionFilter(null, null, null, null, null, null)))
                .containsExactly("r4", "r3", "r2", "r1");
        assertThat(ids(new RedemptionFilter("green-leaf", null, null, null, null, null)))
                .containsExactly("r3", "r2", "r1");
        assertThat(ids(new RedemptionFilter(null, "till", null, null, null, null)))
                .containsExactly("r4", "r3", "r1");
        assertThat(ids(new RedemptionFilter(null, "web", null, null, null, null)))
                .containsExactly("r3");
        assertThat(ids(new RedemptionFilter(null, null, "QUEUED", null, null, null)))
                .containsExactly("r4", "r1");
        assertThat(ids(new RedemptionFilter(null, null, null, "0142", null, null)))
                .containsExactly("r3", "r2", "r1");
        assertThat(ids(new RedemptionFilter(null, null, null, "9999", null, null)))
                .isEmpty();
        assertThat(ids(new RedemptionFilter(null, null, null, null, 20L, 40L))).containsExactly("r3", "r2");
        assertThat(ids(new RedemptionFilter("green-leaf", "till", "QUEUED", "0142", 0L, 99L)))
                .containsExactly("r1");
        assertThat(list.page(new RedemptionFilter(null, null, null, null, null, null), null, 100))
                .extracting(RedemptionLine::customer)
                .containsExactly("unknown", "…0142", "…0142", "…0142");
    }

    @Test
    void pages_follow_each_other_without_gap_or_repetition() {
        for (int i = 0; i < 7; i++) {
            row("r" + i, "green-leaf", "till", null, "QUEUED", 100 + i / 4);
        }
        List<String> seen = new ArrayList<>();
        String after = null;
        for (int page = 0; page < 3; page++) {
            List<RedemptionLine> lines =
                    list.page(new RedemptionFilter(null, "till", null, null, null, null), after, 3);
            lines.forEach(l -> seen.add(l.id()));
            after = lines.get(lines.size() - 1).cursor();
        }
        assertThat(seen).containsExactly("r6", "r5", "r4", "r3", "r2", "r1", "r0");
    }

    @Test
    void what_is_not_known_or_not_a_value_is_refused_and_never_run() {
        row("r1", "green-leaf", "till", null, "QUEUED", 10);
        for (String hostile : List.of("' or '1'='1", "x'; drop table redemption; --", "\u0000", "%", "../till")) {
            assertThatThrownBy(() -> ids(new RedemptionFilter(hostile, null, null, null, null, null)))
                    .isInstanceOf(StartRefused.class);
            assertThatThrownBy(() -> ids(new RedemptionFilter(null, hostile, null, null, null, null)))
                    .isInstanceOf(StartRefused.class);
            assertThatThrownBy(() -> new RedemptionFilter(null, null, hostile, null, null, null))
                    .isInstanceOf(StartRefused.class);
            assertThatThrownBy(() -> new RedemptionFilter(null, null, null, hostile, null, null))
                    .isInstanceOf(StartRefused.class);
            assertThatThrownBy(() -> list.page(new RedemptionFilter(null, null, null, null, null, null), hostile, 5))
                    .isInstanceOf(StartRefused.class);
            assertThat(new RedemptionStory.Teller(shop.bridge.bridge().store().source()).of(hostile))
                    .isEmpty();
        }
        assertThat(list.page(new RedemptionFilter(null, null, null, null, null, null), "11.r0", 5))
                .hasSize(1);
        CartList carts = new CartList(
                shop.bridge.bridge().store().source(), shop.bridge.bridge().connections());
        assertThatThrownBy(() -> carts.page("till", null, null, 5))
                .as("a till has no carts")
                .isInstanceOf(StartRefused.class);
        assertThatThrownBy(() -> carts.page(null, "' or 1=1", null, 5)).isInstanceOf(StartRefused.class);
        assertThatThrownBy(() -> carts.page(null, null, "' or 1=1", 5)).isInstanceOf(StartRefused.class);
    }

    @Test
    void the_story_tells_everything_but_the_phone() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.pollAndExecute();
        RedemptionStory.Teller teller =
                new RedemptionStory.Teller(shop.bridge.bridge().store().source());
        assertThat(teller.of(redemption).orElseThrow().unclear()).isTrue();
        shop.clock.advance(Duration.ofMinutes(4));
        shop.bridge.run("redemption-settle");
        shop.bridge.run("pos-write-back-till");
        RedemptionStory story = teller.of(redemption).orElseThrow();
        assertThat(story.redemption().status()).isEqualTo("EXECUTED");
        String told = String.join(
                "\n",
                story.events().stream().map(e -> e.what() + " | " + e.detail()).toList());
        assertThat(told)
                .contains(
                        "Chosen: $5 off, 100 points, at till",
                        "The till completed sale t-1 over 42.50 by kim",
                        "Sent to AIQ, attempt 1",
                        "AIQ's wallet showed 1233 points before",
                        "AIQ's own records show it",
                        "Ledger: REDEEMED 100 points",
                        "On the till's transaction: 100 points, DONE")
                .doesNotContain("5555550100", "redeem/");
        assertThat(story.events())
                .isSortedAccordingTo((a, b) -> a.at().substring(0, 19).compareTo(b.at().substring(0, 19)));
    }

    @Test
    void a_stolen_discount_shows_beside_its_employee() {
        shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.till.update("update sale set discount_ids = 'five-off'");
        shop.pollAndExecute();
        shop.rings("t-2", null, 10);
        shop.rings("t-3", null, 10);
        shop.till.update("update sale set discount_ids = 'staff, five-off' where id = 't-2'");
        shop.till.update("update sale set discount_ids = 'staff' where id = 't-3'");
        shop.pollAndExecute();
        Leaks leaks = new Leaks(shop.bridge.bridge().store().source());
        long from = shop.clock.millis() - 86_400_000, to = shop.clock.millis() + 1_000;
        assertThat(leaks.per(List.of("till"), from, to)).singleElement().satisfies(e -> {
            assertThat(e.employee()).isEqualTo("kim");
            assertThat(e.withoutRedemption()).isEqualTo(1);
            assertThat(e.withoutDiscount()).isZero();
            assertThat(e.sales()).containsExactly("t-2 (discount, no redemption)");
        });
        shop.bridge.rows.update("update pos_transaction set discount_ids = 'staff' where transaction_id = 't-1'");
        assertThat(leaks.per(List.of("till"), from, to)).singleElement().satisfies(e -> assertThat(e.withoutDiscount())
                .isEqualTo(1));
        assertThat(leaks.per(List.of("other-till"), from, to)).isEmpty();
        assertThat(leaks.per(List.of("till"), to, to + 1)).isEmpty();
    }

    @Test
    void carts_are_listed_with_what_became_of_them() {
        for (int i = 0; i < 3; i++) {
            shop.bridge.rows.update(
                    "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, phone, total, currency, send_status, created_at, updated_at) values ('web', ?, 'green-leaf', ?, 1, 'd', 5, 2, '[]', '+13035550142', 12.5, 'USD', ?, 1, 1)",
                    "c" + i,
                    i == 0 ? "OPEN" : "ABANDONED",
                    i == 0 ? null : "WAITING");
        }
        CartList carts = new CartList(
                shop.bridge.bridge().store().source(), shop.bridge.bridge().connections());
        assertThat(carts.page(null, null, null, 2))
                .extracting(CartList.Line::cart)
                .containsExactly("c2", "c1");
        assertThat(carts.page(
                        "web", null, carts.page("web", null, null, 2).get(1).cursor(), 2))
                .singleElement()
                .satisfies(k -> {
                    assertThat(k.cart()).isEqualTo("c0");
                    assertThat(k.customer()).isEqualTo("…0142");
                    assertThat(k.total()).isEqualTo("12.50 USD");
                });
        assertThat(carts.page(null, "ABANDONED", null, 5)).hasSize(2);
    }

    @Test
    void a_discount_given_for_which_aiq_took_nothing_is_a_metric() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.contact("1001", "c-ada", "5555550100", "99");
        shop.refused();
        shop.bridge.run("redemption-watch");
        assertThat(metrics()).contains("aiqbridge_rejected_today 1.0");
        assertThat(list.page(new RedemptionFilter(null, null, "REJECTED", null, null, null), null, 5))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.id()).isEqualTo(redemption);
                    assertThat(r.lost()).isTrue();
                });
        shop.clock.advance(Duration.ofHours(25));
        shop.bridge.run("redemption-watch");
        assertThat(metrics()).contains("aiqbridge_rejected_today 0.0");
    }

    @Test
    void every_list_is_read_along_an_index() {
        if (store().length > 0) {
            return;
        }
        for (RedemptionFilter filter : List.of(
                new RedemptionFilter(null, null, null, null, null, null),
                new RedemptionFilter("green-leaf", null, null, null, null, null),
                new RedemptionFilter(null, "till", null, null, 1L, 2L),
                new RedemptionFilter(null, "web", null, null, null, null),
                new RedemptionFilter(null, null, "PARKED", null, null, null),
                new RedemptionFilter(null, null, null, "0142", null, null))) {
            RedemptionList.Query query = list.query(filter, "1.r", 50);
            String plan = String.join(
                    "\n",
                    shop.bridge.rows.query(
                            "explain query plan " + query.sql(),
                            (row, n) -> row.getString("detail"),
                            query.values().toArray()));
            assertThat(plan).as(filter.toString()).doesNotContainPattern("SCAN [rk](\n|$)");
        }
    }

    private String metrics() {
        try (var in = java.net
                .URI
                .create("http://127.0.0.1:" + shop.bridge.managementPort + "/observe/metrics")
                .toURL()
                .openStream()) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
