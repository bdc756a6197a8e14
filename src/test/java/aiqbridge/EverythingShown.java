package aiqbridge;

import java.io.InputStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.LoggingLevel;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.StreamCache;
import org.apache.camel.processor.LogProcessor;
import org.apache.camel.spi.CamelLogger;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.MaskingFormatter;
import org.apache.camel.support.MessageHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** A {@code log:} endpoint that shows all and a line with the body, before and after each step of each route; a bean of this class is enough. */
public final class EverythingShown implements InterceptStrategy, CamelContextAware {
    /** The setting that makes it. */
    public static final String[] AS_A_BEAN = {"camel.beans.everythingShown", "#class:" + EverythingShown.class.getName()
    };

    private static final String LOGGER = "shown";

    private CamelContext camel;
    private Producer endpoint;
    private Processor line;

    @Override
    public void setCamelContext(CamelContext camel) {
        if (this.camel == null) {
            this.camel = camel;
            camel.getCamelContextExtension().addInterceptStrategy(this);
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor next) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                show(exchange);
                return super.process(exchange, synchronous -> {
                    show(exchange);
                    callback.done(synchronous);
                });
            }
        };
    }

    private void show(Exchange exchange) {
        try {
            shown(exchange);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized void shown(Exchange exchange) throws Exception {
        if (endpoint == null) {
            endpoint = camel.getEndpoint("log:" + LOGGER + "?showAll=true&multiline=true&maxChars=1000000")
                    .createProducer();
            endpoint.start();
            Expression said = camel.resolveLanguage("simple")
                    .createExpression("${body} ${headers} ${exchangeProperties} ${variables}");
            said.init(camel);
            line = new LogProcessor(
                    said,
                    new CamelLogger(LOGGER, LoggingLevel.INFO),
                    Boolean.TRUE.equals(camel.isLogMask())
                            ? camel.getRegistry()
                                    .lookupByNameAndType(MaskingFormatter.CUSTOM_LOG_MASK_REF, MaskingFormatter.class)
                            : null,
                    null);
        }
        endpoint.process(exchange);
        if (exchange.getMessage().getBody() instanceof StreamCache
                || !(exchange.getMessage().getBody() instanceof InputStream)) {
            line.process(exchange.copy());
            MessageHelper.resetStreamCache(exchange.getMessage());
        }
    }
}
