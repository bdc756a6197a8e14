package aiqbridge.store;

import aiqbridge.GivenSecret;
import aiqbridge.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Notices a restored backup or a copied database (routes/redemption/README.md section 7): the database and a small file, beside the key file unless nobody can write there, carry the same id and a
 * heartbeat. A database that is behind its file, or without it, is not the one that was last worked on.
 */
public final class Installation {
    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);
    private final Store own;
    private final JdbcTemplate store;
    private final Statements statements;
    private final Path file;
    private final Clock clock;

    /**
     * @param home the folder that holds routes/
     * @param file the small file beside the key file
     */
    public Installation(Store store, Path home, Path file, Clock clock) {
        this.own = store;
        this.store = new JdbcTemplate(store.source());
        this.statements = new Statements(store.source(), home);
        this.file = file;
        this.clock = clock;
    }

    /** Beside the key file; in data/ where the key is passed by systemd or a container, into a folder that nobody can write to. */
    public static Path file(Path home, Settings settings, Map<String, String> environment) {
        Path keyFile = home.resolve(settings.text("secrets.key-file"));
        return GivenSecret.isPassed(keyFile, environment)
                ? home.resolve("data").resolve(keyFile.getFileName() + ".installation")
                : Path.of(keyFile + ".installation");
    }

    /** Whether what is open may have been sent since by another copy; a database that never ran is not. */
    public boolean restored() {
        List<Map<String, Object>> known = store.queryForList("select installation_id, beat_at from installation");
        if (known.isEmpty()) {
            store.update(
                    "insert into installation (installation_id, created_at, beat_at) values (?, ?, ?)",
                    UUID.randomUUID().toString(),
                    clock.millis(),
                    clock.millis());
            return false;
        }
        try {
            String[] beside = Files.exists(file) ? Files.readString(file).trim().split(" ") : new String[0];
            return beside.length != 2
                    || !beside[0].equals(known.get(0).get("installation_id"))
                    || Long.parseLong(beside[1]) > ((Number) known.get(0).get("beat_at")).longValue();
        } catch (IOException | NumberFormatException e) {
            return true;
        }
    }

    /** Everything open waits for evidence before anything is sent; so does, by restored_at, what may come to be sent again of what was closed. For carts there is no evidence: those known are not sent any more. */
    public int markOpenUnknown() {
        long now = clock.millis();
        store.update("update installation set restored_at = ?", now);
        Map<String, Object> at = Map.of("now", now);
        // those that were UNKNOWN before, then those that become it
        statements.update("routes/redemption/restored-unknown.sql", at);
        statements.update("routes/reversal/restored-unknown.sql", at);
        statements.update("routes/reversal/restored.sql", at);
        statements.update("routes/cart/restored-sending.sql", at);
        statements.update("routes/cart/restored.sql", at);
        return statements.update("routes/redemption/restored.sql", at);
    }

    /** When the database was last restored or copied, 0 for never; no bridge need ever have run on it. */
    public long restoredAt() {
        return store.queryForObject("select coalesce(max(restored_at), 0) from installation", Long.class);
    }

    public Path file() {
        return file;
    }

    /** Both carry the same time; the database first, so that a kill in between never looks like a restore. */
    public void beat() {
        long now = clock.millis();
        if (!own.alone()) {
            LOG.error(
                    "Another bridge works on the same database since the connection to it was lost; stop one of them");
        }
        store.update("update installation set beat_at = ?", now);
        String id = store.queryForObject("select installation_id from installation", String.class);
        try {
            Path written = Path.of(file + ".new");
            Files.writeString(written, id + " " + now);
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
