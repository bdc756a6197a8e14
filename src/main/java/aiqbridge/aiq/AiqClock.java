package aiqbridge.aiq;

import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far AIQ's clock is from ours, per account: the median of the last 20 answers' {@code Date}, at the middle of their calls. Answers out of a cache say
 * nothing. What the books bear may be another clock still: the lists' own controls tell (routes/redemption/README.md section 1.3).
 */
public final class AiqClock {
    private static final int SAMPLES = 20;
    private static final Duration STEADY = Duration.ofSeconds(30);
    private final Clock clock;
    private final Map<String, Deque<Long>> offsets = new ConcurrentHashMap<>();

    public AiqClock(Clock clock) {
        this.clock = clock;
    }

    /**
     * An answer came just now to a call that left then, epoch milliseconds.
     *
     * @param at when AIQ made it, by AIQ's clock
     * @param age seconds it lay in a cache
     */
    void heard(String account, long left, Long at, long age) {
        if (at == null || age > 0) {
            return;
        }
        Deque<Long> last = offsets.computeIfAbsent(account, a -> new ArrayDeque<>());
        synchronized (last) {
            // Date has whole seconds: on average it is half a second ago
            last.addLast(at + 500 - (left + clock.millis()) / 2);
            if (last.size() > SAMPLES) {
                last.removeFirst();
            }
        }
    }

    /** AIQ's clock minus ours in milliseconds; null while AIQ never said, or its last answers are more than 30 seconds apart. */
    public Long offset(String account) {
        Deque<Long> last = offsets.get(account);
        if (last == null) {
            return null;
        }
        List<Long> sorted;
        synchronized (last) {
            sorted = last.stream().sorted().toList();
        }
        return sorted.get(sorted.size() - 1) - sorted.get(0) > STEADY.toMillis() ? null : sorted.get(sorted.size() / 2);
    }

    /** What AIQ's clock shows now, epoch milliseconds; null while nobody knows. */
    public Long now(String account) {
        Long offset = offset(account);
        return offset == null ? null : clock.millis() + offset;
    }

    /** When an answer was made by AIQ's clock: its Date less its Age (RFC 9110 section 6.6.1, RFC 9111 section 5.1); null where it does not say. */
    static Long at(String date, long age) {
        if (date == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()
                            .toEpochMilli()
                    - age * 1_000;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Seconds in a cache; anything that is not a number counts as old. */
    static long age(String age) {
        return age == null ? 0 : age.matches("\\d{1,9}") ? Long.parseLong(age) : Integer.MAX_VALUE;
    }
}
