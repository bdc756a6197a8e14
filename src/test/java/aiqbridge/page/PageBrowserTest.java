package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The page as a person uses it. */
class PageBrowserTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Browser browser;

    @BeforeEach
    void open() {
        Shop.connection(
                folder,
                "new-till",
                "mode = page\nmake = view\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n");
        Shop.storefront(folder, "web-shop", "kind = woocommerce\napi.url = http://127.0.0.1:1\n");
        Shop.storefront(folder, "told-shop", "kind = generic\nmodel = informational\nredeems = bridge\npos = till\n");
        shop = new Shop(folder, TestBridge.everyRoute());
        shop.aiq.account("2002", "blue-key-12345678");
        new Visitor(shop.bridge)
                .setsPassword(shop.bridge.bridge().pageUsers().firstCode().orElseThrow());
        browser = new Browser(shop.bridge.port);
    }

    @AfterEach
    void close() {
        browser.close();
        shop.close();
    }

    @Test
    void a_retailer_adds_an_account_hears_that_the_key_is_wrong_and_corrects_it() {
        browser.signIn("admin", Visitor.PASSWORD);
        assertThat(browser.path()).isEqualTo("/");
        browser.press("Accounts");
        browser.press("Add an account");
        browser.fill("account", "blue-fern");
        browser.fill("brand", "Blue Fern");
        browser.fill("uid", "2002");
        browser.fill("key", "a wrong key".replace(' ', '-'));
        browser.fill("zone", "America/Toronto");
        browser.press("Test and save");
        assertThat(browser.text()).contains("Not saved.", "AIQ does not accept the API key.");
        assertThat(browser.field("key").getAttribute("value")).isEmpty();
        assertThat(browser.field("brand").getAttribute("value")).isEqualTo("Blue Fern");
        browser.fill("key", "blue-key-12345678");
        browser.press("Test and save");
        assertThat(browser.path()).isEqualTo("/accounts");
        assertThat(browser.text()).contains("Blue Fern is saved. AIQ accepts the API key and the UID.");
        browser.press("Sign out");
        assertThat(browser.path()).isEqualTo("/sign-in");
        browser.go("/accounts");
        assertThat(browser.path()).isEqualTo("/sign-in?then=/accounts");
    }

    @Test
    void an_invitations_link_fills_in_its_code_and_leaves_the_address() {
        browser.signIn("admin", Visitor.PASSWORD);
        browser.press("Users");
        browser.fill("user", "kim.lee");
        browser.press("Create a link");
        String link = browser.field("once").getAttribute("value");
        browser.press("Sign out");
        browser.driver.get(link);
        assertThat(browser.field("code").getAttribute("value")).matches("[A-Z0-9-]{23}");
        assertThat(browser.path()).isEqualTo("/first-password");
        browser.fill("password", Visitor.PASSWORD);
        browser.fill("again", Visitor.PASSWORD);
        browser.press("Set the password");
        assertThat(browser.path()).isEqualTo("/");
        browser.press("kim.lee");
        assertThat(browser.text()).contains("viewer", "This one");
    }

    @Test
    void somebody_sets_up_a_second_factor_and_signs_in_with_it() {
        browser.signIn("admin", Visitor.PASSWORD);
        browser.press("admin");
        browser.press("Set up a second factor");
        byte[] key = SecondFactorTest.typed(
                browser.driver.findElement(By.cssSelector("p.mono")).getText().replace(" ", ""));
        browser.fill("code", Totp.code(key, shop.clock.millis() / 30_000));
        browser.fill("password", Visitor.PASSWORD);
        browser.press("Set it up");
        seen("recovery-codes");
        assertThat(browser.driver.findElements(By.cssSelector(".codes li"))).hasSize(10);
        browser.press("I have kept them");
        assertThat(browser.text()).contains("Set up");
        browser.press("Sign out");
        shop.passes(Duration.ofSeconds(30));
        browser.go("/sign-in?then=/mapping");
        browser.fill("user", "admin");
        browser.fill("password", Visitor.PASSWORD);
        browser.press("Sign in");
        assertThat(browser.path()).isEqualTo("/sign-in/code?then=/mapping");
        seen("sign-in-code");
        browser.fill("code", Totp.code(key, shop.clock.millis() / 30_000));
        browser.press("Sign in");
        assertThat(browser.path()).isEqualTo("/mapping");
    }

    private void seen(String name) {
        if (Browser.real()) {
            browser.isAccessible(name);
            browser.screenshot(name);
        }
    }

    @Test
    void the_address_for_webhooks_is_copied() {
        browser.signIn("admin", Visitor.PASSWORD);
        browser.go("/connections/web-shop");
        String address = browser.field("address").getAttribute("value");
        assertThat(address).endsWith("/webhooks/woocommerce/web-shop");
        assumeTrue(Browser.real(), "HtmlUnit has no clipboard");
        browser.driver.findElement(By.cssSelector("[data-copy=address]")).click();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> browser.driver
                .findElement(By.cssSelector("[data-copy=address]"))
                .getText()
                .equals("Copied"));
        browser.field("secret-webhook").sendKeys(Keys.chord(Keys.CONTROL, "v"));
        assertThat(browser.field("secret-webhook").getAttribute("value")).isEqualTo(address);
    }

    @Test
    void a_retailer_lets_a_till_go_live_and_makes_a_key() {
        browser.signIn("admin", Visitor.PASSWORD);
        browser.go("/connections/new-till");
        browser.field("looked").click();
        browser.field("without").sendKeys("AIQ was tried at our other shop");
        browser.press("Go live");
        assertThat(browser.text()).contains("new-till is live", "This till is live");
        browser.press("Create a key");
        assertThat(browser.field("once").getAttribute("value")).startsWith("aiqb_");
        browser.press("I have copied it");
        assertThat(browser.path()).isEqualTo("/connections/new-till");
    }

    @Test
    void signing_in_and_adding_an_account_need_no_mouse() {
        assumeTrue(Browser.real(), "HtmlUnit moves no focus");
        browser.go("/sign-in");
        keys("admin", Keys.TAB, Visitor.PASSWORD, Keys.ENTER);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> browser.path()
                .equals("/"));
        tabTo("Accounts");
        keys(Keys.ENTER);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> browser.path()
                .equals("/accounts"));
        tabTo("Add an account");
        keys(Keys.ENTER);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> browser.path()
                .equals("/accounts/add"));
        tabTo("account");
        keys(
                "blue-fern",
                Keys.TAB,
                "Blue Fern",
                Keys.TAB,
                "2002",
                Keys.TAB,
                "blue-key-12345678",
                Keys.TAB,
                "Canada",
                Keys.TAB,
                "America/Toronto",
                Keys.ENTER);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> browser.path()
                .equals("/accounts"));
        assertThat(browser.text()).contains("Blue Fern is saved.");
        assertThat(shop.bridge.rows.queryForMap("select country, zone from account where account_id = 'blue-fern'"))
                .containsEntry("country", "CA")
                .containsEntry("zone", "America/Toronto");
    }

    private void keys(CharSequence... keys) {
        for (CharSequence key : keys) {
            browser.driver.switchTo().activeElement().sendKeys(key);
        }
    }

    /** Until the focus is on what has this id or says these words; it must be seen there. */
    private void tabTo(String wanted) {
        for (int i = 0; i < 40; i++) {
            keys(Keys.TAB);
            var focused = browser.driver.switchTo().activeElement();
            if (wanted.equals(focused.getAttribute("id")) || focused.getText().equals(wanted)) {
                assertThat(focused.getCssValue("outline-style"))
                        .as("the focus is seen")
                        .isNotEqualTo("none");
                return;
            }
        }
        throw new AssertionError("the key Tab does not lead to " + wanted);
    }

    @Timeout(240)
    @Test
    void every_page_can_be_read_by_everybody_on_a_phone_and_a_desktop_in_light_and_dark() {
        assumeTrue(Browser.real(), "axe-core needs a browser that draws");
        shop.adasWallet();
        shop.poll();
        shop.bridge.rows.update("update account set held_until = ?", shop.clock.millis() + 60_000);
        shop.secret("web-shop", "webhook", "the shop's own secret");
        browser.go("/sign-in");
        Map<String, String> pages =
                new LinkedHashMap<>(Map.of("sign-in", "/sign-in", "first-password", "/first-password"));
        look(pages);
        shop.bridge.bridge().pageUsers().add("kim.lee", Role.MANAGER);
        browser.signIn("admin", Visitor.PASSWORD);
        pages = new LinkedHashMap<>();
        pages.put("home", "/");
        pages.put("accounts", "/accounts");
        pages.put("account-add", "/accounts/add");
        pages.put("account-change", "/accounts/green-leaf");
        pages.put("connections", "/connections");
        pages.put("till", "/connections/new-till");
        pages.put("shop", "/connections/web-shop");
        pages.put("told-shop", "/connections/told-shop");
        pages.put("mapping", "/mapping");
        pages.put("confirm", "/confirm");
        pages.put("password", "/password");
        pages.put("you", "/you");
        pages.put("second-factor", "/second-factor");
        pages.put("users", "/users");
        pages.put("audit", "/audit");
        pages.put("unknown-address", "/no/such/page");
        look(pages);
    }

    private void look(Map<String, String> pages) {
        pages.forEach((name, path) -> {
            browser.go(path);
            browser.looks(390, false);
            browser.isAccessible(name + " on a phone");
            browser.screenshot(name + "-phone");
            browser.looks(1280, true);
            browser.isAccessible(name + " on a desktop in dark");
            browser.screenshot(name + "-desktop-dark");
        });
    }
}
