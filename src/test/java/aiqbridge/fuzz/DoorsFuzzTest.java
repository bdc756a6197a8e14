package aiqbridge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.page.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Whatever comes in by the doors: the sender hears that it was wrong, the log says nothing, the memory stays as it was, and friends are served. */
@Isolated("it reads the log of the whole process")
class DoorsFuzzTest {
    private static final String CANARY = "canary-7d1f";
    private static final List<String> KINDS =
            List.of("shopify", "woocommerce", "bigcommerce", "square", "jane", "generic");
    private static final List<String> POSTS = List.of(
            "/api/v1/wallet",
            "/api/v1/wallet/verify",
            "/api/v1/wallet/view",
            "/api/v1/redemptions",
            "/api/v1/redemptions/1/release",
            "/api/v1/completions",
            "/api/v1/customers",
            "/api/v1/customers/status",
            "/sign-in",
            "/first-password",
            "/password",
            "/confirm",
            "/accounts/green-leaf",
            "/accounts/green-leaf/test",
            "/connections/till/mode",
            "/connections/shopify/secrets",
            "/activity/redemptions/1/decide",
            "/activity/inbox/replay");
    private static final List<String> GETS = List.of(
            "/api/v1/redemptions/1",
            "/api/v1/consent-text",
            "/api/v1/sign-up-code.png",
            "/",
            "/sign-in",
            "/accounts",
            "/accounts/green-leaf",
            "/connections/till",
            "/mapping",
            "/activity",
            "/activity/look.csv",
            "/activity/redemptions",
            "/activity/redemptions.csv",
            "/activity/redemptions/1",
            "/activity/books",
            "/activity/carts",
            "/activity/inbox",
            "/activity/employees",
            "/files/page.css",
            "/observe/health",
            "/observe/metrics",
            "/none");
    private static final List<String> FIELDS = List.of(
            "phone",
            "email",
            "code",
            "subtotal",
            "walletSession",
            "discountId",
            "transactionId",
            "cartId",
            "employee",
            "location",
            "total",
            "consent",
            "smsOptIn",
            "textVersion",
            "textHash",
            "language",
            "user",
            "password");

    @TempDir
    Path folder;

    private Shop shop;
    private final Map<String, Integer> heard = new ConcurrentHashMap<>();

    @Test
    @Timeout(7_200)
    void no_sender_gets_further_than_a_refusal() throws Exception {
        int inputs = Fuzz.inputs(2_000);
        for (String kind : KINDS) {
            Shop.storefront(
                    folder,
                    kind,
                    "kind = " + kind + (kind.equals("square") ? "\npublic-url = https://shop.example/x" : "") + "\n");
        }
        StringWriter log = new StringWriter();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        WriterAppender appender = WriterAppender.createAppender(
                PatternLayout.newBuilder()
                        .withPattern("%level %logger{1} %msg%n%throwable")
                        .build(),
                null,
                log,
                "fuzz",
                false,
                true);
        appender.start();
        try {
            shop = new Shop(
                    folder,
                    TestBridge.everyRouteAtOnce(
                            "http.request-timeout", "400ms",
                            "http.idle-timeout", "400ms",
                            "page.forwarded-for", "on"));
            for (String kind : KINDS) {
                shop.secret(kind, "webhook", secret(kind));
            }
            Visitor visitor = Visitor.signedIn(shop.bridge);
            String cookie = visitor.cookie();
            context.getRootLogger().addAppender(appender);
            run(0, Math.min(inputs, 500), cookie);
            long before = used();
            run(500, inputs, cookie);
            worked();
            long grown = (used() - before) / 1_048_576;
            assertThat(grown).as("MiB more in memory").isLessThan(48);
            assertThat(shop.get(shop.key, "/api/v1/consent-text").status()).isEqualTo(200);
            System.out.println("fuzz.seed " + Fuzz.SEED + ", " + inputs + " requests, MiB more: " + grown
                    + ", answers: " + new TreeMap<>(heard));
        } finally {
            context.getRootLogger().removeAppender(appender);
            if (shop != null) {
                shop.close();
            }
        }
        String said = log.toString();
        assertThat(said.lines()
                        .filter(line ->
                                line.startsWith("\tat ") || line.startsWith("ERROR") || line.contains("Exception"))
                        .toList())
                .as("the log: %s", said)
                .isEmpty();
        assertThat(said).doesNotContain(CANARY, shop.key);
        assertThat(said.lines().count()).as(said).isLessThan(20 + inputs / 20);
        assertThat(heard.keySet()).as("what is served still").contains("200", "400", "401", "404", "422");
    }

