package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model A: a shop's reward is redeemed while its checkout waits, once or not at all, and the shop hears which. */
class CheckoutTest extends AtCheckout {
    @Override
    String model() {
        return "";
    }

    private void nothingHappensLater() {
        shop.passes(Duration.ofMinutes(10));
        shop.bridge.run("redemption-execute");
        shop.bridge.run("redemption-expire");
        shop.bridge.run("redemption-execute");
        assertThat(shop.aiq.effects("REDEEMED")).isEmpty();
        assertThat(shop.bridge.rows.queryForObject("select count(*) from ledger", Integer.class))
                .isZero();
    }

    @Test
    void is_redeemed_at_once_without_a_transaction_id() {
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.text("status")).isEqualTo("EXECUTED");
        assertThat(answer.text("cartId")).isEqualTo("c-1");
        assertThat(shop.aiq.effects("REDEEMED"))
                .singleElement()
                .satisfies(e -> assertThat(e.path("transactionID").isTextual()).isFalse());
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1133");
        assertThat(asks(answer.text("redemptionId")).text("aiqRedemptionId"))
                .isEqualTo(answer.text("aiqRedemptionId"))
                .isNotBlank();
        takenOnce();
    }

    @Test
    void the_same_request_finds_the_same_redemption() {
        Shop.Answer first = chooses("five-off", "c-1", "k-1");
        Shop.Answer again = chooses("five-off", "c-1", "k-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text("redemptionId")).isEqualTo(first.text("redemptionId"));
        assertThat(chooses("welcome", "c-1", "k-1").text("type")).endsWith("idempotency-key-reused");
        takenOnce();
    }

    @Test
    void many_at_the_same_time_are_one() {
        List<CompletableFuture<Shop.Answer>> all = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> chooses("five-off", "c-1", "k-1")))
                .limit(8)
                .toList();
        all.forEach(answer ->
                assertThat(answer.join().status()).as(answer.join().body()).isIn(201, 202));
        assertThat(all.stream()
                        .map(answer -> answer.join().text("redemptionId"))
                        .distinct())
                .hasSize(1);
        takenOnce();
    }

    @Test
    void a_cart_has_one_redemption_whatever_the_key() {
        shop.aiq.discount("1001", "cup", "30", true);
        session = shop.adasWalletAgain();
        assertThat(chooses("cup", "c-1", "k-1").status()).isEqualTo(201);
        assertThat(chooses("cup", "c-1", "k-2").text("type")).endsWith("sale-has-redemption");
        assertThat(chooses("five-off", "c-1", "k-3").text("type")).endsWith("sale-has-redemption");
        assertThat(chooses("cup", "c-2", "k-4").status()).isEqualTo(201);
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(2);
    }

    @Test
    void the_cart_is_needed_and_a_sale_is_not_known_here() {
        assertThat(shop.post(
                                shop.key,
                                "/api/v1/redemptions",
                                Map.of("walletSession", session, "discountId", "five-off"),
                                "Idempotency-Key",
                                "k")
                        .text("field"))
                .isEqualTo("cartId");
        assertThat(shop.post(
                                shop.key,
                                "/api/v1/redemptions",
                                Map.of(
                                        "walletSession",
                                        session,
                                        "discountId",
                                        "five-off",
                                        "cartId",
                                        "c",
                                        "transactionId",
                                        "t"),
                                "Idempotency-Key",
                                "k")
                        .text("field"))
                .isEqualTo("transactionId");
        assertThat(shop.post(shop.key, "/api/v1/completions", Map.of("transactionId", "t-1"))
                        .status())
                .isEqualTo(403);
        assertThat(statuses()).isEmpty();
    }

    @Test
    void what_is_for_the_store_alone_is_refused() {
        shop.aiq.discount(
                Map.of("uid", "1001", "id", "in-store", "name", "In store", "points", "10", "inStoreRedemption", true));
        session = shop.adasWalletAgain();
        assertThat(chooses("in-store", "c-1", "k-1").text("type")).endsWith("discount-in-store-only");
        assertThat(statuses()).isEmpty();
        shop.moveTo("till");
        assertThat(shop.queued(shop.adasWalletAgain(), "in-store", "t-1").status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang-after-effect", "reset-after-effect", "half-body", "status-after-effect", "bad-json"})
    void an_unclear_answer_is_202_and_found_in_the_report(String fault) {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", fault, "status", 500));
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("UNKNOWN");
        assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(202);
        shop.bridge.run("redemption-execute");
        settle();
        assertThat(asks(answer.text("redemptionId")).text("status")).isEqualTo("EXECUTED");
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
        takenOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang-before-effect", "reset-before-effect", "status-before-effect", "html-502"})
    void an_unclear_answer_that_had_no_effect_is_given_up_and_may_be_tried_anew(String fault) {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", fault, "status", 500));
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).isEqualTo(202);
        shop.settles();
        assertThat(asks(answer.text("redemptionId")).text("status")).isEqualTo("RELEASED");
        assertThat(asks(answer.text("redemptionId")).text("reason")).isEqualTo("not sent");
        shop.bridge.run("redemption-execute");
        assertThat(shop.aiq.effects("REDEEMED")).isEmpty();
        session = shop.adasWalletAgain();
        Shop.Answer again = chooses("five-off", "c-1", "k-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text("redemptionId")).isNotEqualTo(answer.text("redemptionId"));
        takenOnce();
    }

    @Test
    void what_nothing_settles_is_a_persons_and_the_shop_gives_no_discount() {
        shop.aiq.set("report-lag-ms", "999999999");
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        chooses("five-off", "c-1", "k-1");
        shop.settles();
        shop.clock.advance(Duration.ofHours(25));
        shop.bridge.run("redemption-settle");
        assertThat(statuses()).containsExactly("PARKED");
        assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(202);
    }

    @Test
    void a_checkout_waits_no_longer_than_it_may_and_the_work_goes_on() {
        shop.restart(List.of("redemption.checkout-waits", "300ms"));
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "delay", "delayMs", 1500));
        long began = System.nanoTime();
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1400));
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("EXECUTING");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> asks(answer.text("redemptionId")).text("status").equals("EXECUTED"));
        assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(201);
        takenOnce();
    }

    @Test
    void what_no_worker_took_up_in_time_is_given_up() {
        shop.restart(List.of("redemption.checkout-waits", "400ms", "redemption.checkout-workers", "1"));
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "delay", "delayMs", 1500));
        shop.aiq.contact("1001", "c-eve", "5555550188", "500");
        CompletableFuture<Shop.Answer> first = CompletableFuture.supplyAsync(() -> chooses("five-off", "c-1", "k-1"));
        await().atMost(Duration.ofSeconds(10)).until(() -> statuses().equals(List.of("EXECUTING")));
        Shop.Answer second = chooses("welcome", "c-2", "k-2");
        assertThat(second.status()).as(second.body()).isEqualTo(503);
        assertThat(first.join().status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(10)).until(() -> statuses().contains("EXECUTED"));
        assertThat(statuses()).containsExactlyInAnyOrder("EXECUTED", "RELEASED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 422, 429, 500, 503})
    void no_status_says_that_nothing_happened(int status) {
        shop.aiq.fault(
                Map.of("operation", "redeem", "kind", "status-after-effect", "status", status, "retryAfter", "1"));
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("UNKNOWN");
        assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(202);
        later(Duration.ofMinutes(5));
        assertThat(statuses()).as("no release, no expiry").containsExactly("UNKNOWN");
        shop.bridge.rows.update("update account set paused_at = null");
        settle();
        assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(201);
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
        takenOnce();
    }

    @Test
    void a_refusal_is_unclear_until_aiqs_records_show_that_nothing_happened() {
        shop.aiq.fault(Map.of("operation", "redeem", "kind", "status-before-effect", "status", 400));
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).isEqualTo(202);
        shop.settles();
        assertThat(asks(answer.text("redemptionId")).text("status")).isEqualTo("RELEASED");
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
        nothingHappensLater();
    }

    @Test
    void a_discount_that_left_the_wallet_is_409() {
        shop.aiq.contact("1001", "c-ada", "5555550100", "99");
        assertThat(chooses("five-off", "c-1", "k-1").text("detail"))
                .contains("discount-locked")
                .contains("do not give");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void a_price_that_changed_is_409_and_a_persons() {
        shop.aiq.discount("1001", "five-off", "150", false);
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("redemptionStatus")).isEqualTo("PARKED");
        assertThat(answer.text("detail")).contains("price-changed");
        nothingHappensLater();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wallet hang-before-effect", "wallet status-before-effect", "wallet 429"})
    void what_certainly_was_not_sent_is_503_and_nothing_happens_later(String fault) {
        String[] operation = fault.split(" ");
        boolean limit = operation[1].equals("429");
        shop.aiq.fault(Map.of(
                "operation",
                operation[0],
                "kind",
                limit ? "status-before-effect" : operation[1],
                "status",
                limit ? 429 : 500,
                "retryAfter",
                limit ? "60" : ""));
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.retryAfter())).isEqualTo(limit ? 60 : 1);
        assertThat(statuses()).containsExactly("RELEASED");
        assertThat(shop.bridge.rows.queryForObject("select count(*) from idempotency_key", Integer.class))
                .isZero();
        assertThat(shop.bridge.rows.queryForObject("select held_until from account", Long.class))
                .as("redemptions have a share of their own")
                .isZero();
        nothingHappensLater();
        session = shop.adasWalletAgain();
        assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(201);
        takenOnce();
    }

    @Test
    void an_account_whose_key_is_refused_is_paused_and_503() {
        shop.aiq.revoke("demo-key");
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("type")).endsWith("account-paused");
        int calls = shop.aiq.requests("wallet").size();
        assertThat(chooses("five-off", "c-1", "k-2").status()).isEqualTo(503);
        assertThat(shop.aiq.requests("wallet")).hasSize(calls);
        assertThat(statuses()).containsExactly("RELEASED", "RELEASED");
        nothingHappensLater();
    }

    // what a crash leaves behind

    /** The row as it stood when the process died between the commit and the claim. */
    private String left() {
        shop.bridge.rows.update("update account set paused_at = 1");
        assertThat(chooses("five-off", "c-1", "k-0").status()).isEqualTo(503);
        shop.bridge.rows.update("update account set paused_at = null");
        shop.bridge.rows.update("""
            insert into redemption (redemption_id, account_id, connection, location, model, status, note, cart_id, storefront, customer_key, contact_id, discount_id, discount_name, pos_discount_id, points, queued_at, expires_at, due_at, next_attempt_at, created_at, updated_at)
            select 'left', account_id, connection, location, model, 'DUE', 'AIQ-0000L1', cart_id, storefront, customer_key, contact_id, discount_id, discount_name, pos_discount_id, points, queued_at, expires_at, due_at, queued_at, created_at, updated_at from redemption""");
        String body = "{\"walletSession\":\"" + session + "\",\"discountId\":\"five-off\",\"cartId\":\"c-1\"}";
        shop.bridge.rows.update(
                "insert into idempotency_key (connection, request_key, body_hash, redemption_id, created_at) values ('web', 'k-1', ?, 'left', 1)",
                aiqbridge.Sha256.hex(body));
        return body;
    }

    private Shop.Answer repeats(String body) {
        return shop.send(shop.key, "POST", "/api/v1/redemptions", body, "Idempotency-Key", "k-1");
    }

    @Test
    void what_a_crash_left_before_the_claim_is_driven_on_by_its_caller_alone() {
        String body = left();
        shop.bridge.run("redemption-execute");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
        Shop.Answer answer = repeats(body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.text("redemptionId")).isEqualTo("left");
        takenOnce();
    }

    @Test
    void what_a_crash_left_before_the_claim_is_given_up_when_its_caller_does_not_come_back() {
        String body = left();
        shop.passes(Duration.ofSeconds(119));
        shop.bridge.run("redemption-expire");
        assertThat(shop.status("left")).isEqualTo("DUE");
        shop.passes(Duration.ofSeconds(2));
        shop.bridge.run("redemption-expire");
        assertThat(shop.status("left")).isEqualTo("RELEASED");
        nothingHappensLater();
        assertThat(repeats(body).status()).as("a wish of its own by now").isEqualTo(201);
        assertThat(shop.status("left")).isEqualTo("RELEASED");
        takenOnce();
    }

    @Test
    void what_a_crash_left_before_its_attempt_is_due_again_for_its_caller_alone() {
        String body = left();
        shop.bridge.rows.update(
                "update redemption set status = 'EXECUTING', fence = 1, lease_until = 1, lease_owner = 'dead' where redemption_id = 'left'");
        shop.bridge.run("redemption-recover");
        assertThat(shop.status("left")).isEqualTo("DUE");
        shop.bridge.run("redemption-execute");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
        assertThat(repeats(body).status()).isEqualTo(201);
        takenOnce();
    }

    @Test
    void what_a_crash_left_after_its_attempt_is_left_to_the_evidence_and_then_given_up() {
        String body = left();
        shop.bridge.rows.update(
                "update redemption set status = 'EXECUTING', fence = 1, lease_until = 1, lease_owner = 'dead' where redemption_id = 'left'");
        shop.bridge.rows.update(
                "insert into attempt (subject_id, fence, kind, account_id, node, started_at, aiq_started_at, wallet_points) values ('left', 1, 'REDEEM', 'green-leaf', 'dead', ?, ?, 1233)",
                shop.clock.millis(),
                shop.clock.millis());
        shop.bridge.run("redemption-recover");
        assertThat(repeats(body).text("status")).isEqualTo("UNKNOWN");
        shop.settles();
        assertThat(shop.status("left")).isEqualTo("RELEASED");
        nothingHappensLater();
    }

    // who may see and give up

    @Test
    void a_shop_sees_and_releases_its_own_alone() {
        String redemption = chooses("five-off", "c-1", "k-1").text("redemptionId");
        assertThat(shop.get(shop.otherKey, "/api/v1/redemptions/" + redemption).status())
                .isEqualTo(404);
        assertThat(shop.post(shop.otherKey, "/api/v1/redemptions/" + redemption + "/release", Map.of())
                        .status())
                .isEqualTo(404);
        takenOnce();
    }

    @Test
    void while_nobody_knows_whether_a_reusable_discount_was_taken_it_is_not_given_again() {
        shop.aiq.discount("1001", "cup", "30", true);
        session = shop.adasWalletAgain();
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        assertThat(chooses("cup", "c-1", "k-1").status()).isEqualTo(202);
        Shop.Answer again = chooses("cup", "c-2", "k-2");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("type")).endsWith("redemption-unclear");
        Shop.Answer another = chooses("five-off", "c-3", "k-3");
        assertThat(another.status()).as("the contact's balance must tell").isEqualTo(503);
        assertThat(another.retryAfter()).isNotNull();
        shop.settles();
        session = shop.adasWalletAgain();
        assertThat(chooses("cup", "c-4", "k-4").status()).isEqualTo(201);
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }
}
