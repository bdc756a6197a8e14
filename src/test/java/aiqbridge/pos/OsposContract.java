package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.pos.SampleTill.Sale;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What Open Source Point of Sale does beside what every till does. */
abstract class OsposContract extends PosContract {
    @Override
    abstract OsposTill till();

    private OsposTill ospos() {
        return (OsposTill) till;
    }

    private BigDecimal total(Sale sale) {
        return shop.bridge.rows.queryForObject(
                "select total from pos_transaction where connection = 'real' and transaction_id = ?",
                BigDecimal.class,
                till.id(sale));
    }

    @Test
    void change_that_is_given_back_is_no_part_of_the_total() {
        Sale sale = Sale.of(1, now()).totalling(40);
        ospos().completesWithChange(sale, 50);
        shop.poll();
        assertThat(total(sale)).isEqualByComparingTo("40");
    }

    @Test
    void cash_that_is_rounded_is_counted_once() {
        Assumptions.assumeTrue(ospos().rounds());
        Sale sale = Sale.of(1, now()).totalling(10.05);
        ospos().completesRounded(sale, 0.02);
        shop.poll();
        assertThat(total(sale)).isEqualByComparingTo("10.05");
    }

    @Test
    void a_sale_that_the_reward_made_free_is_heard_by_the_next_poll() {
        till.completes(Sale.of(1, now()));
        shop.poll();
        Sale free = Sale.of(2, now()).totalling(0).by(ADA);
        String redemption = queued(free);
        ospos().completesFree(free);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        till.takesBack(free, now());
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void free_and_paid_sales_of_one_instant_are_heard_across_the_borders_of_pages() {
        var instant = now();
        for (int id = 1; id <= 12; id++) {
            if (id % 3 == 0) {
                ospos().completesFree(Sale.of(id, instant).totalling(0));
            } else {
                till.completes(Sale.of(id, instant));
            }
        }
        shop.poll();
        assertThat(heard()).hasSize(12);
    }

    @Test
    void an_invoice_is_a_sale_and_work_orders_quotes_and_returns_are_none() {
        Sale invoice = Sale.of(1, now());
        ospos().rings(invoice, OsposTill.INVOICE);
        ospos().rings(Sale.of(2, now()), OsposTill.WORK_ORDER);
        ospos().rings(Sale.of(3, now()), OsposTill.QUOTE);
        till.refunds(Sale.of(4, now()));
        shop.poll();
        assertThat(heard()).containsExactly(till.id(invoice));
    }

    @Test
    void a_sale_whose_date_is_edited_is_the_same_sale() {
        Sale sale = Sale.of(1, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        shop.pollAndExecute();
        ospos().edits(sale, now().minusSeconds(3 * 86_400), "");
        shop.poll();
        sweep();
        sweep();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
        assertThat(shop.bridge.rows.queryForObject("select count(*) from reversal", Integer.class))
                .isZero();
    }

    /** One of the make's own statements, with the rights of the bridge's login. */
    private List<Map<String, Object>> ask(String file, Map<String, ?> bound) throws IOException {
        return new NamedParameterJdbcTemplate(new DriverManagerDataSource(till.readerUrl(), till.login(), ""))
                .queryForList(
                        Files.readString(Path.of("routes/pos/ospos/" + file))
                                .replaceAll("(?m)^--.*$", "")
                                .replaceAll(":#(in:)?", ":"),
                        bound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"description", "serialnumber", "reference_code", "invoice_number"})
    void a_note_is_found_wherever_a_cashier_can_type_it(String where) {
        Shop.Answer answer = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        Sale sale = Sale.of(77, now()).by(ADA).noted("gift wrapped");
        till.completes(sale);
        ospos().types(sale, where, answer.text("note"));
        shop.pollAndExecute();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("EXECUTED");
    }

    @Test
    void a_return_names_no_sale_so_the_customers_redemption_is_for_a_person() {
        Sale sale = Sale.of(1, now().minusSeconds(60)).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        shop.pollAndExecute();
        till.refunds(Sale.of(2, now()).by("555-555-0199"));
        till.refunds(Sale.of(3, now()));
        sweep();
        assertThat(flag(redemption)).isNull();
        till.refunds(Sale.of(4, now()).by(ADA));
        sweep();
        shop.bridge.run("reversal-execute");
        assertThat(flag(redemption)).isEqualTo("refund-unclear");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).isEmpty();
    }

    private String flag(String redemption) {
        return shop.bridge.rows.queryForObject(
                "select flag from redemption where redemption_id = ?", String.class, redemption);
    }

    @Test
    void a_cancelled_sale_that_is_restored_and_completed_again_is_redeemed_once() {
        Sale sale = Sale.of(1, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        shop.pollAndExecute();
        till.takesBack(sale, now());
        shop.poll();
        shop.bridge.run("reversal-execute");
        ospos().restores(sale);
        shop.poll();
        till.completes(new Sale(1, sale.at().plusSeconds(30), 42.5, ADA, null));
        shop.pollAndExecute();
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        assertThat(flag(redemption)).isEqualTo("completed-again");
    }

    @Test
    void what_became_of_a_sale_is_told_by_its_id_however_old_it_is() throws IOException {
        Instant old = now().minus(Duration.ofDays(400));
        for (int id = 1; id <= 5; id++) {
            till.completes(Sale.of(id, old));
        }
        till.takesBack(Sale.of(2, old), now());
        till.takesBack(Sale.of(3, old), now());
        ospos().restores(Sale.of(3, old));
        till.takesBack(Sale.of(4, old), now());
        ospos().undoes(Sale.of(4, old));
        till.deletes(Sale.of(5, old));
        assertThat(ask("standing.sql", Map.of("transaction_ids", List.of("1", "2", "3", "4", "5", "6", "x1"))))
                .extracting(row -> row.get("transaction_id") + " " + row.get("state"))
                .containsExactlyInAnyOrder("1 completed", "2 voided", "3 open", "4 completed");
    }

    @Test
    void a_comment_that_fills_its_column_makes_room_for_the_points() {
        Sale sale = Sale.of(1, now()).by(ADA);
        queued(sale);
        till.completes(sale);
        ospos().comments(sale, "é".repeat(32_767));
        shop.pollAndExecute();
        assertPoints(sale, "100");
        shop.bridge.rows.update("update write_back set status = 'WANTED'");
        assertPoints(sale, "100");
        assertThat(ospos().comment(1)).startsWith("é".repeat(32_600)).endsWith(" [AIQ points 100]");
    }

    @Test
    void the_points_leave_what_a_person_wrote_as_it_is() {
        Sale sale = Sale.of(1, now()).by(ADA).noted("Gift [wrapped]\nfor Bo");
        queued(sale);
        till.completes(sale);
        shop.pollAndExecute();
        assertPoints(sale, "100");
        assertThat(ospos().comment(1)).isEqualTo("Gift [wrapped]\nfor Bo [AIQ points 100]");
    }

    @Test
    void a_sale_without_a_comment_shows_its_points() {
        Sale sale = Sale.of(1, now()).by(ADA);
        queued(sale);
        till.completes(sale);
        ospos().comments(sale, ospos().nullable() ? null : "");
        shop.pollAndExecute();
        assertPoints(sale, "100");
        assertThat(ospos().comment(1)).isEqualTo("[AIQ points 100]");
    }

    private List<String> checked(Instant at, String zone) throws IOException {
        return ask(
                        "check.sql",
                        Map.of(
                                "wall_clock",
                                LocalDateTime.ofInstant(at, ZoneId.of(zone)),
                                "now_epoch",
                                at.getEpochSecond()))
                .stream()
                .map(row -> row.get("level") + " " + row.get("text"))
                .toList();
    }

    @Test
    void check_tells_the_version_a_missing_column_and_a_zone_that_is_another() throws IOException {
        String version = "ok this is Open Source Point of Sale " + ospos().version();
        Instant at = Instant.ofEpochSecond(1_784_000_000);
        assertThat(checked(at, "America/Denver")).containsExactly(version);
        till.completes(Sale.of(1, at.minusSeconds(7_200)));
        ospos().edits(Sale.of(1, at), at.minusSeconds(99_000), "");
        till.completes(Sale.of(2, at.minusSeconds(3_600)));
        assertThat(checked(at, "America/Denver"))
                .containsExactly(version, "ok OSPOS keeps the clock of the connection's zone");
        assertThat(checked(at, "America/New_York"))
                .containsExactly(
                        version, "fail the clock that OSPOS writes is 02:00:00 behind that of the connection's zone");
        till.rows.execute("alter table ospos_sales_payments rename column cash_refund to refund");
        assertThat(checked(at, "America/Denver"))
                .contains("fail the database has no ospos_sales_payments.cash_refund, which is in every Open Source"
                        + " Point of Sale from 3.3.0 on");
    }

    /** Rows that the statement reads, by the server's own count, in pages and indexes. */
    private long read(String file, String epoch, String clock, String id) throws IOException, SQLException {
        try (Connection one = DriverManager.getConnection(till.readerUrl(), till.login(), "")) {
            JdbcTemplate reader = new JdbcTemplate(new SingleConnectionDataSource(one, true));
            Instant since = now().minusSeconds(600);
            String counted =
                    "select sum(variable_value) from information_schema.session_status where variable_name like 'Handler_read%'";
            long before = reader.queryForObject(counted, Long.class);
            new NamedParameterJdbcTemplate(reader)
                    .queryForList(
                            Files.readString(Path.of("routes/pos/ospos/" + file))
                                    .replaceAll("(?m)^--.*$", "")
                                    .replace(":#", ":"),
                            Map.of(epoch, since.getEpochSecond(), clock, till.wallClock(since), id, ""));
            return reader.queryForObject(counted, Long.class) - before;
        }
    }

    @Test
    void a_poll_reads_no_more_among_many_old_sales() throws IOException, SQLException {
        for (int id = 1; id <= 20; id++) {
            till.completes(Sale.of(id, now()));
        }
        ospos().completesFree(Sale.of(21, now()).totalling(0));
        ospos().years(100);
        long few = readByPoll();
        ospos().years(20_000);
        assertThat(readByPoll()).isBetween(21L, few + few / 10);
    }

    private long readByPoll() throws IOException, SQLException {
        return read("sales.sql", "since_epoch", "since", "since_id")
                + read("reversals.sql", "reversed_since_epoch", "reversed_since", "reversed_since_id");
    }
}
