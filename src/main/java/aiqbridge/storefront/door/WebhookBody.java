package aiqbridge.storefront.door;

import aiqbridge.api.Problem;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A body that can be read: UTF-8, and an object of JSON or the fields of a form. Depth and digits are limited as on the API (config/README.md section 10.1); an order with many lines and
 * long notes is larger than anything there, so that texts may be as long as the body and there may be ten times as many values.
 *
 * @param text   without a byte order mark
 * @param fields the texts and numbers at the top of a JSON object
 */
record WebhookBody(String text, Map<String, String> fields) {
    static final int LARGEST = 1_048_576;
    private static final int MOST_VALUES = 100_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxNumberLength(40)
                    .maxStringLength(LARGEST)
                    .maxNameLength(1_000)
                    .build())
            .build();

    /** @throws Problem 400 */
    static WebhookBody of(byte[] raw, boolean form) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem(400, "body-malformed", "The body is not UTF-8.");
        }
        text = text.startsWith("\ufeff") ? text.substring(1) : text;
        return form ? form(text) : json(text);
    }

    private static WebhookBody form(String text) {
        try {
            if (text.isBlank() || text.chars().anyMatch(c -> c < 0x20 && c != '\r' && c != '\n' && c != '\t')) {
                throw new IllegalArgumentException();
            }
            for (String field : text.split("&")) {
                URLDecoder.decode(field, StandardCharsets.UTF_8);
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "body-malformed", "The body is not a readable form.");
        }
        return new WebhookBody(text, Map.of());
    }

    private static WebhookBody json(String text) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Problem(400, "body-malformed", "The body must be a JSON object.");
            }
            int depth = 1;
            int values = 0;
            while (depth > 0) {
                JsonToken token = json.nextToken();
                if (token == null || token != JsonToken.FIELD_NAME && ++values > MOST_VALUES) {
                    throw new Problem(
                            400,
                            "body-malformed",
                            "The body ends too early or contains more than " + MOST_VALUES + " values.");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth == 1 && (token == JsonToken.VALUE_STRING || token.isNumeric())) {
                    fields.put(json.currentName(), json.getText());
                }
            }
            if (json.nextToken() != null) {
                throw new Problem(400, "body-malformed", "There is something after the body's JSON object.");
            }
        } catch (IOException e) {
            throw new Problem(
                    400,
                    "body-malformed",
                    "The body is not a readable JSON object: it is malformed, nested too deeply or has a duplicate field.");
        }
        return new WebhookBody(text, fields);
    }
}
