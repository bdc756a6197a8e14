package aiqbridge.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "303 555 0142",
                "0013035550142",
                "001 303 555 0142",
                "0044 20 7946 0142",
                "+1 303 555 0142 x12",
                "303 555 0142 or 0143"
            })
    void a_phone_in_a_text_is_masked_however_it_is_written(String phone) {
        assertThat(Masked.text("called " + phone + " twice").replaceAll("\\D", ""))
                .hasSizeLessThan(9);
    }
}
