package aiqbridge.api;

import aiqbridge.Sha256;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Lets a request in whose caller the front knows: the body is an object of JSON within the limits (config/README.md section 10.1). */
public final class ApiDoor {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxNumberLength(40)
                            .maxStringLength(65_536)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int LONGEST_KEY = 200;

    /**
     * @param exchange its property {@code who} is the caller, whom the front has let in; its headers are those that were sent, as they were sent
     * @throws Problem 401 where nobody was let in, 400 for a body that is not JSON
     */
    public ApiRequest enter(Exchange exchange) {
        Message message = exchange.getMessage();
        if (!(exchange.getProperty("who") instanceof Caller caller)) {
            throw CallerKeys.refused();
        }
        Object key = message.getHeader("Idempotency-Key");
        if (key != null
                && !(key instanceof String text
                        && !text.isBlank()
                        && text.length() <= LONGEST_KEY
                        && text.chars().allMatch(c -> c > 0x20 && c < 0x7f))) {
            throw new Problem(
                    400,
                    "idempotency-key-invalid",
                    "The header Idempotency-Key must be 1 to " + LONGEST_KEY + " visible ASCII characters, once.");
        }
        String body = message.getBody() instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
        return new ApiRequest(
                caller, read(body), message.getHeader("id", String.class), (String) key, Sha256.hex(body));
    }

    private static JsonNode read(String body) {
        if (body.isBlank()) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode json = JSON.readTree(body);
            if (!json.isObject()) {
                throw new Problem(400, "body-not-json", "The body must be a JSON object.");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new Problem(
                    400,
                    "body-not-json",
                    "The body is not a readable JSON object: it is malformed, nested too deeply or has a duplicate field.");
        }
    }
}
