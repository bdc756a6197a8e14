package aiqbridge.aiq;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy's 401 or 403 passes by itself; a key that AIQ refuses, or that may only read, waits for a person and burns nothing meanwhile. */
class RefusedKeyTest {

    @TempDir
    Path folder;

    private Shop shop;
    private int customers;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\nconsent = held-by-aiq\n");
        shop = new Shop(folder, store());
        shop.aiq.discount("1001", "cup", "30", true);
        shop.moveTo("other-till");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** A customer of its own chose the cup, and the sale is completed. */
    private String due() {
        String phone = "30355501" + (10 + ++customers);
        shop.aiq.contact("1001", "c-" + customers, phone, "1000");
        String session =
                shop.post(shop.key, "/api/v1/wallet", Map.of("phone", phone)).text("walletSession");
        String redemption = shop.queued(session, "cup", "t-" + customers).text("redemptionId");
        shop.rings("t-" + customers, phone, 42.5);
        return redemption;
    }

    private void refuses(String operation, int status, int times) {
        shop.aiq.fault(
                Map.of("operation", operation, "kind", "status-before-effect", "status", status, "times", times));
    }

    private void minutes(int minutes) {
        shop.passes(Duration.ofMinutes(minutes));
        shop.bridge.run("key-read");
    }

    private boolean paused() {
        return shop.bridge.rows.queryForObject(
                        "select count(*) from account where paused_at is not null", Integer.class)
                == 1;
    }

    private boolean waitsForAPerson() {
        return shop.bridge.rows.queryForObject(
                        "select count(*) from account where paused_at is not null and key_read_at is null",
                        Integer.class)
                == 1;
    }

    private int sent(String... operations) {
        return Stream.of(operations)
                .mapToInt(operation -> shop.aiq.requests(operation).size())
                .sum();
    }

    private List<String> told() {
        return shop.bridge.rows.queryForList(
                "select action from audit where subject = 'green-leaf' and actor = 'bridge' order by audit_id",
                String.class);
    }

    private void personEntersTheKey() {
        shop.bridge.account("green-leaf", "1001", "demo-key");
    }

    /** A void for this sale is in the till. */
    private void voids(String sale) {
        shop.till.update("insert into taking_back values (?, ?, 'void', ?, 42.5)", sale, sale, shop.wallClock());
        shop.poll();
    }

    private void abandonedCart(String id) {
        shop.bridge.rows.update(
                "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, phone, abandoned_at, send_status, next_attempt_at, created_at, updated_at)"
                        + " values ('web', ?, 'green-leaf', 'ABANDONED', 1, 'd', ?, 1, '[]', '+13035550111', ?, 'WAITING', 0, 0, 0)",
                id,
                shop.clock.millis() - 60_000,
                shop.clock.millis() - 60_000);
    }

