package aiqbridge.storefront;

import aiqbridge.Settings;
import aiqbridge.account.Accounts;
import aiqbridge.storefront.api.RowWaits;
import aiqbridge.storefront.mapping.EventProblem;
import aiqbridge.storefront.mapping.MappingBroken;
import aiqbridge.storefront.mapping.ShopRefused;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** The question for a connection's next portion: {@code connection, now, lease_ms, page}. */
    public Map<String, Object> portion(String connection) {
        return Map.of("connection", connection, "now", clock.millis(), "lease_ms", lease.toMillis(), "page", page);
    }

    /** Epoch milliseconds after which a connection lets the others have their turn. */
    public long deadline() {
        return clock.millis() + round.toMillis();
    }

    /** Whether there may be more, and time for it. */
    public boolean goesOn(Integer rows, Long deadline) {
        return rows == page && clock.millis() < deadline;
    }

    /** As they were received. */
    public List<Map<String, Object>> inOrder(List<Map<String, Object>> rows) {
        return rows.stream()
                .sorted(Comparator.comparing(row -> ((Number) row.get("inbox_id")).longValue()))
                .toList();
    }

    /** The row's end: its events are in their tables, or it has none. */
    public Map<String, Object> done(Map<String, Object> row, List<Map<String, Object>> events) {
        return ended(row, events.isEmpty() ? "IGNORED" : "DONE", attempts(row), clock.millis(), null);
    }

    /**
     * What becomes of a row that could not be worked on: what has no meaning is parked at once, what waits for a shop's API, its account or its kind's mapping waits, anything else is tried again and parked in the end.
     *
     * @throws Exception the fault itself when it is ours: the row stays as it is
     */
    public Map<String, Object> failed(Map<String, Object> row, Exception fault) throws Exception {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RowWaits waits) {
                return ended(row, "HEARD", attempts(row), Math.max(waits.until(), clock.millis()), waits.getMessage());
            }
            if (cause instanceof Accounts.UnknownAccount || cause instanceof MappingBroken) {
                return ended(row, "HEARD", attempts(row), clock.millis() + retryEvery.toMillis(), cause.getMessage());
            }
            if (cause instanceof EventProblem problem) {
                return ended(row, "PARKED", attempts(row), clock.millis(), problem.getMessage());
            }
            if (cause instanceof ShopRefused refused) {
                return tried(row, refused.getMessage());
            }
            if (ours(cause)) {
                throw fault;
            }
        }
        return tried(
                row, "It could not be processed: " + innermost(fault).getClass().getSimpleName() + ".");
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

    private Map<String, Object> tried(Map<String, Object> row, String sentence) {
        int tries = attempts(row) + 1;
        Duration wait = retryEvery.multipliedBy(1L << Math.min(tries - 1, 20));
        return ended(
                row,
                tries >= attempts ? "PARKED" : "HEARD",
                tries,
                clock.millis() + Math.min(wait.toMillis(), LONGEST_WAIT.toMillis()),
                sentence);
    }

    private Map<String, Object> ended(
            Map<String, Object> row, String status, int attempts, long nextAttemptAt, String lastError) {
        Map<String, Object> ended = new HashMap<>();
        ended.put("inbox_id", row.get("inbox_id"));
        ended.put("status", status);
        ended.put("attempts", attempts);
        ended.put("next_attempt_at", nextAttemptAt);
        ended.put("last_error", lastError);
        ended.put("now", clock.millis());
        return ended;
    }

    private static int attempts(Map<String, Object> row) {
        return ((Number) row.get("attempts")).intValue();
    }

    private static Throwable innermost(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
