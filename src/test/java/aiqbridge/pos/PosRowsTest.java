package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import aiqbridge.Settings;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.connection.PosConnections;
import aiqbridge.privacy.ApiKey;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.redemption.TicketNote;
import aiqbridge.wallet.PlaceholderPhones;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What databases give under a make's aliases, in their own case and types, as sales and reversals of ours; and where the next page goes on. */
class PosRowsTest {
    private static final long NOON = 1_780_336_800_000L;
    private static final PollWindow WINDOW =
            new PollWindow("till", 0, 0, 0, NOON, 0, NOON, 0, "", 0L, "", 1, "", 0L, "", 1, null, null, 0);

    @TempDir
    Path folder;

    private PosRows rows;

    @BeforeEach
    void one_till() throws IOException {
        Files.writeString(
                folder.resolve("till.properties"),
                "make = view\naccount = leaf\nlocation = main\nzone = America/Denver\njdbc.url = jdbc:sqlite::memory:\njdbc.username = reader");
        Settings settings = Settings.read(Path.of("config/application.properties"), Map.of());
        rows = new PosRows(
                PosConnections.read(folder, settings, Map.of()),
                new Accounts() {
                    @Override
                    public Account get(String accountId) {
                        return new Account(
                                accountId, "Leaf", "1001", new ApiKey("key"), "US", ZoneId.of("America/Denver"));
                    }

                    @Override
                    public List<Account> all() {
                        return List.of(get("leaf"));
                    }
                },
                new PlaceholderPhones(settings));
    }

