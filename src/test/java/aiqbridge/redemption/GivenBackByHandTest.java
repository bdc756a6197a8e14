package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs a simulator whose timeline keeps to start and end, as AIQ's does. */
class GivenBackByHandTest {
    @TempDir
    Path folder;

    @Test
    void points_that_staff_gave_back_by_hand_are_not_given_back_again_by_an_adjustment() throws Exception {
        try (Shop shop = new Shop(folder)) {
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
            shop.passes(Duration.ofMinutes(10));
            String id = shop.bridge.rows.queryForObject("select aiq_redemption_id from redemption", String.class);
            HttpResponse<String> byHand = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            shop.baseUrl() + "/api/v1.1/discount/refund/1001/c-ada/five-off/" + id))
                                    .header("X-APIKEY", "demo-key")
                                    .PUT(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(byHand.statusCode()).isEqualTo(200);
            shop.passes(Duration.ofHours(1));
            shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
            shop.poll();
            for (int i = 0; i < 3; i++) {
                shop.bridge.run("reversal-execute");
                shop.settles();
            }
            assertThat(shop.aiq.points("c-ada")).as("what she had before").isEqualByComparingTo("1233");
            assertThat(shop.aiq.effects("ADJUSTED")).isEmpty();
        }
    }

    @Test
    void a_429_in_a_200_is_aiqs_own_and_not_what_stands_in_front_of_its_books() {
        try (Shop shop = new Shop(folder)) {
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            shop.aiq.fault(Map.of("operation", "redeem", "kind", "failure-in-200", "status", 429));
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
            shop.passes(Duration.ofMinutes(13));
            shop.bridge.run("redemption-settle");
            assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        }
    }
}
