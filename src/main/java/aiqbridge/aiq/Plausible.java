package aiqbridge.aiq;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * Fields of one object of AIQ's answer, each within its range: an answer is a stranger's words, and what is kept of it is reckoned with, shown and stored.
 * What is missing or of another type is null, and so is what makes no sense, which is remembered.
 */
final class Plausible {
    private static final int LONGEST_ID = 128;
    private static final int MOST_POINTS = 10_000_000;
    private static final int PLACES_OF_POINTS = 3;
    private static final int PLACES_OF_MONEY = 4;
    /** Numbers come as texts too (AIQ: section 1.6). */
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,16}(\\.\\d{1,9})?");

    /** In 2001; as seconds it would be after the year 30000. */
    private static final long FIRST_MILLIS = 1_000_000_000_000L;

    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private final JsonNode fields;
    private String implausible;

    Plausible(JsonNode fields) {
        this.fields = fields;
    }

    /** The first field that makes no sense; null for none. */
    String implausible() {
        return implausible;
    }

    /** Points that something costs. */
    BigDecimal points(String name) {
        return within(name, 0, MOST_POINTS, PLACES_OF_POINTS);
    }

    /** A balance or a movement, which may be below 0. */
    BigDecimal movement(String name) {
        return within(name, -MOST_POINTS, MOST_POINTS, PLACES_OF_POINTS);
    }

    BigDecimal dollars(String name) {
        return within(name, 0, MOST_POINTS, PLACES_OF_MONEY);
    }

    /** The same; null for 0. */
    BigDecimal limit(String name) {
        BigDecimal limit = dollars(name);
        return limit == null || limit.signum() == 0 ? null : limit;
    }

    BigDecimal percent(String name) {
        return within(name, 0, 100, PLACES_OF_MONEY);
    }

    /** Unix seconds or milliseconds, as a number or a text, or ISO 8601 with an offset; as epoch milliseconds. Null for 0 and below, with which AIQ says "none". */
    Long time(String name) {
        String text = fields.path(name).isTextual() ? fields.path(name).asText() : "";
        if (text.indexOf('T') > 0) {
            try {
                return Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text))
                        .toEpochMilli();
            } catch (DateTimeException e) {
                implausible = implausible == null ? name : implausible;
                return null;
            }
        }
        BigDecimal time = within(name, Long.MIN_VALUE, LATEST * 1_000, 9);
        if (time == null || time.signum() <= 0) {
            return null;
        }
        if (time.longValue() > LATEST && time.longValue() < FIRST_MILLIS) {
            implausible = implausible == null ? name : implausible;
            return null;
        }
        return time.longValue() <= LATEST ? time.longValue() * 1_000 : time.longValue();
    }

    private BigDecimal within(String name, long least, long most, int places) {
        JsonNode value = fields.path(name);
        if (!value.isNumber()
                && !(value.isTextual() && NUMBER.matcher(value.asText()).matches())) {
            return null;
        }
        BigDecimal number = value.isNumber() ? value.decimalValue() : new BigDecimal(value.asText());
        // before anything is reckoned: 1e-999999999 + 1 has a thousand million digits
        BigDecimal bare = number.stripTrailingZeros();
        if (bare.scale() > places
                || bare.compareTo(BigDecimal.valueOf(most)) > 0
                || bare.compareTo(BigDecimal.valueOf(least)) < 0) {
            implausible = implausible == null ? name : implausible;
            return null;
        }
        return number.scale() < -places || number.scale() > 2 * places ? bare : number;
    }

    /** What names something: a text or a number. */
    String id(String name) {
        return id(fields.path(name));
    }

    static String id(JsonNode value) {
        String id = value.isTextual() || value.isNumber() ? value.asText() : "";
        return !id.isBlank() && id.length() <= LONGEST_ID && isClean(id) ? id : null;
    }

    /** What people read: without control characters, half of one as a question mark, and cut. */
    String text(String name, int longest) {
        JsonNode value = fields.path(name);
        if (!value.isValueNode() || value.isNull()) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        value.asText()
                .codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(longest)
                .map(c -> c < 0xd800 || c > 0xdfff ? c : '?')
                .forEach(text::appendCodePoint);
        return text.isEmpty() ? null : text.toString();
    }

    private static boolean isClean(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
