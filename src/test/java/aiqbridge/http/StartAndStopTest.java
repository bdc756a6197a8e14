package aiqbridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While it starts or stops nobody hears that something is not there: 404 means that there is no such redemption. */
class StartAndStopTest {
    private static final List<String> ASKED =
            List.of("/api/v1/redemptions/r-1", "/webhooks/shopify/web", "/sign-in", "/", "/nowhere");
    private static final List<String> HEALTH =
            List.of("/observe/health", "/observe/health/ready", "/observe/health/live");

    @TempDir
    Path folder;

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: here\r\n"
                + (path.startsWith("/observe/") ? "" : "Accept: text/html\r\n") + "Connection: close\r\n\r\n";
    }

    /** Status and form of an answer, empty where nobody listens. */
    private static String asks(int port, String path) {
        try (Wire wire = new Wire(port)) {
            return wire.says(get(path)).hearsToTheEnd();
        } catch (UncheckedIOException nobody) {
            return "";
        }
    }

    private static String status(String answer) {
        return answer.isEmpty() ? "" : answer.split(" ")[1];
    }

    @Test
    void the_ports_open_when_everything_stands() throws Exception {
        int port = TestBridge.freePort();
        int management = TestBridge.freePort();
        Set<String> heard = new ConcurrentSkipListSet<>();
        CountDownLatch up = new CountDownLatch(1);
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            while (up.getCount() > 0) {
                heard.add(port + " " + status(asks(port, "/sign-in")));
                heard.add(management + " " + status(asks(management, "/observe/health/live")));
            }
        });
        try (TestBridge bridge = new TestBridge(
                folder,
                TestBridge.TestClock.atNow(),
                TestBridge.everyRouteAtOnce(
                        "http.port", Integer.toString(port), "http.management-port", Integer.toString(management)))) {
            assertThat(status(asks(port, "/sign-in"))).isEqualTo("200");
            assertThat(status(asks(management, "/observe/health/live"))).isEqualTo("200");
            up.countDown();
            asking.get();
        }
        assertThat(heard).isSubsetOf(port + " ", port + " 200", management + " ", management + " 200");
        assertThat(heard).contains(port + " ", management + " ");
    }

    @Test
    void while_it_stops_everybody_is_told_to_come_again() throws Exception {
        Shop.storefront(folder, "web", "kind = shopify\n");
        Shop shop = new Shop(folder, TestBridge.everyRouteAtOnce());
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AdviceWith.adviceWith(
                (ModelCamelContext) shop.bridge.bridge().camel(), "wallet-open", false, route -> route.weaveAddFirst()
                        .process(exchange -> {
                            working.countDown();
                            goesOn.await(30, TimeUnit.SECONDS);
                        }));
        shop.moveTo("other-till");
        CompletableFuture<Shop.Answer> inside = CompletableFuture.supplyAsync(
                () -> shop.post(shop.key, "/api/v1/wallet", Map.of("phone", "5555550100")));
        assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
        try (shop;
                Wire halfSent = new Wire(shop.bridge.port)) {
            halfSent.says(
                    "POST /api/v1/wallet/verify HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + shop.key
                            + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 22\r\nConnection: close\r\n\r\n");
            assertThat(halfSent.hears()).startsWith("HTTP/1.1 100");
            CompletableFuture<Void> stops = CompletableFuture.runAsync(shop.bridge::close);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> status(asks(shop.bridge.port, "/sign-in")).equals("503"));
            for (String path : ASKED) {
                assertThat(asks(shop.bridge.port, path))
                        .as(path)
                        .startsWith("HTTP/1.1 503")
                        .contains("Retry-After: 5");
            }
            for (String path : HEALTH) {
                assertThat(status(asks(shop.bridge.managementPort, path)))
                        .as(path)
                        .isEqualTo("503");
            }
            assertThat(halfSent.says("{\"phone\":\"5555550100\"}").hearsToTheEnd())
                    .as("who was let in and had not sent everything")
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After: 5", "application/problem+json");
            goesOn.countDown();
            Set<String> heard = new ConcurrentSkipListSet<>();
            while (!stops.isDone()) {
                ASKED.forEach(path -> heard.add(status(asks(shop.bridge.port, path))));
                HEALTH.forEach(path -> heard.add(status(asks(shop.bridge.managementPort, path))));
            }
            stops.get();
            assertThat(heard).as("until nobody listens").isSubsetOf("503", "");
            assertThat(inside.get().status())
                    .as("who was being answered gets the answer")
                    .isEqualTo(200);
        } finally {
            goesOn.countDown();
        }
    }
}
