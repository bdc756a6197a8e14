package aiqbridge.api;

import aiqbridge.Sha256;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.TreeMap;

/**
 * What a request means, so that the same request is known again however its JSON is written: fields in any order, 100 as 100.0, an absent field as null, an id as a number or as
 * text. The order in arrays counts.
 */
final class RequestDigest {
    private RequestDigest() {}

    /** SHA-256 of the body in its one form. */
    static String of(JsonNode body) {
        StringBuilder form = new StringBuilder();
        write(body, form);
        return Sha256.hex(form.toString());
    }

    private static void write(JsonNode value, StringBuilder form) {
        if (value.isObject()) {
            TreeMap<String, JsonNode> fields = new TreeMap<>();
            value.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    fields.put(field.getKey(), field.getValue());
                }
            });
            form.append('{');
            fields.forEach((name, field) -> {
                form.append(text(name)).append(':');
                String id = Fields.isId(name) ? Fields.digits(field) : null;
                write(id == null ? field : JsonNodeFactory.instance.textNode(id), form);
                form.append(',');
            });
            form.append('}');
        } else if (value.isArray()) {
            form.append('[');
            value.forEach(one -> {
                write(one, form);
                form.append(',');
            });
            form.append(']');
        } else if (value.isNumber()) {
            BigDecimal number = value.decimalValue().stripTrailingZeros();
            form.append(number.unscaledValue()).append('E').append(-(long) number.scale());
        } else if (value.isTextual()) {
            form.append(text(value.asText()));
        } else {
            form.append(value.asText());
        }
    }

    private static String text(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
