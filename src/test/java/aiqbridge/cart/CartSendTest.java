package aiqbridge.cart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.aiq.CartTemplate;
import aiqbridge.operator.CartDecisions;
import aiqbridge.operator.Decision;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cart that stood still is abandoned, and AIQ is told once: not for one that was bought, not against its customer's word, never twice. */
class CartSendTest {
    private static final String ADA = "+15555550100";

    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\n");
        Shop.storefront(folder, "held", "kind = generic\nconsent = held-by-aiq\n");
        Shop.storefront(folder, "silent", "kind = generic\ncarts = off\n");
        shop = new Shop(
                folder,
                Stream.concat(
                                Stream.of(store()),
                                Stream.of(
                                        "aiq.cart-timeout",
                                        "1s",
                                        "aiq.connect-timeout",
                                        "1s",
                                        "cart.sweep-batch",
                                        "3",
                                        "cart.order-window",
                                        "1s"))
                        .toArray(String[]::new));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void hear(Said... events) {
        for (Said said : events) {
            shop.bridge.run(said.route(), said.event(), Map.of());
        }
    }

    /** A cart of Ada's that was just changed; she agreed to be written to. */
    private Said cart(String connection, String id, long version) {
        return Said.cart(connection, id, version, shop.clock.millis()).from(ADA, "granted");
    }

    private Said idle(String connection, String id) {
        return cart(connection, id, 1)
                .with("changed_at", shop.clock.millis() - Duration.ofMinutes(46).toMillis());
    }

    private void sweepAndSend() {
        shop.bridge.run("cart-sweep");
        shop.bridge.run("cart-send");
    }

    private Map<String, Object> row(String id) {
        return shop.bridge.rows.queryForMap("select * from cart where cart_id = ?", id);
    }

    private String state(String id) {
        return row(id).get("status") + " " + row(id).get("send_status")
                + (row(id).get("send_reason") == null ? "" : " " + row(id).get("send_reason"));
    }

    private List<JsonNode> sent() {
        return shop.aiq.effects("CART").stream()
                .map(e -> {
                    try {
                        return new ObjectMapper().readTree(e.path("body").asText());
                    } catch (IOException wrong) {
                        throw new IllegalStateException(wrong);
                    }
                })
                .toList();
    }

    // the sweep

    @Test
    void a_cart_is_abandoned_when_it_stood_still_and_not_before() {
        hear(cart("web", "c-1", 1));
        shop.passes(Duration.ofMinutes(44));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("OPEN null");
        shop.passes(Duration.ofMinutes(1));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SENT");
        assertThat(sent()).hasSize(1);
    }

    @Test
    void the_shops_own_time_counts_and_one_in_the_future_not() {
        hear(
                idle("web", "c-1"),
                cart("web", "c-2", 1)
                        .with(
                                "changed_at",
                                shop.clock.millis() + Duration.ofDays(300).toMillis()));
        shop.bridge.run("cart-sweep");
        assertThat(state("c-1")).isEqualTo("ABANDONED WAITING");
        assertThat(state("c-2")).isEqualTo("OPEN null");
        shop.passes(Duration.ofMinutes(46));
        shop.bridge.run("cart-sweep");
        assertThat(state("c-2")).isEqualTo("ABANDONED WAITING");
    }

    @Test
    void a_cart_of_nobody_waits_for_its_contact() {
        hear(Said.cart("web", "c-1", 1, shop.clock.millis()));
        shop.passes(Duration.ofHours(2));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("OPEN null");
        hear(cart("web", "c-1", 1)
                .with("changed_at", shop.clock.millis() - Duration.ofHours(2).toMillis()));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SENT");
    }

    @Test
    void an_emptied_gone_or_ordered_cart_is_not_abandoned() {
        hear(
                idle("web", "c-1"),
                idle("web", "c-1").with("version", 2L).items(0),
                idle("web", "c-2"),
                Said.gone("web", "cart", "c-2", null),
                idle("web", "c-3"),
                Said.order("web", "o-1", 1, shop.clock.millis()).with("cart_id", "c-3"));
        sweepAndSend();
        assertThat(List.of(state("c-1"), state("c-2"), state("c-3")))
                .containsExactly("EMPTIED null", "EMPTIED null", "ORDERED null");
        assertThat(sent()).isEmpty();
    }

