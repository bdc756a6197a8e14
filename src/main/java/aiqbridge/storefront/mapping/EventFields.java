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

    /** A text, or a list of them. */
    List<String> texts(String name, int longest) {
        List<String> texts = new ArrayList<>();
        JsonNode value = fields.path(name);
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            String text = text(one, longest);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** Whether it is true; what is no truth value is not. */
    boolean yes(String name) {
        return fields.path(name).isBoolean() && fields.path(name).asBoolean();
    }

    /** @throws EventProblem without one */
    String id(String name) {
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
