package aiqbridge.network;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;

/**
 * The site's proxy, asked for nothing but a tunnel. HttpClient hands on what a proxy answers instead of opening one as if it were the host's own answer; here it is a
 * {@link ProxyFault}, as everything is that fails before the tunnel stands: not a byte of the request has left by then.
 */
public final class Proxy {
    private static final Pattern STATUS = Pattern.compile("HTTP/1[.][01] (\\d{3})[ \r]");
    /** What is only being connected cannot be given up yet. */
    private static final int AGAIN_MS = 250;

    private static final int LONGEST_HEAD = 16_384;
    private static final String TUNNEL = "aiqbridge.tunnel";
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(run -> {
        Thread clock = new Thread(run, "longest-tunnel");
        clock.setDaemon(true);
        return clock;
    });
    private final HttpHost host;
    private final UsernamePasswordCredentials credentials;

    /** @param username null for one that asks for none */
    Proxy(URI address, String username, String password) {
        this.host = new HttpHost("http", address.getHost(), address.getPort());
        this.credentials = username == null ? null : new UsernamePasswordCredentials(username, password.toCharArray());
    }

    /** Of one call; from the moment it stands the request may have left. */
    private static final class Tunnel {
        private boolean stands;
        private boolean late;

        synchronized boolean stands() {
            return stands;
        }

        synchronized boolean late() {
            late |= !stands;
            return late;
        }

        synchronized void used() throws ProxyFault {
            if (late) {
                throw ProxyFault.failed(new SocketTimeoutException());
            }
            stands = true;
        }
    }

    /** @param within in which the tunnel has to stand, and TLS in it: nothing is sent later */
    public void on(HttpClientBuilder builder, Duration within) {
        builder.setProxy(host)
                .addExecInterceptorBefore(
                        ChainElement.CONNECT.name(),
                        "tunnel",
                        (request, scope, chain) -> through(request, scope, chain, within))
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "tunnel-stands", (request, scope, chain) -> {
                    ((Tunnel) scope.clientContext.getAttribute(TUNNEL)).used();
                    return chain.proceed(request, scope);
                });
    }

    private ClassicHttpResponse through(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain, Duration within)
            throws IOException, HttpException {
        Tunnel tunnel = new Tunnel();
        scope.clientContext.setAttribute(TUNNEL, tunnel);
        introduce(scope.clientContext);
        Future<?> tooLate = CLOCK.scheduleWithFixedDelay(
                () -> {
                    if (tunnel.late()) {
                        scope.execRuntime.discardEndpoint();
                    }
                },
                within.toMillis(),
                AGAIN_MS,
                TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse answer = chain.proceed(request, scope);
            if (tunnel.stands()) {
                return answer;
            }
            answer.close();
            throw ProxyFault.refused(answer.getCode());
        } catch (SSLHandshakeException
                | SSLPeerUnverifiedException
                | ConnectionRequestTimeoutException
                | ProxyFault e) {
            throw e;
        } catch (IOException | HttpException | RuntimeException e) {
            if (tunnel.stands()) {
                throw e;
            }
            throw ProxyFault.failed(e);
        } finally {
            tooLate.cancel(false);
        }
    }

    /** At once: the client answers to no challenge, which would send a request again. */
    private void introduce(HttpClientContext context) {
        if (credentials != null) {
            BasicScheme basic = new BasicScheme();
            basic.initPreemptive(credentials);
            context.getAuthExchange(host).select(basic);
        }
    }

    /** A connection through it, without TLS yet. */
    Socket tunnel(String to, int port, Duration timeout) throws IOException {
        String ask = "CONNECT " + to + ":" + port + " HTTP/1.1\r\nHost: " + to + ":" + port + "\r\n"
                + (credentials == null
                        ? ""
                        : "Proxy-Authorization: Basic "
                                + Base64.getEncoder()
                                        .encodeToString((credentials.getUserName() + ":"
                                                        + new String(credentials.getUserPassword()))
                                                .getBytes(StandardCharsets.UTF_8))
                                + "\r\n")
                + "\r\n";
        Socket socket = new Socket();
        Future<?> tooLate = CLOCK.schedule(
                () -> {
                    socket.close();
                    return null;
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            socket.connect(new InetSocketAddress(host.getHostName(), host.getPort()), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            socket.getOutputStream().write(ask.getBytes(StandardCharsets.UTF_8));
            int status = status(socket.getInputStream());
            if (status != 200) {
                throw ProxyFault.refused(status);
            }
            if (!tooLate.cancel(false)) {
                throw new SocketTimeoutException();
            }
            return socket;
        } catch (ProxyFault e) {
            socket.close();
            throw e;
        } catch (IOException e) {
            socket.close();
            throw ProxyFault.failed(e);
        } finally {
            tooLate.cancel(false);
        }
    }

    /** Reads to the end of the head and no further: what follows is the tunnel. */
    private static int status(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0 || head.length() > LONGEST_HEAD) {
                throw new ProtocolException();
            }
            head.append((char) one);
        }
        Matcher line = STATUS.matcher(head);
        if (!line.lookingAt()) {
            throw new ProtocolException();
        }
        return Integer.parseInt(line.group(1));
    }

    /** Without the user and the password. */
    @Override
    public String toString() {
        return host.toHostString();
    }
}
