package aiqbridge.storefront.door;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A kind that signs as Stripe and Ordergroove do: the time and the signature in one header, {@code t=…,v1=…}. */
class SignatureInPartsDoorTest extends StorefrontContract {
    @Override
    String kind() {
        return "in-parts";
    }

    @Override
    String properties() {
        return """
            accepts = application/json
            signature.header = X-Shop-Signature
            signature.part = v1
            signature.timestamp = part:t
            signature.tolerance = 5m
            signature.signed = {timestamp}.{body}
            signature.encoding = hex
            signature.key = text
            topic = body:/event/type
            delivery = body:/event/id digest
            """;
    }

    @Override
    String secret(int number) {
        return "a-secret-of-the-shop-" + number;
    }

    @Override
    Map<String, String> headers(Webhook webhook) {
        return Map.of("X-Shop-Signature", "t=" + webhook.at.getEpochSecond() + ",v1=" + signature(webhook));
    }

    private static String signature(Webhook webhook) {
        return Webhook.hex(Webhook.hmac(webhook.secret, webhook.at.getEpochSecond(), ".", webhook.body));
    }

    @Override
    String body(int number) {
        return "{\"event\":{\"type\":\"order.updated\",\"id\":\"e-" + number + "\"}}";
    }

    @Override
    boolean timed() {
        return true;
    }

    @Test
    void one_good_signature_of_several_is_enough_and_the_time_must_be_there_once() {
        Webhook one = valid(1);
        String time = "t=" + one.at.getEpochSecond(), good = "v1=" + signature(one), wrong = "v1=" + "0".repeat(64);
        for (String header : List.of(
                time + "," + wrong + "," + good,
                good + ", " + time,
                time + ",v0=abc," + good + ",h=x y",
                time + "," + good.toUpperCase().replace("V1", "v1"))) {
            accepts(one.withHeader("X-Shop-Signature", header));
        }
        for (String header : List.of(
                good,
                time,
                time + "," + wrong,
                time + "," + good.replace("v1", "v2"),
                time + "," + time + "," + good,
                "t=" + (one.at.getEpochSecond() - 1) + "," + good,
                time + ";" + good,
                time + "," + good + "0")) {
            refuses(401, "signature-wrong", one.withHeader("X-Shop-Signature", header));
        }
    }

    @Test
    void the_topic_and_the_id_are_found_where_they_stand() {
        accepts(valid(1));
        org.assertj.core.api.Assertions.assertThat(
                        shop.bridge.rows.queryForObject("select topic || ' ' || delivery_key from inbox", String.class))
                .startsWith("order.updated e-1|");
    }
}
