package aiqbridge.account;

import aiqbridge.StartRefused;
import aiqbridge.audit.AuditLog;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A new encryption key takes the old one's place, also under a running bridge: first both are in the key file, then everything that is sealed is sealed anew in one
 * transaction, then the old one is taken out. Killed anywhere in between, everything still opens, and the next run ends it.
 */
public final class KeyRotation {
    /** Everything that is sealed. */
    private static final List<Sealed> SEALED = List.of(
            new Sealed("account", "account_id", "api_key_sealed", "account_id", row -> (String) row.get("account_id")),
            new Sealed(
                    "storefront_secret",
                    "secret_id",
                    "sealed",
                    "connection, secret_id",
                    row -> StorefrontSecrets.owner((String) row.get("connection"), (String) row.get("secret_id"))),
            new Sealed(
                    "page_factor", "user_name", "sealed", "user_name", row -> factorOf((String) row.get("user_name"))));

    private final JdbcTemplate store;
    private final TransactionTemplate transaction;
    private final Secrets secrets;
    private final AuditLog audit;

    /** What the key of somebody's second factor is bound to. */
    public static String factorOf(String user) {
        return "page user " + user;
    }

    /** @param owner what the value is bound to, from the columns */
    private record Sealed(
            String table, String key, String column, String columns, Function<Map<String, Object>, String> owner) {}

    public KeyRotation(DataSource store, Secrets secrets, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.secrets = secrets;
        this.audit = new AuditLog(store, clock);
    }

    /**
     * @param settle how long a running bridge may still be storing what it sealed with the old key
     * @return how many were sealed anew
     * @throws StartRefused before anything is changed when something stored does not open, or when what a person has to do is said
     */
    public int run(String actor, Duration settle) throws InterruptedException {
        openEverything();
        secrets.addKey();
        int sealed = reseal();
        Thread.sleep(settle.toMillis());
        sealed += reseal();
        finish();
        audit.record(actor, "encryption-key-rotate", "key " + secrets.keyId(), sealed + " secret(s) re-encrypted");
        return sealed;
    }

    private void openEverything() {
        for (Sealed kind : SEALED) {
            for (Map<String, Object> row : rows(kind)) {
                open(kind, row);
            }
        }
    }

    /** All of it or nothing; what somebody stored anew meanwhile stays theirs. */
    int reseal() {
        return transaction.execute(status -> {
            int sealed = 0;
            for (Sealed kind : SEALED) {
                for (Map<String, Object> row : rows(kind)) {
                    String old = (String) row.get(kind.column);
                    if (!Secrets.keyId(old).equals(secrets.keyId())) {
                        sealed += store.update(
                                "update " + kind.table + " set " + kind.column + " = ? where " + kind.key + " = ? and "
                                        + kind.column + " = ?",
                                secrets.seal(open(kind, row), kind.owner.apply(row)),
                                row.get(kind.key),
                                old);
                    }
                }
            }
            return sealed;
        });
    }

    private void finish() {
        for (Sealed kind : SEALED) {
            if (rows(kind).stream().anyMatch(row -> !Secrets.keyId((String) row.get(kind.column))
                    .equals(secrets.keyId()))) {
                throw new StartRefused(
                        "Something was stored with the old key just now; both keys remain in the file.",
                        "Run the command again.");
            }
        }
        secrets.dropOlderKeys();
    }

    private List<Map<String, Object>> rows(Sealed kind) {
        return store.queryForList("select " + kind.columns + ", " + kind.column + " from " + kind.table);
    }

    private String open(Sealed kind, Map<String, Object> row) {
        try {
            return secrets.open((String) row.get(kind.column), kind.owner.apply(row));
        } catch (Secrets.NotOurs e) {
            throw new StartRefused(
                    "What is stored in " + kind.table + " as " + row.get(kind.key)
                            + " cannot be decrypted with this key file; nothing was changed.",
                    "Enter it again, or restore the key file that belongs to this database.");
        }
    }
}
