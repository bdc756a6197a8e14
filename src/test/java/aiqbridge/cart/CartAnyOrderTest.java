package aiqbridge.cart;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a shop says about a shopper's carts and orders, in any order and any number of times: the rows end as they do in order, and as {@link CartModel} says.
 * The seed is printed; {@code -Dcart-any-order.seed=…} repeats it, {@code -Dcart-any-order.stories=…} makes it longer.
 */
class CartAnyOrderTest {
    private static final int STORIES = Integer.getInteger("cart-any-order.stories", 500);
    private static final List<String> WHEN_AND_WHERE = List.of("connection", "created_at", "updated_at");

    @TempDir
    Path folder;

    private final Map<String, Integer> ends = new ConcurrentSkipListMap<>();

    @Test
    @Timeout(1_800)
    void any_permutation_with_repetitions_ends_like_the_events_in_order() throws Exception {
        long seed = Long.getLong("cart-any-order.seed", System.nanoTime());
        System.out.println("CartAnyOrderTest: seed " + seed);
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> halves = List.of(
                    both.submit(() -> stories(seed, 0)),
                    both.submit(() -> stories(
                            seed,
                            1,
                            "store.url",
                            Databases.postgresql(),
                            "store.username",
                            "postgres",
                            "node.name",
                            "bridge-2")));
            for (Future<?> half : halves) {
                half.get();
            }
        } finally {
            both.shutdownNow();
        }
        System.out.println("CartAnyOrderTest: " + STORIES + " stories, ends " + ends);
        assertThat(ends.keySet())
                .as("the stories go everywhere")
                .contains(
                        "cart OPEN",
                        "cart ORDERED",
                        "cart EMPTIED",
                        "order CANCELLED",
                        "order PAID",
                        "withheld",
                        "granted",
                        "unknown",
                        "one word",
                        "two words",
                        "by its shop's link",
                        "by its customer");
    }

    /** Every second story; the story of one number is the same for one seed. */
    private Void stories(long seed, int half, String... store) throws IOException {
        try (Shop shop = new Shop(Files.createDirectory(folder.resolve("shop-" + half)), store)) {
            for (int story = half; story < STORIES; story += 2) {
                new Story(shop, new Random(seed + story), story).happens();
            }
        }
        return null;
    }

    private final class Story {
        private final Shop shop;
        private final Random random;
        private final String connection;
        private final long placed;

        Story(Shop shop, Random random, int number) {
            this.shop = shop;
            this.random = random;
            this.connection = "s" + number;
            this.placed = shop.clock.millis() - Duration.ofDays(2).toMillis();
        }

        void happens() {
            List<Said> events = new ArrayList<>();
            for (int i = 3 + random.nextInt(7); i > 0; i--) {
                events.add(event());
            }
            events.forEach(said -> hear(said.by(connection)));
            List<Said> shuffled = new ArrayList<>(events);
            for (int i = random.nextInt(4); i > 0; i--) {
                shuffled.add(events.get(random.nextInt(events.size())));
            }
            Collections.shuffle(shuffled, random);
            shuffled.forEach(said -> hear(said.by(connection + "-shuffled")));
            CartModel model = new CartModel(
                    events.stream().map(Said::map).toList(), Duration.ofDays(3).toMillis());
            try {
                for (String table : List.of("cart", "shop_order")) {
                    List<Map<String, Object>> expected = table.equals("cart") ? model.carts() : model.orders();
                    assertThat(rows(table, connection, expected))
                            .as(table + ", in order")
                            .isEqualTo(comparable(expected));
                    assertThat(rows(table, connection + "-shuffled", expected))
                            .as(table + ", shuffled")
                            .isEqualTo(comparable(expected));
                }
            } catch (AssertionError e) {
                throw new AssertionError(
                        "story " + connection + "\n in order: " + events + "\n shuffled: " + shuffled + "\n"
                                + e.getMessage(),
                        e);
            }
            model.ends().forEach(end -> ends.merge(end, 1, Integer::sum));
        }

        private void hear(Said said) {
            shop.bridge.run(said.route(), said.event(), Map.of());
        }

        private Said event() {
            int dice = random.nextInt(100);
            if (dice < 50) {
                return who(Said.cart(connection, one("c-1", "c-2"), random.nextInt(5), around()))
                        .items(random.nextInt(4))
                        .with("consent", one("unknown", "unknown", "granted", "withheld"))
                        .with("consent_email", one("unknown", "unknown", "granted", "withheld"))
                        .with("order_id", random.nextInt(25) == 0 ? one("o-1", "o-2") : null)
                        .with("total", random.nextBoolean() ? new BigDecimal("42.125") : null);
            }
            if (dice < 60) {
                return Said.gone(
                        connection,
                        one("cart", "cart", "order"),
                        one("c-1", "o-1"),
                        random.nextInt(3) == 0 ? null : (long) random.nextInt(5));
            }
            if (dice < 64) {
                return Said.converted(connection, one("c-1", "c-2"), random.nextBoolean() ? null : one("o-1", "o-2"));
            }
            return who(Said.order(connection, one("o-1", "o-2"), random.nextInt(5), around()))
                    .with(
                            "status",
                            one("UNPLACED", "OPEN", "PAID", "PAID", "COMPLETED", "CANCELLED", "REFUNDED", "DELETED"))
                    .with("cart_id", random.nextInt(6) == 0 ? one("c-1", "c-2", "c-9") : null)
                    .with("checkout_id", random.nextInt(8) == 0 ? one("c-1", "c-2", "x-9") : null);
        }

        private Said who(Said said) {
            return switch (random.nextInt(6)) {
                case 0 -> said.with("phone", "+15555550100");
                case 1 -> said.with("email", "ada@example.com");
                case 2 -> said.with("phone", "+15555550100").with("email", "ada@example.com");
                case 3 -> said.with("phone", "+15555550101");
                default -> said;
            };
        }

        /** Around the window: some days before to some minutes after. */
        private long around() {
            return placed
                    + (random.nextInt(4) == 0
                            ? -Duration.ofHours(random.nextInt(120)).toMillis()
                            : Duration.ofMinutes(random.nextInt(60) - 30).toMillis());
        }

        private String one(String... of) {
            return of[random.nextInt(of.length)];
        }

        private List<Map<String, Object>> rows(String table, String connection, List<Map<String, Object>> like) {
            List<Map<String, Object>> rows = shop.bridge.rows.queryForList(
                    "select * from " + table + " where connection = ? order by "
                            + (table.equals("cart") ? "cart_id" : "order_id"),
                    connection);
            rows.forEach(row -> row.keySet().removeAll(WHEN_AND_WHERE));
            if (!like.isEmpty() && !rows.isEmpty()) {
                assertThat(like.get(0).keySet())
                        .as("the model knows every column")
                        .containsAll(rows.get(0).keySet());
            }
            return comparable(rows);
        }

        /** Numbers as each database gives them. */
        private List<Map<String, Object>> comparable(List<Map<String, Object>> rows) {
            return rows.stream()
                    .map(row -> {
                        Map<String, Object> plain = new TreeMap<>();
                        row.forEach((key, value) -> plain.put(
                                key,
                                value instanceof Number n
                                        ? new BigDecimal(n.toString())
                                                .stripTrailingZeros()
                                                .toPlainString()
                                        : value));
                        return plain;
                    })
                    .map(row -> (Map<String, Object>) new LinkedHashMap<>(row))
                    .toList();
        }
    }
}
