package aiqbridge.storefront;

import aiqbridge.account.Secrets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a shop signs its webhooks with, and what its API wants from us; sealed at rest. While one webhook secret replaces another, both are good. */
public final class StorefrontSecrets {
    /** What the shop signs its webhooks with. */
    public static final String WEBHOOK = "webhook";
    /** What the shop's own API wants to see. */
    public static final String API = "api";
    private final JdbcTemplate store;
    private final Secrets secrets;
    private final Clock clock;

    public StorefrontSecrets(DataSource store, Secrets secrets, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Every one that is good now, in clear, newest first. */
    public List<String> good(String connection, String name) {
        return store.query("select secret_id, sealed from storefront_secret where connection = ? and name = ? and (expires_at is null or expires_at > ?) order by created_at desc, secret_id",
            (row, n) -> secrets.open(row.getString("sealed"), owner(connection, row.getString("secret_id"))), connection, name, clock.millis());
    }

    /** One more; the older ones of that name end after the time to change over. */
    public void add(String connection, String name, String secret, Duration changeOver) {
        long end = clock.millis() + changeOver.toMillis();
        store.update("update storefront_secret set expires_at = ? where connection = ? and name = ? and (expires_at is null or expires_at > ?)", end, connection, name, end);
        String id = UUID.randomUUID().toString();
        store.update("insert into storefront_secret (secret_id, connection, name, sealed, hint, created_at) values (?, ?, ?, ?, ?, ?)",
            id, connection, name, secrets.seal(secret, owner(connection, id)), secret.length() < 12 ? "…" : "…" + secret.substring(secret.length() - 4), clock.millis());
    }

    /** Whether there was such a one. */
    public boolean revoke(String secretId) {
        return store.update("update storefront_secret set expires_at = ? where secret_id = ? and (expires_at is null or expires_at > ?)", clock.millis(), secretId, clock.millis()) == 1;
    }

    /** All of them, of each only its end. */
    public List<Map<String, Object>> all() {
        return store.queryForList("select secret_id, connection, name, hint, created_at, expires_at from storefront_secret order by connection, name, created_at");
    }

    private static String owner(String connection, String id) {
        return "storefront " + connection + " " + id;
    }
}
