package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine;

/** The commands with which an operator looks and decides, beside a running bridge. */
class OperatorCommandsTest {
    @TempDir
    Path folder;

    private Shop shop;
    private Path home;
    private String errors;

    @BeforeEach
    void open() throws IOException {
        shop = new Shop(folder);
        home = Files.createDirectories(folder.resolve("home"));
        Files.createDirectories(home.resolve("config"));
        Files.createSymbolicLink(home.resolve("routes"), TestBridge.HOME.resolve("routes"));
        Files.writeString(
                home.resolve("config/application.properties"),
                Files.readString(TestBridge.HOME.resolve("config/application.properties"))
                        + "\nstore.url = jdbc:sqlite:" + folder.resolve("bridge.db") + "\npos.connections = "
                        + folder.resolve("pos") + "\nstorefront.connections = " + folder.resolve("storefront")
                        + "\nsecrets.key-file = "
                        + folder.resolve("secrets.key") + "\nstop.file = " + folder.resolve("STOP")
                        + "\naiq.base-url = " + shop.baseUrl() + "\n");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private String says(int status, String... words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        CommandLine line = Application.commandLine().setErr(new PrintWriter(err));
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            List<String> all = new ArrayList<>(List.of(words));
            all.addAll(List.of("--home", home.toString()));
            int ended = line.execute(all.toArray(String[]::new));
            errors = err.toString();
            assertThat(ended).as(errors).isEqualTo(status);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_parked_redemption_is_found_looked_at_and_redeemed_again() throws IOException {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.discount("1001", "five-off", "150", false);
        shop.pollAndExecute();
        assertThat(says(
                        0,
                        "redemptions",
                        "list",
                        "--status",
                        "parked",
                        "--connection",
                        "till",
                        "--customer",
                        "0100",
                        "--from",
                        "2020-01-01"))
                .contains(redemption, "PARKED", "…0100", "price-changed")
                .doesNotContain("5555550100");
        assertThat(new ObjectMapper().readTree(says(0, "redemptions", "list", "--json")))
                .singleElement()
                .satisfies(r -> assertThat(r.path("status").asText()).isEqualTo("PARKED"));
        assertThat(says(0, "redemptions", "show", redemption))
                .contains("Parked: price-changed", "The till completed sale t-1")
                .doesNotContain("5555550100");
        says(2, "redemptions", "retry", redemption);
        says(1, "redemptions", "retry", redemption, "--note", " ");
        assertThat(errors).contains("A note is missing.");
        shop.aiq.discount("1001", "five-off", "100", false);
        says(0, "redemptions", "retry", redemption, "--note", "price is right again");
        shop.clock.advance(Duration.ofMinutes(5));
        says(1, "redemptions", "retry", redemption, "--note", "price is right again");
        assertThat(errors).contains("There is nothing to decide: the redemption is DUE.");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(says(0, "redemptions", "show", redemption))
                .contains("operator " + System.getProperty("user.name")
                        + " decided: redemption-retry: price is right again");
        says(0, "redemptions", "reverse", redemption, "--note", "customer changed their mind");
        shop.clock.advance(Duration.ofMinutes(5));
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
    }

    @Test
    void everything_or_one_account_or_connection_is_stopped_and_lifted_beside_a_running_bridge() throws IOException {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        says(2, "stop");
        says(2, "stop", "--reason", " ");
        says(2, "stop", "--account", "green-leaf", "--connection", "till", "--reason", "x");
        says(1, "stop", "--account", "grene-leaf", "--reason", "x");
        assertThat(errors).contains("There is no account grene-leaf.", "green-leaf");
        says(1, "stop", "--connection", "tilt", "--reason", "x");
        assertThat(errors).contains("There is no connection tilt.", "other-till, till");
        assertThat(says(0, "stop", "list")).isEmpty();

        assertThat(says(0, "stop", "--reason", "points vanish", "--by", "kim")).startsWith("Stopped: everything.");
        assertThat(says(0, "stop", "--reason", "again")).startsWith("It is stopped already: everything.");
        says(0, "stop", "--account", "green-leaf", "--note", "too");
        says(0, "stop", "--connection", "till", "--reason", "too");
        String operator = "operator " + System.getProperty("user.name");
        assertThat(says(0, "stop", "list"))
                .contains(
                        "everything ",
                        " by " + operator + " (kim): points vanish",
                        "account green-leaf",
                        "connection till");
        assertThat(new ObjectMapper().readTree(says(0, "stop", "list", "--json")))
                .hasSize(3);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("DUE");

        says(2, "stop", "lift");
        says(1, "stop", "lift", "--connection", "other-till", "--reason", "x");
        assertThat(errors).contains("There is no stop of connection other-till.");
        assertThat(says(0, "stop", "lift", "--reason", "it was the report"))
                .startsWith("Lifted: everything.")
                .contains("account green-leaf", "connection till");
        says(0, "stop", "lift", "--account", "green-leaf", "--reason", "x");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        Files.writeString(folder.resolve("STOP"), "connection till");
        says(0, "stop", "lift", "--connection", "till", "--reason", "x");
        says(1, "stop", "lift", "--connection", "till", "--reason", "x");
        assertThat(errors).contains("There is no stop of connection till but the file's.", "Delete the file");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        Files.delete(folder.resolve("STOP"));
        assertThat(says(0, "stop", "list")).isEmpty();
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    @Test
    void each_kind_of_end_has_its_command() {
        String redemption = shop.queued("five-off", "t-1");
        shop.bridge.rows.update("update redemption set status = 'PARKED', reason = 'unclear'");
        says(1, "redemptions", "release", redemption, "--note", "x");
        says(1, "redemptions", "done", redemption, "--executed", "--note", "x");
        assertThat(errors).contains("Only AIQ knows", "say that you looked");
        says(2, "redemptions", "done", redemption, "--executed", "--not-executed", "--looked-in-aiq", "--note", "x");
        says(0, "redemptions", "done", redemption, "--executed", "--looked-in-aiq", "--aiq-id", "R-77", "--note", "x");
        assertThat(shop.bridge.rows.queryForObject("select aiq_redemption_id from ledger", String.class))
                .isEqualTo("R-77");
        says(0, "redemptions", "reverse", redemption, "--note", "x");
        shop.bridge.rows.update("update reversal set status = 'PARKED', reason = 'order-again'");
        assertThat(says(0, "reversals", "list")).contains("v-" + redemption, "order-again", "…0100");
        says(0, "reversals", "give-up", "v-" + redemption, "--note", "x");
        assertThat(says(0, "reversals", "list")).isEmpty();
        says(0, "reversals", "done", "v-" + redemption, "--looked-in-aiq", "--note", "x");
        assertThat(shop.bridge.rows.queryForObject("select sum(points) from ledger", Double.class))
                .isZero();
        assertThat(says(0, "redemptions", "leaks")).isEmpty();
        assertThat(says(0, "carts", "list")).isEmpty();
        assertThat(says(0, "carts", "retry", "--note", "mended")).contains("0 cart(s) will be sent");
        says(1, "carts", "retry", "--connection", "till", "--note", "mended");
    }

    @Test
    void what_needs_a_look_is_listed_with_what_may_be_done_until_somebody_looked() throws IOException {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(says(0, "redemptions", "look")).isEmpty();
        shop.till.update("insert into taking_back values ('r-1', 't-1', 'return', ?, 2)", shop.wallClock());
        shop.poll();
        assertThat(says(0, "redemptions", "look", "--connection", "till"))
                .contains(
                        redemption,
                        "partly-returned: A part of the sale was returned. If the points should go back all the same, give them back.",
                        "The till completed sale t-1 over 42.50 by kim",
                        "AIQ's answer: EXECUTED",
                        "You may: redemptions reverse, redemptions looked-at")
                .doesNotContain("5555550100");
        assertThat(new ObjectMapper().readTree(says(0, "redemptions", "look", "--json")))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("redemption").path("id").asText()).isEqualTo(redemption);
                    assertThat(line.path("why").path(0).path("reason").asText()).isEqualTo("partly-returned");
                    assertThat(line.path("choices").path(1).path("command").asText())
                            .isEqualTo("redemptions looked-at");
                });
        says(2, "redemptions", "looked-at", redemption);
        assertThat(says(0, "redemptions", "looked-at", redemption, "--note", "two dollars only"))
                .contains("no longer needs a look");
        assertThat(says(0, "redemptions", "look")).isEmpty();
        says(1, "redemptions", "looked-at", redemption, "--note", "x");
        assertThat(errors).contains("It does not need a look");
    }

