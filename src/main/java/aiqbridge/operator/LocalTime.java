package aiqbridge.operator;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as people at the account's place read it, for example {@code 2026-11-25 11:05:09 MST}. */
final class LocalTime {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ROOT);

    private LocalTime() {}

    /** @param epochMs a database's number, or null */
    static String of(Object epochMs, String zone) {
        return epochMs == null
                ? null
                : FORM.format(
                        Instant.ofEpochMilli(((Number) epochMs).longValue()).atZone(ZoneId.of(zone)));
    }
}
