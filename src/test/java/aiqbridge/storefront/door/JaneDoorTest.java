package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JaneDoorTest extends StorefrontContract {
    @Override
    String kind() {
        return "jane";
    }

    @Override
    String secret(int number) {
        return "shared-" + number;
    }

    @Override
    Map<String, String> headers(Webhook webhook) {
        return Map.of(
                "X-Jane-Request-Timestamp",
                Long.toString(webhook.at.getEpochSecond()),
                "X-Jane-Signature",
                Webhook.hex(Webhook.hmac(webhook.secret, webhook.at.getEpochSecond(), ":", webhook.body)));
    }

    @Override
    String body(int number) {
        return "{\"cart\":{\"id\":" + number
                + ",\"status\":\"verification\",\"customer_phone_number\":\"+15555550100\",\"created_at\":\"2026-11-24 19:30:35\"}}";
    }

    @Override
    Map<String, Function<Telling, Said>> states() {
        return Stream.of(
                        "verification",
                        "pending",
                        "staff_member_review",
                        "with_review",
                        "preparing",
                        "ready_for_pickup",
                        "delivery_started",
                        "delivery_finished",
                        "finished",
                        "finished_without_review",
                        "cancelled",
                        "dismissed")
                .collect(Collectors.toMap(status -> status, status -> told -> cart(told, status)));
    }

    private static Said cart(Telling told, String status) {
        String at = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                .withZone(Shop.ZONE)
                .format(told.at());
        return new Said(null, """
            {"cart":{"id":%d,"status":"%s","amount":42.5,"created_at":"%3$s","checked_out_time":"%3$s","updated_at":"%3$s","customer_phone_number":"%4$s","tags":{"aiq_cart":"c-%1$d"}}}""".formatted(told.number(), status, at, told.phone()));
    }

    @Override
    boolean timed() {
        return true;
    }

    @Test
    void capital_letters_and_other_forms_of_time_are_understood() {
        accepts(valid(1).withHeader(
                        "X-Jane-Signature",
                        headers(valid(1)).get("X-Jane-Signature").toUpperCase()));
        for (String time : List.of(
                Long.toString(shop.clock.millis()), shop.clock.instant().toString(), "2026-11-24T19:30:35+01:00")) {
            Webhook webhook = valid(time.length())
                    .withHeader("X-Jane-Request-Timestamp", time)
                    .withHeader(
                            "X-Jane-Signature",
                            Webhook.hex(Webhook.hmac(secret(1), time, ":", valid(time.length()).body)));
            if (time.endsWith("+01:00")) {
                refuses(401, "timestamp-stale", webhook);
            } else {
                accepts(webhook);
            }
        }
        for (String time : List.of(
                "noon",
                "",
                "2026-11-24 19:30:35",
                "99999999999999999999",
                "2026-13-45T00:00:00Z",
                "-999999999-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59+01:00")) {
            refuses(
                    401,
                    "timestamp-stale",
                    valid(1).withHeader("X-Jane-Request-Timestamp", time)
                            .withHeader(
                                    "X-Jane-Signature",
                                    Webhook.hex(Webhook.hmac(secret(1), time, ":", valid(1).body))));
        }
    }

    @Test
    void older_set_ups_show_a_token() {
        refuses(401, "signature-wrong", valid(1).withoutSignature().withHeader("Authorization", "Bearer " + secret(1)));
        shop.secret("web", "token", "bearer-token");
        accepts(valid(1).withoutSignature().withHeader("Authorization", "Bearer bearer-token"));
        accepts(valid(2).withoutSignature().withHeader("Authorization", "bearer bearer-token"));
        for (String other : new String[] {
            null, "", "Bearer", "Bearer ", "Bearer x", "bearer-token", "Basic bearer-token", "Bearer bearer-token2"
        }) {
            refuses(401, "signature-wrong", valid(3).withoutSignature().withHeader("Authorization", other));
        }
        refuses(
                401,
                "signature-wrong",
                valid(3).withoutSignature().withQuery("?token=bearer-token&Authorization=Bearer%20bearer-token2"));
    }

    @Test
    void a_signature_is_not_made_up_for_by_the_token() {
        shop.secret("web", "token", "bearer-token");
        Webhook shown = valid(1).withHeader("Authorization", "Bearer bearer-token");
        accepts(shown);
        refuses(401, "signature-wrong", shown.signedWith("x"));
        refuses(401, "timestamp-stale", shown.signedAt(shop.clock.instant().minus(Duration.ofMinutes(6))));
    }

    @Test
    void it_sends_no_id_so_that_the_body_tells() {
        accepts(valid(1));
        accepts(valid(1).signedAt(shop.clock.instant().plusSeconds(1)));
        assertThat(kept()).isEqualTo(1);
    }
}
