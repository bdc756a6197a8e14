package aiqbridge.operator;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does about the inbox. */
class InboxTest {
    @Test
    void a_range_is_worked_on_again_and_nothing_else(@TempDir Path folder) {
        Shop.storefront(folder, "web", "kind = shopify\n");
        try (Shop shop = new Shop(folder)) {
            Instant begin = shop.clock.instant();
            int number = 0;
            for (String status : List.of("DONE", "IGNORED", "PARKED", "HEARD", "DONE")) {
                long at = begin.plus(Duration.ofHours(number)).toEpochMilli();
                for (String connection : List.of("web", "other")) {
                    shop.bridge.rows.update(
                            "insert into inbox (connection, delivery_key, source, body, received_at, status, attempts, next_attempt_at, last_error, updated_at) values (?, ?, 'webhook', '{}', ?, ?, 3, 7, 'x', 1)",
                            connection,
                            "k" + number,
                            at,
                            status);
                }
                number++;
            }
            Inbox inbox = new Inbox(shop.bridge.bridge().store().source(), shop.clock);
            assertThat(inbox.replay("web", begin, begin.plus(Duration.ofHours(4))))
                    .isEqualTo(3);
            assertThat(shop.bridge.rows.queryForList(
                            "select status || attempts || coalesce(last_error, '-') from inbox where connection = 'web' order by delivery_key",
                            String.class))
                    .containsExactly("HEARD0-", "HEARD0-", "HEARD0-", "HEARD3x", "DONE3x");
            assertThat(shop.bridge.rows.queryForObject(
                            "select min(next_attempt_at) from inbox where connection = 'web' and attempts = 0",
                            Long.class))
                    .isEqualTo(shop.clock.millis());
            assertThat(shop.bridge.rows.queryForObject(
                            "select count(*) from inbox where connection = 'other' and attempts = 3", Integer.class))
                    .isEqualTo(5);
            assertThat(inbox.summary()).hasSize(6).anySatisfy(row -> assertThat(row)
                    .containsEntry("connection", "web")
                    .containsEntry("status", "HEARD")
                    .containsEntry("deliveries", 4));
            assertThat(inbox.replay("web", begin.plus(Duration.ofHours(5)), begin.plus(Duration.ofHours(9))))
                    .isZero();
        }
    }
}
