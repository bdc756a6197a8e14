package aiqbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;

/** What runs every few seconds costs little after two busy years too: no route looks through settled sales, redemptions, carts and orders; of what was taken back each is looked at. */
class YearsTest {
    private static final long NOW = System.currentTimeMillis();
    /** Only while a redemption is unclear, and AIQ's reports are read then too. */
    private static final Set<String> MAY_READ_MORE = Set.of("routes/redemption/settle/evidence-used.sql");

    @TempDir
    Path folder;

    /** SQLite counts the steps of its virtual machine, however busy the computer is; reading 20,000 rows takes more than 100,000. */
    @Test
    void no_clock_of_a_bridge_on_sqlite_reads_what_is_settled() throws Exception {
        Shop.storefront(folder, "web", "kind = generic\nmodel = immediate\npin = not-required\n");
        try (Shop shop = new Shop(folder, TestBridge.everyRoute())) {
            Years.pass("jdbc:sqlite:" + folder.resolve("bridge.db") + "?busy_timeout=10000", shop.clock.millis());
            shop.restart();
            long[] steps = new long[1];
            try (Connection pooled = shop.bridge.rows.getDataSource().getConnection()) {
                counting(pooled.unwrap(SQLiteConnection.class), steps);
            }
            Map<String, Long> thousands = new LinkedHashMap<>();
            for (String route : routesOfClocks()) {
                shop.bridge.run(route);
                steps[0] = 0;
                shop.bridge.run(route);
                thousands.put(route, steps[0]);
            }
            shop.poll();
            steps[0] = 0;
            shop.poll();
            thousands.put("poll", steps[0]);
            System.out.println("YearsTest: thousands of SQLite's steps " + thousands);
            assertThat(thousands.remove("retention"))
                    .as("once an hour, among the rows that are not old enough yet")
                    .isLessThan(500);
            thousands.forEach((route, thousand) ->
                    assertThat(thousand).as(route + ": thousands of steps").isLessThan(100));
        }
    }

    private static void counting(Connection store, long[] steps) throws SQLException {
        ProgressHandler.setHandler(store, 1_000, new ProgressHandler() {
            @Override
            protected int progress() {
                steps[0]++;
                return 0;
            }
        });
    }

    /** The {@code direct:} routes that a clock runs. */
    private static List<String> routesOfClocks() throws IOException {
        List<String> routes = new ArrayList<>();
        for (JsonNode parameters : new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("routes/clocks.camel.yaml").toFile())
                .findValues("parameters")) {
            parameters.forEach(one -> {
                if (one.path("name").asText().equals("wakes") && one.has("value")) {
                    routes.add(one.path("value").asText());
                }
            });
        }
        return routes;
    }

    @Test
    void no_statement_on_sqlite_reads_what_is_settled() throws Exception {
        Path file = folder.resolve("bridge.db");
        Databases.sqliteStore(file);
        String url = "jdbc:sqlite:" + file;
        Years.pass(url, NOW);
        Databases.migrate(url);
        Map<String, Long> thousands = new TreeMap<>();
        long[] steps = new long[1];
        try (Connection store = DriverManager.getConnection(url)) {
            counting(store, steps);
            store.setAutoCommit(false);
            for (Path statement : statementsOfTheStore("sqlite")) {
                steps[0] = 0;
                try (Statement one = store.createStatement()) {
                    if (one.execute(likely(statement))) {
                        try (ResultSet rows = one.getResultSet()) {
                            boolean more = true;
                            while (more) {
                                more = rows.next();
                            }
                        }
                    }
                } catch (SQLException refused) {
                    mayRefuse(statement, refused);
                }
                store.rollback();
                thousands.put(statement.toString(), steps[0]);
            }
        }
        thousands.keySet().removeAll(MAY_READ_MORE);
        thousands.forEach((statement, thousand) ->
                assertThat(thousand).as(statement + ": thousands of steps").isLessThan(100));
    }

    @Test
    void no_statement_on_postgresql_reads_what_is_settled() throws Exception {
        String url = Databases.postgresqlStore()[1];
        Years.pass(url, NOW);
        Map<String, Long> read = new TreeMap<>();
        try (Connection store = DriverManager.getConnection(url)) {
            store.setAutoCommit(false);
            for (Path statement : statementsOfTheStore("postgresql")) {
                try (Statement one = store.createStatement();
                        ResultSet plan =
                                one.executeQuery("explain (analyze, timing off, format json) " + likely(statement))) {
                    plan.next();
                    read.put(
                            statement.toString(),
                            rows(new ObjectMapper()
                                    .readTree(plan.getString(1))
                                    .get(0)
                                    .path("Plan")));
                } catch (SQLException refused) {
                    mayRefuse(statement, refused);
                }
                store.rollback();
            }
        }
        read.keySet().removeAll(MAY_READ_MORE);
        read.forEach((statement, rows) ->
                assertThat(rows).as(statement + ": rows read").isLessThan(10_000));
    }

    /** A made-up row alone: it is there already, or what it names is not. */
    private static void mayRefuse(Path statement, SQLException refused) throws IOException {
        assertThat(likely(statement).strip())
                .as(statement + ": " + refused.getMessage())
                .startsWith("insert into");
    }

    /** What a plan looked at: the rows of its scans, also those that a filter then took out. */
    private static long rows(JsonNode plan) {
        long rows = 0;
        if (plan.path("Node Type").asText().contains("Scan")) {
            double each = plan.path("Actual Rows").asDouble()
                    + plan.path("Rows Removed by Filter").asDouble()
                    + plan.path("Rows Removed by Index Recheck").asDouble();
            rows += Math.round(each * plan.path("Actual Loops").asDouble());
        }
        for (JsonNode part : plan.path("Plans")) {
            rows += rows(part);
        }
        return rows;
    }

    /** The statement with values as they are on an ordinary day. */
    private static String likely(Path statement) throws IOException {
        return Pattern.compile(":#(?:in:)?([a-z_]+)")
                .matcher(Files.readString(statement).replaceAll("(?m)^--.*", ""))
                .replaceAll(name -> switch (name.group(1)) {
                    case "connection" -> "'till'";
                    case "storefront" -> "'web'";
                    case "account_id" -> "'green-leaf'";
                    case "location" -> "'main'";
                    case "customer_key" -> "'c-5'";
                    case "transaction_id" -> "'t-25'";
                    case "redemption_id" -> "'r-25'";
                    case "order_id" -> "'o-25'";
                    case "cart_id" -> "'k-25'";
                    case "phone" -> "'+15555000025'";
                    case "discount_id" -> "'five-off'";
                    case "note" -> "'N-25'";
                    default ->
                        name.group(1).endsWith("_before")
                                ? Long.toString(NOW - 800L * 86_400_000)
                                : name.group(1).matches("now|from|pos_now|since|.*_(at|since|until)")
                                        ? Long.toString(NOW)
                                        : "'1000'";
                });
    }

    /** Those that the routes run on the bridge's own database, not on a till's. */
    private static List<Path> statementsOfTheStore(String dialect) throws IOException {
        TreeSet<Path> statements = new TreeSet<>();
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".camel.yaml")).toList()) {
                for (JsonNode parameters : yaml.readTree(file.toFile()).findValues("parameters")) {
                    String query = parameters.path("query").asText();
                    if (query.startsWith("file:")
                            && parameters.path("dataSource").isMissingNode()) {
                        statements.add(
                                Path.of(query.substring("file:".length()).replace("{{store.dialect}}", dialect)));
                    }
                }
            }
        }
        return List.copyOf(statements);
    }
}
