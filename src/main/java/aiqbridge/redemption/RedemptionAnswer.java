package aiqbridge.redemption;

import aiqbridge.api.Problem;
import aiqbridge.wallet.Points;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a caller sees of a redemption (routes/redemption/README.md section 6): its state, and the points for a till that stores them itself. */
public final class RedemptionAnswer {
    private static final Set<String> GOES_ON = Set.of("QUEUED", "SELECTED", "DUE", "EXECUTING", "UNKNOWN");
    private final Clock clock;

    public RedemptionAnswer(Clock clock) {
        this.clock = clock;
    }

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
        answer.put("points", row.get("points") == null ? null : Points.of(row.get("points")));
        answer.put("transactionId", row.get("transaction_id"));
        answer.put("cartId", row.get("cart_id"));
        answer.put("orderId", row.get("order_id"));
        answer.put("redeems", row.get("redeems"));
        answer.put("redeemsConfirmedBy", row.get("confirmed_by"));
        answer.put("reason", row.get("reason"));
        answer.put("aiqRedemptionId", row.get("aiq_redemption_id"));
        answer.put("reversal", row.get("reversal"));
        answer.put(
                "queuedAt",
                Instant.ofEpochMilli(((Number) row.get("queued_at")).longValue())
                        .toString());
        answer.values().removeIf(java.util.Objects::isNull);
        answer.put("links", Map.of("self", "/api/v1/redemptions/" + row.get("redemption_id")));
        return answer;
    }

    /**
     * What is known of a redemption whose row cannot be read now: that it is under way, if it may have been sent; as it was accepted a moment ago, if nobody waits for it to be sent.
     *
     * @throws Exception the fault, when nobody will send it, or only a repeated request asks for it
     */
    public List<Map<String, Object>> unread(
            Map<String, Object> wish, String redemption, Boolean sent, String accepted, Exception fault)
            throws Exception {
        boolean waits = "true".equals(accepted) && !"IMMEDIATE".equals(wish.get("model"));
        if (!Boolean.TRUE.equals(sent) && !waits) {
            throw fault;
        }
        Map<String, Object> row = new HashMap<>(wish);
        row.putAll(Map.of(
                "redemption_id",
                redemption,
                "status",
                waits ? wish.get("status") : "EXECUTING",
                "queued_at",
                wish.get("now")));
        row.remove("note");
        return List.of(row);
    }

    /**
     * The status of the answer to a request to redeem.
     *
     * @throws Problem for a redemption that its caller waited for and that did not, or does no longer, stand: 503 when it was not sent, else 409
     */
    public int status(List<Map<String, Object>> rows) {
        Map<String, Object> row = rows.get(0);
        String status = (String) row.get("status");
        if (GOES_ON.contains(status)) {
            return 202;
        }
        return "IMMEDIATE".equals(row.get("model")) ? waitedFor(row, status) : 200;
    }

    private int waitedFor(Map<String, Object> row, String status) {
        String reason = String.valueOf(row.get("reason"));
        if (status.equals("EXECUTED") && row.get("reversal") == null) {
            return 201;
        }
        if (status.equals("PARKED") && reason.equals("unclear")) {
            return 202;
        }
        if (status.equals("RELEASED") && reason.equals("not sent")) {
            throw notSent(row);
        }
        throw switch (status) {
            case "EXECUTED" ->
                refused(
                        row,
                        "redemption-taken-back",
                        "The points were taken and are being or have been given back: do not give the discount.");
            case "REJECTED" ->
                refused(
                        row,
                        "redemption-rejected",
                        "AIQ did not take the points (" + reason + "): do not give the discount.");
            case "PARKED" ->
                refused(
                        row,
                        "redemption-parked",
                        "The points were not taken and a person must decide (" + reason
                                + "): do not give the discount.");
            default ->
                refused(
                        row,
                        "redemption-released",
                        "The redemption was released (" + reason + "): do not give the discount.");
        };
    }

    private Problem notSent(Map<String, Object> row) {
        if (row.get("paused_at") != null) {
            return new Problem(
                            503,
                            "account-paused",
                            "AIQ does not accept this account's API key; the operator must enter a new one. Continue without loyalty.")
                    .after(Duration.ofMinutes(5));
        }
        long wait = ((Number) row.get("next_attempt_at")).longValue() - clock.millis();
        return Problem.tryAgain(
                Duration.ofMillis(Math.max(wait, 1_000)),
                "AIQ cannot be reached right now; nothing was redeemed and nothing will be. Continue without loyalty, or try again.");
    }

    private static Problem refused(Map<String, Object> row, String code, String detail) {
        return new Problem(409, code, detail)
                .with("redemptionStatus", row.get("status"))
                .with("redemptionId", row.get("redemption_id"));
    }

    /** @throws Problem 409 when the redemption is past the point where a caller may release it */
    public Map<String, Object> released(Integer moved, Map<String, Object> answer) {
        boolean takenBack = answer.get("cartId") != null && answer.get("reversal") != null;
        if ((moved == null || moved == 0) && !"RELEASED".equals(answer.get("status")) && !takenBack) {
            throw new Problem(
                            409,
                            "not-releasable",
                            "The redemption is " + answer.get("status")
                                    + "; only one whose sale is not yet completed can be released.")
                    .with("redemptionStatus", answer.get("status"));
        }
        return answer;
    }
}
