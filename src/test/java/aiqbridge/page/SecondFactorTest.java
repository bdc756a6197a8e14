package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.KeyRotation;
import aiqbridge.account.Secrets;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A code of somebody's app after the password. */
class SecondFactorTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Visitor visitor;
    private byte[] key;

    @BeforeEach
    void open() {
        shop = new Shop(folder, TestBridge.everyRoute());
        visitor = Visitor.signedIn(shop.bridge);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** What the app shows now. */
    private String code() {
        return Totp.code(key, shop.clock.millis() / 30_000);
    }

    static byte[] typed(String base32) {
        byte[] bytes = new byte[base32.length() * 5 / 8];
        int bits = 0, held = 0, at = 0;
        for (char letter : base32.toCharArray()) {
            held = held << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
            bits += 5;
            if (bits >= 8) {
                bytes[at++] = (byte) (held >> (bits -= 8));
            }
        }
        return bytes;
    }

    private static String found(String pattern, String html) {
        Matcher found = Pattern.compile(pattern).matcher(html);
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    /** The app is set up; the recovery codes. */
    private List<String> setUp(Visitor visitor) {
        key = typed(found(
                        "<p class=\"mono\">([A-Z2-7 ]+)</p>",
                        visitor.get("/second-factor").body())
                .replace(" ", ""));
        return recoveryCodes(visitor.post("/second-factor", "do", "set", "password", Visitor.PASSWORD, "code", code()));
    }

    private static List<String> recoveryCodes(Visitor.Answer answer) {
        return Pattern.compile("<li class=\"mono\">([A-Z0-9-]+)</li>")
                .matcher(answer.body())
                .results()
                .map(r -> r.group(1))
                .toList();
    }

    private Visitor withPassword() {
        Visitor other = new Visitor(shop.bridge);
        assertThat(other.signsIn("admin", Visitor.PASSWORD).location()).startsWith("/sign-in/code");
        assertThat(other.get("/sign-in/code").body()).contains("Code of your authenticator app");
        return other;
    }

    private Visitor.Answer enters(Visitor who, String code) {
        return who.post("/sign-in/code", "code", code);
    }

    @Test
    void who_has_set_it_up_signs_in_with_password_and_code() {
        Visitor elsewhere = new Visitor(shop.bridge);
        elsewhere.signsIn("admin", Visitor.PASSWORD);
        assertThat(setUp(visitor)).hasSize(10).doesNotHaveDuplicates();
        assertThat(elsewhere.get("/").location())
                .as("signed in before by password alone")
                .startsWith("/sign-in");
        assertThat(visitor.get("/you").body()).contains("Set up");
        shop.passes(Duration.ofSeconds(30));
        Visitor other = withPassword();
        for (String page : List.of("/", "/activity", "/accounts", "/password", "/you", "/second-factor", "/confirm")) {
            assertThat(other.get(page).location()).as(page).isEqualTo("/sign-in/code");
        }
        assertThat(other.post("/password", "present", Visitor.PASSWORD, "password", "x", "again", "x")
                        .location())
                .isEqualTo("/sign-in/code");
        assertThat(other.get("/sign-in/code").body()).doesNotContain("href=\"/accounts\"", "Activity");
        String before = other.cookie();
        assertThat(enters(other, code()).location()).isEqualTo("/");
        assertThat(other.cookie()).as("a session that was half").isNotEqualTo(before);
        assertThat(other.get("/").status()).isEqualTo(200);
        assertThat(shop.bridge.rows.queryForList("select note from audit where action = 'page-sign-in'", String.class))
                .contains("from 127.0.0.1, with a second factor");
    }

    @Test
    void no_code_counts_twice_or_too_late_and_a_code_of_setting_up_is_used() {
        setUp(visitor);
        Visitor first = withPassword();
        assertThat(enters(first, code()).body()).contains("wrong or was used already");
        shop.passes(Duration.ofSeconds(30));
        String code = code();
        assertThat(enters(first, code).location()).isEqualTo("/");
        Visitor second = withPassword();
        assertThat(enters(second, code).status()).isEqualTo(422);
        shop.passes(Duration.ofMinutes(5));
        String old = code();
        shop.passes(Duration.ofMinutes(5));
        assertThat(enters(second, old).status()).isEqualTo(422);
        assertThat(second.get("/").location()).isEqualTo("/sign-in/code");
    }

    @Test
    void codes_cannot_be_tried_without_end() {
        setUp(visitor);
        shop.passes(Duration.ofMinutes(16));
        Visitor thief = withPassword();
        int tried = 0;
        while (enters(thief, String.format("%06d", tried)).status() == 422) {
            tried++;
        }
        assertThat(tried).isEqualTo(4);
        assertThat(enters(thief, code()).status())
                .as("even the right one waits")
                .isEqualTo(429);
        shop.passes(Duration.ofMinutes(16));
        assertThat(enters(withPassword(), code()).location()).isEqualTo("/");
    }

    @Test
    void a_recovery_code_lets_in_once_and_new_ones_end_the_older() {
        List<String> codes = setUp(visitor);
        assertThat(enters(withPassword(), codes.get(0).toLowerCase().replace("-", " "))
                        .location())
                .isEqualTo("/");
        assertThat(enters(withPassword(), codes.get(0)).status()).isEqualTo(422);
        assertThat(visitor.get("/second-factor").body()).contains("9 recovery codes are left");
        shop.passes(Duration.ofSeconds(30));
        List<String> renewed = recoveryCodes(
                visitor.post("/second-factor", "do", "codes", "password", Visitor.PASSWORD, "code", code()));
        assertThat(renewed).hasSize(10).doesNotContainAnyElementsOf(codes);
        shop.passes(Duration.ofMinutes(16));
        assertThat(enters(withPassword(), codes.get(1)).status()).isEqualTo(422);
        assertThat(enters(withPassword(), renewed.get(1)).location()).isEqualTo("/");
    }

    @Test
    void setting_it_up_and_ending_it_need_the_password_and_a_code() {
        assertThat(visitor.post("/second-factor", "do", "set", "password", "guess", "code", "123456")
                        .body())
                .contains("Your password is wrong");
        visitor.get("/second-factor");
        assertThat(visitor.post("/second-factor", "do", "set", "password", Visitor.PASSWORD, "code", "123456")
                        .body())
                .contains("This code is wrong");
        setUp(visitor);
        shop.passes(Duration.ofMinutes(16));
        visitor = withPassword();
        enters(visitor, code());
        visitor.get("/second-factor");
        shop.passes(Duration.ofSeconds(30));
        assertThat(visitor.post("/second-factor", "do", "end", "password", "guess", "code", code())
                        .status())
                .isEqualTo(422);
        assertThat(visitor.post("/second-factor", "do", "end", "password", Visitor.PASSWORD, "code", "000000")
                        .status())
                .isEqualTo(422);
        assertThat(new Visitor(shop.bridge).signsIn("admin", Visitor.PASSWORD).location())
                .isEqualTo("/sign-in/code");
        assertThat(visitor.post("/second-factor", "do", "end", "password", Visitor.PASSWORD, "code", code())
                        .location())
                .isEqualTo("/you");
        assertThat(new Visitor(shop.bridge).signsIn("admin", Visitor.PASSWORD).location())
                .isEqualTo("/");
    }

    @Test
    void a_one_time_code_for_a_new_password_does_not_pass_the_second_factor_unless_it_is_reset_too() {
        setUp(visitor);
        PageUsers users = shop.bridge.bridge().pageUsers();
        Visitor thief = new Visitor(shop.bridge);
        assertThat(thief.setsPassword(users.reset("admin", false).orElseThrow()).location())
                .isEqualTo("/sign-in/code");
        assertThat(thief.get("/").location()).isEqualTo("/sign-in/code");
        assertThat(new Visitor(shop.bridge)
                        .setsPassword(users.reset("admin", true).orElseThrow())
                        .location())
                .isEqualTo("/");
    }

    @Test
    void who_has_to_have_one_sets_it_up_before_anything_else() {
        Visitor.signedIn(shop.bridge, "vera", Role.VIEWER);
        shop.restart(List.of("page.second-factor", "owners"));
        visitor.movesTo(shop.bridge);
        for (String page : List.of("/", "/accounts", "/password", "/you")) {
            assertThat(visitor.get(page).location()).as(page).isEqualTo("/second-factor");
        }
        assertThat(visitor.get("/second-factor").body()).contains("Your role needs a second factor");
        setUp(visitor);
        assertThat(visitor.get("/accounts").status()).isEqualTo(200);
        Visitor viewer = new Visitor(shop.bridge);
        viewer.signsIn("vera", Visitor.PASSWORD);
        assertThat(viewer.get("/").status()).isEqualTo(200);
        shop.restart(List.of("page.second-factor", "everyone"));
        viewer.movesTo(shop.bridge);
        assertThat(viewer.get("/").location()).isEqualTo("/second-factor");
    }

    @Test
    void the_key_is_sealed_and_rotated_and_no_code_is_kept_in_clear() throws Exception {
        List<String> codes = setUp(visitor);
        String base32 = Totp.base32(key);
        for (String table : List.of("page_factor", "page_recovery_code", "audit")) {
            assertThat(shop.bridge.rows.queryForList("select * from " + table).toString())
                    .as(table)
                    .doesNotContain(base32, codes.get(0), codes.get(0).replace("-", ""));
        }
        String sealed = shop.bridge.rows.queryForObject("select sealed from page_factor", String.class);
        new KeyRotation(shop.bridge.bridge().store().source(), Secrets.at(folder.resolve("secrets.key")), shop.clock)
                .run("operator", Duration.ZERO);
        assertThat(shop.bridge.rows.queryForObject("select sealed from page_factor", String.class))
                .isNotEqualTo(sealed);
        shop.passes(Duration.ofSeconds(30));
        assertThat(enters(withPassword(), code()).location()).isEqualTo("/");
    }

    @Test
    void the_qr_code_is_what_an_app_reads() throws ReaderException {
        String html = visitor.get("/second-factor").body();
        int side = Integer.parseInt(found("viewBox=\"0 0 ([0-9]+) ", html)), scale = 4;
        int[] pixels = new int[side * scale * side * scale];
        Arrays.fill(pixels, 0xffffff);
        Matcher module = Pattern.compile("M([0-9]+),([0-9]+)h1v1h-1z").matcher(found("<path d=\"([^\"]+)\"", html));
        while (module.find()) {
            for (int y = 0; y < scale; y++) {
                int row = (Integer.parseInt(module.group(2)) * scale + y) * side * scale;
                int from = row + Integer.parseInt(module.group(1)) * scale;
                Arrays.fill(pixels, from, from + scale, 0);
            }
        }
        String read = new QRCodeReader()
                .decode(new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(side * scale, side * scale, pixels))))
                .getText();
        String shown = found("<p class=\"mono\">([A-Z2-7 ]+)</p>", html).replace(" ", "");
        assertThat(read).isEqualTo("otpauth://totp/AIQ%20Bridge:admin?secret=" + shown + "&issuer=AIQ%20Bridge");
    }
}
