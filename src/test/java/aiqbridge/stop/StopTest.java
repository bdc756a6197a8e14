package aiqbridge.stop;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.storefront.mapping.ShopEvents;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** While a stop stands nothing of its scope changes anything at AIQ, callers hear so, and what waited goes exactly once when it is lifted. */
class StopTest {
    private static final List<String> CHANGES = List.of("redeem", "reverse", "adjust", "cart", "verify", "sign-up");

    @TempDir
    Path folder;

    private Shop shop;
    private Stops stops;
    private int customers;
    private int version;
    private final Map<String, String> keys = new HashMap<>();

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
    private void stops() {
        stops = new Stops(
                shop.bridge.rows.getDataSource(),
                folder.resolve("STOP"),
                shop.bridge.bridge().connections(),
                shop.clock);
    }

    private String customer(String uid) {
        String phone = "3035551" + (100 + ++customers);
        shop.aiq.contact(uid, "c-" + customers, phone, "1000");
        return phone;
    }

    private Shop.Answer wallet(String connection, String phone) {
        return shop.post(keys.get(connection), "/api/v1/wallet", Map.of("phone", phone));
    }

    private Shop.Answer asks(String connection, Map<String, Object> more, String key) {
        String phone = customer(connection.equals("far-till") ? "1002" : "1001");
        return asks(connection, wallet(connection, phone).text("walletSession"), more, key);
    }

    private Shop.Answer asks(String connection, String session, Map<String, Object> more, String key) {
        Map<String, Object> body = new TreeMap<>(more);
        body.putAll(Map.of("walletSession", session, "discountId", connection.equals("far-till") ? "bowl" : "cup"));
        return shop.post(keys.get(connection), "/api/v1/redemptions", body, "Idempotency-Key", key);
    }

