package aiqbridge.store;

import aiqbridge.StartRefused;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What keeps a second bridge off the same PostgreSQL database: a lock that a connection of its own holds for as long as this process lives. PostgreSQL lets go of it
 * when the process ends however it ends, and half a minute after its machine has gone.
 */
final class OnlyBridge implements AutoCloseable {
    /** "AIQBridg" */
    private static final long LOCK = 0x4149_5142_7269_6467L;
    /** A killed bridge's lock is gone a moment after it. */
    private static final String PATIENCE = "3s";

    private final StoreProbe.Connections connections;
    private Connection holds;

    OnlyBridge(StoreProbe.Connections connections) {
        this.connections = connections;
    }

    /** @throws StartRefused when another bridge has it */
    void orRefuse(String url) throws SQLException {
        if (!held()) {
            throw new StartRefused(
                    "Another bridge works on " + url.replaceFirst("[?].*", "") + ".",
                    "Stop it first, or give this one its own database: store.url = jdbc:postgresql://host/database");
        }
    }

    /** Whether no other bridge has it; a connection that was lost is opened again. */
    synchronized boolean held() throws SQLException {
        if (holds != null && holds.isValid(3)) {
            return true;
        }
        close();
        return take();
    }

    private boolean take() throws SQLException {
        holds = connections.open();
        try (Statement session = holds.createStatement()) {
            session.execute(
                    "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4");
            session.execute("set lock_timeout = '" + PATIENCE + "'");
            try (ResultSet taken = session.executeQuery("select pg_advisory_lock(" + LOCK + ")")) {
                return taken.next();
            }
        } catch (SQLException e) {
            close();
            if ("55P03".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (holds != null) {
                holds.close();
            }
        } catch (SQLException e) {
            // gone already
        }
        holds = null;
    }
}
