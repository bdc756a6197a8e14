package aiqbridge.aiq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only AIQ's own host is called, whatever AIQ's answer says; routes/redemption/README.md section 2.2. */
class RedemptionUrlTest {
    private static final URI BASE = URI.create("https://lab.alpineiq.com");
    private static final String FORM = "/api/v1.1/discount/redeem/{uid}/";
    private static final String GOOD = "https://lab.alpineiq.com/api/v1.1/discount/redeem/1001/abc-DEF_123";

    private static RedemptionUrl parse(String url) {
        return RedemptionUrl.parse(url, BASE, FORM, "1001");
    }

    @Test
    void aiqs_own_url_passes_byte_for_byte() {
        assertThat(parse(GOOD).path(null)).isEqualTo("/api/v1.1/discount/redeem/1001/abc-DEF_123");
        assertThat(parse(GOOD + "%20x").path(null)).endsWith("/abc-DEF_123%20x");
        for (String token : List.of("/b.c~d", "/b..c", "/b=", "/b+c,d@e:f!$&'()*", "%2e", "%7Ex", "/")) {
            assertThat(parse(GOOD + token).path(null)).endsWith("/abc-DEF_123" + token);
        }
        assertThat(parse("https://LAB.alpineiq.com:443/api/v1.1/discount/redeem/1001/t")
                        .path("7"))
                .isEqualTo("/api/v1.1/discount/redeem/1001/t/7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "/api/v1.1/discount/redeem/1001/t",
                "//lab.alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "http://lab.alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "ftp://lab.alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "jar:https://lab.alpineiq.com!/x",
                "mailto:a@lab.alpineiq.com",
                "https://lab.alpineiq.com.evil.example/api/v1.1/discount/redeem/1001/t",
                "https://evil.example/api/v1.1/discount/redeem/1001/t",
                "https://evil-lab.alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "https://alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "https://lab.alpineiq.com./api/v1.1/discount/redeem/1001/t",
                "https://lab。alpineiq。com/api/v1.1/discount/redeem/1001/t",
                "https://lab.alpineiq.com:8443/api/v1.1/discount/redeem/1001/t",
                "https://lab.alpineiq.com:80/api/v1.1/discount/redeem/1001/t",
                "https://lab.alpineiq.com:0/api/v1.1/discount/redeem/1001/t",
                "https://user@lab.alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "https://user:pw@lab.alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "https://lab.alpineiq.com@evil.example/api/v1.1/discount/redeem/1001/t",
                "https://lab.alpineiq.com:443@evil.example/api/v1.1/discount/redeem/1001/t",
                "https://@lab.alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "https://evil.example#@lab.alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "https://evil.example\\@lab.alpineiq.com/api/v1.1/discount/redeem/1001/t",
                "https://lab.alpineiq.com\\.evil.example/api/v1.1/discount/redeem/1001/t",
                "https:\\\\lab.alpineiq.com\\api",
                GOOD + "?x=1",
                GOOD + "?",
                GOOD + "#f",
                GOOD + "#",
                GOOD + "/..",
                GOOD + "/../x",
                GOOD + "/./x",
                GOOD + "/%2e%2e/x",
                GOOD + "/%2E%2e",
                GOOD + "/.%2e/x",
                GOOD + "/%2e",
                GOOD + "%2fx",
                GOOD + "%2Fx",
                GOOD + "%5cx",
                GOOD + "%00",
                GOOD + "%252e",
                GOOD + "%25",
                GOOD + " x",
                GOOD + "\tx",
                GOOD + "\r\nHost: evil.example",
                GOOD + "\u0000",
                GOOD + "é",
                GOOD + "%zz",
                GOOD + "%",
                GOOD + "/..;/x",
                GOOD + "/..;a=b/x",
                GOOD + "/.;/x",
                GOOD + ";jsessionid=1",
                GOOD + "/..%3b/x",
                GOOD + "/%2e%2e%3B/x",
                GOOD + "%0d%0aHost:evil.example",
                GOOD + "%0D%0A",
                GOOD + "%0a",
                GOOD + "%09",
                GOOD + "%1b",
                GOOD + "%7f",
                GOOD + "/%c0%ae%c0%ae/x",
                GOOD + "/%C0%AE./x",
                GOOD + "%c0%afx",
                GOOD + "%e0%80%afx",
                GOOD + "%f0%80%80%afx",
                GOOD + "/%ef%bc%8e%ef%bc%8e/x",
                GOOD + "%80",
                GOOD + "%ff",
                GOOD + "%u002e",
                GOOD + "%3fx=1",
                GOOD + "%23x",
                GOOD + "/..%20/x",
                GOOD + "/%20../x",
                GOOD + "/.../x",
                GOOD + "/..../x",
                GOOD + "/%20/x",
                GOOD + "//x",
                GOOD + "/x//",
                "https://lab.alpineiq.com/api/v1.1/discount/redeem/%31001/t",
                "https://lab.alpineiq.com/api/v1.1/discount/redeem/1001/..;/1002/t",
                "https://lab.alpineiq.com/api/v1.1/discount/redeem/1001/%2e%2e/1002/t",
                "https://lab.alpineiq.com/api/v1.1/discount/redeem/1001",
                "https://lab.alpineiq.com/api/v1.1/discount/redeem/1001/",
                "https://lab.alpineiq.com/api/v1.1;x/discount/redeem/1001/t",
                "https://lab.alpineiq.com/api/v1.1/discount/redeem/1002/t",
                "https://lab.alpineiq.com/api/v1.1/discount/redeem/10011/t",
                "https://lab.alpineiq.com/api/v1.1/discount/redeem/",
                "https://lab.alpineiq.com/api/v1.1/discount/redeem//1001/t",
                "https://lab.alpineiq.com/api/v1.1/discount/refund/1001/t",
                "https://lab.alpineiq.com/api/v2/wallet",
                "https://lab.alpineiq.com//api/v1.1/discount/redeem/1001/t",
                "https://lab.alpineiq.com",
                "https://lab.alpineiq.com/",
                "https://127.0.0.1/api/v1.1/discount/redeem/1001/t",
                "https://169.254.169.254/api/v1.1/discount/redeem/1001/t",
                "https://[::1]/api/v1.1/discount/redeem/1001/t",
                "https://[::ffff:127.0.0.1]/api/v1.1/discount/redeem/1001/t",
                "https://0x7f000001/api/v1.1/discount/redeem/1001/t",
                "https://2130706433/api/v1.1/discount/redeem/1001/t",
                "https://localhost/api/v1.1/discount/redeem/1001/t",
                "https:///api/v1.1/discount/redeem/1001/t",
                "https:lab.alpineiq.com/api/v1.1/discount/redeem/1001/t"
            })
    void everything_else_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> parse(url))
                .isInstanceOf(RedemptionUrl.Refused.class)
                .message()
                .doesNotContain("/t", "abc-DEF", "pw");
    }

    @Test
    void a_long_one_is_refused() {
        assertThatThrownBy(() -> parse(GOOD + "x".repeat(2_000))).isInstanceOf(RedemptionUrl.Refused.class);
    }

    /** One thousand odd transaction ids, from a fixed seed: each is one path segment that decodes to itself. */
    @Test
    void any_transaction_id_is_one_segment() {
        Random random = new Random(20261124);
        String odd = "/\\.?#%&=+;:@ \u0000\r\n\t\"'<>{}|^`é漢🎁-_~09azAZ";
        int[] signs = odd.codePoints().toArray();
        for (int i = 0; i < 1_000; i++) {
            StringBuilder id = new StringBuilder();
            for (int n = 1 + random.nextInt(40); n > 0; n--) {
                id.appendCodePoint(signs[random.nextInt(signs.length)]);
            }
            String path = parse(GOOD).path(id.toString());
            String segment = path.substring("/api/v1.1/discount/redeem/1001/abc-DEF_123/".length());
            assertThat(segment).matches("[A-Za-z0-9_~%-]+");
            assertThat(java.net.URLDecoder.decode(segment, java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(id.toString());
        }
    }
}
