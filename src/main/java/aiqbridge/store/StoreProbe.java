package aiqbridge.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Tries whether the bridge's own database can be written to: a transaction of its own, which changes nothing, on a connection of its own. Asked often, it answers what it found a moment ago. */
public final class StoreProbe {
    /** How long each step may take; a health page is asked every few seconds, by somebody who gives up soon. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration GOOD_FOR = Duration.ofSeconds(3);
    private static final Set<Integer> BUSY = Set.of(5, 6);
    private final StoreSource source;
    private final Connections connections;
    private final BooleanSupplier writing;
    private String found;
    private long foundAt;
    private boolean asked;

    interface Connections {
        Connection open() throws SQLException;
    }

    /** @param writing whether the bridge itself holds the one lock: then it can be written to */
    StoreProbe(StoreSource source, Connections connections, BooleanSupplier writing) {
        this.source = source;
        this.connections = connections;
        this.writing = writing;
    }

    /** Why it cannot be written to, in plain words; null when it can. */
    public synchronized String fault() {
        // what failed a moment ago is tried again: health says UP as soon as it is
        if (!asked || found != null || System.nanoTime() - foundAt > GOOD_FOR.toNanos() || source.isClosed()) {
            found = tried();
            foundAt = System.nanoTime();
            asked = true;
        }
        return found;
    }

    private String tried() {
        if (source.isClosed()) {
            return "the bridge's own database does not answer";
        }
        try (Connection one = connections.open();
                Statement statement = one.createStatement()) {
            one.setAutoCommit(false);
            // SQLite writes no page for a value that stays as it is: a full disk is only noticed where something
            // changes, and is undone
            String row = "probe " + UUID.randomUUID();
            statement.executeUpdate(
                    "insert into installation (installation_id, created_at, beat_at) values ('" + row + "', 0, 0)");
            statement.executeUpdate("delete from installation where installation_id = '" + row + "'");
            one.commit();
            return null;
        } catch (SQLException e) {
            return BUSY.contains(e.getErrorCode()) && writing.getAsBoolean() ? null : said(e);
        }
    }

    private static String said(SQLException e) {
        String known = known(e);
        return known != null ? known : "the bridge's own database does not answer";
    }

    /** What it means that a failure of our own database says, in plain words; null where it says nothing of that kind. */
    static String known(SQLException e) {
        return switch (e.getErrorCode()) {
            case 5, 6 -> "another process holds a lock on the bridge's own database, and nothing can be written";
            case 8 -> "the bridge's own database cannot be written to";
            case 10 -> "the disk under the bridge's own database does not take what is written to it";
            case 13 -> "the disk under the bridge's own database is full";
            default ->
                "25006".equals(e.getSQLState())
                        ? "the bridge's own database cannot be written to"
                        : "53100".equals(e.getSQLState()) ? "the disk under the bridge's own database is full" : null;
        };
    }
}
