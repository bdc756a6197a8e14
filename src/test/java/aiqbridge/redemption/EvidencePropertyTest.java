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

        final boolean single, hidden, limiter, named, others;
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

        AiqAnswer done(Object value) {
            return EvidencePropertyTest.done(value, (now() + offset) / 1_000 * 1_000);
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

        /** Each reading lags by itself, at most L or R. */
        List<Move> seen(long most) {
            long until = now() - u(most);
            return moves.stream().filter(m -> m.at() <= until).toList();
        }

        AiqAnswer wallet() {
            List<Move> seen = seen(L);
            int points = 1000 + seen.stream().mapToInt(Move::points).sum();
            boolean taken = single && seen.stream().anyMatch(m -> "cup".equals(m.discount()) && m.points() < 0);
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
                    null);
            return done(new Wallet(
                    "c-ada", hidden ? null : BigDecimal.valueOf(points), hidden, taken ? List.of() : List.of(cup)));
        }

        Report list(long from, long to, boolean timeline) {
            return new Report(
                    seen(R).stream()
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

        /** The report holds what AIQ confirmed an hour before, of somebody else. */
        Report report(AiqAsk.Between ask) {
            List<ReportRow> rows = new ArrayList<>(list(ask, false).rows());
            long at = control.startedAt() + offset;
            if (at / 1000 >= Math.floorDiv(ask.from(), 1000)) {
                rows.add(new ReportRow("r_0", null, "c-ben", null, null, "hat", "t-0", null, at / 1000 * 1000, null));
            }
            return new Report(rows, true);
        }

        Report list(AiqAsk.Between ask, boolean timeline) {
            return list(ask.from(), ask.to(), timeline);
        }

        void send(Map<String, Object> row) {
            AiqAnswer wallet = wallet();
            Wallet w = (Wallet) wallet.value();
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
            boolean possible = !single || moves.stream().noneMatch(m -> "cup".equals(m.discount()) && m.points() < 0);
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
            List<Control> controls = List.of(control);
            Reading report = evidence.report(
                    done(report(evidence.window(
                            "a", evidence.since(List.of(unclear), List.of()), List.of(unclear), controls))),
                    controls,
                    now());
            Settled to = evidence.inReport(unclear, report, used);
            if (to.next() == Settled.Next.ASK) {
                Reading timeline = evidence.timeline(
                        unclear, done(list(evidence.ofContact(unclear, controls), true)), controls, now());
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
                    row.put("ask", to.nextAttemptAt());
                }
            }
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
                    move(
                            random.nextBoolean() ? "refund" : "earned",
                            random.nextBoolean() ? "pen" : null,
                            null,
                            100,
                            otherAt);
                    tell("+100 at " + (otherAt - 1764331200000L) / 1000);
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
