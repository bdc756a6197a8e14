package aiqbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.TestBridge;
import aiqbridge.connection.Connections;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Each line about a till, good and bad, on real databases with the rights that the owner is told to give. */
class PosCheckTest extends CheckedTill {
    @BeforeEach
    void open() throws IOException {
        copied("routes/pos");
    }

    /** @param only the statements for the owner are printed when it is named */
    private Said check(String only) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Findings findings = new Findings(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        Connections.read(home, settings(), Map.of()).pos().all().forEach(till -> new PosCheck(
                        home, settings(), till, findings)
                .run(only != null));
        return new Said(!findings.failed(), out.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void the_newest_three_are_shown_by_the_tills_clock_and_nobody_is_recognised(String engine) throws IOException {
        till(engine);
        Instant last = Instant.parse("2024-03-01T05:04:03Z"); // the evening before, in Denver
        for (int i = 0; i < 700; i++) {
            rings("old-" + i, last.minus(Duration.ofDays(30)).minusSeconds(i), "(555) 555-0199");
        }
        rings("s-1", last.minusSeconds(30), "(555) 555-0101");
        rings("s-2", last.minusSeconds(20), null);
        rings("s-3", last.minusSeconds(10), "call the shop");
        rings("s-4", last, "(555) 555-0104");
        rings("next-year", Instant.now().plus(Duration.ofDays(365)), "(555) 555-0105");
        Said said = check("till");
        assertThat(said.text())
                .contains("OK    its newest sales, by the clock of America/Denver:")
                .containsSubsequence(
                        "sale s-2, 2024-02-29 22:03:43, 42.50, no phone",
                        "sale s-3, 2024-02-29 22:03:53, 42.50, a phone that cannot be read",
                        "sale s-4, 2024-02-29 22:04:03, 42.50, phone …0104")
                .doesNotContain("555-01", "55555501", "call the shop", "ada@example.com", "s-1,", "next-year", "old-");
        assertThat(said.text())
                .as("for the owner")
                .contains("view aiq_sales as", "-- Adapt the select", "-- only for write-back = on:");
    }

    /** Another till's slip in each of a make's statements, and a file of the make that its till cannot run. */
    @ParameterizedTest
    @CsvSource({
        "sqlite, reversals, order by reversed_at, order by reversed_on",
        "sqlite, written-back, points, pionts",
        "sqlite, write-back, points, pionts",
        "sqlite, standing, 'completed'' as state', 'done'' as state'",
        "sqlite, standing, as state, as stat",
        "sqlite, standing, and 1 = 1, and 1 = 2",
        "sqlite, late, aiq_sales, aiq_sale",
        "sqlite, late, as arrival, as n",
        "sqlite, sales, 7 as arrival, 7 as arrived",
        "sqlite, check, as level, as lvl",
        "sqlite, check, 'warn', 'warning'",
        "sqlite, check, as text, as",
        "sqlite, reversals, select *, 'select transaction_id, original_transaction_id, ''refund'' as kind, reversed_at, amount'",
        "postgresql, reversals, order by reversed_at, order by reversed_on",
        "postgresql, write-back, points, pionts",
        "postgresql, written-back, aiq_points, sale",
        "postgresql, standing, aiq_sales, sale",
        "postgresql, late, as arrival, as n",
        "postgresql, check, wall_clock, wall",
        "mariadb, reversals, order by reversed_at, order by reversed_on",
        "mariadb, write-back, points, pionts",
        "mariadb, written-back, aiq_points, sale",
        "mariadb, standing, as state, as stat",
        "mariadb, late, aiq_sales, sale",
        "mariadb, check, now_epoch, nowepoch"
    })
    void a_statement_of_the_make_that_cannot_do_its_work(String engine, String name, String right, String wrong)
            throws IOException {
        till(engine);
        rings("s-1", Instant.now(), null);
        connection("write-back = on\n");
        owner.update(
                "insert into sale (id, completed_at, total, state, voided_at) select 'v-1', completed_at, 1, 'voided', completed_at from sale");
        make(
                "standing",
                "select transaction_id, 'completed' as state from aiq_sales where transaction_id in (:#in:transaction_ids) and 1 = 1");
        make(
                "sales",
                Files.readString(home.resolve("routes/pos/view/sales.sql"))
                        .replaceFirst("--.*\n", "")
                        .replace("*", "aiq_sales.*, 7 as arrival"));
        make(
                "late",
                "select transaction_id, completed_at, total, 7 as arrival from aiq_sales where 7 > :#arrived_after");
        make(
                "check",
                "select 'warn' as level, 'it is ' || :#wall_clock || ' or ' || :#now_epoch as text, 'Look.' as hint"
                        .replace(
                                "'it is ' || :#wall_clock || ' or ' || :#now_epoch",
                                engine.equals("sqlite")
                                        ? "'it is ' || :#wall_clock || ' or ' || :#now_epoch"
                                        : "concat('it is ', cast(:#wall_clock as char(19)), ' or ', cast(:#now_epoch as char(19)))"));
        Said good = check(null);
        assertThat(good.good()).as(good.text()).isTrue();
        assertThat(good.text())
                .contains(
                        "OK    the voids and returns can be read: 1 within",
                        "OK    what became of a sale can be asked by its id",
                        "OK    the sales that arrived late can be read",
                        "OK    the points that stand on a sale can be read",
                        "OK    the points can be written")
                .containsPattern("WARN  it is \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d or \\d{10}\\s+Hint: Look[.]");
        assertThat(owner.queryForList("select * from aiq_points"))
                .as("it was only tried")
                .isEmpty();
        Path file = Stream.of(name + "." + engine + ".sql", name + ".sql")
                .map(home.resolve("routes/pos/view")::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(file)).contains(right);
        Files.writeString(file, Files.readString(file).replace(right, wrong));
        Said bad = check(null);
        assertThat(bad.good()).as(bad.text()).isFalse();
        assertThat(bad.text().lines().filter(line -> line.contains("FAIL")))
                .singleElement()
                .asString()
                .contains("routes/pos/view/" + file.getFileName());
    }

    private void make(String name, String statement) throws IOException {
        Files.writeString(home.resolve("routes/pos/view/" + name + ".sql"), "-- What it gives.\n" + statement + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void a_login_that_may_not_write_the_points(String engine) throws IOException {
        till(engine);
        rings("s-1", Instant.now(), null);
        connection("write-back = on\n");
        assertThat(check(null).text()).contains("OK    the points can be written");
        String from = engine.equals("mariadb") ? "'" + login + "'@'%'" : login;
        owner.execute("revoke insert on aiq_points from " + from);
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .containsPattern("FAIL  routes/pos/view/write-back." + engine + ".sql fails: .*denied")
                .contains("aiq-bridge check till --sql")
                .doesNotContain("OK    the points can be written");
        connection("");
        assertThat(check(null).text()).as("nobody writes").doesNotContain("FAIL  routes", "the points can be");
    }

    @Test
    void a_trigger_of_the_till_that_refuses_the_points_is_seen_and_leaves_no_trace() throws IOException {
        till("postgresql");
        rings("s-1", Instant.now(), null);
        connection("write-back = on\n");
        owner.execute(
                "create function refuse() returns trigger language plpgsql as $$begin raise exception 'closed day'; end$$");
        owner.execute("create trigger t before insert on aiq_points for each row execute function refuse()");
        assertThat(check(null).text())
                .containsPattern("FAIL  routes/pos/view/write-back.postgresql.sql fails: .*closed day");
    }

    @Test
    void a_recipes_index_that_leads_the_poll_astray_is_named() throws IOException {
        till("sqlite");
        owner.execute("drop view aiq_sales");
        owner.execute("create table bon (nr integer primary key, booked text, sum_cents integer, cancelled text)");
        owner.execute(
                "create view aiq_sales as select cast(nr as text) as transaction_id, booked as completed_at, sum_cents / 100.0 as total, null as location, null as phone, null as email, null as customer_id, null as note, null as discount_ids, null as discount_total, null as employee from bon where cancelled is null");
        owner.execute("create index bon_booked on bon (booked)");
        owner.execute("create index bon_cancelled on bon (cancelled)");
        owner.update("insert into bon values (1, ?, 4250, null)", "2026-01-01 10:00:00");
        assertThat(check(null).text())
                .contains("WARN  the poll reads the whole table: it goes by the index bon_cancelled", "to be partial");
        owner.execute("drop index bon_cancelled");
        owner.execute("create index bon_cancelled on bon (cancelled) where cancelled is not null");
        assertThat(check(null).text()).contains("OK    the poll uses the index bon_booked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'42,50'", "'$42.50'", "'many'", "'NaN'", "null"})
    void a_total_that_cannot_be_read_is_said(String total) throws IOException {
        till("sqlite");
        rings("s-1", Instant.now(), "(555) 555-0100");
        owner.execute("update sale set total = " + total);
        assertThat(check("till").text())
                .containsPattern("sale s-1, .*, (a total that cannot be read|no total), phone …0100");
    }

    @ParameterizedTest
    @CsvSource({"postgresql", "mariadb"})
    void a_login_that_is_refused(String engine) throws IOException {
        till(engine);
        connection(url, "stranger", "make = view\nzone = UTC\n");
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .contains(
                        "FAIL  cannot connect to the till's database",
                        "Hint:",
                        "config/pos/till.properties",
                        "POS_TILL_PASSWORD")
                .doesNotContain("the poll", "\tat ");
    }

    @Test
    void a_file_that_is_not_there() throws IOException {
        connection("jdbc:sqlite:" + home.resolve("nowhere/till.db"), "r", "make = view\nzone = UTC\n");
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text())
                        .contains("FAIL  cannot connect to the till's database", "Check jdbc.url in config/pos/")
                        .as("a file has no password")
                        .doesNotContain("PASSWORD"));
    }

    @Test
    void the_owners_statements_alone_whatever_cannot_be_reached() throws IOException {
        connection(
                "jdbc:postgresql://127.0.0.1:" + TestBridge.freePort() + "/shop",
                "reader",
                "make = view\nzone = UTC\nrequests = on\nrequests.username = asker\n");
        over.put("store.url", "jdbc:postgresql://127.0.0.1:" + TestBridge.freePort() + "/none");
        String statements = Check.owners(home, settings(), "till");
        assertThat(statements)
                .startsWith("-- Adapt the select")
                .contains("create role reader login", "create table aiq_request (", "to asker;")
                .doesNotContain("{", "OK  ", "Hint");
        String real = Databases.postgresql();
        JdbcTemplate rows = new JdbcTemplate(new SingleConnectionDataSource(real, true));
        Databases.script(rows, Path.of("src/test/resources/pos/view.postgresql.sql"), "", "");
        rows.execute(statements
                .replaceAll("role (\\w+) login", "role $1_" + real.hashCode() + " login")
                .replaceAll("(to|role) (reader|asker)(;| set)", "$1 $2_" + real.hashCode() + "$3")
                .replace("_-", "_"));
        assertThat(rows.queryForList("select * from aiq_sales")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_view_that_lacks_a_column_or_is_gone(String engine) throws IOException {
        till(engine);
        rings("s-1", Instant.now(), null);
        owner.execute("drop view aiq_sales");
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text())
                        .contains("FAIL  the statement of the completed sales fails", "aiq_sales", "Hint:"));
        owner.execute("create view aiq_sales as select id as transaction_id, completed_at from sale");
        if (engine.equals("postgresql")) {
            owner.execute("grant select on aiq_sales to " + login);
        }
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text())
                        .contains("FAIL  the alias total is missing in routes/pos/view/sales.sql"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_statement_that_seldom_runs_and_does_not_fit(String engine) throws IOException {
        till(engine);
        Path reversals = home.resolve("routes/pos/view/reversals.sql");
        Files.writeString(
                reversals, Files.readString(reversals).replace("order by reversed_at", "order by reversed_on"));
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .containsPattern(
                        "FAIL  routes/pos/view/reversals.sql, line \\d: it does not fit the till's database: .*reversed_on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_make_that_lacks_an_alias(String engine) throws IOException {
        till(engine);
        rings("s-1", Instant.now(), null);
        Files.createDirectories(home.resolve("routes/pos/odd"));
        Files.writeString(
                home.resolve("routes/pos/odd/sales.sql"),
                "-- The sales, without what they came to.\nselect transaction_id, completed_at from aiq_sales where completed_at >= :#since order by completed_at\n");
        connection(url, login, "make = odd\nzone = America/Denver\n");
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text())
                        .contains("FAIL  the alias total is missing", "transaction_id, completed_at, total"));
        connection(url, login, "make = odder\nzone = America/Denver\n");
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text())
                        .contains(
                                "FAIL  there is no make odder",
                                "known are: erpnext, odd, odoo, ospos, rms, unicenta, view"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_till_that_sold_nothing_yet(String engine) throws IOException {
        till(engine);
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text())
                        .contains("WARN  there is no completed sale to check", "Hint: Complete one at the till"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_poll_that_reads_the_whole_table(String engine) throws IOException {
        till(engine);
        aDay();
        // the plan is for those who may read the tables
        connection(url, engine.equals("mariadb") ? "owner" : login, "make = view\nzone = America/Denver\n");
        assertThat(check(null).text()).contains("OK    the poll uses the index sale_completed_at");
        owner.execute("drop index sale_completed_at" + (engine.equals("mariadb") ? " on sale" : ""));
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text())
                        .contains("WARN  the poll reads the whole table", "Hint: Ask the owner for an index")
                        .doesNotContain("OK    the poll uses"));
    }

    @Test
    void a_view_on_mariadb_whose_poll_reads_the_whole_table_is_told_by_counting() throws IOException {
        till("mariadb");
        owner.execute(
                "insert into sale (id, completed_at, total, state) select concat('s-', seq), now() - interval seq hour, 1, 'completed' from seq_1_to_5000");
        assertThat(check(null).text()).contains("OK    the poll reads few rows; its index is shown to those");
        owner.execute("drop index sale_completed_at on sale");
        assertThat(check(null).text())
                .containsPattern("WARN  the poll reads the whole table: 5\\d{3} rows one after another");
    }

    @ParameterizedTest
    @CsvSource({"postgresql, -", "mariadb, +", "sqlite, -"})
    void a_clock_that_is_two_hours_off(String engine, String way) throws IOException {
        till(engine);
        rings("s-1", Instant.now().minus(Duration.ofHours(3)), null);
        Path now = home.resolve("routes/pos/now." + engine + ".sql");
        Files.writeString(now, Files.readString(now).replace(" as now", " " + way + " 7200 as now"));
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text())
                        .containsPattern("WARN  the till's clock is (7199|720\\d) s off")
                        .contains("Hint: Synchronize it with NTP")
                        .doesNotContain("OK    the till's clock"));
    }

