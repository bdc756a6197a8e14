package aiqbridge.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** Lets a request in: who calls, and whether the body is an object of JSON within the limits (config/README.md section 10.1). */
public final class ApiDoor {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).maxNumberLength(40).maxStringLength(65_536).build()).build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final int LONGEST_KEY = 200;
    private final CallerKeys keys;

    public ApiDoor(CallerKeys keys) {
        this.keys = keys;
    }

    /**
     * @param authorization {@code Bearer aiqb_…}
     * @throws Problem 401 for a key that is not good, 400 for a body that is not JSON
     */
    public ApiRequest enter(String authorization, String idempotencyKey, String id, String body) {
        Caller caller = keys.check(authorization);
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY || !idempotencyKey.chars().allMatch(c -> c > 0x20 && c < 0x7f))) {
            throw new Problem(400, "idempotency-key-invalid", "The header Idempotency-Key must be 1 to " + LONGEST_KEY + " visible ASCII characters.");
        }
        return new ApiRequest(caller, read(body), id, idempotencyKey, CallerKeys.sha256(body == null ? "" : body));
    }

    private static JsonNode read(String body) {
        if (body == null || body.isBlank()) {
            return JSON.createObjectNode();
        }
        if (body.getBytes(StandardCharsets.UTF_8).length > 65_536) {
            throw new Problem(413, "body-too-large", "The body is larger than 64 KiB.");
        }
        try {
            JsonNode json = JSON.readTree(body);
            if (!json.isObject()) {
                throw new Problem(400, "body-not-json", "The body must be a JSON object.");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new Problem(400, "body-not-json", "The body is not a JSON object that can be read: it is malformed, nested too deeply or names a field twice.");
        }
    }
}
