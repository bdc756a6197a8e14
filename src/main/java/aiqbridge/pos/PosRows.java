package aiqbridge.pos;

import static aiqbridge.pos.MakeRow.Alias.AMOUNT;
import static aiqbridge.pos.MakeRow.Alias.ARRIVAL;
import static aiqbridge.pos.MakeRow.Alias.CANDIDATES;
import static aiqbridge.pos.MakeRow.Alias.CHANGED_AT;
import static aiqbridge.pos.MakeRow.Alias.COMPLETED_AT;
import static aiqbridge.pos.MakeRow.Alias.CUSTOMER_ID;
import static aiqbridge.pos.MakeRow.Alias.DISCOUNT_IDS;
import static aiqbridge.pos.MakeRow.Alias.DISCOUNT_TOTAL;
import static aiqbridge.pos.MakeRow.Alias.EMAIL;
import static aiqbridge.pos.MakeRow.Alias.EMPLOYEE;
import static aiqbridge.pos.MakeRow.Alias.GOODS;
import static aiqbridge.pos.MakeRow.Alias.KIND;
import static aiqbridge.pos.MakeRow.Alias.LOCATION;
import static aiqbridge.pos.MakeRow.Alias.NOTE;
import static aiqbridge.pos.MakeRow.Alias.NUMBER;
import static aiqbridge.pos.MakeRow.Alias.ORIGINAL_TRANSACTION_ID;
import static aiqbridge.pos.MakeRow.Alias.PHONE;
import static aiqbridge.pos.MakeRow.Alias.REFERENCE;
import static aiqbridge.pos.MakeRow.Alias.REVERSED_AT;
import static aiqbridge.pos.MakeRow.Alias.STATE;
import static aiqbridge.pos.MakeRow.Alias.TOTAL;
import static aiqbridge.pos.MakeRow.Alias.TRANSACTION_ID;
import static aiqbridge.pos.MakeRow.Alias.WHOLE;

import aiqbridge.account.Accounts;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.pos.MakeRow.Alias;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.redemption.TicketNote;
import aiqbridge.redemption.TransactionId;
import aiqbridge.wallet.Identity;
import aiqbridge.wallet.PlaceholderPhones;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns what a make's statements return into records of ours; the fixed aliases are described in routes/pos/README.md section 5. */
public final class PosRows {
    private static final DateTimeFormatter WALL_CLOCK = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd['T'][' ']HH:mm[:ss]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .toFormatter();
    /** What a reversal may be, and what may have become of a sale. */
    public static final List<String> KINDS = List.of("void", "return", "deleted");

    public static final List<String> STATES = List.of("completed", "voided", "returned", "open");
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(WALL_CLOCK)
            .appendPattern("[' '][XXX][XX][X]")
            .toFormatter();
    private static final String A_TIME =
            "a time: a timestamp without a zone, text yyyy-MM-dd HH:mm:ss, or epoch seconds";
    /** In the year 5138. */
    private static final BigDecimal MOST_SECONDS = BigDecimal.TEN.pow(11);

    private static final int LONGEST_ID = 128;
    private static final int LONGEST_TEXT = 65_536;
    private static final int CUT_NOTE = 2_000;
    private static final Pattern CUT_WITHIN_NOTE = Pattern.compile("(?im)a[i1]q[^\\n]{0,6}$");
    private static final BigDecimal MOST_MONEY = BigDecimal.TEN.pow(11);
    private final PosConnections connections;
    private final Accounts accounts;
    private final PlaceholderPhones placeholders;

    public PosRows(PosConnections connections, Accounts accounts, PlaceholderPhones placeholders) {
        this.placeholders = placeholders;
        this.connections = connections;
        this.accounts = accounts;
    }

    /** @throws MakeRow.AliasMissing when the statement lacks one of the aliases that every make must give */
    public PollPage<Sale> sales(PollWindow window, List<Map<String, Object>> rows) {
        PosConnection connection = connections.get(window.connection());
        String country = accounts.get(connection.account()).country();
        return sales(connection, country, placeholders::holds, window.posNow(), rows)
                .page(rows.size());
    }

