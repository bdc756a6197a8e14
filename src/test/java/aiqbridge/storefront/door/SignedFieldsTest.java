package aiqbridge.storefront.door;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.storefront.api.ShopStub;
import aiqbridge.storefront.api.ShopStub.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A kind that signs as Ecwid does, some fields of a thin body, and whose lists are paged by offset and by a cursor in the body; and one that signs with SHA-512 as Oracle Commerce does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedFieldsTest {
    private static final String SECRET = "a-secret-of-the-shop";
    private static final String KIND = """
        accepts = application/json
        signature.header = X-Fields-Signature
        signature.signed = {body:eventCreated}.{body:/event/id}
        signature.timestamp = body:eventCreated
        signature.tolerance = 1d
        signature.encoding = base64
        signature.key = text
        topic = body:eventType
        delivery = body:/event/id
        status.PAID = paid
        status.CANCELLED = cancelled
        api.scheme = Bearer
        api.probe = /profile
        api.order = /orders/{id}
        poll.ask = orders,carts
        poll.orders.path = /orders
        poll.orders.query = updatedFrom={since-epoch}&limit={size}&offset={offset}
        poll.orders.size = 2
        poll.orders.items = /items
        poll.orders.changed = /updated
        poll.orders.topic = order
        poll.carts.path = /carts
        poll.carts.query = since={since}&limit={size}
        poll.carts.next = limit={size}&after={cursor}
        poll.carts.cursor = /paging/next
        poll.carts.size = 2
        poll.carts.items = /items
        poll.carts.changed = /updated
        poll.carts.topic = cart
        """;
    private static final String EVENTS = """
        if (.source == "webhook" and .topic == "order.updated")
          [{"event": "fetch", "what": "order", "id": id(.body.entityId)}]
        else if (.topic == "order")
          [{"event": "order", "id": id(.body.id), "version": time(.body.updated), "status": get-key(.connection.statuses, lowercase(.body.status))}]
        else [{"event": "cart", "id": id(.body.entityId), "version": 1}]
        """;
    private final ShopStub api = new ShopStub();
    private Shop shop;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        Path home = TestBridge.copyOfHome(folder.resolve("home"));
        kind(home, "fields", KIND);
        kind(home, "sha-512", """
            accepts = application/json
            signature.header = X-Shop-Signature
            signature.algorithm = SHA512
            signature.signed = {body}
            signature.encoding = base64
            signature.key = hex
            delivery = digest
            """);
        Shop.storefront(folder, "web", "kind = fields\napi.url = " + api.url("web") + "\n");
        Shop.storefront(folder, "long", "kind = sha-512\n");
        shop = new Shop(folder, TestBridge.HOME_SETTING, home.toString());
        shop.secret("web", StorefrontSecrets.WEBHOOK, SECRET);
        shop.secret("web", StorefrontSecrets.API, "tok-1");
        shop.secret("long", StorefrontSecrets.WEBHOOK, "00ff10");
    }

    private static void kind(Path home, String name, String properties) throws IOException {
        Path kind = Files.createDirectories(home.resolve("routes/storefront").resolve(name));
        Files.writeString(kind.resolve("kind.properties"), properties);
        Files.writeString(kind.resolve("events.jslt"), EVENTS);
    }

    @AfterAll
    void close() {
        shop.close();
        api.close();
    }

    private String body(String id, String type, Object entity) {
        return "{\"event\":{\"id\":\"" + id + "\"},\"eventType\":\"" + type + "\",\"eventCreated\":"
                + shop.clock.instant().getEpochSecond() + ",\"entityId\":" + entity + "}";
    }

    private int says(String body, String signed) {
        return Webhook.valid(
                        w -> Map.of("X-Fields-Signature", Webhook.base64(Webhook.hmac(SECRET, signed))),
                        SECRET,
                        "d",
                        shop.clock.instant(),
                        body)
                .to(shop.bridge.port, "/webhooks/fields/web")
                .statusCode();
    }

    private int saysRightly(String id, String type, Object entity) {
        return says(body(id, type, entity), shop.clock.instant().getEpochSecond() + "." + id);
    }

    private List<String> inbox(String delivery) {
        return shop.bridge.rows.queryForList(
                "select status || ' ' || coalesce(last_error, '') from inbox where delivery_key = ?",
                String.class,
                delivery);
    }

    @Test
    void its_fields_are_verified_and_the_shop_is_asked_for_the_rest() {
        api.answers("web", target -> Answer.ok("{\"id\":7,\"status\":\"PAID\",\"updated\":1795464000}"));
        long now = shop.clock.instant().getEpochSecond();
        assertThat(saysRightly("e-1", "order.updated", 7)).isEqualTo(200);
        assertThat(saysRightly("e-1", "order.updated", 7)).isEqualTo(200);
        for (String signed : List.of(now + ".e-2", (now - 1) + ".e-1", now + "e-1", "")) {
            assertThat(says(body("e-1", "order.updated", 7), signed)).as(signed).isEqualTo(401);
        }
        assertThat(says("{\"eventType\":\"order.updated\",\"eventCreated\":" + now + "}", now + "."))
                .isEqualTo(401);
        assertThat(says("{\"event\":{\"id\":\"e-1\"},", now + ".e-1")).isEqualTo(401);
        long old = now - Duration.ofDays(2).toSeconds();
        assertThat(says(
                        body("e-9", "order.updated", 7).replace(String.valueOf(now), String.valueOf(old)),
                        old + ".e-9"))
                .isEqualTo(401);
        shop.bridge.run("inbox-work");
        assertThat(inbox("e-1")).containsExactly("DONE ");
        assertThat(inbox("e-9")).isEmpty();
        assertThat(shop.bridge.rows.queryForObject(
                        "select status from shop_order where connection = 'web' and order_id = '7'", String.class))
                .isEqualTo("PAID");
    }

    @Test
    void what_is_not_signed_is_not_believed() {
        assertThat(saysRightly("e-cart", "cart.updated", 7)).isEqualTo(200);
        shop.bridge.run("inbox-work");
        assertThat(inbox("e-cart")).singleElement().asString().startsWith("PARKED Only some fields");
        assertThat(shop.bridge.rows.queryForList("select cart_id from cart where connection = 'web' and cart_id = '7'"))
                .isEmpty();
    }

    @Test
    void lists_are_read_by_offset_and_by_a_cursor_in_the_body() {
        int before = api.requests("web").size();
        String at = shop.clock.instant().minusSeconds(60).toString();
        api.answers("web", target -> {
            if (target.startsWith("/orders?")) {
                return Answer.ok(
                        target.endsWith("offset=0")
                                ? "{\"items\":[{\"id\":101,\"updated\":\"" + at + "\"},{\"id\":102,\"updated\":\"" + at
                                        + "\"}]}"
                                : target.endsWith("offset=2")
                                        ? "{\"items\":[{\"id\":103,\"updated\":\"" + at
                                                + "\"},{\"id\":104,\"updated\":\"" + at + "\"}]}"
                                        : "{\"items\":[{\"id\":105,\"updated\":\"" + at + "\"}]}");
            }
            return Answer.ok("{\"items\":[{\"id\":9,\"updated\":\"" + at + "\"}],\"paging\":{\"next\":"
                    + (target.contains("after=b%2Fc")
                            ? "null"
                            : target.contains("after=a")
                                    ? "\"https://elsewhere.example/carts?after=b%2Fc&x=1\""
                                    : "\"a\"")
                    + "}}");
        });
        shop.bridge.run("storefront-ask-web");
        List<String> asked = api
                .requests("web")
                .subList(before, api.requests("web").size())
                .stream()
                .map(ShopStub.Request::target)
                .toList();
        long since = shop.clock.instant().minus(Duration.ofMinutes(15)).getEpochSecond();
        assertThat(asked.get(0)).isEqualTo("/orders?updatedFrom=" + since + "&limit=2&offset=0");
        assertThat(asked)
                .filteredOn(t -> t.startsWith("/orders?"))
                .last()
                .asString()
                .endsWith("offset=4");
        assertThat(asked)
                .filteredOn(t -> t.startsWith("/carts?"))
                .hasSize(3)
                .last()
                .isEqualTo("/carts?limit=2&after=b%2Fc");
        assertThat(shop.bridge.rows.queryForList(
                        "select delivery_key from inbox where connection = 'web' and topic = 'order'", String.class))
                .hasSize(5);
    }

    @Test
    void sha_512_with_a_key_in_hexadecimal() {
        byte[] key = {0, (byte) 0xff, 0x10};
        for (String algorithm : List.of("HmacSHA512", "HmacSHA256")) {
            Webhook webhook = Webhook.valid(
                    w -> Map.of("X-Shop-Signature", Webhook.base64(Webhook.hmacOf(algorithm, key, w.body))),
                    SECRET,
                    "d",
                    shop.clock.instant(),
                    "{}");
            assertThat(webhook.to(shop.bridge.port, "/webhooks/sha-512/long").statusCode())
                    .isEqualTo(algorithm.equals("HmacSHA512") ? 200 : 401);
        }
    }
}
