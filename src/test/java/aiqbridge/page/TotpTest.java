package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, of whose eight digits the last six. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codes_are_those_of_the_standard(long seconds, String code) {
        assertThat(Totp.code(KEY, seconds / 30)).isEqualTo(code);
        assertThat(Totp.step(KEY, code, seconds * 1_000, 0)).hasValue(seconds / 30);
    }

    @Test
    void a_code_counts_half_a_minute_before_and_after_and_never_twice() {
        String code = Totp.code(KEY, 1_000);
        for (long step : new long[] {999, 1_000, 1_001}) {
            assertThat(Totp.step(KEY, code, step * 30_000, 0)).as("at " + step).hasValue(1_000);
        }
        for (long step : new long[] {998, 1_002}) {
            assertThat(Totp.step(KEY, code, step * 30_000, 0)).as("at " + step).isEqualTo(OptionalLong.empty());
        }
        assertThat(Totp.step(KEY, code, 1_000 * 30_000, 1_000)).isEmpty();
        assertThat(Totp.step(KEY, code, 1_000 * 30_000, 999)).hasValue(1_000);
    }

    /** RFC 4648, the examples of its tenth chapter. */
    @ParameterizedTest
    @CsvSource({"fooba, MZXW6YTB", "12345678901234567890, GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"})
    void a_key_is_typed_in_base_32(String key, String typed) {
        assertThat(Totp.base32(key.getBytes(StandardCharsets.US_ASCII))).isEqualTo(typed);
    }
}
