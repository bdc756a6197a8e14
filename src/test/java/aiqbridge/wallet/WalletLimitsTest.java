package aiqbridge.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody guesses a code, pumps messages or walks through phone numbers; the counts survive a restart. */
class WalletLimitsTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder, "wallet.codes-per-connection-and-hour", "20");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private int verify(String phone) {
        return verify(shop.key, phone);
    }

    private int verify(String key, String phone) {
        return shop.post(key, "/api/v1/wallet/verify", Map.of("phone", phone)).status();
    }

    private int view(String key, String code) {
        return shop.post(key, "/api/v1/wallet/view", Map.of("phone", "555-555-0100", "code", code))
                .status();
    }

    @Test
    void of_a_thousand_codes_five_reach_aiq() {
        verify("555-555-0100");
        String right = shop.aiq.pin("c-ada");
        Map<Integer, Integer> answers = new TreeMap<>();
        for (int code = 0; code < 1_000; code++) {
            String text = String.format("%04d", code);
            if (!text.equals(right)) {
                answers.merge(view(code % 2 == 0 ? shop.key : shop.otherKey, text), 1, Integer::sum);
            }
            if (code == 3) {
                shop.restart();
            }
        }
        assertThat(shop.aiq.requests("view")).hasSize(5);
        assertThat(answers.keySet()).containsOnly(403);
    }

    @Test
    void a_code_is_sent_once_a_minute_and_five_times_an_hour() {
        assertThat(verify("555-555-0100")).isEqualTo(200);
        assertThat(verify("5555550100")).isEqualTo(429);
        for (int i = 0; i < 4; i++) {
            shop.clock.advance(Duration.ofSeconds(61));
            assertThat(verify(i < 2 ? shop.key : shop.otherKey, "+1 555 555 0100"))
                    .isEqualTo(200);
        }
        shop.clock.advance(Duration.ofSeconds(61));
        assertThat(verify("555-555-0100")).isEqualTo(429);
        assertThat(verify(shop.otherKey, "555-555-0100")).isEqualTo(429);
        assertThat(shop.aiq.requests("verify")).hasSize(5);
        shop.clock.advance(Duration.ofHours(1));
        assertThat(verify("555-555-0100")).isEqualTo(200);
    }

    @Test
    void one_till_cannot_send_to_everybody() {
        for (int i = 0; i < 40; i++) {
            verify("555-555-02" + (10 + i));
        }
        assertThat(shop.aiq.requests("verify")).hasSize(20);
    }

    private int verify(Map<String, String> who) {
        return shop.post(shop.key, "/api/v1/wallet/verify", who).status();
    }

    @Test
    void whoever_is_named_by_phone_and_email_is_counted_under_both() {
        assertThat(verify(Map.of("phone", "5555550100", "email", "ada@example.com")))
                .isEqualTo(200);
        assertThat(shop.aiq.requests("verify").get(0).path("body").asText()).isEqualTo("{\"phone\":\"5555550100\"}");
        assertThat(verify(Map.of("email", "ADA@example.com"))).isEqualTo(429);
        assertThat(verify(Map.of("phone", "5555550100"))).isEqualTo(429);
        assertThat(verify(Map.of("phone", "5555550101", "email", "ada@example.com")))
                .isEqualTo(429);
        assertThat(shop.aiq.requests("verify")).hasSize(1);
    }

    /** Whose phone and e-mail belong together is known from the wallets that were opened. */
    @Test
    void nobody_gets_twice_as_much_by_naming_now_the_phone_and_now_the_email() {
        for (Map<String, String> ada : List.of(Map.of("phone", "5555550100"), Map.of("email", "ada@example.com"))) {
            assertThat(shop.post(shop.otherKey, "/api/v1/wallet", ada).status()).isEqualTo(200);
        }
        for (int i = 0; i < 10; i++) {
            shop.post(
                    i < 3 ? shop.key : shop.otherKey,
                    "/api/v1/wallet/verify",
                    i % 2 == 0 ? Map.of("phone", "5555550100") : Map.of("email", "ada@example.com"));
            shop.clock.advance(Duration.ofSeconds(61));
        }
        assertThat(shop.aiq.requests("verify")).hasSize(5);
        for (int i = 0; i < 10; i++) {
            shop.post(
                    shop.otherKey,
                    "/api/v1/wallet/view",
                    i % 2 == 0
                            ? Map.of("phone", "5555550100", "code", "000" + i)
                            : Map.of("email", "ada@example.com", "code", "000" + i));
        }
        assertThat(shop.aiq.requests("view")).hasSize(5);
    }

    /** Else her own code would let Mallory put Ada's e-mail on her own contact, and share Ada's limits and sales. */
    @Test
    void an_email_that_nobody_proved_is_not_kept() {
        shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "5555550101", "email", "ada@example.com"));
        assertThat(shop.bridge
                        .rows
                        .queryForList("select phone, email from contact")
                        .toString())
                .isEqualTo("[{phone=+15555550101, email=null}]");
    }

    @Test
    void a_wallet_needs_a_code_that_went_out_lately() {
        assertThat(view(shop.key, "1234")).isEqualTo(403);
        verify("555-555-0100");
        shop.clock.advance(Duration.ofMinutes(11));
        assertThat(view(shop.key, shop.aiq.pin("c-ada"))).isEqualTo(403);
        assertThat(shop.aiq.requests("view")).isEmpty();
    }

    @Test
    void a_session_ends() {
        String session = shop.adasWallet().text("walletSession");
        shop.clock.advance(Duration.ofMinutes(16));
        assertThat(shop.queued(session, "five-off", "t-1").status()).isEqualTo(409);
    }

    @Test
    void points_promised_at_one_till_are_not_promised_at_another() {
        String session = shop.adasWallet().text("walletSession");
        assertThat(shop.queued(session, "five-off", "t-1").status()).isEqualTo(202);
        Shop.Answer other = shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "5555550100"));
        assertThat(other.json().path("pointsPromised").asInt()).isEqualTo(100);
        assertThat(shop.queued(session, "five-off", "t-2").status()).isEqualTo(409);
    }
}
