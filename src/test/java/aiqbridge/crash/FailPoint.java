package aiqbridge.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;

/**
 * Stops the packaged application before or after one named step, so that it can be killed right there. Which one, a file says at the moment the step is passed. Not part of
 * the application: only a test puts it beside the jars.
 */
public final class FailPoint implements InterceptStrategy, CamelContextAware {
    private final Set<String> points =
            Set.of(String.valueOf(System.getenv("FAIL_POINTS")).split(","));
    private final Path armed = Path.of(String.valueOf(System.getenv("FAIL_POINT_ARMED")));
    private final Path reached = Path.of(String.valueOf(System.getenv("FAIL_POINT_REACHED")));
    private CamelContext camel;

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        camel = context;
        camel.getCamelContextExtension().addInterceptStrategy(this);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        String before = "before:" + step.getId(), after = "after:" + step.getId();
        if (!points.contains(before) && !points.contains(after)) {
            return target;
        }
        return exchange -> {
            pass(before);
            target.process(exchange);
            pass(after);
        };
    }

    private void pass(String point) {
        try {
            if (points.contains(point)
                    && Files.exists(armed)
                    && Files.readString(armed).equals(point)) {
                Files.writeString(reached, point);
                while (true) {
                    LockSupport.park();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
