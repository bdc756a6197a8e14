package aiqbridge.aiq;

import aiqbridge.privacy.ApiKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.apache.camel.component.http.HttpMethods;

/**
 * One call that is to leave for AIQ.
 *
 * @param connection the till or shop that it has to do with, null for none; {@code shop} the shop where that is another one
 * @param operation the route's name, for the breaker: {@code wallet}, {@code redeem} …
 * @param method     as Camel's own value: from a text it would be looked up anew for each call
 * @param path      raw path with query, every value already percent-encoded
 * @param query      null for none
 * @param body       null for none
 * @param sendBefore epoch milliseconds after which it must not leave any more, null for no such limit
 * @param leftAt     epoch milliseconds when it was let out, 0 before
 */
public record AiqCall(
        String accountId,
        String connection,
        String shop,
        Priority priority,
        String operation,
        HttpMethods method,
        String path,
        String query,
        ApiKey apiKey,
        JsonNode body,
        Long sendBefore,
        long leftAt) {
    private static final Set<String> MOVES_POINTS = Set.of("redeem", "reverse", "adjust");
    /** Reads, and what AIQ does not take for more: the wallet is opened, a key is tried. */
    private static final Set<String> ONLY_READS =
            Set.of("wallet", "view", "lookup", "timeline", "redemptions", "adjustments", "stores");

    /** Whether AIQ takes or gives points for it: then no status proves that it did not. */
    boolean movesPoints() {
        return MOVES_POINTS.contains(operation);
    }

    /** Whether anything at AIQ, or at a customer, is another thing afterwards; what is not known to be a read is none. A stop keeps it back. */
    boolean changesSomething() {
        return !ONLY_READS.contains(operation);
    }

    /** For the header, and for nothing else. */
    public String plainKey() {
        return apiKey.plain();
    }

    AiqCall leaving(long at) {
        return new AiqCall(
                accountId, connection, shop, priority, operation, method, path, query, apiKey, body, sendBefore, at);
    }

    @Override
    public String toString() {
        return "AiqCall[" + accountId + " " + operation + "]";
    }
}
