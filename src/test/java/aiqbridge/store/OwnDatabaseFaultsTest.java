package aiqbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.store.FaultyStore.Fault;
import aiqbridge.storefront.mapping.ShopEvents;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A few days of a shop, in which each transacted route finds its first transaction failed, at one of the places where one can fail: what a caller was told is
 * true in the end, everything happened once, no till and no shop is blamed, and everything goes on by itself.
 */
class OwnDatabaseFaultsTest {
    private static final Duration CHECKOUT_WAITS = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Set<String> beating = new TreeSet<>();
    private final Map<String, Integer> told = new LinkedHashMap<>();
    private Shop shop;
    private int customers;

    @ParameterizedTest
    @CsvSource({
        "BEGIN, sqlite",
        "WRITE, sqlite",
        "SECOND_WRITE, sqlite",
        "COMMIT, sqlite",
        "COMMITTED_UNHEARD, sqlite",
        "BEGIN, postgresql",
        "WRITE, postgresql",
        "SECOND_WRITE, postgresql",
        "COMMIT, postgresql",
        "COMMITTED_UNHEARD, postgresql",
        "TERMINATED, postgresql"
    })
    void what_was_told_is_true_and_everything_happened_once(Fault fault, String database) throws Exception {
        Shop.storefront(folder, "checkout", "kind = generic\nmodel = immediate\npin = not-required\n");
        Shop.storefront(folder, "web", "kind = generic\nmodel = paid\npin = not-required\n");
        String[] store = database.equals("sqlite") ? new String[0] : Databases.postgresqlStore();
        try (Shop open = new Shop(
                folder,
                TestBridge.everyRoute(Stream.concat(
                                Stream.of(store),
                                Stream.of("redemption.checkout-waits", CHECKOUT_WAITS.toSeconds() + "s"))
                        .toArray(String[]::new)))) {
            shop = open;
            FaultyStore faulty = new FaultyStore(
                    fault, store.length == 0 ? null : new JdbcTemplate(new DriverManagerDataSource(store[1])));
            shop.aiq.discount("1001", "cup", "30", true);
            shop.moveTo("other-till");
            faulty.under(shop.bridge.bridge().store(), shop.bridge.bridge().camel());
            somebodySignsUp();
            aCodeIsTyped();
            aTillsRedemptionAndItsVoid();
            aCheckout();
            anOrder();
            aCart();
            unclearOnes();
            aProxysRefusal();
            theDaysAreClosed();
            theBooksAgree();
            if (fault == Fault.SECOND_WRITE) {
                assertThat(faulty.failed())
                        .hasSizeGreaterThan(10)
                        .containsExactlyInAnyOrderElementsOf(faulty.couldFail());
            } else {
                assertThat(faulty.failed())
                        .as("the transacted routes of routes/, each of which has to fail once in this story")
                        .containsExactlyInAnyOrderElementsOf(transacted());
            }
        }
    }

    // the stories

    private void somebodySignsUp() {
        JsonNode text = shop.get(shop.key, "/api/v1/consent-text").json();
        Map<String, Object> body = new HashMap<>(Map.of("consent", true, "smsOptIn", false, "language", "en"));
        body.put("textVersion", text.path("textVersion").asText());
        body.put("textHash", text.path("textHash").asText());
        body.put("phone", "3035558888");
        assertThat(asks("/api/v1/customers", body, null).status()).isIn(200, 201);
        assertThat(count("select count(*) from consent where purpose = 'loyalty'"))
                .isPositive();
    }

    /** Whoever is not told what became of a code, or of typing it, asks for another one a minute later. */
    private void aCodeIsTyped() {
        shop.moveTo("till");
        String phone = customer();
        int opened = 0;
        for (int i = 0; i < 3 && opened != 200; i++) {
            if (asks("/api/v1/wallet/verify", Map.of("phone", phone), null).status() == 200) {
                String code = String.valueOf(shop.aiq.pin("c-" + customers));
                opened = asks("/api/v1/wallet/view", Map.of("phone", phone, "code", code), null)
                        .status();
            }
            shop.passes(Duration.ofSeconds(61));
        }
        assertThat(opened).isEqualTo(200);
        shop.moveTo("other-till");
    }

