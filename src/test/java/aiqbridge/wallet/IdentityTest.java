package aiqbridge.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
    @ParameterizedTest
    @CsvSource({
        "(303) 555-0123,+13035550123",
        "303-555-0123 ext. 7,+13035550123",
        "+44 20 7946 0018,+442079460018",
        "555-0123,",
        "1000123,",
        "12,",
        "nobody,"
    })
    void a_phone_is_written_one_way_and_one_without_its_area_code_is_none(String written, String phone) {
        assertThat(Identity.phone(written, "US").orElse(null)).isEqualTo(phone);
    }

    @ParameterizedTest
    @CsvSource({
        "0013035550142,US",
        "001 303 555 0142,US",
        "+001 (303) 555-0142,US",
        "00 1 303.555.0142,CA",
        "011 1 303 555 0142,US",
        "13035550142,US",
        "1-303-555-0142,US",
        "+1 (303) 555-0142,GB",
        "001 303 555 0142,GB",
        "303/555-0142,US",
        "303-555-0142x12,US",
        "303-555-0142 ext. 12,US",
        "303-555-0142 Ext 12,US",
        "303-555-0142 extension: 12,US",
        "303-555-0142 #12,US",
        "+1-303-555-0142;ext=12,US",
        "tel:+1-303-555-0142,US",
        "Cell: 303 555 0142,US",
        "(303) 555–0142,US",
        "\u202a+1 303-555-0142\u202c,US",
        "\u00a0303\u00a0555\u00a00142\u00a0,US",
        "３０３５５５０１４２,US"
    })
    void a_field_that_is_one_number_is_that_number(String written, String country) {
        assertThat(Identity.phone(written.translateEscapes(), country)).contains("+13035550142");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "303 555 0142 or 0143 | US",
                "303 555 0142 / 0143 | US",
                "303 555 0142 / 303 555 0143 | US",
                "303 555 0142/43 | US",
                "303 555 0142, 5550143 | US",
                "303 555 0142, 43 | US",
                "303 555 0142; 0143 | US",
                "303 555 0142 & 0143 | US",
                "303 555 0142 ~ 0143 | US",
                "303 555 0142 x3035550143 | US",
                "303 555 0142 ext 12 or 303 555 0143 | US",
                "+1 303 555 0142 +1 303 555 0143 | US",
                "303 555 0142 303 555 0143 | US",
                "555 0142 or 0143 | US",
                "089 1234567 / 68 | DE",
                "089 1234567 oder 089 1234568 | DE",
                "01632 960123 / 960124 | GB",
                "303 555 CALL | US",
                "not 303 555 0142 | US",
                "00 0142 | US",
                "000 | GB"
            })
    void a_field_that_may_be_two_numbers_or_something_else_is_none(String written, String country) {
        assertThat(Identity.phone(written, country)).isEmpty();
    }

    /** A till's row may hold them, and PostgreSQL takes no half characters. */
    @Test
    void an_email_has_no_control_or_broken_characters() {
        for (String odd : new String[] {"\u0000", "\u0007", "\u007f", "\u0085", "\ud800", "\ufffd"}) {
            assertThat(Identity.email("ada" + odd + "@example.com")).isEmpty();
            assertThat(Identity.email("ada@exa" + odd + "mple.com")).isEmpty();
            assertThat(Identity.email("ada@example.co" + odd + "m")).isEmpty();
        }
        assertThat(Identity.email("zoë@example.com")).contains("zoë@example.com");
        assertThat(Identity.email("z\ud83d\ude00@example.com")).isPresent();
    }
}
