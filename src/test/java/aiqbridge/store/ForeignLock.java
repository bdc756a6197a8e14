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

    @Override public void close() {
        try {
            connection.createStatement().execute("rollback");
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
