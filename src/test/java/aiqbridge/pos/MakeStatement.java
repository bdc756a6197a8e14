package aiqbridge.pos;

import aiqbridge.route.BoundStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A make's statement as it stands in its file, run on the till's real database with the bridge's own login. */
final class MakeStatement {
    private final JdbcTemplate login;
    private final BoundStatement statement;
    private final String engine;

    MakeStatement(SampleTill till, String name) throws IOException {
        this.login = new JdbcTemplate(new DriverManagerDataSource(till.readerUrl(), till.login(), ""));
        this.engine = till.engine();
        String file =
                new PosMakes(Path.of("")).file(till.make(), till.engine(), name).orElseThrow();
        this.statement =
                new BoundStatement(Files.readString(Path.of("routes/pos").resolve(file)), Clock.systemUTC());
    }

    /** @throws DataAccessException when it does not fit, or a right is missing */
    List<Map<String, Object>> rows(Map<String, Object> parameters) {
        return login.query(statement.with(parameters), new ColumnMapRowMapper());
    }

    /** The row of this id, null where there is none. */
    Map<String, Object> row(Map<String, Object> parameters, String transactionId) {
        return rows(parameters).stream()
                .filter(row -> transactionId.equals(row.get("transaction_id")))
                .findFirst()
                .orElse(null);
    }

    /** On PostgreSQL a small table is read as a whole even where there is an index: without that choice the plan shows whether there is one. */
    String plan(Map<String, Object> parameters) {
        return login.execute((java.sql.Connection one) -> {
            JdbcTemplate here = new JdbcTemplate(new SingleConnectionDataSource(one, true));
            if (engine.equals("postgresql")) {
                here.execute("set enable_seqscan = off");
            }
            return here.query(statement.with("explain ", parameters), new ColumnMapRowMapper()).stream()
                    .map(Map::toString)
                    .collect(Collectors.joining("\n"));
        });
    }
}
