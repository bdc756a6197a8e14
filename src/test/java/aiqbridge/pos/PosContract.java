package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.connection.PosConnections;
import aiqbridge.pos.SampleTill.Sale;
import aiqbridge.wallet.Points;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What every make of till passes, on a real database, with the rights that its owner is told to give and no more. */
abstract class PosContract {
    static final String ADA = "(555) 555-0100";

    @TempDir
    Path folder;

    SampleTill till;
    Shop shop;

    abstract SampleTill till();

    @BeforeEach
    void open() {
        till = till();
        Shop.connection(
                folder,
                "real",
                "make = " + till.make() + "\njdbc.url = " + till.readerUrl() + "\njdbc.username = " + till.login()
                        + "\nwrite-back = " + (till.writesBack() ? "on" : "off") + "\n");
        shop = new Shop(folder, "pos.page", "2", "pos.query-timeout", "1s");
        shop.moveTo("real");
        shop.poll();
    }

    @AfterEach
    void close() {
        shop.close();
        Databases.drop(till.url);
    }

    static Instant now() {
        return Instant.now();
    }

    List<String> heard() {
        return shop.bridge.rows.queryForList(
                "select transaction_id from pos_transaction where connection = 'real' order by 1", String.class);
    }

    String queued(Sale sale) {
        return shop.queued("five-off", till.id(sale));
    }

    /** In our ledger, and on the till's own transaction where the make is written back. */
    void assertPoints(Sale sale, String points) {
        assertThat(shop.bridge.rows.queryForObject(
                        "select coalesce(sum(points), 0) from ledger where transaction_id = ?",
                        BigDecimal.class,
                        till.id(sale)))
                .isEqualByComparingTo(points);
        if (till.writesBack()) {
            shop.bridge.run("pos-write-back-real");
            assertThat(till.points(sale)).isEqualTo(points.equals("0") ? null : points);
            assertThat(readBack(sale))
                    .as("as reconcile reads it")
                    .isEqualTo(points.equals("0") ? Optional.empty() : Optional.of(Points.of(points)));
        }
    }

    private Optional<BigDecimal> readBack(Sale sale) {
        PosConnections connections = shop.bridge.bridge().connections().pos();
        return new WrittenBack(
                        TestBridge.HOME,
                        connections,
                        Map.of("real", new DriverManagerDataSource(till.readerUrl(), till.login(), "")),
                        Duration.ofSeconds(5))
                .points("real", till.id(sale))
                .filter(points -> points.signum() != 0);
    }

    /** Long enough after the last one that the poll looks back the long way. */
    void sweep() {
        shop.clock.advance(Duration.ofMinutes(16));
        shop.poll();
    }

    /** Around the change of the clocks a sale every twenty minutes, with its time as the make writes it, and a reward on every other. */
    @ParameterizedTest
    @ValueSource(strings = {"autumn", "spring"})
    void no_sale_is_missed_doubled_or_given_back_where_the_clocks_change(String season) throws IOException {
        Instant change = change(season.equals("autumn"));
        shop.close();
        Path of = folder.resolve(season);
        Shop.connection(
                of,
                "real",
                "make = " + till.make() + "\njdbc.url = " + till.readerUrl() + "\njdbc.username = " + till.login()
                        + "\npin = not-required\nwrite-back = off\n");
        shop = new Shop(of, TestBridge.HOME_SETTING, homeWithAClock().toString());
        shop.moveTo("real");
        shop.aiq.discount("1001", "small", "10", true);
        List<Sale> sales = new ArrayList<>();
        List<String> chosen = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            Instant at = change.plus(Duration.ofMinutes(20L * n - 60));
            is(at);
            shop.poll();
            Sale sale = Sale.of(7_000 + n, at);
            sales.add(sale);
            if (n % 2 == 0) {
                String session = shop.post(shop.key, "/api/v1/wallet", Map.of("phone", ADA))
                        .text("walletSession");
                chosen.add(shop.queued(session, "small", till.id(sale)).text("redemptionId"));
            }
            till.completes(sale);
            is(at.plusSeconds(30));
            shop.pollAndExecute();
            assertThat(heard()).as("at once").contains(till.id(sale));
        }
        for (int i = 1; i < 4; i++) {
            is(change.plus(Duration.ofMinutes(120 + 16 * i)));
            shop.pollAndExecute();
        }
        assertThat(heard())
                .containsExactlyInAnyOrderElementsOf(
                        sales.stream().map(till::id).toList());
        assertThat(chosen)
                .allSatisfy(redemption -> assertThat(shop.status(redemption)).isEqualTo("EXECUTED"));
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(5);
        assertThat(shop.bridge.rows.queryForList("select * from reversal")).isEmpty();
        for (Sale sale : sales) {
            long off = Math.abs(shop.bridge.rows.queryForObject(
                            "select completed_at from pos_transaction where connection = 'real' and transaction_id = ?",
                            Long.class,
                            till.id(sale))
                    - sale.at().toEpochMilli());
            // the hour that is there twice cannot be told from a wall clock
            assertThat(off)
                    .as(sale.at().toString())
                    .isLessThan(
                            SampleTill.ZONE
                                                    .getRules()
                                                    .getValidOffsets(
                                                            LocalDateTime.ofInstant(sale.at(), SampleTill.ZONE))
                                                    .size()
                                            > 1
                                    ? 3_601_000
                                    : 1_000);
        }