    /** A till in New York whose file says Denver, and the other slips that look like it. */
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_zone_that_is_two_hours_off(String engine) throws IOException {
        till(engine);
        rings("s-1", Instant.now().minus(Duration.ofHours(9)), null);
        rings("s-2", Instant.now().plus(Duration.ofMinutes(119)), null);
        rings("next-year", Instant.now().plus(Duration.ofDays(365)), null);
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isTrue();
        assertThat(said.text())
                .contains(
                        "WARN  the newest sale lies 2.0 h in the future, read in the zone America/Denver",
                        "check zone in config/pos/till.properties")
                .contains("OK    the till's clock agrees");
        connection(url, login, "make = view\nzone = America/New_York\n");
        assertThat(check(null).text())
                .contains("OK    no sale lies hours ahead, read in the zone America/New_York")
                .doesNotContain("WARN  the newest");
    }

    @Test
    void a_minute_ahead_is_no_zone_and_seconds_have_none() throws IOException {
        till("sqlite");
        rings("s-1", Instant.now().plusSeconds(60), null);
        assertThat(check(null).text()).contains("OK    no sale lies hours ahead");

        Files.createDirectories(home.resolve("routes/pos/odd"));
        Files.writeString(
                home.resolve("routes/pos/odd/sales.sql"),
                "-- The sales.\nselect id as transaction_id, seconds as completed_at, 1 as total from bon where seconds >= :#since_epoch order by seconds\n");
        owner.execute("create table bon (id text, seconds integer)");
        owner.update(
                "insert into bon values ('b-1', ?)",
                Instant.now().plus(Duration.ofMinutes(90)).getEpochSecond());
        connection(url, login, "make = odd\nzone = America/Denver\n");
        assertThat(check(null).text())
                .contains("WARN  the newest sale lies 1.5 h in the future by the till's own clock")
                .doesNotContain("read in the zone");
    }

