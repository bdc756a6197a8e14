package aiqbridge.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * A connection that is in a transaction exactly when it says so. The driver's own believes so after a BEGIN that failed, and then runs every later statement outside any
 * transaction; and its COMMIT begins the next one at once and tells of that one's failure as if nothing had been committed. Here a BEGIN, COMMIT or ROLLBACK that fails closes
 * the connection: SQLite rolls back what was open, and whoever holds on to it gets nothing done any more.
 */
final class SqliteConnection extends JDBC4Connection {
    private final AtomicInteger open;
    /** Whether a transaction is open in SQLite itself. */
    private boolean begun;

    /** @param open counts the transactions of this process that are open */
    SqliteConnection(String address, AtomicInteger open) throws SQLException {
        super("jdbc:sqlite:" + address, address, new Properties());
        this.open = open;
    }

    @Override
    public void setAutoCommit(boolean on) throws SQLException {
        if (on == getAutoCommit()) {
            return;
        }
        if (on) {
            end("commit;");
        } else {
            begin();
        }
        getConnectionConfig().setAutoCommit(on);
    }

    @Override
    public void commit() throws SQLException {
        inTransaction();
        end("commit;");
    }

    @Override
    public void rollback() throws SQLException {
        inTransaction();
        end("rollback;");
    }

    /** Before each statement: one that follows a commit without further ado has a transaction of its own. */
    @Override
    public void tryEnforceTransactionMode() throws SQLException {
        if (!getAutoCommit() && !begun) {
            begin();
        }
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        // some of its ways to run something do not ask first
        tryEnforceTransactionMode();
        return super.createStatement(type, concurrency, holdability);
    }

    private void inTransaction() throws SQLException {
        if (getAutoCommit()) {
            throw new SQLException("there is no transaction");
        }
    }

    private void begin() throws SQLException {
        run("begin immediate;");
        begun = true;
        open.incrementAndGet();
    }

    private void end(String how) throws SQLException {
        if (begun) {
            run(how);
            ended();
        }
    }

    private void ended() {
        if (begun) {
            begun = false;
            open.decrementAndGet();
        }
    }

    private void run(String sql) throws SQLException {
        try {
            getDatabase().exec(sql, false);
        } catch (SQLException e) {
            close();
            throw new SQLNonTransientConnectionException(
                    "the connection is closed for good: " + e.getMessage(), "08006", e.getErrorCode(), e);
        }
    }

    @Override
    public void close() throws SQLException {
        super.close();
        ended();
    }
}