    @Test
    void what_may_not_be_sent_says_why() {
        hear(
                idle("web", "c-1").with("consent", "withheld"),
                idle("web", "c-2").with("consent", "unknown"),
                idle("held", "c-3").with("consent", "withheld"),
                idle("held", "c-4").with("consent", "unknown"),
                idle("silent", "c-5"),
                cart("web", "c-6", 1)
                        .with(
                                "changed_at",
                                shop.clock.millis() - Duration.ofDays(4).toMillis()));
        sweepAndSend();
        assertThat(Stream.of("c-1", "c-2", "c-3", "c-4", "c-5", "c-6").map(this::state))
                .containsExactly(
                        "ABANDONED SUPPRESSED consent withheld",
                        "ABANDONED SUPPRESSED consent unknown",
                        "ABANDONED SUPPRESSED consent withheld",
                        "ABANDONED SENT",
                        "ABANDONED SUPPRESSED carts are off",
                        "ABANDONED SUPPRESSED too old");
        assertThat(sent())
                .singleElement()
                .satisfies(body -> assertThat(body.path("cartID").asText()).isEqualTo("c-4"));
    }

    @Test
    void the_sweep_works_batch_by_batch_until_none_is_left() {
        for (int i = 0; i < 7; i++) {
            hear(idle("web", "c-" + i));
        }
        shop.bridge.run("cart-sweep");
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from cart where send_status = 'WAITING'", Integer.class))
                .isEqualTo(7);
    }

    @Test
    void a_cart_that_comes_alive_again_is_not_sent_twice() {
        hear(idle("web", "c-1"));
        sweepAndSend();
        hear(cart("web", "c-1", 2));
        assertThat(state("c-1")).isEqualTo("OPEN SENT");
        shop.passes(Duration.ofHours(1));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SENT");
        hear(Said.order("web", "o-1", 1, shop.clock.millis()).with("cart_id", "c-1"));
        assertThat(state("c-1")).isEqualTo("RECOVERED SENT");
        sweepAndSend();
        assertThat(sent()).hasSize(1);
    }

    @Test
    void a_cart_that_comes_alive_before_it_was_sent_is_sent_when_it_is_abandoned_again() {
        hear(idle("web", "c-1"));
        shop.bridge.run("cart-sweep");
        hear(cart("web", "c-1", 2).items(1));
        shop.bridge.run("cart-send");
        assertThat(state("c-1")).isEqualTo("OPEN WAITING");
        assertThat(sent()).isEmpty();
        shop.passes(Duration.ofHours(1));
        sweepAndSend();
        assertThat(sent()).singleElement().satisfies(body -> assertThat(body.path("items"))
                .hasSize(1));
    }

    // bought, withdrawn, switched off in between

    @Test
    void a_cart_bought_between_the_sweep_and_the_claim_is_not_sent() {
        hear(idle("web", "c-1"));
        shop.bridge.run("cart-sweep");
        hear(Said.order("web", "o-1", 1, shop.clock.millis()).with("cart_id", "c-1"));
        shop.bridge.run("cart-send");
        assertThat(state("c-1")).isEqualTo("RECOVERED WAITING");
        assertThat(shop.aiq.requests("cart")).isEmpty();
    }

    @Test
    void the_claim_itself_looks_for_an_order_again() {
        hear(idle("web", "c-1"), idle("web", "c-2"));
        shop.bridge.run("cart-sweep");
        shop.bridge.rows.update(
                "insert into shop_order (connection, order_id, account_id, status, version, digest, changed_at, placed_at, created_at, updated_at) values ('web', 'o-1', 'green-leaf', 'OPEN', 1, '', 1, 1, 1, 1), ('web', 'o-2', 'green-leaf', 'OPEN', 1, '', 1, 1, 1, 1)");
        shop.bridge.rows.update(
                "insert into order_name (connection, value, sort, order_id) values ('web', 'c-1', 'cart', 'o-1'), ('web', 'c-2', 'checkout', 'o-2')");
        shop.bridge.run("cart-send");
        assertThat(shop.aiq.requests("cart")).isEmpty();
    }

