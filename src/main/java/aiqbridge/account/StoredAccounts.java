package aiqbridge.account;

import aiqbridge.privacy.ApiKey;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The accounts in the bridge's own database; their API keys are sealed. What is read counts for a second: each call to AIQ needs its account. */
public final class StoredAccounts implements Accounts {
    private final JdbcTemplate store;
    private final Secrets secrets;
    private static final long SECOND_NS = 1_000_000_000;
    private final Clock clock;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    public StoredAccounts(DataSource store, Secrets secrets, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public Account get(String accountId) {
        Read known = read.get(accountId);
        if (known == null || System.nanoTime() - known.at > SECOND_NS) {
            known = new Read(
                    store.query("select * from account where account_id = ?", account(), accountId).stream()
                            .findFirst()
                            .orElseThrow(() -> new UnknownAccount(accountId)),
                    System.nanoTime());
            read.put(accountId, known);
        }
        return known.account;
    }

    @Override
    public List<Account> all() {
        return store.query("select * from account order by account_id", account());
    }

    /** Adds the account, or changes it; a new key lets a paused account go on. */
    public void save(Account account) throws DataAccessException {
        long now = clock.millis();
        store.update(
                """
            insert into account (account_id, brand, uid, api_key_sealed, api_key_hint, country, zone, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (account_id) do update set brand = excluded.brand, uid = excluded.uid, api_key_sealed = excluded.api_key_sealed, api_key_hint = excluded.api_key_hint,
              country = excluded.country, zone = excluded.zone, paused_at = null, paused_reason = null, refused_call = null, key_read_at = null, resumed_at = null, held_until = 0, carts_held_until = 0, carts_held_reason = null, updated_at = excluded.updated_at""",
                account.accountId(),
                account.brand(),
                account.uid(),
                secrets.seal(account.apiKey().plain(), account.accountId()),
                hint(account.apiKey().plain()),
                account.country(),
                account.zone().getId(),
                now,
                now);
        read.remove(account.accountId());
    }

    private RowMapper<Account> account() {
        return (row, n) -> new Account(
                row.getString("account_id"),
                row.getString("brand"),
                row.getString("uid"),
                new ApiKey(secrets.open(row.getString("api_key_sealed"), row.getString("account_id"))),
                row.getString("country"),
                ZoneId.of(row.getString("zone")));
    }

    private record Read(Account account, long at) {}

    static String hint(String key) {
        return key.length() < 12 ? "…" : "…" + key.substring(key.length() - 4);
    }
}
