package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Camel's test kit on the routes of a real bridge: one for each class, between AIQ's simulator, a till and the storefront {@code web}. Each test has sales, carts and orders of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FlowTestSupport extends CamelTestSupport {
    static final String ADA = "+15555550100";

    private Path folder;
    Shop shop;

    /** Other connections that the class needs. */
    void openConnections() {}

    @BeforeAll
    void openShop(@TempDir Path fresh) {
        folder = fresh;
        openConnections();
        Shop.storefront(folder, "web", "kind = generic\nmodel = paid\n");
        shop = new Shop(folder);
        shop.aiq.discount("1001", "cup", "30", true);
    }

    /** One more till on the same database. */
    void connection(String name, String lines) {
        Shop.connection(
                folder,
                name,
                "make = view\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n" + lines + "\n");
    }

    @AfterAll
    void closeShop() {
        shop.close();
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withUseRouteBuilder(false);
    }

    @Override
    protected CamelContext createCamelContext() {
        return shop.bridge.bridge().camel();
    }

    /** How often the step ran from now on; there has to be one of this id. */
    AtomicInteger runs(String route, String step) {
        AtomicInteger runs = new AtomicInteger();
        try {
            AdviceWith.adviceWith(shop.bridge.with(route), route, false, advice -> advice.weaveById(step)
                    .after()
                    .process(exchange -> runs.incrementAndGet()));
        } catch (Exception e) {
            throw new AssertionError(route + " has no step " + step, e);
        }
        return runs;
    }

    void run(String route) {
        shop.bridge.run(route);
    }

    void run(String route, Map<String, Object> body) {
        shop.bridge.run(route, body, Map.of());
    }

    List<String> column(String sql, Object... values) {
        return shop.bridge.rows.queryForList(sql, String.class, values);
    }

    Map<String, Object> redemption(String id) {
        return shop.bridge.rows.queryForMap("select * from redemption where redemption_id = ?", id);
    }

    /** Ada's wallet, late enough for another code. */
    String session() {
        shop.passes(Duration.ofMinutes(16));
        String session = shop.adasWallet().text("walletSession");
        assertThat(session).isNotNull();
        return session;
    }

    /** Ada chose a cup for this sale at the till. */
    String queued(String sale) {
        return shop.queued(session(), "cup", sale).text("redemptionId");
    }

    /** The same, and the sale is completed. */
    String due(String sale) {
        String redemption = queued(sale);
        shop.rings(sale, "5555550100", 42.5);
        shop.poll();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        return redemption;
    }

    String executed(String sale) {
        String redemption = due(sale);
        run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        return redemption;
    }

    List<String> redeemed(String sale) {
        return effects("REDEEMED", sale);
    }

    List<String> effects(String kind, String sale) {
        return shop.aiq.effects(kind).stream()
                .map(effect -> effect.path("transactionID").asText())
                .filter(sale::equals)
                .toList();
    }

    /** What the shop says about a cart or an order, with these words changed or added: key, value, key, value … */
    Map<String, Object> event(String event, Object... more) {
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

    Map<String, Object> order(String id, String cart, String status) {
        return event("order", "order_id", id, "cart_id", cart, "status", status, "placed_at", shop.clock.millis());
    }

    /** A cart of Ada's that stands still for so long. */
    Map<String, Object> cart(String id, Duration idle) {
        Map<String, Object> cart = event("cart", "cart_id", id, "phone", ADA, "consent", "granted", "currency", "USD");
        cart.put("changed_at", shop.clock.millis() - idle.toMillis());
        cart.put("url", "https://shop.example/cart/" + id);
        cart.put("item_count", 1);
        cart.put(
                "items",
                "[{\"sku\":\"cup\",\"name\":\"Cup\",\"brand\":\"Green Leaf\",\"category\":\"cups\",\"price\":42.5,\"quantity\":1,\"image\":null,\"url\":\"https://shop.example/cup\"}]");
        return cart;
    }
}