    @ParameterizedTest
    @CsvSource({"postgresql, delete", "mariadb, delete", "postgresql, truncate", "mariadb, drop"})
    void a_login_that_may_too_much(String engine, String right) throws IOException {
        till(engine);
        rings("s-1", Instant.now(), null);
        owner.execute(
                "grant " + right + " on aiq_points to " + (engine.equals("mariadb") ? "'" + login + "'@'%'" : login));
        connection("");
        assertThat(check(null).text())
                .containsPattern("WARN  the login has more rights than it needs: .*" + right)
                .contains("Grant it SELECT only;");
        connection("write-back = on\n");
        assertThat(check(null).text())
                .contains(
                        "WARN  the login has more rights than it needs: " + right,
                        "SELECT only and the right to write the points")
                .doesNotContain("insert", "update");
    }

    @Test
    void a_login_that_may_too_much_because_others_may() throws IOException {
        till("postgresql");
        rings("s-1", Instant.now(), null);
        owner.execute("grant delete on sale to public");
        assertThat(check(null).text()).contains("WARN  the login has more rights than it needs: delete");
    }

    @ParameterizedTest
    @CsvSource({
        "mariadb, ospos, unicenta, 'receipts, ticketlines, tickets'",
        "mariadb, erpnext, ospos, 'ospos_people, ospos_sales, ospos_sales_items, ospos_sales_payments'",
        "postgresql, odoo, view, aiq_sales",
        "postgresql, unicenta, odoo, 'pos_order, pos_order_line, pos_payment, res_partner'"
    })
    void a_database_of_another_make_than_said(String engine, String real, String said, String missing)
            throws IOException {
        till(engine);
        owner.execute("drop view aiq_sales");
        Databases.script(owner, Path.of("src/test/resources/pos/" + real + "." + engine + ".sql"), login, "");
        String other = url.replaceAll("^.*/|[?].*$", "");
        if (engine.equals("mariadb")) {
            owner.execute("grant select on " + other + ".* to '" + login + "'@'%'");
        }
        connection(url, login, "make = " + said + "\nzone = America/Denver\n");
        Said text = check(null);
        assertThat(text.good()).isFalse();
        assertThat(text.text())
                .contains("FAIL  the statement of the completed sales fails")
                .containsPattern("The login " + login + " sees no .*" + missing)
                .contains("; the database looks like the make " + real + ".");
    }

