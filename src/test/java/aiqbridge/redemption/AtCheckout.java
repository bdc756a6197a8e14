package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.storefront.mapping.ShopEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Ada at the checkout of the storefront {@code web}: what its back end and its webhooks say, and what became of it. */
abstract class AtCheckout {
    @TempDir
    Path folder;

    Shop shop;
    String session;
    boolean quiet;
    private int version;

    /** The settings of the bridge's own database. */
    String[] store() {
        return new String[0];
    }

    /** What the storefront's file says about its model. */
    abstract String model();

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\n" + model());
        shop = new Shop(
                folder,
                Stream.concat(
                                Stream.of(store()),
                                Stream.of(
                                        "aiq.redeem-timeout",
                                        "2s",
                                        "aiq.wallet-timeout",
                                        "1s",
                                        "aiq.connect-timeout",
                                        "1s",
                                        "redemption.checkout-waits",
                                        "5s"))
                        .toArray(String[]::new));
        shop.moveTo("web");
        session = shop.adasWallet().text("walletSession");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    Shop.Answer chooses(String discount, String cart, String request) {
        return shop.post(
                shop.key,
                "/api/v1/redemptions",
                Map.of("walletSession", session, "discountId", discount, "cartId", cart),
                "Idempotency-Key",
                request);
    }

    Shop.Answer asks(String redemption) {
        return shop.get(shop.key, "/api/v1/redemptions/" + redemption);
    }

    Shop.Answer releases(String redemption) {
        return shop.post(shop.key, "/api/v1/redemptions/" + redemption + "/release", Map.of());
    }

    /** The shop says how its order stands now. */
    void order(String id, String cart, String status) {
        order(id, cart, status, "refunded", null);
    }

    /** The same with other things it says, in the order key, value, key, value … */
    void order(String id, String cart, String status, Object... more) {
        Map<String, Object> event = new HashMap<>(Map.of(
                "event",
                "order",
                "connection",
                "web",
                "account_id",
                "green-leaf",
                "order_id",
                id,
                "version",
                ++version,
                "digest",
                "d" + version,
                "status",
                status,
                "total",
                42.5));
        event.put("changed_at", shop.clock.millis());
        event.put("placed_at", shop.clock.millis());
        event.put("cart_id", cart);
        for (String absent : List.of("checkout_id", "phone", "email", "refunded")) {
            event.put(absent, null);
        }
        for (int i = 0; i < more.length; i += 2) {
            event.put((String) more[i], more[i + 1]);
        }
        heard(event);
    }

    void heard(Map<String, Object> event) {
        shop.bridge.run("order-heard", ShopEvents.of(event), Map.of());
    }

    void settle() {
        shop.passes(Duration.ofMinutes(4));
        shop.bridge.run("redemption-settle");
    }

    /** The shop's webhooks, of other carts and orders, arrive. */
    void speaks() {
        shop.bridge.rows.update(
                "insert into storefront_state (connection, heard_at, updated_at) values ('web', ?, 1) on conflict (connection) do update set heard_at = excluded.heard_at",
                shop.clock.millis());
    }

    /** What the clocks would do meanwhile, in a shop that goes on speaking unless it is quiet. */
    void later(Duration time) {
        shop.passes(time);
        if (!quiet) {
            speaks();
        }
        for (String route : List.of(
                "redemption-recover",
                "redemption-expire",
                "redemption-orphan",
                "redemption-execute",
                "reversal-execute",
                "reversal-recover")) {
            shop.bridge.run(route);
        }
    }

    Map<String, Object> row(String redemption) {
        return shop.bridge.rows.queryForMap("select * from redemption where redemption_id = ?", redemption);
    }

    List<String> statuses() {
        return shop.bridge.rows.queryForList(
                "select status from redemption order by queued_at, redemption_id", String.class);
    }

    List<String> reversals() {
        return shop.bridge.rows.queryForList("select status from reversal order by reversal_id", String.class);
    }

    void takenOnce() {
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(shop.bridge.rows.queryForList("select points from ledger", Double.class))
                .containsExactly(100.0);
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1133");
    }

    void givenBackOnce() {
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        assertThat(shop.bridge.rows.queryForList("select points from ledger order by ledger_id", Double.class))
                .containsExactly(100.0, -100.0);
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
    }

    void neverTaken() {
        assertThat(shop.aiq.effects("REDEEMED")).isEmpty();
        assertThat(shop.aiq.requests("redeem")).isEmpty();
        assertThat(shop.bridge.rows.queryForObject("select count(*) from ledger", Integer.class))
                .isZero();
    }
}
