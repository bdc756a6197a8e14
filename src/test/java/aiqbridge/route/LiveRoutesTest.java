package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.Sha256;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.TestBridge.TestClock;
import aiqbridge.account.Account;
import aiqbridge.pos.MakeBroken;
import aiqbridge.privacy.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An engineer saves files under a running bridge, good and bad ones. */
class LiveRoutesTest {
    @TempDir
    Path home;

    private final List<String> said = new ArrayList<>();
    private Bridge bridge;
    private LiveRoutes live;
    private ProducerTemplate routes;
    private JdbcTemplate rows;

    @BeforeEach
    void run() throws IOException {
        TestBridge.copyOfHome(home);
        start();
    }

    private void start() throws IOException {
        Properties values = new Properties();
        values.putAll(Settings.load(home.resolve("config/application.properties")));
        values.putAll(Map.of(
                "http.port",
                Integer.toString(TestBridge.freePort()),
                "http.management-port",
                Integer.toString(TestBridge.freePort()),
                "clock.auto-startup",
                "false",
                "aiq.base-url",
                "http://127.0.0.1:1"));
        Settings settings = Settings.of(values);
        TestClock clock = TestClock.atNow();
        bridge = Bridge.start(home, settings, clock, false);
        live = bridge.live(home, settings, clock, said::add);
        routes = bridge.camel().createProducerTemplate();
        rows = new JdbcTemplate(bridge.store().source());
    }

    @AfterEach
    void stop() {
        live.close();
        bridge.close();
    }

    private String save(String file, String from, String to) throws IOException {
        Path path = home.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        return save(file, text.replace(from, to));
    }

    private String save(String file, String text) throws IOException {
        Files.writeString(home.resolve(file), text);
        said.clear();
        live.look();
        return String.join("\n", said);
    }

    private static String route(String steps) {
        return "- route:\n    id: try-out\n    group: redemption\n    description: Something is tried.\n    errorHandler:\n      noErrorHandler: {}\n    from:\n      uri: direct:try-out\n      steps:\n"
                + steps.indent(8);
    }

    private static String answers(String text) {
        return route("- setBody:\n    expression:\n      constant:\n        expression: " + text);
    }

    private Object tryOut() {
        return routes.requestBody("direct:try-out", (Object) null);
    }

    @Test
    void a_saved_route_runs_at_once_and_is_in_the_audit_log() throws IOException {
        assertThat(save("routes/redemption/try-out.camel.yaml", answers("one")))
                .contains("try-out.camel.yaml is new", "reloaded try-out");
        assertThat(tryOut()).isEqualTo("one");
        assertThat(save("routes/redemption/try-out.camel.yaml", answers("two")))
                .contains("was saved", "reloaded try-out");
        assertThat(tryOut()).isEqualTo("two");
        assertThat(rows.queryForList(
                        "select subject || ' ' || note from audit where action = 'route-reload' order by audit_id",
                        String.class))
                .containsExactly(
                        "routes/redemption/try-out.camel.yaml sha256 " + Sha256.hex(answers("one")),
                        "routes/redemption/try-out.camel.yaml sha256 " + Sha256.hex(answers("two")));
        said.clear();
        live.look();
        assertThat(said).isEmpty();
    }

    @Test
    void a_saved_statement_runs_at_once() throws IOException {
        // a running bridge works in its home; a test does not
        Path statement =
                Files.writeString(home.resolve("routes/redemption/try-out.sql"), "-- Nothing.\nselect 7 as n\n");
        save(
                "routes/redemption/try-out.camel.yaml",
                route("- to: {uri: 'sql', parameters: {query: 'file:" + statement + "', dataSource: '#bean:store'}}"));
        assertThat(tryOut()).isEqualTo(List.of(Map.of("n", 7)));
        assertThat(save("routes/redemption/try-out.sql", "-- Nothing.\nselect 8 as n\n"))
                .contains("try-out.sql was saved", "reloaded try-out");
        assertThat(tryOut()).isEqualTo(List.of(Map.of("n", 8)));
        save("routes/redemption/try-out.sql", "-- One parameter.\nselect length(:#${routeId}) as n\n");
        assertThat(tryOut()).isEqualTo(List.of(Map.of("n", 7)));
        save(
                "routes/redemption/try-out.sql",
                "-- One more.\nselect length(:#${routeId}) + length(:#${routeId}) as n\n");
        assertThat(tryOut()).isEqualTo(List.of(Map.of("n", 14)));
    }

