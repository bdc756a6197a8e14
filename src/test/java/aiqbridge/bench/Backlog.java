package aiqbridge.bench;

import aiqbridge.Databases;
import aiqbridge.Shop;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A backlog of due redemptions, worked off by the routes and by a bare Java loop that makes the same calls and the same commits, on the same PostgreSQL with the same simulator. */
final class Backlog {
    private static final int WORKERS = 8;
    private static final int BATCH = 50;
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Shop shop;
    private final String url;

    private Backlog(Shop shop, String url) {
        this.shop = shop;
        this.url = url;
    }

    static void compare(Path folder, int size) throws Exception {
        String url = Databases.postgresql();
        try (Shop shop = Shop.withSimulatorApart(
                folder,
                "store.url",
                url,
                "store.username",
                "postgres",
                "redemption.batch",
                Integer.toString(BATCH),
                "redemption.workers",
                Integer.toString(WORKERS))) {
            Backlog backlog = new Backlog(shop, url);
            shop.aiq.seedDemo();
            shop.aiq.discount("1001", "cup", "1", true);
            for (int i = 0; i < 100; i++) {
                shop.aiq.contact("1001", "b-" + i, "55557000" + (10 + i), "10000000");
            }
            backlog.fill("warm-routes", 3_000);
            backlog.byRoutes();
            backlog.fill("warm-bare", 3_000);
            backlog.byBareJava();
            // twice, in turned order: what goes first finds the tables smaller
            double bare = 0, routes = 0;
            for (int round = 0; round < 2; round++) {
                for (int turn = 0; turn < 2; turn++) {
                    backlog.fill("round-" + round + turn, size);
                    double took = backlog.seconds(turn == round ? backlog::byBareJava : backlog::byRoutes);
                    System.out.printf(
                            "backlog: %,d at %.0f/s by %s%n",
                            size, size / took, turn == round ? "bare Java" : "the routes");
                    bare += turn == round ? took : 0;
                    routes += turn == round ? 0 : took;
                }
            }
            System.out.printf(
                    "backlog: %,d due redemptions, %.0f/s by the routes, %.0f/s by bare Java: %.2f x%n",
                    size, 2 * size / routes, 2 * size / bare, bare / routes);
        }
    }

    private interface Work {
        void done() throws Exception;
    }

    private double seconds(Work work) throws Exception {
        long begin = System.nanoTime();
        work.done();
        double took = (System.nanoTime() - begin) / 1e9;
        int left = shop.bridge.rows.queryForObject(
                "select count(*) from redemption where status <> 'EXECUTED'", Integer.class);
        if (left > 0) {
            throw new IllegalStateException(left + " are not executed");
        }
        return took;
    }

    /** Rows as the poll leaves them; the guards of the table let a redemption be born as QUEUED only. */
    private void fill(String prefix, int size) {
        JdbcTemplate rows = new JdbcTemplate(new DriverManagerDataSource(url));
        rows.execute(
                "insert into contact (customer_key, account_id, identity, contact_id, phone, created_at, updated_at) select 'b-' || i, 'green-leaf', 'aiq:b-' || i, 'b-' || i, '+155557000' || (10 + i), 0, 0 from generate_series(0, 99) i on conflict do nothing");
        rows.execute(
                "insert into pos_transaction (connection, location, transaction_id, status, completed_at, total, seen_at, heard_at, updated_at) select 'till', 'main', '"
                        + prefix + "-' || i, 'COMPLETED', 1, 20, 1, 1, 1 from generate_series(1, " + size + ") i");
        rows.execute(
                "insert into redemption (redemption_id, account_id, connection, location, model, status, note, transaction_id, customer_key, contact_id, discount_id, discount_name, points, reusable, queued_at, expires_at, next_attempt_at, created_at, updated_at)"
                        + " select '" + prefix + "-' || i, 'green-leaf', 'till', 'main', 'POS', 'QUEUED', 'N-" + prefix
                        + "' || i, '" + prefix
                        + "-' || i, 'b-' || (i % 100), 'b-' || (i % 100), 'cup', 'cup', 1, 1, 1, 9000000000000, 1, 1, 1 from generate_series(1, "
                        + size + ") i");
        rows.execute("update redemption set status = 'DUE', due_at = 1 where status = 'QUEUED'");
        rows.execute("vacuum analyze");
    }

    private void byRoutes() {
        shop.bridge.run("redemption-execute");
    }

