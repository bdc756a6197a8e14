package aiqbridge.pos;

import static aiqbridge.pos.MakeRow.Alias.AMOUNT;
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
import aiqbridge.wallet.Identity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns what a make's statements return into records of ours; the fixed aliases are described in routes/pos/README.md section 5. */
public final class PosRows {
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

    public PosRows(PosConnections connections, Accounts accounts) {
        this.connections = connections;
        this.accounts = accounts;
    }

    /** @throws MakeRow.AliasMissing when the statement lacks one of the aliases that every make must give */
    public PollPage<Sale> sales(PollWindow window, List<Map<String, Object>> rows) {
        PosConnection connection = connections.get(window.connection());
        String country = accounts.get(connection.account()).country();
        Reading<Sale> reading = new Reading<>();
        for (Map<String, Object> columns : rows) {
            MakeRow row = new MakeRow(connection, columns, TRANSACTION_ID, COMPLETED_AT, TOTAL);
            if (row.get(COMPLETED_AT) != null) {
                Alias ordered = reading.orderedBy(row, COMPLETED_AT);
                reading.add(() -> sale(connection, country, row, ordered, window.posNow()));
            }
        }
        return reading.page(rows.size());
    }

    private static Sale sale(PosConnection connection, String country, MakeRow row, Alias changed, long posNow) {
        long completed = millis(row.get(COMPLETED_AT), connection.zone());
        List<TicketNote> notes = TicketNote.in(text(row.get(NOTE)));
        return new Sale(
                connection.name(),
                location(row, connection),
                id(row.get(TRANSACTION_ID)),
                completed,
                money(row.get(TOTAL)),
                Identity.phone(text(row.get(PHONE)), country).map(Phone::new).orElse(null),
                Identity.email(text(row.get(EMAIL))).map(Email::new).orElse(null),
                text(row.get(CUSTOMER_ID)),
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
        PosConnection connection = connections.get(window.connection());
        Reading<ReversedSale> reading = new Reading<>();
        for (Map<String, Object> columns : rows) {
            MakeRow row = new MakeRow(
                    connection, columns, TRANSACTION_ID, ORIGINAL_TRANSACTION_ID, KIND, REVERSED_AT, AMOUNT);
            if (row.get(REVERSED_AT) != null) {
                reading.orderedBy(row, REVERSED_AT);
                String kind = kind(connection, row.get(KIND));
                reading.add(() -> reversal(connection, row, kind));
            }
        }
        return reading.page(rows.size());
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
                row.get(WHOLE) == null ? null : money(row.get(WHOLE)).signum(),
                candidates);
    }

    /** The rows of a page, and the last of them, where the next page goes on. */
    private static final class Reading<T extends Record> {
        private final List<T> rows = new ArrayList<>();
        private int unreadable;
        private Object lastTime;
        private String lastId;

        /** What the statement is ordered by: the given time, or changed_at where the make gives that. */
        Alias orderedBy(MakeRow row, Alias time) {
            Alias ordered = row.get(CHANGED_AT) == null ? time : CHANGED_AT;
            lastTime = row.get(ordered);
            lastId = row.get(TRANSACTION_ID) == null
                    ? ""
                    : row.get(TRANSACTION_ID).toString();
            return ordered;
        }

        void add(Supplier<T> row) {
            try {
                rows.add(row.get());
            } catch (IllegalArgumentException e) {
                unreadable++;
            }
        }

        PollPage<T> page(int read) {
            return new PollPage<>(List.copyOf(rows), read, unreadable, lastTime, lastId);
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
        if (!List.of("void", "return", "deleted").contains(String.valueOf(kind))) {
            throw new MakeRow.AliasMissing(connection, KIND, "must be void, return or deleted");
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

    private static String text(Object value) {
        String text = value instanceof byte[] bytes
                ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                : value == null ? "" : value.toString();
        return text.isBlank() ? null : text.trim().replace("\0", "");
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
}
