package aiqbridge.store;

import aiqbridge.NewsOnly;
import java.sql.SQLException;
import java.time.Clock;

/** Tells a failure of the bridge's own database from one of a till's or a shop's: what our own pool throws is marked where it leaves the pool. */
public final class StoreFault {
    private static final class Mark extends Throwable {
        Mark() {
            super("the bridge's own database", null, false, false);
        }
    }

    private final NewsOnly news;

    public StoreFault(Clock clock) {
        this.news = new NewsOnly(clock);
    }

    static <T extends Throwable> T marked(T failed) {
        if (failed instanceof SQLException && !isMarked(failed)) {
            failed.addSuppressed(new Mark());
        }
        return failed;
    }

    private static boolean isMarked(Throwable failed) {
        for (Throwable one : failed.getSuppressed()) {
            if (one instanceof Mark) {
                return true;
            }
        }
        return false;
    }

    /** Whether our own database failed, and nobody else is to be blamed. */
    public static boolean ours(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (isMarked(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The same for routes. */
    public boolean isOurs(Throwable failed) {
        return ours(failed);
    }

    /** Whether it is to be logged: always, but our own database's failures once a minute and kind, whatever meets them. */
    public boolean isNews(Throwable failed) {
        return !ours(failed) || news.is(sentence(failed));
    }

    /** What is logged of it. */
    public String named(Throwable failed) {
        return ours(failed) ? sentence(failed) : NewsOnly.named(failed);
    }

    /** What our database said, without what a row holds. */
    public String sentence(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (isMarked(cause) && cause instanceof SQLException sql) {
                return "the bridge's own database failed (" + sql.getClass().getSimpleName() + ", SQL state "
                        + sql.getSQLState() + ", code " + sql.getErrorCode() + ")";
            }
        }
        return "the bridge's own database failed";
    }
}