    @Test
    void a_database_of_no_make_at_all() throws IOException {
        till("sqlite");
        owner.execute("drop view aiq_sales");
        assertThat(check(null).text()).contains("sees no aiq_sales there, and no other make's tables.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void a_table_that_the_till_has_locked(String engine) throws IOException, SQLException {
        till(engine);
        over.put("pos.query-timeout", "1s");
        try (Connection report = new org.springframework.jdbc.datasource.DriverManagerDataSource(
                                engine.equals("mariadb") ? url + "?user=owner" : url + "?user=postgres")
                        .getConnection();
                var lock = report.createStatement()) {
            report.setAutoCommit(false);
            lock.execute(
                    engine.equals("mariadb") ? "lock tables sale write" : "lock table sale in access exclusive mode");
            assertThat(check(null).text())
                    .contains(
                            "FAIL  the statement of the completed sales took longer than pos.query-timeout (1s)",
                            "till has locked a table");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void a_request_table_as_its_owner_was_told_to_make_it(String engine) throws IOException {
        till(engine);
        rings("s-1", Instant.now(), null);
        connection("requests = on\nrequests.username = asker_" + login + "\n");
        assertThat(check("till").text())
                .contains(
                        "create table aiq_request (",
                        "FAIL  the request table cannot be used",
                        "POS_TILL_REQUESTS_PASSWORD");
        Databases.script(
                owner,
                Path.of("routes/pos/requests-owner." + engine + ".sql"),
                "asker_" + login,
                url.replaceAll("^.*/|[?].*$", ""));
        if (engine.equals("mariadb")) {
            owner.execute("alter user 'asker_" + login + "'@'%' identified by ''");
        }
        assertThat(check(null).text())
                .contains(
                        "OK    the request table can be read and answered",
                        "OK    its login cannot read the till's sales");
        assertThat(owner.queryForList("select * from aiq_request")).isEmpty();
        owner.execute("grant select on aiq_sales to "
                + (engine.equals("mariadb") ? "'asker_" + login + "'@'%'" : "asker_" + login));
        assertThat(check(null).text()).contains("WARN  the request table's login can also read the till's sales");
        connection("requests = on\nrequests.username = " + login + "\n");
        owner.execute(
                engine.equals("mariadb")
                        ? "grant select, update on aiq_request to '" + login + "'@'%'"
                        : "grant select, update on aiq_request to " + login);
        owner.execute(
                engine.equals("mariadb")
                        ? "grant select, insert on aiq_request_discount to '" + login + "'@'%'"
                        : "grant select, insert on aiq_request_discount to " + login);
        assertThat(check(null).text()).contains("WARN  the request table does not have its own login");
    }

    @Test
    void a_replica_that_lags() throws IOException {
        till("postgresql");
        rings("s-1", Instant.now(), null);
        // a standby says so itself; here the login is told so by functions of the same name
        owner.execute("create schema standby");
        owner.execute("create function standby.pg_is_in_recovery() returns boolean language sql as 'select true'");
        owner.execute(
                "create function standby.pg_last_xact_replay_timestamp() returns timestamptz language sql as $$select now() - interval '900 seconds'$$");
        owner.execute("grant usage on schema standby to " + login);
        owner.execute("alter role " + login + " set search_path = standby, pg_catalog, public");
        assertThat(check(null).text())
                .contains("WARN  this is a replica; its last change is 900 s old", "pos.overlap (10m) must be longer");
    }

    @Test
    void a_server_that_is_read_only() throws IOException {
        till("mariadb");
        rings("s-1", Instant.now(), null);
        owner.execute("set global read_only = 1");
        try {
            assertThat(check(null).text()).contains("WARN  this server is read-only, probably a replica");
        } finally {
            owner.execute("set global read_only = 0");
        }
    }

    @ParameterizedTest
    @CsvSource({"postgresql, postgres, superuser", "mariadb, owner, all privileges"})
    void a_login_that_may_everything(String engine, String user, String right) throws IOException {
        till(engine);
        rings("s-1", Instant.now(), null);
        connection(url, user, "make = view\nzone = America/Denver\nwrite-back = on\n");
        assertThat(check(null).text()).containsPattern("WARN  the login has more rights than it needs: .*" + right);
    }
}
