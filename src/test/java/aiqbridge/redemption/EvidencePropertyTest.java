package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.AiqAsk;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hidden truth, random lags within the assumptions, the real Evidence: no redemption has more than one effect, and each says what is true. */
class EvidencePropertyTest {
    /** Each of four kinds; {@code -Devidence.worlds=4000} takes more. */
    private static final int WORLDS = Integer.getInteger("evidence.worlds", 1_000);

    private static final long S = 5_000, D = 5 * 60_000, L = 2 * 60_000, R = 10 * 60_000;
    private final Settings settings = Settings.of(Settings.load(Path.of("config/application.properties")));

    /** A movement of AIQ's: when it was, in true time; its row's time is AIQ's clock. */
    private record Move(String id, String type, String discount, String transaction, int points, long at, long stamp) {}

    private final class World {
        final Random random;
        final TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-28T12:00:00Z");
        final Doubt doubt = new Doubt(settings, clock);
        final Evidence evidence = new Evidence(doubt, clock);
        final List<Move> moves = new ArrayList<>();
        final List<Map<String, Object>> rows = new ArrayList<>();
        final List<String> used = new ArrayList<>();
        final Map<String, Integer> effects = new TreeMap<>();
        final Control control;
        /** How far AIQ's clock is from ours; we know it but for S. */
        final long offset;

        /** What the contact redeemed before, where anything: its timeline shows that. */
        final Control own;

        final boolean single, hidden, limiter, named, others, odd;
        final StringBuilder story = new StringBuilder();
        int n;

        World(long seed, boolean limiter, boolean others) {
            random = new Random(seed);
            offset = u(20 * 60_000) - 10 * 60_000;
            long before = clock.millis() - 3_600_000;
            control = new Control("c-ben", null, null, "hat", "t-0", before, known(before), before + 1_000, 0);
            single = random.nextInt(3) == 0;
            hidden = random.nextInt(5) == 0;
            named = random.nextBoolean();
            own = random.nextBoolean()
                    ? new Control("c-ada", null, null, "hat", "t-00", before, known(before), before + 1_000, 0)
                    : null;
            odd = random.nextInt(3) == 0;
            this.limiter = limiter;
            this.others = others;
        }

        long u(long most) {
            return most <= 0 ? 0 : (long) (random.nextDouble() * most);
        }

        /** What we think AIQ's clock shows then. */
        long known(long at) {
            return at + offset + u(2 * S - 1_000) - (S - 1_000);
        }

        AiqAnswer done(Object value, long cached) {
            return EvidencePropertyTest.done(value, (now() - cached + offset) / 1_000 * 1_000);
        }

        long now() {
            return clock.millis();
        }

        void tell(String what) {
            story.append((now() - 1764331200000L) / 1000)
                    .append("s ")
                    .append(what)
                    .append("; ");
        }

        void move(String type, String discount, String transaction, int points, long at) {
            moves.add(new Move("x" + n++, type, discount, transaction, points, at, at + offset));
        }

        /** Each reading lags by itself, at most L or R; an answer out of a cache is as old as it is. */
        List<Move> seen(long most, long cached) {
            long until = now() - cached - u(most);
            return moves.stream().filter(m -> m.at() <= until).toList();
        }

        /** Every fourth answer of an odd AIQ is wrong in some way. */
        boolean oddly() {
            return odd && random.nextInt(4) == 0;
        }

        long cached() {
            return oddly() ? 10 * 60_000 + u(30 * 60_000) : 0;
        }

        /** A single-use discount is offered as often as it was given and not taken. */
        int offers(List<Move> seen) {
            if (!single) {
                return 1;
            }
            long taken = seen.stream()
                    .filter(m -> "cup".equals(m.discount()) && "redemption".equals(m.type()))
                    .count();
            long given = seen.stream().filter(m -> "grant".equals(m.type())).count();
            return (int) Math.max(0, 1 + given - taken);
        }

