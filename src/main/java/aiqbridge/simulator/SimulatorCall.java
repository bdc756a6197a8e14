package aiqbridge.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One request as AIQ would read it.
 *
 * @param operation {@code redeem}, {@code wallet} …; {@code unknown} for a path AIQ does not have, {@code wrong-method} for one it has
 * @param values    what stands in the path and in the query, decoded, by the names of routes/aiq/README.md
 */
record SimulatorCall(String operation, Map<String, String> values, JsonNode json, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Place> PLACES = List.of(
            new Place("verify", "POST", "/api/v2/verify/contact/wallet"),
            new Place("view", "POST", "/api/v2/view/contact/wallet"),
            new Place("wallet", "POST", "/api/v2/wallet"),
            new Place("redeem", "PUT", "/api/v1.1/discount/redeem/{uid}/{templateID}/{token}"),
            new Place("redeem", "PUT", "/api/v1.1/discount/redeem/{uid}/{templateID}/{token}/{transactionID}"),
            new Place("reverse", "*", "/api/v1.1/discount/refund/{uid}/{contactID}/{templateID}/{redemptionID}"),
            new Place("adjust", "PUT", "/api/v1.1/adjust/loyaltyPoints/{uid}/{contactID}"),
            new Place("redemptions", "GET", "/api/v1.1/redemptions/{uid}/{start}/{end}"),
            new Place("adjustments", "GET", "/api/v1.1/adjustments/{uid}/{start}/{end}"),
            new Place("timeline", "GET", "/api/v1.1/contact/loyaltyPoints/timeline/{uid}/{contactID}"),
            new Place("stores", "GET", "/api/v1.1/stores/{uid}"),
            new Place("signup", "POST", "/api/v2/loyalty"),
            new Place("lookup", "GET", "/api/v2/loyalty/lookup/{identity}"),
            new Place("optin", "PUT", "/api/v1.1/optin/{uid}/{phone}/{wanted}"),
            new Place("optin-email", "PUT", "/api/v2/optin/email/{email}/{wanted}"),
            new Place("sale", "POST", "/api/v1.1/createUpdateSale/{uid}"),
            new Place("cart", "POST", "/api/v2/cart"));

    /** @param path raw, every value still percent-encoded */
    static SimulatorCall of(String method, String path, String query, String body) {
        String operation = "unknown";
        for (Place place : PLACES) {
            Map<String, String> values = place.values(path);
            if (values != null && place.takes(method)) {
                Map<String, String> all = asked(query);
                all.putAll(values);
                return new SimulatorCall(place.operation(), all, parsed(body), body);
            }
            operation = values != null ? "wrong-method" : operation;
        }
        return new SimulatorCall(operation, Map.of(), parsed(body), body);
    }

    private static Map<String, String> asked(String query) {
        Map<String, String> asked = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            asked.put(decoded(pair.replaceFirst("=.*$", "")), decoded(pair.replaceFirst("^[^=]*=?", "")));
        }
        return asked;
    }

    private static JsonNode parsed(String body) {
        try {
            return body == null || body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    boolean movesPoints() {
        return List.of("redeem", "reverse", "adjust").contains(operation);
    }

    String value(String name) {
        return values.get(name);
    }

    /** A non-empty text of the body, null for none. */
    String text(String name) {
        return text(json, name);
    }

    static String text(JsonNode json, String name) {
        return json.path(name).isTextual() && !json.path(name).asText().isEmpty()
                ? json.path(name).asText()
                : null;
    }

    private record Place(String operation, String method, String template) {
        boolean takes(String called) {
            return method.equals("*") || method.equals(called);
        }

        /** What stands where the template has names; null when it is another path. */
        Map<String, String> values(String path) {
            String[] names = template.split("/", -1);
            String[] segments = path.split("/", -1);
            if (names.length != segments.length) {
                return null;
            }
            Map<String, String> values = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                if (names[i].startsWith("{")) {
                    values.put(names[i].substring(1, names[i].length() - 1), decoded(segments[i]));
                } else if (!names[i].equals(segments[i])) {
                    return null;
                }
            }
            return values;
        }
    }
}
