package aiqbridge.pos;

import aiqbridge.Settings;
import aiqbridge.Sha256;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Caller;
import aiqbridge.api.Problem;
import aiqbridge.connection.PosConnections;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.util.ObjectHelper;

/**
 * The requests of a till that can only write to its database: a row of its table is read as the request that a back end would send over HTTP, and answered
 * in the same row. The connection is the caller, so that every limit and policy is the same.
 */
public final class PosRequest {
    /** The row's column and the request's field, by kind; a column of another kind is not read. */
    private static final Map<String, Map<String, String>> FIELDS = Map.of(
            "VERIFY", Map.of("phone", "phone", "email", "email"),
            "VIEW", Map.of("phone", "phone", "email", "email", "code", "code", "subtotal", "subtotal"),
            "REDEEM",
                    Map.of(
                            "wallet_session",
                            "walletSession",
                            "discount_id",
                            "discountId",
                            "transaction_id",
                            "transactionId",
                            "employee",
                            "employee"),
            "SIGNUP",
                    Map.ofEntries(
                            Map.entry("phone", "phone"),
                            Map.entry("email", "email"),
                            Map.entry("first_name", "firstName"),
                            Map.entry("last_name", "lastName"),
                            Map.entry("consent", "consent"),
                            Map.entry("sms_opt_in", "smsOptIn"),
                            Map.entry("email_opt_in", "emailOptIn"),
                            Map.entry("text_version", "textVersion"),
                            Map.entry("text_hash", "textHash"),
                            Map.entry("language", "language"),
                            Map.entry("employee", "staff")));

    private static final List<String> FLAGS = List.of("consent", "sms_opt_in", "email_opt_in");
    private static final List<String> ANSWERS =
            List.of("problem", "message", "points", "note", "redemption_id", "redemption_status", "wallet_session");
    private static final int LONGEST_MESSAGE = 500;
    private final PosConnections connections;
    private final Duration lostAfter;
    private final Duration tooLateAfter;

    public PosRequest(PosConnections connections, Settings settings) {
        this.connections = connections;
        this.lostAfter = settings.duration("pos.request-lost-after");
        this.tooLateAfter = settings.duration("pos.request-too-late-after");
    }

    /** @param posNow epoch seconds by the till database's own clock */
    public Map<String, Object> window(Number posNow) {
        return Map.of("pos_now", posNow.longValue(), "lost_before", posNow.longValue() - lostAfter.toSeconds());
    }

    /** @throws Problem 422 for a kind that is none; 409 where the customer has gone: a code that comes too late only annoys */
    public ApiRequest read(String connection, Number posNow, Map<String, Object> row) {
        String kind = String.valueOf(row.get("kind"));
        if (!FIELDS.containsKey(kind)) {
            throw Problem.field("kind", "must be VERIFY, VIEW, REDEEM or SIGNUP.");
        }
        if (List.of("VERIFY", "VIEW").contains(kind)
                && posNow.longValue() - ((Number) row.get("asked_at")).longValue() > tooLateAfter.toSeconds()) {
            throw new Problem(409, "too-late", "The bridge was too late for this request. Ask again with a new row.");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(FIELDS.get(kind)).forEach((column, field) -> put(body, column, field, row.get(column)));
        // no caller of the API can send a key with a blank
        return new ApiRequest(
                new Caller(connection, connections.get(connection).account()),
                body,
                null,
                "table " + row.get("request_id"),
                Sha256.hex(body.toString()));
    }

    /** Empty is absent: a till's form writes what it has. */
    private static void put(ObjectNode body, String column, String field, Object value) {
        if (value == null || value.toString().isBlank()) {
            return;
        }
        if (FLAGS.contains(column)) {
            body.put(field, !value.toString().equals("0"));
        } else if (column.equals("subtotal")) {
            body.put(field, new BigDecimal(value.toString()));
        } else {
            body.put(field, value.toString().trim());
        }
    }

    /** What the row is answered with: {@code status, points, wallet_session, note, redemption_id, redemption_status}, and {@code discounts}, a row each. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> answer(Map<String, Object> row, Map<String, Object> said) {
        Map<String, Object> answer = empty(row, "DONE");
        Map<String, Object> wallet = said.get("wallet") == null ? said : (Map<String, Object>) said.get("wallet");
        answer.put("points", wallet.get("points"));
        answer.put("wallet_session", wallet.get("walletSession"));
        answer.put("note", said.get("note"));
        answer.put("redemption_id", said.get("redemptionId"));
        answer.put("redemption_status", said.get("status"));
        answer.put("problem", Boolean.TRUE.equals(said.get("codeRequired")) ? "code-required" : null);
        List<Map<String, Object>> discounts = new ArrayList<>();
        for (Map<String, Object> discount : (List<Map<String, Object>>) wallet.getOrDefault("discounts", List.of())) {
            discounts.add(discount(row, discounts.size() + 1, discount));
        }
        answer.put("discounts", discounts);
        return answer;
    }

    private static Map<String, Object> discount(Map<String, Object> row, int line, Map<String, Object> discount) {
        Map<String, Object> one = new HashMap<>();
        one.put("request_id", row.get("request_id"));
        one.put("line", line);
        one.put("discount_id", discount.get("id"));
        one.put("pos_discount_id", discount.get("posDiscountId"));
        one.put("name", shortened(discount.get("name"), 200));
        one.put(
                "points",
                discount.get("points") == null
                        ? null
                        : new BigDecimal(discount.get("points").toString()));
        one.put("usable", Boolean.TRUE.equals(discount.get("usable")) ? 1 : 0);
        one.put("reason", discount.get("reason"));
        return one;
    }

    /** REFUSED, with the problem's word and sentence; TRY_AGAIN where a later row may well be done. */
    public Map<String, Object> refusal(Map<String, Object> row, Throwable fault) {
        // a split wraps what one of its parts throws
        Problem problem = ObjectHelper.getException(Problem.class, fault);
        Map<String, Object> answer = empty(
                row,
                problem.status() == 503
                                || problem.status() == 429
                                || problem.code().equals("too-late")
                        ? "TRY_AGAIN"
                        : "REFUSED");
        answer.put("problem", problem.code());
        answer.put("message", shortened(problem.getMessage(), LONGEST_MESSAGE));
        return answer;
    }

    private static Map<String, Object> empty(Map<String, Object> row, String status) {
        Map<String, Object> answer = new HashMap<>();
        ANSWERS.forEach(name -> answer.put(name, null));
        answer.put("request_id", row.get("request_id"));
        answer.put("status", status);
        answer.put("discounts", List.of());
        return answer;
    }

    private static String shortened(Object text, int longest) {
        return text == null
                ? null
                : text.toString().substring(0, Math.min(longest, text.toString().length()));
    }
}
