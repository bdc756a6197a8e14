package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kind of storefront must do at its door. A new kind extends this with its signer and a body, and passes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StorefrontContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    Shop shop;
    private Map<String, Double> countedBefore;
    private int stories;

    /** The folder in routes/storefront/. */
    abstract String kind();

    /** As the operator enters it; another one for each number. */
    abstract String secret(int number);

    abstract Map<String, String> headers(Webhook webhook);

    /** An event of the kind; another one for each number. */
    abstract String body(int number);

    /** Whether the time of sending is signed. */
    boolean timed() {
        return false;
    }

    /** One story of an order: what tells it from others, whose it is, and when the shop says something of it. */
    record Telling(int number, String phone, Instant at) {}

    /** What the shop sends. {@code topic}: null where the body says it. */
    record Said(String topic, String body) {}

    /** What the shop sends in each state of its page (<i>States</i>); a kind with a thin webhook lets its API answer accordingly. */
    Map<String, Function<Telling, Said>> states() {
        return Map.of();
    }

    /** By what the shop's back end names the cart of that story when it asks for a redemption. */
    String cartId(int number) {
        return "c-" + number;
    }

    /** All that the back end may call the order or the cart of that story; each finds it. */
    List<String> names(int number) {
        return List.of(cartId(number));
    }

    /** What certainly names no order of this kind, though it may lie at hand. */
    List<String> strangers() {
        return List.of();
    }

    /** More lines of the connection's file. */
    String lines() {
        return "";
    }

    /** More settings. */
    String[] settings() {
        return new String[0];
    }

    /** The kind.properties of a kind that is not shipped; null for one that is. */
    String properties() {
        return null;
    }

    @BeforeAll
    final void open(@TempDir Path folder) throws IOException {
        Shop.storefront(folder, "web", "kind = " + kind() + "\n" + lines());
        StateStories.MODELS.forEach((model, more) -> Shop.storefront(
                folder,
                model,
                "kind = " + kind() + "\n" + more + lines().replaceAll("(?m)^(model|pin|consent) = .*$", "")));
        List<String> settings = new ArrayList<>(List.of(settings()));
        if (properties() != null) {
            Path home = TestBridge.copyOfHome(folder.resolve("home"));
            Path kind =
                    Files.createDirectories(home.resolve("routes/storefront").resolve(kind()));
            Files.writeString(kind.resolve("kind.properties"), properties());
            Files.writeString(kind.resolve("events.jslt"), "[]");
            settings.addAll(List.of(TestBridge.HOME_SETTING, home.toString()));
        }
        shop = new Shop(folder, settings.toArray(new String[0]));
    }

    @BeforeEach
    final void nothing_heard_yet() {
        shop.bridge.rows.update("delete from inbox");
        shop.bridge.rows.update("delete from storefront_secret");
        shop.secret("web", "webhook", secret(1));
        countedBefore = Map.of();
        countedBefore = counters();
    }

    @AfterAll
    final void close() {
        shop.close();
    }

    final Webhook valid(int number) {
        return Webhook.valid(this::headers, secret(1), "delivery-" + number, shop.clock.instant(), body(number));
    }

    final HttpResponse<String> send(Webhook webhook) {
        return webhook.to(shop.bridge.port, "/webhooks/" + kind() + "/web");
    }

    /** To another connection of the kind, as the shop would. */
    final void sends(String connection, String delivery, Said said) {
        Webhook webhook = Webhook.valid(this::headers, secret(1), delivery, shop.clock.instant(), said.body());
        String header = said.topic() == null ? null : topicHeader();
        HttpResponse<String> answer = (header == null ? webhook : webhook.withHeader(header, said.topic()))
                .to(shop.bridge.port, "/webhooks/" + kind() + "/" + connection);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String topicHeader() {
        return Settings.of(TestBridge.HOME.resolve("routes/storefront/" + kind() + "/kind.properties"))
                .text("topic")
                .replaceFirst("^header:", "");
    }

    final void accepts(Webhook webhook) {
        HttpResponse<String> answer = send(webhook);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    final void refuses(int status, String code, Webhook webhook) {
        int before = kept();
        problem(status, code, send(webhook));
        assertThat(kept()).as(code + " keeps nothing").isEqualTo(before);
    }

    static void problem(int status, String code, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        try {
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.path("type").asText()).isEqualTo("urn:aiq-bridge:problem:" + code);
            assertThat(problem.path("status").asInt()).isEqualTo(status);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(answer.body()).doesNotContain("Exception", "java.", "\tat ");
    }

    final int kept() {
        return shop.bridge.rows.queryForObject("select count(*) from inbox", Integer.class);
    }

    final List<String> bodies() {
        return shop.bridge.rows.queryForList("select body from inbox order by inbox_id", String.class);
    }

    /** How many webhooks of this kind, or another, had that outcome in this test. */
    final double counted(String kind, String outcome) {
        String key = kind + " " + outcome;
        return counters().getOrDefault(key, 0.0) - countedBefore.getOrDefault(key, 0.0);
    }

    private Map<String, Double> counters() {
        Map<String, Double> all = new HashMap<>();
        shop.bridge
                .bridge()
                .camel()
                .getRegistry()
                .findSingleByType(MeterRegistry.class)
                .find("aiqbridge.webhooks")
                .counters()
                .forEach(c -> all.put(c.getId().getTag("kind") + " " + c.getId().getTag("outcome"), c.count()));
        return all;
    }

    @Test
    final void a_good_one_is_kept_as_it_came_before_it_is_answered() {
        accepts(valid(1));
        Map<String, Object> row = shop.bridge.rows.queryForMap("select * from inbox");
        assertThat(row)
                .containsEntry("connection", "web")
                .containsEntry("source", "webhook")
                .containsEntry("status", "HEARD")
                .containsEntry("content_type", "application/json")
                .containsEntry("body", body(1));
        assertThat(((Number) row.get("received_at")).longValue()).isEqualTo(shop.clock.millis());
        assertThat(shop.bridge.rows.queryForObject(
                        "select heard_at from storefront_state where connection = 'web'", Long.class))
                .isEqualTo(shop.clock.millis());
        assertThat(counted(kind(), "kept")).isEqualTo(1);
    }

    @Test
    final void a_forged_one_is_refused() {
        refuses(401, "signature-wrong", valid(1).signedWith(secret(2)));
        refuses(401, "signature-wrong", valid(1).withoutSignature());
        refuses(401, "signature-wrong", valid(1).changedTo(body(2)));
        refuses(401, "signature-wrong", valid(1).changedTo(body(1) + " "));
        refuses(401, "signature-wrong", valid(1).changedTo(""));
        for (String name : headers(valid(1)).keySet()) {
            if (name.toLowerCase().contains("signature") || name.toLowerCase().contains("hmac")) {
                for (String nonsense :
                        List.of("", " ", "x", "=", "v1,", ",", "null", "v1,AAAA v1,===", "a".repeat(4_000))) {
                    refuses(401, "signature-wrong", valid(1).withHeader(name, nonsense));
                }
            }
        }
        assertThat(counted(kind(), "signature-wrong")).isGreaterThanOrEqualTo(5);
        shop.bridge.bridge().storefrontSecrets().all().forEach(s -> shop.bridge
                .bridge()
                .storefrontSecrets()
                .revoke((String) s.get("secret_id")));
        refuses(401, "signature-wrong", valid(1));
    }

    @Test
    final void a_stale_one_is_refused() {
        Assumptions.assumeTrue(timed(), "the kind signs no time");
        accepts(valid(1).signedAt(shop.clock.instant().minus(Duration.ofMinutes(4))));
        accepts(valid(2).signedAt(shop.clock.instant().plus(Duration.ofMinutes(4))));
        refuses(401, "timestamp-stale", valid(3).signedAt(shop.clock.instant().minus(Duration.ofMinutes(6))));
        refuses(401, "timestamp-stale", valid(3).signedAt(shop.clock.instant().plus(Duration.ofMinutes(6))));
        Webhook caught = valid(3);
        shop.clock.advance(Duration.ofMinutes(6));
        refuses(401, "timestamp-stale", caught);
        assertThat(counted(kind(), "timestamp-stale")).isEqualTo(3);
        refuses(
                401,
                "signature-wrong",
                valid(3).signedWith(secret(2)).signedAt(shop.clock.instant().minus(Duration.ofMinutes(6))));
    }

    @Test
    final void the_same_again_is_answered_alike_and_kept_once() {
        accepts(valid(1));
        shop.clock.advance(Duration.ofSeconds(30));
        accepts(valid(1));
        accepts(valid(1));
        assertThat(kept()).isEqualTo(1);
        assertThat(counted(kind(), "repeated")).isEqualTo(2);
    }

    /** Of a kind that signs its id, another id is another delivery, and nobody else can make one. */
    @Test
    final void a_body_that_was_caught_is_kept_once_whatever_is_written_on_it() {
        Webhook caught = valid(1);
        accepts(caught);
        Set<String> signed = new HashSet<>();
        for (String header : headers(caught).keySet()) {
            if (send(caught.withHeader(header, "made-up-0")).statusCode() == 401) {
                signed.add(header);
            }
        }
        assertThat(signed).isNotEmpty();
        for (int i = 0; i < 5; i++) {
            for (String header : headers(caught).keySet()) {
                if (!signed.contains(header)) {
                    accepts(caught.withHeader(header, "made-up-" + i));
                }
            }
        }
        // under its own topic, and under all that there is not
        assertThat(kept()).isLessThanOrEqualTo(2);
        assertThat(bodies()).containsOnly(body(1));
    }

    @Test
    final void in_whatever_order_they_come_each_is_kept() {
        List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6));
        Collections.shuffle(numbers, new Random(20261124));
        numbers.forEach(n -> accepts(valid(n)));
        numbers.forEach(n -> accepts(valid(n)));
        assertThat(bodies()).isEqualTo(numbers.stream().map(this::body).toList());
    }

    @Test
    final void many_at_once_are_each_kept() {
        List<Integer> numbers = IntStream.range(0, 200).boxed().toList();
        ExecutorService senders = Executors.newFixedThreadPool(32);
        try {
            for (Future<?> one : senders.invokeAll(numbers.stream()
                    .map(n -> (Callable<Void>) () -> {
                        accepts(valid(n / 2));
                        return null;
                    })
                    .toList())) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            senders.shutdown();
        }
        assertThat(bodies())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).mapToObj(this::body).toList());
    }

    @Test
    final void one_that_is_too_large_is_refused_and_a_large_one_is_not() {
        String start = body(1).replaceFirst("}\\s*$", ",\"note\":\"");
        String large = start + "x".repeat(1_048_576 - start.length() - 2) + "\"}";
        accepts(valid(1).withBody(large));
        refuses(413, "body-too-large", valid(2).withBody(large.replace("xx\"}", "xxx\"}")));
        refuses(413, "body-too-large", valid(2).withBody(new byte[5_000_000]));
        refuses(413, "body-too-large", valid(2).withBody(new byte[2_000_000]).withoutSignature());
        assertThat(counted(kind(), "body-too-large")).isEqualTo(3);
        String many = body(3).replaceFirst(
                        "}\\s*$", ",\"line_items\":[" + "{\"id\":1,\"price\":\"1.00\"},".repeat(20_000) + "{}]}");
        accepts(valid(3).withBody(many));
    }

    @Test
    final void one_of_the_wrong_type_is_refused() {
        for (String type : new String[] {
            "text/plain",
            "application/xml",
            "multipart/form-data; boundary=x",
            "application/jsonp",
            "",
            null,
            "application/octet-stream"
        }) {
            refuses(415, "content-type-wrong", valid(1).withContentType(type));
        }
        refuses(415, "content-type-wrong", valid(1).withHeader("Content-Encoding", "gzip"));
        assertThat(counted(kind(), "content-type-wrong")).isEqualTo(8);
        accepts(valid(1).withContentType("application/json; charset=utf-8"));
        accepts(valid(2).withContentType("Application/JSON"));
    }

    /** Its platform would send it again in vain and switch the webhook off. */
    @Test
    final void what_cannot_be_read_is_kept_and_has_no_effect() {
        List<String> bodies = List.of(
                "",
                " ",
                "{",
                "[]",
                "null",
                "1",
                "\"x\"",
                "{}{}",
                body(8) + body(9),
                body(8) + " x",
                "{\"a\":1,\"a\":2}",
                body(8).replaceFirst("}\\s*$", ",\"a\":{\"b\":1,\"b\":2}}"),
                "{\"a\":}",
                "{'a':1}",
                "{\"a\":NaN}",
                "<x/>",
                "a=b",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\\x\"}",
                "\u0000",
                "{\"a\":" + "9".repeat(101) + "}",
                "{\"a\":" + "[".repeat(50) + "]".repeat(50) + "}",
                "{\"a\":".repeat(51) + "1" + "}".repeat(51),
                "[".repeat(500_000),
                "{\"a\":".repeat(100_000),
                "{\"a\":[" + "1,".repeat(100_001) + "1]}");
        for (int i = 0; i < bodies.size(); i++) {
            accepts(valid(i).withBody(bodies.get(i)));
        }
        accepts(valid(98).withBody(body(1).getBytes(StandardCharsets.UTF_16)));
        accepts(valid(99)
                .withBody(body(2).getBytes(StandardCharsets.UTF_16))
                .withContentType("application/json; charset=no-such-charset"));
        assertThat(kept()).isEqualTo(bodies.size() + 2);
        shop.bridge.run("inbox-work");
        assertThat(shop.bridge.rows.queryForList("select distinct status from inbox", String.class))
                .contains("PARKED")
                .isSubsetOf("PARKED", "IGNORED");
        assertThat(shop.bridge.rows.queryForList("select last_error from inbox where status = 'PARKED'", String.class))
                .allSatisfy(error -> assertThat(error).matches("[A-Z].*[.]"));
        assertThat(bodies().get(8)).isEqualTo(bodies.get(8));
    }

    @Test
    final void what_is_not_utf_8_is_verified_as_it_came_and_read_by_its_charset_or_with_replacement() {
        List<String> types = List.of("", "; charset=UTF-8", "; Charset=\"ISO-8859-1\"", "; charset=%%");
        for (int i = 0; i < types.size(); i++) {
            accepts(valid(i).withBody(noted(i).getBytes(StandardCharsets.ISO_8859_1))
                    .withContentType("application/json" + types.get(i)));
        }
        accepts(valid(4).withBody(noted(4).getBytes(StandardCharsets.UTF_16LE))
                .withContentType("application/json;charset=utf-16le"));
        assertThat(bodies())
                .containsExactly(
                        noted(0).replace('\u00eb', '\ufffd'),
                        noted(1).replace('\u00eb', '\ufffd'),
                        noted(2),
                        noted(3).replace('\u00eb', '\ufffd'),
                        noted(4));
        refuses(
                401,
                "signature-wrong",
                valid(5).withBody(noted(5).getBytes(StandardCharsets.ISO_8859_1))
                        .changedTo(noted(5)));
    }

    private String noted(int number) {
        return body(number).replaceFirst("}\\s*$", ",\"note\":\"Zo\u00eb\"}");
    }

    @Test
    final void one_for_nobody_or_for_another_kind_is_refused() {
        for (String path : List.of(
                "/webhooks/" + kind() + "/wep",
                "/webhooks/" + (kind().equals("generic") ? "shopify" : "generic") + "/web",
                "/webhooks/nobody/web",
                "/webhooks/" + kind() + "/till",
                "/webhooks/" + kind() + "/..%2fweb",
                "/webhooks/x/y?kind=" + kind() + "&connection=web")) {
            problem(404, "connection-unknown", valid(1).to(shop.bridge.port, path));
        }
        assertThat(counted("unknown", "connection-unknown")).isEqualTo(6);
        for (String path : List.of("/webhooks/" + kind(), "/webhooks/", "/webhooks/" + kind() + "/web/more")) {
            assertThat(valid(1).to(shop.bridge.port, path).statusCode()).isEqualTo(404);
        }
        assertThat(kept()).isZero();
        accepts(valid(1).withHeader("kind", "x")
                .withQuery("?connection=x&kind=x")
                .withHeader("CamelHttpPath", "/webhooks/x/x"));
    }

    @Test
    final void while_one_secret_replaces_another_both_are_good() {
        shop.bridge.bridge().storefrontSecrets().add("web", "webhook", secret(2), Duration.ofHours(1));
        accepts(valid(1));
        accepts(valid(2).signedWith(secret(2)));
        refuses(401, "signature-wrong", valid(3).signedWith(secret(3)));
        shop.clock.advance(Duration.ofMinutes(61));
        refuses(401, "signature-wrong", valid(3));
        accepts(valid(3).signedWith(secret(2)));
        shop.secret("web", "webhook", secret(3));
        accepts(valid(4).signedWith(secret(3)));
        accepts(valid(5).signedWith(secret(2)));
        String newest = (String) shop.bridge.bridge().storefrontSecrets().all().stream()
                .filter(s -> s.get("expires_at") == null)
                .findFirst()
                .orElseThrow()
                .get("secret_id");
        assertThat(shop.bridge.bridge().storefrontSecrets().revoke(newest)).isTrue();
        assertThat(List.of(
                        send(valid(6).signedWith(secret(2))).statusCode(),
                        send(valid(7).signedWith(secret(3))).statusCode()))
                .containsExactlyInAnyOrder(200, 401);
    }

    @Test
    final void the_bytes_that_came_are_what_is_signed() {
        String plain = body(1).replaceFirst("}\\s*$", "");
        List<String> bodies = List.of(
                plain + ",\"name\":\"Zoë — 緑の葉 🌿 \\u00e9\\ud83c\\udf3f\\u0000\"}\n",
                "\ufeff" + body(2) + "\r\n",
                "  " + body(3) + " \n\n",
                body(4).replace(",", " ,\n\t").replace(":", " : "),
                "{\"z\":[1.0,1e2,-0,0.10],\"a\":null," + body(5).strip().substring(1));
        for (int i = 0; i < bodies.size(); i++) {
            accepts(valid(i + 1).withBody(bodies.get(i)));
            refuses(
                    401,
                    "signature-wrong",
                    valid(i + 1).withBody(bodies.get(i)).changedTo(bodies.get(i).strip() + "\t"));
        }
        assertThat(bodies())
                .isEqualTo(
                        bodies.stream().map(b -> b.replaceFirst("^\ufeff", "")).toList());
    }

    @Test
    final void it_is_not_acknowledged_while_it_cannot_be_kept() {
        shop.bridge.rows.execute("alter table inbox rename to inbox_away");
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = send(valid(i));
            problem(503, "try-again", answer);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(shop.bridge.rows.queryForObject("select count(*) from inbox_away", Integer.class))
                .isZero();
        shop.bridge.rows.execute("alter table inbox_away rename to inbox");
        accepts(valid(1));
        assertThat(kept()).isEqualTo(1);
        assertThat(counted(kind(), "try-again")).isEqualTo(3);
    }

    @Test
    final void nothing_of_the_request_comes_back() {
        for (Webhook webhook : List.of(valid(1), valid(2).withoutSignature(), valid(3).withBody("{"))) {
            HttpResponse<String> answer = send(webhook.withHeader("X-Canary", "canary")
                    .withHeader("Authorization", "Bearer canary")
                    .withQuery("?canary=canary&token=canary"));
            assertThat(answer.headers().map().toString() + answer.body())
                    .doesNotContainIgnoringCase("canary")
                    .doesNotContain(secret(1), "delivery-");
        }
    }

    // what its page says of its orders' states

    @Test
    final void its_page_and_its_test_name_the_same_states() {
        ShopStates page = ShopStates.of(kind());
        List<String> named = page.states().stream().map(ShopStates.State::name).toList();
        assertThat(named).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(states().keySet());
        assertThat(page.moves())
                .extracting(move -> move.from() + " → " + move.to())
                .doesNotHaveDuplicates();
        assertThat(page.moves().stream().map(ShopStates.Move::to).distinct())
                .as("every state is reached")
                .containsExactlyInAnyOrderElementsOf(named);
    }

    final List<ShopStates.Move> moves() {
        return ShopStates.of(kind()).moves();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("moves")
    final void each_move_of_its_page_does_what_the_page_says(ShopStates.Move move) {
        StateStories story = new StateStories(this, ++stories);
        assertThat(story.told(move)).hasToString(move.toString());
        assertThat(story.order())
                .as("the order in the state %s", move.to())
                .isEqualTo(ShopStates.of(kind()).states().stream()
                        .filter(state -> state.name().equals(move.to()))
                        .findFirst()
                        .orElseThrow()
                        .order());
    }

    @Test
    final void whatever_the_back_end_calls_it_by_its_order_is_found() {
        String open = ShopStates.of(kind()).states().stream()
                .filter(state -> state.order().equals("open"))
                .map(ShopStates.State::name)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(open != null, "the kind's page says nothing of its states");
        for (int i = 0; i < names(0).size(); i++) {
            String name = names(++stories).get(i);
            assertThat(new StateStories(this, stories).found(name, open))
                    .as(name)
                    .isEqualTo("found");
        }
    }

    @Test
    final void what_names_no_order_is_refused_with_what_to_send_instead() {
        for (String stranger : strangers()) {
            Shop.Answer answer = new StateStories(this, ++stories).asked("immediate", stranger);
            assertThat(answer.status()).as(stranger + answer.body()).isEqualTo(422);
            assertThat(answer.body()).contains("Send ");
        }
    }
}
