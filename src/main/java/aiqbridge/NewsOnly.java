package aiqbridge;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is the same every time is said once a minute: an hour without a database would else fill the log with one sentence. */
public final class NewsOnly {
    private static final long AGAIN_MS = Duration.ofMinutes(1).toMillis();
    private static final int MOST_KINDS = 1_000;
    private final Clock clock;
    private final Map<String, Long> saidAt = new ConcurrentHashMap<>();

    public NewsOnly(Clock clock) {
        this.clock = clock;
    }

    /** Whether this kind of thing is to be said now. */
    public boolean is(String kind) {
        if (saidAt.size() > MOST_KINDS) {
            saidAt.clear();
        }
        long now = clock.millis();
        boolean[] news = {false};
        saidAt.compute(kind, (known, at) -> {
            news[0] = at == null || now - at >= AGAIN_MS || now < at;
            return news[0] ? (Long) now : at;
        });
        return news[0];
    }

    /** The class of a failure, with that of what lies at the bottom of it; never a message, which may hold anything. */
    public static String named(Throwable failed) {
        Throwable bottom = failed;
        for (int deep = 0; bottom.getCause() != null && deep < 50; deep++) {
            bottom = bottom.getCause();
        }
        String outside = failed.getClass().getSimpleName();
        String inside = bottom.getClass().getSimpleName();
        return outside.equals(inside) ? outside : outside + " (" + inside + ")";
    }
}
