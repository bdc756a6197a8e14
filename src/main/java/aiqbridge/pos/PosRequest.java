package aiqbridge.pos;

import aiqbridge.Settings;
import aiqbridge.Sha256;
import aiqbridge.api.ApiRequest;
import aiqbridge.api.Caller;
import aiqbridge.api.Problem;
import aiqbridge.audit.RefusalLog;
import aiqbridge.connection.PosConnections;
import aiqbridge.customer.SignUpAnswer;
import aiqbridge.pos.TillAnswer.TillDiscount;
import aiqbridge.privacy.Masked;
import aiqbridge.redemption.ShownRedemption;
import aiqbridge.wallet.ShownWallet;
import aiqbridge.wallet.ShownWallet.ShownDiscount;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.util.ObjectHelper;

/**
 * The requests of a till that can only write to its database: a row of its table is read as the request that a back end would send over HTTP, and answered
 * in the same row. The connection is the caller, so that every limit and policy is the same.
 */
public final class PosRequest {
    private static final int LONGEST_MESSAGE = 500;
    private final PosConnections connections;
    private final RefusalLog refusals;
    private final Duration lostAfter;
    private final Duration tooLateAfter;

    public PosRequest(PosConnections connections, RefusalLog refusals, Settings settings) {
        this.connections = connections;
        this.refusals = refusals;
        this.lostAfter = settings.duration("pos.request-lost-after");
        this.tooLateAfter = settings.duration("pos.request-too-late-after");
    }

    /** @param posNow epoch seconds by the till database's own clock */
    public RequestWindow window(Number posNow) {
        return new RequestWindow(posNow.longValue(), posNow.longValue() - lostAfter.toSeconds());
    }

    /** @throws Problem 422 for a kind that is none; 409 where the customer has gone: a code that comes too late only annoys */
    public ApiRequest read(String connection, Number posNow, TillRequest row) {
        if (List.of("VERIFY", "VIEW").contains(row.kind())
                && posNow.longValue() - row.askedAt() > tooLateAfter.toSeconds()) {
            throw new Problem(409, "too-late", "The bridge was too late for this request. Ask again with a new row.");
        }
        ObjectNode body = body(row);
        // no caller of the API can send a key with a blank
        return new ApiRequest(
                new Caller(connection, connections.get(connection).account()),
                body,
                null,
                "table " + row.requestId(),
                Sha256.hex(body.toString()));
    }

    /**
     * What a back end would send; a column of another kind is not read. The order of the fields stays: a row that an earlier version began is known
     * by the hash of this text.
     */
    private static ObjectNode body(TillRequest row) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        switch (String.valueOf(row.kind())) {
            case "VERIFY" -> {
                text(body, "email", Masked.plain(row.email()));
                text(body, "phone", Masked.plain(row.phone()));
            }
            case "VIEW" -> {
                text(body, "code", Masked.plain(row.code()));
                text(body, "email", Masked.plain(row.email()));
                text(body, "phone", Masked.plain(row.phone()));
                if (given(row.subtotal())) {
                    body.put("subtotal", new BigDecimal(row.subtotal()));
                }
            }
            case "REDEEM" -> {
                text(body, "discountId", row.discountId());
                text(body, "employee", row.employee());
                text(body, "transactionId", row.transactionId());
                text(body, "walletSession", row.walletSession());
            }
            case "SIGNUP" -> {
                flag(body, "consent", row.consent());
                text(body, "email", Masked.plain(row.email()));
                flag(body, "emailOptIn", row.emailOptIn());
                text(body, "staff", row.employee());
                text(body, "firstName", row.firstName());
                text(body, "language", row.language());
                text(body, "lastName", row.lastName());
                text(body, "phone", Masked.plain(row.phone()));
                flag(body, "smsOptIn", row.smsOptIn());
                text(body, "textHash", row.textHash());
                text(body, "textVersion", row.textVersion());
            }
            default -> throw Problem.field("kind", "must be VERIFY, VIEW, REDEEM or SIGNUP.");
        }
        return body;
    }

    /** Empty is absent: a till's form writes what it has. */
    private static boolean given(String value) {
        return value != null && !value.isBlank();
    }

    private static void text(ObjectNode body, String field, String value) {
        if (given(value)) {
            body.put(field, value.trim());
        }
    }

    private static void flag(ObjectNode body, String field, String value) {
        if (given(value)) {
            body.put(field, !value.equals("0"));
        }
    }

    /** @param said as a back end would hear it */
    public TillAnswer answer(TillRequest row, Record said) {
        SignUpAnswer signUp = said instanceof SignUpAnswer one ? one : null;
        ShownWallet wallet = signUp != null ? signUp.wallet() : said instanceof ShownWallet one ? one : null;
        ShownRedemption redemption = said instanceof ShownRedemption one ? one : null;
        return new TillAnswer(
                row.requestId(),
                "DONE",
                signUp != null && signUp.codeRequired() ? "code-required" : null,
                null,
                redemption != null ? redemption.points() : wallet != null ? wallet.points() : null,
                redemption == null ? null : redemption.note(),
                redemption == null ? null : redemption.redemptionId(),
                redemption == null ? null : redemption.status(),
                wallet == null ? null : wallet.walletSession(),
                wallet == null ? List.of() : discounts(row.requestId(), wallet.discounts()));
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
    public TillAnswer refusal(String connection, TillRequest row, Throwable fault) {
        // a split wraps what one of its parts throws
        Problem problem = ObjectHelper.getException(Problem.class, fault);
        if (problem.status() == 429) {
            refusals.refused(connection, "till-limited", problem.code());
        }
        boolean later = problem.status() == 503
                || problem.status() == 429
                || problem.code().equals("too-late");
        return new TillAnswer(
                row.requestId(),
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

    private static String shortened(String text, int longest) {
        return text == null ? null : text.substring(0, Math.min(longest, text.length()));
    }
}
