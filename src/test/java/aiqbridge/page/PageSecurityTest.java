package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile page, a hostile link and a hostile form cannot do. */
class PageSecurityTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Visitor visitor;

    @BeforeEach
    void open() {
        shop = new Shop(folder, TestBridge.everyRoute());
        visitor = Visitor.signedIn(shop.bridge);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private boolean signedIn() {
        return visitor.get("/").status() == 200;
    }

    @Test
    void every_answer_forbids_what_we_never_ask_of_a_browser() {
        Visitor stranger = new Visitor(shop.bridge);
        for (Visitor.Answer answer : List.of(
                visitor.get("/"),
                stranger.get("/"),
                stranger.get("/sign-in"),
                stranger.get("/files/page.css"),
                stranger.get("/files/none"),
                stranger.get("/none"),
                stranger.send("DELETE", "/accounts", ""),
                visitor.post("/confirm", "password", "wrong"))) {
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        }
        assertThat(visitor.get("/").header("Cache-Control")).isEqualTo("no-store");
        assertThat(visitor.get("/").header("Strict-Transport-Security"))
                .as("plain http here")
                .isNull();
        assertThat(visitor.get("/").body()).doesNotContain("style=", "onclick", "<script>", "<style");
    }

    @Test
    void an_address_that_there_is_not_is_a_page_for_a_browser_and_a_problem_for_a_program() {
        Visitor stranger = new Visitor(shop.bridge);
        Visitor.Answer page = stranger.send("GET", "/none", null, "Accept", "text/html,*/*;q=0.8");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body())
                .contains("There is nothing at this address.", "Back to the first page")
                .doesNotContain("/none");
        Visitor.Answer problem = stranger.get("/api/v1/nothing");
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.body()).contains("urn:aiq-bridge:problem:unknown-address");
        assertThat(stranger.send("DELETE", "/api/v1/wallet", "").status()).isEqualTo(405);
    }

    @Test
    void the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
        Visitor other = new Visitor(shop.bridge);
        assertThat(other.signsIn("admin", Visitor.PASSWORD).header("Set-Cookie"))
                .matches("aiq-bridge=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void behind_https_the_cookie_never_travels_without_it() {
        shop.restart(List.of("page.public-url", "https://bridge.example"));
        Visitor other = new Visitor(shop.bridge);
        Visitor.Answer answer = other.send(
                "POST",
                "/sign-in",
                "user=admin&password=" + Visitor.PASSWORD.replace(' ', '+'),
                "Origin",
                "https://bridge.example",
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(answer.header("Set-Cookie"))
                .matches("__Host-aiq-bridge=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax; Secure");
        assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
        assertThat(other.get("/").status()).isEqualTo(200);
    }

    @Test
    void a_form_without_this_sessions_token_changes_nothing() {
        for (String body : List.of("", "csrf=", "csrf=" + "0".repeat(64))) {
            assertThat(visitor.send(
                                    "POST",
                                    "/sign-out",
                                    body,
                                    "Origin",
                                    "http://127.0.0.1:" + shop.bridge.port,
                                    "Content-Type",
                                    "application/x-www-form-urlencoded")
                            .status())
                    .isEqualTo(403);
        }
        Visitor other = new Visitor(shop.bridge);
        other.signsIn("admin", Visitor.PASSWORD);
        other.get("/");
        assertThat(visitor.send(
                                "POST",
                                "/sign-out",
                                other.form(),
                                "Origin",
                                "http://127.0.0.1:" + shop.bridge.port,
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .as("another session's token")
                .isEqualTo(403);
        assertThat(signedIn()).isTrue();
    }

    @Test
    void a_form_from_another_site_changes_nothing_even_with_the_token() {
        String form = visitor.form();
        for (String[] headers : List.of(
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Origin", "null"},
                new String[] {"Sec-Fetch-Site", "cross-site"},
                new String[] {"Sec-Fetch-Site", "same-site"},
                new String[] {"Sec-Fetch-Site", "cross-site", "Origin", "http://127.0.0.1:" + shop.bridge.port},
                new String[] {"X-Nothing", "said"})) {
            String[] all = new String[headers.length + 2];
            System.arraycopy(headers, 0, all, 0, headers.length);
            all[headers.length] = "Content-Type";
            all[headers.length + 1] = "application/x-www-form-urlencoded";
            assertThat(visitor.send("POST", "/sign-out", form, all).status())
                    .as(String.join(" ", headers))
                    .isEqualTo(403);
        }
        assertThat(new Visitor(shop.bridge)
                        .send(
                                "POST",
                                "/sign-in",
                                "user=admin&password=x",
                                "Origin",
                                "https://evil.example",
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .as("signing in from elsewhere")
                .isEqualTo(403);
        assertThat(signedIn()).isTrue();
    }

    @Test
    void files_are_a_list_not_a_folder() {
        assertThat(visitor.get("/files/page.css").header("Content-Type")).startsWith("text/css");
        for (String path : List.of(
                "/files/../config/application.properties",
                "/files/..%2f..%2fconfig%2fapplication.properties",
                "/files/%2e%2e/data/secrets.key",
                "/files/page.css%00.svg",
                "/files/..%2flog4j2.xml",
                "/files/%2e%2e%2flog4j2.xml",
                "/files//etc/passwd",
                "/files/page.css/../../log4j2.xml",
                "/files/")) {
            Visitor.Answer answer = visitor.get(path);
            assertThat(answer.status()).as(path).isBetween(400, 499);
            assertThat(answer.body()).doesNotContain("aiq.base-url", "root:", "primaryKeyId", "<Configuration");
        }
    }

    @Test
    void what_cannot_be_read_is_said_plainly() {
        assertThat(visitor.send(
                                "POST",
                                "/confirm",
                                "{}",
                                "Origin",
                                "http://127.0.0.1:" + shop.bridge.port,
                                "Content-Type",
                                "application/json")
                        .status())
                .isEqualTo(415);
        assertThat(visitor.post("/confirm", "password", "x".repeat(70_000)).status())
                .isEqualTo(413);
        assertThat(visitor.send(
                                "POST",
                                "/confirm",
                                "password=%zz",
                                "Origin",
                                "http://127.0.0.1:" + shop.bridge.port,
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(400);
        assertThat(visitor.send(
                                "POST",
                                "/confirm",
                                "password=%00",
                                "Origin",
                                "http://127.0.0.1:" + shop.bridge.port,
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(400);
        assertThat(visitor.get("/confirm?then=%ff%fe").status()).isEqualTo(400);
        assertThat(visitor.send("DELETE", "/", null).status()).isEqualTo(405);
    }

    @Test
    void our_own_failure_says_no_more_than_that() {
        shop.bridge.rows.execute("alter table page_session rename to page_session_away");
        Visitor.Answer answer = visitor.get("/");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .contains("cannot do this right now")
                .doesNotContain("page_session", "Exception", "SQL");
        assertThat(visitor.get("/files/page.css").status()).isEqualTo(200);
    }
}
