package aiqbridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.simulator.AiqSimulator;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the front asks before anything of a body is read, and what it does not wait for. */
class DoorTest {
    @TempDir
    Path folder;

    private Shop shop;

    private void open(String... settings) {
        Shop.storefront(folder, "web", "kind = shopify\n");
        shop = new Shop(folder, TestBridge.everyRoute(settings));
        shop.secret("web", "webhook", "hush");
    }

    @AfterEach
    void close() {
        if (shop != null) {
            shop.close();
        }
    }

    private Wire wire() {
        return new Wire(shop.bridge.port);
    }

    private String answer(String request) {
        try (Wire wire = wire()) {
            return wire.says(request).hearsToTheEnd();
        }
    }

    private String head(String method, String path, String... more) {
        return method + " " + path + " HTTP/1.1\r\nHost: here\r\n"
                + String.join(
                        "", List.of(more).stream().map(line -> line + "\r\n").toList()) + "\r\n";
    }

    private String key() {
        return "Authorization: Bearer " + shop.key;
    }

    /** Requests that were refused for what they are. */
    private double refused() {
        return shop.bridge
                .bridge()
                .camel()
                .getRegistry()
                .findSingleByType(MeterRegistry.class)
                .counter("aiqbridge.refusals", "action", "request-refused")
                .count();
    }

    private void friendIsAnswered() {
        assertThat(shop.get(shop.key, "/api/v1/consent-text").status()).isEqualTo(200);
    }

    @Test
    void who_may_not_come_in_hears_so_before_sending_a_byte() {
        open();
        String path = "/api/v1/wallet/verify";
        assertThat(answer(head("POST", path, "Content-Length: 1000")))
                .startsWith("HTTP/1.1 401")
                .contains("key-refused", "application/problem+json", "WWW-Authenticate: Bearer", "Connection: close");
        assertThat(answer(head("POST", path, "Content-Length: 1000000"))).startsWith("HTTP/1.1 401");
        assertThat(answer(head(
                        "POST",
                        path,
                        "Transfer-Encoding: chunked",
                        "Authorization: Bearer aiqb_000000000000_" + "0".repeat(64))))
                .startsWith("HTTP/1.1 401");
        assertThat(answer(head("POST", "/webhooks/shopify/none", "Content-Length: 1000")))
                .startsWith("HTTP/1.1 404")
                .contains("connection-unknown");
        assertThat(answer(head("POST", "/webhooks/square/web", "Content-Length: 1000")))
                .startsWith("HTTP/1.1 404")
                .contains("connection-unknown");
    }

