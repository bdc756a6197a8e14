package aiqbridge.store;

import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.support.processor.DelegateProcessor;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One transaction on the bridge's own database around the steps of a {@code transacted} block; any failure rolls all of them back. */
public final class StoreTransaction implements TransactedPolicy {
    private final TransactionTemplate template;

    public StoreTransaction(DataSource store) {
        this.template = new TransactionTemplate(new DataSourceTransactionManager(store));
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {}

    @Override
    public Processor wrap(Route route, Processor steps) {
        return new DelegateProcessor(steps) {
            @Override
            public void process(Exchange exchange) throws Exception {
                exchange.getUnitOfWork().beginTransactedBy(template);
                try {
                    template.executeWithoutResult(status -> {
                        try {
                            super.process(exchange);
                        } catch (Exception e) {
                            exchange.setException(e);
                        }
                        if (exchange.getException() != null
                                || exchange.isRollbackOnly()
                                || exchange.isRollbackOnlyLast()) {
                            status.setRollbackOnly();
                        }
                    });
                } finally {
                    exchange.getUnitOfWork().endTransactedBy(template);
                }
            }
        };
    }
}
