package aiqbridge.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.health.HealthWatch;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who tries wrong codes is slowed; the customer is not, and gets in elsewhere. */
class WrongCodesTest {
    private static final String ADA = "5555550100";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Shop.Answer asks(String key, String phone) {
        return shop.post(key, "/api/v1/wallet/verify", Map.of("phone", phone));
    }

    private void sends(String key, String phone) {
        assertThat(asks(key, phone).status()).isEqualTo(200);
    }

    private Shop.Answer tries(String key, String phone, String code) {
        return shop.post(key, "/api/v1/wallet/view", Map.of("phone", phone, "code", code));
    }

    private Shop.Answer wrong(String key, String phone) {
        return tries(key, phone, "00000");
    }

    private Shop.Answer right(String key, String contact, String phone) {
        return tries(key, phone, String.valueOf(shop.aiq.pin(contact)));
    }

    private static void isWrong(Shop.Answer answer) {
        assertThat(answer.text("type")).isEqualTo("urn:aiq-bridge:problem:code-wrong");
    }

    private static int waits(Shop.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(429);
        return Integer.parseInt(answer.retryAfter());
    }

    /** With two codes, five to a code. */
    private void tenWrongOnes(String key, String phone) {
        for (int code = 0; code < 2; code++) {
            sends(key, phone);
            for (int i = 0; i < 5; i++) {
                isWrong(wrong(key, phone));
            }
            shop.passes(Duration.ofSeconds(61));
        }
    }

    @Test
    void what_is_typed_while_no_code_is_out_counts_for_nobody() {
        for (int i = 0; i < 40; i++) {
            assertThat(wrong(i % 2 == 0 ? shop.key : shop.otherKey, ADA).status())
                    .isEqualTo(403);
        }
        assertThat(shop.aiq.requests("view")).isEmpty();
        sends(shop.key, ADA);
        assertThat(right(shop.key, "c-ada", ADA).status()).isEqualTo(200);
    }

    @Test
    void a_code_that_never_went_out_is_none() {
        assertThat(asks(shop.key, "5555550177").status()).isEqualTo(404);
        assertThat(wrong(shop.key, "5555550177").text("type")).endsWith("no-code-expected");
        assertThat(shop.aiq.requests("view")).isEmpty();
    }

    @Test
    void a_key_tries_ten_a_day_at_one_customer_who_gets_in_elsewhere() {
        tenWrongOnes(shop.key, ADA);
        sends(shop.otherKey, ADA);
        int wait = waits(right(shop.key, "c-ada", ADA));
        assertThat(wait).isEqualTo(86_400 - 122);
        assertThat(right(shop.otherKey, "c-ada", ADA).status()).isEqualTo(200);
        assertThat(shop.aiq.requests("view")).hasSize(11);

        shop.passes(Duration.ofSeconds(wait - 100));
        sends(shop.key, ADA);
        assertThat(waits(right(shop.key, "c-ada", ADA))).isEqualTo(100);
        shop.passes(Duration.ofSeconds(99));
        assertThat(waits(right(shop.key, "c-ada", ADA))).isEqualTo(1);
        shop.passes(Duration.ofSeconds(1));
        assertThat(right(shop.key, "c-ada", ADA).status()).isEqualTo(200);
    }

    @Test
    void and_thirty_a_month() {
        for (int day = 0; day < 3; day++) {
            tenWrongOnes(shop.key, ADA);
            shop.passes(Duration.ofDays(1));
        }
        sends(shop.key, ADA);
        assertThat(waits(right(shop.key, "c-ada", ADA))).isEqualTo(27 * 86_400 - 3 * 122);
        shop.passes(Duration.ofSeconds(61));
        sends(shop.otherKey, ADA);
        assertThat(right(shop.otherKey, "c-ada", ADA).status()).isEqualTo(200);
    }