    /** Those of the rows that cannot be read. */
    public static List<UnreadRow> unreadSales(PosConnection connection, List<Map<String, Object>> rows) {
        return sales(connection, "US", number -> false, 0, rows).unread;
    }

    private static Reading<Sale> sales(
            PosConnection connection,
            String country,
            Predicate<String> placeholder,
            long posNow,
            List<Map<String, Object>> rows) {
        Reading<Sale> reading = new Reading<>("sale");
        for (Map<String, Object> columns : rows) {
            MakeRow row = new MakeRow(connection, columns, TRANSACTION_ID, COMPLETED_AT, TOTAL);
            if (row.get(COMPLETED_AT) != null) {
                Alias ordered = reading.orderedBy(row, COMPLETED_AT);
                reading.arrived(row);
                reading.add(connection, row, () -> sale(connection, country, placeholder, row, ordered, posNow));
            }
        }
        return reading;
    }

    private static Sale sale(
            PosConnection connection,
            String country,
            Predicate<String> placeholder,
            MakeRow row,
            Alias changed,
            long posNow) {
        long completed = millis(row.get(COMPLETED_AT), connection.zone());
        Optional<String> phone = Identity.phone(text(row.get(PHONE)), country);
        // the till's walk-in customer
        boolean nobody = phone.filter(placeholder).isPresent();
        List<TicketNote> notes = TicketNote.in(ticketText(row.get(NOTE)));
        String id = id(row.get(TRANSACTION_ID));
        return new Sale(
                connection.name(),
                location(row, connection),
                id,
                TransactionId.spelling(id),
                completed,
                money(row.get(TOTAL)),
                nobody ? null : phone.map(Phone::new).orElse(null),
                nobody
                        ? null
                        : Identity.email(text(row.get(EMAIL))).map(Email::new).orElse(null),
                nobody ? null : text(row.get(CUSTOMER_ID)),
                notes.isEmpty() ? null : notes.stream().map(TicketNote::note).collect(Collectors.joining(" ")),
                notes,
                text(row.get(REFERENCE)),
                text(row.get(NUMBER)),
                text(row.get(GOODS)),
                text(row.get(DISCOUNT_IDS)),
                row.get(DISCOUNT_TOTAL) == null ? null : money(row.get(DISCOUNT_TOTAL)),
                text(row.get(EMPLOYEE)),
                completed > posNow + 60_000 ? 1 : 0,
                millis(row.get(changed), connection.zone()));
    }

    /** The notes on a page's sales. */
    public List<SaleNote> notes(PollPage<Sale> page) {
        return page.rows().stream()
                .flatMap(sale -> sale.notes().stream()
                        .map(note -> new SaleNote(
                                sale.connection(),
                                sale.location(),
                                sale.transactionId(),
                                note.note(),
                                note.exact() ? 1 : 0)))
                .toList();
    }

    /** @throws MakeRow.AliasMissing when the statement lacks one of the aliases that every make must give */
    public PollPage<ReversedSale> reversals(PollWindow window, List<Map<String, Object>> rows) {
        return reversals(connections.get(window.connection()), rows).page(rows.size());
    }

    /** Those of the rows that cannot be read. */
    public static List<UnreadRow> unreadReversals(PosConnection connection, List<Map<String, Object>> rows) {
        return reversals(connection, rows).unread;
    }

    private static Reading<ReversedSale> reversals(PosConnection connection, List<Map<String, Object>> rows) {
        Reading<ReversedSale> reading = new Reading<>("reversal");
        for (Map<String, Object> columns : rows) {
            MakeRow row = new MakeRow(
                    connection, columns, TRANSACTION_ID, ORIGINAL_TRANSACTION_ID, KIND, REVERSED_AT, AMOUNT);
            if (row.get(REVERSED_AT) != null) {
                reading.orderedBy(row, REVERSED_AT);
                String kind = kind(connection, row.get(KIND));
                reading.add(connection, row, () -> reversal(connection, row, kind));
            }
        }
        return reading;
    }

