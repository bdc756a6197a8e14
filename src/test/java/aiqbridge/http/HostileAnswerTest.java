package aiqbridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Priority;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AIQ or a shop that answers without end, in small or in slow pieces, is given up, and takes no memory. */
class HostileAnswerTest {
    private static final int MIB = 1_048_576;
    private static final String GOOD = "{\"data\":\"OK\",\"code\":200,\"success\":true}";

    @TempDir
    Path folder;

    private ServerSocket server;
    private final AtomicLong said = new AtomicLong();
    private volatile Says says;

    private interface Says {
        void to(OutputStream client) throws IOException, InterruptedException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept();
                        OutputStream out = counted(client.getOutputStream())) {
                    head(client.getInputStream());
                    says.to(out);
                } catch (IOException | InterruptedException gone) {
                    // the client had enough
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private OutputStream counted(OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                out.write(one);
                said.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                said.addAndGet(length);
            }
        };
    }

    private static void head(InputStream in) throws IOException {
        String end = "";
        for (int one = in.read(); one >= 0 && !end.equals("\r\n\r\n"); one = in.read()) {
            end = (end + (char) one).substring(Math.max(0, end.length() - 3));
            if (end.equals("\r\n\r\n")) {
                return;
            }
        }
    }

    private static Says answer(byte[] body, String... headers) {
        return out -> {
            out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n"
                            + String.join("\r\n", headers) + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        };
    }

    /** So many MiB of blanks before what is a good answer. */
    private static byte[] packed(String coding, int mib, String good) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        OutputStream pack = packed;
        for (String one : coding.split(", ")) {
            pack = switch (one) {
                case "gzip", "x-gzip" -> new GZIPOutputStream(pack);
                case "deflate" -> new DeflaterOutputStream(pack);
                default -> new BufferedOutputStream(pack);
            };
        }
        byte[] blanks = " ".repeat(MIB).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < mib; i++) {
            pack.write(blanks);
        }
        pack.write(good.getBytes(StandardCharsets.UTF_8));
        pack.close();
        return packed.toByteArray();
    }

    private Shop shop() {
        return new Shop(folder, "aiq.base-url", url(), "aiq.stores-timeout", "2s");
    }

    private static AiqAnswer ask(Shop shop) {
        return (AiqAnswer) shop.bridge.run("aiq-stores", new AiqAsk.OfAccount("green-leaf", Priority.PERSON), Map.of());
    }

    private AiqAnswer ask() {
        try (Shop shop = shop()) {
            return ask(shop);
        }
    }

    @Test
    void what_grows_without_end_is_no_answer() throws IOException {
        try (Shop shop = shop()) {
            for (String coding : List.of("identity", "gzip", "x-gzip", "deflate", "gzip, gzip")) {
                says = answer(packed(coding, 3, GOOD), "Content-Encoding: " + coding);
                assertThat(ask(shop).outcome()).as("what is packed is read").isEqualTo(AiqAnswer.Outcome.DONE);
                byte[] bomb = packed(coding, 40, GOOD);
                says = answer(bomb, "Content-Encoding: " + coding);
                AiqAnswer answer = ask(shop);
                assertThat(answer.outcome()).as(coding + ", " + bomb.length).isEqualTo(AiqAnswer.Outcome.UNCLEAR);
                assertThat(answer.detail()).as(coding).isEqualTo("no readable answer: TooLong");
            }
            for (String header : List.of("x".repeat(8_192), "X: x\r\n".repeat(1_000))) {
                said.set(0);
                says = out -> {
                    out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.ISO_8859_1));
                    while (said.get() < 64L * MIB) {
                        out.write(header.getBytes(StandardCharsets.ISO_8859_1));
                    }
                };
                assertThat(ask(shop).detail()).isEqualTo("no readable answer: MessageConstraintException");
                assertThat(said.get()).as("bytes of a head").isLessThan(8L * MIB);
            }
        }
    }

    @Test
    void a_head_or_a_chunk_in_drops_is_given_up_in_time() {
        try (Shop shop = shop()) {
            for (String begin :
                    List.of("HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;")) {
                says = out -> {
                    out.write(begin.getBytes(StandardCharsets.ISO_8859_1));
                    for (int i = 0; i < 100; i++) {
                        out.write('x');
                        out.flush();
                        Thread.sleep(200);
                    }
                };
                long begun = System.nanoTime();
                AiqAnswer answer = ask(shop);
                assertThat(answer.outcome()).isEqualTo(AiqAnswer.Outcome.UNCLEAR);
                assertThat(System.nanoTime() - begun).as(answer.detail()).isLessThan(12_000_000_000L);
            }
        }
    }

    @Test
    void a_shop_that_packs_without_end_is_refused() throws IOException {
        says = answer(packed("gzip", 40, "[]"), "Content-Encoding: gzip");
        Shop.storefront(folder, "web", "kind = woocommerce\napi.url = " + url() + "\n");
        try (Shop shop = new Shop(folder)) {
            shop.bridge.bridge().storefrontSecrets().add("web", StorefrontSecrets.API, "ck_1:cs_2");
            assertThatThrownBy(() -> shop.bridge.run("storefront-ask-web"))
                    .rootCause()
                    .hasMessage("The shop's API gave no readable answer: TooLong.");
        }
    }
}
