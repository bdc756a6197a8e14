package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.TestBridge;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What two readings of AIQ's records prove about an attempt, and when. The attempt ended at T; with the shipped settings an effect shows at latest 17 minutes later. */
class EvidenceTest {
    private static final long MINUTE = 60_000;
    /** Made late enough. */
    private static final long AT = 4_102_444_800_000L;

    private final TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-28T12:00:00Z");
    private final long t = clock.millis();
    private final Evidence evidence = evidence();
    /** Confirmed an hour before; AIQ's lists show it, and nothing else. */
    private final Control control = new Control(
            "c-ben", null, null, "hat", "t-0", t - 60 * MINUTE, t - 60 * MINUTE, t - 60 * MINUTE + 1_000, 0);

    private final ReportRow shown = new ReportRow(
            "r_0", null, "c-ben", null, null, "hat", "t-0", BigDecimal.valueOf(-50), t - 60 * MINUTE, null);
    private String contact = "c-ada";
    private boolean hidden;
    private boolean available = true;

    private Evidence evidence(String... over) {
        return new Evidence(new Doubt(settings(over), clock), clock);
    }

    private static Settings settings(String... over) {
        Properties values = new Properties();
        values.putAll(Settings.load(Path.of("config/application.properties")));
        values.put("aiq.clock-error", "1m");
        for (int i = 0; i < over.length; i += 2) {
            values.put(over[i], over[i + 1]);
        }
        return Settings.of(values);
    }

    /** An unclear redemption of 100 points as its row is read, the balance before it 1000. */
    private Unclear row(Object... over) {
        return Rows.of(Unclear.class, columns(over));
    }

    private Map<String, Object> columns(Object... over) {
        Map<String, Object> row = new HashMap<>();
        row.put("account_id", "a");
        row.put("contact_id", "c-ada");
        row.put("discount_id", "cup");
        row.put("points", 100);
        row.put("transaction_id", "t-1");
        row.put("started_at", t - 1_000);
        row.put("aiq_started_at", t - 1_000);
        row.put("ended_at", t);
        row.put("unknown_since", t);
        row.put("queued_at", t - MINUTE);
        row.put("wallet_points", 1000);
        row.put("http_status", null);
        row.put("absent_since", null);
        row.put("restored_from", null);
        row.put("offers", 1);
        row.put("unnamed", 0);
        row.put("resends", 0);
        row.put("refusals", 0);
        for (int i = 0; i < over.length; i += 2) {
            row.put((String) over[i], over[i + 1]);
        }
        return row;
    }

    private AiqAnswer wallet(Integer points, Boolean reusable) {
        Discount cup = new Discount(
                "cup",
                "D",
                "cup",
                null,
                BigDecimal.valueOf(100),
                false,
                available,
                null,
                null,
                null,
                reusable,
                null,
                null,
                null,
                null);
        return done(new Wallet(contact, points == null ? null : BigDecimal.valueOf(points), hidden, List.of(cup)));
    }

    private static AiqAnswer done(Object value) {
        return new AiqAnswer(AiqAnswer.Outcome.DONE, 200, value, null, AT, "");
    }

    /** What the contact's timeline holds; when it is asked for is {@link #judged}'s to say. */
    private static AiqAnswer timeline(ReportRow... rows) {
        return done(new Report(List.of(rows), true));
    }

    private Reading timeline(Unclear row, AiqAnswer timeline, long begun) {
        return evidence.timeline(row, timeline, List.of(control), begun);
    }

    private Reading report(long begun, ReportRow... rows) {
        List<ReportRow> all = new ArrayList<>(List.of(rows));
        all.add(shown);
        return evidence.report(done(new Report(all, true)), List.of(control), begun);
    }

    private Settled inWallet(Unclear row, AiqAnswer wallet, AiqAnswer timeline, long begun) {
        return evidence.inWallet(row, wallet, timeline(row, timeline, begun), report(begun), List.of());
    }

    private static ReportRow event(String type, String discount, String transaction, int points, long at) {
        return new ReportRow(
                "x-" + type + at,
                type,
                "c-ada",
                null,
                null,
                discount,
                transaction,
                BigDecimal.valueOf(points),
                at,
                null);
    }