    private void aTillsRedemptionAndItsVoid() {
        String phone = customer();
        chooses(phone, Map.of("transactionId", "t-1"));
        shop.rings("t-1", phone, 42.5);
        beat("pos-poll-other-till-clock");
        beat("redemption-execute-clock");
        later();
        assertThat(effects("REDEEMED", "t-1")).isEqualTo(1);
        voids("t-1");
        beat("reversal-execute-clock");
        later();
        assertThat(effects("REVERSED", "t-1")).isEqualTo(1);
    }

    private void voids(String sale) {
        shop.till.update("update sale set state = 'void' where id = ?", sale);
        shop.till.update("insert into taking_back values (?, ?, 'void', ?, 42.5)", sale, sale, shop.wallClock());
        beat("pos-poll-other-till-clock");
    }

    /** Each of its requests is one that the shopper does not repeat. */
    private void aCheckout() {
        shop.moveTo("checkout");
        String phone = customer();
        for (int i = 0; i < 6; i++) {
            String session = session(phone);
            Shop.Answer answer = shop.post(
                    shop.key,
                    "/api/v1/redemptions",
                    Map.of("walletSession", session, "discountId", "cup", "cartId", "checkout-" + i),
                    "Idempotency-Key",
                    UUID.randomUUID().toString());
            told.put("checkout-" + i, answer.status());
            later();
        }
        assertThat(told.values()).contains(201);
        told.forEach((cart, status) -> {
            List<String> rows = shop.bridge.rows.queryForList(
                    "select status from redemption where cart_id = ?", String.class, cart);
            switch (status) {
                case 201 -> assertThat(rows).as(cart).containsExactly("EXECUTED");
                case 202 -> assertThat(rows).as(cart).isSubsetOf("EXECUTED", "RELEASED", "PARKED");
                case 409 -> assertThat(rows).as(cart).isSubsetOf("RELEASED", "PARKED");
                case 503 ->
                    assertThat(rows)
                            .as(cart + " heard that nothing will be redeemed")
                            .isSubsetOf("RELEASED");
                default -> throw new AssertionError(cart + " " + status);
            }
        });
    }

    private void anOrder() {
        shop.moveTo("web");
        chooses(customer(), Map.of("cartId", "c-order"));
        Map<String, Object> order = event("order", "order_id", "o-1", "cart_id", "c-order", "status", "PAID");
        order.put("placed_at", shop.clock.millis());
        hears("order-heard", order);
        beat("redemption-orphan-clock");
        beat("redemption-execute-clock");
        later();
        assertThat(shop.bridge.rows.queryForList("select status from redemption where order_id = 'o-1'", String.class))
                .containsExactly("EXECUTED");
        shop.moveTo("other-till");
    }

    private void aCart() {
        Map<String, Object> cart =
                event("cart", "cart_id", "still", "phone", "+13035558888", "consent", "granted", "currency", "USD");
        cart.put("changed_at", shop.clock.millis() - Duration.ofMinutes(46).toMillis());
        cart.put("url", "https://shop.example/cart/still");
        cart.put("item_count", 1);
        cart.put(
                "items",
                "[{\"sku\":\"cup\",\"name\":\"Cup\",\"brand\":\"Green Leaf\",\"category\":\"cups\",\"price\":42.5,\"quantity\":1,\"image\":null,\"url\":\"https://shop.example/cup\"}]");
        hears("cart-heard", cart);
        beat("cart-sweep-clock");
        beat("cart-send-clock");
        shop.passes(Duration.ofMinutes(5));
        beat("cart-recover-clock");
        beat("cart-send-clock");
        assertThat(shop.aiq.effects("CART")).hasSize(1);
        assertThat(shop.bridge.rows.queryForList("select send_status from cart", String.class))
                .as("a lost reminder is cheaper than two")
                .isSubsetOf("SENT", "UNCLEAR");
    }

