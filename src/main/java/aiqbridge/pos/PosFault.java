package aiqbridge.pos;

import java.sql.SQLException;

/** Says why a till could not be polled, without repeating what a driver's message may hold: addresses, rows, statements. Class 42 (a name or a right is missing) names only tables and columns. */
public final class PosFault {
    private static final int MARIADB_VIEW_BROKEN = 1356;

    public String sentence(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof PosRows.AliasMissing) {
                return cause.getMessage();
            }
            if (cause instanceof SQLException sql) {
                if (String.valueOf(sql.getSQLState()).startsWith("42") || sql.getErrorCode() == MARIADB_VIEW_BROKEN) {
                    return "The make's statement does not fit the till's database: " + String.valueOf(sql.getMessage()).lines().findFirst().orElse("") + "; aiq-bridge check says more.";
                }
                return "The till's database answered with SQL state " + sql.getSQLState() + "; aiq-bridge check says more.";
            }
        }
        return "The poll failed with " + fault.getClass().getSimpleName() + "; aiq-bridge check says more.";
    }
}