    @Test
    void a_key_that_tried_a_hundred_a_month_tries_one_wrong_one_a_minute_and_any_number_of_right_ones() {
        List<String> phones = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            phones.add("55555540" + (10 + i));
            shop.aiq.contact("1001", "c-" + i, phones.get(i), "100");
        }
        for (int i = 0; i < 99; i++) {
            if (i % 9 == 0 || i % 9 == 5) {
                shop.passes(Duration.ofSeconds(61));
                sends(shop.key, phones.get(i / 9));
            }
            isWrong(wrong(shop.key, phones.get(i / 9)));
        }
        sends(shop.key, phones.get(11));
        sends(shop.key, phones.get(12));
        isWrong(wrong(shop.key, phones.get(11)));
        assertThat(waits(wrong(shop.key, phones.get(11)))).isEqualTo(60);
        shop.passes(Duration.ofSeconds(59));
        assertThat(waits(right(shop.key, "c-12", phones.get(12)))).isEqualTo(1);
        shop.passes(Duration.ofSeconds(1));
        assertThat(right(shop.key, "c-12", phones.get(12)).status()).isEqualTo(200);
        isWrong(wrong(shop.key, phones.get(11)));
        assertThat(waits(wrong(shop.key, phones.get(11)))).isEqualTo(60);

