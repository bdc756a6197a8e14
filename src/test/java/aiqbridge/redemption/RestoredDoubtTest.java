package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restored database knows an old attempt; what the lost days sent is younger, and AIQ's lists and wallet lag as they are assumed to. */
class RestoredDoubtTest {
    private static final String BEFORE =
            "{\"loyaltyPoints\": 1233, \"contactID\": \"c-ada\", \"discountTemplates\": [{\"id\": \"ten-percent\", \"name\": \"x\", \"pointsDeduction\": 250, \"available\": true, \"reusable\": true}]}";

    @TempDir
    Path folder;

    private Shop shop;
    private String redemption;

    @BeforeEach
    void queued() {
        shop = new Shop(folder);
        redemption = shop.queued("ten-percent", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void backUp() {
        shop.restart(() -> copy("bridge.db", "backup.db"));
    }

    private void restore() {
        shop.passes(Duration.ofSeconds(1));
        shop.bridge.run("installation-beat");
        shop.restart(() -> {
            copy("backup.db", "bridge.db");
            folder.resolve("bridge.db-wal").toFile().delete();
        });
    }

    private void copy(String from, String to) {
        try {
            Files.copy(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** AIQ's lists lag 10 minutes, its wallet 2: within the assumptions. */
    private void settlesWhileAiqLags() {
        shop.aiq.set("report-lag-ms", Long.toString(Duration.ofMinutes(10).toMillis()));
        shop.aiq.fault(Map.of(
                "operation",
                "wallet",
                "kind",
                "says-before-effect",
                "status",
                200,
                "body",
                "{\"data\": " + BEFORE + ", \"code\": 200, \"success\": true}",
                "times",
                2));
        shop.bridge.run("redemption-settle");
        shop.passes(Duration.ofSeconds(61));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).as("its effect is a minute old").isEqualTo("UNKNOWN");
    }

    @Test
    void what_was_unclear_in_the_backup_may_have_been_sent_again_since() {
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        shop.passes(Duration.ofMinutes(18));
        shop.bridge.run("redemption-settle");
        assertThat(shop.status(redemption)).isEqualTo("UNKNOWN");
        backUp();
        shop.passes(Duration.ofSeconds(61));
        shop.bridge.run("redemption-settle");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        restore();
        settlesWhileAiqLags();
    }

    @Test
    void an_attempt_that_never_left_before_the_backup_says_nothing_about_later_ones() {
        shop.poll();
        shop.bridge.rows.update("update redemption set fence = 1");
        shop.bridge.rows.update(
                "insert into attempt (subject_id, fence, kind, account_id, node, started_at, ended_at, outcome, wallet_points) values (?, 1, 'REDEEM', 'green-leaf', 'n', ?, ?, 'NOT_SENT', 1233)",
                redemption,
                shop.clock.millis(),
                shop.clock.millis());
        shop.passes(Duration.ofMinutes(30));
        backUp();
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        restore();
        settlesWhileAiqLags();
    }
}