        AiqAnswer wallet() {
            long cached = cached();
            List<Move> seen = seen(L, cached);
            int points = 1000 + seen.stream().mapToInt(Move::points).sum();
            boolean unseen = hidden || oddly();
            Discount cup = new Discount(
                    "cup",
                    "D",
                    "cup",
                    null,
                    BigDecimal.valueOf(100),
                    false,
                    true,
                    null,
                    null,
                    null,
                    !single,
                    null,
                    null,
                    null,
                    null);
            return done(
                    new Wallet(
                            oddly() ? "c-eve" : "c-ada",
                            unseen ? null : BigDecimal.valueOf(points),
                            unseen,
                            oddly() ? null : Collections.nCopies(offers(seen), cup)),
                    cached);
        }

        AiqAnswer answer(AiqAsk.Between ask, boolean timeline) {
            long cached = cached();
            Report whole = timeline ? timeline(ask, cached) : report(ask, cached);
            if (!oddly()) {
                return done(whole, cached);
            }
            List<ReportRow> rows = whole.rows();
            return done(
                    switch (random.nextInt(4)) {
                        case 0 -> new Report(List.of(), true);
                        case 1 -> new Report(List.of(), false);
                        case 2 -> new Report(rows.subList(0, rows.size() / 2), true);
                        default ->
                            new Report(
                                    rows.stream()
                                            .map(r -> new ReportRow(
                                                    r.id(),
                                                    r.type(),
                                                    null,
                                                    null,
                                                    null,
                                                    null,
                                                    null,
                                                    r.points(),
                                                    r.at(),
                                                    null))
                                            .toList(),
                                    true);
                    },
                    cached);
        }

        Report list(long from, long to, boolean timeline, long cached) {
            return new Report(
                    seen(R, cached).stream()
                            .filter(m -> m.stamp() / 1000 >= Math.floorDiv(from, 1000)
                                    && m.stamp() / 1000 <= Math.floorDiv(to, 1000))
                            .filter(m -> timeline || "redemption".equals(m.type()))
                            .map(m -> new ReportRow(
                                    m.id(),
                                    m.type(),
                                    "c-ada",
                                    null,
                                    null,
                                    m.discount(),
                                    m.transaction(),
                                    BigDecimal.valueOf(m.points()),
                                    m.stamp() / 1000 * 1000,
                                    null))
                            .toList(),
                    true);
        }

        Report timeline(AiqAsk.Between ask, long cached) {
            List<ReportRow> rows = new ArrayList<>();
            if (own != null && (own.startedAt() + offset) / 1000 >= Math.floorDiv(ask.from(), 1000)) {
                rows.add(new ReportRow(
                        "r_00",
                        "redemption",
                        "c-ada",
                        null,
                        null,
                        "hat",
                        "t-00",
                        BigDecimal.valueOf(-10),
                        (own.startedAt() + offset) / 1000 * 1000,
                        null));
            }
            rows.addAll(list(ask, true, cached).rows());
            return new Report(rows, true);
        }

        /** The report holds what AIQ confirmed an hour before, of somebody else. */
        Report report(AiqAsk.Between ask, long cached) {
            List<ReportRow> rows = new ArrayList<>(list(ask, false, cached).rows());
            long at = control.startedAt() + offset;
            if (at / 1000 >= Math.floorDiv(ask.from(), 1000)) {
                rows.add(new ReportRow("r_0", null, "c-ben", null, null, "hat", "t-0", null, at / 1000 * 1000, null));
            }
            return new Report(rows, true);
        }

        Report list(AiqAsk.Between ask, boolean timeline, long cached) {
            return list(ask.from(), ask.to(), timeline, cached);
        }

