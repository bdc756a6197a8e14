package aiqbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.Account;
import aiqbridge.account.Secrets;
import aiqbridge.account.StoredAccounts;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.simulator.AiqSimulator;
import aiqbridge.simulator.SimulatorControl;
import aiqbridge.store.ForeignLock;
import aiqbridge.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Each line of a check, good and bad, on real databases with the rights that the owner is told to give. */
class CheckTest {
    private static final ZoneId ZONE = ZoneId.of("America/Denver");

    @TempDir
    Path home;

    private final Map<String, String> over = new HashMap<>();
    private final List<String> missing = new ArrayList<>();
    private AiqSimulator simulator;
    private SimulatorControl aiq;
    private String engine;
    private String url;
    private String login;
    private SingleConnectionDataSource ownersConnection;
    private JdbcTemplate owner;

    private record Said(boolean good, String text) {}

    @BeforeEach
    void open() throws IOException {
        simulator = AiqSimulator.start(0, 0, null);
        aiq = new SimulatorControl(simulator.controlPort());
        aiq.seedDemo();
        over.put("aiq.base-url", simulator.baseUrl());
        over.put("http.port", Integer.toString(TestBridge.freePort()));
        over.put("http.management-port", Integer.toString(TestBridge.freePort()));
        Files.createDirectories(home.resolve("config"));
        Files.copy(Path.of("config/aiq-cart.jslt"), home.resolve("config/aiq-cart.jslt"));
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(f -> f.toString().matches(".*[.](sql|properties|yaml|jslt)"))
                    .toList()) {
                Files.createDirectories(home.resolve(file).getParent());
                Files.copy(file, home.resolve(file));
            }
        }
        Databases.sqliteStore(Files.createDirectories(home.resolve("data")).resolve("bridge.db"));
        try (Store store = Store.open(settings(), home, true)) {
            new StoredAccounts(store.source(), Secrets.at(home.resolve("data/secrets.key")), Clock.systemUTC())
                    .save(new Account("green-leaf", "Green Leaf", "1001", "demo-key", "US", ZONE));
        }
    }

    @AfterEach
    void close() {
        simulator.close();
        if (ownersConnection != null) {
            ownersConnection.destroy();
        }
    }

    private Settings settings() {
        Properties values = new Properties();
        values.putAll(Settings.load(TestBridge.HOME.resolve("config/application.properties")));
        values.putAll(Map.of("store.url", "jdbc:sqlite:data/bridge.db", "secrets.key-file", "data/secrets.key"));
        values.putAll(over);
        missing.forEach(values::remove);
        return Settings.of(values);
    }

    private Said check(String only) {
        return check(only, false);
    }

    private Said check(String only, boolean json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean good = new Check(home, settings(), new PrintStream(out, true, StandardCharsets.UTF_8), json).run(only);
        return new Said(good, out.toString(StandardCharsets.UTF_8));
    }

    /** A till with the view, the login and the rights that its owner is told to make. */
    private void till(String engine) throws IOException {
        this.engine = engine;
        String full =
                switch (engine) {
                    case "postgresql" -> Databases.postgresql();
                    case "mariadb" -> Databases.mariadb();
                    default -> "jdbc:sqlite:" + home.resolve("till.db") + "?busy_timeout=10000";
                };
        url = engine.equals("sqlite") ? full : full.replaceFirst("[?].*$", "");
        String database = url.replaceAll("^.*/|[?].*$", "");
        login = "reader_" + database.replaceAll("\\W", "_");
        ownersConnection = new SingleConnectionDataSource(full, true);
        owner = new JdbcTemplate(ownersConnection);
        Databases.script(owner, Path.of("src/test/resources/pos/view." + engine + ".sql"), login, database);
        Databases.script(owner, Path.of("routes/pos/view/owner." + engine + ".sql"), login, database);
        if (engine.equals("mariadb")) {
            owner.execute("alter user '" + login + "'@'%' identified by ''");
        }
        connection("");
    }

    private void connection(String lines) throws IOException {
        connection(url, login, "make = view\nzone = " + ZONE + "\n" + lines);
    }

    private void connection(String url, String login, String lines) throws IOException {
        Files.createDirectories(home.resolve("config/pos"));
        Files.writeString(
                home.resolve("config/pos/till.properties"),
                "account = green-leaf\nlocation = main\njdbc.url = " + url + "\njdbc.username = " + login + "\n"
                        + lines);
    }

    /** By the till's wall clock in Denver. */
    private void rings(String id, Instant at, String phone) {
        LocalDateTime wallClock = LocalDateTime.ofInstant(at, ZONE);
        if (engine.equals("sqlite")) {
            owner.update(
                    "insert into sale (id, completed_at, total, phone, state) values (?, ?, 42.5, ?, 'completed')",
                    id,
                    wallClock.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")),
                    phone);
        } else {
            owner.update("insert into customer (phone, email) values (?, 'ada@example.com')", phone);
            owner.update(
                    "insert into sale (id, completed_at, total, customer_id, state) select ?, ?, 42.5, max(id), 'completed' from customer",
                    id,
                    Timestamp.valueOf(wallClock));
        }
    }

    private void aDay() {
        IntStream.rangeClosed(1, 200)
                .forEach(i -> rings("s-" + i, Instant.now().minus(Duration.ofMinutes(7L * (i - 1))), "(555) 555-0100"));
    }

    // the till

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_till_as_its_owner_was_told_to_make_it_is_good(String engine) throws IOException {
        till(engine);
        aDay();
        connection("write-back = on\n");
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isTrue();
        assertThat(said.text())
                .contains(
                        "OK    opens",
                        "OK    AIQ answers and accepts the key and the UID",
                        "OK    the login works",
                        "OK    the till's clock agrees within",
                        "OK    every required alias is present; optional ones: location, phone",
                        "OK    no sale lies hours ahead, read in the zone America/Denver",
                        "OK    the login has only the rights it needs");
        // MariaDB explains a view only to those who may read what is behind it
        String plan =
                engine.equals("mariadb") ? "WARN  the plan of the poll cannot be read" : "OK    the poll uses an index";
        assertThat(said.text()).contains(plan);
        assertThat(said.text().replace(plan, "")).doesNotContain("WARN", "FAIL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void three_rows_are_shown_and_nobody_is_recognised(String engine) throws IOException {
        till(engine);
        rings("s-1", Instant.now().minusSeconds(60), "(555) 555-0100");
        rings("s-2", Instant.now().minusSeconds(50), null);
        rings("s-3", Instant.now().minusSeconds(40), "call the shop");
        rings("s-4", Instant.now().minusSeconds(30), "(555) 555-0104");
        Said said = check("till");
        assertThat(said.text())
                .contains("sale s-1, ", ", 42.50, phone …0100", "no phone", "a phone that cannot be read")
                .doesNotContain("555-0100", "5555550100", "call the shop", "ada@example.com", "s-4");
        assertThat(said.text())
                .as("for the owner")
                .contains("view aiq_sales as", "-- Adapt the select", "-- only for write-back = on:");
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
                .satisfies(said -> assertThat(said.text()).contains("FAIL  cannot connect to the till's database"));
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
                .satisfies(said ->
                        assertThat(said.text()).contains("FAIL  the statement of the completed sales fails", "total"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_statement_that_seldom_runs_and_does_not_fit(String engine) throws IOException {
        till(engine);
        Path reversals = home.resolve("routes/pos/view/reversals.sql");
        Files.writeString(reversals, Files.readString(reversals).replace("amount", "amnt"));
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .containsPattern(
                        "FAIL  routes/pos/view/reversals.sql, line \\d: it does not fit the till's database: .*amnt");
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
        assertThat(check(null).text()).contains("OK    the poll uses an index");
        owner.execute("drop index sale_completed_at" + (engine.equals("mariadb") ? " on sale" : ""));
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text())
                        .contains("WARN  the poll reads the whole table", "Hint: Ask the owner for an index")
                        .doesNotContain("OK    the poll"));
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
        "postgresql, unicenta, odoo, 'pos_order, pos_order_line, res_partner'"
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

    // AIQ and ourselves

    @Test
    void a_key_that_AIQ_refuses() {
        aiq.revoke("demo-key");
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .contains(
                        "AIQ account green-leaf",
                        "FAIL  AIQ does not accept the API key or the UID",
                        "aiq-bridge accounts add green-leaf")
                .doesNotContain("demo-key");
    }

    @Test
    void an_AIQ_that_is_away_busy_or_mute() {
        aiq.fault(Map.of("operation", "stores", "kind", "status-before-effect", "status", 500));
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text()).contains("WARN  AIQ answered 500"));
        over.put("aiq.stores-timeout", "500ms");
        aiq.fault("stores", "hang-before-effect", 1);
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text()).contains("FAIL  AIQ cannot be reached at 127.0.0.1"));
        over.put("aiq.base-url", "http://127.0.0.1:" + TestBridge.freePort());
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text())
                        .contains("FAIL  AIQ cannot be reached at 127.0.0.1", "Hint: Does the firewall let it through?")
                        .doesNotContain("demo-key", "\tat "));
    }

    @Test
    void a_key_file_that_is_not_ours_and_an_account_nobody_knows() throws IOException {
        till("sqlite");
        Files.delete(home.resolve("data/secrets.key"));
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .contains(
                        "FAIL  a stored API key cannot be decrypted with this key file",
                        "FAIL  its account green-leaf is not known");
    }

    @Test
    void route_files_that_name_what_is_not_there() throws IOException {
        assertThat(check(null).text()).contains("Routes (routes/)", "OK    everything that they name is there");
        Path send = home.resolve("routes/cart/send.camel.yaml");
        Files.writeString(send, Files.readString(send).replace("ref: movedOne,", "ref: movedOnce,"));
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .containsPattern("FAIL {2}routes/cart/send.camel.yaml, line \\d+: there is no bean movedOnce")
                .contains("Hint: Perhaps you mean movedOne.");
    }

    @Test
    void an_installation_with_nothing_in_it() {
        over.put("store.url", "jdbc:sqlite:data/empty.db");
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text())
                        .contains("OK    opens", "WARN  there is no account", "WARN  there is no till"));
    }

    // the settings

    @Test
    void every_setting_that_is_missing_malformed_or_read_by_nobody() {
        assertThat(check(null).text()).contains("OK    every setting is present and valid");
        over.putAll(Map.of(
                "redemption.lease",
                "90 seconds",
                "redemption.batch",
                "many",
                "clock.auto-startup",
                "yes",
                "redemtion.lease",
                "9s",
                "aiq.cart-template",
                "config/none.jslt"));
        missing.add("pos.page");
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .contains(
                        "FAIL  the setting redemption.lease = 90 seconds is not a duration",
                        "FAIL  the setting redemption.batch = many is not a whole number",
                        "FAIL  the setting clock.auto-startup = yes is neither true nor false",
                        "FAIL  the setting pos.page is missing",
                        "pos.page = 500",
                        "WARN  unknown setting redemtion.lease",
                        "none.jslt")
                .doesNotContain("every setting is present");
    }

    @Test
    void a_connection_file_that_cannot_be_used_does_not_hide_the_rest() throws IOException {
        till("sqlite");
        Files.writeString(home.resolve("config/pos/till.properties"), "make = view\njdbc.password = x\n");
        Said said = check(null);
        assertThat(said.good()).as(said.text()).isFalse();
        assertThat(said.text())
                .contains("FAIL  The file", "holds a secret (jdbc.password)", "OK    opens", "OK    AIQ answers");
    }

    // this machine

    @Test
    void a_port_that_is_taken_and_a_bridge_that_runs() throws IOException {
        assertThat(check(null).text()).contains("OK    the port " + over.get("http.port") + " on 127.0.0.1 is free");
        try (ServerSocket taken =
                new ServerSocket(Integer.parseInt(over.get("http.port")), 1, InetAddress.getLoopbackAddress())) {
            assertThat(check(null))
                    .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                    .satisfies(said -> assertThat(said.text())
                            .contains(
                                    "FAIL  the port " + taken.getLocalPort() + " on 127.0.0.1 is already in use",
                                    "http.port"));
        }
        try (Shop shop = new Shop(Files.createDirectory(home.resolve("shop")))) {
            over.put("http.port", Integer.toString(shop.bridge.port));
            over.put("http.management-port", Integer.toString(shop.bridge.managementPort));
            assertThat(check(null))
                    .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                    .satisfies(said -> assertThat(said.text())
                            .contains("OK    a bridge is running")
                            .doesNotContain("is already in use"));
        }
        over.put("http.host", "0.0.0.0");
        assertThat(check(null).text()).contains("WARN  the API listens on 0.0.0.0, unencrypted");
    }

    @Test
    void a_disk_that_runs_full() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Findings findings = new Findings(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        OwnCheck own = new OwnCheck(home, settings(), findings);
        own.disk(home, 5_000);
        own.disk(home, 900);
        assertThat(findings.failed()).isFalse();
        own.disk(home, 99);
        assertThat(findings.failed()).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("OK    4 GiB are free", "WARN  only 900 MiB are free", "FAIL  only 99 MiB are free");
    }

    @Test
    void a_key_file_that_others_may_read() throws IOException {
        assertThat(check(null).text()).contains("OK    only its owner reads the key file");
        Files.setPosixFilePermissions(home.resolve("data/secrets.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text()).contains("FAIL  others besides its owner", "chmod 600"));
    }

    @Test
    void an_own_database_that_somebody_locks() {
        over.put("store.busy-timeout", "200ms");
        try (ForeignLock lock = new ForeignLock(home.resolve("data/bridge.db"))) {
            assertThat(lock.held()).isTrue();
            long began = System.nanoTime();
            Said locked = check(null);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            assertThat(locked.good()).as(locked.text()).isFalse();
            assertThat(locked.text())
                    .contains(
                            "FAIL  The bridge's own database cannot be opened: another process holds a lock on the bridge's own database, and nothing can be written")
                    .doesNotContain("OK    it can be written to", "\tat ");
        }
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isTrue())
                .satisfies(said -> assertThat(said.text()).contains("OK    it can be written to"));
    }

    @Test
    void an_own_database_that_may_only_be_read() throws IOException {
        Databases.mayOnlyBeRead(home.resolve("data/bridge.db"), true);
        Said file = check(null);
        assertThat(file.good()).as(file.text()).isFalse();
        assertThat(file.text())
                .contains("FAIL  the bridge's own database cannot be written to")
                .doesNotContain("OK    it can be written to", "\tat ");
        String[] store = Databases.postgresqlStore();
        String database = store[1].replaceAll("^.*/|[?].*$", "");
        new JdbcTemplate(new SingleConnectionDataSource(store[1].replace("/" + database, "/postgres"), true))
                .execute("alter database " + database + " set default_transaction_read_only = on");
        over.putAll(Map.of("store.url", store[1], "store.username", "postgres"));
        Said server = check(null);
        assertThat(server.good()).as(server.text()).isFalse();
        assertThat(server.text())
                .contains("FAIL  the bridge's own database cannot be written to")
                .doesNotContain("OK    it can be written to", "\tat ");
    }

    @Test
    void an_own_database_that_is_damaged_or_forgets() throws IOException {
        assertThat(check(null).text()).contains("OK    its file is intact");
        int page = new JdbcTemplate(
                        new SingleConnectionDataSource("jdbc:sqlite:" + home.resolve("data/bridge.db"), true))
                .queryForObject("select rootpage from sqlite_master where name = 'cart_idle'", Integer.class);
        byte[] file = Files.readAllBytes(home.resolve("data/bridge.db"));
        Arrays.fill(file, (page - 1) * 4096, page * 4096, (byte) 0x5a);
        Files.write(home.resolve("data/bridge.db"), file);
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text()).contains("FAIL  its file is damaged"));

        over.putAll(Map.of("store.url", Databases.postgresql(), "store.username", "postgres"));
        assertThat(check(null))
                .as("the servers of tests forget")
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(
                        said -> assertThat(said.text()).contains("FAIL  a commit may be lost when its server crashes"));
        over.put("store.url", "jdbc:postgresql://127.0.0.1:" + TestBridge.freePort() + "/none");
        assertThat(check(null))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text())
                        .contains("FAIL  The bridge's own database cannot be opened", "STORE_PASSWORD"));
    }

    // shops

    @Test
    void a_shop_without_a_secret_refuses_every_webhook() throws IOException {
        Files.createDirectories(home.resolve("config/storefront"));
        Files.writeString(
                home.resolve("config/storefront/web-shop.properties"),
                "kind = woocommerce\naccount = green-leaf\nlocation = web\nzone = America/Denver\napi.url = http://localhost:1\n");
        Said bare = check("web-shop");
        assertThat(bare.good()).as(bare.text()).isTrue();
        assertThat(bare.text())
                .contains(
                        "Shop web-shop (woocommerce, immediate)",
                        "WARN  it has no secret: all of its webhooks are refused",
                        "aiq-bridge secrets add web-shop",
                        "WARN  its API cannot be asked",
                        "OK    localhost is this machine");
        try (Store store = Store.open(settings(), home, true)) {
            StorefrontSecrets secrets = new StorefrontSecrets(
                    store.source(), Secrets.at(home.resolve("data/secrets.key")), Clock.systemUTC());
            secrets.add("web-shop", StorefrontSecrets.WEBHOOK, "a-secret-of-the-shop");
            secrets.add("web-shop", StorefrontSecrets.API, "a-token-for-its-api");
        }
        assertThat(check("web-shop").text())
                .contains("OK    its webhooks can be verified", "OK    there is a token for its API")
                .doesNotContain("WARN  it", "a-secret-of", "a-token-for");
        assertThat(check("no-shop"))
                .satisfies(said -> assertThat(said.good()).as(said.text()).isFalse())
                .satisfies(said -> assertThat(said.text()).contains("There is no connection no-shop"));
    }

    // for scripts

    @Test
    void every_line_is_an_object_for_scripts() throws IOException {
        till("sqlite");
        rings("s-1", Instant.now().minusSeconds(60), "(555) 555-0100");
        Said good = check(null, true);
        assertThat(good.good()).isTrue();
        aiq.revoke("demo-key");
        Said bad = check("till", true);
        assertThat(bad.good()).isFalse();
        for (String line : bad.text().lines().toList()) {
            JsonNode object = new ObjectMapper().readTree(line);
            assertThat(object.path("status").asText()).isIn("OK", "WARN", "FAIL", "INFO");
            assertThat(object.path("about").asText()).isNotEmpty();
            assertThat(object.path("text").asText()).isNotEmpty();
            assertThat(object.has("hint"))
                    .as(line)
                    .isEqualTo(object.path("status").asText().matches("WARN|FAIL"));
        }
        assertThat(bad.text().lines().filter(line -> line.contains("\"FAIL\"")))
                .hasSize(1)
                .allMatch(line -> line.contains("AIQ account green-leaf"));
        assertThat(bad.text()).doesNotContain("555-0100", "demo-key");
    }
}
