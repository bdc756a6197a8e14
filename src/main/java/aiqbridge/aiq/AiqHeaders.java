package aiqbridge.aiq;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** The only headers that go out to AIQ, and the only ones that come back in. */
public final class AiqHeaders implements HeaderFilterStrategy {
    private static final Set<String> OUT = Set.of("X-APIKEY", "Content-Type", "Accept");
    private static final Set<String> IN = Set.of("retry-after", "date", "age");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !IN.contains(name.toLowerCase(Locale.ROOT));
    }
}
