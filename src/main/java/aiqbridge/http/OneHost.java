package aiqbridge.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.util.TimeValue;

/**
 * An HTTP client that calls one host alone, AIQ's or a shop's: it never retries, redirects or keeps cookies by itself and reads no endless answer:
 * the time-out holds for the whole of it, not for each byte.
 * Idle connections are closed early, so that the host closing one first does not look like an unclear answer.
 */
public final class OneHost implements HttpClientConfigurer {
    private static final long LONGEST_ANSWER = 16L * 1024 * 1024;
    private final URI base;

    public OneHost(URI base) {
        this.base = base;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .evictExpiredConnections()
                .evictIdleConnections(TimeValue.ofSeconds(2))
                .addRequestInterceptorFirst((request, entity, context) -> {
                    if (request.getAuthority() == null
                            || !base.getHost()
                                    .equalsIgnoreCase(request.getAuthority().getHostName())) {
                        throw new HttpException("this client calls one host only");
                    }
                })
                .addExecInterceptorLast("longest-answer", (request, scope, chain) -> {
                    long end = System.nanoTime()
                            + scope.clientContext
                                            .getRequestConfigOrDefault()
                                            .getResponseTimeout()
                                            .toMilliseconds()
                                    * 1_000_000;
                    var response = chain.proceed(request, scope);
                    if (response.getEntity() != null) {
                        response.setEntity(new Bounded(response.getEntity(), end));
                    }
                    return response;
                });
    }

    private static final class Bounded extends HttpEntityWrapper {
        private final long end;

        Bounded(HttpEntity entity, long end) {
            super(entity);
            this.end = end;
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
                    if (System.nanoTime() > end) {
                        throw new InterruptedIOException("the answer arrives too slowly");
                    }
                    if (left < 0) {
                        throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
                    }
                    return n;
                }
            };
        }
    }
}
