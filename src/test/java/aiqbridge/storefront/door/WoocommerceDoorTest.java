package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Signed orders, the unsigned ping, and the unsigned forms of the plugin Cart Abandonment Recovery. */
class WoocommerceDoorTest extends StorefrontContract {
    private static final String TOKEN = "7f3a0c5e9b";

    @Override
    String kind() {
        return "woocommerce";
    }

    @Override
    String secret(int number) {
        return "wc &' secret " + number;
    }

    @Override
    Map<String, String> headers(Webhook webhook) {
        return Map.of(
                "X-WC-Webhook-Topic",
                "order.updated",
                "X-WC-Webhook-Source",
                "https://shop.example/",
                "X-WC-Webhook-Delivery-ID",
                webhook.id,
                "X-WC-Webhook-Signature",
                Webhook.base64(Webhook.hmac(webhook.secret, webhook.body)));
    }

    @Override
    String body(int number) {
        return "{\"id\":" + number
                + ",\"status\":\"processing\",\"date_modified_gmt\":\"2026-11-24T19:30:35\",\"billing\":{\"phone\":\"(555) 555-0100\"}}";
    }

    @Override
    Map<String, Function<Telling, Said>> states() {
        Map<String, Function<Telling, Said>> states = new HashMap<>();
        for (String unpaid : List.of("pending", "failed", "on-hold", "ready-for-pickup", "cancelled")) {
            states.put(unpaid, told -> order(told, unpaid, "checkout", false, ""));
        }
        for (String paid : List.of("processing", "completed", "shipped", "refunded", "own-word")) {
            states.put(paid, told -> order(told, paid, "checkout", true, ""));
        }
        states.put("draft", told -> order(told, "checkout-draft", "store-api", false, ""));
        states.put("by hand", told -> order(told, "pending", "admin", false, ""));
        states.put("renewal", told -> order(told, "pending", "subscription", false, ""));
        states.put("cancelled after payment", told -> order(told, "cancelled", "checkout", true, ""));
        states.put("failed after payment", told -> order(told, "failed", "checkout", true, ""));
        states.put(
                "partly refunded",
                told -> order(told, "completed", "checkout", true, "{\"id\":1,\"total\":\"-10.00\"}"));
        states.put(
                "all money back",
                told -> order(told, "completed", "checkout", true, "{\"id\":1,\"total\":\"-42.50\"}"));
        states.put("trash", told -> new Said("order.deleted", "{\"id\":" + told.number() + "}"));
        states.put(
                "restored",
                told -> new Said(
                        "order.restored",
                        order(told, "completed", "checkout", true, "").body()));
        states.put(
                "next order",
                told -> new Said(
                        "order.created",
                        order(told, "processing", "checkout", true, "")
                                .body()
                                .replace("{\"id\":" + told.number(), "{\"id\":" + told.number() + "0000")));
        return states;
    }

    @Override
    String cartId(int number) {
        return "basket-" + number;
    }

    @Override
    List<String> names(int number) {
        return List.of(
                Integer.toString(number),
                "order-" + number,
                "WC-" + number,
                "#WC-" + number,
                "wc_order_" + number,
                "basket-" + number);
    }

    @Override
    List<String> strangers() {
        return List.of(
                "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoidF8xIn0.kFx-3_aB",
                "t_0123456789abcdef0123456789abcd",
                "https://shop.example/checkout/order-pay/727/",
                "ada@mail.example");
    }

    private static Said order(Telling told, String status, String via, boolean paid, String refunds) {
        String at = told.at().toString().replaceFirst("[.].*|Z$", "");
        return new Said("order.updated", """
            {"id":%1$d,"number":"#WC-%1$d","order_key":"wc_order_%1$d","status":"%2$s","created_via":"%3$s","currency":"USD","total":"42.50","date_created_gmt":"%4$s","date_modified_gmt":"%4$s","date_paid_gmt":%5$s,"refunds":[%6$s],
             "billing":{"phone":"%7$s"},"line_items":[{"name":"Blue Dream","quantity":1,"price":42.5}],"meta_data":[{"key":"aiq_cart","value":"basket-%1$d"}]}""".formatted(
                        told.number(), status, via, at, paid ? '"' + at + '"' : "null", refunds, told.phone()));
    }

    private Webhook form(String fields, String query) {
        return valid(1).withoutSignature()
                .withContentType("application/x-www-form-urlencoded")
                .withBody(fields)
                .withQuery(query);
    }

    private static String abandoned(String table) {
        return "first_name=Dana&phone_number=%28303%29+555-0142&checkout_url=https%3A%2F%2Fshop.example%2Fcheckout%2F%3Fwcf_ac_token%3Dd2NmX3M%253D&order_status=abandoned&cart_total=%26%2336%3B71.00&product_table="
                + URLEncoder.encode(table, StandardCharsets.UTF_8);
    }

    @Test
    void the_ping_is_answered_and_not_kept() {
        accepts(form("webhook_id=3", ""));
        accepts(form("webhook_id=3", "").withContentType("application/x-www-form-urlencoded; charset=UTF-8"));
        assertThat(kept()).isZero();
        assertThat(counted("woocommerce", "ping")).isEqualTo(2);
        for (String other : List.of(
                "webhook_id=",
                "webhook_id=3&x=1",
                "webhook_id=x",
                "webhook_id=3\n",
                " webhook_id=3",
                "webhook_id=" + "1".repeat(200))) {
            refuses(401, "signature-wrong", form(other, ""));
        }
        problem(404, "connection-unknown", form("webhook_id=3", "").to(shop.bridge.port, "/webhooks/woocommerce/wep"));
    }

