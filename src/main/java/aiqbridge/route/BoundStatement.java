package aiqbridge.route;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeExchangeException;
import org.apache.camel.component.sql.SqlHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.springframework.jdbc.core.PreparedStatementCreator;

/** A statement as a route runs it, where no route does: its text is read, its parameters are found and bound by the same code. */
public final class BoundStatement {
    private final String text;
    private final BoundValues bound;
    // it is never started: it only converts values
    private final CamelContext camel = new DefaultCamelContext();

    /** @param text as it stands in the file */
    public BoundStatement(String text, Clock clock) {
        this.text = SqlHelper.resolvePlaceholders(text, StatementParameters.PLACEHOLDER);
        this.bound = new BoundValues(clock);
    }

    /** @param values a map or a record, as a message's body is */
    public PreparedStatementCreator with(Object values) {
        return with("", values);
    }

    /** @param before what is written before it, as {@code explain} */
    public PreparedStatementCreator with(String before, Object values) {
        return database -> prepared(database, before, values);
    }

    private PreparedStatement prepared(Connection database, String before, Object values) throws SQLException {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(values);
        String query = bound.prepareQuery(text, true, exchange);
        PreparedStatement prepared = database.prepareStatement(before + query);
        try {
            int expected = StatementParameters.count(text);
            if (expected > 0) {
                bound.populateStatement(
                        prepared, bound.createPopulateIterator(text, query, expected, exchange, values), expected);
            }
            return prepared;
        } catch (RuntimeExchangeException e) {
            prepared.close();
            throw new SQLSyntaxErrorException(
                    e.getMessage().replaceFirst("(?s)Cannot find key \\[(\\w+)].*", "nobody binds :#$1"), e);
        } catch (SQLException | RuntimeException e) {
            prepared.close();
            throw e;
        }
    }
}
