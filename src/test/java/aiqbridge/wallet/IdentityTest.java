package aiqbridge.wallet;

import static org.assertj.core.api.Assertions.assertThat;

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
}