    /** A step, its line, and what is wrong with it. */
    private static final List<List<String>> BROKEN = List.of(
            List.of("- setBoddy:", "line 14", "setBoddy"),
            List.of("- setBody: [", "line 15", "not YAML"),
            List.of("- to: {uri: 'nowhere:x'}", "line 14", "nowhere"),
            List.of(
                    "- to: {uri: 'sql', parameters: {query: 'file:routes/none.sql', dataSource: '#bean:store'}}",
                    "line 14",
                    "none.sql"),
            List.of(
                    "- to: {uri: 'sql', parameters: {query: 'file:routes/cart/send/watch.sql', dataSource: '#bean:stoer'}}",
                    "line 14",
                    "stoer"),
            List.of(
                    "- to: {uri: 'sql', parameters: {query: 'file:routes/cart/send/watch.sql', dataSuorce: '#bean:store'}}",
                    "line 14",
                    "dataSuorce"),
            List.of("- bean: {ref: noSuchBean, method: x}", "line 14", "noSuchBean"));

    @Test
    void a_broken_file_leaves_the_old_route_running_and_says_where() throws IOException {
        save("routes/redemption/try-out.camel.yaml", answers("0"));
        for (int i = 1; i <= BROKEN.size(); i++) {
            List<String> broken = BROKEN.get(i - 1);
            String good = answers(Integer.toString(i));
            assertThat(save(
                            "routes/redemption/try-out.camel.yaml",
                            good + broken.get(0).indent(8)))
                    .as(broken.get(0))
                    .contains(
                            "NOT reloaded, the old version keeps running. routes/redemption/try-out.camel.yaml, "
                                    + broken.get(1),
                            broken.get(2));
            assertThat(tryOut()).as(broken.get(0)).isEqualTo(Integer.toString(i - 1));
            assertThat(rows.queryForObject("select count(*) from audit where action = 'route-reload'", Integer.class))
                    .as(broken.get(0))
                    .isEqualTo(i);
            assertThat(save("routes/redemption/try-out.camel.yaml", good))
                    .as("after " + broken.get(0))
                    .contains("reloaded try-out");
            assertThat(tryOut()).isEqualTo(Integer.toString(i));
        }
    }

    /** The folder is as trusted as the program (routes/README.md section 4): what a start takes is taken here too. */
    @Test
    void nothing_is_refused_that_a_start_would_take() throws IOException {
        assertThat(save(
                        "routes/redemption/try-out.camel.yaml",
                        answers("one") + "- wireTap: {uri: 'log:tapped'}\n".indent(8)))
                .contains("reloaded try-out");
        assertThat(tryOut()).isEqualTo("one");
        assertThat(
                        save(
                                "routes/redemption/try-out.camel.yaml",
                                route(
                                        "- setBody: {expression: {constant: {expression: '0'}}}\n- bean: {beanType: java.time.LocalDate, method: ofEpochDay(0)}")))
                .contains("reloaded try-out");
        assertThat(tryOut()).hasToString("1970-01-01");
    }

    /** An account prints as its name, whoever logs it. */
    @Test
    void a_route_that_reads_an_account_logs_no_key() throws IOException {
        bridge.accounts()
                .save(new Account("green-leaf", "Green Leaf", "1001", new ApiKey("demo-key"), "US", ZoneId.of("UTC")));
        save(
                "routes/redemption/try-out.camel.yaml",
                route("- setBody: {expression: {simple: {expression: '${bean:accounts?method=get(green-leaf)}'}}}"));
        assertThat(tryOut()).hasToString("Account[green-leaf]");
    }

