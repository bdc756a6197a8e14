package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Microsoft RMS in a database that imitates SQL Server; its grammar is {@link SqlServerTest}'s matter. */
class RmsTest {
    private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-25T12:00:00");
    private JdbcTemplate till;

    @BeforeEach
    void open() {
        till = new JdbcTemplate(new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=MSSQLServer;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1"));
        aiqbridge.Databases.script(till, Path.of("src/test/resources/pos/rms.sqlserver.sql"), "", "");
        till.update(
                "insert into Customer (AccountNumber, PhoneNumber, EmailAddress) values ('5555550100', '', ''), ('7', '(555) 555-0101', 'ben@example.com')");
    }

    private void tenders(int number, LocalDateTime at, int customer, double total) {
        till.update(
                "insert into [Transaction] (StoreID, TransactionNumber, BatchNumber, [Time], CustomerID, CashierID, Total, SalesTax, Comment, ReferenceNumber, RecallType) values (1, ?, 1, ?, ?, 4, ?, 0, '', '', 0)",
                number,
                Timestamp.valueOf(at),
                customer,
                total);
        till.update(
                "insert into TransactionEntry (StoreID, TransactionNumber, ItemID, FullPrice, Price, Quantity, DiscountReasonCodeID) values (1, ?, 1, 50, 42.50, 2, 3), (1, ?, 2, 5, 6, 1, 0)",
                number,
                number);
    }

    private List<Map<String, Object>> sales(LocalDateTime since, String id) throws IOException {
        return new NamedParameterJdbcTemplate(till)
                .queryForList(SqlServerTest.text("rms/sales.sql"), Map.of("since", since, "since_id", id)).stream()
                        .map(row -> {
                            Map<String, Object> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                            caseless.putAll(row);
                            return caseless;
                        })
                        .toList();
    }

    @Test
    void store_and_number_are_the_id_and_the_poll_goes_on_within_one_instant() throws IOException {
        List.of(5001, 5002, 5003).forEach(n -> tenders(n, NOON, 0, 85));
        tenders(5004, NOON.plusSeconds(1), 0, 85);
        tenders(5000, NOON.minusSeconds(1), 0, 85);
        assertThat(sales(NOON, ""))
                .extracting(s -> s.get("transaction_id"))
                .containsExactly("1-5001", "1-5002", "1-5003", "1-5004");
        assertThat(sales(NOON, "1-5002"))
                .extracting(s -> s.get("transaction_id"))
                .containsExactly("1-5003", "1-5004");
    }

    @Test
    void nobody_is_customer_zero_and_the_account_number_is_a_phone_where_there_is_none() throws IOException {
        tenders(1, NOON, 0, 85);
        tenders(2, NOON, 1, 85);
        tenders(3, NOON, 2, 85);
        assertThat(sales(NOON, ""))
                .extracting(s -> s.get("customer_id"), s -> s.get("phone"), s -> s.get("email"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(null, null, null),
                        org.assertj.core.groups.Tuple.tuple("1", "5555550100", null),
                        org.assertj.core.groups.Tuple.tuple("2", "(555) 555-0101", "ben@example.com"));
    }

    @Test
    void a_return_is_a_negative_row_and_no_sale() throws IOException {
        tenders(1, NOON, 1, -85);
        assertThat(sales(NOON, "")).isEmpty();
    }

    @Test
    void a_price_level_or_a_sale_price_is_no_discount_of_ours() throws IOException {
        tenders(1, NOON, 1, 85);
        assertThat(sales(NOON, "").get(0).get("discount_total")).isNull();
    }

    @Test
    void the_note_stands_in_comment_or_reference_each_on_its_line() throws IOException {
        tenders(1, NOON, 1, 85);
        till.update("update [Transaction] set Comment = 'AIQ-2PW174', ReferenceNumber = 'AIQ-7K3M9Q'");
        Map<String, Object> sale = sales(NOON, "").get(0);
        assertThat(sale.get("note").toString().lines()).containsExactly("AIQ-2PW174", "AIQ-7K3M9Q");
        assertThat(sale).containsEntry("employee", "4").containsEntry("number", "1");
    }

    @Test
    void the_comment_shows_the_points_once_and_keeps_what_else_it_says() throws IOException {
        tenders(1, NOON, 1, 85);
        tenders(2, NOON, 1, 85);
        till.update("update [Transaction] set Comment = 'gift wrapped'");
        for (String[] step : new String[][] {
            {"100", "gift wrapped [AIQ points 100]"},
            {"100", "gift wrapped [AIQ points 100]"},
            {"250", "gift wrapped [AIQ points 250]"},
            {"0", "gift wrapped"}
        }) {
            new NamedParameterJdbcTemplate(till)
                    .update(
                            SqlServerTest.text("rms/write-back.sqlserver.sql"),
                            Map.of("transaction_id", "1-1", "points", new BigDecimal(step[0]), "points_text", step[0]));
            assertThat(till.queryForList("select Comment from [Transaction] order by TransactionNumber", String.class))
                    .containsExactly(step[1], "gift wrapped");
            assertThat(new NamedParameterJdbcTemplate(till)
                            .queryForMap(
                                    SqlServerTest.text("rms/written-back.sqlserver.sql"),
                                    Map.of("transaction_id", "1-1"))
                            .get("points"))
                    .isEqualTo(step[0].equals("0") ? null : step[0]);
        }
    }
}