    @Test
    void two_orders_of_one_second_share_their_delivery_id_and_are_both_kept() {
        accepts(valid(1).withId("same"));
        accepts(valid(2).withId("same"));
        assertThat(bodies()).containsExactly(body(1), body(2));
    }

    @Test
    void an_order_that_is_deleted_again_after_it_was_restored_is_heard_twice() {
        accepts(valid(1).withBody("{\"id\":727}"));
        accepts(valid(2).withBody("{\"id\":727}"));
        accepts(valid(2).withBody("{\"id\":727}"));
        assertThat(kept()).isEqualTo(2);
    }

    @Test
    void topic_and_source_are_kept_beside_the_body() {
        accepts(valid(1));
        assertThat(shop.bridge.rows.queryForMap("select topic, headers from inbox"))
                .containsEntry("topic", "order.updated")
                .containsEntry(
                        "headers",
                        "{\"x-wc-webhook-source\":\"https://shop.example/\",\"x-wc-webhook-topic\":\"order.updated\"}");
    }

    /** WooCommerce keeps the secret as HTML and decodes it before it signs; what the owner copies may be either. */
    @Test
    void the_secret_is_decoded_once() {
        for (String[] pair : new String[][] {
            {"a&amp;b", "a&b"},
            {"a&b", "a&b"},
            {"&lt;&gt;&quot;&#039;&#39;&#x27;", "<>\"'''"},
            {"&amp;lt;", "&lt;"},
            {"&#038;&#x26;&#060;&eacute;&", "&&<&eacute;&"},
            {"$1\\$", "$1\\$"}
        }) {
            shop.secret("web", "webhook", pair[0]);
            accepts(valid(pair[0].hashCode()).signedWith(pair[1]));
            refuses(401, "signature-wrong", valid(7).signedWith(pair[1] + " "));
        }
    }

    @Test
    void a_form_with_the_connections_token_is_kept_as_it_came() {
        shop.secret("web", "token", TOKEN);
        String form = abandoned("<table>" + "<tr><td>Blue Dream 3.5g</td></tr>".repeat(1_000) + "</table>");
        accepts(form(form, "?token=" + TOKEN));
        accepts(form(form, "?token=" + TOKEN));
        assertThat(shop.bridge.rows.queryForMap("select body, content_type, topic from inbox"))
                .containsEntry("body", form)
                .containsEntry("content_type", "application/x-www-form-urlencoded")
                .containsEntry("topic", null);
        for (String query :
                List.of("", "?token=", "?token=x", "?token=" + TOKEN + "0", "?tokens=" + TOKEN, "?x=" + TOKEN)) {
            refuses(401, "signature-wrong", form(form.replace("Dana", "Eve"), query));
        }
        refuses(
                401,
                "signature-wrong",
                form(form.replace("Dana", "Eve"), "")
                        .withHeader("token", TOKEN)
                        .withHeader("Authorization", "Bearer " + TOKEN));
        refuses(401, "signature-wrong", form("token=" + TOKEN + "&" + form, ""));
        accepts(form("a=%zz", "?token=" + TOKEN));
        accepts(form("a=b&c=Zo%EB+x&d", "?token=" + TOKEN)
                .withContentType("application/x-www-form-urlencoded; charset=iso-8859-1"));
        assertThat(bodies()).containsExactly(form, "a=%zz", "a=b&c=Zo%C3%AB+x&d");
        refuses(413, "body-too-large", form(abandoned("x".repeat(1_048_576)), "?token=" + TOKEN));
    }

    @Test
    void the_token_is_no_signature_for_an_order() {
        shop.secret("web", "token", TOKEN);
        refuses(401, "signature-wrong", valid(1).withoutSignature().withQuery("?token=" + TOKEN));
        refuses(401, "signature-wrong", valid(1).signedWith("x").withQuery("?token=" + TOKEN));
        refuses(401, "signature-wrong", valid(1).signedWith(TOKEN));
        refuses(
                401,
                "signature-wrong",
                form(abandoned(""), "?token=" + TOKEN).withHeader("X-WC-Webhook-Signature", "x"));
        shop.bridge.bridge().storefrontSecrets().all().stream()
                .filter(s -> s.get("name").equals("token"))
                .forEach(s -> shop.bridge.bridge().storefrontSecrets().revoke((String) s.get("secret_id")));
        refuses(401, "signature-wrong", form(abandoned(""), "?token=" + TOKEN));
    }

    @Test
    void an_order_may_be_deleted_twice_and_nothing_else_is_told_apart_by_the_id() {
        Webhook deleted = valid(1).withBody("{\"id\":1}").withHeader("X-WC-Webhook-Topic", "order.deleted");
        accepts(deleted.withId("first"));
        accepts(deleted.withId("first"));
        accepts(deleted.withId("after it was restored"));
        assertThat(kept()).isEqualTo(2);
        accepts(valid(2).withId("first"));
        accepts(valid(2).withId("made up"));
        accepts(valid(2).withHeader("X-WC-Webhook-Topic", "order.created"));
        assertThat(kept()).isEqualTo(4);
    }
}
