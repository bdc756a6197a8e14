package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.privacy.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tills and shops as a retailer sees and changes them. */
class ConnectionsPageTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Visitor visitor;

    @BeforeEach
    void open() {
        Shop.connection(
                folder,
                "new-till",
                "mode = page\nmake = view\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n");
        Shop.storefront(folder, "web-shop", "kind = woocommerce\n");
        Shop.storefront(folder, "told-shop", "kind = generic\nmodel = informational\nredeems = bridge\npos = till\n");
        shop = new Shop(folder, TestBridge.everyRoute(store()));
        visitor = Visitor.signedIn(shop.bridge);
    }

    String[] store() {
        return new String[0];
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static String shown(Visitor.Answer answer) {
        Matcher once =
                Pattern.compile("id=\"once\" class=\"mono\" value=\"([^\"]+)\"").matcher(answer.body());
        assertThat(once.find()).as(answer.body()).isTrue();
        return once.group(1);
    }

    @Test
    void how_each_is_heard_is_there_in_words() {
        assertThat(visitor.get("/connections").body())
                .contains(
                        "new-till",
                        "Observes",
                        "Not read yet",
                        "web-shop",
                        "Nothing received yet",
                        "Needs your confirmation");
        shop.poll();
        assertThat(visitor.get("/connections/till").body())
                .contains("Read", "This till is live", "less than a minute ago", "config/pos/till.properties");
        shop.bridge.rows.update(
                "update pos_poll set last_error = 'the view aiq_sales is not there' where connection = 'till'");
        assertThat(visitor.get("/connections/till").body())
                .contains("Cannot be read", "the view aiq_sales is not there");
        assertThat(visitor.get("/").body()).contains("The database of till till cannot be read right now.");
    }

    @Test
    void rows_that_cannot_be_read_and_sales_that_were_read_late_are_listed_without_anybodys_data() {
        shop.poll();
        assertThat(visitor.get("/connections/till").body())
                .contains("Sales read late, or never, in the last week</dt><dd>0")
                .doesNotContain("Rows that cannot be read", "The till&#39;s database says");
        shop.bridge.rows.update("update pos_poll set listened_since = 0 where connection = 'till'");
        String waits = shop.queued("five-off", "t-never");
        shop.rings("t-unread", "(555) 555-0100", 10);
        shop.till.update("update sale set total = '42,50', note = 'ada@example.com' where id = 't-unread'");
        shop.rings("t-late", "(555) 555-0100", 10);
        shop.till.update("update sale set at = ? where id = 't-late'", shop.wallClock(Duration.ofHours(-1)));
        shop.rings("t-never", "(555) 555-0100", 10);
        shop.till.update("update sale set at = ? where id = 't-never'", shop.wallClock(Duration.ofDays(-400)));
        shop.passes(Duration.ofMinutes(16));
        shop.poll();
        assertThat(shop.status(waits)).isEqualTo("QUEUED");
        String page = visitor.get("/connections/till").body();
        assertThat(page)
                .contains(
                        "Some rows cannot be read",
                        "1 of its rows cannot be read: correct them at the till",
                        "<th scope=\"row\">sale t-unread: its total is not a number such as 42.50</th><td data-label=\"First seen\">less than a minute ago</td>",
                        "Sales read late, or never, in the last week</dt><dd>2",
                        "t-late</th>",
                        "late, only by the sweep",
                        "t-never</th><td data-label=\"Completed\"></td><td data-label=\"Read\">never: a redemption waits for it")
                .doesNotContain("42,50", "555-0100", "5550100", "ada@example.com", "The till&#39;s database says");
        assertThat(visitor.get("/connections/web-shop").body()).doesNotContain("Rows that cannot be read");
    }

    @Test
    void of_many_rows_that_cannot_be_read_the_newest_are_listed() {
        for (int i = 1; i <= 23; i++) {
            shop.rings("t-" + i, null, 10);
        }
        shop.till.update("update sale set total = 'ten'");
        shop.poll();
        assertThat(visitor.get("/connections/till").body())
                .contains("The newest 20 of 23.")
                .matches(page -> page.split("its total is not", -1).length == 21);
    }

    @Test
    void the_address_for_webhooks_is_the_public_one() {
        assertThat(visitor.get("/connections/web-shop").body())
                .contains(
                        "http://127.0.0.1:" + shop.bridge.port + "/webhooks/woocommerce/web-shop",
                        "data-copy=\"address\"");
    }

    @Test
    void a_key_is_shown_once_works_is_changed_over_and_ended() {
        Visitor.Answer made = visitor.post("/connections/till/keys", "do", "add");
        String key = shown(made);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(shop.post(key, "/api/v1/wallet/verify", Map.of("phone", "(555) 555-0100"))
                        .status())
                .isEqualTo(200);
        assertThat(visitor.get("/connections/till").body()).doesNotContain(key);
        String next = shown(visitor.post("/connections/till/keys", "do", "rotate"));
        assertThat(visitor.get("/connections/till").body()).contains("Expires in 24 h");
        shop.passes(Duration.ofHours(25));
        visitor.signsIn("admin", Visitor.PASSWORD);
        visitor.get("/");
        assertThat(shop.get(key, "/api/v1/consent-text").status())
                .as("the older key has ended")
                .isEqualTo(401);
        assertThat(shop.get(next, "/api/v1/consent-text").status()).isEqualTo(200);
        String id = next.split("_")[1];
        assertThat(visitor.post("/connections/other-till/keys", "do", "revoke", "id", id)
                        .status())
                .as("another connection's key")
                .isEqualTo(404);
        assertThat(visitor.post("/connections/till/keys", "do", "revoke", "id", id)
                        .location())
                .isEqualTo("/connections/till");
        assertThat(shop.get(next, "/api/v1/consent-text").status()).isEqualTo(401);
        assertThat(shop.bridge.rows.queryForList(
                        "select action from audit where subject = 'till' and action like 'key-%' order by audit_id",
                        String.class))
                .containsExactly("key-add", "key-rotate", "key-revoke");
    }

    @Test
    void a_webhook_secret_is_entered_or_made_and_changed_over() {
        assertThat(visitor.post(
                                "/connections/web-shop/secrets",
                                "do",
                                "add",
                                "use",
                                "webhook",
                                "secret",
                                " the shop's own secret ")
                        .location())
                .isEqualTo("/connections/web-shop");
        String made = shown(visitor.post(
                "/connections/web-shop/secrets", "do", "rotate", "use", "webhook", "secret", "", "generate", "yes"));
        assertThat(shop.bridge.bridge().storefrontSecrets().good("web-shop", "webhook"))
                .containsExactlyInAnyOrder(new Secret(made), new Secret("the shop's own secret"));
        assertThat(visitor.get("/connections/web-shop").body())
                .contains("Expires in 24 h")
                .doesNotContain(made, "the shop&#39;s own secret", "the shop's own secret");
        assertThat(visitor.post("/connections/web-shop/secrets", "do", "add", "use", "webhook", "secret", "")
                        .status())
                .isEqualTo(422);
        assertThat(visitor.post("/connections/web-shop/secrets", "do", "add", "use", "api", "secret", "x")
                        .status())
                .as("it has no API address")
                .isEqualTo(404);
        assertThat(visitor.post("/connections/till/secrets", "do", "add", "use", "webhook", "secret", "x")
                        .status())
                .as("a till has none")
                .isEqualTo(404);
    }

    @Test
    void a_till_observes_until_the_retailer_lets_it_go_live_on_the_page() {
        shop.moveTo("new-till");
        String observed = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 40);
        shop.pollAndExecute();
        assertThat(shop.status(observed)).isEqualTo("QUEUED");
        assertThat(visitor.get("/connections/new-till").body())
                .contains("This till only observes", "it would have acted 1 time.");
        assertThat(visitor.post("/connections/new-till/mode", "to", "live").status())
                .as("without having looked")
                .isEqualTo(422);
        assertThat(visitor.post("/connections/new-till/mode", "to", "live", "looked", "yes")
                        .body())
                .contains("First try AIQ with aiq-bridge aiq-check green-leaf");
        assertThat(visitor.get("/connections/new-till").body()).contains("Why this till goes live without it");
        assertThat(visitor.post(
                                "/connections/new-till/mode",
                                "to",
                                "live",
                                "looked",
                                "yes",
                                "without",
                                "AIQ was tried at our other shop")
                        .location())
                .isEqualTo("/connections/new-till");
        assertThat(visitor.get("/connections/new-till").body()).doesNotContain("aiq-check");
        assertThat(shop.bridge.rows.queryForList(
                        "select note from audit where action = 'aiq-check-waived' and subject = 'green-leaf'",
                        String.class))
                .containsExactly("AIQ was tried at our other shop");
        shop.pollAndExecute();
        assertThat(shop.status(observed)).isEqualTo("EXECUTED");
        shop.restart();
        visitor.movesTo(shop.bridge);
        assertThat(visitor.get("/connections/new-till").body())
                .as("a restart forgets nothing")
                .contains("This till is live", "Changed by admin");
        visitor.post("/connections/new-till/mode", "to", "observe");
        assertThat(visitor.get("/connections/new-till").body()).contains("This till only observes");
        assertThat(visitor.post("/connections/till/mode", "to", "observe").status())
                .as("its file decides")
                .isEqualTo(404);
    }

    @Test
    void a_shop_whose_rewards_the_till_redeems_is_closed_until_the_retailer_confirms_it() {
        String key = shop.keys().add("told-shop");
        String session = shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "555-555-0100"))
                .text("walletSession");
        Map<String, Object> wish = Map.of("walletSession", session, "discountId", "five-off", "cartId", "c-1");
        assertThat(shop.post(
                                key,
                                "/api/v1/redemptions",
                                wish,
                                "Idempotency-Key",
                                UUID.randomUUID().toString())
                        .text("type"))
                .endsWith("not-confirmed");
        assertThat(visitor.post("/connections/told-shop/redeems", "statement", "redeems = bridge, pos = till")
                        .status())
                .as("not ticked")
                .isEqualTo(422);
        assertThat(visitor.post("/connections/told-shop/redeems", "statement", "redeems = pos-native", "agreed", "yes")
                        .status())
                .as("what it says has changed")
                .isEqualTo(422);
        assertThat(visitor.post(
                                "/connections/told-shop/redeems",
                                "statement",
                                "redeems = bridge, pos = till",
                                "agreed",
                                "yes")
                        .location())
                .isEqualTo("/connections/told-shop");
        assertThat(shop.post(
                                key,
                                "/api/v1/redemptions",
                                wish,
                                "Idempotency-Key",
                                UUID.randomUUID().toString())
                        .text("type"))
                .as("no longer for that reason")
                .isNotEqualTo("urn:aiq-bridge:problem:not-confirmed");
        assertThat(shop.bridge.rows.queryForMap(
                        "select statement, confirmed_by from confirmation where connection = 'told-shop'"))
                .containsEntry("confirmed_by", "admin, on the page");
    }

    @Test
    void unknown_connections_are_no_page_and_injection_finds_nothing() {
        for (String path : List.of(
                "/connections/none",
                "/connections/'%20or%20'1'='1",
                "/connections/till%00",
                "/connections/..%2ftill")) {
            assertThat(visitor.get(path).status()).as(path).isBetween(400, 404);
        }
        for (String action : List.of("keys", "secrets", "mode", "redeems")) {
            assertThat(visitor.post("/connections/none/" + action, "do", "add", "use", "webhook")
                            .status())
                    .isEqualTo(404);
        }
        assertThat(visitor.post("/connections/till/keys", "do", "revoke", "id", "' or '1'='1")
                        .status())
                .isEqualTo(404);
        assertThat(visitor.post("/connections/till/keys", "do", "explode").status())
                .isEqualTo(404);
    }

    @Test
    void nothing_is_changed_without_the_password_given_a_moment_ago() {
        shop.passes(Duration.ofMinutes(16));
        assertThat(visitor.get("/connections/till").body())
                .contains("enter your password again")
                .doesNotContain("Create a key");
        int keys = shop.keys().all().size();
        assertThat(visitor.post("/connections/till/keys", "do", "add").location())
                .isEqualTo("/confirm");
        assertThat(visitor.post("/connections/new-till/mode", "to", "live", "looked", "yes")
                        .location())
                .isEqualTo("/confirm");
        assertThat(shop.keys().all()).hasSize(keys);
        assertThat(shop.bridge.rows.queryForList("select * from pos_mode")).isEmpty();
    }

    @Test
    void the_steps_of_the_first_page_are_done_by_what_is_really_there() {
        assertThat(visitor.get("/").body()).contains("From here to your first reward", "Enter your AIQ account");
        assertThat(visitor.get("/mapping").body()).contains("Nothing was seen yet.");
        shop.adasWallet();
        assertThat(visitor.get("/mapping").body()).contains("$5 off");
    }
}