        Instant later = change.plus(Duration.ofMinutes(200));
        is(later);
        till.takesBack(sales.get(4), later);
        is(later.plusSeconds(30));
        shop.pollAndExecute();
        is(later.plus(Duration.ofMinutes(20)));
        shop.pollAndExecute();
        assertThat(shop.bridge.rows.queryForObject(
                        "select max(watermark) from pos_poll where connection = 'real'", Long.class))
                .as("the till's clock")
                .isGreaterThan(change.toEpochMilli());
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED"))
                .singleElement()
                .satisfies(e -> assertThat(e.path("transactionID").asText()).isEqualTo(till.id(sales.get(4))));
    }

    private static Instant change(boolean autumn) {
        ZoneOffsetTransition change = SampleTill.ZONE.getRules().nextTransition(now());
        while (change.isOverlap() != autumn) {
            change = SampleTill.ZONE.getRules().nextTransition(change.getInstant());
        }
        return change.getInstant();
    }

    /** The till's database says the time that {@link #is} sets. */
    private Path homeWithAClock() throws IOException {
        till.rows.execute("create table test_clock (ahead bigint)");
        till.rows.update("insert into test_clock (ahead) values (0)");
        till.rows.execute("grant select on test_clock to "
                + (till.engine().equals("mariadb") ? "'" + till.login() + "'@'%'" : till.login()));
        Path home = TestBridge.copyOfHome(folder.resolve("home"));
        Path now = home.resolve("routes/pos/now." + till.engine() + ".sql");
        Files.writeString(now, Files.readString(now).replace(" as now", " + (select ahead from test_clock) as now"));
        // a statement's path is the process's, not the home's
        Path poll = home.resolve("routes/pos/poll.camel.yaml");
        Files.writeString(
                poll, Files.readString(poll).replace("file:routes/pos/now.", "file:" + home + "/routes/pos/now."));
        return home;
    }

    private void is(Instant time) {
        till.rows.update("update test_clock set ahead = ?", time.getEpochSecond() - now().getEpochSecond());
        shop.passes(Duration.between(shop.clock.instant(), time));
    }

    @Test
    void a_sale_on_hold_is_redeemed_when_it_is_completed_and_shows_its_points() {
        Sale sale = Sale.of(5002, now()).by(ADA);
        till.suspends(sale);
        till.completes(Sale.of(5006, now()));
        String redemption = queued(sale);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");

        till.completes(sale);
        shop.pollAndExecute();
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED"))
                .singleElement()
                .satisfies(e -> assertThat(e.path("transactionID").asText()).isEqualTo(till.id(sale)));
        assertPoints(sale, "100");
    }

    @Test
    void a_sale_committed_late_behind_the_cursor_is_heard() throws SQLException {
        try (Connection slow = till.rows.getDataSource().getConnection()) {
            slow.setAutoCommit(false);
            Sale early = Sale.of(1, now().minusSeconds(20));
            till.completes(new JdbcTemplate(new SingleConnectionDataSource(slow, true)), early);
            till.completes(Sale.of(2, now()));
            shop.poll();
            assertThat(heard()).containsExactly(till.id(Sale.of(2, now())));
            slow.commit();
        }
        shop.poll();
        assertThat(heard()).hasSize(2);
    }

    @Test
    void every_sale_of_one_instant_is_heard_across_the_borders_of_pages() {
        Instant instant = now();
        IntStream.rangeClosed(1, 7).forEach(i -> till.completes(Sale.of(i, instant)));
        till.completes(Sale.of(8, instant.minusSeconds(1)));
        shop.poll();
        assertThat(heard()).hasSize(8);
    }

    @Test
    void a_sale_taken_back_gives_the_points_back_once_and_shows_none() {
        Sale sale = Sale.of(7, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        shop.pollAndExecute();
        assertPoints(sale, "100");
        till.takesBack(sale, now());
        for (int i = 0; i < 3; i++) {
            shop.poll();
            shop.bridge.run("reversal-execute");
        }
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertPoints(sale, "0");
    }

    @Test
    void more_sales_taken_back_than_a_page_holds_are_all_heard() {
        List<Sale> sales =
                IntStream.rangeClosed(1, 5).mapToObj(i -> Sale.of(i, now())).toList();
        sales.forEach(till::completes);
        shop.poll();
        sales.forEach(s -> till.takesBack(s, now()));
        shop.poll();
        assertThat(shop.bridge.rows.queryForList("select distinct status from pos_transaction", String.class))
                .doesNotContain("COMPLETED");
    }

    @Test
    void a_sale_taken_back_before_it_was_heard_is_never_redeemed() {
        Sale sale = Sale.of(9, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        till.takesBack(sale, now());
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isIn("QUEUED", "RELEASED");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void a_refund_never_fulfils() {
        Sale sale = Sale.of(11, now()).by(ADA);
        String redemption = queued(sale);
        till.refunds(sale);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void walk_ins_and_empty_phones_are_nobody() {
        till.completes(Sale.of(1, now()));
        till.completes(Sale.of(2, now()).by(""));
        till.completes(Sale.of(3, now()).by("call the shop"));
        shop.poll();
        assertThat(heard()).hasSize(3);
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from pos_transaction where phone is not null or email is not null",
                        Integer.class))
                .isZero();
    }

    @Test
    void a_phone_with_an_extension_is_the_same_customer_and_another_phone_is_parked() {
        Sale hers = Sale.of(1, now()).by("555.555.0100 ext 2");
        String session = shop.adasWallet().text("walletSession");
        String redemption = shop.queued(session, "five-off", till.id(hers)).text("redemptionId");
        till.completes(hers);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");

        Sale anothers = Sale.of(2, now()).by("555-555-0101");
        String parked = shop.queued(session, "welcome", till.id(anothers)).text("redemptionId");
        till.completes(anothers);
        shop.pollAndExecute();
        assertThat(shop.status(parked)).isEqualTo("PARKED");
    }

    @Test
    void the_note_on_the_ticket_finds_the_sale() {
        Shop.Answer answer = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        till.completes(Sale.of(77, now()).by(ADA).noted("x " + answer.text("note")));
        shop.pollAndExecute();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("EXECUTED");
    }

    @Test
    void a_sale_from_an_offline_till_is_heard_by_the_sweep() {
        till.completes(Sale.of(1, now()));
        shop.poll();
        Sale late = Sale.of(2, now().minusSeconds(40 * 60)).by(ADA);
        String redemption = queued(late);
        till.completes(late);
        sweep();
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    @Test
    void a_sale_from_the_future_is_taken_and_hides_none() {
        till.completes(Sale.of(1, now().plus(Duration.ofDays(365))));
        shop.poll();
        assertThat(shop.bridge.rows.queryForObject("select future from pos_transaction", Integer.class))
                .isEqualTo(1);
        till.completes(Sale.of(2, now()));
        shop.poll();
        assertThat(heard()).hasSize(2);
    }

    @Test
    void the_first_start_leaves_ten_years_of_history_alone() {
        SampleTill old = till;
        IntStream.rangeClosed(1, 40).forEach(i -> old.completes(Sale.of(i, now().minus(Duration.ofDays(90L * i)))));
        shop.bridge.rows.update("delete from pos_poll");
        shop.poll();
        sweep();
        assertThat(heard()).isEmpty();
    }

    @Test
    void a_sale_that_is_written_again_is_not_redeemed_again() {
        Sale sale = Sale.of(1, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        shop.pollAndExecute();
        till.deletes(sale);
        till.completes(Sale.of(1, now()).by(ADA).noted("done"));
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @Test
    void a_renamed_column_is_named_and_nothing_is_lost() {
        Sale sale = Sale.of(1, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        till.renamed(true);
        assertThatThrownBy(() -> shop.poll())
                .isNotNull()
                .extracting(e -> shop.bridge
                        .bridge()
                        .camel()
                        .getRegistry()
                        .lookupByNameAndType("posFault", PosFault.class)
                        .sentence("real", e))
                .asString()
                .matches(
                        "routes/pos/\\w+/sales.*[.]sql, line [1-9]\\d*: it does not fit the till's database: .*|The make view of connection real: its alias total is missing[.]")
                .containsAnyOf("total", "payment_amount", "aiq_sales");
        till.renamed(false);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    @Test
    void a_locked_table_delays_and_loses_nothing() throws SQLException {
        Sale sale = Sale.of(1, now()).by(ADA);
        String redemption = queued(sale);
        till.completes(sale);
        try (Connection report = till.rows.getDataSource().getConnection()) {
            report.setAutoCommit(false);
            try (var lock = report.createStatement()) {
                lock.execute(
                        till.engine().equals("mariadb")
                                ? "lock tables " + till.busyTable() + " write"
                                : "lock table " + till.busyTable() + " in access exclusive mode");
            }
            assertThatThrownBy(() -> shop.poll()).isNotNull();
        }
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    @Test
    void the_bridges_login_may_read_and_nothing_else() {
        JdbcTemplate reader = new JdbcTemplate(
                new org.springframework.jdbc.datasource.DriverManagerDataSource(till.readerUrl(), till.login(), ""));
        assertThatThrownBy(() -> reader.update("delete from " + till.busyTable()))
                .isNotNull();
    }
}