    @Test
    void a_saved_clock_ticks_on_and_the_old_one_does_not() throws IOException {
        Path tick = Files.writeString(
                home.resolve("routes/redemption/tick.sql"),
                "-- Ticked.\nupdate installation set restored_at = coalesce(restored_at, 0) + 1\n");
        String clock = route("- to: {uri: 'sql', parameters: {query: 'file:" + tick
                        + "', dataSource: '#bean:store', noop: 'true'}}")
                .replace(
                        "uri: direct:try-out",
                        "uri: quartz:redemption/try-out\n      parameters:\n        trigger.repeatInterval: \"100\"\n        trigger.repeatCount: \"-1\"");
        assertThat(save("routes/redemption/try-out.camel.yaml", clock)).contains("reloaded try-out");
        await().until(() -> ticks() > 2);
        Files.writeString(tick, "-- Ticked.\nupdate installation set restored_at = coalesce(restored_at, 0) + 1000\n");
        live.look();
        rows.update("update installation set restored_at = 0");
        await().until(() -> ticks() > 3_000);
        assertThat(ticks() % 1000).as("ticks of the old one").isZero();
    }

    private int ticks() {
        return rows.queryForObject("select coalesce(restored_at, 0) from installation", Integer.class);
    }

    @Test
    void each_kind_of_shipped_file_can_be_saved() throws IOException {
        for (String file : List.of(
                "redemption/execute redemption-send",
                "redemption/outcome redemption-outcome",
                "cart/sweep cart-sweep",
                "api/wallet api-wallet-view",
                "storefront/webhook webhook",
                "health/watch health-watch")) {
            String path = "routes/" + file.replaceFirst(" .*", ".camel.yaml");
            assertThat(save(path, Files.readString(home.resolve(path)) + "# looked at\n"))
                    .contains("reloaded ", file.replaceFirst(".* ", ""));
        }
    }

    @Test
    void templates_and_policies_run_at_once_too() throws IOException {
        assertThat(save("routes/aiq/calls.camel.yaml", "ref: aiqRequest,", "ref: aiqRequests,"))
                .contains(
                        "NOT reloaded, the old version keeps running. routes/aiq/calls.camel.yaml, line ",
                        "aiqRequests");
        assertThat(save("routes/aiq/calls.camel.yaml", "ref: aiqRequests,", "ref: aiqRequest ,"))
                .contains("reloaded aiq-", "aiq-call-verify");
        assertThat(save("routes/clocks.camel.yaml", "{{cart.sweep-every-ms}}", "{{cart.send-every-ms}}"))
                .contains("reloaded ", "cart-sweep-clock");
        assertThat(save(
                        "routes/redemption/try-out.camel.yaml",
                        route("- throwException: {exceptionType: java.lang.IllegalStateException, message: none}")
                                .replace(
                                        "    errorHandler:\n      noErrorHandler: {}\n",
                                        "    routeConfigurationId: policy-try-out\n")))
                .contains("there is no policy policy-try-out");
        String policies = Files.readString(home.resolve("routes/policies.camel.yaml"));
        for (String answer : List.of("one", "two")) {
            assertThat(save(
                            "routes/policies.camel.yaml",
                            policies
                                    + "- routeConfiguration:\n    id: policy-try-out\n    onException:\n      - onException:\n          exception: [java.lang.Throwable]\n          handled: {constant: {expression: \"true\"}}\n          steps:\n            - setBody: {expression: {constant: {expression: "
                                    + answer + "}}}\n"))
                    .contains("reloaded ", "try-out");
            assertThat(tryOut()).isEqualTo(answer);
        }
    }

