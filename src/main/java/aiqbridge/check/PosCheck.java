package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.pos.PosDatabase;
import aiqbridge.pos.PosMakes;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks at one till's database with the bridge's own login. */
final class PosCheck {
    private static final Duration SKEW = Duration.ofMinutes(5);
    private final Path home;
    private final Settings settings;
    private final PosConnection connection;
    private final Findings findings;
    private final PosMakes makes;

    PosCheck(Path home, Settings settings, PosConnection connection, Findings findings) {
        this.home = home;
        this.settings = settings;
        this.connection = connection;
        this.findings = findings;
        this.makes = new PosMakes(home);
    }

    void run(boolean forOwner) {
        Optional<String> sales = makes.file(connection.make(), connection.engine(), "sales");
        if (sales.isEmpty()) {
            findings.fail(
                    "there is no make " + connection.make(),
                    "A make is a folder in routes/pos/ with at least sales.sql; known are: "
                            + String.join(", ", makes.names()) + ".");
            return;
        }
        String owners = owners(home, connection);
        if (forOwner && !owners.isEmpty()) {
            findings.detail(
                    "For the till's owner, to run with the admin's login; AIQBRIDGE_PASSWORD is a password of the owner's choice:");
            findings.detail(owners);
        }
        try (HikariDataSource pool = PosDatabase.of(connection, settings.duration("pos.query-timeout"))) {
            database(new TillDatabase(home, settings, connection, pool), sales.get());
        }
        if (connection.requests()) {
            new RequestTableCheck(home, settings, connection, findings).run();
        }
    }

    private void database(TillDatabase till, String sales) {
        JdbcTemplate plain = new JdbcTemplate(till.source());
        plain.setQueryTimeout((int) settings.duration("pos.query-timeout").toSeconds());
        TillTlsCheck tls = new TillTlsCheck(connection, settings.duration("aiq.connect-timeout"), findings);
        tls.beforeLogin();
        Instant tillNow;
        try {
            tillNow = login(plain);
            tls.afterLogin(plain);
            replica(plain);
        } catch (DataAccessException e) {
            findings.fail("cannot connect to the till's database: " + TillDatabase.reason(e), where());
            return;
        }
        List<String> sold = new SalesCheck(settings, connection, till, sales, findings).run(tillNow, makes);
        new MakeCheck(settings, connection, till, makes, findings).run(tillNow, sold, sales);
        PlanCheck plan = new PlanCheck(connection.engine(), till, findings);
        Map<String, Object> window = till.since(Instant.now().minus(Duration.ofMinutes(10)));
        plan.range("the poll", sales, window);
        till.file("reversals").ifPresent(file -> plan.range("the poll of voids and returns", file, window));
        till.file("standing")
                .ifPresent(file -> plan.key(
                        "what asks for sales by their ids",
                        file,
                        Map.of("transaction_ids", sold.isEmpty() ? List.of("0", "1") : sold)));
        till.file("late").ifPresent(file -> plan.range("what asks for late sales", file, Map.of("arrived_after", 0L)));
        new RightsCheck(connection, findings).run(till.source());
    }

    private String where() {
        String file = "config/pos/" + connection.name() + ".properties";
        return connection.engine().equals("sqlite")
                ? "Check jdbc.url in " + file + "; the file and its folder must be there and may be read."
                : "Check jdbc.url and jdbc.username in " + file + " and at the variable "
                        + PosConnections.passwordVariable(connection.name()) + ".";
    }

    /** The statements that the till's owner runs once, ready to be piped; empty where the make has none for this engine. */
    static String owners(Path home, PosConnection connection) {
        List<String> all = new ArrayList<>();
        new PosMakes(home)
                .file(connection.make(), connection.engine(), "owner")
                .ifPresent(file -> all.add(TillDatabase.filled(home, file, connection, connection.username())));
        String requests = "requests-owner." + connection.engine() + ".sql";
        if (connection.requests()
                && Files.isRegularFile(home.resolve("routes/pos").resolve(requests))) {
            all.add(TillDatabase.filled(home, requests, connection, connection.requestsUsername()));
        }
        return String.join("", all);
    }

    /** What the till's database says it is now. */
    private Instant login(JdbcTemplate till) {
        long theirs = till.queryForObject(now(), Long.class);
        findings.ok("the login works");
        long off = Math.abs(theirs - Instant.now().getEpochSecond());
        if (off > SKEW.toSeconds()) {
            findings.warn(
                    "the till's clock is " + off + " s off",
                    "Synchronize it with NTP; sales from the future are read but do not advance the poll.");
        } else {
            findings.ok("the till's clock agrees within " + Math.max(1, off) + " s");
        }
        return Instant.ofEpochSecond(theirs);
    }

    /** A replica is polled like the till's own database; what it is behind, the polls' overlap has to make up for. */
    private void replica(JdbcTemplate till) {
        JdbcTemplate one = new JdbcTemplate(till.getDataSource());
        String hint = "Sales are seen that much later, and pos.overlap (" + settings.text("pos.overlap")
                + ") must be longer than it ever is; points cannot be written back there.";
        if (connection.engine().equals("postgresql")
                && Boolean.TRUE.equals(one.queryForObject("select pg_is_in_recovery()", Boolean.class))) {
            Long behind = one.queryForObject(
                    "select cast(extract(epoch from now() - pg_last_xact_replay_timestamp()) as bigint)", Long.class);
            findings.warn(
                    "this is a replica" + (behind == null ? "" : "; its last change is " + behind + " s old"), hint);
        } else if (connection.engine().equals("mariadb")
                && Boolean.TRUE.equals(one.queryForObject("select @@global.read_only", Boolean.class))) {
            findings.warn("this server is read-only, probably a replica; how far it is behind cannot be seen", hint);
        }
    }

    private String now() {
        try {
            return Files.readString(home.resolve("routes/pos/now." + connection.engine() + ".sql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
