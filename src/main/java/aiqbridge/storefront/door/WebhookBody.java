package aiqbridge.storefront.door;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A body as it is kept. It comes from whom it says, so that it is never refused: a platform would send it again, fail, and switch the webhook off. What cannot be decoded
 * becomes U+FFFD, in which no id and no contact is ever read; what cannot be read as JSON is parked when it is processed.
 *
 * @param text   without a byte order mark, and without NUL, which PostgreSQL does not keep
 * @param fields the texts and numbers that were asked for, by their JSON pointers; none where it cannot be read
 */
record WebhookBody(String text, Map<String, String> fields) {
    static final int LARGEST = 1_048_576;
    private static final int MOST_VALUES = 100_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(LARGEST)
                    .maxNameLength(1_000)
                    .build())
            .build();

    /**
     * @param charset that its Content-Type names, else UTF-8
     * @param asked   JSON pointers
     */
    static WebhookBody of(byte[] raw, Charset charset, boolean form, Set<String> asked) {
        String text = new String(raw, charset);
        text = (text.startsWith("\ufeff") ? text.substring(1) : text).replace('\0', '\ufffd');
        return form ? new WebhookBody(inUtf8(text, charset), Map.of()) : new WebhookBody(text, fields(text, asked));
    }

    /** A form whose percent signs mean bytes of another charset, with such of UTF-8. */
    private static String inUtf8(String form, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return form;
        }
        try {
            return Stream.of(form.strip().split("&"))
                    .map(pair -> Stream.of(pair.split("=", 2))
                            .map(part -> URLEncoder.encode(URLDecoder.decode(part, charset), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("=")))
                    .collect(Collectors.joining("&"));
        } catch (IllegalArgumentException e) {
            return form;
        }
    }

    private static Map<String, String> fields(String text, Set<String> asked) {
        int deepest = 0;
        for (String pointer : asked) {
            deepest = Math.max(
                    deepest, pointer.length() - pointer.replace("/", "").length());
        }
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Map.of();
            }
            int depth = 1;
            int values = 0;
            while (depth > 0) {
                JsonToken token = json.nextToken();
                if (token == null || token != JsonToken.FIELD_NAME && ++values > MOST_VALUES) {
                    return Map.of();
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth <= deepest && (token == JsonToken.VALUE_STRING || token.isNumeric())) {
                    String pointer = depth == 1
                            ? "/" + json.currentName().replace("~", "~0").replace("/", "~1")
                            : json.getParsingContext().pathAsPointer().toString();
                    if (asked.contains(pointer)) {
                        fields.put(pointer, json.getText());
                    }
                }
            }
            return json.nextToken() == null ? fields : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }
}
