package aiqbridge.pos;

import java.sql.SQLException;

/** Says why a till could not be polled, without repeating what a driver's message may hold: addresses, rows, statements. */
public final class PosFault {
    public String sentence(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof PosRows.AliasMissing) {
                return cause.getMessage();
            }
            if (cause instanceof SQLException sql) {
                return "The till's database answered with SQL state " + sql.getSQLState() + "; aiq-bridge check says more.";
            }
        }
        return "The poll failed with " + fault.getClass().getSimpleName() + "; aiq-bridge check says more.";
    }
}
