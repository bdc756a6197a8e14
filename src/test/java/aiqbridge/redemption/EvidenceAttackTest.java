package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Ways in which AIQ's lists could be taken for what they do not say, with the shipped settings; each of them once was. */
class EvidenceAttackTest {
    private static final long MINUTE = 60_000;
    private static final long AT = 4_102_444_800_000L;
    private final TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-28T12:00:00Z");
    private final long t = clock.millis();
    private final Doubt doubt = new Doubt(settings(), clock);
    private final Evidence evidence = new Evidence(doubt, clock);

    private static Settings settings() {
        Properties values = new Properties();
        values.putAll(Settings.load(Path.of("config/application.properties")));
        return Settings.of(values);
    }

    private Unclear row(Object... over) {
        Map<String, Object> row = new HashMap<>();
        row.put("account_id", "a");
        row.put("contact_id", "c-ada");
        row.put("discount_id", "coffee");
        row.put("points", 0);
        row.put("transaction_id", null);
        row.put("started_at", t - 1_000);
        row.put("aiq_started_at", t - 1_000);
        row.put("ended_at", t);
        row.put("unknown_since", t);
        row.put("queued_at", t - MINUTE);
        row.put("wallet_points", 1000);
        row.put("http_status", 503);
        row.put("absent_since", null);
        row.put("restored_from", null);
        row.put("offers", 1);
        row.put("unnamed", 1);
        row.put("resends", 0);
        row.put("refusals", 0);
        for (int i = 0; i < over.length; i += 2) {
            row.put((String) over[i], over[i + 1]);
        }
        return Rows.of(Unclear.class, row);
    }

