package aiqbridge.pos;

import aiqbridge.Settings;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.pos.PollWindow.Bound;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * From when on a poll reads (routes/redemption/README.md section 5): a short overlap each time, a long one every sweep; the first start begins now, not in history.
 * Exactly-once comes from rows and states, never from here.
 */
public final class PosWindow {
    static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
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
     * @param state  none before the connection's first poll
     */
    public PollWindow begin(String connection, Number posNow, List<PollState> state) {
        long now = clock.millis();
        long till = posNow.longValue() * 1_000;
        Long watermark = state.isEmpty() ? null : state.get(0).watermark();
        long sweptAt = state.isEmpty() || state.get(0).sweptAt() == null
                ? 0
                : state.get(0).sweptAt();
        boolean first = watermark == null;
        boolean sweep = !first && now - sweptAt >= sweepEvery.toMillis();
        long from = (first ? till : Math.min(watermark, till)) - (sweep ? sweepOverlap : overlap).toMillis();
        long reversedFrom = sweep ? till - reversalOverlap.toMillis() : from;
        return new PollWindow(
                connection,
                sweep ? 1 : 0,
                first ? 1 : 0,
                from,
                till,
                first ? from : watermark,
                now,
                0,
                wallClock(connection, from, till),
                Math.floorDiv(from, 1_000L),
                "",
                1,
                wallClock(connection, reversedFrom, till),
                Math.floorDiv(reversedFrom, 1_000L),
                "",
                1,
                sweep ? state.get(0).arrivedBefore() : null,
                null,
                sweep && state.get(0).arrivedBefore() != null ? 1 : 0);
    }

    /** The window of the next page of sales: after the last row of this one. */
    public PollWindow after(PollWindow window, PollPage<Sale> sales) {
        long highest = window.highest();
        for (Sale sale : sales.rows()) {
            highest = Math.max(highest, Math.min(sale.changedAt(), window.posNow()));
        }
        Long arrived = sales.arrival() == null || window.arrived() != null && window.arrived() > sales.arrival()
                ? window.arrived()
                : sales.arrival();
        return window.withSales(
                turned(window.sales(), sales), highest, arrived, sales.unread().size());
    }

    /** Those of a sweep's sales that the polls before it should have read: whether they did, only the store knows. */
    public List<LateSale> late(PollWindow window, PollPage<Sale> sales) {
        if (window.sweep() == 0) {
            return List.of();
        }
        long inTime = window.from() + sweepOverlap.minus(overlap).toMillis();
        PosConnection connection = connections.get(window.connection());
        long bound = Math.min(
                inTime, PosRows.millis(wallClock(window.connection(), inTime, window.posNow()), connection.zone()));
        String foundBy = window.sinceMore() == 1 ? "sweep" : "arrival";
        return sales.rows().stream()
                .filter(sale -> sale.changedAt() < bound)
                .map(sale -> new LateSale(
                        sale.connection(),
                        sale.location(),
                        sale.transactionId(),
                        foundBy,
                        sale.completedAt(),
                        sale.changedAt(),
                        window.beganAt()))
                .toList();
    }

    /** The window of the next page of late sales; they do not move the watermark. */
    public PollWindow afterLate(PollWindow window, PollPage<Sale> late) {
        boolean moved = late.arrival() != null && late.arrival() > window.arrivedAfter();
        return window.withLate(
                moved ? late.arrival() : window.arrivedAfter(),
                moved && late.read() >= page ? 1 : 0,
                late.unread().size());
    }

    /** The window of the next page of reversals. */
    public PollWindow afterReversals(PollWindow window, PollPage<ReversedSale> reversals) {
        return window.withReversals(
                turned(window.reversals(), reversals), reversals.unread().size());
    }

    /** A make whose statement does not go on after the last id is read once, not for ever. */
    private Bound turned(Bound bound, PollPage<?> read) {
        Object time = read.lastTime();
        Object before = time instanceof Number ? bound.epoch() : bound.time();
        if (time == null || time.equals(before) && read.lastId().equals(bound.id())) {
            return new Bound(bound.time(), bound.epoch(), bound.id(), 0);
        }
        int more = read.read() >= page ? 1 : 0;
        return time instanceof Number epoch
                ? new Bound(bound.time(), epoch, read.lastId(), more)
                : new Bound(time, bound.epoch(), read.lastId(), more);
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
