package aiqbridge.storefront;

import aiqbridge.Settings;
import aiqbridge.account.Accounts;
import aiqbridge.storefront.api.RowWaits;
import aiqbridge.storefront.mapping.EventProblem;
import aiqbridge.storefront.mapping.InboxRow;
import aiqbridge.storefront.mapping.MappingBroken;
import aiqbridge.storefront.mapping.ShopEvent;
import aiqbridge.storefront.mapping.ShopRefused;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** How the inbox is worked on: in what portions, and what becomes of a row. */
public final class InboxWork {
    /** SQLite: busy, locked, read-only, I/O error, corrupt, full, cannot be opened. */
    private static final Set<Integer> SQLITE_AWAY = Set.of(5, 6, 8, 10, 11, 13, 14);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private final Clock clock;
    private final int page;
    private final int attempts;
    private final Duration lease;
    private final Duration round;
    private final Duration retryEvery;

    public InboxWork(Settings settings, Clock clock) {
        this.clock = clock;
        this.page = settings.number("inbox.page");
        this.attempts = settings.number("inbox.attempts");
        this.lease = settings.duration("inbox.lease");
        this.round = settings.duration("inbox.round");
        this.retryEvery = settings.duration("inbox.retry-every");
    }

    /** Of which connection how many rows are claimed, and for how many milliseconds. */
    public record Portion(String connection, long leaseMs, int page) {}

    /** What became of a row; in epoch milliseconds when it is tried again. */
    public record Ended(Long inboxId, String status, int attempts, long nextAttemptAt, String lastError) {}

    public Portion portion(String connection) {
        return new Portion(connection, lease.toMillis(), page);
    }

    /** Epoch milliseconds after which a connection lets the others have their turn. */
    public long deadline() {
        return clock.millis() + round.toMillis();
    }

    /** Whether there may be more, and time for it. */
    public boolean goesOn(Integer rows, Long deadline) {
        return rows == page && clock.millis() < deadline;
    }

    /** As they were received, behind them what was tried in vain: that holds up nobody, and versions cope with what overtakes it. */
    public List<InboxRow> inOrder(List<InboxRow> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(InboxRow::attempts).thenComparing(InboxRow::inboxId))
                .toList();
    }

    /** The row's end: its events are in their tables, or it has none. */
    public Ended done(InboxRow row, List<ShopEvent> events) {
        return ended(row, events.isEmpty() ? "IGNORED" : "DONE", row.attempts(), clock.millis(), null);
    }

    /**
     * What becomes of a row that could not be worked on: what has no meaning is parked at once, what waits for a shop's API, its account or its kind's mapping waits, anything else is tried again and parked in the end.
     *
     * @throws Exception the fault itself when it is ours: the row stays as it is
     */
    public Ended failed(InboxRow row, Exception fault) throws Exception {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RowWaits waits) {
                return ended(row, "HEARD", row.attempts(), Math.max(waits.until(), clock.millis()), waits.getMessage());
            }
            if (cause instanceof Accounts.UnknownAccount || cause instanceof MappingBroken) {
                return ended(row, "HEARD", row.attempts(), clock.millis() + retryEvery.toMillis(), cause.getMessage());
            }
            if (cause instanceof EventProblem problem) {
                return ended(row, "PARKED", row.attempts(), clock.millis(), problem.getMessage());
            }
            if (cause instanceof ShopRefused refused) {
                return tried(row, refused.getMessage(), refused.until());
            }
            if (ours(cause)) {
                throw fault;
            }
        }
        return tried(
                row, "It could not be processed: " + innermost(fault).getClass().getSimpleName() + ".", 0);
    }

    private static boolean ours(Throwable cause) {
        return cause instanceof DataAccessResourceFailureException
                || cause instanceof TransientDataAccessException
                || cause instanceof CannotCreateTransactionException
                || cause instanceof TransactionSystemException
                || cause instanceof SQLException sqlite
                        && sqlite.getSQLState() == null
                        && SQLITE_AWAY.contains(sqlite.getErrorCode() & 0xff);
    }

    private Ended tried(InboxRow row, String sentence, long notBefore) {
        int tries = row.attempts() + 1;
        Duration wait = retryEvery.multipliedBy(1L << Math.min(tries - 1, 20));
        return ended(
                row,
                tries >= attempts ? "PARKED" : "HEARD",
                tries,
                Math.max(notBefore, clock.millis() + Math.min(wait.toMillis(), LONGEST_WAIT.toMillis())),
                sentence);
    }

    private static Ended ended(InboxRow row, String status, int attempts, long nextAttemptAt, String lastError) {
        return new Ended(row.inboxId(), status, attempts, nextAttemptAt, lastError);
    }

    private static Throwable innermost(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
