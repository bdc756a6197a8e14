package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The activity pages as a person uses them. */
class ActivityBrowserTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Browser browser;
    private String executed;
    private String parked;

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\n");
        shop = new Shop(folder, TestBridge.everyRoute());
        executed = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        parked = shop.queued(shop.adasWalletAgain(), "ten-percent", "t-2").text("redemptionId");
        shop.rings("t-2", "5555550100", 42.5);
        shop.aiq.discount("1001", "ten-percent", "300", true);
        shop.pollAndExecute();
        shop.aiq.discount("1001", "ten-percent", "250", true);
        shop.queued(shop.adasWalletAgain(), "welcome", "t-3");
        new Visitor(shop.bridge)
                .setsPassword(shop.bridge.bridge().pageUsers().firstCode().orElseThrow());
        browser = new Browser(shop.bridge.port);
        browser.signIn("admin", Visitor.PASSWORD);
    }

    @AfterEach
    void close() {
        browser.close();
        shop.close();
    }

    @Test
    void a_retailer_sees_what_waits_and_what_was_redeemed_and_has_a_parked_one_redeemed_again() {
        browser.press("Activity");
        browser.press("Redemptions");
        assertThat(browser.text()).contains("waits for its sale", "redeemed", "needs you");
        browser.go("/activity/redemptions/" + executed);
        assertThat(browser.text()).contains("The till completed sale t-1", "Ledger: REDEEMED 100 points");
        browser.press("Needs a look");
        assertThat(browser.text()).contains("The reward's price in points has changed since it was promised.");
        browser.driver.findElement(By.partialLinkText("Decide")).click();
        browser.fill("note", "AIQ has the old price again");
        if (Browser.real()) {
            browser.field("aiq-id").sendKeys(Keys.ENTER);
            assertThat(shop.status(parked)).as("Enter decides nothing").isEqualTo("PARKED");
        }
        browser.press("Redeem again");
        assertThat(browser.path()).isEqualTo("/activity/redemptions/" + parked);
        assertThat(browser.text())
                .contains("Done.", "about to be sent", "admin decided: redemption-retry: AIQ has the old price again");
        shop.pollAndExecute();
        assertThat(shop.status(parked)).isEqualTo("EXECUTED");
    }

    @Test
    void a_spreadsheet_is_kept_of_what_the_filter_lets_through() throws IOException {
        browser.go("/activity/redemptions?status=PARKED");
        assertThat(browser.downloads("For a spreadsheet (CSV)").lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains(parked))
                .noneMatch(line -> line.contains(executed) || line.contains("5555550100"));
    }

    @Timeout(400)
    @Test
    void every_page_can_be_read_by_everybody_on_a_phone_and_a_desktop_in_light_and_dark() {
        assumeTrue(Browser.real(), "axe-core needs a browser that draws");
        shop.bridge.rows.update(
                "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, phone, total, currency, abandoned_at, send_status, created_at, updated_at) values ('web', 'c-1', 'green-leaf', 'ABANDONED', 1, 'd', ?, 2, '[]', '+13035550142', 12.5, 'USD', ?, 'WAITING', 1, 1)",
                shop.clock.millis(),
                shop.clock.millis());
        shop.bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, topic, received_at, status, attempts, next_attempt_at, last_error, updated_at) values ('web', 'k', 'webhook', 'order.updated', ?, 'PARKED', 8, 1, 'The field total is no number.', 1)",
                shop.clock.millis());
        shop.till.update(
                "insert into sale (id, at, total, state, discount_ids) values ('t-9', ?, 10, 'done', 'five-off')",
                shop.wallClock(Duration.ofMinutes(-1)));
        shop.poll();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("numbers", "/activity");
        pages.put("days", "/activity?period=days");
        pages.put("redemptions", "/activity/redemptions");
        pages.put("redemptions-wrong", "/activity/redemptions?customer=12");
        pages.put("redemption-parked", "/activity/redemptions/" + parked);
        pages.put("redemption-executed", "/activity/redemptions/" + executed);
        pages.put("look", "/activity/look");
        pages.put("carts", "/activity/carts");
        pages.put("inbox", "/activity/inbox");
        pages.put("employees", "/activity/employees");
        pages.put("books", "/activity/books");
        pages.forEach((name, path) -> {
            browser.go(path);
            browser.looks(390, false);
            browser.isAccessible(name + " on a phone");
            browser.screenshot("activity-" + name + "-phone");
            browser.looks(1280, true);
            browser.isAccessible(name + " on a desktop in dark");
            browser.screenshot("activity-" + name + "-desktop-dark");
        });
    }
}
