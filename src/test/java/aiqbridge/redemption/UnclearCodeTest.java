package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnclearCodeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "reset-after-effect, 0",
        "status-after-effect, 503",
        "status-after-effect, 500",
        "status-after-effect, 403",
        "half-body, 0"
    })
    void a_code_whose_sending_was_unclear_opens_the_wallet(String kind, int status) {
        try (Shop shop = new Shop(folder)) {
            shop.aiq.fault(Map.of("operation", "verify", "kind", kind, "status", status));
            assertThat(shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "(555) 555-0100"))
                            .status())
                    .isEqualTo(503);
            assertThat(shop.post(
                                    shop.key,
                                    "/api/v1/wallet/view",
                                    Map.of("phone", "555-555-0100", "code", String.valueOf(shop.aiq.pin("c-ada"))))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static int verify(Shop shop) {
        return shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "(555) 555-0100"))
                .status();
    }

    private static int view(Shop shop) {
        return shop.post(
                        shop.key,
                        "/api/v1/wallet/view",
                        Map.of("phone", "555-555-0100", "code", String.valueOf(shop.aiq.pin("c-ada"))))
                .status();
    }

    @ParameterizedTest
    @CsvSource({
        "reset-before-effect, 0",
        "status-before-effect, 503",
        "status-before-effect, 500",
        "status-before-effect, 403"
    })
    void another_may_be_sent_at_once_and_then_only_a_minute_later(String kind, int status) {
        try (Shop shop = new Shop(folder)) {
            shop.aiq.fault(Map.of("operation", "verify", "kind", kind, "status", status));
            assertThat(verify(shop)).isEqualTo(503);
            assertThat(verify(shop))
                    .as("nobody knows whether the first went out")
                    .isEqualTo(200);
            assertThat(verify(shop)).as("this one did").isEqualTo(429);
            assertThat(view(shop)).isEqualTo(200);
        }
    }

    @Test
    void unclear_ones_are_counted_for_the_hour() {
        try (Shop shop = new Shop(folder)) {
            shop.aiq.fault(Map.of("operation", "verify", "kind", "status-after-effect", "status", 500, "times", -1));
            List<Integer> answers = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                answers.add(shop.post(
                                i < 3 ? shop.key : shop.otherKey,
                                "/api/v1/wallet/verify",
                                Map.of("phone", "(555) 555-0100"))
                        .status());
            }
            assertThat(answers).containsExactly(503, 503, 503, 503, 503, 429, 429);
            assertThat(shop.aiq.requests("verify")).hasSize(5);
        }
    }

    @Test
    void what_never_left_locks_nobody_out() {
        try (Shop shop = new Shop(folder, "wallet.codes-per-connection-and-hour", "6")) {
            assertThat(verify(shop)).isEqualTo(200);
            shop.passes(Duration.ofMinutes(1));
            shop.restart(List.of("aiq.base-url", "http://127.0.0.1:" + TestBridge.freePort()));
            for (int i = 0; i < 9; i++) {
                assertThat(view(shop)).isEqualTo(503);
            }
            assertThat(shop.bridge.rows.queryForObject("select count(*) from wrong_code", Integer.class))
                    .isZero();
            for (int i = 0; i < 9; i++) {
                assertThat(verify(shop)).isEqualTo(503);
                assertThat(shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "555-555-0100"))
                                .status())
                        .isEqualTo(503);
            }
            shop.restart(List.of("aiq.base-url", shop.baseUrl()));
            assertThat(view(shop)).as("the code that went out before").isEqualTo(200);
            assertThat(verify(shop)).isEqualTo(200);
            assertThat(shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "555-555-0100"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void an_unclear_answer_to_a_code_is_a_try() {
        try (Shop shop = new Shop(folder)) {
            verify(shop);
            shop.aiq.fault(Map.of("operation", "view", "kind", "status-after-effect", "status", 500, "times", -1));
            for (int i = 0; i < 5; i++) {
                assertThat(view(shop)).isEqualTo(503);
            }
            assertThat(view(shop)).as("nobody guesses a code").isIn(403, 429);
            assertThat(shop.aiq.requests("view")).hasSize(5);
        }
    }

    private static int signsUp(Shop shop) {
        JsonNode text = shop.get(shop.key, "/api/v1/consent-text").json();
        Map<String, Object> body = new HashMap<>(Map.of("consent", true, "smsOptIn", false, "language", "en"));
        body.put("textVersion", text.path("textVersion").asText());
        body.put("textHash", text.path("textHash").asText());
        body.put("phone", "3035558888");
        return shop.post(shop.key, "/api/v1/customers", body).status();
    }

    @Test
    void a_sign_up_that_never_left_locks_nobody_out_and_an_unclear_one_is_counted() {
        try (Shop shop = new Shop(folder)) {
            shop.restart(List.of("aiq.base-url", "http://127.0.0.1:" + TestBridge.freePort()));
            for (int i = 0; i < 7; i++) {
                assertThat(signsUp(shop)).isEqualTo(503);
            }
            shop.restart(List.of("aiq.base-url", shop.baseUrl()));
            shop.aiq.fault(Map.of("operation", "signup", "kind", "status-after-effect", "status", 500, "times", 4));
            for (int i = 0; i < 4; i++) {
                assertThat(signsUp(shop)).isEqualTo(503);
            }
            assertThat(signsUp(shop)).as("the fifth of the hour").isEqualTo(200);
            assertThat(signsUp(shop)).isEqualTo(429);
        }
    }
}