    private static ReversedSale reversal(PosConnection connection, MakeRow row, String kind) {
        String candidates =
                text(row.get(ORIGINAL_TRANSACTION_ID)) == null ? candidates(text(row.get(CANDIDATES))) : null;
        return new ReversedSale(
                connection.name(),
                location(row, connection),
                id(row.get(TRANSACTION_ID)),
                candidates == null ? id(row.get(ORIGINAL_TRANSACTION_ID)) : "",
                kind,
                laterMillis(row.get(REVERSED_AT), connection.zone()),
                row.get(AMOUNT) == null ? null : money(row.get(AMOUNT)).abs(),
                row.get(WHOLE) == null
                        ? null
                        : money(row.get(WHOLE) instanceof Boolean yes ? (yes ? 1 : 0) : row.get(WHOLE))
                                .signum(),
                candidates);
    }

    /** @throws MakeRow.AliasMissing when the statement lacks an alias, or a state is none */
    public List<SaleState> states(StandingPage page, List<Map<String, Object>> rows) {
        PosConnection connection = connections.get(page.connection());
        return rows.stream()
                .map(columns -> state(connection, new MakeRow(connection, columns, TRANSACTION_ID, STATE)))
                .toList();
    }

    private static SaleState state(PosConnection connection, MakeRow row) {
        String state = text(row.get(STATE));
        if (state == null || !STATES.contains(state)) {
            throw new MakeRow.AliasMissing(connection, STATE, "must be one of " + String.join(", ", STATES));
        }
        return new SaleState(text(row.get(LOCATION)), id(row.get(TRANSACTION_ID)), state);
    }

    /** The rows of a page, and the last of them, where the next page goes on. */
    private static final class Reading<T extends Record> {
        private static final int SHOWN = 40;
        private final List<T> rows = new ArrayList<>();
        private final List<UnreadRow> unread = new ArrayList<>();
        private final String kind;
        private Object lastTime;
        private String lastId;
        private Long arrival;

        Reading(String kind) {
            this.kind = kind;
        }

        /** What the statement is ordered by: the given time, or changed_at where the make gives that. */
        Alias orderedBy(MakeRow row, Alias time) {
            Alias ordered = row.get(CHANGED_AT) == null ? time : CHANGED_AT;
            lastTime = row.get(ordered);
            String id = written(row.get(TRANSACTION_ID));
            lastId = id == null ? "" : id;
            return ordered;
        }

        void arrived(MakeRow row) {
            if (row.get(ARRIVAL) instanceof Number number) {
                arrival = arrival == null ? number.longValue() : Math.max(arrival, number.longValue());
            }
        }

        void add(PosConnection connection, MakeRow from, Supplier<T> row) {
            try {
                rows.add(row.get());
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                String id = lastId.length() > SHOWN ? lastId.substring(0, SHOWN) + "…" : lastId;
                unread.add(new UnreadRow(
                        connection.name(),
                        kind,
                        id,
                        kind + " " + (id.isBlank() ? "without an id" : id) + ": its " + from.asked() + " is not "
                                + (e instanceof Unreadable ? e.getMessage() : "a value that can be read")));
            }
        }

        PollPage<T> page(int read) {
            return new PollPage<>(List.copyOf(rows), read, List.copyOf(unread), lastTime, lastId, arrival);
        }
    }

    private static String candidates(String ids) {
        return ids == null ? null : "," + ids.replaceAll("\\s*,\\s*", ",") + ",";
    }

    private static String location(MakeRow row, PosConnection connection) {
        return row.get(LOCATION) == null ? connection.location() : text(row.get(LOCATION));
    }

    private static String kind(PosConnection connection, Object value) {
        String kind = text(value);
        if (!KINDS.contains(String.valueOf(kind))) {
            throw new MakeRow.AliasMissing(connection, KIND, "must be void, return or deleted");
        }
        return kind;
    }

    private static String id(Object value) {
        if (value == null) {
            throw new Unreadable("given");
        }
        if (value instanceof Double number && (number.isNaN() || number.isInfinite())
                || value instanceof byte[] bytes && written(bytes).indexOf('\ufffd') >= 0) {
            throw new Unreadable("text or a whole number; what is binary is written as hex(…) in the statement");
        }
        String id = value instanceof Double number && number == Math.rint(number)
                ? Long.toString(number.longValue())
                : written(value).trim();
        if (id.isEmpty() || id.length() > LONGEST_ID || id.indexOf('\0') >= 0) {
            throw new Unreadable("text of 1 to " + LONGEST_ID + " characters without a NUL");
        }
        return id;
    }

