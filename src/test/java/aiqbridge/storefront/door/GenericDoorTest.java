package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Standard Webhooks, for everybody else. */
class GenericDoorTest extends StorefrontContract {
    @Override
    String kind() {
        return "generic";
    }

    @Override
    String secret(int number) {
        return "whsec_" + Base64.getEncoder().encodeToString(("twenty-four bytes of key" + number).getBytes());
    }

    @Override
    Map<String, String> headers(Webhook webhook) {
        return Map.of(
                "webhook-id",
                webhook.id,
                "webhook-timestamp",
                Long.toString(webhook.at.getEpochSecond()),
                "webhook-signature",
                signature(webhook));
    }

    static String signature(Webhook webhook) {
        byte[] key = Base64.getDecoder().decode(webhook.secret.replace("whsec_", ""));
        return "v1,"
                + Webhook.base64(Webhook.hmac(key, webhook.id, ".", webhook.at.getEpochSecond(), ".", webhook.body));
    }

    @Override
    String body(int number) {
        return "{\"type\":\"cart.updated\",\"data\":{\"id\":\"c-" + number + "\"}}";
    }

    @Override
    Map<String, Function<Telling, Said>> states() {
        Map<String, Function<Telling, Said>> states = new HashMap<>();
        for (String status : List.of("unplaced", "open", "paid", "completed", "cancelled", "refunded", "deleted")) {
            states.put(status, told -> order(told, status, ""));
        }
        states.put("cart", told -> said("cart.updated", told, """
            "id":"c-%d","phone":"%s","items":[{"name":"Blue Dream","price":42.5}]""".formatted(told.number(), told.phone())));
        states.put("emptied", told -> said("cart.deleted", told, "\"id\":\"c-" + told.number() + "\""));
        states.put("converted", told -> said("cart.converted", told, "\"id\":\"c-" + told.number() + "\""));
        states.put("gone", told -> said("order.deleted", told, "\"id\":" + told.number()));
        states.put("cancelled after payment", told -> order(told, "cancelled", "\"wasPaid\":true,"));
        states.put("deleted after payment", told -> order(told, "deleted", "\"wasPaid\":true,"));
        states.put("refunded in part", told -> order(told, "paid", "\"refunded\":20,"));
        states.put("a refund of a part", told -> refund(told, "\"amount\":20"));
        states.put("a refund of the total", told -> refund(told, "\"amount\":42.5"));
        states.put("a refund of everything", told -> refund(told, "\"amount\":40,\"whole\":true"));
        return states;
    }

    private static Said order(Telling told, String status, String more) {
        return said("order.updated", told, more + """
            "id":%d,"status":"%s","cartId":"c-%1$d","phone":"%3$s","total":42.5""".formatted(told.number(), status, told.phone()));
    }

    private static Said refund(Telling told, String more) {
        return said("order.refunded", told, "\"id\":\"r-%d\",\"orderId\":%1$d,%s".formatted(told.number(), more));
    }

    private static Said said(String type, Telling told, String data) {
        return new Said(
                null, "{\"type\":\"" + type + "\",\"timestamp\":\"" + told.at() + "\",\"data\":{" + data + "}}");
    }

    @Override
    boolean timed() {
        return true;
    }

    /** The example that the specification's libraries are tested with. */
    @Test
    void the_specifications_own_example_is_good() {
        shop.secret("web", "webhook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        shop.clock.advance(Duration.between(shop.clock.instant(), Instant.ofEpochSecond(1614265330)));
        Webhook example = valid(1).withBody("{\"test\": 2432232314}")
                .withHeader("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .withHeader("webhook-timestamp", "1614265330")
                .withHeader("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        accepts(example);
        refuses(401, "signature-wrong", example.changedTo("{\"test\":2432232314}"));
    }

    @Test
    void one_good_signature_of_several_is_enough_and_other_versions_are_not_looked_at() {
        Webhook one = valid(1);
        String good = signature(one);
        String wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
        accepts(one.withHeader(
                "webhook-signature", String.join(" ", wrong, wrong, "v2," + good.substring(3), wrong, good)));
        for (String none : List.of(
                "v2," + good.substring(3),
                "v1a," + good.substring(3),
                wrong + " " + wrong,
                good.substring(3),
                "V1," + good.substring(3),
                good.replace("v1,", "v1:"),
                good + "," + good)) {
            refuses(401, "signature-wrong", one.withHeader("webhook-signature", none));
        }
    }

    @Test
    void id_and_time_are_signed_too_and_must_be_there() {
        for (String name : List.of("webhook-id", "webhook-timestamp")) {
            for (String other : new String[] {
                null,
                "",
                "x",
                "1",
                "-1",
                "99999999999999999999",
                "1e9",
                Instant.now().toString()
            }) {
                refuses(401, "signature-wrong", valid(1).withHeader(name, other));
            }
        }
    }

    @Test
    void the_topic_is_kept_and_one_that_cannot_be_parks() {
        accepts(valid(1));
        assertThat(shop.bridge.rows.queryForObject("select topic || ' ' || delivery_key from inbox", String.class))
                .isEqualTo("cart.updated delivery-1");
        List<String> topics = List.of("\\u0000", "a b", "", "\\ud800", "x".repeat(201));
        for (int i = 0; i < topics.size(); i++) {
            accepts(valid(10 + i).withBody("{\"type\":\"" + topics.get(i) + "\",\"data\":{\"id\":\"c-1\"}}"));
        }
        shop.bridge.run("inbox-work");
        assertThat(shop.bridge.rows.queryForList(
                        "select last_error from inbox where delivery_key <> 'delivery-1'", String.class))
                .hasSize(5)
                .allSatisfy(error -> assertThat(error).contains("topic is damaged"));
        accepts(valid(3).withBody("{\"type\":null}"));
        accepts(valid(4).withBody("{\"data\":{\"type\":\"x\"}}"));
    }

    @Test
    void an_id_that_is_sent_again_after_a_long_time_is_still_known() {
        accepts(valid(1));
        shop.clock.advance(Duration.ofHours(70));
        accepts(valid(1));
        assertThat(kept()).isEqualTo(1);
    }
}