    private String judged(Unclear row, AiqAnswer wallet, AiqAnswer timeline, long begun) {
        return judged(row, wallet, timeline(row, timeline, begun), report(begun));
    }

    private String judged(Unclear row, AiqAnswer wallet, Reading timeline, Reading report) {
        Settled asked = evidence.inTimeline(row, timeline, report, List.of());
        return (asked.next() == Settled.Next.ASK ? evidence.inWallet(row, wallet, timeline, report, List.of()) : asked)
                .next()
                .name();
    }

    /** Two readings, the second so long after T, the first a minute before. */
    private String twice(AiqAnswer wallet, AiqAnswer timeline) {
        return judged(row("absent_since", t + 17 * MINUTE), wallet, timeline, t + 18 * MINUTE);
    }

    @ParameterizedTest
    @CsvSource({"16, , WAIT", "17, , WAIT", "17, 16.5, WAIT", "18, 17, AGAINST", "17.5, 17, WAIT"})
    void absence_is_shown_by_two_readings_a_minute_apart_after_the_time_in_which_an_effect_shows(
            double begun, Double first, String next) {
        assertThat(judged(
                        row("absent_since", first == null ? null : t + (long) (first * MINUTE)),
                        wallet(1000, true),
                        timeline(),
                        t + (long) (begun * MINUTE)))
                .isEqualTo(next);
    }

