package aiqbridge.cart;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what each kind of shop delivers to what AIQ is told of its carts, and what it is not told. */
class CartsOfKindsTest {
    private static final List<String> KINDS = List.of("generic", "shopify", "woocommerce");

    @TempDir
    Path folder;

    private Shop shop;
    private int deliveries;

    @BeforeEach
    void open() {
        for (String kind : KINDS) {
            Shop.storefront(folder, kind, "kind = " + kind + "\nconsent = held-by-aiq\n");
        }
        shop = new Shop(folder, "cart.order-window", "1s");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void heard(String connection, String topic, String body) {
        long now = shop.clock.millis();
        shop.bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, topic, content_type, body, received_at, status, next_attempt_at, updated_at) values (?, ?, 'webhook', ?, 'application/json', ?, ?, 'HEARD', ?, ?)",
                connection,
                "d-" + ++deliveries,
                topic,
                body.replace('\'', '"'),
                now,
                now,
                now);
        shop.bridge.run("inbox-work");
        assertThat(shop.bridge.rows.queryForList(
                        "select last_error from inbox where delivery_key = ? and status <> 'DONE'",
                        String.class,
                        "d-" + deliveries))
                .isEmpty();
    }

    private String ago(Duration duration) {
        return Instant.ofEpochMilli(shop.clock.millis() / 1_000 * 1_000)
                .minus(duration)
                .toString();
    }

    private void sweepAndSend() {
        shop.bridge.run("cart-sweep");
        shop.bridge.run("cart-send");
    }

    private List<JsonNode> sent() {
        return shop.aiq.effects("CART").stream()
                .map(effect -> {
                    try {
                        return new ObjectMapper().readTree(effect.path("body").asText());
                    } catch (JsonProcessingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    private String state(String connection) {
        Map<String, Object> row = shop.bridge.rows.queryForMap("select * from cart where connection = ?", connection);
        return row.get("status") + " " + row.get("send_status") + " " + row.get("send_reason");
    }

    private String shopifyCheckout(String fields) {
        return "{'id': 1, 'token': 't-1', 'updated_at': '" + ago(Duration.ofHours(1))
                + "', 'phone': '+13035550142', 'email': 'ada@example.com', " + fields
                + ", 'line_items': [{'title': 'Cup', 'price': '9.00', 'quantity': 1}]}";
    }

    private String genericCart(String fields) {
        return "{'type': 'cart.updated', 'data': {'id': 'c-1', 'changedAt': '" + ago(Duration.ofHours(1))
                + "', 'email': 'ada@example.com', 'phone': '+13035550142', " + fields
                + ", 'items': [{'name': 'Cup'}]}}";
    }

    private void inEvent() {
        shop.restart(() -> KINDS.forEach(kind -> Shop.storefront(folder, kind, "kind = " + kind + "\n")));
    }

    @Test
    void only_what_was_agreed_to_is_told() {
        inEvent();
        heard("shopify", "checkouts/update", shopifyCheckout("'buyer_accepts_marketing': true"));
        heard("generic", "cart.updated", genericCart("'consentPhone': 'granted'"));
        sweepAndSend();
        assertThat(sent())
                .hasSize(2)
                .anySatisfy(body -> {
                    assertThat(body.path("email").asText()).isEqualTo("ada@example.com");
                    assertThat(body.has("phone")).isFalse();
                })
                .anySatisfy(body -> {
                    assertThat(body.path("phone").asText()).isEqualTo("3035550142");
                    assertThat(body.has("email")).isFalse();
                });
    }

    @Test
    void a_word_about_an_identity_that_the_cart_does_not_have_sends_nothing() {
        inEvent();
        heard(
                "shopify",
                "checkouts/update",
                shopifyCheckout("'buyer_accepts_sms_marketing': true").replace("'phone': '+13035550142', ", ""));
        heard("generic", "cart.updated", genericCart("'consentEmail': 'withheld', 'consentPhone': 'withheld'"));
        sweepAndSend();
        assertThat(state("shopify")).isEqualTo("ABANDONED SUPPRESSED consent unknown");
        assertThat(state("generic")).isEqualTo("ABANDONED SUPPRESSED consent withheld");
        assertThat(sent()).isEmpty();
    }

    @Test
    void where_aiq_holds_the_consent_a_box_never_ticked_is_no_refusal_and_one_withdrawn_is() {
        heard(
                "shopify",
                "checkouts/update",
                shopifyCheckout(
                        "'buyer_accepts_marketing': false, 'customer': {'sms_marketing_consent': {'state': 'unsubscribed'}, 'email_marketing_consent': {'state': 'not_subscribed'}}"));
        heard("generic", "cart.updated", genericCart("'consent': 'unknown', 'consentEmail': 'withheld'"));
        sweepAndSend();
        assertThat(sent())
                .hasSize(2)
                .anySatisfy(body -> {
                    assertThat(body.path("email").asText()).isEqualTo("ada@example.com");
                    assertThat(body.has("phone")).isFalse();
                })
                .anySatisfy(body -> {
                    assertThat(body.path("phone").asText()).isEqualTo("3035550142");
                    assertThat(body.has("email")).isFalse();
                });
    }

    @Test
    void in_canada_nobody_is_written_to_who_has_not_agreed_whoever_holds_the_consent() {
        shop.bridge.rows.update("update account set country = 'CA'");
        shop.restart();
        heard("shopify", "checkouts/update", shopifyCheckout("'buyer_accepts_marketing': true"));
        heard("generic", "cart.updated", genericCart("'consent': 'unknown'"));
        sweepAndSend();
        assertThat(state("generic")).isEqualTo("ABANDONED SUPPRESSED consent unknown");
        assertThat(sent()).singleElement().satisfies(body -> {
            assertThat(body.path("email").asText()).isEqualTo("ada@example.com");
            assertThat(body.has("phone")).isFalse();
        });
    }

    @Test
    void a_phone_is_told_where_the_field_is_one_number() {
        heard("generic", "cart.updated", genericCart("'consent': 'granted'").replace("+13035550142", "0013035550142"));
        heard(
                "shopify",
                "checkouts/update",
                shopifyCheckout("'buyer_accepts_marketing': true").replace("+13035550142", "303 555 0142 or 0143"));
        heard(
                "woocommerce",
                "order.updated",
                "{'id': 7, 'status': 'pending', 'date_modified_gmt': '"
                        + ago(Duration.ofHours(1)).replace("Z", "")
                        + "', 'billing': {'phone': '303 555 0142 / 303 555 0143'}, 'line_items': [{'name': 'Cup', 'quantity': 1}]}");
        sweepAndSend();
        assertThat(state("woocommerce")).isEqualTo("OPEN null null");
        assertThat(sent())
                .hasSize(2)
                .anySatisfy(body -> assertThat(body.path("phone").asText()).isEqualTo("3035550142"))
                .anySatisfy(body -> assertThat(body.has("phone")).isFalse());
    }

    @Test
    void a_cart_that_names_no_currency_has_its_shops_or_its_accounts() {
        shop.bridge.rows.update("update account set country = 'CA'");
        shop.restart(() -> Shop.storefront(folder, "shopify", "kind = shopify\ncurrency = eur\n"));
        heard("generic", "cart.updated", genericCart("'consent': 'granted', 'currency': 'usd'"));
        heard("shopify", "checkouts/update", shopifyCheckout("'buyer_accepts_marketing': true"));
        sweepAndSend();
        heard(
                "generic",
                "cart.updated",
                genericCart("'consent': 'granted'").replace("c-1", "c-2").replace("ada", "eve"));
        sweepAndSend();
        assertThat(sent())
                .extracting(body -> body.path("cartID").asText() + " "
                        + body.path("currency").asText())
                .containsExactlyInAnyOrder("c-1 USD", "t-1 EUR", "c-2 CAD");
    }

    private void olderCarts() {
        heard(
                "shopify",
                "checkouts/update",
                "{'id': 1, 'token': 'older', 'updated_at': '" + ago(Duration.ofHours(1))
                        + "', 'phone': '+13035550142', 'line_items': [{'title': 'Cup', 'price': '9.00', 'quantity': 1}]}");
        heard(
                "woocommerce",
                "order.updated",
                "{'id': 7, 'status': 'pending', 'date_modified_gmt': '"
                        + ago(Duration.ofHours(1)).replace("Z", "")
                        + "', 'billing': {'email': 'ada@example.com'}, 'line_items': [{'name': 'Cup', 'quantity': 1}]}");
        heard(
                "generic",
                "cart.updated",
                "{'type': 'cart.updated', 'data': {'id': 'older', 'changedAt': '" + ago(Duration.ofHours(1))
                        + "', 'email': 'ada@example.com', 'items': [{'name': 'Cup'}]}}");
    }

    private void ordersOfOthers() {
        heard(
                "shopify",
                "orders/create",
                "{'id': 10, 'financial_status': 'pending', 'created_at': '" + ago(Duration.ofMinutes(5))
                        + "', 'updated_at': '" + ago(Duration.ofMinutes(5))
                        + "', 'checkout_token': 'another', 'phone': '(303) 555-0142'}");
        heard(
                "woocommerce",
                "order.updated",
                "{'id': 8, 'status': 'on-hold', 'date_created_gmt': '"
                        + ago(Duration.ofMinutes(5)).replace("Z", "")
                        + "', 'date_modified_gmt': '"
                        + ago(Duration.ofMinutes(5)).replace("Z", "")
                        + "', 'billing': {'email': 'ADA@example.com'}}");
        heard(
                "generic",
                "order.updated",
                "{'type': 'order.updated', 'data': {'id': 'o-1', 'status': 'open', 'cartId': 'another', 'placedAt': '"
                        + ago(Duration.ofMinutes(5)) + "', 'email': 'ada@example.com'}}");
    }

    @Test
    void an_order_of_another_cart_keeps_the_older_one_of_its_customer() {
        olderCarts();
        ordersOfOthers();
        sweepAndSend();
        assertThat(KINDS.stream().map(this::state)).containsOnly("ABANDONED SUPPRESSED bought meanwhile");
        assertThat(sent()).isEmpty();
    }

    @Test
    void an_order_without_a_certain_contact_keeps_no_cart() {
        olderCarts();
        heard(
                "woocommerce",
                "order.updated",
                "{'id': 8, 'status': 'processing', 'date_created_gmt': '"
                        + ago(Duration.ofMinutes(5)).replace("Z", "")
                        + "', 'billing': {'phone': '000-000-0000'}}");
        heard(
                "shopify",
                "orders/create",
                "{'id': 10, 'financial_status': 'paid', 'created_at': '" + ago(Duration.ofMinutes(5))
                        + "', 'checkout_token': 'another', 'phone': '555-555-1212'}");
        sweepAndSend();
        assertThat(KINDS.stream().map(this::state)).containsOnly("ABANDONED SENT null");
    }

    @Test
    void an_order_that_says_no_contact_has_the_one_of_the_cart_that_it_ends() {
        olderCarts();
        heard(
                "shopify",
                "checkouts/update",
                shopifyCheckout("'note': null").replace(ago(Duration.ofHours(1)), ago(Duration.ofMinutes(10))));
        heard(
                "shopify",
                "orders/create",
                "{'id': 10, 'financial_status': 'paid', 'created_at': '" + ago(Duration.ofMinutes(5))
                        + "', 'checkout_token': 't-1'}");
        heard(
                "generic",
                "cart.updated",
                genericCart("'currency': 'USD'").replace(ago(Duration.ofHours(1)), ago(Duration.ofMinutes(10))));
        heard("generic", "cart.converted", "{'type': 'cart.converted', 'data': {'id': 'c-1'}}");
        sweepAndSend();
        assertThat(shop.bridge.rows.queryForList(
                        "select connection || ' ' || status || ' ' || coalesce(send_reason, send_status) from cart where cart_id = 'older' order by 1",
                        String.class))
                .containsExactly("generic ABANDONED bought meanwhile", "shopify ABANDONED bought meanwhile");
        assertThat(sent()).hasSize(1);
    }

    @Test
    void a_kind_may_say_that_older_carts_are_sent() throws IOException {
        olderCarts();
        ordersOfOthers();
        Path home = TestBridge.copyOfHome(folder.resolve("home"));
        Files.writeString(
                home.resolve("routes/storefront/woocommerce/kind.properties"),
                "\ncarts.older-than-order = sent\n",
                StandardOpenOption.APPEND);
        shop.restart(List.of(TestBridge.HOME_SETTING, home.toString()));
        sweepAndSend();
        assertThat(state("woocommerce")).isEqualTo("ABANDONED SENT null");
        assertThat(state("shopify")).isEqualTo("ABANDONED SUPPRESSED bought meanwhile");
    }
}
