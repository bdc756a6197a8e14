package aiqbridge.storefront.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fields of an event as a mapping gave them, bounded: what is too long is cut, what is too large or of another type is left out. Only an event without an id is no event. */
final class EventFields {
    static final int LONGEST_ID = 200;
    private static final int LONGEST_ADDRESS = 2_000;
    private static final BigDecimal LARGEST = new BigDecimal("9999999999");
    private final JsonNode fields;

    EventFields(JsonNode fields) {
        this.fields = fields;
    }

    boolean has(String name) {
        return fields.hasNonNull(name);
    }

    /** Without control and broken characters, which a database refuses. */
    String text(String name, int longest) {
        return text(fields.path(name), longest);
    }

    private static String text(JsonNode value, int longest) {
        if (!value.isTextual() && !value.isNumber()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        value.asText()
                .codePoints()
                .limit(4L * longest)
                .filter(c -> c > 0x1f && c != 0x7f && (c < 0xd800 || c > 0xdfff))
                .limit(longest)
                .forEach(text::appendCodePoint);
        String stripped = text.toString().strip();
        return stripped.isEmpty() ? null : stripped;
    }

    /**
     * An id, or a list of them.
     *
     * @throws EventProblem when a character of one was lost on its way
     */
    List<String> ids(String name) {
        List<String> ids = new ArrayList<>();
        JsonNode value = fields.path(name);
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            whole(name, one);
            String text = text(one, LONGEST_ID);
            if (text != null) {
                ids.add(text);
            }
        }
        return ids;
    }

    /** Whether it is true; what is no truth value is not. */
    boolean yes(String name) {
        return fields.path(name).isBoolean() && fields.path(name).asBoolean();
    }

    /** A phone or an e-mail. One of which a character was lost on its way is nobody's: it could be somebody else's. */
    String contact(String name, int longest) {
        return isDamaged(fields.path(name)) ? null : text(name, longest);
    }

    /**
     * An id that need not be there.
     *
     * @throws EventProblem when a character of it was lost on its way: it could be another's
     */
    String named(String name) {
        whole(name, fields.path(name));
        return text(name, LONGEST_ID);
    }

    private static void whole(String name, JsonNode value) {
        if (isDamaged(value)) {
            throw new EventProblem("The " + name + " in it is damaged: it has a character that cannot be read.");
        }
    }

    private static boolean isDamaged(JsonNode value) {
        return value.isTextual()
                && value.asText()
                        .strip()
                        .codePoints()
                        .anyMatch(c -> c < 0x20 || c == 0x7f || c == 0xfffd || c >= 0xd800 && c <= 0xdfff);
    }

    /** @throws EventProblem without one, or when a character of it was lost on its way */
    String id(String name) {
        named(name);
        String whole = text(name, LONGEST_ID + 1);
        if (whole == null || whole.length() > LONGEST_ID) {
            throw new EventProblem(
                    "The mapping finds no " + name + " in it, or one longer than " + LONGEST_ID + " characters.");
        }
        return whole;
    }

    /** With three places, as the tables hold it. */
    BigDecimal amount(String name) {
        JsonNode value = fields.path(name);
        BigDecimal amount = value.isNumber() ? ShopMoney.sane(value.decimalValue()) : null;
        return amount == null || amount.abs().compareTo(LARGEST) > 0 ? null : amount.setScale(3, RoundingMode.HALF_UP);
    }

    /** Zero or more. */
    Long whole(String name) {
        JsonNode value = fields.path(name);
        return value.isNumber() && value.canConvertToLong() && value.asLong() >= 0 ? value.asLong() : null;
    }

    Long moment(String name) {
        Long millis = whole(name);
        return millis == null || millis == 0 ? null : millis;
    }

    /** An address of the web. */
    String web(String name) {
        String text = text(name, LONGEST_ADDRESS + 1);
        if (text == null || text.length() > LONGEST_ADDRESS) {
            return null;
        }
        try {
            URI url = URI.create((text.startsWith("//") ? "https:" : "") + text.replace(" ", "%20"));
            return url.getHost() != null
                            && ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
                    ? url.toString()
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** ISO 4217, upper case. */
    String currency(String name) {
        String text = text(name, 10);
        return text != null && text.matches("[A-Za-z]{3}") ? text.toUpperCase(Locale.ROOT) : null;
    }

    List<EventFields> list(String name) {
        List<EventFields> list = new ArrayList<>();
        fields.path(name).forEach(item -> {
            if (item.isObject()) {
                list.add(new EventFields(item));
            }
        });
        return list;
    }
}
