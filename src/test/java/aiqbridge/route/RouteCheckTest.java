package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.TestBridge.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped files are good on both databases, and each thing that can be wrong with them is found, with its line and what to write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteCheckTest {
    private TestBridge bridge;
    private RouteCheck check;
    private Map<String, String> files;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        bridge = new TestBridge(folder, TestClock.atNow());
        check = bridge.bridge().routeCheck();
        files = RouteTexts.read(TestBridge.HOME, Map.of());
    }

    @AfterAll
    void close() {
        bridge.close();
    }

    @Test
    void what_is_shipped_is_good_on_both_databases(@TempDir Path folder) {
        assertThat(check.everything()).isEmpty();
        try (TestBridge other = new TestBridge(
                folder, TestClock.atNow(), "store.url", Databases.postgresql(), "store.username", "postgres")) {
            assertThat(other.bridge().routeCheck().everything()).isEmpty();
        }
    }

    @Test
    void what_is_shipped_is_good_for_every_make_and_kind_wherever_they_are(@TempDir Path folder) {
        for (String till : List.of(
                "erpnext mariadb off",
                "odoo postgresql off",
                "ospos mariadb on",
                "rms sqlserver on",
                "unicenta mariadb on",
                "unicenta postgresql on",
                "view mariadb on",
                "view postgresql on",
                "view sqlserver on")) {
            String[] words = till.split(" ");
            Shop.connection(
                    folder,
                    words[0] + "-" + words[1],
                    "make = " + words[0] + "\nwrite-back = " + words[2]
                            // there is no request table for SQL Server, and no server to prepare its statements on:
                            // SqlServerTest has them parsed
                            + (words[1].equals("sqlserver") ? "" : "\nrequests = on\nrequests.username = r")
                            + "\njdbc.url = jdbc:" + words[1]
                            + "://127.0.0.1:1" + (words[1].equals("sqlserver") ? ";databaseName=" : "/")
                            + "away\njdbc.username = reader\n");
        }
        for (String kind : List.of("bigcommerce", "generic", "jane", "shopify", "square", "woocommerce")) {
            Shop.storefront(
                    folder,
                    kind + "-shop",
                    "kind = " + kind
                            + "\nmodel = immediate\napi.url = https://shop.example\npublic-url = https://bridge.example/webhooks/"
                            + kind + "/" + kind + "-shop\n");
        }
        try (TestBridge every = new TestBridge(
                folder,
                TestClock.atNow(),
                TestBridge.everyRouteAtOnce(
                        "pos.connections",
                        folder.resolve("pos").toString(),
                        "storefront.connections",
                        folder.resolve("storefront").toString()))) {
            assertThat(every.bridge().routeCheck().everything()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what a route names
                "redemption/execute | - to: {uri: direct:redemption-put} | - to: {uri: direct:redemption-putt} | no route begins with direct:redemption-putt. Perhaps you mean redemption-put.",
                "redemption/execute | routeConfigurationId: policy-queue | routeConfigurationId: policy-kueue | there is no policy policy-kueue. Perhaps you mean policy-queue.",
                "redemption/execute | - bean: {ref: movedOne, | - bean: {ref: movedOnce, | there is no bean movedOnce. Perhaps you mean movedOne.",
                "redemption/execute | method: leased | method: leaced | the bean pace has no method leaced. Perhaps you mean leased.",
                "redemption/execute | ${bean:pace?method=node} | ${bean:paces?method=node} | there is no bean paces. Perhaps you mean pace.",
                "redemption/execute | ${bean:pace?method=node} | ${bean:pace?method=nod} | the bean pace has no method nod. Perhaps you mean node.",
                "redemption/execute | execute/attempt.sql | execute/atempt.sql | there is no statement routes/redemption/execute/atempt.sql. Perhaps you mean routes/redemption/execute/attempt.sql.",
                "redemption/execute | execute/claim.{{store.dialect}}.sql | execute/clam.{{store.dialect}}.sql | there is no statement routes/redemption/execute/clam.sqlite.sql. Perhaps you mean routes/redemption/execute/claim.sqlite.sql.",
                "redemption/execute | outputClass: aiqbridge.redemption.Claimed | outputClass: aiqbridge.redemption.Claims | there is no class aiqbridge.redemption.Claims. Is its package spelled right?",
                "reversal/execute | {{reversal.method}} | {{reversal.metod}} | there is no setting reversal.metod. Perhaps you mean reversal.method.",
                "policies | method: fault | method: faults | the bean apiAnswer has no method faults. Perhaps you mean fault.",
                "storefront/ask | direct:storefront-api-${body.connection} | direct:storefront-apy-${body.connection} | no route begins with direct:storefront-apy-${body.connection}.",
                // what is there twice
                "redemption/settle | id: redemption-settle⏎ | id: redemption-recover⏎ | route redemption-recover is also in routes/redemption/execute.camel.yaml, line ",
                // templates
                "clocks | routeTemplateRef: clock⏎    routeId: cart-sweep-clock⏎    parameters: [{name: flow, value: cart}, | routeTemplateRef: clock⏎    routeId: cart-sweep-clock⏎    parameters: [ | cart-sweep-clock does not give its template clock the parameter flow. Write below parameters: - {name: flow, value: …}",
                "clocks | value: cart-sweep} | value: cart-swep} | no route begins with direct:cart-swep. Perhaps you mean cart-sweep.",
                "clocks | routeTemplateRef: clock | routeTemplateRef: klock | there is no template klock, of which redemption-execute-clock is made. Perhaps you mean clock.",
                "clocks | {{cart.sweep-every-ms}} | {{cart.swep-every-ms}} | there is no setting cart.swep-every-ms. Perhaps you mean cart.sweep-every-ms.",
                "aiq/calls | {name: request, value: verify} | {name: request, value: verifi} | the bean aiqRequest has no method verifi. Perhaps you mean verify.",
                // what only YAML or Camel can tell
                "redemption/execute | group: redemption | group: [redemption]] | this is not YAML",
                "redemption/execute | doWhile: true | doWile: true | doWile",
                "redemption/execute | attempt.sql, noop: | attempt.sql, nop: | the component sql has no option nop. Is it spelled",
            })
    void a_route_file_that_is_wrong_says_where_and_what_to_write(String name, String from, String to, String sentence) {
        String file = "routes/" + name + ".camel.yaml";
        String text = files.get(file);
        String right = from.replace('⏎', '\n');
        assertThat(text).contains(right);
        int at = text.indexOf(right);
        Map<String, String> broken = new TreeMap<>(files);
        broken.put(file, text.substring(0, at) + to.replace('⏎', '\n') + text.substring(at + right.length()));
        List<Finding> findings = check.findings(broken);
        if (findings.isEmpty()) {
            findings = check.built(broken, broken.keySet());
        }
        long line = text.substring(0, at).lines().count();
        assertThat(findings).extracting(one -> one.text() + ". " + one.hint()).anySatisfy(said -> assertThat(said)
                .startsWith(file + ", line " + line + ": ")
                .contains(sentence));
    }

    @Test
    void a_route_that_takes_the_place_of_another_names_both() {
        Map<String, String> broken = new TreeMap<>(files);
        broken.computeIfPresent(
                "routes/redemption/execute.camel.yaml",
                (file, text) -> text.replace("uri: direct:redemption-recover", "uri: direct:redemption-order"));
        assertThat(check.findings(broken))
                .extracting(Finding::text)
                .anyMatch(
                        said -> said.matches(
                                "routes/redemption/execute.camel.yaml, line \\d+: redemption-recover begins with direct:redemption-order, and so does redemption-order in routes/redemption/order.camel.yaml, line \\d+"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redemption/execute/attempt | :#wallet_points | :#wallet_pionts | nobody binds :#wallet_pionts before redemption-put runs it. Bind it in the route: - setHeader: {name: wallet_pionts,",
                "cart/hear/gone | :#connection | :#conection | nobody binds :#conection before ",
                "cart/send/sent | update cart | update carts | the bridge's own database does not take it: no such table: carts. Are its tables",
                "reversal/restored | status | statos | the bridge's own database does not take it: no such column: statos",
                "redemption/watch | select | selekt | the bridge's own database does not take it: near \"selekt\": syntax error",
            })
    void a_statement_that_cannot_run_says_where(String name, String from, String to, String sentence) {
        String file = "routes/" + name + ".sql";
        String text = files.get(file);
        assertThat(text).contains(from);
        int at = text.indexOf(from, text.indexOf('\n'));
        Map<String, String> broken = new TreeMap<>(files);
        broken.put(file, text.substring(0, at) + to + text.substring(at + from.length()));
        long line = text.substring(0, at + 1).lines().count();
        assertThat(check.findings(broken))
                .extracting(one -> one.text() + ". " + one.hint())
                .anySatisfy(said -> assertThat(said)
                        .startsWith(file + ", line " + line + ": ")
                        .contains(sentence));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sales | , 'AIQ :#since_id' as note from t | :#since_id stands in a literal, in quotes or in a comment behind code",
                "sales | from t -- since :#since | :#since stands in a literal",
                "reversals | from t where j ? 'e' | a ? outside of a literal is a parameter without a name",
                "check | from t where at > :#since | nobody binds :#since. It is bound with :#now_epoch, :#wall_clock.",
                "written-back | from t where id = :#transaction | nobody binds :#transaction. It is bound with :#transaction_id.",
                "check | , '#' as text, '?' as hint, :#now_epoch as n from t where j #>> '{e}' is null | ",
            })
    void a_make_that_is_read_otherwise_than_it_is_meant_says_where(String name, String end, String sentence) {
        Map<String, String> odd = new TreeMap<>(files);
        odd.put("routes/pos/odd/sales.sql", "-- The sales.\nselect 1 as transaction_id from bon");
        odd.put("routes/pos/odd/" + name + ".sql", "-- What it gives.\nselect 1 as a\n" + end.strip());
        List<String> said = check.findings(odd).stream()
                .map(one -> one.text() + ". " + one.hint())
                .toList();
        if (sentence == null) {
            assertThat(said).isEmpty();
        } else {
            assertThat(said)
                    .singleElement()
                    .asString()
                    .startsWith("routes/pos/odd/" + name + ".sql, line 3: ")
                    .contains(sentence);
        }
    }
}