    @Test
    void consent_withdrawn_after_the_sweep_is_heeded() {
        hear(idle("web", "c-1"));
        shop.bridge.run("cart-sweep");
        shop.bridge.rows.update("update cart set consent_phone = 'withheld'");
        shop.bridge.run("cart-send");
        assertThat(shop.aiq.requests("cart")).isEmpty();
        shop.bridge.run("cart-sweep");
        assertThat(state("c-1")).isEqualTo("ABANDONED SUPPRESSED consent withheld");
    }

    @Test
    void a_connection_switched_off_after_the_sweep_is_heeded() {
        hear(idle("web", "c-1"));
        shop.bridge.run("cart-sweep");
        shop.restart(() -> Shop.storefront(folder, "web", "kind = generic\ncarts = off\n"));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SUPPRESSED carts are off");
        assertThat(shop.aiq.requests("cart")).isEmpty();
    }

    @Test
    void what_waited_too_long_is_not_sent_any_more() {
        hear(idle("web", "c-1"));
        shop.bridge.run("cart-sweep");
        shop.passes(Duration.ofDays(4));
        shop.bridge.run("cart-send");
        assertThat(shop.aiq.requests("cart")).isEmpty();
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SUPPRESSED too old");
    }

    // bought meanwhile: the order ended another cart of the same person; a window of a second keeps it from ending this
    // one

    /** An order of another cart, placed just now. */
    private Said orderOfAnother(String connection, String id) {
        return Said.order(connection, id, 1, shop.clock.millis()).with("cart_id", "another");
    }

    @Test
    void an_older_cart_of_who_bought_another_is_not_sent_whatever_was_heard_first() {
        hear(
                orderOfAnother("web", "o-1").with("phone", ADA),
                idle("web", "c-1"),
                idle("web", "c-2").with("phone", null).with("email", "ada@example.com"),
                idle("web", "c-3").with("phone", "+15555550101"),
                orderOfAnother("web", "o-2").with("email", "ada@example.com").with("status", "REFUNDED"),
                idle("held", "c-4"));
        sweepAndSend();
        assertThat(Stream.of("c-1", "c-2", "c-3", "c-4").map(this::state))
                .containsExactly(
                        "ABANDONED SUPPRESSED bought meanwhile",
                        "ABANDONED SUPPRESSED bought meanwhile",
                        "ABANDONED SENT",
                        "ABANDONED SENT");
    }

    @Test
    void who_bought_another_between_the_sweep_and_the_claim_is_not_reminded() {
        hear(idle("web", "c-1"));
        shop.bridge.run("cart-sweep");
        hear(orderOfAnother("web", "o-1").with("phone", ADA));
        shop.bridge.run("cart-send");
        assertThat(state("c-1")).isEqualTo("ABANDONED WAITING");
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SUPPRESSED bought meanwhile");
        assertThat(shop.aiq.requests("cart")).isEmpty();
    }

    @Test
    void an_order_of_nobody_certain_or_one_not_placed_or_older_than_the_cart_leaves_it() {
        hear(
                idle("web", "c-1").with("email", "ada@example.com"),
                orderOfAnother("web", "o-1"),
                Said.order(
                                "web",
                                "o-2",
                                1,
                                shop.clock.millis() - Duration.ofMinutes(60).toMillis())
                        .with("cart_id", "another")
                        .with("phone", ADA),
                orderOfAnother("web", "o-3").with("phone", ADA).with("status", "UNPLACED"));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SENT");
    }

    @Test
    void a_cart_that_comes_alive_after_the_order_is_sent_when_it_is_abandoned_again() {
        hear(idle("web", "c-1"), orderOfAnother("web", "o-1").with("phone", ADA));
        shop.bridge.run("cart-sweep");
        shop.passes(Duration.ofMinutes(11));
        hear(cart("web", "c-1", 2).items(1));
        assertThat(state("c-1")).isEqualTo("OPEN SUPPRESSED bought meanwhile");
        shop.passes(Duration.ofHours(1));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SENT");
    }

    // what AIQ gets

