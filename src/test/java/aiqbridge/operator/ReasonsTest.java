package aiqbridge.operator;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.TestBridge;
import aiqbridge.operator.WrittenReasons.Written;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever the sources write as a reason, a flag or a wish for a reversal has words for people, and nothing else has. */
class ReasonsTest {
    private static List<Written> written;

    @BeforeAll
    static void read() throws IOException {
        written = WrittenReasons.in(TestBridge.HOME);
    }

    @Test
    void every_reason_has_words_and_says_what_to_do() {
        assertThat(written.stream().filter(one -> one.reason() == null).map(Written::where))
                .as("it is not clear which reason is written: write a text, a constant, or a condition between them")
                .isEmpty();
        assertThat(written.stream()
                        .filter(one -> !Reasons.known().contains(one.reason()))
                        .map(one -> one.where() + " " + one.reason()))
                .as("give it words and an action in operator/Reasons")
                .isEmpty();
        Reasons.known().forEach(reason -> {
            assertThat(Reasons.of(reason).words()).as(reason).matches("(?s)[A-Z].*[.]");
            assertThat(Reasons.of(reason).action()).as(reason).matches("(?s)[A-Z].*[.?]");
        });
    }

    @Test
    void there_are_no_words_for_what_nothing_writes() {
        Set<String> reasons = written.stream().map(Written::reason).collect(Collectors.toSet());
        assertThat(Reasons.known().stream().filter(reason -> !reasons.contains(reason)))
                .as("take it out of operator/Reasons")
                .isEmpty();
    }

    /** From each way in which one is written: so that the reading of the sources is not lost unnoticed. */
    @Test
    void they_are_read_from_statements_the_view_and_what_beans_bind() {
        assertThat(written)
                .extracting(one -> one.where().replaceFirst(":\\d+$", "") + " " + one.reason())
                .contains(
                        "routes/redemption/order/again.sql order-again",
                        "routes/redemption/fulfil/find-sale.sql several-sales",
                        "routes/reversal/hear/redemption-reversal-wanted.sql sale id used again",
                        "routes/reversal/hear/wanted.sql contact-unknown",
                        "routes/redemption/settle/against.sql not sent",
                        "src/main/resources/store/common/V89__needs_look.sql waits-for-evidence",
                        "src/main/resources/store/common/V89__needs_look.sql reversal-not-made",
                        "src/main/java/aiqbridge/redemption/WalletCheck.java price-changed",
                        "src/main/java/aiqbridge/redemption/WalletCheck.java customer-unknown",
                        "src/main/java/aiqbridge/redemption/Evidence.java sent-too-often",
                        "src/main/java/aiqbridge/redemption/Evidence.java taken-twice",
                        "src/main/java/aiqbridge/reversal/ReversalEvidence.java unclear",
                        "src/main/java/aiqbridge/operator/RedemptionDecisions.java not executed");
    }
}
