package aiqbridge.health;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqBreaker;
import aiqbridge.aiq.AiqClock;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.stop.Stop;
import aiqbridge.wallet.WrongCodes;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How each account, till and shop did when it was last looked at. Gauges {@code aiqbridge_account_*} by account: paused, circuit_open, due, oldest_due_seconds, unclear, parked, resend_stopped, report_lag_seconds, clock_offset_seconds, needs_look, wrong_codes (of a day);
 * {@code aiqbridge_till_*} by connection: up, lag_seconds, braked, write_backs_failing, unread_rows, late_sales, unheard_sales, doubted, requests_failing, wrong_codes (of thirty days), slowed; {@code aiqbridge_shop_*} by connection: up, silent, lag_seconds, braked, parked, wrong_codes, slowed.
 */
public final class HealthWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    /** Seconds from which on somebody should set a clock: nothing depends on it, but times in AIQ and in a till no longer agree. */
    private static final long CLOCKS_APART = 60;

    private final Connections connections;
    private final AiqBreaker breaker;
    private final AiqClock aiqClock;
    private final Function<String, Optional<String>> brokenKinds;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final long lateAfter;
    private final long alertAfter;
    private final long wrongCodesMost;
    private final long startedAt;
    private final AtomicLong stopped = new AtomicLong();
    private volatile List<Stop> stands = List.of();
    private final Map<String, MultiGauge> gauges = new ConcurrentHashMap<>();
    private final Map<String, Found> found = new ConcurrentSkipListMap<>();
    private volatile List<WrongCodes.Tried> wrongCodes = List.of();

    /**
     * One account or connection, or the disk.
     *
     * @param wrong  in plain words, without anybody's data; empty when all is well
     * @param counts seconds and numbers of the last look
     */
    public record Found(String id, List<String> wrong, Map<String, Long> counts) {}

    public HealthWatch(
            Connections connections,
            AiqBreaker breaker,
            AiqClock aiqClock,
            Function<String, Optional<String>> brokenKinds,
            MeterRegistry metrics,
            Settings settings,
            Clock clock) {
        this.brokenKinds = brokenKinds;
        this.connections = connections;
        this.breaker = breaker;
        this.aiqClock = aiqClock;
        this.metrics = metrics;
        this.clock = clock;
        this.lateAfter = settings.duration("health.late-after").toSeconds();
        this.alertAfter = settings.duration("redemption.alert-after").toSeconds();
        this.wrongCodesMost = settings.number("health.wrong-codes-per-day");
        this.startedAt = clock.millis();
        Gauge.builder("aiqbridge.stops", stopped, AtomicLong::get).register(metrics);
    }

    /** In the order of their names. */
    public Stream<Found> found() {
        return found.values().stream();
    }

    /** Before accounts, tills and shops are looked at. */
    public void wrongCodes(List<WrongCodes.Tried> tried) {
        wrongCodes = tried;
    }

    private void codesOf(String connection, Map<String, Long> counts, List<String> wrong) {
        WrongCodes.Tried tried = wrongCodes.stream()
                .filter(one -> one.connection().equals(connection))
                .findFirst()
                .orElse(null);
        counts.put("wrong_codes", tried == null ? 0 : tried.month());
        counts.put("slowed", tried != null && tried.slowed() ? 1L : 0L);
        say(
                wrong,
                counts.get("slowed") > 0,
                "its key tried more wrong codes than people mistype, " + counts.get("wrong_codes")
                        + " in thirty days, and may try one a minute");
    }

    public void accounts(List<AccountHealth> rows) {
        Map<String, Found> now = new TreeMap<>();
        for (AccountHealth row : rows) {
            String account = row.accountId();
            Map<String, Long> counts = new LinkedHashMap<>();
            counts.put("paused", row.paused());
            counts.put("carts_held", row.cartsHeld());
            counts.put("circuit_open", breaker.openAccounts().contains(account) ? 1L : 0L);
            counts.put("due", row.due());
            counts.put("oldest_due_seconds", age(row.oldestDueAt()));
            counts.put("unclear", row.unclear());
            counts.put("parked", row.parked());
            counts.put("needs_look", row.needsLook());
            counts.put("resend_stopped", row.resendStopped());
            counts.put("report_lag_seconds", row.reportLagMs() / 1_000);
            Long offset = aiqClock.offset(account);
            counts.put("clock_offset_seconds", offset == null ? 0 : offset / 1_000);
            counts.put(
                    "wrong_codes",
                    wrongCodes.stream()
                            .filter(one -> one.accountId().equals(account))
                            .mapToLong(WrongCodes.Tried::day)
                            .sum());
            List<String> wrong = new ArrayList<>();
            say(
                    wrong,
                    row.paused() > 0,
                    "AIQ does not accept its key; "
                            + (row.keyWanted() > 0 ? "it has to be entered again" : "the bridge tries it by itself"));
            say(
                    wrong,
                    row.cartsHeld() > 0,
                    "AIQ refuses the address or the key with which its carts are sent, and they wait");
            say(wrong, counts.get("circuit_open") > 0, "AIQ does not answer it");
            say(wrong, counts.get("oldest_due_seconds") > alertAfter, "due redemptions wait too long");
            say(
                    wrong,
                    row.resendStopped() > 0,
                    "AIQ did what nobody expects of it, and nothing is sent again before a person has looked");
            say(
                    wrong,
                    Math.abs(counts.get("clock_offset_seconds")) > CLOCKS_APART,
                    "AIQ's clock and this machine's are " + Math.abs(counts.get("clock_offset_seconds")) + " s apart");
            say(
                    wrong,
                    counts.get("wrong_codes") > wrongCodesMost,
                    counts.get("wrong_codes") + " wrong codes were tried in a day");
            say(wrong, counts.get("needs_look") > 0, counts.get("needs_look") + " redemption(s) need a look");
            now.put(account, new Found("account-" + account, wrong, counts));
        }
        seen("account", "account", now);
    }

    public void tills(List<TillHealth> rows) {
        Map<String, TillHealth> known = byConnection(rows, TillHealth::connection);
        Map<String, Found> now = new TreeMap<>();
        for (PosConnection till : connections.pos().all()) {
            TillHealth row = known.getOrDefault(till.name(), TillHealth.unknown(till.name()));
            boolean up = row.lastError() == null;
            Map<String, Long> counts = new LinkedHashMap<>();
            counts.put("up", up ? 1L : 0L);
            counts.put(
                    "lag_seconds", row.polledAt() == null ? (clock.millis() - startedAt) / 1_000 : age(row.polledAt()));
            counts.put("braked", row.braked());
            counts.put("write_backs_failing", row.writeBacksFailing());
            counts.put("unread_rows", row.unread());
            counts.put("late_sales", row.lateSales());
            counts.put("unheard_sales", row.unheardSales());
            counts.put("doubted", row.doubted());
            counts.put("requests_failing", row.requestsError() == null ? 0L : 1L);
            List<String> wrong = new ArrayList<>();
            say(wrong, !up, unread(String.valueOf(row.lastError())));
            say(wrong, counts.get("requests_failing") > 0, "its request table cannot be read");
            say(
                    wrong,
                    counts.get("lag_seconds") > lateAfter,
                    "it was not asked for " + counts.get("lag_seconds") + " s");
            say(wrong, counts.get("braked") > 0, "its reversals are stopped by the brake");
            say(wrong, row.unread() > 0, row.unread() + " of its rows cannot be read, the last was " + row.unreadRow());
            say(
                    wrong,
                    row.unheardSales() > 0,
                    row.unheardSales()
                            + " sale(s) that redemptions wait for are completed there, and nothing reads them");
            say(wrong, counts.get("write_backs_failing") > 0, "points cannot be written to it");
            codesOf(till.name(), counts, wrong);
            now.put(till.name(), new Found("till-" + till.name(), wrong, counts));
        }
        seen("till", "connection", now);
    }

    public void shops(List<ShopHealth> rows) {
        Map<String, ShopHealth> known = byConnection(rows, ShopHealth::connection);
        Map<String, Found> now = new TreeMap<>();
        for (StorefrontConnection shop : connections.storefronts().all()) {
            ShopHealth row = known.getOrDefault(shop.name(), ShopHealth.unknown(shop.name()));
            boolean up = row.lastError() == null;
            Map<String, Long> counts = new LinkedHashMap<>();
            counts.put("up", up ? 1L : 0L);
            counts.put("silent", row.silent());
            counts.put("lag_seconds", age(row.oldestAt()));
            counts.put("braked", row.braked());
            counts.put("parked", row.parked());
            List<String> wrong = new ArrayList<>();
            brokenKinds.apply(shop.kind()).ifPresent(wrong::add);
            say(wrong, !up, "its API cannot be asked");
            say(wrong, counts.get("silent") > 0, "it has been silent for longer than usual");
            say(
                    wrong,
                    counts.get("lag_seconds") > lateAfter,
                    "its oldest unprocessed delivery has waited for " + counts.get("lag_seconds") + " s");
            say(wrong, counts.get("braked") > 0, "its reversals are stopped by the brake");
            say(wrong, counts.get("parked") > 0, counts.get("parked") + " of its deliveries are parked");
            codesOf(shop.name(), counts, wrong);
            now.put(shop.name(), new Found("shop-" + shop.name(), wrong, counts));
        }
        seen("shop", "connection", now);
    }

    /** Once for each, when it is first seen to stand, and when it no longer does. */
    private void say(List<Stop> standing) {
        standing.stream()
                .filter(stop -> !stands.contains(stop))
                .forEach(stop -> LOG.error(
                        "ALERT: an emergency stop stands: {}, by {}; nothing of it is sent to AIQ: aiq-bridge stop list",
                        stop.of().words(),
                        stop.stoppedBy()));
        stands.stream()
                .filter(stop -> !standing.contains(stop))
                .forEach(stop -> LOG.warn("lifted: the stop of {}", stop.of().words()));
        stands = List.copyOf(standing);
    }

    /** What is stopped on purpose: somebody has to lift it. Gauge {@code aiqbridge_stops}: how many stand. */
    public void stops(List<Stop> standing) {
        say(standing);
        found.remove("stop");
        if (!standing.isEmpty()) {
            List<String> wrong = standing.stream()
                    .map(stop -> "an emergency stop stands: " + stop.of().words() + ", since "
                            + Instant.ofEpochMilli(stop.stoppedAt()))
                    .toList();
            found.put("stop", new Found("stop", wrong, Map.of("standing", (long) standing.size())));
        }
        stopped.set(standing.size());
    }

    /** @param why no cart is sent */
    public void cartsWait(String why) {
        found.put("carts", new Found("carts", List.of(why), Map.of()));
    }

    /** @param wrong what the disk under the bridge lacks, empty for nothing */
    public void disk(List<String> wrong, long freeMib) {
        found.put("disk", new Found("disk", wrong, Map.of("free_mib", freeMib)));
    }

    /** What was looked at before and is gone is forgotten. */
    private void seen(String kind, String label, Map<String, Found> now) {
        found.keySet()
                .removeIf(
                        id -> id.startsWith(kind + "-") && now.values().stream().noneMatch(f -> f.id().equals(id)));
        now.values().forEach(one -> found.put(one.id(), one));
        now.values().stream()
                .flatMap(one -> one.counts().keySet().stream())
                .distinct()
                .forEach(count -> gauges.computeIfAbsent(
                                "aiqbridge." + kind + "." + count,
                                name -> MultiGauge.builder(name).register(metrics))
                        .register(
                                now.entrySet().stream()
                                        .map(e -> MultiGauge.Row.of(
                                                Tags.of(label, e.getKey()),
                                                e.getValue().counts().get(count)))
                                        .toList(),
                                true));
    }

    private <T> Map<String, T> byConnection(List<T> rows, Function<T, String> connection) {
        Map<String, T> known = new TreeMap<>();
        rows.forEach(row -> known.put(connection.apply(row), row));
        known.keySet()
                .retainAll(connections.all().stream().map(Connection::name).toList());
        return known;
    }

    /** What is wrong with a make's file holds nobody's data; what a database says may. */
    private static String unread(String error) {
        return error.matches("(?s)(routes/pos/|The make ).*") ? error : "its database cannot be read";
    }

    private static void say(List<String> wrong, boolean so, String sentence) {
        if (so) {
            wrong.add(sentence);
        }
    }

    private long age(Long at) {
        return at == null ? 0 : Math.max(0, (clock.millis() - at) / 1_000);
    }
}