    private void byBareJava() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(12);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try (HikariDataSource store = new HikariDataSource(config);
                CloseableHttpClient http = HttpClients.custom()
                        .disableAutomaticRetries()
                        .disableRedirectHandling()
                        .disableCookieManagement()
                        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                .setMaxConnPerRoute(64)
                                .setMaxConnTotal(64)
                                .build())
                        .build()) {
            while (true) {
                List<Map<String, Object>> claimed = query(
                        store,
                        "execute/claim.postgresql",
                        Map.of(
                                "node",
                                "bare",
                                "now",
                                System.currentTimeMillis(),
                                "lease_ms",
                                90_000L,
                                "account_id",
                                "green-leaf",
                                "batch",
                                BATCH));
                if (claimed.isEmpty()) {
                    return;
                }
                List<Callable<Void>> calls = new ArrayList<>();
                claimed.forEach(row -> calls.add(() -> {
                    redeem(store, http, row);
                    return null;
                }));
                for (Future<Void> one : workers.invokeAll(calls)) {
                    one.get();
                }
            }
        } finally {
            workers.shutdown();
        }
    }

    private void redeem(HikariDataSource store, CloseableHttpClient http, Map<String, Object> claimed)
            throws Exception {
        HttpPost wallet = new HttpPost(shop.baseUrl() + "/api/v2/wallet");
        String phone = (String) claimed.get("phone");
        wallet.setEntity(new StringEntity("{\"phone\":\"" + phone.substring(2) + "\"}"));
        JsonNode offered = call(http, wallet).path("data");
        String address = null;
        for (JsonNode discount : offered.path("discountTemplates")) {
            if (discount.path("id").asText().equals("cup")) {
                address = discount.path("redemptionURL").asText();
            }
        }
        Map<String, Object> row = new HashMap<>(claimed);
        row.putAll(Map.of(
                "now",
                System.currentTimeMillis(),
                "lease_ms",
                90_000L,
                "wallet_points",
                offered.path("loyaltyPoints").decimalValue(),
                "outcome",
                "EXECUTED",
                "http_status",
                200,
                "local_date",
                "2026-11-24"));
        row.put("detail", null);
        moved(store, "execute/attempt", row);
        moved(store, "execute/renew", row);
        JsonNode answer = call(http, new HttpPut(URI.create(address) + "/" + row.get("transaction_id")));
        JsonNode id = answer.findValue("redemptionID");
        row.put("aiq_redemption_id", id == null ? null : id.asText());
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            for (String statement :
                    List.of("outcome/executed", "outcome/ledger", "outcome/write-back", "outcome/attempt-ended")) {
                try (PreparedStatement prepared = prepared(connection, statement, row)) {
                    prepared.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    private static JsonNode call(CloseableHttpClient http, HttpUriRequestBase request) throws IOException {
        request.setHeader("X-APIKEY", "demo-key");
        request.setHeader("Content-Type", "application/json");
        return http.execute(request, response -> JSON.readTree(EntityUtils.toString(response.getEntity())));
    }

    private static List<Map<String, Object>> query(HikariDataSource store, String statement, Map<String, Object> row)
            throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Connection connection = store.getConnection();
                PreparedStatement prepared = prepared(connection, statement, row);
                ResultSet result = prepared.executeQuery()) {
            while (result.next()) {
                Map<String, Object> one = new HashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    one.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
                }
                rows.add(one);
            }
        }
        return rows;
    }

    private static void moved(HikariDataSource store, String statement, Map<String, Object> row) throws Exception {
        try (Connection connection = store.getConnection();
                PreparedStatement prepared = prepared(connection, statement, row)) {
            if (prepared.executeUpdate() != 1) {
                throw new IllegalStateException(statement + " moved nothing");
            }
        }
    }

    private static final Map<String, String> STATEMENTS = new java.util.concurrent.ConcurrentHashMap<>();

    /** The route's own statement, its names replaced by places. */
    private static PreparedStatement prepared(Connection connection, String statement, Map<String, Object> row)
            throws Exception {
        String text = STATEMENTS.computeIfAbsent(statement, s -> {
            try {
                return Files.readString(Path.of("routes/redemption/" + s + ".sql"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Matcher name = Pattern.compile(":#([a-z_]+)").matcher(text);
        List<String> names = new ArrayList<>();
        while (name.find()) {
            names.add(name.group(1));
        }
        PreparedStatement prepared = connection.prepareStatement(name.replaceAll("?"));
        for (int i = 0; i < names.size(); i++) {
            prepared.setObject(i + 1, row.get(names.get(i)));
        }
        return prepared;
    }
}