        sends(shop.otherKey, ADA);
        isWrong(wrong(shop.otherKey, ADA));
        isWrong(wrong(shop.otherKey, ADA));
    }

    @Test
    void wrong_ones_that_a_right_one_follows_do_not_count() {
        for (int i = 0; i < 9; i++) {
            sends(shop.key, ADA);
            for (int j = 0; j < 4; j++) {
                isWrong(wrong(shop.key, ADA));
            }
            assertThat(right(shop.key, "c-ada", ADA).status()).isEqualTo(200);
            shop.passes(Duration.ofMinutes(20));
        }
    }

    @Test
    void the_right_one_of_another_key_or_another_code_forgives_nothing() {
        sends(shop.key, ADA);
        isWrong(wrong(shop.key, ADA));
        shop.passes(Duration.ofSeconds(61));
        sends(shop.key, ADA);
        isWrong(wrong(shop.otherKey, ADA));
        assertThat(right(shop.key, "c-ada", ADA).status()).isEqualTo(200);
        assertThat(shop.bridge.rows.queryForList("select connection from wrong_code order by connection", String.class))
                .containsExactly("other-till", "till");
    }

    /** Whoever can disturb answers would else guess for nothing. */
    @Test
    void what_has_no_clear_answer_counts() {
        sends(shop.key, ADA);
        shop.aiq.fault(Map.of("operation", "view", "kind", "status-after-effect", "status", 500));
        assertThat(wrong(shop.key, ADA).status()).isEqualTo(503);
        assertThat(counted()).isEqualTo(1);
        assertThat(right(shop.key, "c-ada", ADA).status()).isEqualTo(200);
        assertThat(counted()).isZero();
    }

    private int counted() {
        return shop.bridge.rows.queryForObject("select count(*) from wrong_code", Integer.class);
    }

    @Test
    void who_owns_the_key_is_told_and_so_is_who_owns_the_account() {
        shop.restart(List.of("health.wrong-codes-per-day", "9"));
        tenWrongOnes(shop.key, ADA);
        shop.poll();
        shop.bridge.run("pos-poll-other-till");
        shop.bridge.run("health-watch");
        Map<String, List<String>> wrong = new TreeMap<>();
        shop.bridge
                .bridge()
                .camel()
                .getRegistry()
                .lookupByNameAndType("healthWatch", HealthWatch.class)
                .found()
                .filter(found -> !found.wrong().isEmpty())
                .forEach(found -> wrong.put(found.id(), found.wrong()));
        assertThat(wrong)
                .isEqualTo(
                        Map.of(
                                "account-green-leaf",
                                List.of("10 wrong codes were tried in a day"),
                                "till-till",
                                List.of(
                                        "its key tried more wrong codes than people mistype, 10 in thirty days, and may try one a minute")));
    }

    /** What the page says of chances follows from the limits. */
    @Test
    void the_chances_in_the_book_are_those_of_the_limits() throws IOException {
        assertThat(Files.readString(Path.of("routes/README.md")))
                .contains(
                        chance("a key, at one customer in a day", WrongCodes.A_DAY_AT_ONE),
                        chance("a key, at one customer in thirty days", WrongCodes.A_MONTH_AT_ONE),
                        chance("a key, at everybody in thirty days, before it is slowed", WrongCodes.A_MONTH),
                        chance("a key whose owner does nothing, at everybody in a day", (int)
                                Duration.ofDays(1).dividedBy(WrongCodes.SLOWED_TO)),
                        chance(
                                "who got hold of ten keys, at one customer in thirty days",
                                10 * WrongCodes.A_MONTH_AT_ONE));
    }

    private static String chance(String who, int tries) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %s %% |",
                who,
                tries,
                new BigDecimal(100 * tries)
                        .divide(new BigDecimal(WrongCodes.CODES))
                        .stripTrailingZeros()
                        .toPlainString());
    }

    /** Whoever owns a phone could else forgive themselves what they tried at another's. */
    @Test
    void a_right_one_forgives_only_what_was_tried_at_the_same_phone() {
        sends(shop.otherKey, ADA);
        assertThat(right(shop.otherKey, "c-ada", ADA).status()).isEqualTo(200);
        shop.passes(Duration.ofSeconds(61));
        sends(shop.key, ADA);
        isWrong(wrong(shop.key, ADA));
        shop.passes(Duration.ofSeconds(61));
        shop.aiq.contact("1001", "c-eve", "5555550166", "100");
        Map<String, String> eve = Map.of("phone", "5555550166", "email", "ada@example.com");
        assertThat(shop.post(shop.key, "/api/v1/wallet/verify", eve).status()).isEqualTo(200);
        assertThat(shop.post(
                                shop.key,
                                "/api/v1/wallet/view",
                                Map.of(
                                        "phone",
                                        "5555550166",
                                        "email",
                                        "ada@example.com",
                                        "code",
                                        String.valueOf(shop.aiq.pin("c-eve"))))
                        .status())
                .isEqualTo(200);
        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void of_a_codes_five_tries_three_are_kept_for_who_asked_for_it() {
        sends(shop.otherKey, ADA);
        isWrong(wrong(shop.key, ADA));
        isWrong(wrong(shop.key, ADA));
        for (int i = 0; i < 9; i++) {
            assertThat(wrong(shop.key, ADA).text("type")).endsWith("no-code-expected");
        }
        isWrong(wrong(shop.otherKey, ADA));
        isWrong(wrong(shop.otherKey, ADA));
        assertThat(right(shop.otherKey, "c-ada", ADA).status()).isEqualTo(200);
    }

    @Test
    void two_codes_an_hour_are_kept_for_other_connections_and_who_is_refused_holds_nobody_up() {
        for (int i = 0; i < 3; i++) {
            sends(shop.key, ADA);
            shop.passes(Duration.ofSeconds(60));
        }
        for (int i = 0; i < 2; i++) {
            assertThat(waits(asks(shop.key, ADA))).isEqualTo(3_600 - 180 - i * 60);
            sends(shop.otherKey, ADA);
            assertThat(waits(asks(shop.otherKey, ADA))).isEqualTo(i == 0 ? 60 : 3_600 - 240);
            shop.passes(Duration.ofSeconds(60));
        }
        int wait = waits(asks(shop.otherKey, ADA));
        assertThat(wait).isEqualTo(3_600 - 300);
        shop.passes(Duration.ofSeconds(wait - 1));
        assertThat(waits(asks(shop.key, ADA))).isEqualTo(1);
        shop.passes(Duration.ofSeconds(1));
        sends(shop.key, ADA);
    }

    @Test
    void no_key_uses_up_what_others_may_ask_about_a_customer() {
        Map<String, String> ada = Map.of("phone", ADA);
        for (int i = 0; i < 30; i++) {
            assertThat(shop.post(shop.key, "/api/v1/customers/status", ada).status())
                    .isEqualTo(200);
            shop.passes(Duration.ofSeconds(10));
        }
        assertThat(waits(shop.post(shop.key, "/api/v1/customers/status", ada))).isEqualTo(3_600 - 300);
        assertThat(shop.post(shop.otherKey, "/api/v1/customers/status", ada).status())
                .isEqualTo(200);
        shop.passes(Duration.ofSeconds(3_300));
        assertThat(shop.post(shop.key, "/api/v1/customers/status", ada).status())
                .isEqualTo(200);
        assertThat(waits(shop.post(shop.key, "/api/v1/customers/status", ada)))
                .as("one of the thirty is an hour old, no more")
                .isEqualTo(10);
    }
}
