package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.pos.PosDatabase;
import aiqbridge.pos.PosFault;
import aiqbridge.pos.PosMakes;
import aiqbridge.pos.PosRows;
import aiqbridge.route.Finding;
import aiqbridge.wallet.Identity;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Looks at one till's database with the bridge's own login. */
final class PosCheck {
    // what a plan says when an index leads to the rows after the bound; an index that serves a join says something else
    private static final Pattern RANGE_ON_SQLITE = Pattern.compile("USING (COVERING )?INDEX \\S+ \\([^)]*>");
    private static final Pattern RANGE_ON_POSTGRESQL = Pattern.compile("Index Cond: \\(+[^ =]+ >= ");
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final List<String> NEEDED = List.of("transaction_id", "completed_at", "total");
    private static final List<String> WISHED = List.of(
            "location",
            "phone",
            "email",
            "customer_id",
            "note",
            "discount_ids",
            "discount_total",
            "employee",
            "changed_at");
    private final Path folder;
    private final Settings settings;
    private final PosConnection connection;
    private final Findings findings;
    private final PosMakes makes;

    PosCheck(Path home, Settings settings, PosConnection connection, Findings findings) {
        this.folder = home.resolve("routes/pos");
        this.settings = settings;
        this.connection = connection;
        this.findings = findings;
        this.makes = new PosMakes(home);
    }

    void run(boolean forOwner) {
        Optional<String> sales = file("sales");
        if (sales.isEmpty()) {
            findings.fail(
                    "there is no make " + connection.make(),
                    "A make is a folder in routes/pos/ with at least sales.sql; known are: "
                            + String.join(", ", makes.names()) + ".");
            return;
        }
        if (forOwner) {
            owner();
        }
        try (HikariDataSource database = PosDatabase.of(connection, settings.duration("pos.query-timeout"))) {
            JdbcTemplate till = new JdbcTemplate(database);
            till.setMaxRows(3);
            till.setQueryTimeout((int) settings.duration("pos.query-timeout").toSeconds());
            Instant tillNow;
            try {
                tillNow = login(till);
                replica(till);
            } catch (DataAccessException e) {
                findings.fail(
                        "cannot connect to the till's database: " + reason(e),
                        "Check jdbc.url and jdbc.username in config/pos/" + connection.name()
                                + ".properties and at the variable "
                                + PosConnections.passwordVariable(connection.name()) + ".");
                return;
            }
            if (aliases(till, text(sales.get()))) {
                try {
                    zone(database, text(sales.get()), tillNow);
                } catch (DataAccessException e) {
                    findings.warn(
                            "the zone cannot be checked: " + reason(e),
                            "Compare zone in config/pos/" + connection.name()
                                    + ".properties with the till's wall clock.");
                }
            }
            others(database, sales.get());
            index(till, text(sales.get()));
            rights(till);
        }
        if (connection.requests()) {
            requests(forOwner);
        }
    }

    private Optional<String> file(String name) {
        return makes.file(connection.make(), connection.engine(), name);
    }

