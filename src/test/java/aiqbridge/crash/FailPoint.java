package aiqbridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;

/** Stops the packaged application before or after one named step, so that it can be killed right there. Not part of the application: only a test puts it beside the jars. */
public final class FailPoint implements InterceptStrategy, CamelContextAware {
    private final String point = String.valueOf(System.getenv("FAIL_POINT"));
    private final String reached = String.valueOf(System.getenv("FAIL_POINT_REACHED"));

    private CamelContext camel;

    @Override public CamelContext getCamelContext() {
        return camel;
    }

    @Override public void setCamelContext(CamelContext context) {
        camel = context;
        camel.getCamelContextExtension().addInterceptStrategy(this);
    }

    @Override public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        if (point.equals("before:" + step.getId())) {
            return exchange -> {
                reached();
                target.process(exchange);
            };
        }
        if (point.equals("after:" + step.getId())) {
            return exchange -> {
                target.process(exchange);
                reached();
            };
        }
        return target;
    }

    private void reached() {
        try {
            Files.writeString(Path.of(reached), point);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