    private static Unclear later(Unclear row, Settled settled) {
        try {
            List<Object> values = new ArrayList<>();
            List<Class<?>> types = new ArrayList<>();
            for (var c : Unclear.class.getRecordComponents()) {
                types.add(c.getType());
                values.add(
                        switch (c.getName()) {
                            case "absentSince" -> settled.absentSince();
                            case "listsSilentSince" -> settled.listsSilentSince();
                            default -> c.getAccessor().invoke(row);
                        });
            }
            return Unclear.class
                    .getDeclaredConstructor(types.toArray(Class[]::new))
                    .newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AiqAnswer done(Object value) {
        return new AiqAnswer(AiqAnswer.Outcome.DONE, 200, value, null, AT, "");
    }

    private static AiqAnswer list(List<ReportRow> rows) {
        return done(new Report(rows, true));
    }

    private static AiqAnswer wallet(Integer points, boolean reusable) {
        Discount d = new Discount(
                "coffee",
                "D",
                "coffee",
                null,
                BigDecimal.ZERO,
                false,
                true,
                null,
                null,
                null,
                reusable,
                null,
                null,
                null,
                null);
        return done(
                new Wallet("c-ada", points == null ? null : BigDecimal.valueOf(points), points == null, List.of(d)));
    }

    private ReportRow shown(String id, int points, long at) {
        return new ReportRow(
                id, "redemption", "c-ada", null, null, "coffee", null, BigDecimal.valueOf(points), at, null);
    }

    private Control own(long at, int reversed) {
        return new Control("c-ada", null, null, "coffee", null, at, at, at + 500, reversed);
    }

    private Settled twice(Unclear row, AiqAnswer wallet, List<ReportRow> rows, List<Control> controls, int... minutes) {
        Settled last = null;
        Unclear asked = row;
        for (int minute : minutes) {
            long begun = t + minute * MINUTE;
            clock.advance(java.time.Duration.ofMillis(begun - clock.millis()));
            Reading report = evidence.report(list(rows), controls, begun);
            last = evidence.inReport(asked, report, List.of());
            if (last.next() != Settled.Next.ASK) {
                return last;
            }
            Reading timeline = evidence.timeline(asked, list(rows), controls, begun);
            last = evidence.inTimeline(asked, timeline, report, List.of());
            if (last.next() != Settled.Next.ASK) {
                return last;
            }
            last = evidence.inWallet(asked, wallet, timeline, report, List.of());
            asked = later(asked, last);
        }
        return last;
    }

    /** Three minutes before, AIQ confirmed the same free coffee; this one had its effect, and AIQ's lists show both. */
    private Settled twoCoffees(boolean newestFirst, int points, int unnamed) {
        List<ReportRow> rows =
                new ArrayList<>(List.of(shown("r_1", -points, t - 3 * MINUTE + 100), shown("r_2", -points, t - 500)));
        if (newestFirst) {
            Collections.reverse(rows);
        }
        return twice(
                row("points", points, "unnamed", unnamed),
                wallet(1000, true),
                rows,
                List.of(own(t - 3 * MINUTE, 0)),
                34,
                45);
    }

    @Test
    void oldest_first_is_not_let_go() {
        assertThat(twoCoffees(false, 0, 1).next()).isNotEqualTo(Settled.Next.AGAINST);
    }

    @Test
    void newest_first_is_not_let_go() {
        assertThat(twoCoffees(true, 0, 1).next()).isNotEqualTo(Settled.Next.AGAINST);
    }

    @Test
    void newest_first_is_found() {
        assertThat(twoCoffees(true, 0, 0).next()).isEqualTo(Settled.Next.EXECUTED);
    }

    /** The first was reversed and its row is gone; the second had its effect and is listed. */
    @Test
    void a_reversed_control_does_not_swallow_the_effect() {
        assertThat(twice(
                                row(),
                                wallet(1000, true),
                                List.of(shown("r_2", 0, t - 500)),
                                List.of(own(t - 3 * MINUTE, 1)),
                                34,
                                45)
                        .next())
                .isNotEqualTo(Settled.Next.AGAINST);
    }

    /** The first was reversed and its row is gone; something older shows that the lists are complete. */
    @Test
    void a_reversed_control_does_not_hide_what_was_taken() {
        Control old = new Control(
                "c-ada", null, null, "hat", null, t - 60 * MINUTE, t - 60 * MINUTE, t - 60 * MINUTE + 500, 0);
        ReportRow hat = new ReportRow(
                "r_0", "redemption", "c-ada", null, null, "hat", null, BigDecimal.ZERO, t - 60 * MINUTE, null);
        assertThat(twice(
                                row("unnamed", 0),
                                wallet(1000, true),
                                List.of(hat, shown("r_2", 0, t - 500)),
                                List.of(old, own(t - 3 * MINUTE, 1)),
                                34,
                                45)
                        .next())
                .isEqualTo(Settled.Next.EXECUTED);
    }

    /** The report names phones only, and another contact of ours has the phone too: the row may be this one's. Its timeline has nothing to prove that it is whole. */
    private Settled sharedPhone(String status, String transaction) {
        Control ben = new Control(
                "c-ben", null, null, "hat", "t-0", t - 60 * MINUTE, t - 60 * MINUTE, t - 60 * MINUTE + 500, 0);
        ReportRow bens =
                new ReportRow("r_0", null, "c-ben", null, null, "hat", "t-0", BigDecimal.TEN, t - 60 * MINUTE, null);
        ReportRow mine = new ReportRow(
                "r_9", null, null, "5555550100", null, "coffee", transaction, BigDecimal.valueOf(-100), t - 500, null);
        Unclear asked =
                row("points", 100, "transaction_id", "t-1", "unnamed", 0, "phone", "+15555550100", "phone_shared", 1);
        Settled last = null;
        for (int minute : new int[] {16, 18}) {
            long begun = t + minute * MINUTE;
            clock.advance(java.time.Duration.ofMillis(begun - clock.millis()));
            Reading report = evidence.report(list(List.of(bens, mine)), List.of(ben), begun);
            Reading timeline = evidence.timeline(asked, list(List.of()), List.of(), begun);
            // 100 taken and 100 earned by the sale itself
            last = evidence.inReport(asked, report, List.of());
            last = evidence.inTimeline(asked, timeline, report, List.of());
            assertThat(last.next()).isEqualTo(Settled.Next.ASK);
            last = evidence.inWallet(asked, wallet(1000, true), timeline, report, List.of());
            asked = later(asked, last);
        }
        return last;
    }

    @Test
    void a_row_of_a_shared_phone_without_a_sale_is_not_silence() {
        assertThat(sharedPhone("UNKNOWN", null).next()).isNotEqualTo(Settled.Next.AGAINST);
    }

    @Test
    void a_row_of_a_shared_phone_that_names_our_sale_is_not_silence() {
        assertThat(sharedPhone("UNKNOWN", "t-1").next()).isNotEqualTo(Settled.Next.AGAINST);
    }

    private Watched watched(String id, String outcome, long at, String transaction, Long missing) {
        return new Watched(
                id,
                1,
                outcome,
                "c-ada",
                null,
                null,
                "coffee",
                transaction,
                at,
                at,
                at + 500,
                0,
                null,
                missing,
                null,
                null,
                null);
    }

    private Confirmation.Read confirmed(List<ReportRow> rows, List<Watched> watched, long begun) {
        clock.advance(java.time.Duration.ofMillis(begun - clock.millis()));
        Reading report = evidence.report(
                list(rows),
                watched.stream().filter(Watched::executed).map(Watched::control).toList(),
                begun);
        return new Confirmation(doubt)
                .read(
                        "a",
                        new Reading(report.rows(), report.redemptions(), true, true, report.complete(), begun, begun),
                        watched,
                        List.of());
    }

    /** AIQ's lists bear another clock than its answers, an hour ahead. */
    @Test
    void a_list_whose_clock_is_ahead_is_not_taken_twice() {
        ReportRow one = new ReportRow(
                "r_1", null, "c-ada", null, null, "coffee", "t-1", BigDecimal.ZERO, t + 60 * MINUTE, null);
        assertThat(confirmed(List.of(one), List.of(watched("a-1", "EXECUTED", t, "t-1", null)), t + 11 * MINUTE)
                        .stopReason())
                .isNull();
    }

    /** The same customer, the same reusable discount, three minutes apart; the report shows both, newest first. */
    @Test
    void the_same_once_more_within_minutes_is_not_missing() {
        List<ReportRow> rows = List.of(shown("r_2", 0, t + 3 * MINUTE), shown("r_1", 0, t));
        Confirmation.Read read = confirmed(
                rows,
                List.of(
                        watched("a-1", "EXECUTED", t, null, null),
                        watched("a-2", "EXECUTED", t + 3 * MINUTE, null, null)),
                t + 30 * MINUTE);
        assertThat(read.flagged()).isEmpty();
        assertThat(read.marks()).allMatch(m -> m.missingAt() == null);
    }

    /** As before; an hour later the first is no longer watched. */
    @Test
    void nor_does_it_stop_the_account_when_the_first_is_no_longer_watched() {
        List<ReportRow> rows = List.of(shown("r_2", 0, t + 3 * MINUTE), shown("r_1", 0, t));
        Long missing = confirmed(
                        rows,
                        List.of(
                                watched("a-1", "EXECUTED", t, null, null),
                                watched("a-2", "EXECUTED", t + 3 * MINUTE, null, null)),
                        t + 59 * MINUTE)
                .marks()
                .stream()
                .map(Confirmation.Mark::missingAt)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
        Confirmation.Read read =
                confirmed(rows, List.of(watched("a-2", "EXECUTED", t + 3 * MINUTE, null, missing)), t + 62 * MINUTE);
        assertThat(read.stopReason()).isNull();
    }

    /** What stands for ours already is a month of an account with 1,500 redemptions a day. */
    @Test
    void a_hundred_unclear_ones_are_judged_within_seconds() {
        List<ReportRow> rows = new ArrayList<>();
        for (int i = 0; i < 1_999; i++) {
            rows.add(new ReportRow(
                    "r_" + i, null, "c-" + i, null, null, "coffee", "t-" + i, BigDecimal.ZERO, t - i, null));
        }
        List<String> used = new ArrayList<>();
        for (int i = 0; i < 45_000; i++) {
            used.add("u_" + i);
        }
        Reading report = evidence.report(list(rows), List.of(), t);
        long begun = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            evidence.inReport(row(), report, used);
        }
        long ms = 10 * (System.nanoTime() - begun) / 1_000_000;
        System.out.println("COST 100 inReport with 2000 rows, 45000 used: " + ms + " ms");
        assertThat(ms).isLessThan(5_000);
    }

    /** AIQ's redemptions report shows what was given back as a row of its own (the simulator's switch reversal-seen-in = redemptions). */
    @Test
    void what_was_given_back_within_the_hour_is_not_taken_twice() {
        ReportRow taken =
                new ReportRow("r_1", null, "c-ada", null, null, "coffee", "t-1", BigDecimal.valueOf(-100), t, null);
        ReportRow back = new ReportRow(
                "r_2", "refund", "c-ada", null, null, "coffee", "t-1", BigDecimal.valueOf(100), t + 5 * MINUTE, null);
        Watched one = new Watched(
                "a-1",
                1,
                "EXECUTED",
                "c-ada",
                null,
                null,
                "coffee",
                "t-1",
                t,
                t,
                t + 500,
                1,
                null,
                null,
                null,
                null,
                null);
        assertThat(confirmed(List.of(taken, back), List.of(one), t + 11 * MINUTE)
                        .stopReason())
                .isNull();
    }

    /** The first was given back just before the second was sent, which had no effect. */
    @Test
    void what_was_given_back_is_not_evidence_for_another() {
        ReportRow back = new ReportRow(
                "r_2", "refund", "c-ada", null, null, "coffee", null, BigDecimal.valueOf(100), t - 3_000, null);
        clock.advance(java.time.Duration.ofSeconds(31));
        Reading report = evidence.report(list(List.of(back)), List.of(), clock.millis());
        assertThat(evidence.inReport(row("points", 100, "unnamed", 0), report, List.of())
                        .next())
                .isNotEqualTo(Settled.Next.EXECUTED);
    }
}
