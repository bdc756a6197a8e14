package aiqbridge.pos;

import aiqbridge.connection.PosConnections;
import aiqbridge.route.Finding;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Whether each till's database takes its make's statements, those too that run seldom: asked before the first poll, and again after one that failed. */
public final class TillStatements {
    private final PosMakes makes;
    private final PosConnections connections;
    private final Map<String, ? extends DataSource> databases;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    /** @param databases the tills' own, by connection */
    public TillStatements(PosMakes makes, PosConnections connections, Map<String, ? extends DataSource> databases) {
        this.makes = makes;
        this.connections = connections;
        this.databases = databases;
    }

    /**
     * @throws MakeBroken   when it does not take one
     * @throws SQLException when it cannot be reached
     */
    public void taken(String connection) throws SQLException {
        if (!taken.contains(connection)) {
            Optional<String> refused = refused(connection);
            if (refused.isPresent()) {
                throw new MakeBroken(refused.get());
            }
            taken.add(connection);
        }
    }

    /** The poll failed: who knows what changed. */
    void askAgain(String connection) {
        taken.remove(connection);
    }

    /** The first statement that it does not take and why, and which make it looks like. */
    Optional<String> refused(String connection) throws SQLException {
        Optional<Finding> first = makes.refused(connections.get(connection), databases.get(connection)).stream()
                .findFirst();
        return first.map(one -> one.text() + ". " + one.hint() + doubt(connection));
    }

    String doubt(String connection) {
        return makes.doubt(connections.get(connection), databases.get(connection));
    }
}
