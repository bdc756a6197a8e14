package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