    @Test
    void comparing_the_books_says_how_many_need_a_look() throws IOException {
        Path whole = TestBridge.copyOfHome(Files.createDirectories(folder.resolve("whole")));
        Files.copy(
                home.resolve("config/application.properties"),
                whole.resolve("config/application.properties"),
                StandardCopyOption.REPLACE_EXISTING);
        home = whole;
        shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.bridge.run("pos-write-back-till");
        String today = LocalDate.ofInstant(shop.clock.instant(), Shop.ZONE).toString();
        assertThat(says(0, "reconcile", "--from", today, "--to", today)).doesNotContain("need a look");
        shop.till.update("insert into taking_back values ('r-1', 't-1', 'return', ?, 2)", shop.wallClock());
        shop.poll();
        assertThat(says(0, "reconcile", "--from", today, "--to", today))
                .contains(
                        "1 redemption(s) of these days need a look: aiq-bridge redemptions look",
                        "Everything balances.");
        assertThat(new ObjectMapper()
                        .readTree(says(0, "reconcile", "--from", today, "--to", today, "--json"))
                        .path("needs_look")
                        .asInt())
                .isEqualTo(1);
    }

    /** AIQ took the points, its lists lag a day, and a person has seen nothing there. */
    @Test
    void redeem_again_has_aiqs_records_looked_through_first() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.aiq.set("report-lag-ms", "999999999");
        shop.pollAndExecute();
        for (int hour = 0; hour < 30; hour++) {
            shop.passes(Duration.ofHours(1));
            shop.bridge.run("redemption-settle");
        }
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        shop.passes(Duration.ofHours(1));
        shop.aiq.set("report-lag-ms", "0");
        // a command goes by the machine's clock
        shop.bridge.rows.update(
                "update redemption set asked_at = ?",
                System.currentTimeMillis() - Duration.ofHours(1).toMillis());
        says(1, "redemptions", "retry", redemption, "--note", "x", "--looked-in-aiq");
        assertThat(errors).contains("AIQ is being asked", "Decide again in a minute");
        shop.passes(Duration.ofMinutes(1));
        shop.bridge.run("redemption-settle");
        says(1, "redemptions", "retry", redemption, "--note", "x", "--looked-in-aiq");
        assertThat(errors).contains("the redemption is EXECUTED");
        shop.pollAndExecute();
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
    }

    @Test
    void who_made_or_ended_a_key_is_in_the_audit_log() {
        String made = says(0, "keys", "add", "till").strip(),
                next = says(0, "keys", "rotate", "till").strip();
        says(0, "keys", "revoke", next.split("_")[1]);
        says(1, "keys", "revoke", next.split("_")[1]);
        List<String> audit = shop.bridge.rows.queryForList(
                "select action || ' ' || subject from audit where actor <> '' order by audit_id", String.class);
        assertThat(audit).containsExactly("key-add till", "key-rotate till", "key-revoke " + next.split("_")[1]);
        assertThat(shop.bridge.rows.queryForList("select coalesce(note, '') from audit", String.class))
                .noneMatch(note -> note.contains(made) || note.contains(next));
    }

    @Test
    void users_are_invited_with_a_role_which_can_be_changed() {
        says(1, "users", "add", "kim.lee");
        assertThat(errors).contains("What may kim.lee do?", "viewer", "manager", "owner");
        says(1, "users", "add", "kim.lee", "--role", "king");
        assertThat(says(0, "users", "add", "kim.lee", "--role", "manager"))
                .containsPattern("http://127.0.0.1:\\d+/first-password#[A-Z0-9-]{23}\n");
        assertThat(says(0, "users", "list")).containsPattern("kim.lee +manager +has set no password yet\n");
        assertThat(says(0, "users", "role", "kim.lee", "viewer")).contains("kim.lee is viewer: sees numbers and books");
        says(0, "users", "add", "kim.lee");
        says(0, "users", "reset", "kim.lee", "--second-factor");
        says(1, "users", "role", "nobody", "viewer");
        assertThat(says(0, "users", "list")).containsPattern("kim.lee +viewer ");
    }

    @Test
    void the_audit_is_read_by_filter_and_exported_whole() throws IOException {
        says(0, "keys", "add", "till");
        says(0, "users", "add", "kim.lee", "--role", "viewer");
        for (int i = 0; i < 1_500; i++) {
            shop.bridge.rows.update(
                    "insert into audit (happened_at, actor, action, subject, note) values (?, 'kim', 'inbox-replay', 'web', ?)",
                    i,
                    "note " + i);
        }
        assertThat(says(0, "audit", "--what", "key-add"))
                .contains("operator ", "key-add", "till")
                .doesNotContain("inbox-replay");
        assertThat(says(0, "audit").lines()).hasSize(50);
        assertThat(new ObjectMapper()
                        .readTree(says(0, "audit", "--who", "kim", "--limit", "3", "--json"))
                        .findValuesAsText("note"))
                .containsExactly("note 1499", "note 1498", "note 1497");
        assertThat(says(0, "audit", "--who", "kim", "--csv").lines()).hasSize(1_501);
        assertThat(says(0, "audit", "--since", "2026-01-01", "--subject", "web"))
                .isEmpty();
        says(
                0,
                "audit",
                "--subject",
                "kim.lee",
                "--csv",
                "--out",
                folder.resolve("audit.csv").toString());
        assertThat(Files.readString(folder.resolve("audit.csv")))
                .startsWith("time,who,what,subject,note\r\n")
                .contains(",page-user-add,kim.lee,viewer\r\n");
        says(1, "audit", "--csv", "--out", folder.resolve("audit.csv").toString());
        assertThat(errors).contains("already exists");
        says(1, "audit", "--since", "yesterday");
        assertThat(errors).contains("yesterday is not a time.");
    }

    @Test
    void what_there_is_not_is_said() {
        Stream.of(
                        new String[] {"redemptions", "list", "--account", "none"},
                        new String[] {"redemptions", "list", "--connection", "none"},
                        new String[] {"redemptions", "list", "--status", "LOST"},
                        new String[] {"redemptions", "list", "--customer", "5555550100"},
                        new String[] {"redemptions", "list", "--from", "yesterday"},
                        new String[] {"redemptions", "show", "none"},
                        new String[] {"redemptions", "look", "--account", "none"},
                        new String[] {"redemptions", "look", "--connection", "none"},
                        new String[] {"redemptions", "looked-at", "none", "--note", "x"},
                        new String[] {"redemptions", "release", "none", "--note", "x"},
                        new String[] {"reversals", "retry", "none", "--note", "x"},
                        new String[] {"carts", "list", "--connection", "till"})
                .forEach(words -> {
                    says(1, words);
                    assertThat(errors).contains("Hint: ").doesNotContain("Exception");
                });
    }

    @Test
    void the_statements_for_a_tills_owner_alone_run_as_they_are_printed() throws IOException {
        String url = Databases.postgresql();
        String database = url.replaceAll("^.*/|[?].*$", "");
        String login = "reader_of_" + database;
        Shop.connection(
                folder,
                "real",
                "make = view\nrequests = on\nrequests.username = asker_of_" + database + "\njdbc.url = "
                        + url.replaceFirst("[?].*$", "") + "\njdbc.username = " + login + "\n");
        String printed = says(0, "check", "real", "--sql");
        assertThat(printed)
                .startsWith(Files.readAllLines(TestBridge.HOME.resolve("routes/pos/view/owner.postgresql.sql"))
                        .get(0))
                .contains("create view aiq_sales", login, "create table aiq_request", "asker_of_" + database)
                .doesNotContain("{login}", "{database}", "OK    ", "WARN", "FAIL", "Hint:");

        JdbcTemplate owner = new JdbcTemplate(new DriverManagerDataSource(url));
        Databases.script(owner, Path.of("src/test/resources/pos/view.postgresql.sql"), login, database);
        Databases.script(owner, Files.writeString(folder.resolve("printed.sql"), printed), "", "");
        JdbcTemplate reader = new JdbcTemplate(new DriverManagerDataSource(url.replaceFirst("[?].*$", ""), login, ""));
        assertThat(reader.queryForList("select transaction_id from aiq_sales")).isEmpty();

        String back = says(0, "leave", "real", "--sql");
        assertThat(back)
                .contains(
                        "drop role if exists " + login,
                        "drop role if exists asker_of_" + database,
                        "-- kept, for the auditor")
                .doesNotContain("Till ", "OPEN");
        Databases.script(owner, Files.writeString(folder.resolve("back.sql"), back), "", "");
        assertThat(owner.queryForList("select rolname from pg_roles where rolname like '%_of_" + database + "'"))
                .isEmpty();
        assertThat(owner.queryForList("select viewname from pg_views where viewname like 'aiq_%'"))
                .isEmpty();
        assertThat(owner.queryForList("select * from aiq_request")).isEmpty();
        Databases.drop(url);
    }

    @Test
    void what_the_owner_of_a_mariadb_gave_is_taken_back() throws IOException {
        String url = Databases.mariadb();
        String database = url.replaceAll("^.*/|[?].*$", "");
        String login = "leaver_" + database;
        Shop.connection(
                folder,
                "leaving",
                "make = view\njdbc.url = " + url.replaceFirst("[?].*$", "") + "\njdbc.username = " + login + "\n");
        JdbcTemplate owner = new JdbcTemplate(new DriverManagerDataSource(url));
        Databases.script(owner, Path.of("src/test/resources/pos/view.mariadb.sql"), login, database);
        Databases.script(
                owner, Files.writeString(folder.resolve("gave.sql"), says(0, "check", "leaving", "--sql")), "", "");
        String rights = "select user from mysql.user where user = '" + login + "'";
        assertThat(owner.queryForList(rights)).isNotEmpty();
        Databases.script(
                owner, Files.writeString(folder.resolve("back.sql"), says(0, "leave", "leaving", "--sql")), "", "");
        assertThat(owner.queryForList(rights)).isEmpty();
        assertThat(owner.queryForList(
                        "select table_name from information_schema.views where table_schema = ? and table_name like 'aiq%'",
                        database))
                .isEmpty();
    }

    @Test
    void who_leaves_hears_what_is_open_what_to_export_and_what_is_kept() {
        shop.queued("five-off", "t-1");
        assertThat(says(1, "leave", "till"))
                .contains(
                        "OPEN: ",
                        "redemption(s)",
                        "config/pos/till.properties",
                        "ledger export",
                        "What is kept, and why");
        assertThat(says(0, "leave", "till", "--sql"))
                .as("other-till reads the same database")
                .contains("-- still used by other-till: drop view if exists aiq_sales;");
        assertThat(says(1, "leave", "green-leaf")).contains("Till till", "At AIQ: end the API key of green-leaf");
        assertThat(says(1, "leave", "nobody")).isEmpty();
        assertThat(errors).contains("There is no connection and no account nobody.");
    }

    @Test
    void the_statements_for_a_tills_owner_are_printed_before_anything_can_be_reached() throws IOException {
        Shop.connection(
                folder,
                "away",
                "make = ospos\nwrite-back = off\njdbc.url = jdbc:mariadb://127.0.0.1:" + TestBridge.freePort()
                        + "/ospos\njdbc.username = aiq_reader\n");
        Shop.connection(
                folder,
                "odd",
                "make = odoo\nwrite-back = off\njdbc.url = jdbc:sqlite:" + folder.resolve("none.db")
                        + "\njdbc.username = none\n");
        Files.writeString(
                home.resolve("config/application.properties"),
                "\nstore.url = jdbc:sqlite:" + folder.resolve("no/such/bridge.db") + "\n",
                StandardOpenOption.APPEND);
        assertThat(says(0, "check", "away", "--sql"))
                .contains("aiq_reader", "ospos_sales")
                .doesNotContain("{login}", "{database}");
        assertThat(folder.resolve("none.db")).doesNotExist();

        assertThat(says(1, "check", "odd", "--sql")).isEmpty();
        assertThat(errors).contains("The make odoo has no statements for the owner on sqlite.");
        assertThat(says(1, "check", "no-such-till", "--sql")).isEmpty();
        assertThat(errors).contains("There is no till no-such-till.");
        assertThat(says(2, "check", "--sql")).isEmpty();
        assertThat(errors).contains("--sql needs the name of a till.");
    }
}
