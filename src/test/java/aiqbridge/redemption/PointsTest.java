package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.wallet.Points;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointsTest {
    @ParameterizedTest
    @CsvSource({"100.000, 100", "1E+2, 100", "0.000, 0", "12.500, 12.5", "-250.000, -250", "0.125, 0.125"})
    void are_written_as_a_person_writes_them(BigDecimal stored, String written) {
        assertThat(Points.of(stored)).hasToString(written);
        assertThat(Points.of(stored.toString())).hasToString(written);
    }
}
