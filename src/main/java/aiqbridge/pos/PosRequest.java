package aiqbridge.pos;

import aiqbridge.Settings;
import aiqbridge.Sha256;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Caller;
import aiqbridge.api.Problem;
import aiqbridge.connection.PosConnections;
import aiqbridge.customer.SignUpAnswer;
import aiqbridge.pos.TillAnswer.TillDiscount;
import aiqbridge.redemption.ShownRedemption;
import aiqbridge.wallet.ShownWallet;
import aiqbridge.wallet.ShownWallet.ShownDiscount;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
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

    /** @param said as a back end would hear it */
    public TillAnswer answer(Map<String, Object> row, Record said) {
        SignUpAnswer signUp = said instanceof SignUpAnswer one ? one : null;
        ShownWallet wallet = signUp != null ? signUp.wallet() : said instanceof ShownWallet one ? one : null;
        ShownRedemption redemption = said instanceof ShownRedemption one ? one : null;
        return new TillAnswer(
                id(row),
                "DONE",
                signUp != null && signUp.codeRequired() ? "code-required" : null,
                null,
                redemption != null ? redemption.points() : wallet != null ? wallet.points() : null,
                redemption == null ? null : redemption.note(),
                redemption == null ? null : redemption.redemptionId(),
                redemption == null ? null : redemption.status(),
                wallet == null ? null : wallet.walletSession(),
                wallet == null ? List.of() : discounts(id(row), wallet.discounts()));
    }

    private static List<TillDiscount> discounts(String request, List<ShownDiscount> shown) {
        List<TillDiscount> discounts = new ArrayList<>();
        for (ShownDiscount one : shown) {
            discounts.add(new TillDiscount(
                    request,
                    discounts.size() + 1,
                    one.id(),
                    one.posDiscountId(),
                    shortened(one.name(), 200),
                    one.points() == null ? null : new BigDecimal(one.points().toString()),
                    one.usable() ? 1 : 0,
                    one.reason()));
        }
        return discounts;
    }

    /** REFUSED, with the problem's word and sentence; TRY_AGAIN where a later row may well be done. */
    public TillAnswer refusal(Map<String, Object> row, Throwable fault) {
        // a split wraps what one of its parts throws
        Problem problem = ObjectHelper.getException(Problem.class, fault);
        boolean later = problem.status() == 503
                || problem.status() == 429
                || problem.code().equals("too-late");
        return new TillAnswer(
                id(row),
                later ? "TRY_AGAIN" : "REFUSED",
                problem.code(),
                shortened(problem.getMessage(), LONGEST_MESSAGE),
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    private static String id(Map<String, Object> row) {
        return String.valueOf(row.get("request_id"));
    }

    private static String shortened(String text, int longest) {
        return text == null ? null : text.substring(0, Math.min(longest, text.length()));
    }
}
