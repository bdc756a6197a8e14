package aiqbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Back up, redeem ten, restore, start: nothing is sent again, and AIQ's own records bring the ten back. redemption.md section 7. */
class RestoreTest {
    @TempDir Path folder;

    @Test void on_sqlite() {
        Path database = folder.resolve("bridge.db");
        Path backup = folder.resolve("backup.db");
        redeemsTenAndRestores(new Shop(folder), () -> copy(database, backup), () -> {
            copy(backup, database);
            folder.resolve("bridge.db-wal").toFile().delete();
        });
    }

    @Test void on_postgresql() {
        String url = Databases.postgresql();
        String name = url.replaceAll("^.*/(test\\d+).*$", "$1");
        JdbcTemplate server = new JdbcTemplate(new DriverManagerDataSource(url.replace(name, "postgres")));
        redeemsTenAndRestores(new Shop(folder, "store.url", url, "store.username", "postgres"), () -> server.execute("create database " + name + "_backup template " + name), () -> {
            server.execute("drop database " + name);
            server.execute("create database " + name + " template " + name + "_backup");
        });
    }

    private void redeemsTenAndRestores(Shop shop, Runnable backUp, Runnable restore) {
        try (shop) {
            for (int i = 0; i < 10; i++) {
                shop.aiq.discount("1001", "gift-" + i, "10", false);
            }
            String session = shop.adasWallet().text("walletSession");
            List<String> redemptions = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                redemptions.add(shop.queued(session, "gift-" + i, "t-" + i).text("redemptionId"));
            }
            shop.restart(backUp);
            for (int i = 0; i < 10; i++) {
                shop.rings("t-" + i, "5555550100", 20);
            }
            shop.pollAndExecute();
            assertThat(shop.aiq.requests("redeem")).hasSize(10);
            shop.passes(Duration.ofMinutes(1));
            shop.bridge.run("installation-beat");

            shop.restart(restore);
            shop.pollAndExecute();
            assertThat(shop.aiq.requests("redeem")).hasSize(10);
            for (int i = 0; i < 3; i++) {
                shop.passes(Duration.ofMinutes(4));
                shop.bridge.run("redemption-settle");
                shop.pollAndExecute();
            }
            assertThat(shop.aiq.requests("redeem")).hasSize(10);
            assertThat(redemptions).allSatisfy(r -> assertThat(shop.status(r)).isEqualTo("EXECUTED"));
            assertThat(shop.bridge.rows.queryForObject("select sum(points) from ledger", Double.class)).isEqualTo(100);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
