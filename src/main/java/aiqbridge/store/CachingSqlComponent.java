package aiqbridge.store;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.sql.DefaultSqlPrepareStatementStrategy;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.component.sql.SqlEndpoint;

/** Camel's SQL component, which looks for the names in a statement once and not each time it runs. */
public final class CachingSqlComponent extends SqlComponent {
    private final Map<String, String> prepared = new ConcurrentHashMap<>();

    @Override protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        SqlEndpoint endpoint = (SqlEndpoint) super.createEndpoint(uri, remaining, parameters);
        endpoint.setPrepareStatementStrategy(new Strategy());
        return endpoint;
    }

    private final class Strategy extends DefaultSqlPrepareStatementStrategy {
        @Override public String prepareQuery(String query, boolean named, Exchange exchange) throws SQLException {
            // a list of unknown length makes another statement each time
            if (!named || query.contains(":#in:")) {
                return super.prepareQuery(query, named, exchange);
            }
            String known = prepared.get(query);
            if (known == null) {
                known = super.prepareQuery(query, true, exchange);
                prepared.put(query, known);
            }
            return known;
        }
    }
}
