package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnclearCodeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"reset-after-effect, 0", "status-after-effect, 503"})
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
}
