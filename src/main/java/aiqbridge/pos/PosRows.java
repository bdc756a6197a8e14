package aiqbridge.pos;

import aiqbridge.account.Accounts;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.wallet.Identity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what a make's statements return into rows of ours; the fixed aliases are described in routes/pos/README.md section 5. */
public final class PosRows {
    private static final Pattern NOTE = Pattern.compile("(?<![0-9A-Z])AIQ-([0-9A-HJKMNP-TV-Z]{6})(?![0-9A-Z])");
    private static final DateTimeFormatter WALL_CLOCK = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd['T'][' ']HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .toFormatter();
    private static final int LONGEST_ID = 128;
    private static final BigDecimal MOST_MONEY = BigDecimal.TEN.pow(11);
    private final PosConnections connections;
    private final Accounts accounts;
    private final Clock clock;

    public PosRows(PosConnections connections, Accounts accounts, Clock clock) {
        this.connections = connections;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Rows that cannot be read are left out and counted in the window ({@code unreadable}): one bad row must not hold up the others.
     *
     * @throws AliasMissing when the statement lacks one of the aliases that every make must give
     */
    public List<Map<String, Object>> sales(Map<String, Object> window, List<Map<String, Object>> rows) {
        PosConnection connection = connections.get((String) window.get("connection"));
        String country = accounts.get(connection.account()).country();
        List<Map<String, Object>> sales = new ArrayList<>();
        for (Map<String, Object> raw : rows) {
            Map<String, Object> row = named(connection, raw, "transaction_id", "completed_at", "total");
            if (row.get("completed_at") == null) {
                continue;
            }
            String changed = tail(window, row, "completed_at");
            try {
                Map<String, Object> sale = sale(connection, country, row, (Long) window.get("pos_now"));
                sale.put("changed_at", millis(row.get(changed), connection.zone()));
                sales.add(sale);
            } catch (IllegalArgumentException unreadable) {
                window.merge("unreadable", 1, (a, b) -> (Integer) a + (Integer) b);
            }
        }
        return sales;
    }

    /** The last row read, where the next page goes on; what it is ordered by: the given time, or changed_at where the make gives that. */
    private static String tail(Map<String, Object> window, Map<String, Object> row, String time) {
        String ordered = row.get("changed_at") == null ? time : "changed_at";
        window.put("tail_time", row.get(ordered));
        window.put(
                "tail_id",
                row.get("transaction_id") == null
                        ? ""
                        : row.get("transaction_id").toString());
        return ordered;
    }

    private Map<String, Object> sale(PosConnection connection, String country, Map<String, Object> row, long posNow) {
        Map<String, Object> sale = new HashMap<>();
        identify(sale, row, connection);
        long completed = millis(row.get("completed_at"), connection.zone());
        sale.put("completed_at", completed);
        sale.put("total", money(row.get("total")));
        sale.put("phone", Identity.phone(text(row.get("phone")), country).orElse(null));
        sale.put("email", Identity.email(text(row.get("email"))).orElse(null));
        sale.put("customer_id", text(row.get("customer_id")));
        sale.put("note", note(text(row.get("note"))));
        sale.put("discount_ids", text(row.get("discount_ids")));
        sale.put("discount_total", row.get("discount_total") == null ? null : money(row.get("discount_total")));
        sale.put("employee", text(row.get("employee")));
        sale.put("future", completed > posNow + 60_000 ? 1 : 0);
        sale.put("now", clock.millis());
        return sale;
    }

    public List<Map<String, Object>> reversals(Map<String, Object> window, List<Map<String, Object>> rows) {
        PosConnection connection = connections.get((String) window.get("connection"));
        List<Map<String, Object>> reversals = new ArrayList<>();
        for (Map<String, Object> raw : rows) {
            Map<String, Object> row = named(
                    connection, raw, "transaction_id", "original_transaction_id", "kind", "reversed_at", "amount");
            if (row.get("reversed_at") == null) {
                continue;
            }
            tail(window, row, "reversed_at");
            String kind = kind(connection, row.get("kind"));
            try {
                Map<String, Object> reversal = new HashMap<>();
                identify(reversal, row, connection);
                reversal.put("original_transaction_id", id(row.get("original_transaction_id")));
                reversal.put("kind", kind);
                reversal.put("reversed_at", laterMillis(row.get("reversed_at"), connection.zone()));
                reversal.put(
                        "amount",
                        row.get("amount") == null
                                ? null
                                : money(row.get("amount")).abs());
                reversal.put("now", clock.millis());
                reversals.add(reversal);
            } catch (IllegalArgumentException unreadable) {
                window.merge("unreadable", 1, (a, b) -> (Integer) a + (Integer) b);
            }
        }
        return reversals;
    }

    private static void identify(Map<String, Object> of, Map<String, Object> row, PosConnection connection) {
        of.put("connection", connection.name());
        of.put("location", row.get("location") == null ? connection.location() : text(row.get("location")));
        of.put("transaction_id", id(row.get("transaction_id")));
    }

    private static String kind(PosConnection connection, Object value) {
        String kind = text(value);
        if (!List.of("void", "return", "deleted").contains(String.valueOf(kind))) {
            throw new AliasMissing(connection, "kind", "must be void, return or deleted");
        }
        return kind;
    }

    private static String id(Object value) {
        if (value == null) {
            throw new IllegalArgumentException("there is no transaction id");
        }
        String id = value instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : String.valueOf(value).trim();
        if (id.isEmpty() || id.length() > LONGEST_ID || id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "the transaction id is empty, longer than " + LONGEST_ID + " characters or contains a NUL");
        }
        return id;
    }

