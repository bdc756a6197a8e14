package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What shops' own HTTP does that a modern client does not: HTTP/1.0, bodies held back until they are asked for, in pieces, or never finished. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookOnTheWireTest {
    private static final String SECRET = "hush";
    private Shop shop;
    private int number;

    @BeforeAll
    void open(@TempDir Path folder) {
        Shop.storefront(folder, "web", "kind = shopify\n");
        shop = new Shop(folder);
        shop.secret("web", "webhook", SECRET);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private static String signature(String body) {
        return Webhook.base64(Webhook.hmac(SECRET, body));
    }

    private static String request(String protocol, String body, String more) {
        return "POST /webhooks/shopify/web " + protocol
                + "\r\nHost: x\r\nContent-Type: application/json\r\nX-Shopify-Hmac-SHA256: " + signature(body) + "\r\n"
                + more + "\r\n";
    }

    private String body() {
        return "{\"id\":" + ++number + "}";
    }

    /** Sends the pieces one after the other, waits for what comes back to each but the last, and reads to the end. */
    private String says(String... pieces) {
        try (Socket socket = new Socket("127.0.0.1", shop.bridge.port)) {
            socket.setSoTimeout(20_000);
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < pieces.length; i++) {
                socket.getOutputStream().write(pieces[i].getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                if (i < pieces.length - 1) {
                    byte[] some = new byte[10_000];
                    said.append(new String(
                                    some, 0, Math.max(0, socket.getInputStream().read(some)), StandardCharsets.UTF_8))
                            .append("|");
                }
            }
            return said + new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int kept() {
        return shop.bridge.rows.queryForObject("select count(*) from inbox", Integer.class);
    }

    /** WooCommerce speaks it. */
    @Test
    void http_1_0_is_understood() {
        String body = body();
        int before = kept();
        assertThat(says(request("HTTP/1.0", body, "Content-Length: " + body.length() + "\r\n") + body))
                .startsWith("HTTP/1.0 200")
                .doesNotContain("chunked");
        assertThat(kept()).isEqualTo(before + 1);
    }

    /** curl does so with larger bodies. */
    @Test
    void a_body_that_waits_to_be_asked_for_is_asked_for() {
        String body = body();
        assertThat(says(
                        request(
                                "HTTP/1.1",
                                body,
                                "Expect: 100-continue\r\nConnection: close\r\nContent-Length: " + body.length()
                                        + "\r\n"),
                        body))
                .startsWith("HTTP/1.1 100 Continue")
                .contains("|HTTP/1.1 200 OK");
    }

    @Test
    void a_body_in_pieces_is_one_body() {
        String body = body();
        assertThat(says(request("HTTP/1.1", body, "Transfer-Encoding: chunked\r\nConnection: close\r\n") + "3\r\n"
                        + body.substring(0, 3) + "\r\n" + Integer.toHexString(body.length() - 3) + "\r\n"
                        + body.substring(3) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(says(request("HTTP/1.1", "", "Transfer-Encoding: chunked\r\nConnection: close\r\n")
                        + ("10000\r\n" + "x".repeat(65_536) + "\r\n").repeat(40) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("body-too-large");
    }

    @Test
    void no_body_at_all_is_signed_as_well() {
        assertThat(says(request("HTTP/1.1", "", "Connection: close\r\n"))).startsWith("HTTP/1.1 200");
        assertThat(says(request("HTTP/1.1", "", "Connection: close\r\nContent-Length: 0\r\n")))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void a_header_that_comes_twice_counts_as_missing() {
        String body = body();
        assertThat(says(request(
                                "HTTP/1.1",
                                body,
                                "X-Shopify-Hmac-SHA256: " + signature(body)
                                        + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n")
                        + body))
                .startsWith("HTTP/1.1 401");
        assertThat(says(request(
                                "HTTP/1.1",
                                body,
                                "Content-Type: text/plain\r\nConnection: close\r\nContent-Length: " + body.length()
                                        + "\r\n")
                        + body))
                .startsWith("HTTP/1.1 415");
    }

    @Test
    void many_requests_on_one_connection_are_told_apart() {
        int before = kept();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            String body = body();
            all.append(request(
                            "HTTP/1.1",
                            body,
                            (i == 19 ? "Connection: close\r\n" : "") + "Content-Length: " + body.length() + "\r\n"))
                    .append(body);
        }
        assertThat(says(all.toString()).split("HTTP/1.1 200 OK", -1)).hasSize(21);
        assertThat(kept()).isEqualTo(before + 20);
    }

    @Test
    void who_hangs_up_in_the_middle_leaves_nothing_and_disturbs_nobody() throws IOException {
        int before = kept();
        Random random = new Random(20261124);
        for (int i = 0; i < 50; i++) {
            String body = body() + " ".repeat(100_000);
            String whole = request("HTTP/1.1", body, "Content-Length: " + body.length() + "\r\n") + body;
            try (Socket socket = new Socket("127.0.0.1", shop.bridge.port)) {
                socket.getOutputStream()
                        .write(whole.substring(0, random.nextInt(whole.length() - 1))
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
        http_1_0_is_understood();
        assertThat(kept()).isEqualTo(before + 1);
    }

    @Test
    void nonsense_is_never_our_fault() {
        Random random = new Random(20261124);
        String good = request("HTTP/1.1", "{\"id\":1}", "Connection: close\r\nContent-Length: 8\r\n") + "{\"id\":1}";
        for (int i = 0; i < 300; i++) {
            StringBuilder changed = new StringBuilder(good);
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = changed.indexOf("\r\n") + random.nextInt(changed.length() - changed.indexOf("\r\n"));
                if (changed.charAt(at) != '\r' && changed.charAt(at) != '\n') {
                    changed.setCharAt(at, (char) (33 + random.nextInt(94)));
                }
            }
            if (changed.toString().contains("Content-Length: 8\r\n")
                    && changed.toString().contains("Connection: close")) {
                String answer = says(changed.toString());
                assertThat(answer).as(changed.toString()).matches("(?s)(HTTP/1.[01] [24].*|)");
            }
        }
    }
}