    /** What the till's database says it is now. */
    private Instant login(JdbcTemplate till) {
        long theirs = till.queryForObject(text("now." + connection.engine() + ".sql"), Long.class);
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

    /** Whether the completed sales can be read. */
    private boolean aliases(JdbcTemplate till, String sales) {
        List<Map<String, Object>> rows;
        try {
            rows = new NamedParameterJdbcTemplate(till)
                    .queryForList(sales, bounds(Instant.now().minus(Duration.ofDays(3650))));
        } catch (DataAccessException e) {
            if (PosFault.waited(e)) {
                findings.fail(
                        "the statement of the completed sales took longer than pos.query-timeout ("
                                + settings.text("pos.query-timeout") + ")",
                        "The database is busy, or the till has locked a table. Run the check again; see the index below.");
                return false;
            }
            findings.fail(
                    "the statement of the completed sales fails: " + reason(e) + "."
                            + makes.doubt(connection, till.getDataSource()),
                    "Was a column renamed, or is the view or a right missing? aiq-bridge check " + connection.name()
                            + " prints the statements for the owner.");
            return false;
        }
        if (rows.isEmpty()) {
            findings.warn("there is no completed sale to check", "Complete one at the till and run the check again.");
            return false;
        }
        Map<String, Object> first = caseless(rows.get(0));
        List<String> missing =
                NEEDED.stream().filter(a -> !first.containsKey(a)).toList();
        if (missing.isEmpty()) {
            findings.ok("every required alias is present; optional ones: "
                    + WISHED.stream().filter(first::containsKey).collect(Collectors.joining(", ")));
        } else {
            findings.fail(
                    "the alias " + String.join(", ", missing) + " is missing",
                    "Every make provides " + String.join(", ", NEEDED) + ".");
        }
        rows.forEach(row -> findings.detail(masked(caseless(row))));
        return missing.isEmpty();
    }

    /** The statements beside that of the sales, which ran. */
    private void others(DataSource database, String sales) {
        try {
            List<Finding> refused = makes.refused(connection, database).stream()
                    .filter(one -> !one.file().equals("routes/pos/" + sales))
                    .toList();
            refused.forEach(one -> findings.fail(one.text(), one.hint()));
            if (refused.isEmpty()) {
                findings.ok("the make's other statements fit the till's database");
            }
        } catch (SQLException e) {
            findings.warn("the make's other statements were not checked: " + e.getMessage(), "Run the check again.");
        }
    }

    /** A zone too far west puts the newest sale into the till's own future; one too far east makes the shop look quiet, which cannot be told. What lies beyond a day is no question of zones. */
    private void zone(DataSource database, String sales, Instant tillNow) {
        JdbcTemplate till = new JdbcTemplate(database);
        till.setMaxRows(10_000);
        till.setQueryTimeout((int) settings.duration("pos.query-timeout").toSeconds());
        Instant soon = tillNow.plus(SKEW);
        List<Object> times = new NamedParameterJdbcTemplate(till)
                .queryForList(sales, bounds(soon)).stream()
                        .map(row -> caseless(row).get("completed_at"))
                        .filter(Objects::nonNull)
                        .toList();
        Optional<Instant> newest = times.stream()
                .flatMap(this::read)
                .filter(at -> at.isAfter(soon) && at.isBefore(tillNow.plus(Duration.ofHours(26))))
                .max(Comparator.naturalOrder());
        if (newest.isEmpty()) {
            findings.ok("no sale lies hours ahead, read in the zone " + connection.zone());
        } else if (times.get(0) instanceof Number) {
            findings.warn(
                    "the newest sale lies " + hours(tillNow, newest.get()) + " in the future by the till's own clock",
                    "Check the clocks of the till's workstations.");
        } else {
            findings.warn(
                    "the newest sale lies " + hours(tillNow, newest.get()) + " in the future, read in the zone "
                            + connection.zone(),
                    "The till's wall clock is probably in another zone: check zone in config/pos/" + connection.name()
                            + ".properties. Where the column has a zone of its own, let the view return epoch seconds.");
        }
    }

    private Stream<Instant> read(Object time) {
        try {
            return Stream.of(Instant.ofEpochMilli(PosRows.millis(time, connection.zone())));
        } catch (IllegalArgumentException unreadable) {
            return Stream.empty();
        }
    }

    private static String hours(Instant from, Instant to) {
        return String.format(Locale.ROOT, "%.1f h", Duration.between(from, to).toSeconds() / 3_600.0);
    }

    /** Enough to recognise a sale by, and nobody. */
    private String masked(Map<String, Object> row) {
        Object phone = row.get("phone");
        String shown = phone == null || phone.toString().isBlank()
                ? "no phone"
                : Identity.phone(phone.toString(), "US")
                        .map(p -> "phone …" + p.substring(p.length() - 4))
                        .orElse("a phone that cannot be read");
        return "sale " + row.get("transaction_id") + ", " + row.get("completed_at") + ", "
                + (row.get("total") == null
                        ? "no total"
                        : new BigDecimal(row.get("total").toString()).setScale(2, java.math.RoundingMode.HALF_UP))
                + ", " + shown;
    }

    private void index(JdbcTemplate till, String sales) {
        try {
            String plan =
                    switch (connection.engine()) {
                        case "sqlite" -> plan(till, "explain query plan ", sales);
                        case "mariadb" -> plan(till, "explain ", sales);
                        case "postgresql" -> planOnPostgresql(till, sales);
                        default -> "";
                    };
            boolean indexed =
                    switch (connection.engine()) {
                        case "sqlite" -> RANGE_ON_SQLITE.matcher(plan).find();
                        case "mariadb" -> plan.contains(" type=range");
                        case "postgresql" -> RANGE_ON_POSTGRESQL.matcher(plan).find();
                        default -> true;
                    };
            if (plan.isEmpty()) {
                findings.warn(
                        "whether the poll uses an index was not checked",
                        "Make sure that the column of the sale's time is indexed; the plan is not read on this kind of database.");
            } else if (indexed) {
                findings.ok("the poll uses an index");
            } else {
                findings.warn(
                        "the poll reads the whole table",
                        "Ask the owner for an index on the column of the sale's time if there is none; a small table may be read as a whole even so.");
            }
        } catch (DataAccessException e) {
            findings.warn(
                    "the plan of the poll cannot be read: " + reason(e),
                    "The poll works without an index; create one on the column of the sale's time.");
        }
    }

    private String plan(JdbcTemplate till, String explain, String sales) {
        JdbcTemplate unbounded = new JdbcTemplate(till.getDataSource());
        return new NamedParameterJdbcTemplate(unbounded)
                .queryForList(explain + sales, bounds(Instant.now().minus(Duration.ofMinutes(10))))
                .toString();
    }

    /** A small table is read as a whole even where there is an index: without that choice the plan shows whether there is one. */
    private String planOnPostgresql(JdbcTemplate till, String sales) {
        try (Connection connection = till.getDataSource().getConnection()) {
            connection.setAutoCommit(false);
            try {
                JdbcTemplate one = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
                one.execute("set local enable_seqscan = off");
                return plan(one, "explain ", sales);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("the plan", null, e);
        }
    }

    private void rights(JdbcTemplate till) {
        try {
            List<String> wide =
                    switch (connection.engine()) {
                        case "postgresql" -> new JdbcTemplate(till.getDataSource()).queryForList("""
                    select 'superuser' from pg_roles where rolname = current_user and rolsuper
                    union select lower(right_) from unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) right_, pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where c.relkind in ('r', 'p', 'v') and n.nspname not in ('pg_catalog', 'information_schema') and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, right_) order by 1""", String.class);
                        case "mariadb" ->
                            wide(new JdbcTemplate(till.getDataSource()).queryForList("show grants", String.class));
                        default -> List.of();
                    };
            String needless = wide.stream()
                    .filter(right -> !connection.writeBack()
                            || !List.of("insert", "update").contains(right))
                    .collect(Collectors.joining(", "));
            if (connection.engine().equals("sqlserver")) {
                findings.warn(
                        "the login's rights were not checked",
                        "Grant it SELECT only; rights are not read on this kind of database.");
            } else if (needless.isEmpty()) {
                findings.ok("the login has only the rights it needs"
                        + (connection.engine().equals("sqlite") ? " (a SQLite file has no logins)" : ""));
            } else {
                findings.warn(
                        "the login has more rights than it needs: " + needless,
                        "Grant it SELECT only" + (connection.writeBack() ? " and the right to write the points" : "")
                                + "; aiq-bridge check " + connection.name() + " prints the statements.");
            }
        } catch (DataAccessException e) {
            findings.warn("the login's rights cannot be read: " + reason(e), "Grant it SELECT only.");
        }
    }

    /** On MariaDB everybody may work in the databases test and test_…: that is no right of the login's. */
    private static List<String> wide(List<String> grants) {
        String all = grants.stream()
                .filter(grant -> !grant.matches("(?i).* on `test(\\\\_%)?`[.]\\* to `?public`?"))
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT)
                .replaceAll(" on .*? to ", " ");
        return Stream.of("all privileges", "insert", "update", "delete", "drop", "create", "alter")
                .filter(right ->
                        Pattern.compile("\\b" + right + "\\b").matcher(all).find())
                .toList();
    }

    private void owner() {
        file("owner").ifPresent(file -> {
            findings.detail(
                    "For the till's owner, to run with the admin's login; AIQBRIDGE_PASSWORD is a password of the owner's choice:");
            findings.detail(filled(read(file), connection.username()));
        });
    }

    /** The till's request table, with the login that is for it alone. */
    private void requests(boolean forOwner) {
        if (forOwner) {
            findings.detail("For the till's owner, the request table and its login:");
            findings.detail(
                    filled(read("requests-owner." + connection.engine() + ".sql"), connection.requestsUsername()));
        }
        try (HikariDataSource database = PosDatabase.ofRequests(connection, settings.duration("pos.query-timeout"))) {
            JdbcTemplate table = new JdbcTemplate(database);
            table.setMaxRows(1);
            table.queryForList(text("requests/new.sql"));
            // whether it may, without doing it
            table.update("update aiq_request set status = status, code = code where 1 = 0");
            table.update(
                    "insert into aiq_request_discount (request_id, line, discount_id, usable) select request_id, 1, 'none', 0 from aiq_request where 1 = 0");
            findings.ok("the request table can be read and answered");
            sees(database);
        } catch (DataAccessException e) {
            findings.fail(
                    "the request table cannot be used: " + reason(e),
                    "aiq-bridge check " + connection.name()
                            + " prints the statements for the owner; the password is the variable "
                            + PosConnections.requestsPasswordVariable(connection.name()) + ".");
        }
    }

    private void sees(HikariDataSource requests) {
        if (connection.requestsUsername().equals(connection.username())
                && !connection.engine().equals("sqlite")) {
            findings.warn(
                    "the request table does not have its own login",
                    "Set requests.username to another login than jdbc.username, with rights on that table only.");
            return;
        }
        try {
            new JdbcTemplate(requests)
                    .queryForList(text(file("sales").orElseThrow()).replaceAll(":[a-z_]+", "null"));
            if (!connection.engine().equals("sqlite")) {
                findings.warn(
                        "the request table's login can also read the till's sales",
                        "Grant it rights on aiq_request and aiq_request_discount only.");
            }
        } catch (DataAccessException good) {
            findings.ok("its login cannot read the till's sales");
        }
    }

    private String filled(String statements, String login) {
        return statements
                .replace("{login}", login)
                .replace("{database}", connection.jdbcUrl().replaceAll("^.*/|[?].*$", ""));
    }

    private Map<String, Object> bounds(Instant since) {
        LocalDateTime wallClock = LocalDateTime.ofInstant(since, connection.zone());
        Map<String, Object> bounds = new HashMap<>();
        bounds.put(
                "since",
                connection.engine().equals("sqlite")
                        ? wallClock.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))
                        : wallClock);
        bounds.put("since_epoch", since.getEpochSecond());
        bounds.put("since_id", "");
        return bounds;
    }

    /** The statement as Spring names its parameters, without our comments. */
    private String text(String file) {
        return read(file)
                .lines()
                .filter(line -> !line.startsWith("-- "))
                .collect(Collectors.joining("\n"))
                .replace(":#", ":");
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> caseless(Map<String, Object> row) {
        Map<String, Object> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(row);
        return caseless;
    }

    private static String reason(DataAccessException e) {
        return String.valueOf(e.getMostSpecificCause().getMessage())
                .lines()
                .findFirst()
                .orElse("no reason given");
    }
}
