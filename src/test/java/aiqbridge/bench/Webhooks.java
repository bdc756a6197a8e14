package aiqbridge.bench;

import aiqbridge.Shop;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Webhooks taken in durably, over loopback from a process of its own: by the door, and by a bare Vert.x handler that checks the same HMAC and does the same INSERT on the same database.
 * PostgreSQL with fsync, as it runs in earnest.
 */
final class Webhooks {
    static final String SECRET = "hush";
    private static final int ROUNDS = 3;

    private Webhooks() {}

    static void compare(Path folder, int seconds) throws Exception {
        try (Shop shop = shop(Files.createDirectory(folder.resolve("sqlite")))) {
            warm(shop.bridge.port, "/webhooks/shopify/web");
            Load took = load(shop.bridge.port, "/webhooks/shopify/web", "sqlite", seconds);
            System.out.printf(
                    "webhooks: SQLite %.0f/s kept, %.1f ms median, %.1f ms for 99 of 100%n",
                    took.perSecond, took.median, took.p99);
            Load alone = load(shop.bridge.port, "/webhooks/shopify/web", "alone", seconds, 1);
            System.out.printf(
                    "webhooks: SQLite, one at a time: %.1f ms median, %.1f ms for 99 of 100%n",
                    alone.median, alone.p99);
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("max_connections", "100")
                        .start();
                Shop shop = shop(
                        Files.createDirectory(folder.resolve("postgresql")),
                        "store.url",
                        server.getJdbcUrl("postgres", "postgres"),
                        "store.username",
                        "postgres");
                Bare bare = new Bare(server.getJdbcUrl("postgres", "postgres"))) {
            warm(shop.bridge.port, "/webhooks/shopify/web");
            warm(bare.port(), "/");
            double door = 0, hand = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Load d = load(shop.bridge.port, "/webhooks/shopify/web", "door-" + round, seconds);
                Load b = load(bare.port(), "/", "bare-" + round, seconds);
                System.out.printf(
                        "webhooks: PostgreSQL %.0f/s by the door (%.1f ms median, %.1f ms for 99 of 100), %.0f/s by bare Vert.x (%.1f, %.1f)%n",
                        d.perSecond, d.median, d.p99, b.perSecond, b.median, b.p99);
                door += d.perSecond;
                hand += b.perSecond;
            }
            System.out.printf(
                    "webhooks: PostgreSQL %.0f/s by the door, %.0f/s by bare Vert.x: %.2f x%n",
                    door / ROUNDS, hand / ROUNDS, door / hand);
        }
    }

    private static Shop shop(Path folder, String... settings) {
        Shop.storefront(folder, "web", "kind = shopify\n");
        Shop shop = new Shop(folder, settings);
        shop.secret("web", "webhook", SECRET);
        return shop;
    }

    private record Load(double perSecond, double median, double p99) {}

    /** What the compiler has not seen often enough is slow. */
    private static void warm(int port, String path) throws IOException {
        double sent = 0;
        for (int i = 0; sent < 30_000 && i < 20; i++) {
            sent += 5 * load(port, path, "warm-" + i, 5).perSecond;
        }
    }

    private static Load load(int port, String path, String prefix, int seconds) throws IOException {
        return load(port, path, prefix, seconds, 64);
    }

    private static Load load(int port, String path, String prefix, int seconds, int connections) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "aiqbridge.bench.WebhookLoad",
                        Integer.toString(port),
                        path,
                        prefix,
                        Integer.toString(seconds),
                        Integer.toString(connections))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            String[] said = String.valueOf(out.readLine()).split(" ");
            return new Load(Double.parseDouble(said[0]), Double.parseDouble(said[1]), Double.parseDouble(said[2]));
        }
    }

    /** What somebody would write by hand. */
    private static final class Bare implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final HikariDataSource store;
        private final HttpServer server;

        Bare(String url) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setMaximumPoolSize(12);
            store = new HikariDataSource(config);
            server = vertx.createHttpServer()
                    .requestHandler(request -> request.body().onSuccess(body -> vertx.executeBlocking(
                                    () -> keep(
                                            request.getHeader("X-Shopify-Webhook-Id"),
                                            request.getHeader("X-Shopify-Topic"),
                                            request.getHeader("X-Shopify-Hmac-SHA256"),
                                            body.getBytes()),
                                    false)
                            .onComplete(kept -> request.response()
                                    .setStatusCode(kept.failed() ? 503 : kept.result() ? 200 : 401)
                                    .end())))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }

        int port() {
            return server.actualPort();
        }

        private boolean keep(String id, String topic, String signature, byte[] body) throws Exception {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            if (!MessageDigest.isEqual(mac.doFinal(body), Base64.getDecoder().decode(signature))) {
                return false;
            }
            long now = System.currentTimeMillis();
            try (Connection connection = store.getConnection();
                    PreparedStatement row = connection.prepareStatement(
                            "insert into inbox (connection, delivery_key, source, topic, content_type, body, received_at, status, next_attempt_at, updated_at)"
                                    + " values ('bare', ?, 'webhook', ?, 'application/json', ?, ?, 'HEARD', ?, ?) on conflict (connection, delivery_key) do nothing")) {
                row.setString(1, id);
                row.setString(2, topic);
                row.setString(3, new String(body, StandardCharsets.UTF_8));
                row.setLong(4, now);
                row.setLong(5, now);
                row.setLong(6, now);
                row.executeUpdate();
            }
            return true;
        }

        @Override
        public void close() {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            store.close();
        }
    }
}
