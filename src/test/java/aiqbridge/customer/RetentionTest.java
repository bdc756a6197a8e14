package aiqbridge.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Progress;
import aiqbridge.Shop;
import aiqbridge.StartRefused;
import aiqbridge.TestBridge;
import aiqbridge.ledger.LedgerVerify;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Personal data goes when it was kept long enough, or when the customer asks; what is open, the ledger and the evidence stay. */
class RetentionTest {
    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        shop = new Shop(folder, TestBridge.everyRoute(store()));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private int count(String what) {
        return shop.bridge.rows.queryForObject("select count(*) from " + what, Integer.class);
    }

    private CustomerRequest customers() {
        return new CustomerRequest(
                shop.bridge.bridge().store().source(),
                shop.bridge.bridge().connections(),
                shop.clock,
                Duration.ofDays(60));
    }

    private String redeemed(String discount, String sale) {
        String redemption = shop.queued(shop.adasWalletAgain(), discount, sale).text("redemptionId");
        shop.rings(sale, "5555550100", 42.5);
        shop.pollAndExecute();
        return redemption;
    }

    private void webhook(String key, String status, String body) {
        shop.bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, headers, body, received_at, status, next_attempt_at, updated_at) values ('till', ?, 'webhook', '{}', ?, ?, ?, 0, ?)",
                key,
                body,
                shop.clock.millis(),
                status,
                shop.clock.millis());
    }

    @Test
    void bodies_go_before_their_keys_and_what_is_not_worked_on_stays() {
        webhook("done", "DONE", "{}");
        webhook("parked", "PARKED", "{}");
        webhook("heard", "HEARD", "{}");
        shop.passes(Duration.ofDays(31));
        shop.bridge.run("retention");
        assertThat(shop.bridge.rows.queryForList("select delivery_key from inbox where body is null", String.class))
                .containsExactly("done");
        shop.passes(Duration.ofDays(180));
        shop.bridge.run("retention");
        assertThat(shop.bridge.rows.queryForList("select delivery_key from inbox", String.class))
                .containsExactly("heard");
    }

    @Test
    void wallets_limits_codes_and_keys_go_when_they_are_over() {
        redeemed("five-off", "t-1");
        shop.post(shop.key, "/api/v1/wallet/view", Map.of("phone", "5555550100", "code", "00000"));
        assertThat(List.of(count("wallet_session"), count("idempotency_key"), count("pin_sent"), count("wrong_code")))
                .doesNotContain(0);
        shop.bridge.run("retention");
        assertThat(List.of(count("wallet_session"), count("idempotency_key"), count("pin_sent"), count("wrong_code")))
                .doesNotContain(0);
        shop.passes(Duration.ofDays(91));
        shop.bridge.run("retention");
        assertThat(List.of(
                        count("wallet_session"),
                        count("idempotency_key"),
                        count("pin_sent"),
                        count("wrong_code"),
                        count("request_limit")))
                .containsOnly(0);
        assertThat(count("pos_transaction where phone is not null")).isZero();
        assertThat(count("pos_transaction")).isEqualTo(1);
    }

    @Test
    void a_customer_is_forgotten_after_two_years_but_never_while_something_is_open() {
        redeemed("five-off", "t-1");
        String open = shop.queued(shop.adasWalletAgain(), "ten-percent", "t-2").text("redemptionId");
        shop.passes(Duration.ofDays(800));
        shop.bridge.run("retention");
        assertThat(count("contact where phone is not null")).isEqualTo(1);
        shop.bridge.rows.update(
                "update redemption set status = 'RELEASED', updated_at = ? where redemption_id = ?",
                shop.clock.millis(),
                open);
        shop.bridge.run("retention");
        assertThat(count("contact where phone is not null"))
                .as("released just now")
                .isEqualTo(1);
        shop.passes(Duration.ofDays(61));
        shop.bridge.run("retention");
        assertThat(count("contact where phone is not null")).isZero();
        assertThat(count("ledger")).isEqualTo(1);
    }

    @Test
    void a_customer_who_asks_is_erased_and_the_ledger_stays_good() {
        redeemed("five-off", "t-1");
        webhook("hers", "DONE", "{\"phone\": \"555-0100\", \"tel\": \"+15555550100\"}");
        webhook("another's", "DONE", "{\"phone\": \"5555550101\"}");
        shop.passes(Duration.ofDays(61));
        shop.bridge.run("ledger-close");
        assertThat(customers().export("a test", "green-leaf", "(555) 555-0100")).satisfies(all -> {
            assertThat(all.get("contact")).hasSize(1);
            assertThat(all.get("ledger")).hasSize(1);
            assertThat(all.get("pos_transaction")).hasSize(1);
        });
        Map<String, Integer> changed = customers().erase("a test", "green-leaf", "555 555 0100", "they asked");
        assertThat(changed)
                .containsEntry("contact", 1)
                .containsEntry("inbox", 1)
                .containsEntry("pos_transaction", 1);
        for (String table : List.of(
                "contact",
                "redemption",
                "pos_transaction",
                "wallet_session",
                "cart",
                "shop_order",
                "inbox",
                "ledger",
                "audit",
                "pin_sent",
                "wrong_code",
                "request_limit")) {
            assertThat(shop.bridge.rows.queryForList("select * from " + table).toString())
                    .as(table)
                    .doesNotContain("5555550100");
        }
        assertThat(shop.bridge.rows.queryForList("select contact_id from redemption", String.class))
                .containsOnlyNulls();
        LedgerVerify.Verified verified =
                new LedgerVerify(shop.bridge.bridge().store().source()).verify("green-leaf", Progress.UNHEARD);
        assertThat(verified.days()).isEqualTo(1);
        assertThat(verified.findings()).isEmpty();
        assertThat(shop.bridge.rows.queryForList("select action from audit order by audit_id", String.class))
                .containsExactly("customer-export", "customer-erase");
        assertThat(customers().export("a test", "green-leaf", "555 555 0100").get("contact"))
                .isEmpty();
    }

    @Test
    void
            what_bears_only_another_phone_or_email_of_the_same_person_is_theirs_too_and_what_bears_somebody_elses_is_not() {
        redeemed("five-off", "t-1");
        shop.bridge.rows.update("update contact set email = 'ada@example.com'");
        shop.bridge.rows.update(
                "insert into contact (customer_key, account_id, identity, email, created_at, updated_at) values ('nameless', 'green-leaf', 'ada@example.com', 'ada@example.com', 0, 0)");
        for (String[] cart : new String[][] {
            {"hers", null, "ada@example.com"},
            {"by-phone", "+15555550100", null},
            {"a-friends-phone", "+15555550177", "ada@example.com"},
            {"bens", null, "ben@example.com"}
        }) {
            shop.bridge.rows.update(
                    "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, phone, email, created_at, updated_at) values ('web', ?, 'green-leaf', 'ABANDONED', 0, '', 0, 0, '[]', ?, ?, 0, 0)",
                    cart[0],
                    cart[1],
                    cart[2]);
        }
        webhook("hers", "DONE", "{\"email\": \"Ada@example.com\"}");
        shop.passes(Duration.ofDays(61));
        Map<String, List<Map<String, Object>>> all = customers().export("a test", "green-leaf", "(555) 555-0100");
        assertThat(all.get("contact")).hasSize(2);
        assertThat(all.get("cart"))
                .extracting(cart -> cart.get("cart_id"))
                .containsExactlyInAnyOrder("hers", "by-phone");
        assertThat(customers().erase("a test", "green-leaf", "555 555 0100", "they asked"))
                .containsEntry("contact", 2)
                .containsEntry("cart", 2)
                .containsEntry("inbox", 1);
        assertThat(shop.bridge.rows.queryForList("select cart_id from cart order by cart_id", String.class))
                .containsExactly("a-friends-phone", "bens");
    }

    @Test
    void nobody_is_erased_to_whom_points_may_have_to_be_given_back() {
        String open = shop.queued("five-off", "t-1");
        assertThatThrownBy(() -> customers().erase("a test", "green-leaf", "5555550100", "they asked"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(open)
                .hasMessageContaining("QUEUED");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThatThrownBy(() -> customers().erase("a test", "green-leaf", "5555550100", "they asked"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("may still be reversed");
        assertThat(count("contact where phone is not null")).isEqualTo(1);
        assertThat(count("audit")).isZero();
        assertThatThrownBy(() -> customers().erase("a test", "green-leaf", "x' or 1 = 1", "they asked"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("neither");
    }
}