    /** Databases spell column names in their own case. */
    private static Map<String, Object> named(PosConnection connection, Map<String, Object> raw, String... needed) {
        Map<String, Object> row = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        row.putAll(raw);
        for (String alias : needed) {
            if (!row.containsKey(alias)) {
                throw new AliasMissing(connection, alias, "is missing");
            }
        }
        return row;
    }

    private static String text(Object value) {
        String text = value instanceof byte[] bytes
                ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                : value == null ? "" : value.toString();
        return text.isBlank() ? null : text.trim().replace("\0", "");
    }

    private static String note(String text) {
        Matcher note = NOTE.matcher(text == null ? "" : text.toUpperCase(java.util.Locale.ROOT));
        return note.find() ? note.group() : null;
    }

    /** Tills keep money in doubles too: half a cent is no money, nor is what our tables cannot hold. */
    private static BigDecimal money(Object value) {
        if (value == null) {
            throw new IllegalArgumentException("there is no total");
        }
        BigDecimal money = new BigDecimal(value.toString()).setScale(3, RoundingMode.HALF_UP);
        if (money.abs().compareTo(MOST_MONEY) >= 0) {
            throw new IllegalArgumentException("such an amount is not possible at a till");
        }
        return money;
    }

    /**
     * A number is epoch seconds; a time without a zone is the till's wall clock. In the hour that autumn repeats, the first one is meant.
     *
     * @throws IllegalArgumentException when it is no time that can be read
     */
    public static long millis(Object value, ZoneId zone) {
        if (value instanceof Number seconds) {
            return new BigDecimal(seconds.toString()).movePointRight(3).longValue();
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toEpochMilli();
        }
        return wallClock(value)
                .atZone(zone)
                .withEarlierOffsetAtOverlap()
                .toInstant()
                .toEpochMilli();
    }

    /** The same, but the second of the hours that autumn repeats: a sale is not reversed before it was completed. */
    private static long laterMillis(Object value, ZoneId zone) {
        return value instanceof Number || value instanceof OffsetDateTime
                ? millis(value, zone)
                : wallClock(value)
                        .atZone(zone)
                        .withLaterOffsetAtOverlap()
                        .toInstant()
                        .toEpochMilli();
    }

    private static LocalDateTime wallClock(Object value) {
        return value instanceof java.sql.Timestamp t
                ? t.toLocalDateTime()
                : value instanceof LocalDateTime t ? t : parsed(value.toString());
    }

    private static LocalDateTime parsed(String text) {
        try {
            return LocalDateTime.parse(text, WALL_CLOCK);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "completed_at is not a readable time; give a timestamp, epoch seconds or yyyy-MM-dd HH:mm:ss");
        }
    }

    /** The make's statement does not give what every make must give. */
    public static final class AliasMissing extends RuntimeException {
        AliasMissing(PosConnection connection, String alias, String what) {
            super("The make " + connection.make() + " of connection " + connection.name() + ": its alias " + alias + " "
                    + what + ".");
        }
    }
}
