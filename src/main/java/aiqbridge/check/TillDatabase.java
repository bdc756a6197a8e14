package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.connection.PosConnection;
import aiqbridge.pos.PosMakes;
import aiqbridge.route.BoundStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcUtils;

/** A till's database, and the statements of its make as the bridge itself runs them there. What would write is rolled back, or on MariaDB, whose tables may not know how, explained. */
final class TillDatabase {
    /** What a statement gave: which columns, and its first rows; case does not count in their names. */
    record Rows(Set<String> columns, List<Map<String, Object>> rows) {}

    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final ResultSetExtractor<Rows> READ = TillDatabase::read;
    private final Path folder;
    private final PosConnection connection;
    private final DataSource database;
    private final PosMakes makes;
    private final int longest;

    TillDatabase(Path home, Settings settings, PosConnection connection, DataSource database) {
        this.folder = home.resolve("routes/pos");
        this.connection = connection;
        this.database = database;
        this.makes = new PosMakes(home);
        this.longest = (int) settings.duration("pos.query-timeout").toSeconds();
    }

    DataSource source() {
        return database;
    }

    /** The make's file of that name for this engine, below routes/pos/. */
    Optional<String> file(String name) {
        return makes.file(connection.make(), connection.engine(), name);
    }

    /** @throws DataAccessException when it cannot run */
    Rows rows(String file, int most, Map<String, Object> values) {
        JdbcTemplate template = template(database);
        template.setMaxRows(most);
        return template.query(statement(file).with(values), READ);
    }

    /**
     * Whether it may run, without a trace.
     *
     * @throws DataAccessException when it may not
     */
    void tried(String file, Map<String, Object> values) {
        if (connection.engine().equals("mariadb")) {
            template(database).query(statement(file).with("explain ", values), READ);
            return;
        }
        rolledBack(one -> one.update(statement(file).with(values)));
    }

    /** How the database would go about it, as its own lines say. */
    List<String> plan(String file, Map<String, Object> values) {
        return switch (connection.engine()) {
            case "sqlite" -> plan(template(database), "explain query plan ", file, values);
            case "mariadb" -> plan(template(database), "explain ", file, values);
            // a small table is read as a whole even where there is an index: without that choice the plan shows whether
            // there is one
            case "postgresql" ->
                rolledBack(one -> {
                    one.execute("set local enable_seqscan = off");
                    return plan(one, "explain ", file, values);
                });
            default -> List.of();
        };
    }

    /** How many rows MariaDB reads one after another for it: what a login is told that may not see the plan, because a view hides the tables. */
    long readInARow(String file, Map<String, Object> values) {
        return rolledBack(one -> {
            long before = inARow(one);
            one.query(statement(file).with(values), READ);
            return inARow(one) - before;
        });
    }

    private static long inARow(JdbcTemplate on) {
        return on.queryForObject(
                "show session status like 'Handler_read_rnd_next'", (row, number) -> row.getLong("Value"));
    }

    private List<String> plan(JdbcTemplate on, String explain, String file, Map<String, Object> values) {
        return on.query(statement(file).with(explain, values), READ).rows().stream()
                .map(Map::toString)
                .toList();
    }

    private <T> T rolledBack(Function<JdbcTemplate, T> work) {
        try (Connection one = database.getConnection()) {
            one.setAutoCommit(false);
            try {
                return work.apply(template(new SingleConnectionDataSource(one, true)));
            } finally {
                one.rollback();
                one.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("rolled back", null, e);
        }
    }

    private JdbcTemplate template(DataSource on) {
        JdbcTemplate template = new JdbcTemplate(on);
        template.setQueryTimeout(longest);
        return template;
    }

    private BoundStatement statement(String file) {
        try {
            return new BoundStatement(Files.readString(folder.resolve(file)), Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rows read(ResultSet result) throws SQLException {
        ResultSetMetaData about = result.getMetaData();
        Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i <= about.getColumnCount(); i++) {
            columns.add(JdbcUtils.lookupColumnName(about, i));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        while (result.next()) {
            Map<String, Object> row = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 1; i <= about.getColumnCount(); i++) {
                row.put(JdbcUtils.lookupColumnName(about, i), JdbcUtils.getResultSetValue(result, i));
            }
            rows.add(row);
        }
        return new Rows(columns, rows);
    }

    /** What a poll binds that reads from then on; both statements of it know their own half. */
    Map<String, Object> since(Instant since) {
        Map<String, Object> bounds = new HashMap<>();
        for (String of : List.of("", "reversed_")) {
            bounds.put(of + "since", wallClock(since));
            bounds.put(of + "since_epoch", since.getEpochSecond());
            bounds.put(of + "since_id", "");
        }
        bounds.put("connection", connection.name());
        return bounds;
    }

    /** The till's own wall clock, as its database compares it. */
    Object wallClock(Instant at) {
        LocalDateTime wallClock = LocalDateTime.ofInstant(at, connection.zone());
        return connection.engine().equals("sqlite") ? TEXT.format(wallClock) : wallClock;
    }

    /** The statements of a file for the owner, with what is the owner's own filled in. */
    static String filled(Path home, String file, PosConnection connection, String login) {
        try {
            return Files.readString(home.resolve("routes/pos").resolve(file))
                    .replace("{login}", login)
                    .replace("{database}", connection.jdbcUrl().replaceAll("^.*/|[?].*$", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the database said, without what may follow it: rows, addresses. */
    static String reason(DataAccessException e) {
        return String.valueOf(e.getMostSpecificCause().getMessage())
                .lines()
                .findFirst()
                .orElse("no reason given");
    }

    static String missing(List<String> needed, Set<String> columns) {
        return needed.stream().filter(one -> !columns.contains(one)).collect(Collectors.joining(", "));
    }
}
