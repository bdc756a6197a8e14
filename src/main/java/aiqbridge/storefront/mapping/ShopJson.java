package aiqbridge.storefront.mapping;

import aiqbridge.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON of shops, read within limits and without rounding; written with sorted keys, so that the same always looks the same. */
public final class ShopJson {
    private static final ObjectMapper JSON = Json.ofShops();

    private ShopJson() {}

    /** @throws EventProblem when it is neither an object nor a list that can be read */
    public static JsonNode read(String text) {
        try {
            return checked(JSON.readTree(bare(text)));
        } catch (JsonProcessingException e) {
            return checked(null);
        }
    }

    /** Without a byte order mark. */
    public static String bare(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /**
     * @param json null where it could not be read
     * @throws EventProblem when it is neither an object nor a list that can be read
     */
    public static JsonNode checked(JsonNode json) {
        if (json != null && json.isContainerNode()) {
            return json;
        }
        throw new EventProblem(
                "Its body is not readable JSON: it is malformed, nested too deeply, or contains a number or string that is too long.");
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public static JsonNode of(Object value) {
        return JSON.valueToTree(value);
    }

    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