    private void unclearOnes() {
        String phone = customer();
        chooses(phone, Map.of("transactionId", "t-2"));
        shop.rings("t-2", phone, 42.5);
        beat("pos-poll-other-till-clock");
        shop.aiq.fault(Map.of("operation", "redeem", "path", "t-2", "kind", "reset-after-effect"));
        beat("redemption-execute-clock");
        later();
        voids("t-2");
        shop.aiq.fault(Map.of("operation", "reverse", "kind", "reset-after-effect"));
        beat("reversal-execute-clock");
        later();
        assertThat(effects("REDEEMED", "t-2")).isEqualTo(1);
        assertThat(effects("REVERSED", "t-2")).isEqualTo(1);
    }

    private void aProxysRefusal() {
        String phone = customer();
        chooses(phone, Map.of("transactionId", "t-3"));
        shop.rings("t-3", phone, 42.5);
        beat("pos-poll-other-till-clock");
        shop.aiq.fault(Map.of("operation", "wallet", "kind", "status-before-effect", "status", 403));
        beat("redemption-execute-clock");
        assertThat(count("select count(*) from account where paused_at is not null"))
                .isEqualTo(1);
        shop.passes(Duration.ofMinutes(2));
        beat("key-read-clock");
        later();
        assertThat(count("select count(*) from account where paused_at is not null"))
                .isZero();
        assertThat(effects("REDEEMED", "t-3")).isEqualTo(1);
    }

    private void theDaysAreClosed() {
        shop.passes(Duration.ofDays(3));
        beat("ledger-close-clock");
        assertThat(
                        count(
                                "select count(*) from ledger l where not exists (select 1 from ledger_seal s where s.ledger_id = l.ledger_id)"))
                .isZero();
        beat("reconcile-clock");
        shop.passes(Duration.ofDays(1));
        beat("reconcile-clock");
        assertThat(count("select count(*) from reconcile_run")).isPositive();
    }

    private void theBooksAgree() {
        assertThat(count("select count(*) from redemption where status not in ('EXECUTED', 'RELEASED')"))
                .as(shop.bridge
                        .rows
                        .queryForList("select redemption_id, status, reason, last_error, cart_id from redemption")
                        .toString())
                .isZero();
        assertThat(count("select count(*) from reversal where status <> 'DONE'"))
                .isZero();
        assertThat(
                        count(
                                "select count(*) from (select redemption_id, kind from ledger group by redemption_id, kind having count(*) > 1) twice"))
                .isZero();
        double spent = 0;
        for (int i = 1; i <= customers; i++) {
            spent += 1000 - shop.aiq.points("c-" + i).doubleValue();
        }
        assertThat(shop.bridge.rows.queryForObject("select sum(points) from ledger", Double.class))
                .isEqualTo(spent);
    }

    private void nobodyIsBlamed() {
        assertThat(
                        count(
                                "select (select count(*) from pos_poll where last_error is not null or requests_error is not null) + (select count(*) from storefront_state where last_error is not null)"))
                .as("tills and shops that are blamed for it")
                .isZero();
    }

    // how they are told

    private String customer() {
        String phone = "30355570" + (10 + ++customers);
        shop.aiq.contact("1001", "c-" + customers, phone, "1000");
        return phone;
    }

    private String session(String phone) {
        return asks("/api/v1/wallet", Map.of("phone", phone), null).text("walletSession");
    }

    private void chooses(String phone, Map<String, Object> where) {
        Map<String, Object> wish = new HashMap<>(where);
        wish.put("walletSession", session(phone));
        wish.put("discountId", "cup");
        String key = UUID.randomUUID().toString();
        Shop.Answer answer = asks("/api/v1/redemptions", wish, key);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(asks("/api/v1/redemptions", wish, key).text("redemptionId")).isEqualTo(answer.text("redemptionId"));
    }