    /** What was kept of webhooks means something, or is parked at once with the reason. */
    private void worked() {
        for (int i = 0; i < 1 + Fuzz.inputs(2_000) / 1_000; i++) {
            shop.bridge.run("inbox-work");
        }
        assertThat(
                        shop.bridge.rows.queryForList(
                                "select connection, body, last_error from inbox where attempts > 0 and last_error not like 'The shop''s API%'"))
                .isEmpty();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void run(int from, int to, String cookie) throws InterruptedException, ExecutionException {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        AtomicInteger next = new AtomicInteger(from);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(clients.submit(() -> {
                for (int n = next.getAndIncrement(); n < to; n = next.getAndIncrement()) {
                    one(new Fuzz(Fuzz.SEED + n), cookie);
                }
                return null;
            }));
        }
        clients.shutdown();
        for (Future<?> each : all) {
            each.get();
        }
    }

    private void one(Fuzz fuzz, String cookie) throws IOException {
        byte[] request = request(fuzz, cookie);
        String answer;
        try (Socket socket = new Socket("127.0.0.1", fuzz.chance(95) ? shop.bridge.port : shop.bridge.managementPort)) {
            socket.setSoTimeout(30_000);
            answer = answer(socket, request, fuzz);
        }
        String what = "fuzz.seed " + fuzz.seed + ": "
                + new String(request, 0, Math.min(request.length, 3_000), StandardCharsets.ISO_8859_1) + "\n---\n"
                + answer.substring(0, Math.min(answer.length(), 1_000));
        String status = answer.matches("(?s)\\S+/\\S+ \\d{3} .*") ? answer.split(" ", 3)[1] : "none";
        heard.merge(status, 1, Integer::sum);
        assertThat(status.equals("none")).as(what).isEqualTo(answer.isEmpty());
        // Vert.x itself, to a version of HTTP that it does not speak
        boolean otherVersion = status.equals("501")
                && !new String(request, StandardCharsets.ISO_8859_1)
                        .lines()
                        .findFirst()
                        .orElse("")
                        .endsWith(" HTTP/1.1");
        assertThat(status).as(what).matches(otherVersion ? "501" : "[234]..|none");
        assertThat(answer).as(what).doesNotContain("\tat ", "org.apache", "java.lang", "aiqbridge.");
    }

