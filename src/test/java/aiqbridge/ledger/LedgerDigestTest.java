package aiqbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Sha256;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A digest is compared with those that were given away years ago: what it is made of never changes. */
class LedgerDigestTest {
    @Test
    void an_entry_says_its_values_in_this_order_with_their_lengths() {
        LedgerEntry entry = new LedgerEntry(
                7,
                "green-leaf",
                "r-1",
                "REDEEMED",
                "till",
                "main",
                null,
                "c-1",
                "five-off",
                "$5 off",
                new BigDecimal("100.000"),
                12.5,
                1_780_336_800_000L,
                "2026-06-01",
                "a-1",
                "");
        assertThat(LedgerDigest.ofEntry(entry))
                .isEqualTo(
                        Sha256.hex(
                                "10:green-leaf;3:r-1;8:REDEEMED;4:till;4:main;-;3:c-1;8:five-off;6:$5 off;3:100;4:12.5;13:1780336800000;10:2026-06-01;3:a-1;0:;"));
    }

    @Test
    void a_day_says_its_totals_and_then_the_number_and_digest_of_each_entry() {
        LedgerDay day = new LedgerDay(
                "green-leaf",
                3,
                "2026-06-01",
                2,
                new BigDecimal("110.500"),
                BigDecimal.ZERO,
                new BigDecimal("5.000"),
                1,
                "before",
                1_780_509_600_000L,
                null);
        assertThat(LedgerDigest.ofDay(
                        day,
                        List.of(
                                new LedgerSeal(7, "green-leaf", "2026-06-01", "one"),
                                new LedgerSeal(12, "green-leaf", "2026-06-01", "two"))))
                .isEqualTo(
                        Sha256.hex(
                                "10:green-leaf;1:3;10:2026-06-01;1:2;5:110.5;1:0;1:5;1:1;6:before;13:1780509600000;1:7;3:one;2:12;3:two;"));
    }
}
