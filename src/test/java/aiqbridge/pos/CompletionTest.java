package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who says that a sale is completed: the till's database, the till's call, or both. */
class CompletionTest {
    @TempDir
    Path folder;

    private Shop shop;

    private void open(String completion, String... settings) {
        Shop.connection(
                folder,
                "caller",
                "make = view\ncompletion = " + completion + "\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n");
        shop = new Shop(folder, settings);
        shop.moveTo("caller");
    }

    private Shop.Answer completed(String transaction) {
        return shop.post(shop.key, "/api/v1/completions", Map.of("transactionId", transaction, "total", 12.5));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void where_the_call_counts_the_database_does_not() {
        open("call");
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        assertThat(completed("t-1").json().at("/redemptions/0/status").asText()).isEqualTo("DUE");
        assertThat(completed("t-1").status()).isEqualTo(202);
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @Test
    void an_id_that_is_used_again_is_another_sale() {
        open("call");
        shop.queued("five-off", "t-1");
        completed("t-1");
        shop.bridge.run("redemption-execute");
        shop.passes(Duration.ofDays(3));
        String redemption = shop.queued("welcome", "t-1");
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        completed("t-1");
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    @Test
    void a_sale_that_the_database_never_showed_is_not_taken_for_deleted() {
        open("call");
        shop.poll();
        for (int i = 0; i < 4; i++) {
            shop.queued("ten-percent", "t-" + i);
            completed("t-" + i);
            shop.bridge.run("redemption-execute");
            shop.poll();
            shop.passes(Duration.ofMinutes(21));
        }
        assertThat(shop.bridge.rows.queryForList("select distinct status from pos_transaction", String.class))
                .containsExactly("COMPLETED");
        assertThat(shop.bridge.rows.queryForObject("select count(*) from reversal", Integer.class))
                .isZero();
    }

    @Test
    void where_both_count_the_first_does_and_a_void_in_the_database_is_heard() {
        open("both");
        String redemption = shop.queued("five-off", "t-1");
        assertThat(completed("t-1").status()).isEqualTo(202);
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void where_the_database_counts_a_call_asks_it_at_once() {
        open("poll", "clock.auto-startup", "true", "pos.poll-every", "1h", "redemption.execute-every", "200ms");
        String redemption = shop.queued("five-off", "t-1");
        // the clock may have struck before there was an account, and strikes next in an hour: the call asks
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            assertThat(completed("t-1").json().at("/redemptions/0/status").asText())
                    .isEqualTo("QUEUED");
            return shop.bridge.rows.queryForObject(
                            "select count(*) from pos_poll where connection = 'caller' and polled_at is not null",
                            Integer.class)
                    == 1;
        });
        shop.rings("t-1", "5555550100", 42.5);
        assertThat(completed("t-1").status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> shop.status(redemption).equals("EXECUTED"));
    }

    @Test
    void a_call_for_another_sale_location_or_connection_moves_nothing() {
        open("call");
        String redemption = shop.queued("five-off", "t-1");
        assertThat(completed("t-2").status()).isEqualTo(404);
        assertThat(shop.post(shop.otherKey, "/api/v1/completions", Map.of("transactionId", "t-1"))
                        .status())
                .isEqualTo(404);
        assertThat(shop.post(shop.key, "/api/v1/completions", Map.of("transactionId", "t-1", "location", "elsewhere"))
                        .status())
                .isEqualTo(404);
        assertThat(shop.post(shop.key, "/api/v1/completions", Map.of("transactionId", "t-1", "total", -1))
                        .status())
                .isEqualTo(422);
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
    }
}
