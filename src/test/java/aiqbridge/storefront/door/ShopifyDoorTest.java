package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ShopifyDoorTest extends StorefrontContract {
    @Override
    String kind() {
        return "shopify";
    }

    @Override
    String secret(int number) {
        return "hush-" + number;
    }

    @Override
    Map<String, String> headers(Webhook webhook) {
        return Map.of(
                "X-Shopify-Topic",
                "checkouts/update",
                "X-Shopify-Shop-Domain",
                "green-leaf.myshopify.com",
                "X-Shopify-Webhook-Id",
                webhook.id,
                "X-Shopify-Hmac-SHA256",
                Webhook.base64(Webhook.hmac(webhook.secret, webhook.body)));
    }

    @Override
    String body(int number) {
        return "{\"id\":" + number + ",\"token\":\"t-" + number
                + "\",\"email\":\"ada@example.com\",\"completed_at\":null}";
    }

    @Override
    Map<String, Function<Telling, Said>> states() {
        Map<String, Function<Telling, Said>> states = new HashMap<>();
        states.put("checkout", told -> checkout(told, "web", null));
        states.put("draft checkout", told -> checkout(told, "shopify_draft_order", null));
        states.put("converted", told -> checkout(told, "web", at(told)));
        states.put("pending", told -> order(told, "pending", null, ""));
        states.put("authorized", told -> order(told, "authorized", null, ""));
        states.put("partly paid", told -> order(told, "partially_paid", null, ""));
        states.put("paid", told -> order(told, "paid", null, ""));
        states.put("handed over", told -> order(told, "paid", "fulfilled", ""));
        states.put("handed over unpaid", told -> order(told, "pending", "fulfilled", ""));
        states.put("archived", told -> order(told, "paid", "fulfilled", ",\"closed_at\":\"" + at(told) + "\""));
        states.put("archived unpaid", told -> order(told, "pending", null, ",\"closed_at\":\"" + at(told) + "\""));
        states.put("voided", told -> order(told, "voided", null, ""));
        states.put("expired", told -> order(told, "expired", null, ""));
        states.put("expired after handing over", told -> order(told, "expired", "fulfilled", ""));
        states.put("cancelled", told -> order(told, "pending", null, cancelled(told)));
        states.put("cancelled after payment", told -> order(told, "refunded", null, cancelled(told)));
        states.put("partly refunded", told -> order(told, "partially_refunded", "fulfilled", refund(told, 1, "10.00")));
        states.put("goods back", told -> order(told, "partially_refunded", "fulfilled", refund(told, 2, "36.50")));
        states.put("refunded", told -> order(told, "refunded", "fulfilled", ""));
        states.put("deleted", told -> new Said("orders/delete", "{\"id\":" + told.number() + "}"));
        states.put(
                "next order",
                told -> new Said(
                        "orders/create",
                        order(told, "paid", null, "")
                                .body()
                                .replace("{\"id\":" + told.number(), "{\"id\":" + told.number() + "0000")));
        return states;
    }

    @Override
    String cartId(int number) {
        return "c1-" + number + "?key=abc";
    }

    @Override
    List<String> names(int number) {
        return List.of(
                "c1-" + number + "?key=abc",
                "c1-" + number,
                "gid://shopify/Cart/c1-" + number + "?key=abc",
                "t0" + number,
                "90" + number,
                "gid://shopify/AbandonedCheckout/90" + number,
                Integer.toString(number),
                "gid://shopify/Order/" + number,
                "#1" + number,
                "GL-1" + number,
                "basket-" + number);
    }

    @Override
    List<String> strangers() {
        return List.of(
                "gid://shopify/Product/632910392",
                "gid://shopify/Customer/207119551",
                "gid://shopify/DraftOrder/994118539",
                "gid://shopify/CartLine/1?cart=c1-x",
                "Z2lkOi8vc2hvcGlmeS9DYXJ0L2MxLXg=",
                "Z2lkOi8vc2hvcGlmeS9DaGVja291dC8xMjM0P2tleT1hYmM",
                "https://shop.example/checkouts/cn/c1-x",
                "ada@mail.example");
    }

    private static String at(Telling told) {
        return told.at().toString().replaceFirst("[.].*|Z$", "Z");
    }

    private static String cancelled(Telling told) {
        return ",\"cancelled_at\":\"" + at(told) + "\"";
    }

    private static String refund(Telling told, int quantity, String amount) {
        return """
            ,"refunds":[{"id":1,"refund_line_items":[{"line_item_id":7,"quantity":%d}],"transactions":[{"kind":"refund","status":"success","amount":"%s"}]}]""".formatted(quantity, amount);
    }

    private static Said checkout(Telling told, String source, String completed) {
        return new Said("checkouts/update", """
            {"id":90%1$d,"token":"t0%1$d","cart_token":"c1-%1$d?key=abc","source_name":"%2$s","updated_at":"%3$s","completed_at":%4$s,"phone":"%5$s","total_price":"42.50",
             "line_items":[{"title":"Blue Dream","quantity":2,"price":"18.25"}]}""".formatted(
                told.number(), source, at(told), completed == null ? "null" : '"' + completed + '"', told.phone()));
    }

    private static Said order(Telling told, String financial, String fulfilment, String more) {
        return new Said("orders/updated", """
            {"id":%1$d,"name":"#1%1$d","order_number":1%1$d,"confirmation_number":"GL-1%1$d","cart_token":"c1-%1$d","checkout_token":"t0%1$d","checkout_id":90%1$d,"created_at":"%2$s","updated_at":"%2$s",
             "financial_status":"%3$s","fulfillment_status":%4$s,"phone":"%5$s","total_price":"42.50","line_items":[{"id":7,"quantity":2}],
             "note_attributes":[{"name":"aiq_cart","value":"basket-%1$d"}]%6$s}""".formatted(
                        told.number(),
                        at(told),
                        financial,
                        fulfilment == null ? "null" : '"' + fulfilment + '"',
                        told.phone(),
                        more));
    }

    @Test
    void the_id_is_not_signed_so_that_another_body_under_it_is_another_delivery() {
        accepts(valid(1).withId("same"));
        accepts(valid(2).withId("same"));
        assertThat(bodies()).containsExactly(body(1), body(2));
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from inbox where topic = 'checkouts/update' and headers like '%green-leaf.myshopify.com%'",
                        Integer.class))
                .isEqualTo(2);
    }

    @Test
    void without_an_id_topic_and_body_tell_deliveries_apart() {
        Webhook one = valid(1).withHeader("X-Shopify-Webhook-Id", null);
        accepts(one);
        accepts(one);
        accepts(one.withHeader("X-Shopify-Topic", "checkouts/create"));
        assertThat(kept()).isEqualTo(2);
    }
}