    private static Map<String, Object> row(Object... columns) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put((String) columns[i], columns[i + 1]);
        }
        return row;
    }

    @Test
    void each_alias_is_found_in_whatever_case_and_stands_where_it_belongs() {
        Map<String, Object> row = row(
                "TRANSACTION_ID",
                5001.0,
                "Completed_At",
                Timestamp.valueOf(LocalDateTime.of(2026, 6, 1, 12, 0)),
                "CHANGED_AT",
                LocalDateTime.of(2026, 6, 1, 12, 30),
                "TOTAL",
                42.5,
                "LOCATION",
                "annex",
                "PHONE",
                "(555) 555-0100",
                "EMAIL",
                " Ada@Example.com",
                "CUSTOMER_ID",
                7,
                "NOTE",
                "gift, aiq-7f3k2q please",
                "REFERENCE",
                "5001-ref",
                "NUMBER",
                77,
                "GOODS",
                "cone*1",
                "DISCOUNT_IDS",
                "a,b",
                "DISCOUNT_TOTAL",
                5,
                "EMPLOYEE",
                "kim",
                "SOMETHING_ELSE",
                "x");
        assertThat(rows.sales(WINDOW, List.of(row)).rows())
                .containsExactly(new Sale(
                        "till",
                        "annex",
                        "5001",
                        "5001",
                        NOON,
                        new BigDecimal("42.500"),
                        new Phone("+15555550100"),
                        new Email("ada@example.com"),
                        "7",
                        "AIQ-7F3K2Q",
                        List.of(new TicketNote("AIQ-7F3K2Q", true)),
                        "5001-ref",
                        "77",
                        "cone*1",
                        "a,b",
                        new BigDecimal("5.000"),
                        "kim",
                        0,
                        NOON + 30 * 60_000));
    }

    @Test
    void a_phone_field_is_one_number_or_nobodys() {
        List<Object> written =
                List.of("0013035550142", "303-555-0142 x12", "303 555 0142 or 0143", "303 555 0142 / 303 555 0143");
        assertThat(rows.sales(
                                WINDOW,
                                written.stream()
                                        .map(phone -> row(
                                                "transaction_id", phone, "completed_at", 1, "total", 1, "phone", phone))
                                        .toList())
                        .rows())
                .extracting(sale -> sale.phone() == null ? null : sale.phone().plain())
                .containsExactly("+13035550142", "+13035550142", null, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000",
                "(111) 111-1111",
                "555-555-5555",
                "+1 999 999 9999",
                "123-456-7890",
                "1 (234) 567-8901 x0"
            })
    void a_number_that_stands_for_nobody_is_no_customer(String phone) {
        Sale sale = rows.sales(
                        WINDOW,
                        List.of(row(
                                "transaction_id",
                                "t",
                                "completed_at",
                                1,
                                "total",
                                1,
                                "phone",
                                phone,
                                "email",
                                "walk@in.example",
                                "customer_id",
                                1)))
                .rows()
                .get(0);
        boolean nobody = !phone.contains("x0");
        assertThat(sale.phone() == null).isEqualTo(nobody);
        assertThat(sale.email() == null).isEqualTo(nobody);
        assertThat(sale.customerId() == null).isEqualTo(nobody);
    }

    @Test
    void a_column_that_a_make_leaves_out_says_nothing_and_the_location_is_the_connections() {
        assertThat(rows.sales(
                                WINDOW,
                                List.of(row("transaction_id", "t", "completed_at", NOON / 1_000 + 61, "total", "0")))
                        .rows())
                .containsExactly(new Sale(
                        "till",
                        "main",
                        "t",
                        "t",
                        NOON + 61_000,
                        new BigDecimal("0.000"),
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        1,
                        NOON + 61_000));
    }

    @Test
    void an_alias_that_every_make_must_give_is_named_when_it_is_missing() {
        for (String alias : List.of("transaction_id", "completed_at", "total")) {
            Map<String, Object> row = row("transaction_id", "t", "completed_at", 1, "total", 1);
            row.remove(alias);
            assertThatThrownBy(() -> rows.sales(WINDOW, List.of(row)))
                    .hasMessage("The make view of connection till: its alias " + alias + " is missing.");
        }
        for (String alias : List.of("transaction_id", "original_transaction_id", "kind", "reversed_at", "amount")) {
            Map<String, Object> row = new HashMap<>(reversed("void"));
            row.remove(alias);
            assertThatThrownBy(() -> rows.reversals(WINDOW, List.of(row)))
                    .hasMessage("The make view of connection till: its alias " + alias + " is missing.");
        }
        assertThatThrownBy(() -> rows.reversals(WINDOW, List.of(reversed("refund"))))
                .hasMessage("The make view of connection till: its alias kind must be void, return or deleted.");
    }

    @Test
    void a_row_that_cannot_be_read_is_counted_and_the_next_page_goes_on_after_the_last_one_even_so() {
        PollPage<Sale> page = rows.sales(
                WINDOW,
                List.of(
                        row("transaction_id", "good", "completed_at", 1, "total", 1),
                        row("transaction_id", "open", "completed_at", null, "total", 1),
                        row("transaction_id", "priceless", "completed_at", 2, "total", null),
                        row("transaction_id", null, "completed_at", "2026-06-01 12:00", "total", 1)));
        assertThat(page.rows()).extracting(Sale::transactionId).containsExactly("good");
        assertThat(page.read()).isEqualTo(4);
        assertThat(page.unread())
                .extracting(UnreadRow::problem)
                .containsExactly(
                        "sale priceless: its total is not given",
                        "sale without an id: its transaction_id is not given");
        assertThat(page.lastTime()).isEqualTo("2026-06-01 12:00");
        assertThat(page.lastId()).isEmpty();
    }

    private static Object value(String written) {
        return switch (written) {
            case "NaN double" -> Double.NaN;
            case "infinite" -> Double.POSITIVE_INFINITY;
            case "yes" -> true;
            case "bytes" -> new byte[] {(byte) 0xc3, 0x28};
            case "long text" -> "x".repeat(70_000);
            case "cut note" -> "x".repeat(1_992) + " AIQ-7F3K";
            case "epoch ms" -> 1_795_855_639_000L;
            default -> written;
        };
    }

    @Test
    void a_long_text_that_is_not_cut_within_a_note_holds_up_no_sale() {
        Map<String, Object> row = row("transaction_id", "t", "completed_at", 1, "total", 1);
        row.put("note", "AIQ-7F3K2Q " + "x".repeat(2_500) + "\nanother line of the ticket");
        assertThat(rows.sales(WINDOW, List.of(row)).rows())
                .extracting(Sale::note)
                .containsExactly("AIQ-7F3K2Q");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "total | 42,50 | a number such as 42.50",
                "total | $42.50 | a number such as 42.50",
                "total | 1.234,50 | a number such as 42.50",
                "total | NaN | a number such as 42.50",
                "total | NaN double | a number such as 42.50",
                "total | infinite | a number such as 42.50",
                "total | yes | a number such as 42.50",
                "total | bytes | a number such as 42.50",
                "total | 1E999999999 | an amount that is possible at a till",
                "discount_total | 5 % | a number such as 42.50",
                "completed_at | 11/28/2026 06:20 | a time: ",
                "completed_at | 28.11.2026 06:20 | a time: ",
                "completed_at | 2026-11-28 | a time: ",
                "completed_at | NaN double | a time: ",
                "completed_at | yes | a time: ",
                "completed_at | epoch ms | in epoch seconds; milliseconds are divided by 1000",
                "changed_at | 6:20 PM | a time: ",
                "transaction_id | bytes | text or a whole number; what is binary is written as hex",
                "transaction_id | NaN double | text or a whole number",
                "transaction_id | long text | text of 1 to 128 characters",
                "phone | long text | shorter than 65536 characters",
                "note | cut note | read to its end: it is cut within a note of ours, at 2000 characters",
                "note | long text | shorter than 65536 characters",
            })
    void a_value_that_cannot_be_read_names_its_row_and_column_and_what_was_expected(
            String column, String written, String expected) {
        Map<String, Object> row = row(
                "transaction_id", "5002", "completed_at", "2026-06-01 12:00", "total", "1", "phone", "(555) 555-0100");
        row.put(column, value(written));
        PollPage<Sale> page = rows.sales(WINDOW, List.of(row));
        assertThat(page.rows()).isEmpty();
        assertThat(page.unread()).singleElement().satisfies(one -> assertThat(one.problem())
                .startsWith(column.equals("transaction_id") ? "sale " : "sale 5002: its " + column + " is not ")
                .contains(": its " + column + " is not " + expected)
                .doesNotContain(written, "555-0100", "x".repeat(41)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "total | ' 42.50 ' | 42.500",
                "total | 4.25E1 | 42.500",
                "total | -0.0 | 0.000",
                "total | 1E-999999999 | 0.000",
                "completed_at | 2026-06-01T18:00:00Z | NOON",
                "completed_at | 2026-06-01 20:00:00.000+02:00 | NOON",
                "completed_at | 2026-06-01 18:00:00 +0000 | NOON",
                "completed_at | 2026-06-01 12:00:00-06 | NOON",
                "completed_at | ' 2026-06-01 12:00:00' | NOON",
            })
    void a_value_that_can_only_mean_one_thing_is_read(String column, String written, String meant) {
        Map<String, Object> row = row("transaction_id", "5002", "completed_at", NOON / 1_000, "total", "1");
        row.put(column, written);
        assertThat(rows.sales(WINDOW, List.of(row)).rows()).singleElement().satisfies(sale -> assertThat(
                        column.equals("total") ? sale.total() : sale.completedAt())
                .isEqualTo(column.equals("total") ? new BigDecimal(meant) : NOON));
    }

    @ParameterizedTest
    @CsvSource({
        "amount, '12,50', a number such as 42.50",
        "reversed_at, 11/28/2026 06:20, a time: ",
        "whole, half, a number such as 42.50"
    })
    void of_a_reversal_too(String column, String written, String expected) {
        Map<String, Object> row = new LinkedHashMap<>(reversed("return"));
        row.put(column, written);
        assertThat(rows.reversals(WINDOW, List.of(row)).unread())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.problem()).startsWith("reversal r: its " + column + " is not " + expected));
        row.putAll(reversed("return"));
        row.put("reversed_at", "2026-11-01T01:30:00-07:00");
        row.put("whole", true);
        assertThat(rows.reversals(WINDOW, List.of(row)).rows())
                .singleElement()
                .satisfies(one -> assertThat(one.whole()).isEqualTo(1))
                .satisfies(one -> assertThat(one.reversedAt()).isEqualTo(1_793_521_800_000L));
    }

    @Test
    void a_reversal_stands_at_the_later_of_the_hours_that_autumn_repeats() {
        assertThat(rows.reversals(WINDOW, List.of(reversed("return"))).rows())
                .containsExactly(new ReversedSale(
                        "till", "main", "r", "t", "return", 1_793_521_800_000L, new BigDecimal("12.500"), null, null));
    }

    @Test
    void a_reversal_says_whether_all_came_back_or_which_sales_it_may_be_of() {
        Map<String, Object> whole = new LinkedHashMap<>(reversed("return"));
        whole.put("whole", 1);
        Map<String, Object> part = new LinkedHashMap<>(reversed("return"));
        part.put("whole", 0);
        Map<String, Object> either = new LinkedHashMap<>(reversed("return"));
        either.put("original_transaction_id", null);
        either.put("candidates", "a, b");
        assertThat(rows.reversals(WINDOW, List.of(whole, part, either)).rows())
                .extracting(ReversedSale::originalTransactionId, ReversedSale::whole, ReversedSale::candidates)
                .containsExactly(tuple("t", 1, null), tuple("t", 0, null), tuple("", null, ",a,b,"));
        either.put("candidates", null);
        assertThat(rows.reversals(WINDOW, List.of(either)).unread())
                .singleElement()
                .extracting(UnreadRow::problem)
                .isEqualTo("reversal r: its original_transaction_id is not given");
    }

    private static Map<String, Object> reversed(String kind) {
        return row(
                "transaction_id",
                "r",
                "original_transaction_id",
                "t",
                "kind",
                kind,
                "reversed_at",
                "2026-11-01 01:30:00",
                "amount",
                -12.5);
    }

    @Test
    void in_text_nobody_can_be_read_from_a_sale() {
        Map<String, Object> row = row(
                "transaction_id",
                "t",
                "completed_at",
                1,
                "total",
                1,
                "phone",
                "5555550100",
                "email",
                "ada@example.com");
        assertThat(rows.sales(WINDOW, List.of(row)).toString())
                .contains("…0100", "a…@…")
                .doesNotContain("5555550100", "ada@");
    }
}
