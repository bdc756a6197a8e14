package aiqbridge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a till's tables: what cannot be read is listed, and what can is heard all the same. */
class TillsFuzzTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(7_200)
    void no_row_keeps_another_from_being_heard() {
        int inputs = Fuzz.inputs(400);
        try (Shop shop = new Shop(folder)) {
            shop.poll();
            for (int n = 0; n < inputs; n += 40) {
                for (int i = n; i < Math.min(inputs, n + 40); i++) {
                    row(shop, new Fuzz(Fuzz.SEED + i));
                }
                shop.rings("good-" + n, "5555550100", 42.5);
                shop.poll();
                assertThat(shop.bridge.rows.queryForList(
                                "select last_error from pos_poll where last_error is not null"))
                        .as("up to fuzz.seed " + (Fuzz.SEED + n + 39))
                        .isEmpty();
                assertThat(shop.bridge.rows.queryForObject(
                                "select count(*) from pos_transaction where transaction_id = ?",
                                Integer.class,
                                "good-" + n))
                        .as("up to fuzz.seed " + (Fuzz.SEED + n + 39))
                        .isEqualTo(1);
                shop.passes(java.time.Duration.ofMinutes(1));
            }
            System.out.println("fuzz.seed " + Fuzz.SEED + ", " + inputs + " rows: heard "
                    + shop.bridge.rows.queryForObject("select count(*) from pos_transaction", Integer.class)
                    + ", unread "
                    + shop.bridge.rows.queryForObject("select count(*) from pos_unread", Integer.class));
        }
    }

    private static void row(Shop shop, Fuzz fuzz) {
        Object id = fuzz.chance(60) ? "f-" + fuzz.seed : value(fuzz);
        if (fuzz.chance(75)) {
            shop.till.update(
                    "insert or ignore into sale (id, at, total, phone, state, note, discount_ids) values (?, ?, ?, ?, 'done', ?, ?)",
                    id,
                    fuzz.chance(70) ? shop.wallClock() : value(fuzz),
                    fuzz.chance(50) ? 42.5 : value(fuzz),
                    value(fuzz),
                    value(fuzz),
                    value(fuzz));
        } else {
            shop.till.update(
                    "insert or ignore into taking_back (id, of, kind, at, amount) values (?, ?, ?, ?, ?)",
                    id,
                    fuzz.chance(50) ? "good-0" : value(fuzz),
                    fuzz.one(List.of("void", "return", "deleted")),
                    fuzz.chance(70) ? shop.wallClock() : value(fuzz),
                    fuzz.chance(50) ? 1 : value(fuzz));
        }
    }

    /** Of any of the database's types, whatever the column is. */
    private static Object value(Fuzz fuzz) {
        return switch (fuzz.below(6)) {
            case 0 -> null;
            case 1 -> fuzz.random.nextLong() >> fuzz.below(63);
            case 2 -> fuzz.random.nextGaussian() * Math.pow(10, fuzz.below(300));
            case 3 -> fuzz.text().getBytes(StandardCharsets.UTF_16);
            case 4 -> fuzz.number();
            default -> fuzz.text();
        };
    }
}
