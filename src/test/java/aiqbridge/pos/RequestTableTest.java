package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.stop.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A till that can only write to its database asks by its request table, which its owner made from the printed statements. */
class RequestTableTest {
    private static final String ADA = "(555) 555-0100";

    @TempDir
    Path folder;

    private Shop shop;
    private JdbcTemplate table;
    private String url;

    @AfterEach
    void close() {
        if (shop != null) {
            shop.close();
        }
    }

    private void till(String engine, String... lines) {
        String full =
                switch (engine) {
                    case "postgresql" -> Databases.postgresql();
                    case "mariadb" -> Databases.mariadb();
                    default -> "jdbc:sqlite:" + folder.resolve("asking.db") + "?busy_timeout=10000";
                };
        url = engine.equals("sqlite") ? full : full.replaceFirst("[?].*$", "");
        String database = url.replaceAll("^.*/|[?].*$", "");
        table = new JdbcTemplate(new DriverManagerDataSource(full));
        Databases.script(table, Path.of("src/test/resources/pos/view." + engine + ".sql"), "", "");
        Databases.script(table, Path.of("routes/pos/view/owner." + engine + ".sql"), "reader_" + database, database);
        Databases.script(table, Path.of("routes/pos/requests-owner." + engine + ".sql"), "asker_" + database, database);
        if (engine.equals("mariadb")) {
            table.execute("alter user 'reader_" + database + "'@'%' identified by ''");
            table.execute("alter user 'asker_" + database + "'@'%' identified by ''");
        }
        Shop.connection(
                folder,
                "real",
                "make = view\nwrite-back = off\nrequests = on\nrequests.username = asker_" + database + "\njdbc.url = "
                        + url + "\njdbc.username = reader_" + database + "\n" + String.join("\n", lines) + "\n");
        shop = new Shop(folder);
        shop.moveTo("real");
    }

    private void writes(String id, String kind, Map<String, Object> columns) {
        Map<String, Object> row = new TreeMap<>(columns);
        row.put("request_id", id);
        row.put("kind", kind);
        table.update(
                "insert into aiq_request (" + String.join(", ", row.keySet()) + ") values ("
                        + String.join(", ", row.keySet().stream().map(c -> "?").toList()) + ")",
                row.values().toArray());
    }

    private Map<String, Object> row(String id) {
        return table.queryForMap("select * from aiq_request where request_id = ?", id);
    }

    private Map<String, Object> asks(String id, String kind, Map<String, Object> columns) {
        writes(id, kind, columns);
        shop.bridge.run("pos-requests-real");
        return row(id);
    }

