package aiqbridge.stop;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.storefront.mapping.ShopEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two accounts with tills and shops of each model, what waits in them, and somebody who stops and lifts. */
abstract class Stoppable {
    static final List<String> CHANGES = List.of("redeem", "reverse", "adjust", "cart", "verify", "signup");

    @TempDir
    Path folder;

    Shop shop;
    Stops stops;
    int customers;
    int version;
    final Map<String, String> keys = new HashMap<>();

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        String till = "make = view\npin = not-required\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                + "?busy_timeout=10000&synchronous=OFF\njdbc.username = reader\n";
        Shop.connection(folder, "far-till", "account = blue-leaf\n" + till);
        Shop.storefront(folder, "web", "kind = generic\nmodel = immediate\npin = not-required\n");
        Shop.storefront(folder, "paid", "kind = generic\nmodel = paid\npin = not-required\n");
        Shop.storefront(
                folder,
                "chosen",
                "kind = generic\nmodel = informational\nredeems = bridge\npos = other-till\nconfirmed-by = Kim Doe, 2026-11-20\npin = not-required\n");
        shop = new Shop(folder, store());
        shop.aiq.account("1002", "blue-key");
        shop.bridge.account("blue-leaf", "1002", "blue-key");
        shop.aiq.discount("1001", "cup", "30", true);
        shop.aiq.discount("1002", "bowl", "30", true);
        for (String connection : List.of("other-till", "far-till", "web", "paid", "chosen")) {
            keys.put(connection, shop.keys().add(connection));
        }
        stops();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** As a command makes them: beside the bridge, on its database. */
    void stops() {
        stops = new Stops(
                shop.bridge.rows.getDataSource(),
                folder.resolve("STOP"),
                shop.bridge.bridge().connections(),
                shop.clock);
    }

    String customer(String uid) {
        String phone = "3035551" + (100 + ++customers);
        shop.aiq.contact(uid, "c-" + customers, phone, "1000");
        return phone;
    }

    Shop.Answer wallet(String connection, String phone) {
        return shop.post(keys.get(connection), "/api/v1/wallet", Map.of("phone", phone));
    }

    Shop.Answer asks(String connection, Map<String, Object> more, String key) {
        String phone = customer(connection.equals("far-till") ? "1002" : "1001");
        return asks(connection, wallet(connection, phone).text("walletSession"), more, key);
    }

    Shop.Answer asks(String connection, String session, Map<String, Object> more, String key) {
        Map<String, Object> body = new TreeMap<>(more);
        body.putAll(Map.of("walletSession", session, "discountId", connection.equals("far-till") ? "bowl" : "cup"));
        return shop.post(keys.get(connection), "/api/v1/redemptions", body, "Idempotency-Key", key);
    }