    /** A customer chose the cup at the till, and the sale is completed there. */
    private String due(String connection, String sale) {
        Shop.Answer answer = asks(
                connection, Map.of("transactionId", sale), UUID.randomUUID().toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        shop.rings(sale, null, 42.5);
        shop.bridge.run("pos-poll-" + connection);
        String redemption = answer.text("redemptionId");
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        return redemption;
    }

    private String reversalWanted(String connection, String sale) {
        String redemption = due(connection, sale);
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        shop.till.update("insert into taking_back values (?, ?, 'void', ?, 42.5)", sale, sale, shop.wallClock());
        shop.bridge.run("pos-poll-" + connection);
        assertThat(reversal(redemption)).isEqualTo("WANTED");
        return redemption;
    }

    private String reversal(String redemption) {
        return shop.bridge.rows.queryForObject(
                "select status from reversal where redemption_id = ?", String.class, redemption);
    }

    private void order(String connection, String id, String cart, String status) {
        Map<String, Object> event = new HashMap<>(
                Map.of("event", "order", "connection", connection, "account_id", "green-leaf", "order_id", id));
        event.putAll(Map.of("version", ++version, "digest", "d" + version, "status", status, "total", 42.5));
        event.putAll(Map.of("changed_at", shop.clock.millis(), "placed_at", shop.clock.millis(), "cart_id", cart));
        for (String absent : List.of("checkout_id", "phone", "email", "refunded")) {
            event.put(absent, null);
        }
        shop.bridge.run("order-heard", ShopEvents.of(event), Map.of());
    }

    private String paid(String cart) {
        Shop.Answer answer = asks("paid", Map.of("cartId", cart), "k-" + cart);
        order("paid", "o-" + cart, cart, "PAID");
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("DUE");
        return answer.text("redemptionId");
    }

    private String chosen(String cart, String sale) {
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

    private void abandonedCart(String connection, String id) {
        shop.bridge.rows.update(
                "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, phone, consent_phone, abandoned_at, send_status, next_attempt_at, created_at, updated_at)"
                        + " values (?, ?, 'green-leaf', 'ABANDONED', 1, 'd', ?, 1, '[]', '+13035550111', 'granted', ?, 'WAITING', 0, 0, 0)",
                connection,
                id,
                shop.clock.millis() - 60_000,
                shop.clock.millis() - 60_000);
    }

    private String cart(String id) {
        return shop.bridge.rows.queryForObject("select send_status from cart where cart_id = ?", String.class, id);
    }

    /** What the clocks do meanwhile. */
    private void runs() {
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

    private void runsFor(Duration... times) {
        for (Duration time : times) {
            shop.passes(time);
            runs();
        }
    }

    /** Calls to AIQ that change something, by operation. */
    private Map<String, Integer> changes() {
        Map<String, Integer> made = new TreeMap<>();
        for (String operation : CHANGES) {
            int calls = shop.aiq.requests(operation).size();
            if (calls > 0) {
                made.put(operation, calls);
            }
        }
        return made;
    }

    private int effects(String kind) {
        return shop.aiq.effects(kind).size();
    }

    private List<String> audited() {
        return shop.bridge.rows.queryForList(
                "select actor || ' ' || action || ' ' || subject || ': ' || note from audit where action like 'stop%' order by audit_id",
                String.class);
    }

    private Scope scope(String words) {
        String[] parts = words.split(" ");
        return switch (parts[0]) {
            case "account" -> Scope.account(parts[1]);
            case "connection" -> Scope.connection(parts[1]);
            default -> Scope.EVERYTHING;
        };
    }

    /** By a row as the command and the page write it, or by the file. */
    private void stop(String how, String words) throws IOException {
        if (how.equals("file")) {
            Files.writeString(folder.resolve("STOP"), words.equals("everything") ? "" : "# why\n" + words + "\n");
        } else {
            assertThat(stops.stop(scope(words), "kim", "points vanish")).isTrue();
        }
    }

    private void lift(String how, String words) throws IOException {
        if (how.equals("file")) {
            Files.delete(folder.resolve("STOP"));
        } else {
            assertThat(stops.lift(scope(words), "kim", "it was the report")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "row, everything",
        "row, account green-leaf",
        "row, connection other-till",
        "file, everything",
        "file, account green-leaf",
        "file, connection other-till"
    })
    void a_tills_redemptions_and_reversals_wait_for_weeks_and_go_once_when_it_is_lifted(String how, String words)
            throws IOException {
        String takenBack = reversalWanted("other-till", "t-1");
        String adjusted = reversalWanted("other-till", "t-2");
        shop.bridge.rows.update("update reversal set method = 'ADJUSTMENT' where redemption_id = ?", adjusted);
        String due = due("other-till", "t-3");
        String selected = chosen("c-1", "t-4");
        String doubted = due("other-till", "t-5");
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.bridge.rows.update(
                "update redemption set next_attempt_at = next_attempt_at + 1000 where redemption_id in (?, ?)",
                due,
                selected);
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(doubted)).isEqualTo("UNKNOWN");
        Map<String, Integer> before = changes();
        int wallets = shop.aiq.requests("wallet").size();

        stop(how, words);
        runsFor(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(10));
        assertThat(shop.aiq.requests("wallet"))
                .as("no wallet is read before a call")
                .hasSize(wallets);
        runsFor(Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofDays(20));

        assertThat(changes()).isEqualTo(before);
        assertThat(List.of(shop.status(due), shop.status(selected), shop.status(doubted)))
                .as("what was in doubt is settled by what AIQ shows, and waits like the others")
                .containsOnly("DUE");
        assertThat(List.of(reversal(takenBack), reversal(adjusted))).containsOnly("WANTED");

        lift(how, words);
        runsFor(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertThat(List.of(shop.status(due), shop.status(selected), shop.status(doubted)))
                .containsOnly("EXECUTED");
        assertThat(List.of(reversal(takenBack), reversal(adjusted))).containsOnly("DONE");
        runsFor(Duration.ofMinutes(1), Duration.ofHours(1));
        assertThat(effects("REDEEMED")).isEqualTo(5);
        assertThat(List.of(effects("REVERSED"), effects("ADJUSTED"))).containsOnly(1);
        assertThat(audited())
                .containsExactly(
                        how.equals("file")
                                ? "bridge stop " + words + ": the file " + folder.resolve("STOP")
                                : "kim stop " + words + ": points vanish",
                        how.equals("file")
                                ? "bridge stop-lift " + words + ": the file " + folder.resolve("STOP")
                                        + " no longer says so"
                                : "kim stop-lift " + words + ": it was the report");
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "account green-leaf", "connection paid"})
    void a_shops_orders_and_carts_wait_and_go_once_when_it_is_lifted(String words) throws IOException {
        String redemption = paid("c-1");
        abandonedCart("paid", "left");
        stop("row", words);
        order("paid", "o-c-2", "c-2", "OPEN");
        runsFor(Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofHours(10));
        assertThat(changes()).isEmpty();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        assertThat(cart("left")).isEqualTo("WAITING");
        lift("row", words);
        runsFor(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofHours(1));
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(cart("left")).isEqualTo("SENT");
        assertThat(effects("REDEEMED")).isEqualTo(1);
        assertThat(effects("CART")).isEqualTo(1);
    }

    @Test
    void what_is_not_in_its_scope_goes_on() throws IOException {
        String taken = reversalWanted("far-till", "t-2");
        String stopped = due("other-till", "t-1");
        String other = due("far-till", "t-3");
        stop("row", "account green-leaf");
        runsFor(Duration.ofSeconds(2));
        assertThat(shop.status(stopped)).isEqualTo("DUE");
        assertThat(shop.status(other)).isEqualTo("EXECUTED");
        assertThat(reversal(taken)).isEqualTo("DONE");
        stop("row", "connection other-till");
        lift("row", "account green-leaf");
        String paid = paid("c-1");
        String shops = chosen2();
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(stopped)).isEqualTo("DUE");
        assertThat(shop.status(paid)).isEqualTo("EXECUTED");
        assertThat(shops).isEqualTo("stopped");
    }

    /** A shop whose rewards a stopped till redeems. */
    private String chosen2() {
        return code(asks("chosen", Map.of("cartId", "c-9"), "k-9"));
    }

    private static String code(Shop.Answer answer) {
        return String.valueOf(answer.text("type")).replaceFirst(".*:", "");
    }

    @ParameterizedTest
    @CsvSource({
        "row, everything",
        "row, account green-leaf",
        "row, connection web",
        "file, everything",
        "file, connection web"
    })
    void a_checkout_is_told_at_once_and_nothing_is_kept_of_it(String how, String words) throws IOException {
        String session = wallet("web", customer("1001")).text("walletSession");
        stop(how, words);
        Shop.Answer answer = asks("web", session, Map.of("cartId", "c-1"), "k-1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("stopped");
        assertThat(answer.retryAfter()).isEqualTo("60");
        assertThat(answer.body()).doesNotContain("kim", "vanish");
        assertThat(shop.bridge.statuses()).isEmpty();
        runsFor(Duration.ofMinutes(2));
        assertThat(changes()).isEmpty();
        lift(how, words);
        assertThat(asks("web", session, Map.of("cartId", "c-1"), "k-1").status())
                .as("the same request is new")
                .isEqualTo(201);
        assertThat(effects("REDEEMED")).isEqualTo(1);
    }

    @Test
    void a_checkout_that_was_accepted_just_before_hears_that_nothing_was_redeemed_and_nothing_will_be()
            throws Exception {
        String session = wallet("web", customer("1001")).text("walletSession");
        AdviceWith.adviceWith(shop.bridge.with("redemption-now"), "redemption-now", false, route -> route.weaveByToUri(
                        "direct:redemption-claim-now")
                .before()
                .process(exchange -> stops.stop(Scope.EVERYTHING, "kim", "now")));
        Shop.Answer answer = asks("web", session, Map.of("cartId", "c-1"), "k-1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("stopped");
        assertThat(shop.bridge.statuses()).containsExactly("RELEASED");
        lift("row", "everything");
        runsFor(Duration.ofMinutes(2));
        assertThat(changes()).isEmpty();
    }

    @Test
    void callers_hear_it_at_every_door_that_would_change_something_and_what_only_reads_answers() throws IOException {
        String phone = customer("1001");
        String session = wallet("other-till", phone).text("walletSession");
        String waits = asks("other-till", Map.of("transactionId", "t-1"), "k-1").text("redemptionId");
        String goesOut =
                asks("other-till", Map.of("transactionId", "t-2"), "k-2").text("redemptionId");
        stop("row", "everything");
        Shop.Answer redeem = asks("other-till", session, Map.of("transactionId", "t-9"), "k-9");
        Shop.Answer code = shop.post(keys.get("other-till"), "/api/v1/wallet/verify", Map.of("phone", phone));
        Shop.Answer paid = asks("paid", Map.of("cartId", "c-1"), "k-3");
        for (Shop.Answer refused : List.of(redeem, code, paid)) {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(code(refused)).isEqualTo("stopped");
            assertThat(refused.retryAfter()).isEqualTo("60");
        }
        assertThat(wallet("other-till", phone).status()).isEqualTo(200);
        assertThat(shop.post(keys.get("other-till"), "/api/v1/customers/status", Map.of("phone", phone))
                        .text("status"))
                .isEqualTo("member");
        assertThat(shop.get(keys.get("other-till"), "/api/v1/redemptions/" + waits)
                        .text("status"))
                .isEqualTo("QUEUED");
        assertThat(shop.post(keys.get("other-till"), "/api/v1/redemptions/" + goesOut + "/release", Map.of())
                        .text("status"))
                .as("what waits may be released")
                .isEqualTo("RELEASED");
        shop.rings("t-1", null, 42.5);
        assertThat(shop.post(keys.get("other-till"), "/api/v1/completions", Map.of("transactionId", "t-1"))
                        .status())
                .isEqualTo(202);
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(waits)).as("its sale is heard, and it waits").isEqualTo("DUE");
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redemption-put-renew", "reversal-put-attempt", "cart-send-claim"})
    void what_was_claimed_before_it_stands_does_not_leave_after(String step) throws Exception {
        String route = step.startsWith("cart") ? "cart-claim" : step.replaceFirst("-[a-z]+$", "");
        String redemption =
                step.startsWith("reversal") ? reversalWanted("other-till", "t-1") : due("other-till", "t-1");
        abandonedCart("paid", "left");
        Map<String, Integer> before = changes();
        AdviceWith.adviceWith(shop.bridge.with(route), route, false, advice -> advice.weaveById(step)
                .after()
                .process(exchange -> stop("file", "everything")));
        shop.bridge.run(
                switch (route) {
                    case "redemption-put" -> "redemption-execute";
                    case "reversal-put" -> "reversal-execute";
                    default -> "cart-send";
                });
        assertThat(changes()).isEqualTo(before);
        assertThat(shop.status(redemption)).isIn("DUE", "EXECUTED");
        assertThat(cart("left")).isEqualTo("WAITING");
        Files.delete(folder.resolve("STOP"));
        AdviceWith.adviceWith(shop.bridge.with(route), route, false, advice -> {});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account green-leaf|account green-leaf",
                "account green-leeaf|everything",
                "connection nowhere|everything",
                "account|everything",
                "stop it|everything",
                "ACCOUNT green-leaf|everything",
                "# only a remark|everything",
                "''|everything"
            })
    void a_file_that_is_not_clear_stops_everything(String text, String stopped) throws IOException {
        Files.writeString(folder.resolve("STOP"), text);
        assertThat(stops.standing())
                .singleElement()
                .satisfies(stop -> assertThat(stop.of().words()).isEqualTo(stopped));
        Files.writeString(folder.resolve("STOP"), "\n  connection web \r\n\naccount blue-leaf");
        assertThat(stops.standing())
                .extracting(stop -> stop.of().words())
                .containsExactlyInAnyOrder("connection web", "account blue-leaf");
        Files.delete(folder.resolve("STOP"));
        assertThat(stops.standing()).isEmpty();
    }

    @Test
    void a_folder_in_its_place_bytes_that_are_no_text_and_a_file_that_cannot_be_read_stop_everything()
            throws IOException {
        Path file = folder.resolve("STOP");
        Files.createDirectory(file);
        assertThat(stops.stands("green-leaf", "web")).isTrue();
        Files.delete(file);
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(stops.stands("green-leaf", "web")).isTrue();
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("nowhere"));
        assertThat(stops.stands("green-leaf", "web")).isTrue();
        Files.delete(file);
        assertThat(stops.stands("green-leaf", "web")).isFalse();
    }

    @Test
    void it_outlives_a_restart_and_two_stops_need_two_lifts() throws IOException {
        String redemption = due("other-till", "t-1");
        stop("row", "everything");
        assertThat(stops.stop(Scope.EVERYTHING, "lee", "me too"))
                .as("it stands")
                .isFalse();
        stop("row", "connection other-till");
        stop("file", "account green-leaf");
        shop.restart();
        stops();
        runsFor(Duration.ofMinutes(1));
        lift("row", "everything");
        assertThat(stops.lift(Scope.account("green-leaf"), "kim", "?"))
                .as("the file's goes with the file")
                .isFalse();
        runsFor(Duration.ofMinutes(1));
        lift("row", "connection other-till");
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        assertThat(changes()).isEmpty();
        Files.delete(folder.resolve("STOP"));
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(effects("REDEEMED")).isEqualTo(1);
    }

    @Test
    void a_file_that_is_there_before_the_bridge_starts_stops_it() throws IOException {
        String redemption = due("other-till", "t-1");
        shop.restart(() -> {
            try {
                stop("file", "everything");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        stops();
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        assertThat(changes()).isEmpty();
        List<JsonNode> none = Stream.of("redeem", "cart")
                .flatMap(operation -> shop.aiq.requests(operation).stream())
                .toList();
        assertThat(none).isEmpty();
    }
}
