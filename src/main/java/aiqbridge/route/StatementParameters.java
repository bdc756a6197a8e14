package aiqbridge.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import org.apache.camel.Endpoint;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.component.sql.SqlHelper;
import org.apache.camel.spi.EndpointStrategy;

/**
 * Tells Camel how many parameters each statement of the routes has. Left alone it asks the database before each execution, and PostgreSQL then parses and plans the statement
 * anew each time instead of remembering it. Rows come as records and records are bound ({@link RecordRows}, {@link BoundValues}).
 */
public final class StatementParameters implements EndpointStrategy {
    /** Camel replaces what this matches by {@code ?}, wherever it stands: a {@code #} that marks no parameter is left alone, in a literal and as an operator. */
    static final String PLACEHOLDER = "(?<=:)#(?=in:|\\w|[$])";

    private final BoundValues bound;
    private final RecordRows records = new RecordRows();

    public StatementParameters(Clock clock) {
        this.bound = new BoundValues(clock);
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof SqlEndpoint sql) {
            try {
                sql.setPlaceholder(PLACEHOLDER);
                sql.setPrepareStatementStrategy(bound);
                sql.setRowMapperFactory(records);
                sql.setParametersCount(
                        count(SqlHelper.resolveQuery(sql.getCamelContext(), sql.getQuery(), sql.getPlaceholder())));
            } catch (NoTypeConversionAvailableException | SQLException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return endpoint;
    }

    /** Of a statement whose placeholders Camel has resolved; a question mark in a literal or a comment is none, and a list counts as one value. */
    static int count(String statement) throws SQLException {
        return (int) new DefaultSqlPrepareStatementStrategy()
                .prepareQuery(StatementCheck.bare(statement), true, null)
                .chars()
                .filter(c -> c == '?')
                .count();
    }
}
