package aiqbridge.check;

import aiqbridge.Databases;
import aiqbridge.Settings;
import aiqbridge.TestBridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A home folder, and a till's real database with the view, the login and the rights that its owner is told to make. */
abstract class CheckedTill {
    static final ZoneId ZONE = ZoneId.of("America/Denver");

    @TempDir
    Path home;

    final Map<String, String> over = new HashMap<>();
    final List<String> missing = new ArrayList<>();
    String engine;
    String url;
    String login;
    JdbcTemplate owner;
    private SingleConnectionDataSource ownersConnection;

    record Said(boolean good, String text) {}

    @AfterEach
    void closeTill() {
        if (ownersConnection != null) {
            ownersConnection.destroy();
        }
    }

    void copied(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(f -> f.toString().matches(".*[.](sql|properties|yaml|jslt)"))
                    .toList()) {
                Files.createDirectories(home.resolve(file).getParent());
                Files.copy(file, home.resolve(file));
            }
        }
    }

    Settings settings() {
        Properties values = new Properties();
        values.putAll(Settings.load(TestBridge.HOME.resolve("config/application.properties")));
        values.putAll(Map.of("store.url", "jdbc:sqlite:data/bridge.db", "secrets.key-file", "data/secrets.key"));
        values.putAll(over);
        missing.forEach(values::remove);
        return Settings.of(values);
    }

    /** A till with the view, the login and the rights that its owner is told to make. */
    void till(String engine) throws IOException {
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

    void connection(String lines) throws IOException {
        connection(url, login, "make = view\nzone = " + ZONE + "\n" + lines);
    }

    void connection(String url, String login, String lines) throws IOException {
        Files.createDirectories(home.resolve("config/pos"));
        Files.writeString(
                home.resolve("config/pos/till.properties"),
                "account = green-leaf\nlocation = main\njdbc.url = " + url + "\njdbc.username = " + login + "\n"
                        + lines);
    }

    /** By the till's wall clock in Denver. */
    void rings(String id, Instant at, String phone) {
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

    void aDay() {
        IntStream.rangeClosed(1, 200)
                .forEach(i -> rings("s-" + i, Instant.now().minus(Duration.ofMinutes(7L * (i - 1))), "(555) 555-0100"));
    }
}
