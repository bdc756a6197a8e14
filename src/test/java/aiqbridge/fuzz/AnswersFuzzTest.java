package aiqbridge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.NewsOnly;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.page.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever AIQ and shops answer: callers get an answer or are told to try again, each shop's trouble has a sentence, and every page can be reached afterwards. */
class AnswersFuzzTest {
    @TempDir
    Path folder;

    private volatile byte[] answer = new byte[0];

    @Test
    @Timeout(7_200)
    void no_answer_makes_anything_unreachable() throws IOException {
        int inputs = Fuzz.inputs(150);
        Map<String, Integer> ends = new TreeMap<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> answer(server));
            answers.setDaemon(true);
            answers.start();
            String url = "http://127.0.0.1:" + server.getLocalPort();
            for (String kind : Parsers.KINDS) {
                Shop.storefront(
                        folder,
                        kind,
                        "kind = " + kind + "\npublic-url = https://shop.example/x\napi.url = " + url + "\n");
            }
            try (Shop shop = new Shop(
                    folder,
                    TestBridge.everyRoute(
                            "aiq.base-url", url, "aiq.wallet-timeout", "1s", "aiq.lookup-timeout", "1s"))) {
                for (String kind : Parsers.KINDS) {
                    shop.bridge.bridge().storefrontSecrets().add(kind, StorefrontSecrets.API, "ck_1:cs_2");
                }
                Visitor visitor = Visitor.signedIn(shop.bridge);
                for (int n = 0; n < inputs; n++) {
                    Fuzz fuzz = new Fuzz(Fuzz.SEED + n);
                    answer = answer(fuzz);
                    String what = "fuzz.seed " + fuzz.seed + ": " + new String(answer, StandardCharsets.ISO_8859_1);
                    shop.passes(Duration.ofHours(2));
                    ends.merge(
                            fuzz.chance(60) ? asked(shop, fuzz, what) : shopAsked(shop, fuzz, what), 1, Integer::sum);
                    if (n % 50 == 49) {
                        visitor.signsIn("admin", Visitor.PASSWORD);
                        for (String page : List.of("/", "/mapping", "/accounts", "/connections", "/activity")) {
                            assertThat(visitor.get(page).status())
                                    .as(page + " after " + what)
                                    .isEqualTo(200);
                        }
                    }
                }
                // what shops said is worked on
                shop.bridge.run("inbox-work");
                assertThat(shop.bridge.rows.queryForList(
                                "select last_error from inbox where last_error like 'It could not be processed%'"))
                        .isEmpty();
            }
        }
        System.out.println("fuzz.seed " + Fuzz.SEED + ", " + inputs + " answers: " + ends);
    }

    private static String asked(Shop shop, Fuzz fuzz, String what) {
        Shop.Answer heard = fuzz.chance(60)
                ? shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "5555550100", "subtotal", 50))
                : shop.post(shop.key, "/api/v1/customers/status", Map.of("phone", "5555550100"));
        assertThat(heard.status()).as(heard.body() + " " + what).isIn(200, 404, 503, 429);
        assertThat(heard.body()).as(what).doesNotContain("Infinity", "NaN", "Exception", "E+999");
        if (heard.status() == 503) {
            assertThat(heard.text("detail")).as(what).startsWith("AIQ ");
        }
        return "AIQ " + heard.status();
    }

    /** A shop that cannot be asked has a sentence for it. */
    private static String shopAsked(Shop shop, Fuzz fuzz, String what) {
        String kind = fuzz.one("shopify", "woocommerce", "bigcommerce", "square", "generic");
        try {
            shop.bridge.run("storefront-ask-" + kind);
            return "shop";
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            assertThat(cause.getClass().getSimpleName())
                    .as(NewsOnly.named(e) + " " + cause.getMessage() + " " + what)
                    .isIn("RowWaits", "ShopRefused");
            return "shop " + cause.getClass().getSimpleName();
        }
    }

    private void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                InputStream in = client.getInputStream();
                String head = "";
                for (int one = in.read(); one >= 0 && !head.endsWith("\r\n\r\n"); one = in.read()) {
                    head = head.substring(Math.max(0, head.length() - 3)) + (char) one;
                    if (head.endsWith("\r\n\r\n")) {
                        break;
                    }
                }
                client.getOutputStream().write(answer);
                client.shutdownOutput();
                in.readNBytes(10_000);
            } catch (IOException gone) {
                // the bridge had enough
            }
        }
    }

    private static byte[] answer(Fuzz fuzz) throws IOException {
        String text = fuzz.chance(15)
                ? fuzz.json(4)
                : fuzz.bent(
                        fuzz.chance(60)
                                ? fuzz.one(ParsersFuzzTest.WALLETS)
                                : listed(Samples.of(fuzz.one(Parsers.KINDS), fuzz), fuzz));
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 "
                + (fuzz.chance(75)
                        ? 200
                        : fuzz.one(201, 204, 301, 304, 400, 401, 403, 404, 410, 429, 500, 503, 599, 999))
                + " X\r\nConnection: close\r\n");
        for (int i = fuzz.below(4); i > 0; i--) {
            head.append(fuzz.one(
                            "Retry-After",
                            "Date",
                            "Age",
                            "Link",
                            "Content-Type",
                            "Content-Encoding",
                            "Set-Cookie",
                            "X"))
                    .append(": ")
                    .append(
                            fuzz.chance(20)
                                    ? fuzz.one(
                                            "<https://x/y?cursor=%zz&page_info=%zz&page=2>; rel=\"next\"",
                                            "gzip",
                                            "gzip, gzip",
                                            "text/html; charset=x-none",
                                            "application/json; charset=UTF-16")
                                    : fuzz.text().replaceAll("[\\r\\n]", " "))
                    .append("\r\n");
        }
        if (fuzz.chance(15)) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(body);
            }
            body = fuzz.chance(80) ? packed.toByteArray() : fuzz.mutated(packed.toByteArray());
            head.append("Content-Encoding: gzip\r\n");
        }
        if (fuzz.chance(90)) {
            head.append("Content-Length: ")
                    .append(fuzz.chance(95) ? body.length : body.length + 7)
                    .append("\r\n");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        whole.writeBytes(body);
        return fuzz.chance(5) ? fuzz.mutated(whole.toByteArray()) : whole.toByteArray();
    }

    /** As the lists of one kind or another have it. */
    private static String listed(String one, Fuzz fuzz) {
        return switch (fuzz.below(4)) {
            case 0 -> "[" + one + "]";
            case 1 ->
                "{\"orders\":[" + one + "],\"payments\":[" + one + "],\"refunds\":[" + one + "],\"cursor\":\"%zz\"}";
            case 2 -> "{\"data\":[" + one + "],\"meta\":{\"pagination\":{\"links\":{\"next\":\"?page=2&cursor=%\"}}}}";
            default -> one;
        };
    }
}