    private static String answer(Socket socket, byte[] request, Fuzz fuzz) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            int done = 0;
            while (done < request.length) {
                int part = fuzz.chance(70) ? request.length - done : 1 + fuzz.below(request.length - done);
                socket.getOutputStream().write(request, done, part);
                done += part;
            }
            if (fuzz.chance(5)) {
                // breaks off
                return "";
            }
            InputStream in = socket.getInputStream();
            byte[] some = new byte[8_192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                heard.write(some, 0, n);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("neither answered nor let go, fuzz.seed " + fuzz.seed, e);
        } catch (SocketException reset) {
            // closed while it was still being sent
        }
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    private byte[] request(Fuzz fuzz, String cookie) {
        boolean hook = fuzz.chance(35);
        String kind = fuzz.one(KINDS);
        boolean post = hook || fuzz.chance(60);
        String path = hook ? "/webhooks/" + kind + "/" + kind : fuzz.one(post ? POSTS : GETS);
        byte[] body = body(fuzz, hook ? kind : path);
        if (fuzz.chance(15)) {
            path = switch (fuzz.below(4)) {
                case 0 -> path + "/" + fuzz.encoded(fuzz.text());
                case 1 -> path.substring(0, path.lastIndexOf('/') + 1) + fuzz.encoded(fuzz.text());
                case 2 -> new String(fuzz.mutated(path.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
                default ->
                    fuzz.one("*", "", "http://here" + path, "//" + path, path + "/..;/x", "/%", "/%2", "/..", "\\");
            };
        }
        if (fuzz.chance(25)) {
            path += "?"
                    + IntStream.range(0, 1 + fuzz.below(3))
                            .mapToObj(i -> fuzz.one(
                                            "country",
                                            "from",
                                            "cursor",
                                            "page",
                                            "token",
                                            "Authorization",
                                            "then",
                                            "q",
                                            "id")
                                    + fuzz.one("=", "=", "=", "", "==")
                                    + fuzz.encoded(fuzz.text()))
                            .collect(Collectors.joining("&"));
        }
        List<String> headers = new ArrayList<>();
        headers.add("Host: here");
        if (fuzz.chance(85)) {
            headers.add("Connection: close");
        }
        if (path.startsWith("/api") && fuzz.chance(85)) {
            headers.add("Authorization: Bearer " + fuzz.one(shop.key, shop.otherKey));
        } else if (!hook) {
            headers.add("Cookie: " + cookie);
            headers.add("Sec-Fetch-Site: same-origin");
        }
        headers.add("Content-Type: "
                + (path.startsWith("/api") || hook ? "application/json" : "application/x-www-form-urlencoded"));
        if (fuzz.chance(60)) {
            headers.add("Idempotency-Key: " + (fuzz.chance(70) ? "k" + fuzz.below(50) : line(fuzz.text())));
        }
        if (hook) {
            signed(kind, body, fuzz).forEach((name, value) -> headers.add(name + ": " + value));
        }
        for (int i = fuzz.chance(30) ? 1 + fuzz.below(3) : 0; i > 0; i--) {
            String name = fuzz.one(
                    "Idempotency-Key",
                    "Authorization",
                    "Cookie",
                    "X-Forwarded-For",
                    "Origin",
                    "Content-Type",
                    "Content-Encoding",
                    "Accept",
                    "Accept-Language",
                    "Host",
                    "Expect",
                    "Upgrade",
                    "Range",
                    "If-None-Match",
                    "id",
                    "connection",
                    "CamelHttpUri",
                    "CamelHttpPath",
                    "webhook-timestamp",
                    "X-Jane-Request-Timestamp",
                    "X-" + fuzz.below(10));
            if (fuzz.chance(50)) {
                headers.removeIf(header -> header.startsWith(name + ":"));
            }
            headers.add(name + fuzz.one(": ", ": ", ": ", ":", " : ", "") + line(fuzz.text()));
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        byte[] framed = framed(fuzz, headers, post ? body : new byte[0]);
        request.writeBytes(
                ((fuzz.chance(95) ? post ? "POST" : "GET" : fuzz.one("PUT", "HEAD", "OPTIONS", "GET", "POST")) + " "
                                + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        request.writeBytes(framed);
        byte[] whole = request.toByteArray();
        return fuzz.chance(6) ? fuzz.mutated(whole) : whole;
    }

    /** In one line, mostly. */
    private static String line(String text) {
        return text.replaceAll("[\\r\\n]", " ").substring(0, Math.min(text.length(), 4_000));
    }

    private static byte[] framed(Fuzz fuzz, List<String> headers, byte[] body) {
        if (fuzz.chance(80)) {
            headers.add("Content-Length: "
                    + (fuzz.chance(94)
                            ? body.length
                            : fuzz.one("-1", "x", "+1", "1e3", " ", "99999999999999999999", "" + (body.length + 5))));
            return body;
        }
        headers.add("Transfer-Encoding: "
                + fuzz.one("chunked", "chunked", "chunked", "chunked", "gzip, chunked", "CHUNKED", "x"));
        if (fuzz.chance(10)) {
            headers.add("Content-Length: " + body.length);
        }
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int done = 0; done < body.length; ) {
            int part = Math.min(body.length - done, 1 + fuzz.below(fuzz.chance(50) ? 10_000 : 50));
            String size = fuzz.chance(97) ? Integer.toHexString(part) : fuzz.one("-1", "zz", "ffffffffffff", "", "0x1");
            chunks.writeBytes((size + (fuzz.chance(5) ? ";a=\"\n" : "") + (fuzz.chance(97) ? "\r\n" : "\n"))
                    .getBytes(StandardCharsets.US_ASCII));
            chunks.write(body, done, part);
            chunks.writeBytes((fuzz.chance(97) ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII));
            done += part;
        }
        chunks.writeBytes((fuzz.chance(90) ? "0\r\n\r\n" : "0\r\nX: y\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    private byte[] body(Fuzz fuzz, String to) {
        String text;
        if (to.startsWith("/") && !to.startsWith("/api")) {
            text = IntStream.range(0, 1 + fuzz.below(5))
                    .mapToObj(i -> fuzz.one(
                                    "csrf",
                                    "user",
                                    "password",
                                    "code",
                                    "again",
                                    "mode",
                                    "decision",
                                    "note",
                                    "id",
                                    "secret",
                                    "uid")
                            + "=" + fuzz.encoded(fuzz.text()))
                    .collect(Collectors.joining("&"));
        } else {
            text = switch (fuzz.below(5)) {
                case 0 -> fuzz.json(3);
                case 1 -> fuzz.one("'{}'", "null", "'x'", "\"{}\"", "${body}", "", " ", "{}");
                case 2 ->
                    fuzz.bent("{\"phone\":\"5555550100\",\"email\":\"" + CANARY + "@example.com\",\"code\":\"1234\"}");
                default -> to.startsWith("/") ? fuzz.object(3, FIELDS) : fuzz.bent(Samples.of(to, fuzz));
            };
        }
        byte[] body = text.getBytes(fuzz.chance(97) ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
        return fuzz.chance(8) ? fuzz.mutated(body) : body;
    }

    private static String secret(String kind) {
        return kind.equals("generic")
                ? "whsec_"
                        + Base64.getEncoder()
                                .encodeToString("twenty-four bytes of key".getBytes(StandardCharsets.US_ASCII))
                : "a secret of " + kind + " to sign with";
    }

    /** Mostly signed as it should be. */
    private Map<String, String> signed(String kind, byte[] body, Fuzz fuzz) {
        String id = "d-" + fuzz.seed;
        String now = fuzz.chance(90) ? Long.toString(shop.clock.millis() / 1_000) : line(fuzz.text());
        byte[] key = secret(kind).getBytes(StandardCharsets.UTF_8);
        byte[] prefix = new byte[0];
        String header;
        String form = "%s";
        Map<String, String> headers = new TreeMap<>();
        switch (kind) {
            case "shopify" -> {
                header = "X-Shopify-Hmac-SHA256";
                headers.put("X-Shopify-Topic", fuzz.chance(80) ? fuzz.one(Samples.TOPICS) : line(fuzz.text()));
                headers.put("X-Shopify-Webhook-Id", id);
            }
            case "woocommerce" -> {
                header = "X-WC-Webhook-Signature";
                headers.put("X-WC-Webhook-Topic", fuzz.chance(80) ? fuzz.one(Samples.TOPICS) : line(fuzz.text()));
                headers.put("X-WC-Webhook-Delivery-ID", id);
            }
            case "square" -> {
                header = "x-square-hmacsha256-signature";
                prefix = "https://shop.example/x".getBytes(StandardCharsets.UTF_8);
            }
            case "jane" -> {
                header = "X-Jane-Signature";
                headers.put("X-Jane-Request-Timestamp", now);
                prefix = (now + ":").getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                header = "webhook-signature";
                form = "v1,%s";
                headers.put("webhook-id", id);
                headers.put("webhook-timestamp", now);
                prefix = (id + "." + now + ".").getBytes(StandardCharsets.UTF_8);
                key = kind.equals("generic")
                        ? Base64.getDecoder().decode(secret(kind).substring(6))
                        : key;
            }
        }
        byte[] mac = hmac(key, prefix, body);
        headers.put(
                header,
                form.formatted(
                        kind.equals("jane")
                                ? java.util.HexFormat.of().formatHex(mac)
                                : Base64.getEncoder().encodeToString(mac)));
        return headers;
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
