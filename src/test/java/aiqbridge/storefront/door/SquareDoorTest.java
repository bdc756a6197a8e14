package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import aiqbridge.StartRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The address is signed: the one that is registered at Square, whatever a proxy makes of it. */
class SquareDoorTest extends StorefrontContract {
    private static final String ADDRESS = "https://bridge.example/hooks/square?shop=1";

    @Override
    String kind() {
        return "square";
    }

    @Override
    String lines() {
        return "public-url = " + ADDRESS + "\n";
    }

    @Override
    String secret(int number) {
        return "signature-key-" + number;
    }

    @Override
    Map<String, String> headers(Webhook webhook) {
        return Map.of(
                "x-square-hmacsha256-signature", Webhook.base64(Webhook.hmac(webhook.secret, ADDRESS, webhook.body)));
    }

    @Override
    String body(int number) {
        return "{\"merchant_id\":\"M\",\"type\":\"order.updated\",\"event_id\":\"e-" + number
                + "\",\"data\":{\"object\":{\"order_updated\":{\"order_id\":\"o\",\"version\":" + number + "}}}}";
    }

    @Test
    void the_host_that_we_see_does_not_matter() {
        accepts(valid(1).withHeader("X-Forwarded-Host", "evil.example")
                .withHeader("X-Forwarded-Proto", "http")
                .withHeader("Forwarded", "host=evil.example"));
        for (String other : List.of(
                "https://bridge.example/hooks/square",
                "http://127.0.0.1:" + shop.bridge.port + "/webhooks/square/web",
                "")) {
            refuses(
                    401,
                    "signature-wrong",
                    valid(2).withHeader(
                                    "x-square-hmacsha256-signature",
                                    Webhook.base64(Webhook.hmac(secret(1), other, valid(2).body))));
        }
    }

    @Test
    void the_event_id_is_the_same_on_retries() {
        accepts(valid(1).withHeader("square-retry-number", "0"));
        accepts(valid(1).withHeader("square-retry-number", "1").withHeader("square-retry-reason", "http_timeout"));
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void without_its_address_it_does_not_start(@TempDir Path other) {
        Shop.storefront(other, "web", "kind = square\n");
        assertThatThrownBy(() -> new Shop(other))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("public-url")
                .hasMessageContaining("web");
    }
}
