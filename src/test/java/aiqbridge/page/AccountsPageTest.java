package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The brands' AIQ accounts, entered and tested by a retailer. */
class AccountsPageTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Visitor visitor;

    @BeforeEach
    void open() {
        shop = new Shop(folder, TestBridge.everyRoute());
        shop.aiq.account("2002", "blue-key-12345678");
        visitor = Visitor.signedIn(shop.bridge);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Visitor.Answer enters(String account, String uid, String key, String... more) {
        String[] fields = new String[12 + more.length];
        System.arraycopy(
                new String[] {
                    "account",
                    account,
                    "brand",
                    "Blue Fern",
                    "uid",
                    uid,
                    "key",
                    key,
                    "country",
                    "ca",
                    "zone",
                    "America/Toronto"
                },
                0,
                fields,
                0,
                12);
        System.arraycopy(more, 0, fields, 12, more.length);
        return visitor.post("/accounts/add", fields);
    }

    private List<Map<String, Object>> row(String account) {
        return shop.bridge.rows.queryForList("select * from account where account_id = ?", account);
    }

    @Test
    void an_account_is_tested_at_aiq_saved_sealed_and_written_down_with_copied_spaces_gone() {
        assertThat(enters("blue-fern", " 2002\t", "  blue-key-12345678 \n").location())
                .isEqualTo("/accounts");
        assertThat(visitor.get("/accounts").body())
                .contains("Blue Fern is saved. AIQ accepts the API key and the UID.", "…5678", "Canada", "Works")
                .doesNotContain("blue-key");
        assertThat(row("blue-fern")).singleElement().satisfies(r -> {
            assertThat(r).containsEntry("uid", "2002").containsEntry("zone", "America/Toronto");
            assertThat(r.get("api_key_sealed").toString()).doesNotContain("blue-key");
        });
        assertThat(shop.bridge.bridge().accounts().get("blue-fern").apiKey().plain())
                .isEqualTo("blue-key-12345678");
        assertThat(shop.bridge
                        .rows
                        .queryForList("select actor, action, subject, note from audit where subject = 'blue-fern'")
                        .toString())
                .contains("admin", "account-add", "new key")
                .doesNotContain("blue-key");
    }

    @Test
    void a_wrong_key_and_a_wrong_uid_are_told_apart_and_nothing_is_saved() {
        Visitor.Answer key = enters("blue-fern", "2002", "another-key-entirely");
        assertThat(key.status()).isEqualTo(422);
        assertThat(key.body())
                .contains("Not saved.", "AIQ does not accept the API key.")
                .doesNotContain("another-key");
        Visitor.Answer uid = enters("blue-fern", "9999", "blue-key-12345678");
        assertThat(uid.body()).contains("the UID is not its account");
        assertThat(row("blue-fern")).isEmpty();
    }

    @Test
    void when_aiq_is_away_the_person_hears_that_and_may_save_anyway() {
        shop.aiq.fault(Map.of("operation", "*", "kind", "status-before-effect", "status", 500, "times", 10));
        assertThat(enters("blue-fern", "2002", "blue-key-12345678").body()).contains("AIQ cannot be reached right now");
        assertThat(row("blue-fern")).isEmpty();
        assertThat(enters("blue-fern", "2002", "blue-key-12345678", "anyway", "yes")
                        .location())
                .isEqualTo("/accounts");
        assertThat(row("blue-fern")).hasSize(1);
        assertThat(visitor.get("/accounts").body()).contains("Test failed");
        shop.aiq.clearFaults();
        visitor.post("/accounts/blue-fern/test");
        assertThat(visitor.get("/accounts").body()).contains("AIQ accepts the API key and the UID.", "Works");
    }

    @Test
    void trying_wrong_keys_opens_no_breaker_for_the_real_account() {
        for (int i = 0; i < 12; i++) {
            enters("green-leaf-2", "1001", "wrong-key-number-" + i);
        }
        shop.aiq.fault(Map.of("operation", "*", "kind", "status-before-effect", "status", 500, "times", 30));
        for (int i = 0; i < 12; i++) {
            visitor.post("/accounts/green-leaf/test");
        }
        shop.aiq.clearFaults();
        assertThat(shop.adasWallet().status()).isEqualTo(200);
    }

    @Test
    void each_page_says_whose_key_tries_wrong_codes() {
        assertThat(visitor.get("/").body()).doesNotContain("wrong codes");
        for (int i = 0; i < 10; i++) {
            shop.bridge.rows.update(
                    "insert into wrong_code (try_id, account_id, connection, subject, sent_at, tried_at) values (?, 'green-leaf', 'till', 'somebody', 0, ?)",
                    "try-" + i,
                    shop.clock.millis());
        }
        assertThat(visitor.get("/").body()).contains("With the key of till more wrong codes were tried");
    }

    @Test
    void a_change_without_a_key_keeps_the_stored_one_and_a_new_key_lets_a_paused_account_go_on() {
        shop.bridge.rows.update(
                "update account set paused_reason = 'AIQ refuses the key', paused_at = 1 where account_id = 'green-leaf'");
        assertThat(visitor.get("/").body())
                .contains("AIQ refuses the API key of Green Leaf. Nothing is redeemed until it is entered again.");
        shop.bridge.rows.update("update account set key_read_at = 1");
        assertThat(visitor.get("/").body())
                .contains("AIQ refuses the API key of Green Leaf. The bridge tries it again by itself;");
        assertThat(visitor.get("/accounts/green-leaf").body())
                .contains("The stored one ends in")
                .doesNotContain("demo-key");
        assertThat(visitor.post(
                                "/accounts/green-leaf",
                                "brand",
                                "Greener Leaf",
                                "uid",
                                "1001",
                                "key",
                                "",
                                "country",
                                "US",
                                "zone",
                                "America/Denver")
                        .location())
                .isEqualTo("/accounts");
        assertThat(shop.bridge.bridge().accounts().get("green-leaf").apiKey().plain())
                .isEqualTo("demo-key");
        assertThat(row("green-leaf").get(0))
                .containsEntry("paused_reason", null)
                .containsEntry("brand", "Greener Leaf");
        assertThat(visitor.get("/").body()).doesNotContain("AIQ refuses");
    }

    @Test
    void what_aiqs_answers_told_stands_beside_the_account() {
        assertThat(visitor.get("/accounts").body())
                .doesNotContain("late this week")
                .doesNotContain("AIQ's clock");
        shop.bridge.rows.update(
                "insert into attempt (subject_id, fence, kind, account_id, node, started_at, ended_at, outcome, http_status, contact_id, missing_at, shown_at) values ('late', 1, 'REDEEM', 'green-leaf', 'n', ?, ?, 'EXECUTED', 200, 'c', ?, ?)",
                shop.clock.millis() - 600_000,
                shop.clock.millis() - 600_000,
                shop.clock.millis() - 60_000,
                shop.clock.millis());
        shop.bridge.rows.update("update account set resend_stopped_at = 1, resend_stopped_reason = 'taken-twice'");
        shop.aiq.set("date-offset-ms", "-95000");
        for (int i = 0; i < 3; i++) {
            shop.passes(Duration.ofSeconds(61));
            shop.adasWallet();
        }
        assertThat(visitor.get("/accounts").body())
                .contains("Sends nothing again")
                .contains("AIQ's report was 9 minutes late this week.")
                .containsPattern("AIQ's clock is 9[4-6] seconds behind this machine's");
        assertThat(visitor.get("/").body()).contains("AIQ did what nobody expects of it for Green Leaf.");
    }

    @Test
    void what_cannot_be_used_is_said_beside_the_field_and_aiq_is_not_asked() {
        int asked = shop.aiq.requests("stores").size();
        Visitor.Answer answer = visitor.post(
                "/accounts/add",
                "account",
                "Green Leaf!",
                "brand",
                "",
                "uid",
                "10/01",
                "key",
                "ключ",
                "country",
                "XX",
                "zone",
                "Denver");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "This short name is invalid",
                        "Write the brand",
                        "This UID is invalid",
                        "characters that no API key has",
                        "This is not a time zone")
                .doesNotContain("ключ");
        assertThat(visitor.post(
                                "/accounts/add",
                                "account",
                                "green-leaf",
                                "brand",
                                "X",
                                "uid",
                                "1",
                                "key",
                                "k",
                                "country",
                                "US",
                                "zone",
                                "UTC")
                        .body())
                .contains("There is already an account with this name.");
        assertThat(shop.aiq.requests("stores")).hasSize(asked);
    }

    @Test
    void a_brand_and_a_discount_with_a_script_for_a_name_are_only_words() {
        String script = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        shop.bridge.rows.update("update account set brand = ?, paused_reason = ?", script, script);
        shop.adasWallet();
        shop.bridge.rows.update(
                "update wallet_session set discounts = ?",
                "[{\"id\": \"d\", \"name\": \"<script>alert(3)</script>\", \"points\": 1, \"posDiscountId\": \"\\\"><b>\", \"available\": true}]");
        shop.bridge.rows.update(
                "insert into pos_transaction (connection, location, transaction_id, status, completed_at, total, discount_ids, seen_at, heard_at, updated_at) values ('till', 'main', 't', 'COMPLETED', ?, 1, '<i>evil</i>', 1, 1, 1)",
                shop.clock.millis());
        for (String path : List.of("/", "/accounts", "/accounts/green-leaf", "/connections", "/mapping")) {
            assertThat(visitor.get(path).body())
                    .as(path)
                    .doesNotContain("<script>alert", "<img src=x", "\"><b>", "<i>evil");
        }
        assertThat(visitor.get("/mapping").body()).contains("&lt;script&gt;alert(3)", "&lt;i&gt;evil");
    }

    @Test
    void an_unknown_account_is_no_page() {
        for (String path : List.of("/accounts/other", "/accounts/'%20or%201=1--", "/accounts/..%2f..")) {
            assertThat(visitor.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(visitor.post("/accounts/other", "brand", "X").status()).isEqualTo(404);
        assertThat(visitor.post("/accounts/other/test").status()).isEqualTo(404);
    }

    @Test
    void keys_are_changed_only_after_the_password_was_given_again() {
        shop.passes(Duration.ofMinutes(16));
        assertThat(visitor.get("/accounts/green-leaf").location()).isEqualTo("/confirm?then=/accounts/green-leaf");
        assertThat(enters("blue-fern", "2002", "blue-key-12345678").location()).isEqualTo("/confirm");
        assertThat(row("blue-fern")).isEmpty();
        assertThat(visitor.post("/confirm", "password", "not it", "then", "/accounts/green-leaf")
                        .status())
                .isEqualTo(422);
        assertThat(visitor.post("/confirm", "password", Visitor.PASSWORD, "then", "/accounts/green-leaf")
                        .location())
                .isEqualTo("/accounts/green-leaf");
        assertThat(visitor.get("/accounts/green-leaf").status()).isEqualTo(200);
    }
}
