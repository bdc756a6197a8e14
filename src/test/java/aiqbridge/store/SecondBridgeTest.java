package aiqbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.StartRefused;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A second bridge on the same PostgreSQL database refuses to start while the first one lives, and doubts nothing of what that has. */
class SecondBridgeTest {
    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private final String[] store = Databases.postgresqlStore();
    private final JdbcTemplate server = new JdbcTemplate(new DriverManagerDataSource(store[1]));

    private TestBridge second() {
        return new TestBridge(
                elsewhere,
                TestBridge.TestClock.atNow(),
                Stream.concat(
                                Stream.of(store),
                                Stream.of(
                                        "secrets.key-file",
                                        folder.resolve("secrets.key").toString()))
                        .toArray(String[]::new));
    }

    private void isRefused() {
        assertThatThrownBy(this::second)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Another bridge works on jdbc:postgresql://")
                .hasMessageNotContaining("user=");
    }

    @Test
    void it_refuses_while_the_first_one_lives_and_everything_stays_as_it_is() {
        try (Shop shop = new Shop(folder, store)) {
            String waits = shop.queued("five-off", "t-1");
            String due = shop.queued(shop.adasWalletAgain(), "welcome", "t-2").text("redemptionId");
            shop.rings("t-2", "5555550100", 42.5);
            shop.poll();
            isRefused();
            assertThat(shop.status(waits)).isEqualTo("QUEUED");
            assertThat(shop.status(due)).isEqualTo("DUE");
            assertThat(shop.bridge.rows.queryForObject(
                            "select count(*) from installation where restored_at is not null", Integer.class))
                    .isZero();
            shop.bridge.run("redemption-execute");
            assertThat(shop.status(due)).isEqualTo("EXECUTED");
            shop.restart(() -> {
                try (TestBridge alone = second()) {
                    assertThat(alone.bridge().store().alone())
                            .as("the first one is gone")
                            .isTrue();
                }
            });
        }
    }

    @Test
    void a_first_one_whose_connection_was_lost_has_it_again_with_the_next_heartbeat() {
        try (Shop shop = new Shop(folder, store)) {
            server.queryForList(
                    "select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())");
            shop.bridge.run("installation-beat");
            isRefused();
        }
    }
}
