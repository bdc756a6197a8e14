package aiqbridge.aiq;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AIQ's limits per account: exact sliding windows of a second, a minute and an hour (AIQ: section 1.5 [C]); 0 is no limit.
 * Persons may use all but the redemptions' guaranteed share; redemptions all but a fifth kept for persons; the others less, in the
 * order of routes/redemption/README.md section 8. What nobody waits for is spread over the minute, and while a person waits it keeps to the guaranteed share:
 * the calls of a minute used up in its first half would leave people without any in the other. (Bucket4j was considered: its buckets let twice the limit through in one window and know no shares.)
 */
public final class AiqBudget {
    private static final double REDEMPTION_SHARE = 0.30;
    private static final long STRETCH = 5_000, MINUTE = 60_000, AFTER_A_PERSON = 15_000;
    /** What nobody waits for may take so many calls in a stretch, however small the limit. */
    private static final int LEAST_PER_STRETCH = 5;

    private final long[] windows = {1_000, 60_000, 3_600_000};
    private final int[] limits;
    private final Clock clock;
    private final Map<String, Calls> accounts = new ConcurrentHashMap<>();

    private static final class Calls {
        final Deque<Long> all = new ArrayDeque<>();
        final Deque<Long> redemptions = new ArrayDeque<>();
        /** Those for which nobody waited, of the last stretch. */
        final Deque<Long> background = new ArrayDeque<>();

        long blockedUntil;
        /** When a person last found no call. */
        long waitedAt = Long.MIN_VALUE / 2;
    }

    public AiqBudget(Clock clock, int perSecond, int perMinute, int perHour) {
        this.clock = clock;
        this.limits = new int[] {perSecond, perMinute, perHour};
    }

    /** Counts one call, or says no. */
    public boolean take(String account, Priority priority) {
        Calls calls = accounts.computeIfAbsent(account, a -> new Calls());
        synchronized (calls) {
            long now = clock.millis();
            if (room(calls, priority, now) < 1) {
                if (priority == Priority.PERSON) {
                    calls.waitedAt = now;
                }
                return false;
            }
            if (limits[0] + limits[1] + limits[2] > 0) {
                calls.all.addLast(now);
                if (priority == Priority.REDEMPTION) {
                    calls.redemptions.addLast(now);
                }
                if (priority != Priority.PERSON) {
                    calls.background.addLast(now);
                }
            }
            return true;
        }
    }

    /** The calls of each account in this minute and the one before, for the table that survives a restart. */
    public List<UsedMinute> minutes() {
        long minute = clock.millis() / 60_000;
        List<UsedMinute> minutes = new ArrayList<>();
        accounts.forEach((account, calls) -> {
            synchronized (calls) {
                for (long m = minute - 1; m <= minute; m++) {
                    long from = m * 60_000;
                    long used = calls.all.stream()
                            .filter(at -> at >= from && at < from + 60_000)
                            .count();
                    if (used > 0) {
                        minutes.add(new UsedMinute(account, m, used));
                    }
                }
            }
        });
        return minutes;
    }

    /** What was used before this process started, oldest first. */
    public void remember(String account, long minute, int used) {
        Calls calls = accounts.computeIfAbsent(account, a -> new Calls());
        synchronized (calls) {
            for (int i = 0; i < used && limits[0] + limits[1] + limits[2] > 0; i++) {
                calls.all.addLast(minute * 60_000);
            }
        }
    }

    /** How many calls of this kind could be made at once now. */
    public int available(String account, Priority priority) {
        Calls calls = accounts.computeIfAbsent(account, a -> new Calls());
        synchronized (calls) {
            return room(calls, priority, clock.millis());
        }
    }

    /** How long until a call of this kind may leave; a second at least. */
    public Duration wait(String account, Priority priority) {
        Calls calls = accounts.computeIfAbsent(account, a -> new Calls());
        synchronized (calls) {
            long now = clock.millis();
            long until = Math.max(now + 1_000, calls.blockedUntil);
            for (int w = 1; w < windows.length; w++) {
                if (limits[w] > 0
                        && share(
                                        limits[w],
                                        since(calls.all, now - windows[w]),
                                        since(calls.redemptions, now - windows[w]),
                                        priority)
                                < 1) {
                    until = Math.max(until, firstAfter(calls.all, now - windows[w]) + windows[w]);
                }
            }
            return Duration.ofMillis(until - now);
        }
    }

    /** AIQ told us to wait: nothing is called before then. */
    public void block(String account, long untilMillis) {
        Calls calls = accounts.computeIfAbsent(account, a -> new Calls());
        synchronized (calls) {
            calls.blockedUntil = Math.max(calls.blockedUntil, untilMillis);
        }
    }

    private int room(Calls calls, Priority priority, long now) {
        if (now < calls.blockedUntil) {
            return 0;
        }
        forget(calls.all, now);
        forget(calls.redemptions, now);
        int room = Integer.MAX_VALUE;
        for (int w = 0; w < windows.length; w++) {
            if (limits[w] > 0) {
                int used = since(calls.all, now - windows[w]);
                int usedByRedemptions = since(calls.redemptions, now - windows[w]);
                room = Math.min(room, share(limits[w], used, usedByRedemptions, priority));
            }
        }
        if (priority != Priority.PERSON && limits[1] > 0) {
            room = Math.min(room, spread(calls, priority, now));
        }
        return Math.max(room, 0);
    }

    private int spread(Calls calls, Priority priority, long now) {
        while (!calls.background.isEmpty() && calls.background.peekFirst() <= now - STRETCH) {
            calls.background.removeFirst();
        }
        int perStretch = (int) Math.ceil((double) (limits[1] - kept(limits[1])) * STRETCH / MINUTE);
        int room = Math.max(LEAST_PER_STRETCH, perStretch) - calls.background.size();
        if (now - calls.waitedAt >= AFTER_A_PERSON) {
            return room;
        }
        return priority == Priority.REDEMPTION
                ? Math.min(room, guaranteed(limits[1]) - since(calls.redemptions, now - MINUTE))
                : 0;
    }

    private static int guaranteed(int limit) {
        return (int) Math.floor(limit * REDEMPTION_SHARE);
    }

    /** For persons. */
    private static int kept(int limit) {
        return Math.max(1, limit / 5);
    }

    private static int share(int limit, int used, int usedByRedemptions, Priority priority) {
        int free = limit - used;
        int guaranteed = guaranteed(limit);
        return switch (priority) {
            case PERSON -> free - Math.max(0, guaranteed - usedByRedemptions);
            case REDEMPTION -> Math.min(free, limit - kept(limit) - usedByRedemptions);
            default -> free - Math.max(0, guaranteed - usedByRedemptions) - limit * priority.ordinal() / 10;
        };
    }

    private void forget(Deque<Long> calls, long now) {
        while (!calls.isEmpty() && calls.peekFirst() <= now - windows[2]) {
            calls.removeFirst();
        }
    }

    private static long firstAfter(Deque<Long> calls, long after) {
        return calls.stream().filter(at -> at > after).findFirst().orElse(after);
    }

    private static int since(Deque<Long> calls, long after) {
        int n = 0;
        for (var newest = calls.descendingIterator(); newest.hasNext() && newest.next() > after; ) {
            n++;
        }
        return n;
    }
}
