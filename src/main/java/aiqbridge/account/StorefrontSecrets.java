package aiqbridge.account;

import aiqbridge.privacy.Secret;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a shop signs its webhooks with, and what its API wants from us; sealed at rest. While one webhook secret replaces another, both are good. */
public final class StorefrontSecrets {
    /** What the shop signs its webhooks with. */
    public static final String WEBHOOK = "webhook";
    /** What the shop's own API wants to see. */
    public static final String API = "api";
    /** What stands in the place of a signature where the shop does not sign. */
    public static final String TOKEN = "token";

    private static final long SECOND_NS = 1_000_000_000;
    private final JdbcTemplate store;
    private final Secrets secrets;
    private final Clock clock;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    public StorefrontSecrets(DataSource store, Secrets secrets, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Every one that is good now, newest first. What is read counts for a second: each webhook needs it. */
    public List<Secret> good(String connection, String name) {
        long now = clock.millis();
        return known(connection, name).stream()
                .filter(s -> s.until == 0 || s.until > now)
                .map(Stored::secret)
                .toList();
    }

    /** One thread reads again when it is time; the others go on with what was known. */
    private List<Stored> known(String connection, String name) {
        String key = connection + " " + name;
        Read known = read.get(key);
        if (known == null
                || System.nanoTime() - known.at > SECOND_NS
                        && read.replace(key, known, new Read(known.secrets, System.nanoTime()))) {
            known = new Read(
                    store.query(
                            "select secret_id, sealed, expires_at from storefront_secret where connection = ? and name = ? and (expires_at is null or expires_at > ?) order by created_at desc, secret_id",
                            (row, n) -> new Stored(
                                    new Secret(secrets.open(
                                            row.getString("sealed"), owner(connection, row.getString("secret_id")))),
                                    row.getLong("expires_at")),
                            connection,
                            name,
                            clock.millis()),
                    System.nanoTime());
            read.put(key, known);
        }
        return known.secrets;
    }

    /** One more; the older ones of that name end after the time to change over. */
    public void add(String connection, String name, String secret, Duration changeOver) {
        long end = clock.millis() + changeOver.toMillis();
        store.update(
                "update storefront_secret set expires_at = ? where connection = ? and name = ? and (expires_at is null or expires_at > ?)",
                end,
                connection,
                name,
                end);
        add(connection, name, secret);
    }

    /** One more; the older ones stay good: a shop may sign each of its webhooks with another. */
    public void add(String connection, String name, String secret) {
        String id = UUID.randomUUID().toString();
        store.update(
                "insert into storefront_secret (secret_id, connection, name, sealed, hint, created_at) values (?, ?, ?, ?, ?, ?)",
                id,
                connection,
                name,
                secrets.seal(secret, owner(connection, id)),
                secret.length() < 12 ? "…" : "…" + secret.substring(secret.length() - 4),
                clock.millis());
        read.clear();
    }

    /** Whether there was such a one. */
    public boolean revoke(String secretId) {
        boolean revoked = store.update(
                        "update storefront_secret set expires_at = ? where secret_id = ? and (expires_at is null or expires_at > ?)",
                        clock.millis(),
                        secretId,
                        clock.millis())
                == 1;
        read.clear();
        return revoked;
    }

    /** All of them, of each only its end. */
    public List<Map<String, Object>> all() {
        return store.queryForList(
                "select secret_id, connection, name, hint, created_at, expires_at from storefront_secret order by connection, name, created_at");
    }

    /** @param until epoch ms, 0 for always */
    private record Stored(Secret secret, long until) {}

    private record Read(List<Stored> secrets, long at) {}

    /** What a secret is bound to. */
    public static String owner(String connection, String id) {
        return "storefront " + connection + " " + id;
    }
}
