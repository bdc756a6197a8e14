package aiqbridge.reversal;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import aiqbridge.aiq.Wallet;
import aiqbridge.redemption.Doubt;
import aiqbridge.redemption.Evidence;
import aiqbridge.wallet.Points;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the answer to a reversal or an adjustment means: done, certainly not sent, or a doubt that only AIQ's own records settle. No status makes the one of
 * the other: that AIQ has no reversal call is believed only when nothing came of it (see {@link Evidence}), or by the setting {@code reversal.method}.
 */
public final class ReversalOutcome {
    private final Clock clock;
    private final Duration pause;
    private final Duration lease;
    private final Duration timeout;
    private final Doubt doubt;

    public ReversalOutcome(Clock clock, Settings settings, Doubt doubt) {
        this.clock = clock;
        this.pause = settings.duration("aiq.pause");
        this.lease = settings.duration("redemption.lease");
        this.timeout = settings.duration("aiq.reverse-timeout").plus(settings.duration("aiq.connect-timeout"));
        this.doubt = doubt;
        settings.oneOf("reversal.method", "reversal", "adjustment");
    }

    /** The reversal with {@code next} SEND and the balance before it, null where AIQ does not say; or where it goes without a call. */
    public Map<String, Object> check(Map<String, Object> reversal, AiqAnswer wallet) {
        return switch (wallet.outcome()) {
            case UNAUTHORIZED -> with(step(reversal, "WANTED", "NOT_SENT", wallet), "pause", true);
            case NOT_SENT, UNCLEAR -> again(reversal, wallet);
            default -> with(step(reversal, "SEND", null, wallet), "wallet_points", points(reversal, wallet));
        };
    }

    private static Object points(Map<String, Object> reversal, AiqAnswer wallet) {
        boolean same = wallet.value() instanceof Wallet w
                && w.contactId() != null
                && w.contactId().equals(reversal.get("contact_id"));
        return same ? ((Wallet) wallet.value()).points() : null;
    }

    /** What the AIQ call needs: the points as a decimal, our reference as the note, and until when it may start under its lease. */
    public Map<String, Object> call(Map<String, Object> reversal) {
        Map<String, Object> call = new HashMap<>(reversal);
        call.put("points", Points.of(reversal.get("points")));
        call.put("note", reversal.get("reference"));
        call.put(
                "send_before",
                ((Number) reversal.get("claimed_at")).longValue()
                        + lease.minus(timeout).toMillis());
        return call;
    }

    public Map<String, Object> read(Map<String, Object> reversal, AiqAnswer answer) {
        return switch (answer.outcome()) {
            case DONE -> step(reversal, "DONE", "DONE", answer);
            case NOT_SENT -> again(reversal, answer);
            case FORBIDDEN_URL -> with(step(reversal, "PARKED", "NOT_SENT", answer), "reason", "forbidden-url");
            default ->
                with(
                        with(step(reversal, "UNKNOWN", "UNKNOWN", answer), "next_attempt_at", doubt.firstAskAt()),
                        "pause",
                        answer.keyRefused());
        };
    }

    private Map<String, Object> again(Map<String, Object> reversal, AiqAnswer answer) {
        return with(
                step(reversal, "WANTED", "NOT_SENT", answer),
                "next_attempt_at",
                clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis());
    }

    private Map<String, Object> step(Map<String, Object> reversal, String next, String outcome, AiqAnswer answer) {
        Map<String, Object> to = new HashMap<>(reversal);
        to.put("next", next);
        to.put("outcome", outcome);
        to.put("next_method", reversal.get("method"));
        to.put("next_attempt_at", clock.millis());
        to.put("http_status", answer.status() == 0 ? null : answer.status());
        to.put("detail", answer.detail());
        to.put("reason", null);
        to.put("absent_since", null);
        to.put("pause", false);
        return to;
    }

    private static Map<String, Object> with(Map<String, Object> to, String key, Object value) {
        to.put(key, value);
        return to;
    }
}
