package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.Wallet;
import aiqbridge.privacy.SecretUrl;
import aiqbridge.reversal.Reversal;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoubtEdgesTest {
    private static final long MINUTE = 60_000;
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
        row.putAll(Map.of("wallet_points", 1000, "unnamed", 0, "resends", 0, "refusals", 0, "refused_readings", 0));
        for (int i = 0; i < over.length; i += 2) {
            row.put((String) over[i], over[i + 1]);
        }
        return row;
    }

    private static AiqAnswer done(Object value) {
        return new AiqAnswer(AiqAnswer.Outcome.DONE, 200, value, null, "");
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
                new SecretUrl("https://lab.alpineiq.com/api/v1.1/discount/redeem/1001/cup/x"));
        return done(new Wallet("c-ada", BigDecimal.valueOf(points), false, List.of(cup)));
    }

    /** AIQ took 100 and answered 429; the reversal of another sale of hers gave 100 back a second later. Both are in the wallet (lag 2 min), neither in the timeline yet (lag 10 min). */
    @Test
    void what_the_limiter_turned_away_is_not_proved_by_a_balance_whose_movements_cannot_be_listed_yet() {
        AiqAnswer timeline = done(new Report(List.of(), true));
        Settled judged = evidence.inTimeline(row("http_status", 429), timeline, List.of(), t + 4 * MINUTE);
        if (judged.next() == Settled.Next.ASK) {
            judged = evidence.inWallet(
                    row("http_status", 429),
                    wallet(1000 - 100 + 100, true),
                    timeline,
                    new Report(List.of(), true),
                    List.of(),
                    t + 4 * MINUTE);
        }
        assertThat(judged.next()).isEqualTo(Settled.Next.WAIT);
    }

    @Test
    void the_timeline_is_asked_for_since_the_balance_was_read() {
        assertThat(evidence.ofContact(row()).from()).isLessThanOrEqualTo(doubt.snapshotFrom(row()));
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
        assertThat(evidence.ofContact(reversal).from()).isLessThanOrEqualTo(t - 120 * MINUTE);
    }

    @Test
    void a_wallet_that_speaks_for_it_lets_what_spoke_against_it_be_forgotten_also_when_nothing_could_be_sent() {
        Map<String, Object> claimed = columns("refused_since", t - 11 * MINUTE, "refused_readings", 2, "model", "POS");
        Step sends = new WalletCheck(clock, settings).decide(Rows.of(Claimed.class, claimed), wallet(1000, true));
        assertThat(sends.next()).isEqualTo(Step.Next.SEND);
        AiqAnswer unsent =
                new AiqAnswer(AiqAnswer.Outcome.NOT_SENT, 0, null, Duration.ofSeconds(5), "AIQ could not be reached");
        assertThat(Rows.told(new RedeemOutcome(clock, settings, doubt).read(sends, unsent)))
                .containsEntry("next", "UNSENT")
                .containsEntry("refused_readings", 0)
                .containsEntry("refused_since", null);
    }
}
