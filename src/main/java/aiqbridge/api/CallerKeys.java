package aiqbridge.api;

import aiqbridge.Sha256;
import aiqbridge.connection.Connections;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/** The keys of the back ends that call us: 256 random bits, of which only the SHA-256 is kept; each is bound to one connection. */
public final class CallerKeys {
    private static final Pattern BEARER = Pattern.compile("Bearer aiqb_([0-9a-f]{12})_([0-9a-f]{64})");

    private record Known(String connection, String secretHash) {}

    private final JdbcTemplate store;
    private final Connections connections;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public CallerKeys(DataSource store, Connections connections, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.connections = connections;
        this.clock = clock;
    }

    /** @throws Problem 401, the same for every reason */
    public Caller check(String authorization) {
        Matcher key = BEARER.matcher(authorization == null ? "" : authorization);
        if (key.matches()) {
            List<Known> known = store.query(
                    "select connection, secret_hash from caller_key where key_id = ? and revoked_at is null and (expires_at is null or expires_at > ?)",
                    DataClassRowMapper.newInstance(Known.class),
                    key.group(1),
                    clock.millis());
            if (known.size() == 1
                    && MessageDigest.isEqual(bytes(known.get(0).secretHash()), bytes(Sha256.hex(key.group(2))))) {
                String connection = known.get(0).connection();
                return connections
                        .find(connection)
                        .map(c -> new Caller(connection, c.account()))
                        .orElseThrow(CallerKeys::refused);
            }
        }
        throw refused();
    }

    /** The connection whose key was refused because it has ended or is not whole; a key that we never made is nobody's. */
    public String ofRefused(String authorization) {
        Matcher key = BEARER.matcher(authorization == null ? "" : authorization);
        return !key.matches()
                ? "no key"
                : store
                        .queryForList("select connection from caller_key where key_id = ?", String.class, key.group(1))
                        .stream()
                        .findFirst()
                        .orElse("unknown key");
    }

    /** A new key in clear, which is shown once. */
    public String add(String connection) {
        String keyId = hex(6);
        String secret = hex(32);
        store.update(
                "insert into caller_key (key_id, connection, secret_hash, hint, created_at) values (?, ?, ?, ?, ?)",
                keyId,
                connection,
                Sha256.hex(secret),
                "…" + secret.substring(60),
                clock.millis());
        return "aiqb_" + keyId + "_" + secret;
    }

    /** A new key; the connection's older ones end after the time to change over. */
    public String rotate(String connection, Duration changeOver) {
        long end = clock.millis() + changeOver.toMillis();
        store.update(
                "update caller_key set expires_at = ? where connection = ? and revoked_at is null and (expires_at is null or expires_at > ?)",
                end,
                connection,
                end);
        return add(connection);
    }

    /** Whether there was such a key. */
    public boolean revoke(String keyId) {
        return store.update(
                        "update caller_key set revoked_at = ? where key_id = ? and revoked_at is null",
                        clock.millis(),
                        keyId)
                == 1;
    }

    public List<CallerKey> all() {
        return store.query(
                "select key_id, connection, hint, created_at, expires_at, revoked_at from caller_key order by connection, created_at",
                DataClassRowMapper.newInstance(CallerKey.class));
    }

    private String hex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Problem refused() {
        return new Problem(
                401,
                "key-refused",
                "The API key is missing, unknown, expired or revoked. Send it as: Authorization: Bearer aiqb_…");
    }
}