    /** A customer chose the cup at the till, and the sale is completed there. */
    String due(String connection, String sale) {
        Shop.Answer answer = asks(
                connection, Map.of("transactionId", sale), UUID.randomUUID().toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        shop.rings(sale, null, 42.5);
        shop.bridge.run("pos-poll-" + connection);
        String redemption = answer.text("redemptionId");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        return redemption;
    }

    String reversalWanted(String connection, String sale) {
        String redemption = due(connection, sale);
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        shop.till.update("insert into taking_back values (?, ?, 'void', ?, 42.5)", sale, sale, shop.wallClock());
        shop.bridge.run("pos-poll-" + connection);
        assertThat(reversal(redemption)).isEqualTo("WANTED");
        return redemption;
    }

    String reversal(String redemption) {
        return shop.bridge.rows.queryForObject(
                "select status from reversal where redemption_id = ?", String.class, redemption);
    }

    void order(String connection, String id, String cart, String status) {
        Map<String, Object> event = new HashMap<>(
                Map.of("event", "order", "connection", connection, "account_id", "green-leaf", "order_id", id));
        event.putAll(Map.of("version", ++version, "digest", "d" + version, "status", status, "total", 42.5));
        event.putAll(Map.of("changed_at", shop.clock.millis(), "placed_at", shop.clock.millis(), "cart_id", cart));
        for (String absent : List.of("checkout_id", "phone", "email", "refunded")) {
            event.put(absent, null);
        }
        shop.bridge.run("order-heard", ShopEvents.of(event), Map.of());
    }

    String paid(String cart) {
        Shop.Answer answer = asks("paid", Map.of("cartId", cart), "k-" + cart);
        order("paid", "o-" + cart, cart, "PAID");
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("DUE");
        return answer.text("redemptionId");
    }

    String chosen(String cart, String sale) {
        Shop.Answer answer = asks("chosen", Map.of("cartId", cart), "k-" + cart);
        assertThat(answer.text("status")).as(answer.body()).isEqualTo("SELECTED");
        shop.till.update(
                "insert into sale (id, at, total, note, state) values (?, ?, 42.5, ?, 'done')",
                sale,
                shop.wallClock(),
                answer.text("note"));
        shop.bridge.run("pos-poll-other-till");
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("DUE");
        return answer.text("redemptionId");
    }

    void abandonedCart(String connection, String id) {
        shop.bridge.rows.update(
                "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, phone, consent_phone, abandoned_at, send_status, next_attempt_at, created_at, updated_at)"
                        + " values (?, ?, 'green-leaf', 'ABANDONED', 1, 'd', ?, 1, '[]', '+13035550111', 'granted', ?, 'WAITING', 0, 0, 0)",
                connection,
                id,
                shop.clock.millis() - 60_000,
                shop.clock.millis() - 60_000);
    }

    String cart(String id) {
        return shop.bridge.rows.queryForObject("select send_status from cart where cart_id = ?", String.class, id);
    }

    /** What the clocks do meanwhile. */
    void runs() {
        for (String route : List.of(
                "pos-poll-other-till",
                "pos-poll-far-till",
                "redemption-recover",
                "redemption-expire",
                "redemption-orphan",
                "redemption-execute",
                "redemption-settle",
                "reversal-execute",
                "reversal-recover",
                "cart-sweep",
                "cart-recover",
                "cart-send")) {
            shop.bridge.run(route);
        }
    }

    void runsFor(Duration... times) {
        for (Duration time : times) {
            shop.passes(time);
            runs();
        }
    }

    /** Calls to AIQ that change something, by operation. */
    Map<String, Integer> changes() {
        Map<String, Integer> made = new TreeMap<>();
        for (String operation : CHANGES) {
            int calls = shop.aiq.requests(operation).size();
            if (calls > 0) {
                made.put(operation, calls);
            }
        }
        return made;
    }

    int effects(String kind) {
        return shop.aiq.effects(kind).size();
    }

    List<String> audited() {
        return shop.bridge.rows.queryForList(
                "select actor || ' ' || action || ' ' || subject || ': ' || note from audit where action like 'stop%' order by audit_id",
                String.class);
    }

    Scope scope(String words) {
        String[] parts = words.split(" ");
        return switch (parts[0]) {
            case "account" -> Scope.account(parts[1]);
            case "connection" -> Scope.connection(parts[1]);
            default -> Scope.EVERYTHING;
        };
    }

    /** By a row as the command and the page write it, or by the file. */
    void stop(String how, String words) throws IOException {
        if (how.equals("file")) {
            Files.writeString(folder.resolve("STOP"), words.equals("everything") ? "" : "# why\n" + words + "\n");
        } else {
            assertThat(stops.stop(scope(words), "kim", "points vanish")).isTrue();
        }
    }

    void lift(String how, String words) throws IOException {
        if (how.equals("file")) {
            Files.delete(folder.resolve("STOP"));
        } else {
            assertThat(stops.lift(scope(words), "kim", "it was the report")).isTrue();
        }
    }

    static String code(Shop.Answer answer) {
        return String.valueOf(answer.text("type")).replaceFirst(".*:", "");
    }
}
