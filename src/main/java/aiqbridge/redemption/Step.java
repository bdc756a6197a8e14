package aiqbridge.redemption;

import aiqbridge.aiq.AiqAnswer;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Where a claimed redemption goes next; the map that {@code redemption-outcome} and its statements read. */
final class Step {
    private final Map<String, Object> values;

    private Step(Map<String, Object> row, String next, String outcome) {
        values = new HashMap<>(row);
        values.put("next", next);
        values.put("outcome", outcome);
        for (String absent : new String[] {
            "http_status", "detail", "reason", "aiq_redemption_id", "wallet_points", "redemption_url", "refused_since"
        }) {
            values.putIfAbsent(absent, null);
        }
        values.putIfAbsent("next_attempt_at", 0L);
        values.putIfAbsent("refused_readings", 0);
        values.put("pause", false);
    }

    static Step send(Map<String, Object> row, BigDecimal walletPoints, String redemptionUrl) {
        return new Step(row, "SEND", null)
                .with("wallet_points", walletPoints)
                .with("redemption_url", redemptionUrl)
                .with("refused_since", null)
                .with("refused_readings", 0);
    }

    static Step executed(Map<String, Object> row, AiqAnswer answer, String aiqRedemptionId) {
        return new Step(row, "EXECUTED", "EXECUTED").answered(answer).with("aiq_redemption_id", aiqRedemptionId);
    }

    /** @param askAt when AIQ's own records are first asked what became of it */
    static Step unknown(Map<String, Object> row, AiqAnswer answer, long askAt) {
        return new Step(row, "UNKNOWN", "UNKNOWN")
                .answered(answer)
                .with("next_attempt_at", askAt)
                .with("pause", answer.keyRefused());
    }

    static Step unsent(Map<String, Object> row, long nextAttemptAt, String detail) {
        return new Step(row, "UNSENT", "NOT_SENT").with("detail", detail).with("next_attempt_at", nextAttemptAt);
    }

    static Step unsent(Map<String, Object> row, AiqAnswer answer, long nextAttemptAt) {
        return new Step(row, "UNSENT", "NOT_SENT").answered(answer).with("next_attempt_at", nextAttemptAt);
    }

    /** Due again by then; a wallet spoke against it, which more of them have to confirm. */
    static Step refused(
            Map<String, Object> row, String reason, String why, long since, int readings, long nextAttemptAt) {
        return new Step(row, "REFUSED", "NOT_SENT")
                .with("reason", reason)
                .with("detail", why)
                .with("refused_since", since)
                .with("refused_readings", readings)
                .with("next_attempt_at", nextAttemptAt);
    }

    static Step paused(Map<String, Object> row, AiqAnswer answer, long now) {
        return new Step(row, "PAUSE", "NOT_SENT").answered(answer).with("next_attempt_at", now);
    }

    /** @param why what AIQ says, after the words for what that means: a shop that waits gives no discount before it hears EXECUTED */
    static Step rejected(Map<String, Object> row, String reason, String why) {
        return new Step(row, "REJECTED", "REJECTED")
                .with("reason", reason)
                .with(
                        "detail",
                        ("IMMEDIATE".equals(row.get("model"))
                                        ? "Points not taken, discount not given: "
                                        : "Discount given, points not taken: ")
                                + why);
    }

    static Step parked(Map<String, Object> row, String reason, String detail) {
        return new Step(row, "PARK", "NOT_SENT").with("reason", reason).with("detail", detail);
    }

    Step answered(AiqAnswer answer) {
        return with("http_status", answer.status() == 0 ? null : answer.status())
                .with("detail", answer.detail());
    }

    Step with(String key, Object value) {
        values.put(key, value);
        return this;
    }

    Map<String, Object> asMap() {
        return values;
    }
}
