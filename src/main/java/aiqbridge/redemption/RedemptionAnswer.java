package aiqbridge.redemption;

import aiqbridge.api.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a caller sees of a redemption (redemption.md section 6): its state, and the points for a till that stores them itself. */
public final class RedemptionAnswer {
    /** @throws Problem 404 for no such redemption of this caller's connection */
    public Map<String, Object> of(List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            throw new Problem(404, "redemption-unknown", "There is no such redemption.");
        }
        Map<String, Object> row = rows.get(0);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("redemptionId", row.get("redemption_id"));
        answer.put("status", row.get("status"));
        answer.put("note", row.get("note"));
        answer.put("discountId", row.get("discount_id"));
        answer.put("discountName", row.get("discount_name"));
        answer.put("posDiscountId", row.get("pos_discount_id"));
        answer.put("points", Points.of(row.get("points")));
        answer.put("transactionId", row.get("transaction_id"));
        answer.put("reason", row.get("reason"));
        answer.put("aiqRedemptionId", row.get("aiq_redemption_id"));
        answer.put("reversal", row.get("reversal"));
        answer.put("queuedAt", Instant.ofEpochMilli(((Number) row.get("queued_at")).longValue()).toString());
        answer.values().removeIf(java.util.Objects::isNull);
        answer.put("links", Map.of("self", "/api/v1/redemptions/" + row.get("redemption_id")));
        return answer;
    }

    /** @throws Problem 409 when the redemption is past the point where a caller may release it */
    public Map<String, Object> released(Integer moved, Map<String, Object> answer) {
        if ((moved == null || moved == 0) && !"RELEASED".equals(answer.get("status"))) {
            throw new Problem(409, "not-releasable", "The redemption is " + answer.get("status") + "; only one whose sale is not yet completed can be released.").with("redemptionStatus", answer.get("status"));
        }
        return answer;
    }
}
