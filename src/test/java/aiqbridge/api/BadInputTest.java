package aiqbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller does wrong is said to the caller, with the field's name, and changes nothing. */
class BadInputTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> WRONG = List.of(
            "1",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"  \"",
            "\"\\u0000\"",
            "\"a\\nb\"",
            "\"\\ud800\"",
            "1e400",
            "-0.0001",
            "\"" + "x".repeat(300) + "\"");
    private static final Map<String, Map<String, String>> GOOD = new LinkedHashMap<>(Map.of(
            "/api/v1/wallet/verify", Map.of("phone", "\"5555550100\"", "email", "\"ada@example.com\""),
            "/api/v1/wallet/view",
                    Map.of(
                            "phone",
                            "\"5555550100\"",
                            "email",
                            "\"ada@example.com\"",
                            "code",
                            "\"1234\"",
                            "subtotal",
                            "\"text\""),
            "/api/v1/redemptions",
                    Map.of(
                            "walletSession",
                            "\"s\"",
                            "discountId",
                            "\"five-off\"",
                            "transactionId",
                            "\"t-1\"",
                            "employee",
                            "\"kim\""),
            "/api/v1/completions", Map.of("transactionId", "\"t-1\"", "location", "\"main\"", "total", "\"text\""),
            "/api/v1/customers/status", Map.of("phone", "\"5555550100\""),
            "/api/v1/customers",
                    Map.ofEntries(
                            Map.entry("phone", "\"5555550177\""),
                            Map.entry("email", "\"eve@example.com\""),
                            Map.entry("firstName", "\"Eve\""),
                            Map.entry("lastName", "\"Oak\""),
                            Map.entry("consent", "true"),
                            Map.entry("smsOptIn", "false"),
                            Map.entry("emailOptIn", "false"),
                            Map.entry("textVersion", "\"aiq-1-us\""),
                            Map.entry(
                                    "textHash", "\"8ba02251eef772a2542427dacddf0e62e36804df0b935f49511202d4ee1d3940\""),
                            Map.entry("language", "\"en\""),
                            Map.entry("place", "\"counter\""),
                            Map.entry("ip", "\"10.0.0.1\""),
                            Map.entry("staff", "\"kim\""))));
    private static final List<String> NUMBERS = List.of("total", "subtotal");
    private static final List<String> FLAGS = List.of("consent", "smsOptIn", "emailOptIn");

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Shop.Answer post(String path, String body) {
        return shop.send(shop.key, "POST", path, body, "Idempotency-Key", "k" + Integer.toHexString(body.hashCode()));
    }

    private void problem(Shop.Answer answer, String what) {
        assertThat(answer.status()).as(what + " " + answer.body()).isBetween(400, 499);
        assertThat(answer.type()).as(what).isEqualTo("application/problem+json");
        assertThat(answer.body()).as(what).doesNotContain("Exception", "\tat ", "org.apache", "java.");
    }

    @Test
    void nobody_is_asked_for_by_a_phone_that_stands_for_nobody() {
        for (String path : List.of("/api/v1/wallet/verify", "/api/v1/wallet/view", "/api/v1/customers")) {
            for (String phone : List.of("0000000000", "(555) 555-5555", "123-456-7890", "303 555 0142 or 0143")) {
                Map<String, String> fields = new LinkedHashMap<>(GOOD.get(path));
                fields.remove("email");
                fields.remove("subtotal");
                fields.put("phone", "\"" + phone + "\"");
                Shop.Answer answer = post(
                        path,
                        "{"
                                + String.join(
                                        ",",
                                        fields.entrySet().stream()
                                                .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                                                .toList())
                                + "}");
                assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(422);
                assertThat(answer.text("field")).as(path).isEqualTo("phone");
            }
        }
    }

    @Test
    void every_field_wrong_is_named() {
        GOOD.forEach((path, fields) -> fields.keySet()
                .forEach(field -> WRONG.forEach(value -> {
                    if (NUMBERS.contains(field) && value.equals("1")
                            || FLAGS.contains(field) && value.equals("true")
                            || Fields.isId(field) && value.equals("1")) {
                        return;
                    }
                    Map<String, String> body = new LinkedHashMap<>(fields);
                    body.keySet().removeAll(NUMBERS);
                    body.put(field, value);
                    String text = "{"
                            + String.join(
                                    ",",
                                    body.entrySet().stream()
                                            .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                                            .toList())
                            + "}";
                    Shop.Answer answer = post(path, text);
                    problem(answer, path + " " + field + " = " + value);
                    assertThat(answer.text("field"))
                            .as(path + " " + text + answer.body())
                            .isEqualTo(field);
                })));
        assertThat(shop.aiq.requests("verify")).isEmpty();
        assertThat(shop.aiq.requests("view")).isEmpty();
        assertThat(shop.aiq.requests("signup")).isEmpty();
        assertThat(shop.aiq.requests("lookup")).isEmpty();
        assertThat(shop.bridge.rows.queryForList("select * from consent")).isEmpty();
        assertThat(shop.bridge.statuses()).isEmpty();
    }

    @Test
    void a_body_that_is_no_object_or_too_deep_or_says_a_thing_twice_is_refused() {
        for (String body : List.of(
                "",
                "[]",
                "null",
                "\"x\"",
                "1",
                "{",
                "{\"phone\":}",
                "{\"phone\":\"1\",\"phone\":\"2\"}",
                "{} {}",
                "{\"a\":".repeat(60) + "1" + "}".repeat(60),
                "[".repeat(50_000),
                "{\"phone\":" + "9".repeat(5_000) + "}",
                "<xml/>",
                "phone=1",
                "{'phone':'1'}",
                "{\"phone\":NaN}",
                "{\"phone\":-Infinity}",
                "{\"phone\":1e99999999999}",
                "{\"phone\":1e-99999999999}",
                "{\"phone\":1000e2147483647}",
                "{\"phone\":-0}",
                "{\"total\":" + "9".repeat(400) + "}",
                "'{\"phone\":\"5555550100\"}'",
                "\"{}\"",
                "'null'",
                "\ufeff{}",
                "{\"x\":\"" + "y".repeat(66_000) + "\"}")) {
            problem(post("/api/v1/wallet/verify", body), body.length() > 40 ? body.substring(0, 40) : body);
        }
        assertThat(shop.aiq.requests("verify")).isEmpty();
    }

    /** Camel reads 'null' and quotation marks in a parameter as its own words. */
    @Test
    void a_key_is_the_key_that_was_sent() {
        String session = shop.adasWallet().text("walletSession");
        for (String key : List.of("null", "\"k1\"", "'k1'", "k1", "${body}", "true", "{{x}}")) {
            Map<String, Object> wish = Map.of("walletSession", session, "discountId", "five-off", "transactionId", key);
            Shop.Answer first = shop.post(shop.key, "/api/v1/redemptions", wish, "Idempotency-Key", key);
            assertThat(first.status()).as(key + first.body()).isEqualTo(202);
            assertThat(shop.post(shop.key, "/api/v1/redemptions", wish, "Idempotency-Key", key)
                            .text("redemptionId"))
                    .as("the same again")
                    .isEqualTo(first.text("redemptionId"));
            assertThat(shop.post(shop.key, "/api/v1/redemptions/" + first.text("redemptionId") + "/release", Map.of())
                            .status())
                    .isEqualTo(200);
        }
        assertThat(shop.bridge.statuses()).hasSize(7);
    }

    @Test
    void texts_that_look_like_programs_are_texts() {
        String session = shop.adasWallet().text("walletSession");
        for (String evil : List.of(
                "${bean:clock?method=millis}",
                "#{1+1}",
                "{{aiq.base-url}}",
                "'; drop table redemption; --",
                "$simple{sys.user.home}",
                "../../etc/passwd",
                "<script>",
                "%{x}",
                "\u202egnp")) {
            Shop.Answer answer = shop.queued(session, "five-off", evil);
            assertThat(answer.status()).as(evil + answer.body()).isEqualTo(202);
            assertThat(answer.text("transactionId")).isEqualTo(evil);
            assertThat(shop.post(shop.key, "/api/v1/redemptions/" + answer.text("redemptionId") + "/release", Map.of())
                            .status())
                    .isEqualTo(200);
            problem(shop.queued(session, evil, "t"), evil);
            problem(shop.queued(evil, "five-off", "t"), evil);
        }
    }

    @Test
    void unknown_paths_and_methods_say_so() {
        for (String path : List.of(
                "/api", "/api/v1", "/api/v2/redemptions", "/api/v1/redemptions/a/b/c", "/../etc", "/observe/health")) {
            assertThat(shop.get(shop.key, path).status()).as(path).isBetween(400, 499);
        }
        assertThat(shop.send(shop.key, "DELETE", "/api/v1/redemptions", null).status())
                .isEqualTo(405);
    }

    /** Bodies made from a grammar, with a fixed seed: never a 5xx, never a stack trace. */
    @Test
    void ten_thousand_bad_bodies_do_no_harm() throws IOException {
        Random random = new Random(20261124);
        List<String> names = List.of(
                "phone",
                "email",
                "code",
                "walletSession",
                "discountId",
                "transactionId",
                "total",
                "location",
                "consent",
                "smsOptIn",
                "ip",
                "x",
                "");
        List<String> paths = List.copyOf(GOOD.keySet());
        for (int i = 0; i < 10_000; i++) {
            ObjectNode body = JSON.createObjectNode();
            for (int n = random.nextInt(4); n >= 0; n--) {
                String name = names.get(random.nextInt(names.size()));
                switch (random.nextInt(7)) {
                    case 0 -> body.put(name, random.nextLong());
                    case 1 -> body.put(name, random.nextGaussian() * 1e300);
                    case 2 -> body.putNull(name);
                    case 3 -> body.putArray(name).add(random.nextInt());
                    case 4 -> body.put(name, new String(Character.toChars(random.nextInt(0xD000))));
                    case 5 -> body.put(name, "+" + Math.abs(random.nextLong()));
                    default -> body.putObject(name).put("$ref", "x");
                }
            }
            String text = JSON.writeValueAsString(body);
            if (random.nextInt(3) == 0) {
                text = text.substring(random.nextInt(text.length()));
            }
            problem(
                    shop.send(
                            shop.key,
                            "POST",
                            paths.get(random.nextInt(paths.size())),
                            text,
                            "Idempotency-Key",
                            "k" + i),
                    text);
        }
        assertThat(shop.bridge.statuses()).isEmpty();
    }
}
