package aiqbridge.firstcontact;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds fields by what stands in them, whatever they are called. */
final class Fields {
    private static final int DEEPEST_SHAPE = 5;
    /** As seconds it would be after the year 30000. */
    static final long FIRST_MILLIS = 1_000_000_000_000L;

    private Fields() {}

    /** The first field of an object whose value is so; {@code a.b} for one of an object in it. */
    static Optional<String> named(JsonNode object, Predicate<JsonNode> value) {
        List<String> deeper = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (value.test(field.getValue())) {
                return Optional.of(field.getKey());
            }
            if (field.getValue().isObject()) {
                for (Map.Entry<String, JsonNode> inner : field.getValue().properties()) {
                    if (value.test(inner.getValue())) {
                        deeper.add(field.getKey() + "." + inner.getKey());
                    }
                }
            }
        }
        return deeper.stream().findFirst();
    }

    static Predicate<JsonNode> text(String text) {
        return value -> text != null
                && (value.isTextual() || value.isNumber())
                && value.asText().equalsIgnoreCase(text);
    }

    static Predicate<JsonNode> number(BigDecimal number) {
        return value -> number(value)
                .filter(found -> number != null && found.compareTo(number) == 0)
                .isPresent();
    }

    /** Also as a text. */
    static Optional<BigDecimal> number(JsonNode value) {
        return value.isNumber()
                ? Optional.of(value.decimalValue())
                : value.isTextual() && value.asText().matches("-?\\d{1,16}(\\.\\d{1,9})?")
                        ? Optional.of(new BigDecimal(value.asText()))
                        : Optional.empty();
    }

    /** A time between two, epoch milliseconds, in seconds, milliseconds or ISO 8601. */
    static Predicate<JsonNode> time(long from, long to) {
        return value -> millis(value).filter(at -> at >= from && at <= to).isPresent();
    }

    static Optional<Long> millis(JsonNode value) {
        if (value.isTextual() && value.asText().indexOf('T') > 0) {
            try {
                return Optional.of(
                        OffsetDateTime.parse(value.asText()).toInstant().toEpochMilli());
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }
        return number(value)
                .filter(n -> n.signum() > 0 && n.precision() - n.scale() < 16)
                .map(BigDecimal::longValue)
                .map(n -> n < FIRST_MILLIS ? n * 1_000 : n);
    }

    /** Where the rows are: empty for the answer's data itself, else the field's name; null where there is no list at all. */
    static String listIn(JsonNode data) {
        return data.isArray()
                ? ""
                : data.isObject() ? named(data, JsonNode::isArray).orElse(null) : null;
    }

    static JsonNode list(JsonNode data, String name) {
        return name.isEmpty() ? data : data.at("/" + name.replace('.', '/'));
    }

    /** Names and types, for whoever has to know what an answer looks like and must not know whose it is. */
    static String shape(JsonNode node) {
        return shape(node, 0);
    }

    private static String shape(JsonNode node, int depth) {
        if (depth > DEEPEST_SHAPE) {
            return "…";
        }
        if (node.isArray()) {
            return node.isEmpty() ? "[]" : "[" + shape(node.get(0), depth + 1) + "]";
        }
        if (node.isObject()) {
            Map<String, String> fields = new TreeMap<>();
            node.properties().forEach(f -> fields.put(name(f.getKey()), shape(f.getValue(), depth + 1)));
            return fields.toString().replace("=", ": ");
        }
        return node.isMissingNode() ? "nothing" : node.getNodeType().toString().toLowerCase(java.util.Locale.ROOT);
    }

    /** A field that is named after a customer is none that anybody has to know. */
    private static String name(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_-]{0,39}") && !name.matches(".*\\d{4}.*") ? name : "(a value)";
    }
}
