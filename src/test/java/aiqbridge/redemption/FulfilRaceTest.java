package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.Databases;
import aiqbridge.Shop;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two polls, or a poll and a request, look at the same waiting redemptions at once. PostgreSQL alone: SQLite has one writer. */
class FulfilRaceTest {
    @TempDir
    Path folder;

    /** PostgreSQL looks at the row it changes anew when somebody changed it meanwhile, but not at what a subquery said of it. */
    @Test
    void what_was_made_due_and_claimed_by_another_meanwhile_is_not_made_due_again() throws SQLException {
        try (Shop shop = new Shop(folder, Databases.postgresqlStore())) {
            String session = shop.adasWallet().text("walletSession");
            String first = shop.queued(session, "welcome", "t-0").text("redemptionId");
            String second = shop.queued(session, "ten-percent", "t-1").text("redemptionId");
            for (String sale : new String[] {"t-0", "t-1"}) {
                shop.bridge.rows.update(
                        "insert into pos_transaction (connection, location, transaction_id, status, completed_at, total, seen_at, heard_at, updated_at) values ('till', 'main', ?, 'COMPLETED', ?, 42.5, 0, 0, 0)",
                        sale,
                        shop.clock.millis());
            }
            CompletableFuture<?> fulfil;
            try (Connection other = shop.bridge.bridge().store().source().getConnection()) {
                other.setAutoCommit(false);
                other.createStatement()
                        .executeUpdate(
                                "update redemption set employee = employee where redemption_id = '" + first + "'");
                fulfil = CompletableFuture.runAsync(
                        () -> shop.bridge.run("redemption-fulfil", null, Map.of("connection", "till")));
                await().until(() -> shop.bridge.rows.queryForObject(
                                "select count(*) from pg_locks where not granted", Integer.class)
                        > 0);
                shop.bridge.rows.update("update redemption set status = 'DUE' where redemption_id = ?", second);
                shop.bridge.rows.update(
                        "update redemption set status = 'EXECUTING', fence = 1, lease_owner = 'other', lease_until = 99999999999999 where redemption_id = ?",
                        second);
                other.rollback();
            }
            fulfil.join();
            assertThat(shop.status(first)).isEqualTo("DUE");
            assertThat(shop.status(second)).as("it is being sent").isEqualTo("EXECUTING");
        }
    }
}