        void send(Map<String, Object> row) {
            AiqAnswer wallet = wallet();
            Wallet w = (Wallet) wallet.value();
            if (!w.whole() || !"c-ada".equals(w.contactId())) {
                row.put("due", now() + 60_000);
                return;
            }
            if (w.discount("cup").isEmpty()) {
                row.put("state", "GONE");
                return;
            }
            row.put("wallet_points", w.points());
            row.put("offers", w.offers("cup"));
            clock.advance(Duration.ofMillis(u(3_000)));
            row.put("started_at", now());
            row.put("aiq_started_at", known(now()));
            boolean effect = random.nextInt(2) == 0;
            long left = now();
            clock.advance(Duration.ofMillis(u(18_000)));
            boolean limited = limiter && random.nextBoolean();
            long at = limited ? left + u(now() - left) : left + u(now() - left + D);
            boolean possible = offers(moves) > 0;
            if (effect && possible) {
                move("redemption", "cup", named ? (String) row.get("transaction_id") : null, -100, at);
                effects.merge((String) row.get("id"), 1, Integer::sum);
                row.put("own", "x" + (n - 1));
            }
            row.put("fate", "");
            boolean lost = !limited && random.nextInt(5) == 0;
            row.put("ended_at", lost ? null : now());
            row.put("unknown_since", lost ? now() + 72_000 : now());
            row.put("http_status", limited ? 429 : null);
            row.put("absent_since", null);
            row.put("lists_silent_since", null);
            row.put("contact_changed_since", null);
            row.put("ask", now() + 30_000);
            row.put("state", "UNKNOWN");
            tell("sent " + row.get("id") + " before " + w.points() + " effect " + effect + " at +" + (at - left) / 1000
                    + " limited " + limited);
        }

        /** As {@code in_doubt} has it. */
        boolean alone(Map<String, Object> row) {
            return rows.stream()
                    .noneMatch(o -> o != row
                            && o.get("state").equals("UNKNOWN")
                            && (Long) o.get("unknown_since") > doubt.freshSince());
        }

        void settle(Map<String, Object> row) {
            row.put("unnamed", (int) rows.stream()
                    .filter(o -> o != row && List.of("UNKNOWN", "PARKED").contains(o.get("state")))
                    .filter(o -> (Long) o.get("started_at") <= (Long) row.get("unknown_since") + doubt.effectMillis()
                            && (Long) o.get("unknown_since") + doubt.effectMillis() >= (Long) row.get("started_at"))
                    .count());
            Unclear unclear = Rows.of(Unclear.class, row);
            List<Control> controls = List.of(control), ofContact = own == null ? List.of() : List.of(own);
            Reading report = evidence.report(
                    answer(
                            evidence.window(
                                    "a",
                                    evidence.since(List.of(unclear), List.of()),
                                    List.of(unclear),
                                    List.of(),
                                    controls),
                            false),
                    controls,
                    now());
            Settled to = evidence.inReport(unclear, report, used);
            if (to.next() == Settled.Next.ASK) {
                Reading timeline = evidence.timeline(
                        unclear, answer(evidence.ofContact(unclear, ofContact), true), ofContact, now());
                to = evidence.inTimeline(unclear, timeline, report, used);
                if (to.next() == Settled.Next.ASK) {
                    clock.advance(Duration.ofMillis(u(8_000)));
                    to = evidence.inWallet(unclear, wallet(), timeline, report, used);
                }
            }
            String next = to.next().name();
            if (!next.equals("WAIT")) {
                tell(row.get("id") + " " + next);
            }
            switch (next) {
                case "EXECUTED" -> {
                    row.put("state", "EXECUTED");
                    this.used.add(to.aiqRow());
                }
                case "AGAINST" -> {
                    row.put("resends", ((Integer) row.get("resends")) + 1);
                    row.put("state", to.against().equals("DUE") ? "DUE" : "ENDED");
                }
                case "PARK" -> row.put("state", "PARKED");
                default -> {
                    row.put("absent_since", to.absentSince());
                    row.put("lists_silent_since", to.listsSilentSince());
                    row.put("contact_changed_since", to.contactChangedSince());
                    row.put("ask", to.nextAttemptAt());
                }
            }
        }

