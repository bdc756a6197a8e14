package aiqbridge.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aiqbridge.Databases;
import aiqbridge.StartRefused;
import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnection;
import aiqbridge.network.PrivateCa;
import aiqbridge.pos.PosDatabase;
import aiqbridge.pos.PosFault;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** TLS to the databases of tills: real servers whose certificates a site's own authority signed. */
class TillTlsTest extends CheckedTill {
    @TempDir
    static Path certificates;

    private static PrivateCa ca;
    private static EmbeddedPostgres postgresql;
    private static Databases.Mariadb mariadb;

    @BeforeAll
    static void servers() throws IOException {
        ca = new PrivateCa(certificates, "site")
                .signs("here", "127.0.0.1")
                .signs("expired", "127.0.0.1", "-startdate", "-10d", "-validity", "3");
        postgresql = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("fsync", "off")
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", serves("here").toString())
                .setServerConfig(
                        "ssl_key_file", certificates.resolve("server.key").toString())
                .start();
        mariadb = Databases.mariadb(
                "--ssl-cert=" + ca.certificate("here"), "--ssl-key=" + ca.key("here"), "--ssl-ca=" + ca.file());
    }

    @AfterAll
    static void close() throws IOException {
        postgresql.close();
        mariadb.close();
    }

    private static Path serves(String alias) throws IOException {
        Files.copy(
                ca.key(alias),
                certificates.resolve("server.key"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        return Files.copy(
                ca.certificate(alias), certificates.resolve("server.crt"), StandardCopyOption.REPLACE_EXISTING);
    }

    @BeforeEach
    void open() throws IOException {
        copied("routes/pos");
        Files.createDirectories(home.resolve("config/pos"));
        Files.copy(ca.file(), home.resolve("config/pos/site-ca.pem"));
    }

    private static String url(String engine, String host) {
        return engine.equals("postgresql")
                ? "jdbc:postgresql://" + host + ":" + postgresql.getPort() + "/postgres"
                : "jdbc:mariadb://" + host + ":" + mariadb.port() + "/";
    }

    private PosConnection till(String url, String lines) throws IOException {
        connection(
                url,
                url.startsWith("jdbc:postgresql") ? "postgres" : "owner",
                "make = view\nzone = " + ZONE + "\n" + lines);
        return Connections.read(home, settings(), Map.of()).pos().get("till");
    }

    private String check(PosConnection till) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Findings findings = new Findings(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        new PosCheck(home, settings(), till, findings).run(false);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String beforeLogin(PosConnection till) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Findings findings = new Findings(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        new TillTlsCheck(till, Duration.ofSeconds(5), findings).beforeLogin();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** As the bridge itself polls. */
    private static void connects(PosConnection till) throws SQLException {
        try (HikariDataSource pool = PosDatabase.of(till, Duration.ofSeconds(5))) {
            pool.setConnectionTimeout(1_000);
            try (Connection one = pool.getConnection()) {
                assertThat(one.isValid(5)).isTrue();
            }
        }
    }

    /** And its row says why. */
    private static void refused(PosConnection till) {
        assertThatThrownBy(() -> connects(till))
                .isInstanceOf(SQLException.class)
                .satisfies(fault ->
                        assertThat(new PosFault().sentence(fault)).startsWith("The till's database is not trusted: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void with_the_sites_authority_everything_is_verified_and_check_says_so(String engine) throws Exception {
        PosConnection till = till(url(engine, "127.0.0.1"), "ca-file = site-ca.pem\n");
        connects(till);
        assertThat(check(till))
                .contains("OK    127.0.0.1 speaks TLSv1.3, its certificate is valid for 89 more days")
                .containsPattern(
                        "OK    the connection is encrypted \\(TLSv1.3, TLS[A-Z0-9_-]+\\); its certificate and its name are verified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb"})
    void another_authority_and_another_name_are_refused(String engine) throws Exception {
        PosConnection name = till(url(engine, "localhost"), "ca-file = site-ca.pem\n");
        refused(name);
        assertThat(beforeLogin(name))
                .contains(
                        "FAIL  the TLS of localhost cannot be trusted: its certificate does not match the name localhost");
        Files.copy(new PrivateCa(certificates, "other-" + engine).file(), home.resolve("config/pos/other.pem"));
        PosConnection other = till(url(engine, "127.0.0.1"), "ca-file = other.pem\n");
        refused(other);
        assertThat(beforeLogin(other))
                .contains(
                        "FAIL  the TLS of 127.0.0.1 cannot be trusted: its certificate is signed by an unknown authority");
    }

    /** Without a file its driver takes the certificate of a server that knows the password. */
    @Test
    void on_mariadb_the_password_does_not_stand_in_for_the_authority() throws Exception {
        new JdbcTemplate(new DriverManagerDataSource(url("mariadb", "127.0.0.1") + "?user=owner"))
                .execute("create user 'reader'@'%' identified by 'open-sesame'");
        Map<String, String> password = Map.of("POS_TILL_PASSWORD", "open-sesame");
        connection(url("mariadb", "127.0.0.1"), "reader", "make = view\nzone = " + ZONE + "\nca-file = site-ca.pem\n");
        connects(Connections.read(home, settings(), password).pos().get("till"));
        Files.copy(new PrivateCa(certificates, "third").file(), home.resolve("config/pos/third.pem"));
        connection(url("mariadb", "127.0.0.1"), "reader", "make = view\nzone = " + ZONE + "\nca-file = third.pem\n");
        PosConnection third = Connections.read(home, settings(), password).pos().get("till");
        refused(third);
    }

    @Test
    void one_that_expired_is_refused() throws Exception {
        PosConnection till = till(url("postgresql", "127.0.0.1"), "ca-file = site-ca.pem\n");
        try {
            serves("expired");
            new JdbcTemplate(postgresql.getPostgresDatabase()).execute("select pg_reload_conf()");
            await().untilAsserted(() -> assertThat(beforeLogin(till))
                    .contains("FAIL  the TLS of 127.0.0.1 cannot be trusted: its certificate expired on "));
            refused(till);
        } finally {
            serves("here");
            new JdbcTemplate(postgresql.getPostgresDatabase()).execute("select pg_reload_conf()");
            await().untilAsserted(() -> assertThat(beforeLogin(till)).contains("OK    127.0.0.1 speaks"));
        }
    }

    @Test
    void a_server_without_tls_gets_no_password_where_the_file_asks_for_it() throws Exception {
        PosConnection till = till(Databases.postgresql().replaceFirst("[?].*", ""), "ca-file = site-ca.pem\n");
        refused(till);
        assertThat(beforeLogin(till))
                .contains("FAIL  the TLS of 127.0.0.1 cannot be trusted: it does not speak TLS 1.2 or 1.3");
    }

    @Test
    void what_is_encrypted_but_verified_by_nobody_is_called_so() throws Exception {
        assertThat(check(till(url("postgresql", "127.0.0.1"), "")))
                .contains("OK    its database is on this machine: no TLS is needed")
                .containsPattern(
                        "OK    the connection is encrypted \\(TLSv1.3, .*\\); neither its certificate nor its name is verified");
        assertThat(check(till(url("mariadb", "127.0.0.1") + "?sslMode=trust", "")))
                .containsPattern(
                        "OK    the connection is encrypted \\(TLSv1.3, .*\\); neither its certificate nor its name is verified");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mariadb://till.invalid/t, unencrypted",
        "jdbc:mariadb://till.invalid/t?sslMode=disable, unencrypted",
        "jdbc:postgresql://till.invalid/t?sslmode=disable, unencrypted",
        "jdbc:sqlserver://till.invalid;databaseName=t;encrypt=false, unencrypted",
        "jdbc:mariadb://till.invalid/t?sslMode=trust, nobody",
        "jdbc:mariadb://till.invalid/t?useSsl=true&trustServerCertificate=true, nobody",
        "jdbc:postgresql://till.invalid/t, nobody",
        "jdbc:postgresql://till.invalid/t?sslmode=require, nobody",
        "jdbc:postgresql://till.invalid/t?sslmode=verify-full&sslfactory=org.postgresql.ssl.NonValidatingFactory, nobody",
        "jdbc:sqlserver://till.invalid:1433;databaseName=t;trustServerCertificate=true, nobody",
        "jdbc:mariadb://till.invalid/t?sslMode=verify-ca, name",
        "jdbc:mariadb://till.invalid/t?useSsl=true&disableSslHostnameVerification=true, name",
        "jdbc:postgresql://till.invalid/t?sslmode=verify-ca, name",
        "jdbc:postgresql://till.invalid/t?sslmode=require&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory, name",
        "jdbc:mariadb://till.invalid/t?sslMode=verify-full, good",
        "jdbc:postgresql://till.invalid/t?ssl=true, good",
        "jdbc:postgresql://till.invalid/t?sslmode=verify-full, good",
        "jdbc:sqlserver://till.invalid;databaseName=t, good",
        "jdbc:sqlserver://till.invalid;encrypt=strict;databaseName=t, good",
        "jdbc:sqlite:till.db, here",
        "jdbc:mariadb://127.0.0.1/t, here"
    })
    void what_the_address_alone_asks_for_is_told_beyond_this_machine(String url, String means) throws IOException {
        String said = beforeLogin(till(url, ""));
        assertThat(said)
                .contains(
                        switch (means) {
                            case "unencrypted" ->
                                "WARN  passwords and what is read of customers travel to till.invalid unencrypted";
                            case "nobody" -> "WARN  nobody vouches for till.invalid";
                            case "name" ->
                                "WARN  the certificate of till.invalid is verified, but not that it is that host's";
                            case "here" -> "OK    its database is on this machine: no TLS is needed";
                            default -> "";
                        });
        if (means.equals("good")) {
            assertThat(said).isEmpty();
        }
    }

    @Test
    void a_file_says_in_one_place_how_tls_is_spoken_and_with_certificates_that_are_good() throws IOException {
        for (String other : new String[] {
            "jdbc:postgresql://till/t?sslmode=require",
            "jdbc:postgresql://till/t?user=x&sslfactory=org.postgresql.ssl.NonValidatingFactory",
            "jdbc:postgresql://till/t?ssl",
            "jdbc:mariadb://till/t?disableSslHostnameVerification=true",
            "jdbc:mariadb://till/t?trustServerCertificate=true",
            "jdbc:sqlserver://till;databaseName=t;trustServerCertificate=true",
            "jdbc:sqlserver://till; encrypt =false;databaseName=t"
        }) {
            assertThatThrownBy(() -> till(other, "ca-file = site-ca.pem\n"))
                    .as(other)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(" says ca-file, and ")
                    .hasMessageContaining(" in jdbc.url.");
        }
        assertThat(till("jdbc:postgresql://till/t?sslcert=c.pem&sslkey=k.pem", "ca-file = site-ca.pem\n")
                        .authorities())
                .hasSize(1);
        assertThatThrownBy(() -> till("jdbc:sqlite:till.db", "ca-file = site-ca.pem\n"))
                .hasMessageContaining("is of no use to a SQLite file");
        assertThatThrownBy(() -> till("jdbc:postgresql://till/t", "ca-file = gone.pem\n"))
                .hasMessageContaining("config/pos/gone.pem of ca-file in ")
                .hasMessageContaining("till.properties does not exist.");
    }

    /** No server runs here: as far as the driver's own options go. */
    @Test
    void sql_server_gets_the_authorities_in_the_form_of_its_driver() throws Exception {
        PosConnection till = till("jdbc:sqlserver://till.invalid;databaseName=t", "ca-file = site-ca.pem\n");
        try (HikariDataSource pool = PosDatabase.of(till, Duration.ofSeconds(5))) {
            assertThat(pool.getDataSourceProperties())
                    .containsEntry("encrypt", "true")
                    .containsEntry("trustServerCertificate", "false");
            KeyStore store = KeyStore.getInstance(
                    Path.of(pool.getDataSourceProperties().getProperty("trustStore"))
                            .toFile(),
                    pool.getDataSourceProperties()
                            .getProperty("trustStorePassword")
                            .toCharArray());
            assertThat(store.size()).isEqualTo(1);
        }
    }
}
