package aiqbridge.pos;

import aiqbridge.store.StoreFault;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Says why a till could not be polled, without repeating what a driver's message may hold: addresses, rows, statements. What says that a name or a right is missing names only tables and columns. */
public final class PosFault {
    private static final int MARIADB_VIEW_BROKEN = 1356;
    private static final Set<Integer> MARIADB_DENIED = Set.of(1142, 1143, 1370);
    private static final Set<Integer> MARIADB_WAITED = Set.of(1205, 1969);
    private static final int MARIADB_READ_ONLY = 1290;
    private static final int SQLITE_ERROR = 1;
    private static final int SQLITE_READ_ONLY = 8;
    private static final int SQLITE_NO_FILE = 14;
    /** Too big, a constraint or a trigger, a wrong type. */
    private static final Set<Integer> SQLITE_REFUSED = Set.of(18, 19, 20);
    /** Of values, keys and checks, views, triggers and what they raise. */
    private static final Set<String> REFUSED = Set.of("22", "23", "44", "09", "27", "P0");

    private static final Set<Integer> SQLITE_BUSY = Set.of(5, 6);
    private static final Pattern TLS = Pattern.compile("(?i)\\b(ssl|tls|hostnameverifier)\\b");

    private final TillStatements statements;

    /** Knows the tills only by what their databases said. */
    public PosFault() {
        this(null);
    }

    public PosFault(TillStatements statements) {
        this.statements = statements;
    }

    /** The same of a poll; where a statement does not fit, also which one, which tables are missing and which make the database looks like. */
    public String sentence(String connection, Throwable fault) {
        statements.askAgain(connection);
        SQLException sql = sqlException(fault);
        if (sql == null || !misfit(sql)) {
            return sentence(fault);
        }
        try {
            return statements.refused(connection).orElseGet(() -> sentence(fault) + statements.doubt(connection));
        } catch (SQLException away) {
            return sentence(fault);
        }
    }

    /** What is to be kept of it in the till's row; our own database's failure is no till's, and goes to whoever woke us. */
    public String theirs(Exception fault) throws Exception {
        if (StoreFault.ours(fault)) {
            throw fault;
        }
        return sentence(fault);
    }

    public String sentence(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof MakeRow.AliasMissing || cause instanceof MakeBroken) {
                return cause.getMessage();
            }
        }
        SQLException sql = sqlException(fault);
        if (sql == null) {
            return "The poll failed with " + fault.getClass().getSimpleName() + "; aiq-bridge check says more.";
        }
        if (waited(sql)) {
            return "A statement took longer than pos.query-timeout: the till's database is busy, or a table is locked by the till. The next poll tries again.";
        }
        if (denied(sql)) {
            return "The login lacks a right: " + names(sql) + "; aiq-bridge check prints the statements for the owner.";
        }
        if (misfit(sql)) {
            return "The make's statement does not fit the till's database: " + names(sql)
                    + "; aiq-bridge check says more.";
        }
        if (String.valueOf(sql.getMessage()).contains("maxResultBuffer")) {
            return "The rows of the till are too large to be read: the make's statement has to cut its texts, for example left(note, 2000).";
        }
        if (refused(sql)) {
            return state(sql).equals("22")
                    ? "What is written does not fit into the till's column (SQL state " + sql.getSQLState() + ")."
                    : "A rule or a trigger of the till's database refuses what is written.";
        }
        if (of(sql, "sqlite") && sql.getErrorCode() == SQLITE_NO_FILE) {
            return "The till's file is not there, or may not be opened.";
        }
        if (readOnly(sql)) {
            return "The till's database may only be read now: is it a replica, or a file without the right to write?";
        }
        if (untrusted(sql)) {
            return "The till's database is not trusted: its certificate, its name, or that it does not speak TLS; aiq-bridge check says which.";
        }
        return switch (state(sql)) {
            case "08" -> "The till's database cannot be reached; aiq-bridge check says more.";
            case "28" -> "The till's database does not accept the login; aiq-bridge check says more.";
            default ->
                "The till's database answered with SQL state " + sql.getSQLState() + "; aiq-bridge check says more.";
        };
    }

    /** Whether the till's database will not take the points however often they are written: they do not fit, or a rule or trigger of its own refuses them. */
    public static boolean refused(Throwable fault) {
        SQLException sql = sqlException(fault);
        return sql != null && refused(sql);
    }

    private static boolean refused(SQLException sql) {
        return REFUSED.contains(state(sql))
                || "45000".equals(sql.getSQLState())
                || of(sql, "sqlite") && SQLITE_REFUSED.contains(sql.getErrorCode());
    }

    /** Whether a statement of ours only took too long, or waited too long for a lock. */
    public static boolean waited(Throwable fault) {
        SQLException sql = sqlException(fault);
        return sql != null && waited(sql);
    }

    /** What verifies TLS says so by its kind, or some drivers in their own words. */
    private static boolean untrusted(SQLException sql) {
        for (Throwable cause = sql; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return state(sql).equals("08")
                && TLS.matcher(String.valueOf(sql.getMessage())).find();
    }

    private static SQLException sqlException(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                // the pool only says that it has no connection; why, says what it wraps
                return sql instanceof SQLTransientConnectionException && sql.getCause() instanceof SQLException why
                        ? why
                        : sql;
            }
        }
        return null;
    }

    private static boolean waited(SQLException sql) {
        return sql instanceof SQLTimeoutException
                || Set.of("57014", "55P03", "HYT00").contains(String.valueOf(sql.getSQLState()))
                || of(sql, "mariadb") && MARIADB_WAITED.contains(sql.getErrorCode())
                || of(sql, "sqlite") && SQLITE_BUSY.contains(sql.getErrorCode());
    }

    private static boolean denied(SQLException sql) {
        return "42501".equals(sql.getSQLState()) || of(sql, "mariadb") && MARIADB_DENIED.contains(sql.getErrorCode());
    }

    private static boolean misfit(SQLException sql) {
        return state(sql).equals("42")
                || of(sql, "mariadb") && sql.getErrorCode() == MARIADB_VIEW_BROKEN
                || of(sql, "sqlite") && sql.getErrorCode() == SQLITE_ERROR;
    }

    private static boolean readOnly(SQLException sql) {
        return "25006".equals(sql.getSQLState())
                || of(sql, "mariadb") && sql.getErrorCode() == MARIADB_READ_ONLY
                || of(sql, "sqlite") && sql.getErrorCode() == SQLITE_READ_ONLY;
    }

    private static boolean of(SQLException sql, String driver) {
        for (StackTraceElement at : sql.getStackTrace()) {
            if (at.getClassName().startsWith("org." + driver)) {
                return true;
            }
        }
        return false;
    }

    /** The first two characters of the SQL state: its class. */
    private static String state(SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        return state.length() < 2 ? state : state.substring(0, 2);
    }

    private static String names(SQLException sql) {
        return String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
    }
}
