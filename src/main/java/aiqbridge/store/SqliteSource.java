package aiqbridge.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Opens connections to the bridge's own SQLite file. */
final class SqliteSource extends AbstractDataSource {
    /** Busy, out of memory, read-only, interrupted, I/O error, corrupt, full, cannot be opened, locks fail, no database: SQLite may have rolled the whole transaction back by itself. */
    private static final Set<Integer> TRANSACTION_MAY_BE_GONE = Set.of(5, 7, 8, 9, 10, 11, 13, 14, 15, 26);

    private final Path file;
    private final Duration patience;
    private final AtomicInteger open = new AtomicInteger();

    /** @param patience how long a statement waits for another process's lock */
    SqliteSource(Path file, Duration patience) {
        this.file = file;
        this.patience = patience;
    }

    /** No statement may follow such a failure: it would run outside the transaction that it belongs to. */
    static SQLExceptionOverride.Override verdict(SQLException failed) {
        return TRANSACTION_MAY_BE_GONE.contains(failed.getErrorCode())
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }

    /** Whether a transaction of this process holds the file's one write lock, or is about to let go of it. */
    boolean writing() {
        return open.get() > 0;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = connection(patience);
        try (Statement tidy = connection.createStatement()) {
            // a new connection every half an hour keeps what the planner knows of the tables: without it a poll reads
            // years of settled rows
            tidy.execute("pragma busy_timeout = 0");
            // its own limit: SQLite's shrinks with the number of indexes, and what a shorter look says of them misleads
            // it
            tidy.execute("pragma analysis_limit = 4000");
            tidy.execute("pragma optimize = 0x10002");
        } catch (SQLException e) {
            // somebody else writes; reading is possible all the same, and the next connection tries again
        }
        try (Statement tidy = connection.createStatement()) {
            tidy.execute("pragma busy_timeout = " + patience.toMillis());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** One that waits so long for a lock and knows nothing of the tables yet. */
    Connection connection(Duration patience) throws SQLException {
        return new SqliteConnection(
                file.toAbsolutePath()
                        + "?journal_mode=WAL&synchronous=FULL&foreign_keys=on&transaction_mode=IMMEDIATE&busy_timeout="
                        + patience.toMillis(),
                open);
    }

    /** A pool that closes waits so long for a connection that is just being opened. */
    @Override
    public int getLoginTimeout() {
        return (int) patience.toSeconds() + 1;
    }

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }
}
