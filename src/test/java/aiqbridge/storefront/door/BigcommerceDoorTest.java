package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.storefront.api.ShopStub;
import aiqbridge.storefront.api.ShopStub.Answer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Standard Webhooks, keyed with the client secret's own bytes. */
class BigcommerceDoorTest extends StorefrontContract {
    @Override
    String kind() {
        return "bigcommerce";
    }

    @Override
    String secret(int number) {
        return "k7gq1jhwvnhg8v3fjr8u1m8hcecf4l" + number;
    }

    @Override
    Map<String, String> headers(Webhook webhook) {
        return Map.of(
                "webhook-id",
                webhook.id,
                "webhook-timestamp",
                Long.toString(webhook.at.getEpochSecond()),
                "webhook-signature",
                "v1,"
                        + Webhook.base64(Webhook.hmac(
                                webhook.secret, webhook.id, ".", webhook.at.getEpochSecond(), ".", webhook.body)));
    }

    @Override
    String body(int number) {
        return event("store/cart/updated", "c-" + number, "hash-" + number);
    }

    private static String event(String scope, String id, String hash) {
        return "{\"created_at\":1764000000,\"store_id\":\"1025646\",\"producer\":\"stores/abcde\",\"scope\":\"" + scope
                + "\",\"hash\":\"" + hash + "\",\"data\":{\"type\":\"cart\",\"id\":\"" + id + "\"}}";
    }

    private final ShopStub api = new ShopStub();
    /** What the shop's API answers at each path; whatever else it is asked, there is none. */
    private final Map<String, String> answers = new HashMap<>();

    @AfterAll
    void close_the_shop_s_api() {
        api.close();
    }

    @Override
    String lines() {
        api.answers("shop", target -> target.startsWith("/v2/orders?") ? Answer.ok("[]") : answer(target));
        return "api.url = " + api.url("shop") + "\n";
    }

    private Answer answer(String target) {
        return answers.containsKey(target) ? Answer.ok(answers.get(target)) : new Answer(404, "{}");
    }

    @Override
    String cartId(int number) {
        return "09346904-4175-44fd-be53-%012d".formatted(number);
    }

    @Override
    Map<String, Function<Telling, Said>> states() {
        Map<String, Function<Telling, Said>> states = new HashMap<>();
        states.put("cart", this::cart);
        states.put("converted", this::converted);
        states.put("incomplete", told -> order(told, 0, "", "0"));
        states.put("pending", told -> order(told, 1, "", "0"));
        states.put("awaiting payment", told -> order(told, 7, "authorized", "0"));
        states.put("manual verification", told -> order(told, 12, "held for review", "0"));
        states.put("awaiting fulfillment", told -> order(told, 11, "captured", "0"));
        states.put("awaiting shipment", told -> order(told, 9, "captured", "0"));
        states.put("awaiting pickup", told -> order(told, 8, "", "0"));
        states.put("partially shipped", told -> order(told, 3, "captured", "0"));
        states.put("shipped", told -> order(told, 2, "captured", "0"));
        states.put("completed", told -> order(told, 10, "captured", "0"));
        states.put("cancelled", told -> order(told, 5, "", "0"));
        states.put("cancelled after payment", told -> order(told, 5, "captured", "0"));
        states.put("declined", told -> order(told, 6, "declined", "0"));
        states.put("disputed", told -> order(told, 13, "captured", "0"));
        states.put("partially refunded", told -> order(told, 14, "partially refunded", "20.00"));
        states.put("refunded", told -> order(told, 4, "refunded", "42.50"));
        states.put("archived", this::archived);
        states.put("archived unpaid", this::archived);
        return states;
    }

