package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the answer to a reversal means (redemption.md section 4): the points adjustment is tried only after a definite refusal of the reversal,
 * never after an unclear answer. Definite is what says that there is no such call; a conflict, for example, may say that the points are back already.
 */
public final class ReversalOutcome {
    private static final Set<Integer> NO_SUCH_CALL = Set.of(400, 404, 405);
    private final Clock clock;
    private final Duration pause;

    public ReversalOutcome(Clock clock, Settings settings) {
        this.clock = clock;
        this.pause = settings.duration("aiq.pause");
    }

    /** What the AIQ call needs: the points as a decimal, our reference as the note. */
    public Map<String, Object> call(Map<String, Object> reversal) {
        Map<String, Object> call = new HashMap<>(reversal);
        call.put("points", Points.of(reversal.get("points")));
        call.put("note", reversal.get("reference"));
        return call;
    }

    public Map<String, Object> read(Map<String, Object> reversal, AiqAnswer answer) {
        boolean adjustment = "ADJUSTMENT".equals(reversal.get("method"));
        long soon = clock.millis() + (answer.retryAfter() == null ? pause : answer.retryAfter()).toMillis();
        Map<String, Object> to = new HashMap<>(reversal);
        to.put("next_method", reversal.get("method"));
        to.put("next_attempt_at", clock.millis());
        to.put("http_status", answer.status() == 0 ? null : answer.status());
        to.put("detail", answer.detail());
        to.put("reason", null);
        to.put("pause", false);
        switch (answer.outcome()) {
            case DONE -> go(to, "DONE", "DONE");
            case UNCLEAR -> go(to, "UNKNOWN", "UNKNOWN");
            case NOT_SENT -> go(to, "WANTED", "NOT_SENT").put("next_attempt_at", soon);
            case UNAUTHORIZED -> go(to, "WANTED", "NOT_SENT").put("pause", true);
            case FORBIDDEN_URL -> go(to, "PARKED", "NOT_SENT").put("reason", "forbidden-url");
            case NOT_FOUND, REFUSED -> {
                if (!adjustment && NO_SUCH_CALL.contains(answer.status())) {
                    go(to, "WANTED", "REJECTED").put("next_method", "ADJUSTMENT");
                } else {
                    go(to, "REJECTED", "REJECTED").put("reason", "refused");
                }
            }
        }
        return to;
    }

    private static Map<String, Object> go(Map<String, Object> to, String next, String outcome) {
        to.put("next", next);
        to.put("outcome", outcome);
        return to;
    }
}
