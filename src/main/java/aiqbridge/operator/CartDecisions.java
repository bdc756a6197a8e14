package aiqbridge.operator;

import aiqbridge.StartRefused;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connections;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.store.Statements;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a person decides about carts: those that AIQ did not take are sent after all (routes/redemption/README.md section 9); in one transaction with its line in the audit log. */
public final class CartDecisions {
    private final Statements statements;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final Connections connections;
    private final Duration tooOldAfter;
    private final Clock clock;

    /**
     * @param home        the folder that holds routes/
     * @param tooOldAfter what was not changed for so long is not sent any more
     */
    public CartDecisions(DataSource store, Path home, Connections connections, Duration tooOldAfter, Clock clock) {
        this.statements = new Statements(store, home);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.audit = new AuditLog(store, clock);
        this.connections = connections;
        this.tooOldAfter = tooOldAfter;
        this.clock = clock;
    }

    /**
     * @param connection a storefront, or null for all
     * @return how many carts wait to be sent now
     */
    public int retry(String connection, Decision by) {
        List<StorefrontConnection> shops = connections.storefronts().all().stream()
                .filter(shop -> connection == null || shop.name().equals(connection))
                .toList();
        if (connection != null && shops.isEmpty()) {
            throw new StartRefused("There is no such storefront.", "Each has a file in config/storefront/.");
        }
        return transaction.execute(
                t -> shops.stream().mapToInt(shop -> retry(shop, by)).sum());
    }

    private int retry(StorefrontConnection shop, Decision by) {
        long now = clock.millis();
        Map<String, Object> values = Map.of(
                "connection",
                shop.name(),
                "account_id",
                shop.account(),
                "now",
                now,
                "too_old_before",
                now - tooOldAfter.toMillis());
        statements.update("routes/cart/decide/released.sql", values);
        audit.record(by.actor(), "carts-retry", shop.name(), by.note());
        return statements.update("routes/cart/decide/retried.sql", values);
    }
}
