package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestoredPaidTest extends AtCheckout {
    @Override
    String model() {
        return "model = paid\n";
    }

    private void copy(String from, String to) {
        try {
            Files.copy(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_had_expired_in_the_backup_and_comes_back_for_its_order_may_have_been_sent_since() {
        String redemption = chooses("ten-percent", "c-1", "k-1").text("redemptionId");
        long paidAt = shop.clock.millis() + Duration.ofHours(1).toMillis();
        later(Duration.ofHours(25));
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        shop.restart(() -> copy("bridge.db", "backup.db"));
        order("o-1", "c-1", "PAID", "changed_at", paidAt);
        later(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        shop.bridge.run("installation-beat");
        shop.restart(() -> {
            copy("backup.db", "bridge.db");
            folder.resolve("bridge.db-wal").toFile().delete();
        });
        order("o-1", "c-1", "PAID", "changed_at", paidAt);
        later(Duration.ofMinutes(1));
        assertThat(shop.aiq.effects("REDEEMED")).as("the shop told it again").hasSize(1);
    }
}
