package aiqbridge.storefront.api;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** The only headers that go out to a shop's API, and the only ones that come back in. */
public final class ShopHeaders implements HeaderFilterStrategy {
    private static final Set<String> IN = Set.of("retry-after", "link");
    private final String credential;

    /** @param credential the header's name */
    public ShopHeaders(String credential) {
        this.credential = credential;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !name.equals(credential) && !name.equals("Accept");
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !IN.contains(name.toLowerCase(java.util.Locale.ROOT));
    }
}