    @Test
    void what_is_too_large_is_refused_before_it_is_sent_and_while_it_comes_in_pieces() {
        open();
        assertThat(answer(head("POST", "/api/v1/wallet/verify", key(), "Content-Length: 65537")))
                .startsWith("HTTP/1.1 413")
                .contains("larger than 64 KiB", "application/problem+json");
        assertThat(answer(head("POST", "/webhooks/shopify/web", "Content-Length: 1048577")))
                .startsWith("HTTP/1.1 413")
                .contains("larger than 1 MiB", "application/problem+json");
        assertThat(answer(head("POST", "/sign-in", "Content-Length: 65537")))
                .startsWith("HTTP/1.1 413")
                .contains("larger than 64 KiB", "text/html");
        assertThat(answer(head("GET", "/api/v1/consent-text", key(), "Content-Length: 1")))
                .startsWith("HTTP/1.1 413");
        String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        assertThat(answer(head("POST", "/api/v1/wallet/verify", key(), "Transfer-Encoding: chunked") + chunk.repeat(5)))
                .startsWith("HTTP/1.1 413")
                .contains("body-too-large");
        friendIsAnswered();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(refused()).isEqualTo(5));
        assertThat(shop.bridge.rows.queryForList(
                        "select actor || ': ' || subject from audit where action = 'request-refused'", String.class))
                .as("the first time, the others once an hour")
                .containsExactly("somebody at 127.0.0.1: body-too-large");
    }

    @Test
    void where_a_body_ends_is_said_in_one_way_only() {
        open();
        for (String lengths : List.of(
                "Content-Length: 2\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity",
                "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: -1",
                "Content-Length: two")) {
            assertThat(answer(head("POST", "/api/v1/wallet/verify", key(), lengths) + "0\r\n\r\n"))
                    .as(lengths)
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("HTTP/1.1 200");
        }
        // a second request within the extension of a chunk
        assertThat(answer(head(
                                "POST",
                                "/webhooks/shopify/web",
                                "Content-Type: application/json",
                                "Transfer-Encoding: chunked")
                        + "2;a=\"\n\r\n"
                        + "{}\r\n0\r\n\r\nGET /sign-in HTTP/1.1\r\nHost: here\r\n\r\n\"\r\n{}\r\n0\r\n\r\n"))
                .doesNotContain("Sign in");
        assertThat(answer("GET /sign-in HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .as("no host")
                .startsWith("HTTP/1.1 400");
        assertThat(answer(head("GET", "/%", "Connection: close")))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Exception");
        for (int port : List.of(shop.bridge.port, shop.bridge.managementPort)) {
            for (String host : List.of("x%", "x%4", "%", "[", "a b", "a/b")) {
                try (Wire wire = new Wire(port)) {
                    assertThat(wire.says("GET /sign-in HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                                    .hearsToTheEnd())
                            .as("host " + host)
                            .startsWith("HTTP/1.1 4")
                            .doesNotContain("Exception");
                }
            }
        }
        for (String target : List.of("/%", "/%zz", "/observe/%c", "/observe/metrics/..%")) {
            try (Wire health = new Wire(shop.bridge.managementPort)) {
                assertThat(health.says(head("GET", target, "Connection: close")).hearsToTheEnd())
                        .as("the port of health: " + target)
                        .startsWith("HTTP/1.1 400")
                        .doesNotContain("Exception");
            }
        }
        assertThat(answer(head("GET", "/api/v1/consent-text?country=%", key(), "Connection: close")))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Exception");
        friendIsAnswered();
    }

    @Test
    void who_takes_too_long_is_let_go() {
        open("http.request-timeout", "500ms", "http.idle-timeout", "700ms", "http.answer-timeout", "500ms");
        assertThat(answer("")).as("nothing").isEmpty();
        assertThat(answer("POST /api/v1/wallet/verify HTT")).as("half a header").isEmpty();
        assertThat(answer(head("POST", "/api/v1/wallet/verify", key(), "Content-Length: 100") + "{\"phone\""))
                .as("half a body")
                .startsWith("HTTP/1.1 408")
                .contains("body-too-slow", "application/problem+json");
        assertThat(answer(head("POST", "/webhooks/shopify/web", "Content-Length: 100") + "{"))
                .startsWith("HTTP/1.1 408")
                .contains("body-too-slow");
        assertThat(answer(head("POST", "/sign-in", "Content-Length: 100") + "user="))
                .startsWith("HTTP/1.1 408")
                .contains("text/html");
        assertThat(answer(head("GET", "/sign-in")))
                .as("rests too long afterwards")
                .startsWith("HTTP/1.1 200");
        try (Wire wire = wire()) {
            String text = head("GET", "/sign-in");
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(100))
                    .until(new java.util.concurrent.Callable<>() {
                        private int said;

                        @Override
                        public Boolean call() {
                            try {
                                wire.says(text.substring(said++ % 20, said % 20 + 1));
                            } catch (UncheckedIOException closed) {
                                return true;
                            }
                            return wire.isClosedByTheOther();
                        }
                    });
        }
        friendIsAnswered();
        try (Wire health = new Wire(shop.bridge.managementPort)) {
            assertThat(health.says("GET /observe/heal").hearsToTheEnd())
                    .as("half a header at the port of health")
                    .isEmpty();
        }
    }

    /** The answer to the first is waited for; what comes after it must not pile up. */
    @Test
    void what_is_sent_ahead_of_an_answer_is_not_read() throws IOException {
        open();
        shop.aiq.fault(Map.of("operation", "verify", "kind", "delay", "delayMs", 4_000));
        String body = "{\"phone\":\"5555550100\"}";
        try (SocketChannel ahead = SocketChannel.open()) {
            ahead.setOption(StandardSocketOptions.SO_SNDBUF, 16_384)
                    .connect(new InetSocketAddress("127.0.0.1", shop.bridge.port));
            ahead.write(ByteBuffer.wrap(
                    (head("POST", "/api/v1/wallet/verify", key(), "Content-Length: " + body.length()) + body)
                            .getBytes(StandardCharsets.US_ASCII)));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !shop.aiq.requests("verify").isEmpty());
            ahead.configureBlocking(false);
            ByteBuffer many = ByteBuffer.wrap(head("GET", "/").repeat(10_000).getBytes(StandardCharsets.US_ASCII));
            long sent = 0;
            for (long end = System.nanoTime() + 2_000_000_000L; System.nanoTime() < end; ) {
                sent += ahead.write(many.hasRemaining() ? many : many.rewind());
                Thread.onSpinWait();
            }
            assertThat(sent).as("what the two systems' buffers hold").isLessThan(1_000_000);
        }
        friendIsAnswered();
    }

    @Test
    void who_holds_connections_keeps_nobody_out() {
        open("http.connections", "20");
        List<Wire> held = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                held.add(wire().says("POST /api/v1/wallet"));
            }
            friendIsAnswered();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> held.stream()
                                    .filter(wire -> !wire.isClosedByTheOther())
                                    .count()
                            <= 20);
        } finally {
            held.forEach(Wire::close);
        }
    }

    @Test
    void bodies_have_so_much_memory_together_and_the_slowest_makes_room() {
        open("http.bodies-mib", "1");
        String body = "{\"id\":1,\"note\":\"" + "x".repeat(400_000) + "\"}";
        String head = head(
                "POST",
                "/webhooks/shopify/web",
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "Connection: close");
        try (Wire slow = wire();
                Wire second = wire();
                Wire third = wire()) {
            slow.says(head + body.substring(0, 390_000));
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(answer(head + body))
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After", "try-again", "application/problem+json"));
            assertThat(answer(head("POST", "/api/v1/wallet/verify", key(), "Content-Length: 2", "Connection: close")
                            + "{}"))
                    .as("a caller of the API has room of its own")
                    .startsWith("HTTP/1.1 422");
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(answer(head + body))
                    .as("let in, and then refused as it is not signed")
                    .startsWith("HTTP/1.1 401")
                    .contains("signature-wrong"));
            assertThat(slow.hearsToTheEnd()).startsWith("HTTP/1.1 408");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(answer(head + body)).as("what was taken is given back").startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void who_hangs_up_gives_back_what_it_took() {
        open("http.bodies-mib", "1");
        for (int i = 0; i < 30; i++) {
            try (Wire wire = wire()) {
                wire.says(head("POST", "/webhooks/shopify/web", "Content-Length: 700000") + "x".repeat(300_000));
            }
        }
        String body = "x".repeat(300_000);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(answer(head(
                                "POST",
                                "/webhooks/shopify/web",
                                "Content-Type: application/json",
                                "Content-Length: " + body.length(),
                                "Connection: close")
                        + body))
                .startsWith("HTTP/1.1 401"));
    }

    @Test
    void nobody_speaks_http_2_in_clear() {
        open();
        for (int port : List.of(shop.bridge.port, shop.bridge.managementPort)) {
            try (Wire wire = new Wire(port)) {
                assertThat(wire.says("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                                .says(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0})
                                .hearsToTheEnd())
                        .doesNotContain("\u0000\u0000");
            }
            try (Wire wire = new Wire(port)) {
                assertThat(wire.says(head(
                                        "GET",
                                        "/none",
                                        "Connection: Upgrade, HTTP2-Settings, close",
                                        "Upgrade: h2c",
                                        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"))
                                .hears())
                        .startsWith("HTTP/1.1 404");
            }
        }
    }

    @Test
    void an_upload_is_written_nowhere() {
        open();
        String body = "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.txt\"\r\n\r\nhello\r\n--x--\r\n";
        for (String path : List.of("/api/v1/wallet/verify", "/webhooks/shopify/web", "/sign-in")) {
            assertThat(answer(head(
                                    "POST",
                                    path,
                                    key(),
                                    "Content-Type: multipart/form-data; boundary=x",
                                    "Content-Length: " + body.length(),
                                    "Sec-Fetch-Site: same-origin",
                                    "Connection: close")
                            + body))
                    .startsWith("HTTP/1.1 4");
        }
        assertThat(Files.exists(Path.of("file-uploads"))).isFalse();
    }

    /** 127.0.0.2 is this machine too, but not where they listen. */
    @Test
    void the_simulator_and_the_bridge_are_open_to_this_machine_alone() {
        open();
        AiqSimulator simulator = AiqSimulator.start(0, 0, null);
        try {
            for (int port :
                    List.of(simulator.port(), simulator.controlPort(), shop.bridge.port, shop.bridge.managementPort)) {
                new Wire("127.0.0.1", port).close();
                assertThatThrownBy(() -> new Wire("127.0.0.2", port)).hasMessageContaining("refused");
            }
        } finally {
            simulator.close();
        }
        assertThat(URI.create(simulator.baseUrl()).getHost()).isEqualTo("127.0.0.1");
    }

    /** Who watches keeps its connection. */
    @Test
    void one_connection_is_answered_again_and_again_at_both_ports() {
        open();
        for (String path : List.of("/observe/health/live", "/observe/metrics", "/api/v1/consent-text")) {
            try (Wire wire = new Wire(path.startsWith("/api") ? shop.bridge.port : shop.bridge.managementPort)) {
                for (int i = 0; i < 5; i++) {
                    assertThat(wire.says(head("GET", path, key())).hearsOne())
                            .as("answer " + i + " of " + path)
                            .startsWith("HTTP/1.1 200");
                }
            }
        }
    }
}
