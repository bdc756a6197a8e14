package aiqbridge.aiq;

import java.net.URI;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.TimeValue;

/** The one HTTP client to AIQ: it never retries, redirects or keeps cookies by itself, and calls AIQ's host alone. */
public final class AiqHttp implements HttpClientConfigurer {
    private final URI base;

    public AiqHttp(URI base) {
        this.base = base;
    }

    @Override public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching()
            .evictExpiredConnections().evictIdleConnections(TimeValue.ofSeconds(2))
            .addRequestInterceptorFirst((request, entity, context) -> {
                if (request.getAuthority() == null || !base.getHost().equalsIgnoreCase(request.getAuthority().getHostName())) {
                    throw new HttpException("AIQ's client calls AIQ's host alone");
                }
            });
    }
}
