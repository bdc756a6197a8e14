package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signed webhook with a number that nobody can reckon with is kept, and parked at once with the reason: trying it again would change nothing. */
class HostileNumbersTest {
    private static final String SECRET = "whsec_dHdlbnR5LWZvdXIgYnl0ZXMgb2Yga2V5";

    @TempDir
    Path folder;

    @Test
    void are_parked_at_once_and_others_are_numbers() {
        Shop.storefront(folder, "web", "kind = generic\n");
        try (Shop shop = new Shop(folder)) {
            shop.secret("web", "webhook", SECRET);
            for (String number : List.of(
                    "1e99999999999",
                    "-1e99999999999",
                    "1e-99999999999",
                    "1000e2147483647",
                    "9".repeat(400),
                    "NaN",
                    "Infinity",
                    "01")) {
                Map<String, Object> row = kept(shop, number);
                assertThat(row.get("status")).as(number).isEqualTo("PARKED");
                assertThat(row.get("attempts")).as(number).isEqualTo(0);
                assertThat((String) row.get("last_error")).as(number).startsWith("Its body is not readable JSON");
            }
            for (String number : List.of("-0", "-0.0", "1e999999999", "1e-999999999", "1e400", "0e999999999")) {
                assertThat(kept(shop, number).get("status")).as(number).isEqualTo("DONE");
            }
        }
    }

    private static Map<String, Object> kept(Shop shop, String number) {
        String id = "d-" + Integer.toHexString(number.hashCode());
        Webhook webhook = Webhook.valid(
                w -> Map.of(
                        "webhook-id",
                        w.id,
                        "webhook-timestamp",
                        Long.toString(w.at.getEpochSecond()),
                        "webhook-signature",
                        GenericDoorTest.signature(w)),
                SECRET,
                id,
                shop.clock.instant(),
                "{\"type\":\"cart.updated\",\"data\":{\"id\":\"" + id + "\",\"total\":" + number + "}}");
        assertThat(webhook.to(shop.bridge.port, "/webhooks/generic/web").statusCode())
                .as(number)
                .isEqualTo(200);
        shop.bridge.run("inbox-work");
        return shop.bridge.rows.queryForMap(
                "select status, attempts, last_error from inbox where delivery_key = ?", id);
    }
}
