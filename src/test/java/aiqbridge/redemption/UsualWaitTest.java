package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is longer than usual. */
class UsualWaitTest {
    @Test
    void three_times_what_nineteen_of_twenty_took() {
        assertThat(UsualWait.longer(LongStream.rangeClosed(1, 20).boxed())).isEqualTo(3 * 19);
        assertThat(UsualWait.longer(LongStream.rangeClosed(1, 200).boxed().sorted(Collections.reverseOrder())))
                .isEqualTo(3 * 190);
        assertThat(UsualWait.longer(Stream.concat(
                        Stream.generate(() -> 10L).limit(96),
                        Stream.generate(() -> 999_999L).limit(4))))
                .as("a few that an outage held up")
                .isEqualTo(30);
    }

    @Test
    void too_few_say_nothing_nor_what_is_not_known_or_came_before_it_was_asked_for() {
        assertThat(UsualWait.longer(LongStream.rangeClosed(1, 19).boxed())).isZero();
        assertThat(UsualWait.longer(Stream.concat(LongStream.rangeClosed(1, 19).boxed(), Stream.of(null, -5L))))
                .isZero();
    }
}
