package aiqbridge.pos;

import aiqbridge.Settings;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From when on a poll reads (routes/redemption/README.md section 5): a short overlap each time, a long one every sweep; the first start begins now, not in history.
 * Exactly-once comes from rows and states, never from here.
 */
public final class PosWindow {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private final PosConnections connections;
    private final Clock clock;
    private final Duration overlap;
    private final Duration sweepEvery;
    private final Duration sweepOverlap;
    private final Duration reversalOverlap;
    private final int page;

    public PosWindow(PosConnections connections, Settings settings, Clock clock) {
        this.connections = connections;
        this.clock = clock;
        this.overlap = settings.duration("pos.overlap");
        this.sweepEvery = settings.duration("pos.sweep-every");
        this.sweepOverlap = settings.duration("pos.sweep-overlap");
        this.reversalOverlap = settings.duration("pos.reversal-overlap");
        this.page = settings.number("pos.page");
    }

    /**
     * @param posNow epoch seconds by the till database's own clock
     * @param state  the connection's row of pos_poll, none before its first poll
     * @return what the make's statements are bound with: {@code since} (the till's wall clock), {@code since_epoch} (seconds), {@code since_id},
     *         and the same for reversals as {@code reversed_since}, {@code reversed_since_epoch}, {@code reversed_since_id};
     *         and for ourselves {@code pos_now}, {@code highest} (milliseconds) and {@code sweep}
     */
    public Map<String, Object> begin(String connection, Number posNow, List<Map<String, Object>> state) {
        long now = clock.millis();
        long till = posNow.longValue() * 1_000;
        Long watermark = state.isEmpty() || state.get(0).get("watermark") == null
                ? null
                : ((Number) state.get(0).get("watermark")).longValue();
        long sweptAt = state.isEmpty() || state.get(0).get("swept_at") == null
                ? 0
                : ((Number) state.get(0).get("swept_at")).longValue();
        boolean first = watermark == null;
        boolean sweep = !first && now - sweptAt >= sweepEvery.toMillis();
        long from = (first ? till : Math.min(watermark, till)) - (sweep ? sweepOverlap : overlap).toMillis();
        if (first) {
            watermark = from;
        }
        Map<String, Object> window = new HashMap<>();
        window.put("connection", connection);
        window.put("sweep", sweep ? 1 : 0);
        window.put("first", first ? 1 : 0);
        window.put("from", from);
        window.put("pos_now", till);
        window.put("highest", watermark);
        window.put("began_at", now);
        window.put("unreadable", 0);
        bind(window, "since", connection, from, till);
        bind(window, "reversed_since", connection, sweep ? till - reversalOverlap.toMillis() : from, till);
        return window;
    }

    /** The window of the next page of sales: after the last row of this one; {@code more} is 1 when there may be one. */
    public Map<String, Object> after(Map<String, Object> window, List<Map<String, Object>> sales, Integer rows) {
        Map<String, Object> next = turned(window, "since", rows);
        long highest = (Long) window.get("highest");
        for (Map<String, Object> sale : sales) {
            highest = Math.max(highest, Math.min((Long) sale.get("changed_at"), (Long) window.get("pos_now")));
        }
        next.put("highest", highest);
        return next;
    }

    /** The window of the next page of reversals. */
    public Map<String, Object> afterReversals(Map<String, Object> window, Integer rows) {
        return turned(window, "reversed_since", rows);
    }

    /** A make whose statement does not go on after the last id is read once, not for ever. */
    private Map<String, Object> turned(Map<String, Object> window, String bound, int rows) {
        Map<String, Object> next = new HashMap<>(window);
        Object time = next.remove("tail_time");
        Object id = next.remove("tail_id");
        String key = time instanceof Number ? bound + "_epoch" : bound;
        boolean moved = time != null && !(time.equals(window.get(key)) && id.equals(window.get(bound + "_id")));
        next.put(bound + "_more", rows >= page && moved ? 1 : 0);
        if (moved) {
            next.put(key, time);
            next.put(bound + "_id", id);
        }
        return next;
    }

    private void bind(Map<String, Object> window, String bound, String connection, long from, long till) {
        window.put(bound, wallClock(connection, from, till));
        window.put(bound + "_epoch", Math.floorDiv(from, 1_000L));
        window.put(bound + "_id", "");
        window.put(bound + "_more", 1);
    }

    /** In the hour that autumn repeats, the till's wall clock goes back: so does the bound, or the second hour's sales would be behind it. */
    private Object wallClock(String name, long from, long till) {
        PosConnection connection = connections.get(name);
        LocalDateTime straight = local(from, connection);
        LocalDateTime back = local(till, connection).minus(Duration.ofMillis(Math.max(0, till - from)));
        LocalDateTime bound = back.isBefore(straight) ? back : straight;
        // SQLite has no time type: its tills' times are text, and so is what they are compared with
        return connection.engine().equals("sqlite") ? TEXT.format(bound) : bound;
    }

    private static LocalDateTime local(long at, PosConnection connection) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(at), connection.zone());
    }
}
