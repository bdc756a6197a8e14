package aiqbridge.reversal;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Discount;
import aiqbridge.aiq.Report;
import aiqbridge.aiq.ReportRow;
import aiqbridge.aiq.Wallet;
import aiqbridge.redemption.Control;
import aiqbridge.redemption.Doubt;
import aiqbridge.redemption.Evidence;
import aiqbridge.redemption.Reading;
import aiqbridge.redemption.Rows;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AIQ's records prove about a reversal. Its attempt ended at T. */
class ReversalEvidenceTest {
    private static final long MINUTE = 60_000;
    /** Made late enough. */
    private static final long AT = 4_102_444_800_000L;

    private static final Settings SETTINGS = Settings.of(Settings.load(Path.of("config/application.properties")));
    private final TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-28T12:00:00Z");
    private final long t = clock.millis();
    private final Doubt doubt = new Doubt(SETTINGS, clock);
    private final Evidence lists = new Evidence(doubt, clock);
    private final ReversalEvidence evidence = new ReversalEvidence(SETTINGS, lists, doubt, clock);
    /** The redemption itself. */
    private final Control control = new Control(
            "c-ada", null, null, "cup", "t-1", t - 60 * MINUTE, t - 60 * MINUTE, t - 60 * MINUTE + 1_000, 0);

    private String contact = "c-ada";
    private boolean hidden;
    private boolean available = true;

    /** An unclear redemption of 100 points as its row is read, the balance before it 1000. */
    private Map<String, Object> columns(Object... over) {
        Map<String, Object> row = new HashMap<>();
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

    private Reading timeline(long begun, ReportRow... rows) {
        return lists.timeline(reversal(), done(new Report(List.of(rows), true)), List.of(control), begun);
    }

    private ReportRow itself() {
        return event("redemption", "cup", "t-1", -100, t - 60 * MINUTE);
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

    private Reversal.Unclear reversal(Object... over) {
        Map<String, Object> reversal = columns(
                "method",
                "REVERSAL",
                "reference",
                "aiq-bridge r-1",
                "aiq_redemption_id",
                "r_1",
                "wallet_points",
                900,
                "absent_since",
                t + 17 * MINUTE);
        for (int i = 0; i < over.length; i += 2) {
            reversal.put((String) over[i], over[i + 1]);
        }
        return Rows.of(Reversal.Unclear.class, reversal);
    }

    @ParameterizedTest
    @CsvSource({
        "404, REVERSAL, 0, WANTED, ADJUSTMENT",
        "405, REVERSAL, 0, WANTED, ADJUSTMENT",
        "400, REVERSAL, 1, WANTED, ADJUSTMENT",
        "500, REVERSAL, 0, WANTED, REVERSAL",
        "409, REVERSAL, 0, WANTED, REVERSAL",
        "409, REVERSAL, 1, REJECTED, REVERSAL",
        "404, ADJUSTMENT, 0, WANTED, ADJUSTMENT",
        "400, ADJUSTMENT, 1, REJECTED, ADJUSTMENT"
    })
    void only_a_reversal_that_moved_nothing_becomes_an_adjustment(
            int status, String method, int refusals, String next, String then) {
        Reversal.Unclear row = reversal("http_status", status, "method", method, "refusals", refusals);
        assertThat(Rows.told(evidence.ofWallet(
                        row,
                        wallet(900, true),
                        timeline(t + 18 * MINUTE, itself()),
                        timeline(t + 18 * MINUTE, itself()),
                        List.of())))
                .containsEntry("next", next)
                .containsEntry("next_method", then)
                .containsEntry("outcome", "ABSENT");
        assertThat(Rows.told(evidence.ofWallet(
                        row,
                        wallet(1000, true),
                        timeline(t + 18 * MINUTE, itself()),
                        timeline(t + 18 * MINUTE, itself()),
                        List.of())))
                .containsEntry("next", "WAIT")
                .containsEntry("next_method", method);
    }

    @Test
    void a_reversal_is_settled_by_its_refund_or_by_our_reference() {
        ReportRow
                refund =
                        new ReportRow(
                                "r_1", "refund", "c-ada", null, null, "cup", null, BigDecimal.valueOf(100), t, null),
                adjusted =
                        new ReportRow(
                                "a_1",
                                "adjustment",
                                "c-ada",
                                null,
                                null,
                                null,
                                null,
                                BigDecimal.valueOf(100),
                                t,
                                "aiq-bridge r-1");
        assertThat(Rows.told(evidence.ofReversal(reversal(), timeline(t, refund), List.of())))
                .containsEntry("next", "DONE");
        assertThat(Rows.told(evidence.ofReversal(reversal(), timeline(t, adjusted), List.of())))
                .containsEntry("next", "DONE");
        assertThat(Rows.told(evidence.ofReversal(reversal(), timeline(t, refund), List.of("refund r_1"))))
                .containsEntry("next", "WAIT");
    }

    @Test
    void a_timeline_that_does_not_show_the_redemption_itself_proves_nothing() {
        long begun = t + 18 * MINUTE;
        Reading silent = timeline(begun);
        assertThat(Rows.told(evidence.ofWallet(reversal(), wallet(900, true), silent, silent, List.of())))
                .containsEntry("next", "WAIT")
                .containsEntry("absent_since", t + 17 * MINUTE);
    }
}