    @Test
    void the_first_of_the_two_is_remembered_and_forgotten_when_the_second_says_otherwise() {
        long begun = t + 18 * MINUTE;
        assertThat(Rows.told(inWallet(row(), wallet(1000, true), timeline(), begun)))
                .containsEntry("absent_since", begun);
        assertThat(Rows.told(inWallet(row("absent_since", t + 17 * MINUTE), wallet(900, true), timeline(), begun)))
                .containsEntry("absent_since", null);
        AiqAnswer none = done(new Wallet("c-ada", BigDecimal.valueOf(1000), false, null));
        assertThat(Rows.told(inWallet(row("absent_since", t + 17 * MINUTE), none, timeline(), begun)))
                .as("no reading says nothing")
                .containsEntry("absent_since", t + 17 * MINUTE);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, true, AGAINST",
        "1000, false, AGAINST",
        "1000, , AGAINST",
        "900, true, WAIT",
        "999, true, WAIT",
        "1001, false, WAIT",
        "1100, true, WAIT",
        ", true, WAIT"
    })
    void the_balance_is_what_it_was_to_the_point(Integer points, Boolean reusable, String next) {
        assertThat(twice(wallet(points, reusable), timeline())).isEqualTo(next);
    }

    @Test
    void a_hidden_balance_proves_nothing_and_a_single_use_discount_that_is_still_offered_does() {
        hidden = true;
        assertThat(twice(wallet(null, true), timeline())).isEqualTo("WAIT");
        assertThat(twice(wallet(null, null), timeline()))
                .as("AIQ does not say how often it can be used")
                .isEqualTo("WAIT");
        assertThat(twice(wallet(null, false), timeline())).isEqualTo("AGAINST");
        available = false;
        assertThat(twice(wallet(null, false), timeline())).isEqualTo("WAIT");
    }

    @Test
    void a_free_discount_leaves_no_trace_in_the_balance() {
        Unclear free = row("points", 0, "absent_since", t + 17 * MINUTE);
        assertThat(judged(free, wallet(1000, true), timeline(), t + 18 * MINUTE))
                .isEqualTo("WAIT");
        assertThat(judged(free, wallet(1000, false), timeline(), t + 18 * MINUTE))
                .isEqualTo("AGAINST");
    }

    /** Complete lists of report and timeline, silent at the times that the minutes name, one after the other; where it went at last. */
    private Settled byLists(Evidence evidence, Unclear row, AiqAnswer wallet, int... minutes) {
        Map<String, Object> columns = Rows.told(row);
        Control own =
                new Control("c-ada", null, null, "hat", "t-0", t - 60 * MINUTE, t - 60 * MINUTE, t - 60 * MINUTE, 0);
        ReportRow ownShown = shown("c-ada", "hat", "t-0", t - 60 * MINUTE);
        Settled last = null;
        for (int minute : minutes) {
            Unclear asked = Rows.of(Unclear.class, columns);
            long begun = t + minute * MINUTE;
            AiqAnswer list = done(new Report(List.of(shown, ownShown), true));
            Reading report = evidence.report(list, List.of(control, own), begun);
            ReportRow event = new ReportRow(
                    "r_1", "redemption", "c-ada", null, null, "hat", "t-0", BigDecimal.TEN, t - 60 * MINUTE, null);
            Reading timeline = evidence.timeline(asked, timeline(event), List.of(own), begun);
            last = evidence.inWallet(asked, wallet, timeline, report, List.of());
            columns.put("absent_since", last.absentSince());
            columns.put("lists_silent_since", last.listsSilentSince());
        }
        return last;
    }

    private Settled free(int... minutes) {
        return byLists(evidence, row("points", 0), wallet(1000, true), minutes);
    }

    @Test
    void lists_alone_are_believed_of_what_leaves_no_trace_in_the_balance_late_and_twice() {
        assertThat(free(18, 19, 40).next()).as("one of them counts").isEqualTo(Settled.Next.WAIT);
        assertThat(free(35, 44).next()).as("too close to one another").isEqualTo(Settled.Next.WAIT);
        assertThat(free(33, 43).next()).as("the first is too early").isEqualTo(Settled.Next.WAIT);
        assertThat(free(34, 44).next()).isEqualTo(Settled.Next.AGAINST);
        assertThat(free(34, 44).absentBy()).isEqualTo("LISTS");
        assertThat(twice(wallet(1000, true), timeline())).isEqualTo("AGAINST");
        assertThat(byLists(evidence, row("points", 0), wallet(1000, false), 18, 19)
                        .absentBy())
                .as("the offer says it, too")
                .isEqualTo("WALLET");
    }

    @Test
    void lists_alone_need_the_report_and_the_timeline() {
        Unclear row = row("points", 0, "lists_silent_since", t + 34 * MINUTE);
        assertThat(judged(row, wallet(1000, true), timeline(), t + 44 * MINUTE)).isEqualTo("WAIT");
    }

    @Test
    void lists_alone_are_believed_of_a_hidden_balance_where_the_account_is_said_to_be_so() {
        hidden = true;
        assertThat(byLists(evidence, row(), wallet(null, true), 34, 44).next()).isEqualTo(Settled.Next.WAIT);
        Evidence enough = evidence("redemption.absence-is-enough", "b, a");
        assertThat(byLists(enough, row(), wallet(null, true), 34, 44).next()).isEqualTo(Settled.Next.AGAINST);
        hidden = false;
        assertThat(byLists(enough, row(), wallet(900, true), 34, 44).next())
                .as("the balance says otherwise")
                .isEqualTo(Settled.Next.WAIT);
    }

    @Test
    void what_the_lists_alone_let_go_again_goes_once_more() {
        assertThat(byLists(evidence, row("points", 0, "resends", 1), wallet(1000, true), 34, 44)
                        .against())
                .isEqualTo("DUE");
        assertThat(byLists(evidence, row("points", 0, "resends", 1, "resends_by_lists", 1), wallet(1000, true), 34, 44)
                        .against())
                .isEqualTo("PARKED");
    }

    @Test
    void a_wallet_of_another_contact_parks_when_two_say_so() {
        contact = "c-eve";
        Settled first = inWallet(row(), wallet(1000, true), timeline(), t + 17 * MINUTE);
        assertThat(first.next()).isEqualTo(Settled.Next.WAIT);
        assertThat(first.contactChangedSince()).isEqualTo(t + 17 * MINUTE);
        Unclear changed = row("contact_changed_since", t + 17 * MINUTE);
        Settled second = inWallet(changed, wallet(1000, true), timeline(), t + 18 * MINUTE);
        assertThat(List.of(second.next(), second.flag())).containsExactly(Settled.Next.PARK, "merged");
        assertThat(inWallet(row(), wallet(1000, true), timeline(), t + 16 * MINUTE)
                        .contactChangedSince())
                .as("too early to count")
                .isNull();
        contact = "c-ada";
        assertThat(inWallet(changed, wallet(1000, true), timeline(), t + 18 * MINUTE)
                        .contactChangedSince())
                .isNull();
    }

    private Settled inReport(Unclear row, ReportRow... rows) {
        return evidence.inReport(row, report(t + MINUTE, rows), List.of());
    }

    @Test
    void our_sale_under_another_customer_or_discount_parks() {
        assertThat(inReport(row(), shown("c-eve", "cup", "t-1", t)).next())
                .as("too early")
                .isEqualTo(Settled.Next.WAIT);
        clock.advance(Duration.ofMinutes(18));
        ReportRow other = shown("c-eve", "cup", "t-1", t);
        assertThat(inReport(row(), other).flag()).isEqualTo("shown-differently");
        assertThat(inReport(row(), shown("c-ada", "pen", "t-1", t)).flag()).isEqualTo("shown-differently");
        assertThat(inReport(row(), shown("c-eve", "cup", "t-2", t)).next())
                .as("another sale")
                .isEqualTo(Settled.Next.ASK);
        assertThat(inReport(row(), shown(null, "cup", "t-1", t)).next())
                .as("nobody knows whose")
                .isEqualTo(Settled.Next.ASK);
        assertThat(inReport(row(), shown("c-eve", "cup", "t-1", t - 5 * MINUTE)).next())
                .as("before it was sent: tills use their ids again")
                .isEqualTo(Settled.Next.ASK);
        assertThat(inReport(row("namesakes", 1), other).next())
                .as("another till's sale of the same id")
                .isEqualTo(Settled.Next.ASK);
        assertThat(inReport(row("status", "PARKED"), other).next())
                .as("a person looks already")
                .isEqualTo(Settled.Next.WAIT);
        assertThat(inReport(row(), other, shown("c-ada", "cup", "t-1", t)).next())
                .as("its own row is there")
                .isEqualTo(Settled.Next.EXECUTED);
    }

    @Test
    void two_rows_without_a_sale_for_one_that_was_sent_once_park() {
        clock.advance(Duration.ofMinutes(18));
        ReportRow one = shown("c-ada", "cup", null, t), two = shown("c-ada", "cup", null, t + MINUTE);
        assertThat(inReport(row(), one).next()).isEqualTo(Settled.Next.EXECUTED);
        assertThat(inReport(row(), one, two).flag()).isEqualTo("taken-twice");
        assertThat(inReport(row("unnamed", 1), one, two).next())
                .as("the other may be another attempt's")
                .isEqualTo(Settled.Next.ASK);
        assertThat(inReport(row(), one, shown("c-ada", "cup", "t-1", t)).next())
                .as("one names the sale")
                .isEqualTo(Settled.Next.EXECUTED);
    }

    @Test
    void a_single_use_discount_that_is_gone_contradicts_the_balance() {
        AiqAnswer gone = done(new Wallet("c-ada", BigDecimal.valueOf(1000), false, List.of()));
        assertThat(twice(gone, timeline())).isEqualTo("WAIT");
    }

    @ParameterizedTest
    @CsvSource({"earned, 0, 100", "adjustment, 60000, -100", "redemption, -100000, -30", "expired, , -5"})
    void any_movement_since_the_balance_was_read_leaves_it_open(String type, Long at, int points) {
        ReportRow movement = at == null
                ? new ReportRow("x", type, "c-ada", null, null, null, null, BigDecimal.valueOf(points), null, null)
                : event(type, "other", null, points, t + at);
        assertThat(twice(wallet(1000, true), timeline(movement))).isEqualTo("WAIT");
    }

    @ParameterizedTest
    @CsvSource({"-62, AGAINST", "-1, WAIT", "0, WAIT", "17, WAIT", ", WAIT"})
    void a_row_that_may_be_its_effect_leaves_it_open_unless_it_was_there_before(Integer minutes, String next) {
        ReportRow mayBe = new ReportRow(
                "r_9",
                null,
                "c-ada",
                null,
                null,
                "cup",
                null,
                null,
                minutes == null ? null : t + minutes * MINUTE,
                null);
        Unclear row = row("absent_since", t + 17 * MINUTE);
        long begun = t + 18 * MINUTE;
        assertThat(judged(row, wallet(1000, true), timeline(row, timeline(), begun), report(begun, mayBe)))
                .isEqualTo(next);
    }

    @Test
    void a_list_that_does_not_show_what_was_confirmed_proves_nothing() {
        Unclear row = row("absent_since", t + 17 * MINUTE);
        long begun = t + 18 * MINUTE;
        Map<String, Report> lists = new LinkedHashMap<>();
        lists.put("empty", new Report(List.of(), true));
        lists.put("missing or null", new Report(List.of(), false));
        lists.put("cut after 100", new Report(Collections.nCopies(100, shown), true));
        lists.put("no contact", new Report(List.of(shown(null, "hat", "t-0", t - 60 * MINUTE)), true));
        lists.put("no discount", new Report(List.of(shown("c-ben", null, "t-0", t - 60 * MINUTE)), true));
        lists.put("no time", new Report(List.of(shown("c-ben", "hat", "t-0", null)), true));
        lists.put("a clock behind", new Report(List.of(shown("c-ben", "hat", "t-0", t - 62 * MINUTE)), true));
        lists.put("a clock ahead", new Report(List.of(shown("c-ben", "hat", "t-0", t - 50 * MINUTE)), true));
        lists.put("another sale", new Report(List.of(shown("c-ben", "hat", "t-9", t - 60 * MINUTE)), true));
        Reading timeline = timeline(row, timeline(), begun);
        lists.forEach((what, list) -> assertThat(
                        judged(row, wallet(1000, true), timeline, evidence.report(done(list), List.of(control), begun)))
                .as(what)
                .isEqualTo("WAIT"));
        assertThat(judged(
                        row, wallet(1000, true), timeline, evidence.report(done(lists.get("empty")), List.of(), begun)))
                .as("nothing was ever confirmed")
                .isEqualTo("WAIT");
        assertThat(judged(row, wallet(1000, true), timeline, report(begun))).isEqualTo("AGAINST");
    }

    @Test
    void each_thing_that_was_confirmed_needs_a_row_of_its_own() {
        Unclear row = row("absent_since", t + 17 * MINUTE);
        long begun = t + 18 * MINUTE;
        Control again =
                new Control("c-ben", null, null, "hat", null, t - 59 * MINUTE, t - 59 * MINUTE, t - 58 * MINUTE, 0);
        Reading once = evidence.report(done(new Report(List.of(shown), true)), List.of(control, again), begun);
        assertThat(judged(row, wallet(1000, true), timeline(row, timeline(), begun), once))
                .isEqualTo("WAIT");
    }

    @Test
    void what_was_reversed_may_be_gone_and_is_as_good_where_it_is_shown() {
        Unclear row = row("absent_since", t + 17 * MINUTE);
        long begun = t + 18 * MINUTE;
        Control reversed = new Control(
                "c-ben", null, null, "hat", "t-0", t - 60 * MINUTE, t - 60 * MINUTE, t - 60 * MINUTE + 1_000, 1);
        Control gone = new Control(
                "c-eve", null, null, "hat", "t-3", t - 50 * MINUTE, t - 50 * MINUTE, t - 50 * MINUTE + 1_000, 1);
        Reading timeline = timeline(row, timeline(), begun);
        Report report = new Report(List.of(shown), true);
        assertThat(judged(
                        row,
                        wallet(1000, true),
                        timeline,
                        evidence.report(done(report), List.of(reversed, gone), begun)))
                .isEqualTo("AGAINST");
        assertThat(judged(row, wallet(1000, true), timeline, evidence.report(done(report), List.of(gone), begun)))
                .isEqualTo("WAIT");
    }

    @Test
    void a_report_read_too_early_does_not_count_with_a_later_wallet() {
        Unclear row = row("absent_since", t + 17 * MINUTE);
        long begun = t + 18 * MINUTE;
        assertThat(judged(row, wallet(1000, true), timeline(row, timeline(), begun), report(t + 16 * MINUTE)))
                .isEqualTo("WAIT");
        assertThat(judged(row, wallet(1000, true), timeline(row, timeline(), begun), report(t + 17 * MINUTE)))
                .as("it is the reading before")
                .isEqualTo("WAIT");
    }

    /** The contact's own timeline shows what was confirmed of the contact, and movements since. */
    private String afterMovements(int balance, ReportRow... movements) {
        Unclear row = row("absent_since", t + 17 * MINUTE);
        long begun = t + 18 * MINUTE;
        Control own = new Control(
                "c-ada", null, null, "hat", "t-0", t - 60 * MINUTE, t - 60 * MINUTE, t - 60 * MINUTE + 1_000, 0);
        List<ReportRow> all = new ArrayList<>(List.of(movements));
        all.add(event("redemption", "hat", "t-0", -50, t - 60 * MINUTE));
        return judged(
                row,
                wallet(balance, true),
                evidence.timeline(row, timeline(all.toArray(ReportRow[]::new)), List.of(own), begun),
                evidence.report(done(new Report(List.of(), true)), List.of(own), begun));
    }

    @Test
    void movements_that_a_complete_timeline_lists_are_taken_off_the_balance() {
        ReportRow earned = event("earned", null, null, 40, t + 2 * MINUTE);
        assertThat(afterMovements(1040, earned)).isEqualTo("AGAINST");
        assertThat(afterMovements(940, earned))
                .as("ours is missing from the list")
                .isEqualTo("WAIT");
        assertThat(afterMovements(1000, earned)).isEqualTo("WAIT");
        assertThat(afterMovements(970, event("redemption", "mug", "t-5", -30, t + 2 * MINUTE)))
                .isEqualTo("AGAINST");
        assertThat(afterMovements(1030, event("refund", "mug", "t-5", 30, t + 2 * MINUTE)))
                .as("what was given back of another redemption")
                .isEqualTo("AGAINST");
        assertThat(afterMovements(1000, event("refund", "mug", "t-5", 100, t + 2 * MINUTE)))
                .as("it may make up for ours")
                .isEqualTo("WAIT");
        assertThat(afterMovements(900, event("adjustment", null, null, -100, t + 2 * MINUTE)))
                .as("it may be ours")
                .isEqualTo("WAIT");
    }

    @Test
    void a_movement_on_an_uncertain_side_of_the_call_is_taken_either_way_unless_that_could_hide_the_effect() {
        ReportRow before = event("earned", null, null, 40, t - MINUTE),
                late = event("earned", null, null, 100, t + 16 * MINUTE);
        assertThat(afterMovements(1000, before)).isEqualTo("AGAINST");
        assertThat(afterMovements(1040, before)).isEqualTo("AGAINST");
        assertThat(afterMovements(940, before)).isEqualTo("WAIT");
        assertThat(afterMovements(900, before)).isEqualTo("WAIT");
        assertThat(afterMovements(1100, late)).isEqualTo("AGAINST");
        assertThat(afterMovements(1000, late)).as("as with it and ours").isEqualTo("WAIT");
        assertThat(afterMovements(900, late)).as("ours").isEqualTo("WAIT");
    }

    @Test
    void a_single_use_discount_that_was_given_again_proves_nothing() {
        hidden = true;
        Unclear row = row("absent_since", t + 17 * MINUTE, "offers", 2);
        assertThat(judged(row, wallet(null, false), timeline(), t + 18 * MINUTE))
                .as("one of the two was taken")
                .isEqualTo("WAIT");
        assertThat(twice(wallet(null, false), timeline(event("grant", "cup", null, 0, t + MINUTE))))
                .isEqualTo("WAIT");
        assertThat(twice(wallet(null, false), timeline(event("grant", "mug", null, 0, t + MINUTE))))
                .isEqualTo("AGAINST");
    }

    private static ReportRow shown(String contact, String discount, String transaction, Long at) {
        return new ReportRow(
                "r_0", null, contact, null, null, discount, transaction, BigDecimal.valueOf(-50), at, null);
    }

    @Test
    void another_contact_or_none_is_no_reading() {
        contact = "c-ben";
        assertThat(twice(wallet(1000, true), timeline())).isEqualTo("WAIT");
        contact = null;
        assertThat(twice(wallet(1000, true), timeline())).isEqualTo("WAIT");
    }

    @Test
    void a_timeline_without_its_list_is_no_reading() {
        assertThat(twice(wallet(1000, true), done(new Report(List.of(), false))))
                .isEqualTo("WAIT");
        assertThat(twice(wallet(1000, true), new AiqAnswer(AiqAnswer.Outcome.UNCLEAR, 500, null, null, null, "")))
                .isEqualTo("WAIT");
    }

    @ParameterizedTest
    @CsvSource({"429, 11.9, WAIT", "429, 12, AGAINST", "503, 16, WAIT", "503, 17, WAIT"})
    void what_the_limiter_turned_away_needs_one_reading(int status, double begun, String next) {
        assertThat(judged(row("http_status", status), wallet(1000, true), timeline(), t + (long) (begun * MINUTE)))
                .isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "400, 0, 0, DUE",
        "400, 1, 1, REJECTED",
        "409, 1, 1, REJECTED",
        "422, 2, 1, REJECTED",
        "404, 3, 3, DUE",
        "404, 4, 0, PARKED",
        "500, 4, 0, PARKED",
        "401, 1, 1, DUE",
        "408, 1, 1, DUE",
        "429, 1, 1, DUE",
        ", 1, 1, DUE"
    })
    void what_follows_absence(Integer status, int resends, int refusals, String against) {
        Unclear row =
                row("http_status", status, "resends", resends, "refusals", refusals, "absent_since", t + 17 * MINUTE);
        assertThat(Rows.told(inWallet(row, wallet(1000, true), timeline(), t + 18 * MINUTE)))
                .containsEntry("next", "AGAINST")
                .containsEntry("against", against);
    }

    @ParameterizedTest
    @CsvSource({
        "t-1, -120000000, WAIT",
        "t-1, 0, EXECUTED",
        "t-1, 90000000, EXECUTED",
        ", 0, EXECUTED",
        ", 361000, EXECUTED",
        ", 361001, ASK",
        "t-2, 0, ASK"
    })
    void a_row_of_aiqs_that_fits_is_evidence_for(String transaction, long at, String next) {
        String found = evidence.inTimeline(
                        row(),
                        timeline(
                                row(),
                                timeline(event("redemption", "cup", transaction, -100, t + at)),
                                t + 30 * MINUTE),
                        report(t + 30 * MINUTE),
                        List.of())
                .next()
                .name();
        assertThat(found).isEqualTo(next.equals("WAIT") ? "ASK" : next);
    }

    /** AIQ's rows have neither an id nor a contact id, and another customer redeemed the same discount in the same second. */
    @Test
    void a_row_that_names_its_contact_by_phone_alone_is_not_taken_for_another_contacts() {
        ReportRow bens = new ReportRow(null, null, null, "5555550111", null, "cup", null, null, t, null);
        ReportRow adas = new ReportRow(null, null, null, "5555550100", null, "cup", null, null, t, null);
        Unclear ben = row("contact_id", "c-ben", "phone", "+15555550111"), ada = row("phone", "+15555550100");
        Settled first = evidence.inReport(ben, report(t, bens, adas), List.of());
        assertThat(first.next()).isEqualTo(Settled.Next.EXECUTED);
        assertThat(evidence.inReport(ada, report(t, bens, adas), List.of(first.aiqRow()))
                        .next())
                .isEqualTo(Settled.Next.EXECUTED);
    }

    @Test
    void a_row_stands_for_one_of_ours_alone() {
        ReportRow row = event("redemption", "cup", "t-1", -100, t);
        assertThat(Rows.told(evidence.inReport(row(), report(t, row), List.of(row.id()))))
                .containsEntry("next", "WAIT");
        assertThat(Rows.told(evidence.inReport(row(), report(t, row), List.of())))
                .containsEntry("next", "EXECUTED")
                .containsEntry("aiq_redemption_id", row.id());
    }

    @Test
    void aiq_is_asked_soon_then_when_its_silence_counts_and_then_more_rarely_until_a_person_is() {
        Unclear row = row();
        long[] minutes = {0, 1, 3, 9, 17, 18, 36, 72};
        StringBuilder asked = new StringBuilder();
        for (long at : minutes) {
            clock.advance(Duration.ofMillis(t + at * MINUTE - clock.millis()));
            asked.append((evidence.inTimeline(
                                                    row,
                                                    timeline(
                                                            row,
                                                            new AiqAnswer(
                                                                    AiqAnswer.Outcome.UNCLEAR,
                                                                    500,
                                                                    null,
                                                                    null,
                                                                    null,
                                                                    ""),
                                                            clock.millis()),
                                                    report(clock.millis()),
                                                    List.of())
                                            .nextAttemptAt()
                                    - t)
                            / 1_000)
                    .append(' ');
        }
        assertThat(asked.toString()).isEqualTo("30 120 480 1020 1080 2160 4320 8640 ");
        clock.advance(Duration.ofHours(24));
        assertThat(Rows.told(evidence.inTimeline(row, timeline(row, timeline(), t), report(t), List.of())))
                .containsEntry("next", "PARK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sometimes", "429, x", "200", "4290"})
    void a_limiter_status_that_is_none_stops_the_start(String statuses) {
        assertThatThrownBy(() -> evidence("aiq.limiter-statuses", statuses))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("aiq.limiter-statuses");
    }

    @Test
    void an_effect_cannot_be_over_before_its_call_is_given_up() {
        assertThatThrownBy(() -> evidence("aiq.effect-within", "10s"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("aiq.effect-within");
    }

    @ParameterizedTest
    @CsvSource({"909, WAIT", "910, AGAINST"})
    void as_shipped_silence_counts_after_fifteen_minutes_and_ten_seconds(int seconds, String next) {
        Evidence shipped = evidence("aiq.clock-error", "5s");
        long begun = t + seconds * 1_000L;
        Unclear row = row("http_status", null, "absent_since", begun - MINUTE);
        Reading timeline = shipped.timeline(row, timeline(), List.of(control), begun);
        Reading report = shipped.report(done(new Report(List.of(shown), true)), List.of(control), begun);
        Settled asked = shipped.inTimeline(row, timeline, report, List.of());
        assertThat((asked.next() == Settled.Next.ASK
                                ? shipped.inWallet(row, wallet(1000, true), timeline, report, List.of())
                                : asked)
                        .next()
                        .name())
                .isEqualTo(next);
    }

    /** AIQ made the readings so many minutes after the attempt began, by its own clock; ours says 18. */
    @ParameterizedTest
    @CsvSource({", 1, WAIT", "0, 1, WAIT", "15, 1, WAIT", "17, 1, AGAINST", "17, 0, WAIT", "24, 0, WAIT"})
    void silence_counts_only_when_aiqs_own_clock_went_on_as_well(Integer minutes, int known, String next) {
        long begun = t + 18 * MINUTE, ahead = 7 * MINUTE;
        Unclear row =
                row("absent_since", t + 17 * MINUTE, "aiq_started_at", known == 1 ? (Long) (t - 1_000 + ahead) : null);
        Long made = minutes == null ? null : (Long) (t + ahead + minutes * MINUTE);
        assertThat(judged(row, made(wallet(1000, true), made), timeline(row, timeline(), begun), report(begun)))
                .isEqualTo(next);
        Reading timeline = evidence.timeline(row, made(timeline(), made), List.of(control), begun);
        assertThat(judged(row, wallet(1000, true), timeline, report(begun))).isEqualTo(next);
        Reading report = evidence.report(made(done(new Report(List.of(shown), true)), made), List.of(control), begun);
        assertThat(judged(row, wallet(1000, true), timeline(row, timeline(), begun), report))
                .isEqualTo(next);
    }

    private static AiqAnswer made(AiqAnswer answer, Long at) {
        return new AiqAnswer(answer.outcome(), answer.status(), answer.value(), null, at, "");
    }

    @Test
    void times_of_lists_are_aiqs() {
        Unclear row = row("aiq_started_at", t - 1_000 + 60 * MINUTE);
        long begun = t + 18 * MINUTE;
        ReportRow unnamed = event("redemption", "cup", null, -100, t + 60 * MINUTE),
                early = event("redemption", "cup", null, -100, t);
        assertThat(evidence.inTimeline(row, timeline(row, timeline(unnamed), begun), report(begun), List.of())
                        .next())
                .isEqualTo(Settled.Next.EXECUTED);
        assertThat(evidence.inTimeline(row, timeline(row, timeline(early), begun), report(begun), List.of())
                        .next())
                .isNotEqualTo(Settled.Next.EXECUTED);
        assertThat(evidence.ofContact(row, List.of()).to()).isGreaterThanOrEqualTo(t + 60 * MINUTE);
    }
}
