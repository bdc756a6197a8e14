package aiqbridge.stop;

import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The stops that stand, as rows; the file's are rows too as soon as anybody looks, so that statements, page and commands see one thing. What may leave is asked
 * of the rows and of the file itself: a database that takes no row stops nothing less.
 */
public final class Stops {
    private final JdbcTemplate store;
    private final TransactionTemplate transaction;
    private final AuditLog audit;
    private final StopFile file;
    private final Connections connections;
    private final Clock clock;
    /** What the file said when its rows were last made to agree; null before. */
    private volatile Set<Scope> agreed;

    /** @param file where it exists, it stops */
    public Stops(DataSource store, Path file, Connections connections, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(store));
        this.audit = new AuditLog(store, clock);
        this.file = new StopFile(
                file, this::isAccount, name -> connections.find(name).isPresent());
        this.connections = connections;
        this.clock = clock;
    }

    /** Stops it at once. Whether it was not stopped before. */
    public boolean stop(Scope scope, String who, String reason) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean first = stopped(scope, who, reason, false);
            if (first) {
                audit.record(who, "stop", scope.words(), reason);
            }
            return first;
        }));
    }

    /** Lifts what a person stopped; the file's stop goes with the file. Whether it stood. */
    public boolean lift(Scope scope, String who, String reason) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean stood = lifted(scope, who, false);
            if (stood) {
                audit.record(who, "stop-lift", scope.words(), reason);
            }
            return stood;
        }));
    }

    /** All that stand, after a look at the file. */
    public List<Stop> standing() {
        agreed = null;
        look();
        return rows();
    }

    /** The rows agree with the file from now on; costs nothing while it says what it said. Before each claim. */
    public void look() {
        Set<Scope> said = file.scopes();
        if (!said.equals(agreed)) {
            if (!said.equals(written())) {
                transaction.executeWithoutResult(status -> agree(said));
            }
            agreed = said;
        }
    }

    /**
     * Whether something stops what has to do with this account and these connections, now.
     *
     * @param connections the till, the shop; null is none
     */
    public boolean stands(String account, String... connections) {
        return file.scopes().stream().anyMatch(scope -> scope.covers(account, connections))
                || rows().stream().anyMatch(stop -> !stop.byFile() && stop.of().covers(account, connections));
    }

    /** How many calls that change something are being made now, as far as the rows know. */
    public long leaving() {
        return store.queryForObject(
                "select (select count(*) from redemption where status = 'EXECUTING') + (select count(*) from reversal where status = 'EXECUTING') + (select count(*) from cart where send_status = 'SENDING')",
                Long.class);
    }

    /** The names that a stop may be about. */
    public static List<String> accounts(DataSource store) {
        return new JdbcTemplate(store).queryForList("select account_id from account order by account_id", String.class);
    }

    /** The file that stops where it exists. */
    public Path file() {
        return file.path();
    }

    private List<Stop> rows() {
        return store.query(
                "select scope, name, stopped_at, stopped_by, reason, from_file from stop where lifted_at is null order by stopped_at, scope, name",
                DataClassRowMapper.newInstance(Stop.class));
    }

    /** What the rows say of the file. */
    private Set<Scope> written() {
        return rows().stream().filter(Stop::byFile).map(Stop::of).collect(Collectors.toSet());
    }

    private void agree(Set<Scope> said) {
        Set<Scope> written = written();
        for (Scope scope : said) {
            String reason = "the file " + file.path();
            if (!written.contains(scope) && stopped(scope, "bridge", reason, true)) {
                audit.record("bridge", "stop", scope.words(), reason);
            }
        }
        for (Scope scope : written) {
            if (!said.contains(scope) && lifted(scope, "bridge", true)) {
                audit.record("bridge", "stop-lift", scope.words(), "the file " + file.path() + " no longer says so");
            }
        }
    }

    private boolean stopped(Scope scope, String who, String reason, boolean byFile) {
        return store.update(
                        "insert into stop (stop_id, scope, name, stopped_at, stopped_by, reason, from_file, account_id) values (?, ?, ?, ?, ?, ?, ?, ?)"
                                + " on conflict (scope, name, from_file) where lifted_at is null do nothing",
                        UUID.randomUUID().toString(),
                        scope.kind().name(),
                        scope.name(),
                        clock.millis(),
                        who,
                        reason,
                        byFile ? 1 : 0,
                        account(scope))
                == 1;
    }

    /** Null where it is none. */
    private String account(Scope scope) {
        return switch (scope.kind()) {
            case EVERYTHING -> null;
            case ACCOUNT -> scope.name();
            case CONNECTION ->
                connections.find(scope.name()).map(Connection::account).orElse(null);
        };
    }

    private boolean lifted(Scope scope, String who, boolean byFile) {
        return store.update(
                        "update stop set lifted_at = ?, lifted_by = ? where scope = ? and name = ? and from_file = ? and lifted_at is null",
                        clock.millis(),
                        who,
                        scope.kind().name(),
                        scope.name(),
                        byFile ? 1 : 0)
                == 1;
    }

    private boolean isAccount(String name) {
        return store.queryForList("select account_id from account where account_id = ?", String.class, name)
                        .size()
                == 1;
    }
}
