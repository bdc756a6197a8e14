package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import aiqbridge.privacy.SecretUrl;
import aiqbridge.reversal.Reversal;
import aiqbridge.reversal.ReversalEvidence;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoubtEdgesTest {
    private static final long MINUTE = 60_000;
    /** Made late enough. */
    private static final long AT = 4_102_444_800_000L;

    private final TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-28T12:00:00Z");
    private final long t = clock.millis();
    private final Settings settings = Settings.of(Settings.load(Path.of("config/application.properties")));
    private final Doubt doubt = new Doubt(settings, clock);
    private final Evidence evidence = new Evidence(doubt, clock);

    private Unclear row(Object... over) {
        return Rows.of(Unclear.class, columns(over));
    }

    private Map<String, Object> columns(Object... over) {
        Map<String, Object> row = new HashMap<>();
        for (String absent : List.of("http_status", "absent_since", "restored_from", "refused_since")) {
            row.put(absent, null);
        }
        row.putAll(Map.of(
                "account_id",
                "green-leaf",
                "contact_id",
                "c-ada",
                "discount_id",
                "cup",
                "points",
                100,
                "transaction_id",
                "t-1",
                "started_at",
                t - 1_000,
                "ended_at",
                t,
                "unknown_since",
                t,
                "queued_at",
                t - MINUTE));
        row.put("aiq_started_at", t - 1_000);
        row.putAll(Map.of("wallet_points", 1000, "unnamed", 0, "resends", 0, "refusals", 0, "refused_readings", 0));
        for (int i = 0; i < over.length; i += 2) {
            row.put((String) over[i], over[i + 1]);
        }
        return row;
    }

    private static AiqAnswer done(Object value) {
        return new AiqAnswer(AiqAnswer.Outcome.DONE, 200, value, null, AT, "");
    }

    private AiqAnswer wallet(int points, boolean reusable) {
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
                reusable,
                null,
                null,
                new SecretUrl("https://lab.alpineiq.com/api/v1.1/discount/redeem/1001/cup/x"),
                null);
        return done(new Wallet("c-ada", BigDecimal.valueOf(points), false, List.of(cup)));
    }

    /** AIQ took 100 and answered 429; the reversal of another sale of hers gave 100 back a second later. Both are in the wallet (lag 2 min), neither in the timeline yet (lag 10 min). */
    @Test
    void what_the_limiter_turned_away_is_not_proved_by_a_balance_whose_movements_cannot_be_listed_yet() {
        Unclear row = row("http_status", 429);
        Settled judged = evidence.inTimeline(row, timeline(row, t + 4 * MINUTE), report(t + 4 * MINUTE), List.of());
        if (judged.next() == Settled.Next.ASK) {
            judged = evidence.inWallet(
                    row,
                    wallet(1000 - 100 + 100, true),
                    timeline(row, t + 4 * MINUTE),
                    report(t + 4 * MINUTE),
                    List.of());
        }
        assertThat(judged.next()).isEqualTo(Settled.Next.WAIT);
    }

    @Test
    void the_timeline_is_asked_for_since_the_balance_was_read() {
        assertThat(evidence.ofContact(row(), List.of()).from()).isLessThanOrEqualTo(doubt.snapshotFrom(row()));
    }

    /** Staff gave the points of this redemption back by hand, an hour before the till's void. */
    @Test
    void the_timeline_of_a_reversal_is_asked_for_since_its_redemption() {
        Map<String, Object> columns = columns(
                "queued_at",
                t - 120 * MINUTE,
                "method",
                "REVERSAL",
                "reference",
                "aiq-bridge r-1",
                "aiq_redemption_id",
                "r_1",
                "http_status",
                400);
        Reversal.Unclear reversal = Rows.of(Reversal.Unclear.class, columns);
        assertThat(evidence.ofContact(reversal, List.of()).from()).isLessThanOrEqualTo(t - 120 * MINUTE);
    }

    @Test
    void a_wallet_that_speaks_for_it_lets_what_spoke_against_it_be_forgotten_also_when_nothing_could_be_sent() {
        Map<String, Object> claimed = columns("refused_since", t - 11 * MINUTE, "refused_readings", 2, "model", "POS");
        Step sends = new WalletCheck(clock, settings).decide(Rows.of(Claimed.class, claimed), wallet(1000, true));
        assertThat(sends.next()).isEqualTo(Step.Next.SEND);
        AiqAnswer unsent = new AiqAnswer(
                AiqAnswer.Outcome.NOT_SENT, 0, null, Duration.ofSeconds(5), null, "AIQ could not be reached");
        assertThat(Rows.told(new RedeemOutcome(clock, settings, doubt).read(sends, unsent)))
                .containsEntry("next", "UNSENT")
                .containsEntry("refused_readings", 0)
                .containsEntry("refused_since", null);
    }

    /** Unclear on Friday evening, and nobody started the bridge again before Monday. */
    @Test
    void a_bridge_that_was_off_for_longer_than_it_may_ask_still_has_its_two_readings() {
        clock.advance(Duration.ofHours(60));
        long first = clock.millis();
        Settled judged = inWallet(row(), 1000);
        assertThat(judged.next()).isEqualTo(Settled.Next.WAIT);
        assertThat(judged.absentSince()).isEqualTo(first);

        clock.advance(Duration.ofMillis(judged.nextAttemptAt() - first));
        assertThat(inWallet(row("absent_since", first), 1000).next()).isEqualTo(Settled.Next.AGAINST);
        assertThat(inWallet(row("absent_since", first), 990).next()).isEqualTo(Settled.Next.PARK);

        clock.advance(Duration.ofHours(24));
        AiqAnswer none =
                new AiqAnswer(AiqAnswer.Outcome.NOT_SENT, 0, null, Duration.ofSeconds(5), null, "no connection");
        Unclear row = row("absent_since", first);
        Settled unread = evidence.inTimeline(
                row, evidence.timeline(row, none, List.of(), clock.millis()), report(clock.millis()), List.of());
        assertThat(unread.next()).isEqualTo(Settled.Next.PARK);
    }

    private Settled inWallet(Unclear row, int balance) {
        return evidence.inWallet(
                row, wallet(balance, true), timeline(row, clock.millis()), report(clock.millis()), List.of());
    }

    /** The contact's timeline is silent. */
    private Reading timeline(Unclear row, long begun) {
        return evidence.timeline(row, done(new Report(List.of(), true)), List.of(), begun);
    }

    /** The report shows nothing but what was confirmed an hour before. */
    private Reading report(long begun) {
        Control control = new Control(
                "c-ben", null, null, "hat", "t-0", t - 60 * MINUTE, t - 60 * MINUTE, t - 60 * MINUTE + 1_000, 0);
        ReportRow shown = new ReportRow("r_0", null, "c-ben", null, null, "hat", "t-0", null, t - 60 * MINUTE, null);
        return evidence.report(done(new Report(List.of(shown), true)), List.of(control), begun);
    }

    @Test
    void the_same_holds_for_a_reversal() {
        Reversal.Unclear reversal = Rows.of(
                Reversal.Unclear.class,
                columns("method", "REVERSAL", "reference", "aiq-bridge r-1", "aiq_redemption_id", "r_1"));
        clock.advance(Duration.ofHours(60));
        Control itself = new Control(
                "c-ada", null, null, "cup", "t-1", t - 60 * MINUTE, t - 60 * MINUTE, t - 60 * MINUTE + 1_000, 0);
        ReportRow shown =
                new ReportRow("r_1", "redemption", "c-ada", null, null, "cup", "t-1", null, t - 60 * MINUTE, null);
        Reading timeline =
                evidence.timeline(reversal, done(new Report(List.of(shown), true)), List.of(itself), clock.millis());
        ReversalEvidence reversals = new ReversalEvidence(settings, evidence, doubt, clock);
        assertThat(reversals
                        .ofWallet(reversal, wallet(1000, true), timeline, timeline, List.of())
                        .next())
                .isEqualTo("WAIT");
        assertThat(reversals
                        .ofWallet(reversal, wallet(990, true), timeline, timeline, List.of())
                        .next())
                .isEqualTo("PARKED");
    }
}