        /** Somebody else's movement: points earned or given back, a discount given again, or redeemed at a till that AIQ itself serves. */
        String other(long at) {
            switch (random.nextInt(5)) {
                case 0 -> move("grant", "cup", null, 0, at);
                case 1 -> move("redemption", "pen", named ? "n-" + n : null, -100, at);
                case 2 -> {
                    if (named && offers(moves) > 0) {
                        move("redemption", "cup", "n-" + n, -100, at);
                    }
                }
                default ->
                    move(
                            random.nextBoolean() ? "refund" : "earned",
                            random.nextBoolean() ? "pen" : null,
                            null,
                            100,
                            at);
            }
            return moves.isEmpty() ? "" : moves.get(moves.size() - 1).type();
        }

        void run() {
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                Map<String, Object> row = new HashMap<>(Map.of(
                        "id",
                        "r" + i,
                        "state",
                        "DUE",
                        "contact_id",
                        "c-ada",
                        "discount_id",
                        "cup",
                        "points",
                        100,
                        "transaction_id",
                        "t-" + i,
                        "queued_at",
                        now() - 60_000,
                        "unnamed",
                        0,
                        "resends",
                        0,
                        "refusals",
                        0));
                row.put("restored_from", null);
                row.put("account_id", "a");
                row.put("due", now() + u(20 * 60_000));
                rows.add(row);
            }
            long otherAt = others ? now() - L + u(25 * 60_000) : Long.MAX_VALUE;
            long end = now() + 4 * 3_600_000L;
            while (now() < end) {
                clock.advance(Duration.ofMillis(1_000 + u(29_000)));
                if (now() >= otherAt) {
                    String told = other(otherAt);
                    tell(told + " at " + (otherAt - 1764331200000L) / 1000);
                    otherAt = random.nextBoolean() ? otherAt + u(30 * 60_000) : Long.MAX_VALUE;
                }
                for (Map<String, Object> row : rows) {
                    if (row.get("state").equals("DUE") && (Long) row.get("due") <= now() && alone(row)) {
                        send(row);
                    } else if (row.get("state").equals("UNKNOWN") && (Long) row.get("ask") <= now()) {
                        settle(row);
                    }
                }
            }
        }
    }

    private static AiqAnswer done(Object value, long at) {
        return new AiqAnswer(AiqAnswer.Outcome.DONE, 200, value, null, at, "");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void no_effect_twice(boolean limiter, boolean others) {
        List<String> bad = new ArrayList<>();
        Map<String, Integer> ends = new TreeMap<>();
        for (long seed = 0; seed < WORLDS; seed++) {
            World world = new World(seed, limiter, others);
            world.run();
            for (Map<String, Object> row : world.rows) {
                int effects = world.effects.getOrDefault(row.get("id"), 0);
                ends.merge(row.get("state") + " " + effects, 1, Integer::sum);
                // of several of one contact soon after one another a balance may not tell which was which
                boolean good = !world.odd && !world.others && !world.hidden && world.rows.size() == 1;
                if (good && List.of("UNKNOWN", "PARKED").contains(row.get("state"))) {
                    bad.add("seed " + seed + " " + row.get("id") + " is left over: " + world.story);
                }
                boolean lies = effects > 1
                        || row.get("state").equals("ENDED") && effects > 0
                        || row.get("state").equals("GONE") && effects > 0
                        || world.named && row.get("state").equals("EXECUTED") && effects != 1;
                if (lies) {
                    bad.add("seed " + seed + " " + row.get("id") + " " + row.get("state") + " effects " + effects
                            + " single " + world.single + " hidden " + world.hidden + " named " + world.named + ": "
                            + world.story);
                }
            }
            int all = world.effects.values().stream().mapToInt(i -> i).sum();
            long executed = world.rows.stream()
                    .filter(r -> r.get("state").equals("EXECUTED"))
                    .count();
            if (executed > all) {
                bad.add("seed " + seed + " more executed than effects: " + world.story);
            }
        }
        System.out.println(
                "EvidencePropertyTest:  limiter " + limiter + " others " + others + " " + ends + " bad " + bad.size());
        bad.stream()
                .sorted(Comparator.comparingInt(String::length))
                .limit(3)
                .forEach(b -> System.out.println("EvidencePropertyTest:    " + b));
        assertThat(bad).isEmpty();
    }
}
