package aiqbridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import aiqbridge.storefront.api.ShopStub;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that ends in the middle is no answer, and what is said of it names the cause. */
class HalfBodyTest {
    /** As the connection ended. */
    private static final String CAUSE = "no readable answer: (ConnectionClosed|Socket)Exception";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"stores", "redemptions", "adjustments"})
    void half_of_what_aiq_says_is_no_answer(String operation) {
        try (Shop shop = new Shop(folder)) {
            shop.aiq.fault(Map.of("operation", operation, "kind", "half-body"));
            AiqAsk ask = operation.equals("stores")
                    ? new AiqAsk.OfAccount("green-leaf", Priority.PERSON)
                    : new AiqAsk.Period(
                            "green-leaf", Priority.PERSON, shop.clock.millis() - 60_000, shop.clock.millis());
            AiqAnswer answer = (AiqAnswer) shop.bridge.run("aiq-" + operation, ask, Map.of());
            assertThat(answer.outcome()).isEqualTo(AiqAnswer.Outcome.UNCLEAR);
            assertThat(answer.detail()).matches(CAUSE);
        }
    }

    @Test
    void half_of_what_a_shop_says_is_no_answer() {
        try (ShopStub api = new ShopStub()) {
            Shop.storefront(folder, "web", "kind = woocommerce\napi.url = " + api.url("web") + "\n");
            api.answers("web", target -> ShopStub.Answer.half("[{\"id\":1}]"));
            try (Shop shop = new Shop(folder)) {
                shop.bridge.bridge().storefrontSecrets().add("web", StorefrontSecrets.API, "ck_1:cs_2");
                assertThatThrownBy(() -> shop.bridge.run("storefront-ask-web"))
                        .rootCause()
                        .message()
                        .matches("The shop's API gave " + CAUSE + "[.]");
            }
        }
    }
}