    private Map<String, Object> adasWallet() {
        asks("v", "VERIFY", Map.of("phone", ADA));
        return asks("w", "VIEW", Map.of("phone", ADA, "code", String.valueOf(shop.aiq.pin("c-ada"))));
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(String.valueOf(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_code_a_wallet_and_a_reward_are_asked_for_and_answered_in_the_table(String engine) {
        till(engine);
        assertThat(asks("v", "VERIFY", Map.of("phone", ADA)))
                .containsEntry("status", "DONE")
                .containsEntry("problem", null);
        Map<String, Object> wallet =
                asks("w", "VIEW", Map.of("phone", ADA, "code", String.valueOf(shop.aiq.pin("c-ada"))));
        assertThat(wallet).containsEntry("status", "DONE").containsEntry("code", null);
        assertThat(number(wallet.get("points"))).isEqualByComparingTo("1233");
        assertThat(table.queryForList(
                        "select discount_id from aiq_request_discount where request_id = 'w' and usable = 1",
                        String.class))
                .contains("five-off");
        assertThat(table.queryForList(
                        "select points from aiq_request_discount where request_id = 'w' and discount_id = 'five-off'",
                        BigDecimal.class))
                .singleElement()
                .satisfies(p -> assertThat(p).isEqualByComparingTo("100"));

        Map<String, Object> reward = asks(
                "r",
                "REDEEM",
                Map.of(
                        "wallet_session",
                        wallet.get("wallet_session"),
                        "discount_id",
                        "five-off",
                        "transaction_id",
                        "s-1",
                        "employee",
                        "kim"));
        assertThat(reward).containsEntry("status", "DONE").containsEntry("redemption_status", "QUEUED");
        assertThat(String.valueOf(reward.get("note"))).startsWith("AIQ-");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
        shop.poll();
        table.update("insert into sale (id, completed_at, total, state) values ('s-1', "
                + (engine.equals("sqlite") ? "'" + shop.wallClock() + "'" : "timestamp '" + shop.wallClock() + "'")
                + ", 42.5, 'completed')");
        shop.pollAndExecute();
        assertThat(shop.status((String) reward.get("redemption_id"))).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "sqlite"})
    void a_crash_in_between_redeems_once_and_loses_no_request(String engine) {
        till(engine);
        Map<String, Object> wallet = adasWallet();
        Map<String, Object> first =
                asks("r", "REDEEM", Map.of("wallet_session", wallet.get("wallet_session"), "discount_id", "five-off"));
        // as if the process had died after the redemption was committed and before its answer was
        table.update(
                "update aiq_request set status = 'WORKING', redemption_id = null, note = null, claimed_at = claimed_at - 300 where request_id in ('r', 'w')");
        shop.restart();
        shop.bridge.run("pos-requests-real");
        assertThat(row("r"))
                .containsEntry("status", "DONE")
                .containsEntry("redemption_id", first.get("redemption_id"))
                .containsEntry("note", first.get("note"));
        assertThat(row("w")).containsEntry("status", "TRY_AGAIN").containsEntry("problem", "interrupted");
        assertThat(shop.bridge.statuses()).hasSize(1);
    }

    @Test
    void what_another_is_working_on_is_left_alone() {
        till("sqlite");
        writes("v", "VERIFY", Map.of("phone", ADA));
        table.update("update aiq_request set status = 'WORKING', claimed_at = asked_at");
        shop.bridge.run("pos-requests-real");
        assertThat(row("v")).containsEntry("status", "WORKING");
        assertThat(shop.aiq.requests("verify")).isEmpty();
    }

    @Test
    void two_looks_at_once_ask_once() throws ExecutionException, InterruptedException {
        till("postgresql");
        writes("v", "VERIFY", Map.of("phone", ADA));
        CompletableFuture.allOf(
                        Stream.generate(() -> CompletableFuture.runAsync(() -> shop.bridge.run("pos-requests-real")))
                                .limit(4)
                                .toArray(CompletableFuture[]::new))
                .get();
        assertThat(row("v")).containsEntry("status", "DONE");
        assertThat(shop.aiq.requests("verify")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "DROP, 555-555-0100, 1234, field-invalid",
                "VIEW, call the shop, 1234, field-invalid",
                "VIEW, 555-555-0100, 12x4, field-invalid",
                "VIEW, 555-555-0100, 1234, no-code-expected",
                "VERIFY, null, 1234, field-invalid",
                "REDEEM, 555-555-0100, 1234, field-invalid",
                "SIGNUP, 555-555-0100, 1234, field-invalid",
                "view, 555-555-0100, 1234, field-invalid"
            })
    void whatever_is_wrong_is_said_and_the_code_is_gone(String kind, String phone, String code, String problem) {
        till("sqlite");
        Map<String, Object> columns = new TreeMap<>(Map.of("code", code));
        if (phone != null) {
            columns.put("phone", phone);
        }
        assertThat(asks("x", kind, columns))
                .containsEntry("status", "REFUSED")
                .containsEntry("problem", problem)
                .containsEntry("code", null)
                .satisfies(row -> assertThat(String.valueOf(row.get("message")))
                        .isNotBlank()
                        .doesNotContain("1234", "555-0100", "5555550100"));
    }

    @Test
    void a_wrong_code_is_refused_and_gone_and_the_tries_are_counted_as_over_http() {
        till("sqlite");
        shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", ADA));
        for (int i = 0; i < 5; i++) {
            assertThat(asks("w" + i, "VIEW", Map.of("phone", ADA, "code", "0000")))
                    .containsEntry("status", "REFUSED")
                    .containsEntry("problem", "code-wrong")
                    .containsEntry("code", null);
        }
        assertThat(asks("w5", "VIEW", Map.of("phone", ADA, "code", String.valueOf(shop.aiq.pin("c-ada")))))
                .containsEntry("status", "REFUSED")
                .containsEntry("problem", "no-code-expected")
                .containsEntry("code", null);
        assertThat(asks("v", "VERIFY", Map.of("phone", ADA)))
                .containsEntry("status", "TRY_AGAIN")
                .containsEntry("problem", "too-many");
        assertThat(shop.bridge.rows.queryForList("select actor || ' ' || action from audit", String.class))
                .anyMatch(line -> line.endsWith(" till-limited"));
    }

    @Test
    void while_it_is_stopped_the_till_is_told_to_try_again() {
        till("sqlite", "pin = not-required");
        Object session = asks("w", "VIEW", Map.of("phone", ADA)).get("wallet_session");
        shop.bridge.bridge().stops().stop(Scope.connection("real"), "kim", "points vanish");
        for (Map<String, Object> answer : List.of(
                asks("v", "VERIFY", Map.of("phone", ADA)),
                asks(
                        "r",
                        "REDEEM",
                        Map.of("wallet_session", session, "discount_id", "five-off", "transaction_id", "t-1")))) {
            assertThat(answer).containsEntry("status", "TRY_AGAIN").containsEntry("problem", "stopped");
        }
        assertThat(shop.bridge.statuses()).isEmpty();
        assertThat(shop.aiq.requests("verify")).isEmpty();
        assertThat(asks("w2", "VIEW", Map.of("phone", ADA))).containsEntry("status", "DONE");
    }

    @Test
    void a_wallet_does_not_open_without_a_code() {
        till("sqlite");
        assertThat(asks("w", "VIEW", Map.of("phone", ADA)))
                .containsEntry("status", "REFUSED")
                .containsEntry("problem", "code-required");
    }

    @Test
    void a_wallet_opens_without_a_code_where_the_connection_says_so() {
        till("sqlite", "pin = not-required");
        assertThat(asks("w", "VIEW", Map.of("phone", ADA)))
                .containsEntry("status", "DONE")
                .satisfies(row -> assertThat(number(row.get("points"))).isEqualByComparingTo("1233"));
    }

    @Test
    void another_tills_wallet_session_is_worth_nothing_here() {
        till("sqlite");
        String session =
                shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", ADA)).text("walletSession");
        assertThat(session).isNotNull();
        assertThat(asks("r", "REDEEM", Map.of("wallet_session", session, "discount_id", "five-off")))
                .containsEntry("status", "REFUSED")
                .containsEntry("problem", "wallet-session-unknown");
    }

    @Test
    void a_customer_signs_up_with_the_text_that_was_shown() {
        till("mariadb");
        JsonNode text = shop.get(shop.key, "/api/v1/consent-text").json();
        Map<String, Object> consent = new TreeMap<>(Map.of(
                "phone",
                "555-555-0177",
                "first_name",
                "Cleo",
                "sms_opt_in",
                0,
                "text_version",
                text.path("textVersion").asText(),
                "text_hash",
                text.path("textHash").asText(),
                "language",
                "en",
                "employee",
                "kim"));
        assertThat(asks("n", "SIGNUP", consent))
                .containsEntry("status", "REFUSED")
                .satisfies(row -> assertThat(row.get("message").toString()).contains("consent"));
        consent.put("consent", 1);
        assertThat(asks("s", "SIGNUP", consent)).containsEntry("status", "DONE");
        assertThat(shop.aiq.requests("signup")).hasSize(1);
        assertThat(shop.bridge.rows.queryForList("select staff from consent where purpose = 'loyalty'", String.class))
                .containsExactly("kim");
    }

    @Test
    void when_aiq_is_away_the_till_is_told_to_try_again() {
        till("sqlite");
        shop.aiq.fault("verify", "status-500", 1);
        assertThat(asks("v", "VERIFY", Map.of("phone", ADA))).containsEntry("status", "TRY_AGAIN");
    }

    @Test
    void a_code_that_comes_too_late_is_not_sent() {
        till("sqlite");
        writes("v", "VERIFY", Map.of("phone", ADA));
        table.update("update aiq_request set asked_at = asked_at - 3600");
        shop.bridge.run("pos-requests-real");
        assertThat(row("v")).containsEntry("status", "TRY_AGAIN").containsEntry("problem", "too-late");
        assertThat(shop.aiq.requests("verify")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void the_tables_login_sees_nothing_else(String engine) {
        till(engine);
        String database = url.replaceAll("^.*/|[?].*$", "");
        JdbcTemplate asker = new JdbcTemplate(new DriverManagerDataSource(url, "asker_" + database, ""));
        assertThat(asker.queryForList("select * from aiq_request")).isEmpty();
        for (String no : List.of(
                "select * from sale",
                "select * from aiq_sales",
                "delete from aiq_request",
                "insert into aiq_request (request_id, kind) values ('x', 'VERIFY')",
                "delete from aiq_request_discount")) {
            assertThatThrownBy(() -> asker.execute(no)).as(no).isNotNull();
        }
    }

    @Test
    void the_table_is_not_looked_at_unless_the_connection_says_so() {
        till("sqlite", "requests = off");
        shop.restart(List.of(TestBridge.everyRouteAtOnce()));
        writes("v", "VERIFY", Map.of("phone", ADA));
        assertThat(shop.bridge.bridge().camel().getRoutes())
                .noneMatch(r -> r.getRouteId().startsWith("pos-request")
                        && r.getRouteId().endsWith("-real"));
        assertThat(row("v")).containsEntry("status", "NEW");
    }

    @Test
    void a_request_table_that_cannot_be_read_is_named_until_it_can_and_the_sales_are_read_all_the_while() {
        till("sqlite");
        shop.restart(List.of("clock.auto-startup", "true", "pos.requests-every", "100ms", "pos.poll-every", "100ms"));
        table.execute("alter table aiq_request rename to away");
        await().ignoreExceptions().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        shop.bridge.rows.queryForMap(
                                "select requests_error, last_error, polled_at from pos_poll where connection = 'real'"))
                .containsEntry("last_error", null)
                .hasEntrySatisfying("requests_error", error -> assertThat((String) error)
                        .contains("does not fit the till's database", "aiq_request"))
                .hasEntrySatisfying("polled_at", at -> assertThat(at).isNotNull()));
        table.execute("alter table away rename to aiq_request");
        await().ignoreExceptions().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        shop.bridge.rows.queryForMap("select requests_error from pos_poll where connection = 'real'"))
                .containsEntry("requests_error", null));
    }

    @Test
    void no_code_and_no_phone_is_kept_in_our_own_database() {
        till("sqlite");
        Map<String, Object> wallet = adasWallet();
        asks("r", "REDEEM", Map.of("wallet_session", wallet.get("wallet_session"), "discount_id", "five-off"));
        shop.passes(Duration.ofSeconds(1));
        assertThat(shop.bridge
                        .rows
                        .queryForList("select request_key from idempotency_key")
                        .toString())
                .contains("table r")
                .doesNotContain("0100", String.valueOf(shop.aiq.pin("c-ada")));
    }
}