    private static String written(Object value) {
        return value instanceof byte[] bytes
                ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                : value == null ? null : value.toString();
    }

    private static String text(Object value) {
        String text = value == null ? "" : written(value);
        if (text.length() >= LONGEST_TEXT) {
            throw new Unreadable("shorter than " + LONGEST_TEXT + " characters");
        }
        return text.isBlank() ? null : text.trim().replace("\0", "");
    }

    /** What is as long as makes cut it may have been cut: our note may have stood behind. */
    private static String ticketText(Object value) {
        String text = text(value);
        if (text != null
                && text.length() >= CUT_NOTE
                && CUT_WITHIN_NOTE.matcher(text).find()) {
            throw new Unreadable("read to its end: it is cut within a note of ours, at " + CUT_NOTE + " characters");
        }
        return text;
    }

    /** Tills keep money in doubles too: half a cent is no money, nor is what our tables cannot hold. */
    private static BigDecimal money(Object value) {
        if (value == null) {
            throw new Unreadable("given");
        }
        BigDecimal money;
        try {
            money = new BigDecimal(written(value).trim());
        } catch (NumberFormatException e) {
            throw new Unreadable("a number such as 42.50");
        }
        if (money.abs().compareTo(MOST_MONEY) >= 0) {
            throw new Unreadable("an amount that is possible at a till");
        }
        // 1e-999999999 would be written out to be rounded
        return money.precision() - (long) money.scale() < -3
                ? BigDecimal.ZERO.setScale(3)
                : money.setScale(3, RoundingMode.HALF_UP);
    }

    /**
     * A number is epoch seconds, and a time with a zone or an offset is an instant; a time without one is the till's wall clock. In the hour that autumn
     * repeats, the first one is meant.
     *
     * @throws IllegalArgumentException when it is no time that can be read
     */
    public static long millis(Object value, ZoneId zone) {
        Long instant = instant(value);
        return instant != null
                ? instant
                : wallClock(value)
                        .atZone(zone)
                        .withEarlierOffsetAtOverlap()
                        .toInstant()
                        .toEpochMilli();
    }

    /** The same, but the second of the hours that autumn repeats: a sale is not reversed before it was completed. */
    private static long laterMillis(Object value, ZoneId zone) {
        Long instant = instant(value);
        return instant != null
                ? instant
                : wallClock(value)
                        .atZone(zone)
                        .withLaterOffsetAtOverlap()
                        .toInstant()
                        .toEpochMilli();
    }

    /** Epoch milliseconds; null of what may be a wall clock. */
    private static Long instant(Object value) {
        if (value instanceof Number number) {
            return seconds(number);
        }
        if (value instanceof OffsetDateTime time) {
            return time.toInstant().toEpochMilli();
        }
        if (value instanceof ZonedDateTime time) {
            return time.toInstant().toEpochMilli();
        }
        if (value instanceof Instant time) {
            return time.toEpochMilli();
        }
        if (!(value instanceof CharSequence text)) {
            return null;
        }
        try {
            // most tills write no offset: nothing is thrown then, which would cost more than all the rest of a row
            TemporalAccessor time = WITH_OFFSET.parse(text.toString().trim());
            return time.isSupported(ChronoField.OFFSET_SECONDS)
                    ? OffsetDateTime.from(time).toInstant().toEpochMilli()
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static long seconds(Number number) {
        BigDecimal seconds;
        try {
            seconds = new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            throw new Unreadable(A_TIME);
        }
        if (seconds.abs().compareTo(MOST_SECONDS) >= 0) {
            throw new Unreadable(
                    "in epoch seconds; milliseconds are divided by 1000 in the statement, in the bound too");
        }
        return seconds.movePointRight(3).longValue();
    }

    private static LocalDateTime wallClock(Object value) {
        if (value instanceof java.sql.Timestamp time) {
            return time.toLocalDateTime();
        }
        if (value instanceof LocalDateTime time) {
            return time;
        }
        try {
            return LocalDateTime.parse(String.valueOf(written(value)).trim(), WALL_CLOCK);
        } catch (DateTimeParseException e) {
            throw new Unreadable(A_TIME);
        }
    }
}
