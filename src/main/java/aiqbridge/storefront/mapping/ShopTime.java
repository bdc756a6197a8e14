package aiqbridge.storefront.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/** Times as shops write them (routes/storefront/README.md section 4.6). */
public final class ShopTime {
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("yyyy-MM-dd['T'][' ']HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[ ][XXX][XX][X]")
            .toFormatter();
    private static final DateTimeFormatter MAIL = DateTimeFormatter.RFC_1123_DATE_TIME;
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
    private static final BigDecimal MILLISECONDS_FROM = new BigDecimal("100000000000");

    private ShopTime() {}

    /**
     * @param zone of a time that says none
     * @return epoch milliseconds; null for what is no time of this century
     */
    public static Long read(JsonNode value, ZoneId zone) {
        Long millis = null;
        if (value.isNumber()) {
            millis = epoch(value.decimalValue());
        } else if (value.isTextual() && value.asText().length() <= 64) {
            String text = value.asText().strip();
            millis = text.matches("\\d{9,13}")
                    ? epoch(new BigDecimal(text))
                    : text.matches("\\d{4}-.*") ? iso(text, zone) : mail(text);
        }
        return millis == null || millis < EARLIEST || millis >= LATEST ? null : millis;
    }

    private static Long epoch(BigDecimal number) {
        if (ShopMoney.sane(number) == null) {
            return null;
        }
        return (number.compareTo(MILLISECONDS_FROM) < 0 ? number.movePointRight(3) : number).longValue();
    }

    private static Long iso(String text, ZoneId zone) {
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli();
            }
            TemporalAccessor time =
                    ISO.parseBest(text.replaceFirst(" ?(UTC|GMT)$", "Z"), ZonedDateTime::from, LocalDateTime::from);
            return (time instanceof LocalDateTime wallClock
                            ? wallClock.atZone(zone).withEarlierOffsetAtOverlap()
                            : (ZonedDateTime) time)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Long mail(String text) {
        try {
            return ZonedDateTime.parse(
                            text.replaceFirst("^[A-Za-z]{2,9},\\s*", "")
                                    .replaceFirst("\\s*\\([^)]*\\)$", "")
                                    .replaceFirst("(UTC|UT|Z)$", "GMT"),
                            MAIL)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
