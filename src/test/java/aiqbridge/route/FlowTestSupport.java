package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.storefront.mapping.ShopEvents;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Camel's test kit on the routes of a real bridge: one for each class, between AIQ's simulator, a till and the storefront {@code web}. Each test has customers,
 * sales, carts and orders of its own, and asserts on nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(FirstStatementOut.class)
abstract class FlowTestSupport extends CamelTestSupport {
    private final List<Shop> shops = new ArrayList<>();
    private final Set<String> beating = new HashSet<>();
    private Path fresh;
    private int customers;
    Path folder;
    Shop shop;

    /** A customer whom AIQ knows. */
    record Customer(String id, String phone) {
        /** As AIQ and the bridge write it. */
        String e164() {
            return "+1" + phone;
        }
    }

    /** Other connections that the class needs. */
    void openConnections() {}

    /** Other settings that the class needs. */
    String[] settings() {
        return new String[0];
    }

    @BeforeAll
    void openShop(@TempDir Path given) {
        fresh = given;
        open(fresh.resolve("shop"), FirstStatementOut.settings(fresh));
    }

    /** A bridge without this flow's first statement takes the place of the one before. */
    void reopen(String without) {
        Path own = fresh.resolve(without.replace('/', '-'));
        open(own, FirstStatementOut.settings(own, without));
        beating.clear();
        context = shop.bridge.with();
        template = context.createProducerTemplate();
    }

    private void open(Path own, String... without) {
        folder = own;
        openConnections();
        Shop.storefront(folder, "web", "kind = generic\nmodel = paid\n");
        shop = new Shop(
                folder, Stream.of(settings(), without).flatMap(Stream::of).toArray(String[]::new));
        shops.add(shop);
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
    void closeShops() {
        shops.forEach(Shop::close);
    }

    @Override
    public void configureTest(TestExecutionConfiguration test) {
        super.configureTest(test);
        test.withUseRouteBuilder(false);
    }

    @Override
    protected CamelContext createCamelContext() {
        return shop.bridge.with();
    }

    void run(String route) {
        run(route, (Object) null);
    }

    private void run(String route, Object body) {
        template.requestBody("direct:" + route, body);
    }

    /** The route receives what a shop said: a few columns of its event. */
    void run(String route, Map<String, Object> event) {
        run(route, (Object) ShopEvents.of(event));
    }

    /** One beat of this clock, with all that its route does about a failure. */
    void beat(String clock) {
        String now = "direct:" + clock;
        try {
            if (beating.add(clock)) {
                AdviceWith.adviceWith(context, clock, false, advice -> {
                    advice.getOriginalRoute().autoStartup(true);
                    advice.replaceFromWith(now);
                });
            }
        } catch (Exception e) {
            throw new AssertionError("no clock " + clock, e);
        }
        template.requestBody(now, (Object) null);
    }

    List<String> column(String sql, Object... values) {
        return shop.bridge.rows.queryForList(sql, String.class, values);
    }

    double gauge(String name) {
        Gauge gauge = context.getRegistry()
                .findSingleByType(MeterRegistry.class)
                .find("aiqbridge." + name)
                .gauge();
        assertThat(gauge).as("the metric " + name).isNotNull();
        return gauge.value();
    }

    Map<String, Object> redemption(String id) {
        return shop.bridge.rows.queryForMap("select * from redemption where redemption_id = ?", id);
    }

    /** Somebody new, with 1000 points. */
    Customer customer() {
        int number = ++customers;
        Customer customer = new Customer("c-" + number, String.format("555555%04d", 3000 + number));
        shop.aiq.contact("1001", customer.id(), customer.phone(), "1000");
        return customer;
    }

    /** The customer's wallet, opened by this connection with the code that AIQ sent. */
    String session(String key, Customer customer) {
        shop.post(key, "/api/v1/wallet/verify", Map.of("phone", customer.phone()));
        String code = String.valueOf(shop.aiq.pin(customer.id()));
        Shop.Answer wallet = shop.post(key, "/api/v1/wallet/view", Map.of("phone", customer.phone(), "code", code));
        assertThat(wallet.text("walletSession")).as(wallet.body()).isNotNull();
        return wallet.text("walletSession");
    }

    /** Somebody agrees at the till to the text that was shown, with these words about them: key, value, key, value … */
    Shop.Answer signsUp(String... who) {
        JsonNode text = shop.get(shop.key, "/api/v1/consent-text").json();
        Map<String, Object> body = new HashMap<>(Map.of("consent", true, "smsOptIn", false, "language", "en"));
        body.put("textVersion", text.path("textVersion").asText());
        body.put("textHash", text.path("textHash").asText());
        return shop.post(shop.key, "/api/v1/customers", with(body, (Object[]) who));
    }

    /** This connection's customer chooses a cup: more fields of the request, key, value, key, value … */
    Shop.Answer chooses(String key, String session, String request, String... more) {
        Map<String, Object> body = new HashMap<>(Map.of("walletSession", session, "discountId", "cup"));
        return shop.post(key, "/api/v1/redemptions", with(body, (Object[]) more), "Idempotency-Key", request);
    }

    /** The customer chose a cup for this sale at the till. */
    String queued(Customer customer, String sale) {
        Shop.Answer answer = chooses(shop.key, session(shop.key, customer), "for-" + sale, "transactionId", sale);
        assertThat(answer.text("status")).as(answer.body()).isEqualTo("QUEUED");
        return answer.text("redemptionId");
    }

    /** The same, and the sale is completed. */
    String due(Customer customer, String sale) {
        String redemption = queued(customer, sale);
        shop.rings(sale, customer.phone(), 42.5);
        shop.poll();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        return redemption;
    }

    /** The same, and AIQ took the points. */
    String executed(Customer customer, String sale) {
        String redemption = due(customer, sale);
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
        return with(said, more);
    }

    private static Map<String, Object> with(Map<String, Object> body, Object... more) {
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    Map<String, Object> order(String id, String cart, String status) {
        return event("order", "order_id", id, "cart_id", cart, "status", status, "placed_at", shop.clock.millis());
    }

    /** A cart of this customer's that stands still for so long. */
    Map<String, Object> cart(String id, Customer customer, Duration idle) {
        Map<String, Object> cart =
                event("cart", "cart_id", id, "phone", customer.e164(), "consent", "granted", "currency", "USD");
        cart.put("changed_at", shop.clock.millis() - idle.toMillis());
        cart.put("url", "https://shop.example/cart/" + id);
        cart.put("item_count", 1);
        cart.put(
                "items",
                "[{\"sku\":\"cup\",\"name\":\"Cup\",\"brand\":\"Green Leaf\",\"category\":\"cups\",\"price\":42.5,\"quantity\":1,\"image\":null,\"url\":\"https://shop.example/cup\"}]");
        return cart;
    }
}
