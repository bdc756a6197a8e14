package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttackClockTest {
    private static final String BEFORE = "{\"loyaltyPoints\": 1233, \"contactID\": \"c-ada\", \"discountTemplates\": [{\"id\": \"ten-percent\", \"name\": \"x\", \"pointsDeduction\": 250, \"available\": true, \"reusable\": true}]}";
    @TempDir Path folder;

    /** Somebody sets the bridge's clock right, which was 18 minutes slow, a moment after the attempt; AIQ's was right all the time. */
    @Test void a_clock_that_is_set_forward_makes_no_silence_older() {
        try (Shop shop = new Shop(folder)) {
            String redemption = shop.queued("ten-percent", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            shop.aiq.set("report-lag-ms", Long.toString(Duration.ofMinutes(10).toMillis()));
            shop.aiq.fault("redeem", "reset-after-effect", 1);
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
            shop.aiq.fault(Map.of("operation", "wallet", "kind", "says-before-effect", "status", 200, "body", "{\"data\": " + BEFORE + ", \"code\": 200, \"success\": true}", "times", 2));
            long aiq = Duration.between(Instant.now(), shop.clock.instant()).toMillis();
            shop.clock.advance(Duration.ofMinutes(18));
            shop.bridge.run("redemption-settle");
            shop.clock.advance(Duration.ofSeconds(61));
            shop.aiq.clock(aiq + 61_000);
            shop.bridge.run("redemption-settle");
            assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        }
    }
}
