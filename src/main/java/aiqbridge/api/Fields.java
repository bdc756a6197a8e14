package aiqbridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** Reads the fields of a request; whatever is wrong is said with the field's name (a {@link Problem} 422). */
public final class Fields {
    /** What others gave a name to, which many a program holds as a number. Nothing else may be one: a phone or a code would lose its zeros. */
    private static final Set<String> IDS = Set.of("cartId", "transactionId", "discountId", "location");

    private static final int MOST_DIGITS = 40;
    private final JsonNode body;

    /** @param known every field this request may have; any other is refused, so that a misspelt one is not silently ignored */
    public Fields(JsonNode body, String... known) {
        this.body = body;
        Set<String> names = new TreeSet<>(Set.of(known));
        body.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw Problem.field(
                        name.length() > 40 ? name.substring(0, 40) + "…" : name,
                        "is unknown; known fields: " + String.join(", ", names) + ".");
            }
        });
    }

    static boolean isId(String name) {
        return IDS.contains(name);
    }

    /** A whole number as its digits, however it is written (1.0, 1e2); null for anything else. */
    static String digits(JsonNode value) {
        if (!value.isNumber()) {
            return null;
        }
        BigDecimal number = value.decimalValue().stripTrailingZeros();
        return number.scale() > 0 || number.precision() - (long) number.scale() > MOST_DIGITS
                ? null
                : number.toPlainString();
    }

    /** Null when absent or JSON null. An id may be a whole number, too. */
    public String text(String name, int longest) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        String digits = isId(name) ? digits(value) : null;
        if (digits == null && !value.isTextual()) {
            throw Problem.field(name, isId(name) ? "must be a string or a whole number." : "must be a string.");
        }
        String text = digits == null ? value.asText() : digits;
        if (text.isBlank()) {
            throw Problem.field(name, "is empty; omit it instead.");
        }
        if (text.length() > longest) {
            throw Problem.field(name, "is longer than " + longest + " characters.");
        }
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == 0xfffd)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Problem.field(name, "contains control or invalid characters.");
        }
        return text;
    }

    public String needed(String name, int longest) {
        String text = text(name, longest);
        if (text == null) {
            throw Problem.field(name, "is missing.");
        }
        return text;
    }

    /** Null when absent. */
    public Boolean flag(String name) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw Problem.field(name, "must be true or false.");
        }
        return value.booleanValue();
    }

    /** A number with at most three places within ±10,000,000; null when absent. */
    public BigDecimal number(String name) {
        JsonNode value = body.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw Problem.field(name, "must be a number.");
        }
        BigDecimal number = value.decimalValue();
        if (number.abs().compareTo(BigDecimal.valueOf(10_000_000)) > 0
                || number.stripTrailingZeros().scale() > 3) {
            throw Problem.field(name, "must be within ±10,000,000, with at most three decimal places.");
        }
        return number;
    }
}