    @Test
    void a_broken_make_holds_nobody_up_and_what_is_saved_is_tried_on_the_tills_own_database() throws IOException {
        stop();
        // a running bridge works in its home; a test does not
        Path polls = home.resolve("routes/pos/poll.camel.yaml");
        Files.writeString(
                polls,
                Files.readString(polls).replace("file:routes/pos/{{sales}}", "file:" + home + "/routes/pos/{{sales}}"));
        String url = "jdbc:sqlite:" + home.resolve("till.db");
        JdbcTemplate till = new JdbcTemplate(new DriverManagerDataSource(url));
        till.execute(
                "create view aiq_sales as select 1 as transaction_id, '2026-11-25 12:00:00' as completed_at, 1 as total, null as location, null as phone, null as email, null as customer_id, null as note, null as discount_ids, null as discount_total, null as employee");
        till.execute(
                "create view aiq_reversals as select 1 as transaction_id, 1 as original_transaction_id, 'void' as kind, '2026-11-25 12:00:00' as reversed_at, null as amount, null as location");
        String good = Files.readString(home.resolve("routes/pos/view/sales.sql"));
        String broken = good.replace(":#since_id", ":#sinse_id");
        Files.writeString(Files.createDirectory(home.resolve("routes/pos/odd")).resolve("sales.sql"), broken);
        Shop.connection(
                home.resolve("config"),
                "odd-till",
                "make = odd\njdbc.url = " + url + "\njdbc.username = r\nwrite-back = off\n");
        Shop.connection(
                home.resolve("config"),
                "till",
                "make = view\njdbc.url = " + url + "\njdbc.username = r\nwrite-back = off\n");
        Shop.connection(
                home.resolve("config"),
                "away",
                "make = view\njdbc.url = jdbc:postgresql://127.0.0.1:1/till\njdbc.username = r\nwrite-back = off\n");
        start();
        bridge.accounts()
                .save(new Account(
                        "green-leaf", "Green Leaf", "1001", new ApiKey("demo-key"), "US", ZoneId.of("America/Denver")));

        assertThat(save("routes/redemption/try-out.camel.yaml", answers("one"))).contains("reloaded try-out");
        Path policies = home.resolve("routes/policies.camel.yaml");
        assertThat(save("routes/policies.camel.yaml", Files.readString(policies) + "# looked at\n"))
                .contains("reloaded ", "pos-poll-odd-till");
        assertThatThrownBy(() -> routes.requestBody("direct:pos-poll-odd-till", (Object) null))
                .hasRootCauseInstanceOf(MakeBroken.class)
                .rootCause()
                .hasMessageContaining("nobody binds :#sinse_id");
        assertThat(save("routes/pos/odd/sales.sql", broken + "-- still\n"))
                .contains("NOT reloaded", "routes/pos/odd/sales.sql, line ", "nobody binds :#sinse_id");
        assertThat(save("routes/pos/odd/sales.sql", good)).contains("reloaded ", "pos-poll-odd-till");
        routes.requestBody("direct:pos-poll-odd-till", (Object) null);
        assertThat(rows.queryForObject(
                        "select count(*) from pos_poll where connection = 'odd-till' and polled_at is not null and last_error is null",
                        Integer.class))
                .isOne();

        assertThat(save("routes/pos/view/sales.sql", good.replace("order by completed_at", "order by completed_by")))
                .contains(
                        "NOT reloaded, the old version keeps running. routes/pos/view/sales.sql, line ",
                        ": it does not fit the till's database: no such column: completed_by. Is a table")
                .contains("routes/pos/view/sales.sql: the database of away cannot be asked now");
        assertThat(save("routes/pos/view/sales.sql", good + "-- looked at\n")).contains("reloaded ", "pos-poll-till");
    }

    @Test
    void what_is_read_at_the_start_says_so() throws IOException {
        for (String file :
                List.of("routes/storefront/generic/events.jslt", "routes/storefront/generic/kind.properties")) {
            save(file, Files.readString(home.resolve(file)) + "\n");
            assertThat(said)
                    .containsExactly(
                            file + " was saved",
                            file + " is read at the start: aiq-bridge check looks at it, restart the bridge");
        }
        assertThat(rows.queryForObject("select count(*) from audit where action = 'route-reload'", Integer.class))
                .isZero();
    }

    @Test
    void a_file_that_is_gone_stops_unless_another_needs_it() throws IOException {
        save("routes/redemption/try-out.camel.yaml", answers("old"));
        Files.delete(home.resolve("routes/redemption/try-out.camel.yaml"));
        said.clear();
        live.look();
        assertThat(said).containsExactly("routes/redemption/try-out.camel.yaml was removed", "stopped try-out");
        Files.delete(home.resolve("routes/cart/send.camel.yaml"));
        said.clear();
        live.look();
        assertThat(String.join("\n", said))
                .contains("NOT reloaded, the old version keeps running. routes/clocks.camel.yaml", "direct:cart-send");
        assertThat(bridge.camel().getRoute("cart-send")).isNotNull();
    }
}
