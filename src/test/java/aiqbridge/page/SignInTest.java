package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, and who does not. */
class SignInTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Visitor visitor;

    @BeforeEach
    void open() {
        shop = new Shop(folder, TestBridge.everyRoute(store()));
        visitor = new Visitor(shop.bridge);
    }

    String[] store() {
        return new String[0];
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private String firstCode() {
        return shop.bridge.bridge().pageUsers().firstCode().orElseThrow();
    }

    @Test
    void nobody_sees_a_page_before_signing_in() {
        for (String path : List.of("/", "/confirm")) {
            Visitor.Answer answer = visitor.get(path);
            assertThat(answer.status()).as(path).isEqualTo(303);
            assertThat(answer.location()).startsWith("/sign-in");
        }
        assertThat(visitor.get("/sign-in").status()).isEqualTo(200);
    }

    @Test
    void the_first_user_sets_a_password_with_the_code_of_the_start_and_the_code_works_once() {
        String code = firstCode();
        assertThat(visitor.post("/first-password", "code", code, "password", "short", "again", "short")
                        .body())
                .contains("at least 12 characters");
        assertThat(visitor.post(
                                "/first-password",
                                "code",
                                "WRONG",
                                "password",
                                Visitor.PASSWORD,
                                "again",
                                Visitor.PASSWORD)
                        .body())
                .contains("This code is wrong or has expired");
        assertThat(visitor.setsPassword(code.toLowerCase().replace("-", " ")).location())
                .isEqualTo("/");
        assertThat(visitor.get("/").body()).contains("Overview", "admin");
        assertThat(new Visitor(shop.bridge).setsPassword(code).status()).isEqualTo(422);
        assertThat(shop.bridge.bridge().pageUsers().firstCode())
                .as("somebody can sign in")
                .isEmpty();
    }

    @Test
    void a_code_ends_after_a_day() {
        String code = firstCode();
        shop.passes(Duration.ofHours(25));
        assertThat(visitor.setsPassword(code).status()).isEqualTo(422);
    }

    @Test
    void a_wrong_password_and_an_unknown_user_are_answered_alike() {
        visitor.setsPassword(firstCode());
        Visitor other = new Visitor(shop.bridge);
        Visitor.Answer wrong = other.signsIn("admin", "not the password");
        Visitor.Answer unknown = other.signsIn("admim", "not the password");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("The user name or the password is wrong.");
        assertThat(unknown.body().replace("admim", "admin")).isEqualTo(wrong.body());
        assertThat(other.signsIn("ADMIN", Visitor.PASSWORD).location()).isEqualTo("/");
    }

    @Test
    void a_stolen_session_cannot_try_passwords_under_other_names() {
        visitor.setsPassword(firstCode());
        visitor.get("/");
        List<Integer> statuses = new java.util.ArrayList<>();
        for (int i = 0; i < 7; i++) {
            statuses.add(
                    visitor.post(i % 2 == 0 ? "/confirm/" : "/confirm", "user", "name" + i, "password", "guess" + i)
                            .status());
        }
        assertThat(statuses).containsExactly(422, 422, 422, 422, 422, 429, 429);
    }

    @Test
    void ten_thousand_passwords_cannot_be_tried_and_a_restart_forgets_no_try() {
        visitor.setsPassword(firstCode());
        Visitor thief = new Visitor(shop.bridge);
        for (int i = 0; i < 5; i++) {
            assertThat(thief.signsIn("admin", "guess number " + i).status()).isEqualTo(422);
        }
        shop.passes(Duration.ofMinutes(2));
        Visitor.Answer late = thief.signsIn("admin", Visitor.PASSWORD);
        assertThat(late.status()).as("even the right one waits").isEqualTo(429);
        assertThat(late.header("Retry-After")).isEqualTo("780");
        shop.restart();
        assertThat(new Visitor(shop.bridge).signsIn("admin", Visitor.PASSWORD).status())
                .isEqualTo(429);
        shop.passes(Duration.ofSeconds(779));
        assertThat(new Visitor(shop.bridge).signsIn("admin", Visitor.PASSWORD).header("Retry-After"))
                .isEqualTo("1");
        shop.passes(Duration.ofSeconds(1));
        assertThat(new Visitor(shop.bridge).signsIn("admin", Visitor.PASSWORD).status())
                .isEqualTo(303);
    }

    @Test
    void codes_cannot_be_tried_without_end() {
        for (int i = 0; i < 30; i++) {
            assertThat(visitor.setsPassword("AAAAA-AAAAA-AAAAA-" + i).status()).isEqualTo(422);
        }
        assertThat(visitor.setsPassword(firstCode()).status()).isEqualTo(429);
    }

    @Test
    void a_session_that_was_put_into_the_browser_before_is_never_the_one_after() {
        visitor.setsPassword(firstCode());
        Visitor victim = new Visitor(shop.bridge);
        String planted = "aiq-bridge=" + "a".repeat(64);
        victim.cookie(planted);
        victim.signsIn("admin", Visitor.PASSWORD);
        assertThat(victim.cookie()).isNotEqualTo(planted).isNotEqualTo(visitor.cookie());
        Visitor attacker = new Visitor(shop.bridge);
        attacker.cookie(planted);
        assertThat(attacker.get("/").status()).isEqualTo(303);
    }

    @Test
    void signing_in_again_ends_the_session_of_this_browser_and_signing_out_ends_it_everywhere() {
        visitor.setsPassword(firstCode());
        visitor.get("/");
        String before = visitor.cookie();
        visitor.post("/sign-out");
        visitor.cookie(before);
        assertThat(visitor.get("/").status())
                .as("the old cookie is worth nothing")
                .isEqualTo(303);
    }

    @Test
    void idle_and_old_sessions_end() {
        visitor.setsPassword(firstCode());
        shop.passes(Duration.ofMinutes(31));
        assertThat(visitor.get("/").status()).isEqualTo(303);
        visitor.signsIn("admin", Visitor.PASSWORD);
        for (int i = 0; i < 24; i++) {
            shop.passes(Duration.ofMinutes(29));
            assertThat(visitor.get("/").status()).isEqualTo(200);
        }
        shop.passes(Duration.ofMinutes(29));
        assertThat(visitor.get("/").status()).as("12 hours after signing in").isEqualTo(303);
    }

    @Test
    void a_reset_user_is_signed_out_at_once_and_a_removed_one_is_gone() {
        visitor.setsPassword(firstCode());
        PageUsers users = shop.bridge.bridge().pageUsers();
        String code = users.reset("admin", false).orElseThrow();
        assertThat(visitor.get("/").status()).isEqualTo(303);
        assertThat(visitor.signsIn("admin", Visitor.PASSWORD).status()).isEqualTo(422);
        assertThat(visitor.setsPassword(code).status()).isEqualTo(303);
        assertThat(users.remove("admin")).isTrue();
        assertThat(visitor.get("/").status()).isEqualTo(303);
        assertThat(users.reset("admin", false)).isEmpty();
    }

    @Test
    void changing_the_password_needs_the_present_one_always_and_signs_out_everywhere_else() {
        visitor.setsPassword(firstCode());
        Visitor elsewhere = new Visitor(shop.bridge);
        elsewhere.signsIn("admin", Visitor.PASSWORD);
        String before = visitor.cookie();
        String other = "other leaves in spring";
        assertThat(visitor.get("/password").body()).contains("Change your password", "name=\"present\"");
        assertThat(changes(Visitor.PASSWORD, other, other + "s").body()).contains("The two passwords do not match");
        assertThat(changes(Visitor.PASSWORD, "short", "short").body()).contains("at least 12 characters");
        for (String present : List.of("", "not the password")) {
            assertThat(changes(present, other, other).body())
                    .as("a moment after signing in")
                    .contains("Your current password is wrong");
        }
        assertThat(changes(Visitor.PASSWORD, other, other).location()).isEqualTo("/");
        assertThat(visitor.get("/").body()).contains("Your password is changed");
        assertThat(elsewhere.get("/").status()).as("elsewhere").isEqualTo(303);
        assertThat(visitor.cookie()).isNotEqualTo(before);
        assertThat(elsewhere.signsIn("admin", Visitor.PASSWORD).status())
                .as("the old password")
                .isEqualTo(422);
        assertThat(elsewhere.signsIn("admin", other).status()).isEqualTo(303);
    }

    private Visitor.Answer changes(String present, String password, String again) {
        return visitor.post("/password", "present", present, "password", password, "again", again);
    }

    @Test
    void a_stolen_session_cannot_try_present_passwords_without_end() {
        visitor.setsPassword(firstCode());
        visitor.get("/");
        for (int i = 0; i < 5; i++) {
            assertThat(changes("guess " + i, "other leaves in spring", "other leaves in spring")
                            .status())
                    .isEqualTo(422);
        }
        assertThat(changes(Visitor.PASSWORD, "other leaves in spring", "other leaves in spring")
                        .status())
                .isEqualTo(429);
    }

    @Test
    void a_password_that_a_guesser_comes_to_early_is_not_taken() {
        String code = firstCode();
        assertThat(visitor.post("/first-password", "code", code, "password", "password1234", "again", "password1234")
                        .body())
                .contains("too easy to guess");
        assertThat(visitor.setsPassword(code).status()).isEqualTo(303);
        visitor.get("/");
        assertThat(changes(Visitor.PASSWORD, "123456789012", "123456789012").body())
                .contains("too easy to guess");
        Passwords passwords = new Passwords(shop.bridge.bridge().store().source());
        for (String easy : List.of(
                "password1234",
                "123456789012",
                "1234567890123456",
                "Password2026!",
                "P@ssw0rd1234",
                "p.a.s.s.w.o.r.d",
                "qwertyuiop12",
                "qwertyuiopasdf",
                "aaaaaaaaaaaaa",
                "abcabcabcabc",
                "abcdefghijkl",
                "iloveyou1234",
                "letmein12345",
                "administrator",
                "kim.lee12345",
                "KimLee2026!!",
                "eelmik201234",
                "GreenLeaf2026",
                "green-leaf-123",
                "Gr33nL3af2026",
                "aiq-bridge-2026",
                "AlpineIQ2026!")) {
            assertThat(passwords.wrong("kim.lee", easy, easy)).as(easy).contains("too easy to guess");
        }
        for (String good : List.of("green leaves in autumn", "nine owls eat toast", "x7Kq9vTz2mWp", "kV#9!xZ.4w?T")) {
            assertThat(passwords.wrong("kim.lee", good, good)).as(good).isNull();
        }
    }

    @Test
    void nobody_is_sent_to_a_strangers_page_after_signing_in() {
        visitor.setsPassword(firstCode());
        for (String evil : List.of(
                "//evil.example",
                "https://evil.example",
                "/\\evil.example",
                "/sign-out",
                "javascript:alert(1)",
                "/%2F/evil")) {
            Visitor other = new Visitor(shop.bridge);
            assertThat(other.post("/sign-in", "user", "admin", "password", Visitor.PASSWORD, "then", evil)
                            .location())
                    .as(evil)
                    .isEqualTo("/");
        }
        assertThat(new Visitor(shop.bridge)
                        .post("/sign-in", "user", "admin", "password", Visitor.PASSWORD, "then", "/accounts/green-leaf")
                        .location())
                .isEqualTo("/accounts/green-leaf");
    }

    @Test
    void no_row_holds_a_password_a_code_or_a_cookie() {
        String code = firstCode();
        visitor.setsPassword(code);
        for (String table : List.of("page_user", "page_code", "page_session", "request_limit", "audit")) {
            assertThat(shop.bridge.rows.queryForList("select * from " + table).toString())
                    .as(table)
                    .doesNotContain(
                            Visitor.PASSWORD,
                            code,
                            code.replace("-", ""),
                            visitor.cookie().substring(11));
        }
    }
}
