package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.pos.PosConnection;
import aiqbridge.pos.PosDatabase;
import aiqbridge.pos.PosRoutes;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Looks at one till's database with the bridge's own login. */
final class PosCheck {
    private static final List<String> NEEDED = List.of("transaction_id", "completed_at", "total");
    private static final List<String> WISHED = List.of("location", "phone", "email", "customer_id", "note", "discount_ids", "discount_total", "employee");
    private final Path folder;
    private final Settings settings;
    private final PosConnection connection;
    private final Findings findings;
    private final PosRoutes files;

    PosCheck(Path home, Settings settings, PosConnection connection, Findings findings) {
        this.folder = home.resolve("routes/pos");
        this.settings = settings;
        this.connection = connection;
        this.findings = findings;
        this.files = new PosRoutes(home, null);
    }

    void run(boolean forOwner) {
        Optional<String> sales = files.file(connection, "sales");
        if (sales.isEmpty()) {
            findings.fail("there is no make " + connection.make(), "A make is a folder in routes/pos/ with at least sales.sql; known are: " + makes());
            return;
        }
        if (forOwner) {
            owner();
        }
        try (HikariDataSource database = PosDatabase.of(connection, settings.duration("pos.query-timeout"))) {
            JdbcTemplate till = new JdbcTemplate(database);
            till.setMaxRows(3);
            till.setQueryTimeout((int) settings.duration("pos.query-timeout").toSeconds());
            try {
                login(till);
            } catch (DataAccessException e) {
                findings.fail("the till's database does not let us in: " + reason(e), "Look at jdbc.url and jdbc.username in config/pos/" + connection.name() + ".properties and at the variable "
                    + aiqbridge.pos.PosConnections.passwordVariable(connection.name()) + ".");
                return;
            }
            aliases(till, text(sales.get()));
            index(till, text(sales.get()));
            rights(till);
        }
    }

    private void login(JdbcTemplate till) {
        long theirs = till.queryForObject(text("now." + connection.engine() + ".sql"), Long.class);
        findings.ok("the login works");
        long off = Math.abs(theirs - Instant.now().getEpochSecond());
        if (off > 300) {
            findings.warn("the till's clock is " + off + " s off", "Set it by NTP; sales from the future are heard but do not move the poll on.");
        } else {
            findings.ok("the till's clock agrees within " + Math.max(1, off) + " s");
        }
    }

    private void aliases(JdbcTemplate till, String sales) {
        List<Map<String, Object>> rows;
        try {
            rows = new NamedParameterJdbcTemplate(till).queryForList(sales, bounds(Duration.ofDays(3650)));
        } catch (DataAccessException e) {
            findings.fail("the statement of the completed sales fails: " + reason(e), "Was a column renamed, or is the view or a right missing? aiq-bridge check " + connection.name() + " prints the statements for the owner.");
            return;
        }
        if (rows.isEmpty()) {
            findings.warn("there is no completed sale to look at", "Ring one up and run the check again.");
            return;
        }
        Map<String, Object> first = caseless(rows.get(0));
        List<String> missing = NEEDED.stream().filter(a -> !first.containsKey(a)).toList();
        if (missing.isEmpty()) {
            findings.ok("every needed alias is there; optional ones: " + WISHED.stream().filter(first::containsKey).collect(Collectors.joining(", ")));
        } else {
            findings.fail("the alias " + String.join(", ", missing) + " is missing", "Every make gives " + String.join(", ", NEEDED) + ".");
        }
        rows.forEach(row -> findings.detail(masked(caseless(row))));
    }

    /** Enough to recognise a sale by, and nobody. */
    private String masked(Map<String, Object> row) {
        Object phone = row.get("phone");
        String shown = phone == null || phone.toString().isBlank() ? "no phone"
            : Identity.phone(phone.toString(), "US").map(p -> "phone …" + p.substring(p.length() - 4)).orElse("a phone that cannot be read");
        return "sale " + row.get("transaction_id") + ", " + row.get("completed_at") + ", " + (row.get("total") == null ? "no total" : new BigDecimal(row.get("total").toString()).setScale(2, java.math.RoundingMode.HALF_UP)) + ", " + shown;
    }