    @Test
    void aiq_gets_the_body_that_the_template_says() {
        hear(idle("web", "c-1").with("email", "ada@example.com"));
        sweepAndSend();
        assertThat(sent()).singleElement().satisfies(body -> {
            assertThat(body.path("phone").asText()).isEqualTo("5555550100");
            assertThat(body.path("email").asText()).isEqualTo("ada@example.com");
            assertThat(body.path("cartID").asText()).isEqualTo("c-1");
            assertThat(body.path("storeID").asText()).isEqualTo("main");
            assertThat(body.path("url").asText()).isEqualTo("https://shop.example/cart/c-1");
            assertThat(body.path("abandonedAt").asLong()).isEqualTo(shop.clock.millis() / 1_000);
            assertThat(body.path("abandonedAt").isIntegralNumber()).isTrue();
            assertThat(body.path("currency").asText()).isEqualTo("USD");
            assertThat(body.path("total").decimalValue()).isEqualByComparingTo(new BigDecimal("42.5"));
            assertThat(body.path("items")).hasSize(2);
            assertThat(body.path("items").get(0).path("price").decimalValue())
                    .isEqualByComparingTo(new BigDecimal("21.25"));
            assertThat(body.path("items").get(0).has("image"))
                    .as("nothing stands for what there is not")
                    .isFalse();
        });
        assertThat(shop.aiq.requests("cart")).singleElement().satisfies(request -> assertThat(
                        request.path("method").asText())
                .isEqualTo("POST"));
    }

    @Test
    void a_phone_abroad_keeps_its_country() {
        hear(idle("web", "c-1").from("+442079460000", "granted"));
        sweepAndSend();
        assertThat(sent().get(0).path("phone").asText()).isEqualTo("+442079460000");
    }

    @Test
    void a_broken_template_is_named_with_its_line_and_carts_wait_until_it_is_mended() throws IOException {
        Path template = folder.resolve("mine.jslt");
        for (String[] broken : new String[][] {
            {"{\n  \"phone\": .phone,,\n}", "line 2"},
            {"{\"phone\": .phone", "line 1"},
            {"{\"cart\": .id}", "without a customer"},
            {".phone", "does not build an object"},
            {"{\"phone\": error(.phone)}", "fails on it, an example of a cart"},
            {"\"\u0000", "mine.jslt"}
        }) {
            Files.writeString(template, broken[0]);
            Properties settings = new Properties();
            settings.setProperty("aiq.cart-template", template.toString());
            assertThatThrownBy(() -> CartTemplate.read(folder, Settings.of(settings)))
                    .as(broken[0])
                    .isInstanceOf(aiqbridge.StartRefused.class)
                    .hasMessageContaining("mine.jslt")
                    .hasMessageContaining(broken[1])
                    .hasMessageNotContaining("555555");
        }
        hear(idle("web", "c-1"));
        shop.restart(List.of("aiq.cart-template", template.toString()));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED WAITING");
        assertThat(health()).contains("mine.jslt");
        Files.writeString(template, "{\"phone\": .phone}");
        shop.restart();
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SENT");
        assertThat(shop.aiq.requests("cart")).hasSize(1);
    }

