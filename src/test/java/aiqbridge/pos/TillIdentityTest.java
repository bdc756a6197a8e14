package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A till whose SQLite file is replaced, gone or brought back while the bridge has it open. */
class TillIdentityTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("till.db");
    }

    private static String mode(Shop shop) {
        return new PosModes(shop.bridge.bridge().connections().pos(), shop.bridge.rows.getDataSource(), shop.clock)
                .mode("till");
    }

    /** An empty till of the same make takes the place of the old one, as an installer does it. */
    private JdbcTemplate replaced() throws IOException {
        Path other = folder.resolve("new.db");
        Shop.tables(new JdbcTemplate(new DriverManagerDataSource("jdbc:sqlite:" + other)));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        return new JdbcTemplate(new DriverManagerDataSource("jdbc:sqlite:" + file));
    }

    private static void sweeps(Shop shop, int times) {
        for (int i = 0; i < times; i++) {
            shop.clock.advance(Duration.ofMinutes(16));
            shop.poll();
        }
    }

    private static String status(Shop shop, String sale) {
        return shop.bridge.rows.queryForObject(
                "select status from pos_transaction where connection = 'till' and transaction_id = ?",
                String.class,
                sale);
    }

    @Test
    void a_file_that_was_replaced_is_opened_anew_and_observed_until_a_person_says_live() throws IOException {
        try (Shop shop = new Shop(folder, "reversal.deleted", "reverse")) {
            String session = shop.adasWallet().text("walletSession");
            String redemption = shop.queued(session, "five-off", "s-1").text("redemptionId");
            String waits = shop.queued(session, "welcome", "s-2").text("redemptionId");
            shop.rings("s-1", "(555) 555-0100", 42.5);
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
            assertThat(mode(shop)).isEqualTo("live");

            JdbcTemplate young = replaced();
            young.update(
                    "insert into sale (id, at, total, phone, state) values ('s-2', ?, 30, '(555) 555-0100', 'done')",
                    shop.wallClock());
            shop.pollAndExecute();
            assertThat(status(shop, "s-2")).as("it is read").isEqualTo("COMPLETED");
            assertThat(mode(shop)).isEqualTo("observe");
            assertThat(shop.status(waits)).isEqualTo("QUEUED");
            sweeps(shop, 6);
            assertThat(status(shop, "s-1"))
                    .as("nothing of the old file is missed")
                    .isEqualTo("COMPLETED");
            shop.bridge.run("reversal-execute");
            assertThat(shop.aiq.effects("REVERSED")).isEmpty();

            new PosModes(shop.bridge.bridge().connections().pos(), shop.bridge.rows.getDataSource(), shop.clock)
                    .change("till", true, "kim");
            assertThat(mode(shop)).isEqualTo("live");
            sweeps(shop, 6);
            assertThat(status(shop, "s-1")).isEqualTo("COMPLETED");
        }
    }

    @Test
    void a_copy_that_has_the_newest_sale_is_the_same_till() throws IOException {
        try (Shop shop = new Shop(folder)) {
            shop.rings("s-1", "(555) 555-0100", 42.5);
            shop.poll();
            Path copy = Files.copy(file, folder.resolve("copy.db"));
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            shop.till.update("insert into sale (id, at, total, state) values ('s-2', ?, 30, 'done')", shop.wallClock());
            shop.poll();
            assertThat(status(shop, "s-2")).isEqualTo("COMPLETED");
            assertThat(mode(shop)).isEqualTo("live");
        }
    }

    @Test
    void a_file_that_is_gone_is_an_error_and_none_is_made() throws IOException {
        try (Shop shop = new Shop(folder)) {
            shop.rings("s-1", "(555) 555-0100", 42.5);
            shop.poll();
            Path away = folder.resolve("away.db");
            Files.move(file, away);
            assertThatThrownBy(shop::poll)
                    .isNotNull()
                    .extracting(e -> new PosFault().sentence(e))
                    .isEqualTo("The till's file is not there, or may not be opened.");
            assertThat(file).doesNotExist();
            Files.move(away, file);
            shop.rings("s-2", "(555) 555-0100", 42.5);
            shop.poll();
            assertThat(status(shop, "s-2")).isEqualTo("COMPLETED");
            assertThat(mode(shop)).isEqualTo("live");
        }
    }
}
