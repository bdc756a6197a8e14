package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