    private void index(JdbcTemplate till, String sales) {
        try {
            String plan = switch (connection.engine()) {
                case "sqlite" -> plan(till, "explain query plan ", sales);
                case "mariadb" -> plan(till, "explain ", sales);
                case "postgresql" -> planOnPostgresql(till, sales);
                default -> "";
            };
            boolean indexed = switch (connection.engine()) {
                case "sqlite" -> plan.contains("USING INDEX") || plan.contains("USING COVERING INDEX");
                case "mariadb" -> plan.contains("type=range") || plan.contains("type=ref") || plan.contains("type=index");
                case "postgresql" -> plan.contains("Index");
                default -> true;
            };
            if (plan.isEmpty()) {
                findings.warn("whether the poll uses an index was not looked at", "Index the column of the sale's time; on this kind of database the plan is not read.");
            } else if (indexed) {
                findings.ok("the poll uses an index");
            } else {
                findings.warn("the poll reads the whole table", "Ask the owner for an index on the column of the sale's time.");
            }
        } catch (DataAccessException e) {
            findings.warn("the plan of the poll cannot be read: " + reason(e), "The poll works without; index the column of the sale's time.");
        }
    }

    private String plan(JdbcTemplate till, String explain, String sales) {
        JdbcTemplate unbounded = new JdbcTemplate(till.getDataSource());
        return new NamedParameterJdbcTemplate(unbounded).queryForList(explain + sales, bounds(Duration.ofMinutes(10))).toString();
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
            String wide = switch (connection.engine()) {
                case "postgresql" -> till.queryForObject("""
                    select case when (select rolsuper from pg_roles where rolname = current_user) then 'superuser'
                      else (select string_agg(distinct lower(privilege_type), ', ') from information_schema.role_table_grants where grantee = current_user and privilege_type <> 'SELECT') end""", String.class);
                case "mariadb" -> wide(new JdbcTemplate(till.getDataSource()).queryForList("show grants", String.class));
                default -> null;
            };
            if (wide == null || connection.writeBack() && !wide.contains("superuser") && !wide.contains("all privileges") && !wide.contains("delete")) {
                findings.ok("the login may no more than it needs" + (connection.engine().equals("sqlite") ? " (a SQLite file has no logins)" : ""));
            } else {
                findings.warn("the login may more than it needs: " + wide, "Give it SELECT alone" + (connection.writeBack() ? " and the right to write the points" : "") + "; aiq-bridge check " + connection.name() + " prints the statements.");
            }
        } catch (DataAccessException e) {
            findings.warn("the login's rights cannot be read: " + reason(e), "Give it SELECT alone.");
        }
    }

    private static String wide(List<String> grants) {
        String all = String.join(" ", grants).toLowerCase(Locale.ROOT);
        String wide = List.of("all privileges", "insert", "update", "delete", "drop", "create", "alter").stream().filter(right -> Pattern.compile("\\b" + right + "\\b").matcher(all.replaceAll(" on .*? to ", " ")).find()
            || all.contains("grant " + right)).collect(Collectors.joining(", "));
        return wide.isEmpty() ? null : wide;
    }

    private void owner() {
        files.file(connection, "owner").ifPresent(file -> {
            findings.detail("For the till's owner, to run with the admin's login; AIQBRIDGE_PASSWORD is a password of the owner's choice:");
            findings.detail(text(file).replace("{login}", connection.username()).replace("{database}", connection.jdbcUrl().replaceAll("^.*/|[?].*$", "")));
        });
    }

    private Map<String, Object> bounds(Duration back) {
        Instant since = Instant.now().minus(back);
        LocalDateTime wallClock = LocalDateTime.ofInstant(since, connection.zone());
        Map<String, Object> bounds = new HashMap<>();
        bounds.put("since", connection.engine().equals("sqlite") ? wallClock.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")) : wallClock);
        bounds.put("since_epoch", since.getEpochSecond());
        bounds.put("since_id", "");
        return bounds;
    }

    /** The statement as Spring names its parameters, without our comments. */
    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file)).lines().filter(line -> !line.startsWith("-- ")).collect(Collectors.joining("\n")).replace(":#", ":");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String makes() {
        try (var folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "none";
        }
    }

    private static Map<String, Object> caseless(Map<String, Object> row) {
        Map<String, Object> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(row);
        return caseless;
    }

    private static String reason(DataAccessException e) {
        return String.valueOf(e.getMostSpecificCause().getMessage()).lines().findFirst().orElse("no reason given");
    }
}
