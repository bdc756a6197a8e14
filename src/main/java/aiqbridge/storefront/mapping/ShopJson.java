package aiqbridge.storefront.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON of shops, read within limits and without rounding; written with sorted keys, so that the same always looks the same. */
public final class ShopJson {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxNumberLength(100)
                            .maxStringLength(1 << 20)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ShopJson() {}

    /** @throws EventProblem when it is neither an object nor a list that can be read */
    public static JsonNode read(String text) {
        try {
            JsonNode json = JSON.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
            if (json.isContainerNode()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // said below
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
