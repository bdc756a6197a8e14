package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.redemption.TransactionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A back end that spells its till's transaction ids in its own way. */
class SpellingTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
        shop.poll();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private String sale(String redemption) {
        return shop.bridge.rows.queryForObject(
                "select transaction_id from redemption where redemption_id = ?", String.class, redemption);
    }

    @ParameterizedTest
    @CsvSource({
        "#77, 77",
        "0077, 77",
        "77, 00077",
        "3F2504E0-4F89-11D3-9A0C-0305E82C3301, 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}, 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "3F2504E04F8911D39A0C0305E82C3301, 3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "1-0005001, 1-5001",
        "01-5001, 1-5001",
        "acc-psinv-2025-00041, ACC-PSINV-2025-00041"
    })
    void the_sale_is_found_and_voided_all_the_same(String asked, String till) {
        String redemption = shop.queued("five-off", asked);
        shop.rings(till, "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(sale(redemption)).isEqualTo(till);
        shop.till.update(
                "insert into taking_back (id, of, kind, at) values ('v', ?, 'void', ?)", till, shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void the_exact_id_counts_first_and_two_others_are_for_a_person() {
        String exact = shop.queued("five-off", "077");
        shop.rings("77", "5555550100", 42.5);
        shop.rings("077", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(sale(exact)).isEqualTo("077");
        shop.passes(Duration.ofSeconds(61));
        String either = shop.queued("welcome", "#88");
        shop.rings("88", "5555550100", 42.5);
        shop.rings("088", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(either)).isEqualTo("PARKED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @Test
    void a_zero_alone_and_what_has_letters_keep_their_zeros() {
        assertThat(TransactionId.spelling("0")).isEqualTo("0");
        assertThat(TransactionId.spelling("000")).isEqualTo("0");
        assertThat(TransactionId.spelling("A007")).isEqualTo("a007");
        assertThat(TransactionId.spelling("A-007")).isEqualTo("a-007");
        assertThat(TransactionId.spelling("1-0-007")).isEqualTo("1-0-7");
    }

    @Test
    void a_completion_call_may_spell_it_differently_from_the_till() {
        shop.queued("five-off", "#77");
        shop.rings("77", "5555550100", 42.5);
        assertThat(shop.post(shop.key, "/api/v1/completions", Map.of("transactionId", "0077", "total", 42.5))
                        .status())
                .isEqualTo(202);
    }
}
