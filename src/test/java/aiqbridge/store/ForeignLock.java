package aiqbridge.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Somebody else's hold on the bridge's own SQLite file, as {@code sqlite3} takes it with {@code begin immediate}. */
public final class ForeignLock implements AutoCloseable {
    private final Connection connection;

    /** Waits for whoever has it. */
    public ForeignLock(Path file) {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=20000");
            connection.createStatement().execute("begin immediate");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it holds the file and still can: a write of its own goes through, and is undone when it lets go. */
    public boolean held() {
        try {
            return connection.createStatement().executeUpdate("update installation set beat_at = beat_at") >= 0;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.createStatement().execute("rollback");
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
