package aiqbridge.http;

import aiqbridge.network.Network;
import aiqbridge.network.Proxy;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * An HTTP client that calls one host alone, AIQ's or a shop's: it never retries, redirects or keeps cookies by itself and reads no endless answer:
 * the time-out holds for the whole of it, not for each byte, and the largest size for what was packed as it is unpacked.
 * Idle connections are closed early, so that the host closing one first does not look like an unclear answer.
 */
public final class OneHost implements HttpClientConfigurer {
    private static final long LONGEST_ANSWER = 16L * 1024 * 1024;
    private static final int LONGEST_LINE = 16_384;
    private static final int MOST_HEADERS = 200;
    private static final int MOST_CONNECTIONS = 64;
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread clock = new Thread(run, "longest-answer");
        clock.setDaemon(true);
        return clock;
    });
    private final URI base;
    private final Network network;
    private final Duration connected;

    /** @param connected in which a connection has to be made, through the site's proxy too */
    public OneHost(URI base, Network network, Duration connected) {
        this.base = base;
        this.network = network;
        this.connected = connected;
    }

    /** What was answered is longer than anything that is meant. */
    static final class TooLong extends IOException {
        TooLong() {
            super("the answer is longer than " + LONGEST_ANSWER + " bytes");
        }
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setConnectionManager(connections())
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.ofSeconds(2))
                .addRequestInterceptorFirst((request, entity, context) -> {
                    if (request.getAuthority() == null
                            || !base.getHost()
                                    .equalsIgnoreCase(request.getAuthority().getHostName())) {
                        throw new HttpException("this client calls one host only");
                    }
                })
                // outside of what unpacks it
                .addExecInterceptorFirst("longest-answer", (request, scope, chain) -> {
                    var response = chain.proceed(request, scope);
                    if (response.getEntity() != null) {
                        response.setEntity(new Bounded(response.getEntity()));
                    }
                    return response;
                })
                // a head and a chunk's extension can come in drops as well
                .addExecInterceptorLast("slowest-answer", (request, scope, chain) -> {
                    CLOCK.schedule(
                            scope.execRuntime::discardEndpoint,
                            scope.clientContext
                                    .getRequestConfigOrDefault()
                                    .getResponseTimeout()
                                    .toMilliseconds(),
                            TimeUnit.MILLISECONDS);
                    return chain.proceed(request, scope);
                })
                // an answer to a challenge would be the request once more
                .addExecInterceptorFirst("no-challenge", (request, scope, chain) -> {
                    scope.clientContext.setRequestConfig(
                            RequestConfig.copy(scope.clientContext.getRequestConfigOrDefault())
                                    .setAuthenticationEnabled(false)
                                    .build());
                    return chain.proceed(request, scope);
                });
        Proxy proxy = network.proxy(base.getHost());
        if (proxy != null) {
            proxy.on(builder, connected);
        }
    }

    /** Camel's own let a head grow as it likes. */
    private HttpClientConnectionManager connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connected))
                        .build())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(network.trusted()))
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .build();
    }

    private static final class Bounded extends HttpEntityWrapper {
        Bounded(HttpEntity entity) {
            super(entity);
        }

        @Override
        public InputStream getContent() throws IOException {
            return new FilterInputStream(super.getContent()) {
                private long left = LONGEST_ANSWER;

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int n = super.read(bytes, from, length);
                    left -= Math.max(n, 0);
                    if (left < 0) {
                        throw new TooLong();
                    }
                    return n;
                }
            };
        }
    }
}