    /** Until it hears something else than 503, which says that it is safe to ask again. */
    private Shop.Answer asks(String path, Map<String, Object> body, String key) {
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Shop.Answer answer = key == null
                    ? shop.post(shop.key, path, body)
                    : shop.post(shop.key, path, body, "Idempotency-Key", key);
            if (answer.status() != 503) {
                return answer;
            }
            heard.add(answer.body());
        }
        throw new AssertionError(path + " is never answered: " + heard);
    }

    /** As its inbox row would be processed again. */
    private void hears(String route, Map<String, Object> event) {
        for (int i = 0; i < 4; i++) {
            try {
                shop.bridge.run(route, ShopEvents.of(event), Map.of());
                return;
            } catch (RuntimeException e) {
                assertThat(StoreFault.ours(e)).as(e.toString()).isTrue();
            }
        }
        throw new AssertionError(route);
    }

    private Map<String, Object> event(String event, Object... more) {
        Map<String, Object> said =
                new HashMap<>(Map.of("event", event, "connection", "web", "account_id", "green-leaf"));
        said.putAll(Map.of("version", 1, "digest", "d", "total", 42.5, "changed_at", shop.clock.millis()));
        for (String absent : List.of("cart_id", "order_id", "checkout_id", "phone", "email", "refunded")) {
            said.put(absent, null);
        }
        for (int i = 0; i < more.length; i += 2) {
            said.put((String) more[i], more[i + 1]);
        }
        return said;
    }

    /** The clock strikes three times, with all that its route does about a failure. */
    private void beat(String clock) {
        try {
            if (beating.add(clock)) {
                AdviceWith.adviceWith((ModelCamelContext) shop.bridge.bridge().camel(), clock, false, advice -> {
                    advice.getOriginalRoute().autoStartup(true);
                    advice.replaceFromWith("direct:" + clock);
                });
            }
        } catch (Exception e) {
            throw new AssertionError("no clock " + clock, e);
        }
        for (int i = 0; i < 3; i++) {
            shop.bridge.run(clock);
            nobodyIsBlamed();
        }
    }

    /** Whatever lost its worker is recovered, and settled where it is in doubt. */
    private void later() {
        for (Duration time :
                List.of(Duration.ofMinutes(3), Duration.ofMinutes(6), Duration.ofMinutes(8), Duration.ofMinutes(2))) {
            shop.passes(time);
            // on PostgreSQL leases go by its own clock
            for (String leased : List.of("redemption", "reversal")) {
                shop.bridge.rows.update(
                        "update " + leased + " set lease_until = lease_until - 3600000 where lease_until > ?",
                        System.currentTimeMillis() - 600_000);
            }
            beat("redemption-recover-clock");
            beat("redemption-expire-clock");
            beat("reversal-recover-clock");
            beat("redemption-settle-clock");
            beat("redemption-execute-clock");
            beat("reversal-execute-clock");
        }
    }

    private int count(String sql) {
        return shop.bridge.rows.queryForObject(sql, Integer.class);
    }

    private long effects(String kind, String sale) {
        return shop.aiq.effects(kind).stream()
                .filter(effect -> sale.equals(effect.path("transactionID").asText()))
                .count();
    }

    /** By their files, so that none is forgotten. */
    private static Set<String> transacted() throws IOException {
        Pattern id = Pattern.compile("(?m)^ {4}id: (\\S+)$");
        Set<String> routes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(TestBridge.HOME.resolve("routes"))) {
            files.filter(file -> file.toString().endsWith(".camel.yaml")).forEach(file -> {
                try {
                    for (String route : Files.readString(file).split("(?m)^(?=- )")) {
                        Matcher named = id.matcher(route);
                        if (route.contains("transacted:") && named.find()) {
                            routes.add(named.group(1));
                        }
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return routes;
    }
}
