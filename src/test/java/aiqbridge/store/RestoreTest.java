package aiqbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Back up, redeem ten, restore, start: nothing is sent again, and AIQ's own records bring the ten back. routes/redemption/README.md section 7. */
class RestoreTest {
    @TempDir
    Path folder;

    @Test
    void on_sqlite() {
        onSqlite(this::redeemsTenAndRestores);
    }

    @Test
    void on_postgresql() {
        onPostgresql(this::redeemsTenAndRestores);
    }

    @Test
    void nothing_closed_is_sent_or_taken_back_again_on_sqlite() {
        onSqlite(this::closedAndRestored);
    }

    @Test
    void nothing_closed_is_sent_or_taken_back_again_on_postgresql() {
        onPostgresql(this::closedAndRestored);
    }

    @Test
    void a_backup_under_a_running_bridge_is_whole_and_is_noticed_when_it_is_restored() throws IOException {
        Path copy = folder.resolve("copy.db");
        try (Shop shop = new Shop(folder)) {
            shop.queued("five-off", "t-1");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("bridge.db"))))
                    .as("only its owner reads what is in it")
                    .isEqualTo("rw-------");
            shop.bridge.bridge().store().copyTo(copy);
            assertThatThrownBy(() -> shop.bridge.bridge().store().copyTo(copy))
                    .as("nothing is overwritten")
                    .isInstanceOf(StartRefused.class);
            shop.passes(Duration.ofMinutes(1));
            shop.bridge.run("installation-beat");
            shop.rings("t-1", "5555550100", 42.5);
            shop.pollAndExecute();
            shop.restart(() -> {
                folder.resolve("bridge.db-wal").toFile().delete();
                copy(copy, folder.resolve("bridge.db"));
            });
            assertThat(shop.bridge.statuses())
                    .as("compared with AIQ before anything is sent")
                    .containsExactly("UNKNOWN");
            shop.poll();
            shop.passes(Duration.ofMinutes(5));
            shop.bridge.run("redemption-settle");
            assertThat(shop.bridge.statuses()).containsExactly("EXECUTED");
            assertThat(shop.aiq.requests("redeem")).hasSize(1);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
    }

    /** Carried to another machine alone, or with what does not belong to it. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "", "torn", "0b2c3e0e-another-bridge 1", "0b2c3e0e-another-bridge soon"})
    void a_database_without_its_own_file_beside_it_is_a_copy(String beside) {
        Path file = folder.resolve("secrets.key.installation");
        try (Shop shop = new Shop(folder)) {
            shop.queued("five-off", "t-1");
            shop.restart();
            assertThat(shop.bridge.statuses()).as("its own").containsExactly("QUEUED");
            shop.restart(() -> write(file, beside));
            assertThat(shop.bridge.statuses())
                    .as("compared with AIQ before anything is sent")
                    .containsExactly("UNKNOWN");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.delete(file);
            if (!text.equals("nothing")) {
                Files.writeString(file, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Story {
        void happens(Shop shop, Runnable backUp, Runnable restore);
    }

    private void onSqlite(Story story) {
        Path database = folder.resolve("bridge.db");
        Path backup = folder.resolve("backup.db");
        story.happens(new Shop(folder), () -> copy(database, backup), () -> {
            copy(backup, database);
            folder.resolve("bridge.db-wal").toFile().delete();
        });
    }

    private void onPostgresql(Story story) {
        String url = Databases.postgresql();
        String name = url.replaceAll("^.*/(test\\d+).*$", "$1");
        JdbcTemplate server = new JdbcTemplate(new DriverManagerDataSource(url.replace(name, "postgres")));
        story.happens(
                new Shop(folder, "store.url", url, "store.username", "postgres"),
                () -> server.execute("create database " + name + "_backup template " + name),
                () -> {
                    server.execute("drop database " + name);
                    server.execute("create database " + name + " template " + name + "_backup");
                });
    }

    /** What was closed in the backup, and what the lost days made of it. */
    private void closedAndRestored(Shop shop, Runnable backUp, Runnable restore) {
        try (shop) {
            shop.poll();
            String reversed = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 20);
            shop.pollAndExecute();
            shop.passes(Duration.ofMinutes(2));
            String late = shop.queued("ten-percent", "t-2");
            shop.passes(Duration.ofHours(25));
            shop.bridge.run("redemption-expire");
            shop.bridge.run("installation-beat");
            assertThat(List.of(shop.status(reversed), shop.status(late))).containsExactly("EXECUTED", "RELEASED");

            shop.restart(backUp);
            shop.passes(Duration.ofMinutes(16));
            shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 20)", shop.wallClock());
            shop.rings("t-2", "5555550100", 20);
            shop.till.update("update sale set at = ? where id = 't-2'", shop.wallClock(Duration.ofHours(-5)));
            shop.pollAndExecute();
            shop.bridge.run("reversal-execute");
            assertThat(shop.status(late)).isEqualTo("EXECUTED");
            assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
            shop.bridge.run("installation-beat");

            shop.restart(restore);
            for (int i = 0; i < 4; i++) {
                shop.pollAndExecute();
                shop.bridge.run("reversal-execute");
                shop.passes(Duration.ofMinutes(16));
                shop.bridge.run("redemption-settle");
            }
            assertThat(shop.aiq.points("c-ada")).as("250 of the late one").isEqualByComparingTo("983");
            assertThat(shop.aiq.requests("redeem")).hasSize(2);
            assertThat(shop.aiq.requests("reverse")).hasSize(1);
            assertThat(shop.status(late)).isEqualTo("EXECUTED");
            assertThat(shop.bridge.rows.queryForList("select status from reversal", String.class))
                    .containsExactly("DONE");
            assertThat(shop.bridge.rows.queryForObject("select sum(points) from ledger", Double.class))
                    .isEqualTo(250);

            shop.till.update(
                    "insert into taking_back values ('t-2', 't-2', 'void', ?, 20)",
                    shop.wallClock(Duration.ofHours(13)));
            shop.poll();
            shop.bridge.run("reversal-execute");
            assertThat(shop.aiq.requests("reverse"))
                    .as("what is taken back long after the restore was not before it")
                    .hasSize(2);
        }
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
            assertThat(shop.bridge.rows.queryForObject("select sum(points) from ledger", Double.class))
                    .isEqualTo(100);
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
