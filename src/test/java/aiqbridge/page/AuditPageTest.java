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

/** Whoever signs in, or is refused at a door, stands in the audit, and an owner reads it. */
class AuditPageTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Visitor owner;

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\nmodel = immediate\npin = not-required\n");
        shop = new Shop(folder, TestBridge.everyRoute());
        owner = Visitor.signedIn(shop.bridge);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private List<String> audit() {
        return shop.bridge.rows.queryForList(
                "select actor || ', ' || action || ', ' || subject || coalesce(', ' || note, '') from audit order by audit_id",
                String.class);
    }

    @Test
    void who_is_refused_at_a_door_is_written_down_and_what_they_typed_is_not() {
        Visitor stranger = new Visitor(shop.bridge);
        for (int i = 0; i < 6; i++) {
            stranger.signsIn("admin", "a-guess-" + i);
        }
        stranger.signsIn("my secret password", "x");
        stranger.setsPassword("AAAAA-BBBBB-CCCCC-DDDDD");
        Visitor viewer = Visitor.signedIn(shop.bridge, "vera", Role.VIEWER);
        viewer.get("/accounts");
        viewer.post("/confirm", "password", "not-hers");
        viewer.send("POST", "/sign-out", viewer.form(), "Origin", "https://evil.example");
        stranger.send("POST", "/sign-in", "user=admin", "Origin", "https://evil.example");
        shop.get("aiqb_0123456789ab_" + "0".repeat(64), "/api/v1/consent-text");
        shop.get(shop.key.replaceFirst("_[0-9a-f]{64}$", "_" + "0".repeat(64)), "/api/v1/consent-text");
        shop.get(null, "/api/v1/consent-text");
        shop.secret("web", "webhook", "a-secret-of-the-shop-1234567890");
        shop.send(null, "POST", "/webhooks/generic/web", "{}");
        for (int i = 0; i < 40; i++) {
            shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "5555550100"));
        }
        assertThat(audit())
                .contains(
                        "admin, page-sign-in, admin, from 127.0.0.1",
                        "somebody at 127.0.0.1, page-sign-in-refused, admin",
                        "somebody at 127.0.0.1, page-sign-in-refused, unknown user",
                        "somebody at 127.0.0.1, page-sign-in-limited, admin",
                        "somebody at 127.0.0.1, page-code-refused, unknown code",
                        "vera, page-role-refused, GET /accounts",
                        "vera, page-confirm-refused, vera",
                        "vera, page-form-refused, page-sign-out",
                        "somebody at 127.0.0.1, page-form-refused, page-sign-in-try",
                        "somebody at 127.0.0.1, api-key-refused, unknown key",
                        "somebody at 127.0.0.1, api-key-refused, till",
                        "somebody at 127.0.0.1, api-key-refused, no key",
                        "somebody at 127.0.0.1, webhook-refused, web",
                        "till, api-limited, too-many")
                .doesNotHaveDuplicates();
        shop.passes(Duration.ofHours(1));
        shop.bridge.run("health-watch");
        assertThat(audit())
                .anyMatch(line -> line.startsWith("somebody at 127.0.0.1, page-sign-in-refused, admin, 4 more until "))
                .noneMatch(line -> line.contains("guess")
                        || line.contains("secret")
                        || line.contains("AAAAA")
                        || line.contains("5550100")
                        || line.contains("0123456789ab"));
    }

    @Test
    void an_owner_reads_it_by_filter_page_by_page_and_as_a_sheet() {
        Visitor viewer = Visitor.signedIn(shop.bridge, "vera", Role.VIEWER);
        viewer.get("/accounts");
        for (int i = 0; i < 60; i++) {
            shop.bridge.rows.update(
                    "insert into audit (happened_at, actor, action, subject, note) values (?, 'kim', 'till-live', ?, '=1+1')",
                    shop.clock.millis() - Duration.ofDays(3).toMillis() - i,
                    "till-" + i);
        }
        assertThat(owner.get("/audit").body())
                .contains("page role refused", "GET /accounts", "till-live", "till-0<", "Older ones");
        String filtered = owner.get("/audit?who=kim&what=till-live").body();
        assertThat(filtered).contains("till-0<", "till-49<").doesNotContain("till-50<", "page-sign-in</", "vera");
        String next = filtered.replaceFirst("(?s).*href=\"(/audit\\?[^\"]*after=[^\"]*)\".*", "$1")
                .replace("&amp;", "&");
        assertThat(owner.get(next).body()).contains("till-50<", "till-59<").doesNotContain("till-49<", "Older ones");
        assertThat(owner.get("/audit?subject=till-7").body())
                .contains("till-7<")
                .doesNotContain("till-8<");
        String today = shop.clock.instant().atZone(Shop.ZONE).toLocalDate().toString();
        assertThat(owner.get("/audit?since=" + today).body()).contains("vera").doesNotContain("till-0<");
        assertThat(owner.get("/audit?until="
                                + shop.clock
                                        .instant()
                                        .minus(Duration.ofDays(1))
                                        .atZone(Shop.ZONE)
                                        .toLocalDate())
                        .body())
                .contains("till-0<")
                .doesNotContain("vera");
        assertThat(owner.get("/audit?since=yesterday").status()).isEqualTo(422);
        assertThat(owner.get("/audit?after=1;drop").status()).isEqualTo(404);
        Visitor.Answer sheet = owner.get("/audit.csv?who=kim");
        assertThat(sheet.header("Content-Disposition")).contains("audit.csv");
        assertThat(sheet.body().lines()).hasSize(61);
        assertThat(sheet.body()).contains("kim,till-live,till-59,'=1+1").doesNotContain("vera");
        assertThat(viewer.get("/audit").status()).isEqualTo(403);
    }
}