    @ParameterizedTest
    @CsvSource({"401", "403"})
    void a_stray_one_pauses_the_account_until_a_read_goes_through(int status) {
        String stray = due();
        String other = due();
        refuses("redeem", status, 1);
        shop.pollAndExecute();
        assertThat(List.of(shop.status(stray), shop.status(other))).contains("UNKNOWN");
        assertThat(paused()).isTrue();
        String waits = due();
        shop.pollAndExecute();
        assertThat(shop.status(waits)).isEqualTo("DUE");
        shop.passes(Duration.ofSeconds(59));
        minutes(0);
        assertThat(sent("stores")).as("not at once").isZero();
        assertThat(paused()).isTrue();
        minutes(1);
        assertThat(sent("stores")).isEqualTo(1);
        assertThat(paused()).isFalse();
        assertThat(told()).containsExactly("account-pause", "account-resume");
        shop.pollAndExecute();
        assertThat(shop.status(waits)).isEqualTo("EXECUTED");
        shop.settles();
        shop.pollAndExecute();
        assertThat(List.of(shop.status(stray), shop.status(other))).containsOnly("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(3);
        minutes(60);
        assertThat(sent("stores")).as("nothing is asked any more").isEqualTo(1);
    }

    @Test
    void a_refused_key_is_read_ever_more_rarely_until_a_person_enters_one() {
        due();
        shop.aiq.revoke("demo-key");
        shop.pollAndExecute();
        assertThat(paused()).isTrue();
        List<Integer> minutes = new ArrayList<>();
        for (int minute = 1; minute <= 300; minute++) {
            int before = sent("stores");
            minutes(1);
            if (sent("stores") > before) {
                minutes.add(minute);
            }
        }
        assertThat(minutes).containsExactly(1, 3, 7, 15, 31, 63, 123, 183, 243);
        assertThat(paused()).isTrue();
        assertThat(told()).as("once").containsExactly("account-pause");
        assertThat(sent("redeem")).isZero();
        shop.aiq.account("1001", "new-key");
        shop.bridge.account("green-leaf", "1001", "new-key");
        shop.pollAndExecute();
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @Test
    void while_aiq_does_not_answer_nothing_is_learnt_and_it_is_asked_soon_again() {
        due();
        refuses("wallet", 403, 1);
        shop.pollAndExecute();
        refuses("stores", 502, 30);
        for (int minute = 1; minute <= 30; minute++) {
            minutes(1);
        }
        assertThat(sent("stores")).isEqualTo(30);
        assertThat(paused()).isTrue();
        minutes(1);
        assertThat(paused()).isFalse();
    }

    @Test
    void a_key_that_may_read_and_not_redeem_burns_one_more_and_then_waits_for_a_person() {
        String first = due();
        refuses("redeem", 403, -1);
        shop.pollAndExecute();
        minutes(1);
        assertThat(paused()).isFalse();
        String second = due();
        shop.pollAndExecute();
        assertThat(waitsForAPerson()).isTrue();
        due();
        for (int hour = 0; hour < 5; hour++) {
            minutes(60);
            shop.pollAndExecute();
        }
        assertThat(sent("redeem")).as("what was sent in five hours").isEqualTo(2);
        assertThat(waitsForAPerson()).isTrue();
        assertThat(told()).containsExactly("account-pause", "account-resume", "account-pause");
        assertThat(List.of(shop.status(first), shop.status(second))).containsOnly("UNKNOWN");
        shop.aiq.clearFaults();
        personEntersTheKey();
        shop.pollAndExecute();
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @Test
    void what_went_through_since_lets_the_next_stray_one_pass_too() {
        for (int i = 0; i < 3; i++) {
            due();
            refuses("redeem", 403, 1);
            shop.pollAndExecute();
            minutes(1);
            assertThat(paused()).isFalse();
            String next = due();
            shop.pollAndExecute();
            assertThat(shop.status(next)).isEqualTo("EXECUTED");
        }
    }

    @Test
    void a_wallet_that_is_refused_burns_nothing_and_is_asked_ever_more_rarely() {
        String redemption = due();
        refuses("wallet", 403, -1);
        int resumed = 0;
        for (int minute = 0; minute < 240; minute++) {
            shop.bridge.run("redemption-execute");
            shop.poll();
            boolean before = paused();
            minutes(1);
            resumed += before && !paused() ? 1 : 0;
        }
        assertThat(resumed).as("how often it went on in four hours").isBetween(6, 9);
        assertThat(sent("redeem")).isZero();
        shop.aiq.clearFaults();
        minutes(60);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    @Test
    void a_wallet_that_is_refused_on_trial_does_not_hide_the_call_that_was() {
        due();
        refuses("redeem", 403, -1);
        shop.pollAndExecute();
        minutes(1);
        due();
        refuses("wallet", 403, 1);
        shop.pollAndExecute();
        assertThat(paused()).isTrue();
        minutes(2);
        assertThat(paused()).isFalse();
        shop.pollAndExecute();
        assertThat(waitsForAPerson()).isTrue();
        assertThat(sent("redeem")).isEqualTo(2);
    }

    @Test
    void a_key_that_may_redeem_and_not_give_back_burns_no_reversal_after_the_other() {
        for (int i = 0; i < 3; i++) {
            due();
        }
        shop.pollAndExecute();
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(3);
        refuses("reverse", 403, -1);
        refuses("adjust", 403, -1);
        for (int sale = 1; sale <= 3; sale++) {
            voids("t-" + sale);
            due();
            shop.pollAndExecute();
            shop.bridge.run("reversal-execute");
            minutes(1);
        }
        assertThat(sent("reverse", "adjust")).isEqualTo(2);
        assertThat(waitsForAPerson()).as("though redemptions went through").isTrue();
    }

    @Test
    void a_key_that_may_not_send_carts_costs_one_more_and_then_waits_for_a_person() {
        refuses("cart", 403, 2);
        abandonedCart("a");
        shop.bridge.run("cart-send");
        minutes(1);
        assertThat(paused()).isFalse();
        for (String cart : List.of("b", "c", "d")) {
            abandonedCart(cart);
            shop.bridge.run("cart-send");
            minutes(60);
        }
        assertThat(sent("cart")).isEqualTo(2);
        assertThat(waitsForAPerson()).isTrue();
        personEntersTheKey();
        shop.bridge.run("cart-send");
        assertThat(sent("cart")).as("the kept ones too").isEqualTo(6);
        refuses("cart", 403, 1);
        abandonedCart("e");
        shop.bridge.run("cart-send");
        minutes(1);
        abandonedCart("f");
        shop.bridge.run("cart-send");
        refuses("cart", 403, 1);
        abandonedCart("g");
        shop.bridge.run("cart-send");
        assertThat(paused()).isTrue();
        assertThat(waitsForAPerson()).as("one was taken since").isFalse();
    }

    @Test
    void a_key_that_a_person_enters_meanwhile_is_not_paused_again_by_an_old_read() {
        due();
        refuses("redeem", 403, 1);
        shop.pollAndExecute();
        long pausedAt = shop.bridge.rows.queryForObject("select paused_at from account", Long.class);
        personEntersTheKey();
        shop.bridge.run("key-accepted", new KeyRead("green-leaf", pausedAt, true, 0, 0), Map.of());
        assertThat(told()).as("the person was faster").containsExactly("account-pause");
        assertThat(shop.bridge.rows.queryForObject("select resumed_at from account", Long.class))
                .isNull();
    }
}