    private String health() throws IOException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + shop.bridge.managementPort + "/observe/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_cart_on_which_the_template_fails_is_left_and_the_others_are_sent() throws IOException {
        Path template = folder.resolve("mine.jslt");
        Files.writeString(
                template, "{\"phone\": .phone, \"cartID\": if (size(.items) == 3) error(\"no \" + .phone) else .id}");
        shop.close();
        shop = new Shop(
                Files.createDirectory(folder.resolve("b")),
                Stream.concat(
                                Stream.of(store()),
                                Stream.of(
                                        "aiq.cart-template",
                                        template.toString(),
                                        "storefront.connections",
                                        folder.resolve("storefront").toString()))
                        .toArray(String[]::new));
        hear(idle("web", "c-1").items(3), idle("web", "c-2"));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SUPPRESSED the template failed");
        assertThat((String) row("c-1").get("last_error")).contains("mine.jslt").doesNotContain("5555550100");
        assertThat(state("c-2")).isEqualTo("ABANDONED SENT");
        assertThat(shop.aiq.requests("cart")).hasSize(1);
    }

    // never twice

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hang-after-effect",
                "reset-after-effect",
                "half-body",
                "status-after-effect",
                "bad-json",
                "null-body",
                "hang-before-effect",
                "reset-before-effect",
                "status-before-effect",
                "html-502"
            })
    void an_unclear_answer_is_not_sent_again(String fault) {
        hear(idle("web", "c-1"), idle("web", "c-2"));
        shop.aiq.fault(Map.of("operation", "cart", "kind", fault, "status", 500, "times", 1));
        sweepAndSend();
        assertThat(shop.bridge.rows.queryForList("select send_status from cart order by send_status", String.class))
                .containsExactly("SENT", "UNCLEAR");
        shop.passes(Duration.ofHours(1));
        shop.restart();
        shop.bridge.run("cart-recover");
        sweepAndSend();
        assertThat(shop.aiq.requests("cart")).hasSize(2);
        assertThat(shop.aiq.requests("elsewhere")).isEmpty();
    }

    @Test
    void a_429_waits_as_long_as_it_says_and_is_sent_once() {
        hear(idle("web", "c-1"), idle("web", "c-2"));
        shop.aiq.fault(Map.of("operation", "cart", "kind", "status-before-effect", "status", 429, "retryAfter", "60"));
        sweepAndSend();
        sweepAndSend();
        assertThat(shop.aiq.requests("cart"))
                .as("the other cart does not try either")
                .hasSize(1);
        assertThat(shop.bridge.rows.queryForList("select send_status from cart", String.class))
                .containsOnly("WAITING");
        shop.passes(Duration.ofSeconds(61));
        sweepAndSend();
        assertThat(sent()).extracting(body -> body.path("cartID").asText()).containsExactlyInAnyOrder("c-1", "c-2");
    }

    @Test
    void a_4xx_is_final() {
        hear(idle("web", "c-1"));
        shop.aiq.fault(Map.of("operation", "cart", "kind", "status-before-effect", "status", 400));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SUPPRESSED refused by AIQ");
        sweepAndSend();
        assertThat(shop.aiq.requests("cart")).hasSize(1);
    }

    @Test
    void a_403_pauses_the_account_until_the_key_changes_and_keeps_the_cart() {
        hear(idle("web", "c-1"), idle("held", "c-2"));
        shop.aiq.revoke("demo-key");
        sweepAndSend();
        shop.passes(Duration.ofMinutes(1));
        sweepAndSend();
        assertThat(shop.aiq.requests("cart")).hasSize(1);
        assertThat(shop.bridge.rows.queryForList("select send_status from cart", String.class))
                .containsExactly("WAITING", "WAITING");
        assertThat(shop.bridge.rows.queryForObject("select paused_reason from account", String.class))
                .contains("does not accept");
        shop.aiq.account("1001", "new-key");
        shop.bridge.account("green-leaf", "1001", "new-key");
        sweepAndSend();
        assertThat(sent()).hasSize(2);
        assertThat(shop.aiq.requests("cart")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422, 500, 503})
    void is_sent_once_whatever_status_comes_after_it_was_taken(int status) {
        hear(idle("web", "c-1"));
        shop.aiq.fault(Map.of("operation", "cart", "kind", "status-after-effect", "status", status, "retryAfter", "1"));
        sweepAndSend();
        shop.bridge.rows.update("update account set paused_at = null, carts_held_until = 0");
        shop.passes(Duration.ofMinutes(5));
        sweepAndSend();
        assertThat(sent()).hasSize(1);
    }

    // what AIQ refuses is not the cart

    private int retry(String connection) {
        return new CartDecisions(
                        shop.bridge.bridge().store().source(),
                        TestBridge.HOME,
                        shop.bridge.bridge().connections(),
                        Duration.ofDays(2),
                        shop.clock)
                .retry(connection, new Decision("test", "mended", false));
    }

    @Test
    void a_wrong_path_keeps_every_cart_until_it_is_mended() throws IOException {
        shop.restart(List.of("aiq.cart-path", "/api/v2/no-such"));
        hear(idle("web", "c-1"), idle("held", "c-2"));
        sweepAndSend();
        sweepAndSend();
        assertThat(shop.aiq.requests("unknown"))
                .as("none but the first tries it, of neither shop")
                .hasSize(1);
        assertThat(Stream.of("c-1", "c-2").map(this::state)).containsOnly("ABANDONED WAITING");
        assertThat(shop.bridge.rows.queryForMap("select * from account").get("carts_held_reason"))
                .asString()
                .contains("404", "aiq.cart-path");
        assertThat(shop.bridge.rows.queryForMap("select * from account"))
                .as("redemptions go on")
                .containsEntry("paused_at", null);
        shop.bridge.run("health-watch");
        assertThat(health()).contains("AIQ refuses the address or the key with which its carts are sent");
        shop.passes(Duration.ofSeconds(61));
        sweepAndSend();
        assertThat(shop.aiq.requests("unknown")).as("one is tried again").hasSize(2);
        shop.restart(List.of("aiq.cart-path", "/api/v2/cart"));
        sweepAndSend();
        assertThat(sent()).isEmpty();
        assertThat(retry(null)).isEqualTo(2);
        sweepAndSend();
        assertThat(sent()).hasSize(2);
        assertThat(shop.bridge.rows.queryForMap("select * from account"))
                .containsEntry("carts_held_reason", null)
                .hasEntrySatisfying("carts_held_until", until -> assertThat(((Number) until).longValue())
                        .isZero());
        assertThat(shop.bridge.rows.queryForList(
                        "select subject from audit where action = 'carts-retry'", String.class))
                .containsExactlyInAnyOrder("held", "silent", "web");
    }

    @ParameterizedTest
    @CsvSource({
        "says-before-effect, 404, <h1>404</h1>",
        "says-before-effect, 404, '{\"code\":404,\"success\":false,\"errors\":[{\"message\":\"Not Found\"}]}'",
        "says-before-effect, 200, '{\"code\":404,\"success\":false,\"errors\":[{\"message\":\"Not Found\"}]}'",
        "status-before-effect, 405, ''",
        "status-before-effect, 410, ''",
        "status-before-effect, 415, ''",
        "status-before-effect, 301, ''",
        "status-before-effect, 308, ''",
        "redirect, 302, ''"
    })
    void an_answer_about_the_address_keeps_the_cart_and_one_is_tried_again(String kind, int status, String body) {
        hear(idle("web", "c-1"), idle("held", "c-2"));
        shop.aiq.fault(Map.of("operation", "cart", "kind", kind, "status", status, "body", body, "times", 1));
        sweepAndSend();
        sweepAndSend();
        assertThat(shop.aiq.requests("cart")).hasSize(1);
        assertThat(Stream.of("c-1", "c-2").map(this::state)).containsOnly("ABANDONED WAITING");
        shop.passes(Duration.ofSeconds(61));
        sweepAndSend();
        assertThat(sent()).hasSize(2);
        assertThat(shop.aiq.requests("elsewhere")).isEmpty();
    }

    @Test
    void what_aiq_says_of_the_customer_refuses_that_cart_alone_and_it_is_retried_by_hand() {
        hear(idle("web", "c-1"));
        shop.aiq.fault(Map.of(
                "operation",
                "cart",
                "kind",
                "says-before-effect",
                "status",
                404,
                "body",
                "{\"code\":404,\"success\":false,\"errors\":[{\"message\":\"No customer exists with that phone\"}]}",
                "times",
                1));
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED SUPPRESSED refused by AIQ");
        hear(
                idle("web", "c-2"),
                Said.order("web", "o-1", 1, shop.clock.millis()).with("cart_id", "c-3"),
                idle("web", "c-3").with("phone", "+15555550199").with("email", null));
        sweepAndSend();
        assertThat(sent()).hasSize(1);
        assertThat(retry("held")).isZero();
        assertThat(retry("web")).isEqualTo(1);
        sweepAndSend();
        assertThat(sent()).hasSize(2);
        assertThat(retry("web")).as("what AIQ took is not sent again").isZero();
    }

    @Test
    void a_kept_cart_is_not_sent_late() {
        hear(idle("web", "c-1"), idle("web", "c-2"));
        shop.aiq.fault(Map.of("operation", "cart", "kind", "status-before-effect", "status", 405, "times", 1));
        sweepAndSend();
        shop.passes(Duration.ofHours(48));
        assertThat(retry(null)).isZero();
        sweepAndSend();
        sweepAndSend();
        assertThat(Stream.of("c-1", "c-2").map(this::state)).containsOnly("ABANDONED SUPPRESSED too old");
        assertThat(sent()).isEmpty();
    }

    @Test
    void nothing_leaves_without_room_in_the_budget() {
        shop.close();
        Path again = folder.resolve("b");
        assertThat(again.toFile().mkdir()).isTrue();
        shop = new Shop(
                again,
                Stream.concat(
                                Stream.of(store()),
                                Stream.of(
                                        "aiq.calls-per-minute",
                                        "10",
                                        "storefront.connections",
                                        folder.resolve("storefront").toString()))
                        .toArray(String[]::new));
        for (int i = 0; i < 10; i++) {
            hear(idle("web", "c-" + i));
        }
        sweepAndSend();
        assertThat(shop.aiq.requests("cart"))
                .as("persons and redemptions keep their share")
                .hasSize(3);
        assertThat(shop.bridge.rows.queryForObject("select max(attempts) from cart", Integer.class))
                .isEqualTo(1);
        shop.passes(Duration.ofSeconds(61));
        sweepAndSend();
        assertThat(shop.aiq.requests("cart")).hasSize(6);
    }

    @Test
    void a_worker_that_died_leaves_its_cart_unclear() {
        hear(idle("web", "c-1"));
        shop.bridge.run("cart-sweep");
        shop.bridge.rows.update(
                "update cart set send_status = 'SENDING', attempts = 1, next_attempt_at = ?",
                shop.clock.millis() + 1_000);
        shop.restart();
        shop.bridge.run("cart-recover");
        sweepAndSend();
        assertThat(state("c-1"))
                .as("until its lease runs out somebody may be at it")
                .isEqualTo("ABANDONED SENDING");
        shop.passes(Duration.ofSeconds(1));
        shop.bridge.run("cart-recover");
        sweepAndSend();
        assertThat(state("c-1")).isEqualTo("ABANDONED UNCLEAR");
        assertThat(shop.aiq.requests("cart")).isEmpty();
    }

    @Test
    void two_sweepers_and_two_senders_at_once_send_each_cart_once() throws Exception {
        for (int i = 0; i < 40; i++) {
            hear(idle("web", "c-" + i));
        }
        List<Callable<Object>> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            workers.add(() -> shop.bridge.run("cart-sweep"));
            workers.add(() -> shop.bridge.run("cart-send"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        try {
            for (Future<Object> one : threads.invokeAll(workers)) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        sweepAndSend();
        assertThat(sent())
                .extracting(body -> body.path("cartID").asText())
                .hasSize(40)
                .doesNotHaveDuplicates();
        assertThat(shop.bridge.rows.queryForList("select distinct send_status from cart", String.class))
                .containsExactly("SENT");
    }

    @Test
    void a_restored_database_sends_no_cart_that_it_may_have_sent() {
        hear(idle("web", "c-1"), cart("web", "c-2", 1), idle("web", "c-3"));
        shop.bridge.run("cart-sweep");
        shop.bridge.rows.update("update cart set send_status = 'SENDING' where cart_id = 'c-3'");
        shop.restart(() -> assertThat(
                        folder.resolve("secrets.key.installation").toFile().delete())
                .isTrue());
        hear(idle("web", "c-4"));
        shop.passes(Duration.ofHours(1));
        sweepAndSend();
        assertThat(Stream.of("c-1", "c-2", "c-3", "c-4").map(this::state))
                .containsExactly(
                        "ABANDONED SUPPRESSED the database was restored",
                        "ABANDONED SUPPRESSED the database was restored",
                        "ABANDONED UNCLEAR",
                        "ABANDONED SUPPRESSED the database was restored");
        hear(cart("web", "c-5", 1));
        shop.passes(Duration.ofHours(1));
        sweepAndSend();
        assertThat(sent())
                .singleElement()
                .satisfies(body -> assertThat(body.path("cartID").asText()).isEqualTo("c-5"));
    }

    @Test
    void what_waits_and_what_was_sent_are_metrics() throws Exception {
        hear(idle("web", "c-1"), idle("web", "c-2"), idle("web", "c-3"));
        shop.aiq.fault("cart", "reset-after-effect", 1);
        sweepAndSend();
        hear(idle("web", "c-4"));
        shop.bridge.run("cart-sweep");
        shop.bridge.run("cart-watch");
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + shop.bridge.managementPort + "/observe/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(metrics)
                .containsPattern("(?m)^aiqbridge_carts_waiting(\\{.*})? 1\\.0$")
                .containsPattern("(?m)^aiqbridge_carts_sent_total(\\{.*})? 2\\.0$")
                .containsPattern("(?m)^aiqbridge_carts_unclear_total(\\{.*})? 1\\.0$");
    }
}