    @Test
    void a_converted_cart_is_not_reminded_though_the_api_does_not_give_its_order() {
        shop.secret("immediate", "webhook", secret(1));
        shop.secret("immediate", "api", "tok-0123456789abcdef");
        Telling told = new Telling(9001, "+13035550101", shop.clock.instant());
        sends("immediate", "cart", cart(told));
        shop.bridge.run("inbox-work");
        Said converted = converted(told);
        api.answers("shop", target -> new Answer(target.equals("/v2/time") ? 200 : 403, "{}"));
        sends("immediate", "converted", converted);
        for (int i = 0; i < 8; i++) {
            shop.bridge.run("inbox-work");
            shop.passes(Duration.ofHours(3));
            shop.bridge.run("cart-sweep");
            shop.bridge.run("cart-send");
        }
        assertThat(shop.bridge.rows.queryForMap("select status, send_status from cart where cart_id = ?", cartId(9001)))
                .containsEntry("status", "ORDERED")
                .containsEntry("send_status", null);
        assertThat(shop.bridge.rows.queryForList(
                        "select status from inbox where topic = 'store/cart/converted'", String.class))
                .as("its order is asked for again, and parked in the end")
                .containsExactly("PARKED");
        lines();
    }

    private Said cart(Telling told) {
        answers.put(
                "/v3/carts/" + cartId(told.number()), """
            {"data":{"id":"%s","email":"ada%d@mail.example","currency":{"code":"USD"},"cart_amount":42.5,"updated_time":"%s",
             "line_items":{"physical_items":[{"sku":"BD-35","name":"Blue Dream","quantity":1,"sale_price":42.5}]}}}""".formatted(cartId(told.number()), told.number(), told.at()));
        return new Said(null, event("store/cart/updated", cartId(told.number()), "hash-" + told.at()));
    }

    /** The API does not know its order. */
    private Said converted(Telling told) {
        answers.clear();
        return new Said(
                null,
                event("store/cart/converted", cartId(told.number()), "hash-" + told.at())
                        .replace("}}", ",\"orderId\":" + told.number() + "}}"));
    }

    private Said order(Telling told, int status, String payment, String refunded) {
        String at = DateTimeFormatter.RFC_1123_DATE_TIME.format(told.at().atOffset(ZoneOffset.UTC));
        answers.put("/v2/orders/" + told.number(), """
            {"id":%d,"status_id":%d,"payment_status":"%s","refunded_amount":"%s","date_created":"%5$s","date_modified":"%5$s","total_inc_tax":"42.5000","cart_id":"%6$s","is_deleted":false,
             "billing_address":{"phone":"%7$s","email":""},"currency_code":"USD"}""".formatted(
                        told.number(), status, payment, refunded, at, cartId(told.number()), told.phone()));
        return said("store/order/statusUpdated", told);
    }

    private Said said(String scope, Telling told) {
        return new Said(
                null,
                event(scope, "x", "hash-" + told.at())
                        .replace(
                                "{\"type\":\"cart\",\"id\":\"x\"}",
                                "{\"type\":\"order\",\"id\":" + told.number() + "}"));
    }

    private Said archived(Telling told) {
        answers.computeIfPresent(
                "/v2/orders/" + told.number(),
                (path, order) -> order.replace("\"is_deleted\":false", "\"is_deleted\":true"));
        return said("store/order/archived", told);
    }

    @Override
    boolean timed() {
        return true;
    }

    @Test
    void different_events_with_one_hash_are_each_kept_and_a_channels_scope_is_a_topic_like_any() {
        accepts(valid(1).withBody(event("store/cart/created", "c", "same")));
        accepts(valid(2).withBody(event("store/cart/updated", "c", "same")));
        accepts(valid(3).withBody(event("store/channel/2/cart/created", "c", "same")));
        assertThat(shop.bridge.rows.queryForList("select topic from inbox order by inbox_id", String.class))
                .containsExactly("store/cart/created", "store/cart/updated", "store/channel/2/cart/created");
    }

    @Test
    void an_attempt_that_is_made_again_later_is_the_same_delivery() {
        accepts(valid(1));
        accepts(valid(1).signedAt(shop.clock.instant().plusSeconds(60)));
        assertThat(kept()).isEqualTo(1);
    }
}
