package aiqbridge.check;

import aiqbridge.network.ProxyFault;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whether somebody's TLS is what we trust when we call them: version, host name, authority, and how long the certificate is still good. */
final class TlsCheck {
    static final Duration SOON = Duration.ofDays(14);
    private static final String NO_TLS = "it does not speak TLS 1.2 or 1.3";
    /** How they are reached before TLS begins. */
    interface Way {
        Socket to(String host, int port, Duration timeout) throws IOException;
    }

    private final SSLContext trusted;
    private final Way way;
    private final Duration timeout;
    private final Clock clock;
    private final Findings findings;

    /** @param trusted whom the calls trust */
    TlsCheck(SSLContext trusted, Way way, Duration timeout, Clock clock, Findings findings) {
        this.trusted = trusted;
        this.way = way;
        this.timeout = timeout;
        this.clock = clock;
        this.findings = findings;
    }

    /** @return whether a call may be tried */
    boolean run(URI address) {
        String host = address.getHost();
        if (!"https".equals(address.getScheme())) {
            boolean loopback = List.of("127.0.0.1", "localhost", "[::1]").contains(host);
            if (loopback) {
                findings.ok(host + " is this machine: no TLS is needed");
            } else {
                findings.fail(
                        "keys and phone numbers would go to " + host + " unencrypted", "Use an address with https://");
            }
            return loopback;
        }
        int port = address.getPort() < 0 ? 443 : address.getPort();
        try (SSLSocket tls = handshake(trusted, host, port, true)) {
            String version = tls.getSession().getProtocol();
            Instant end = end(tls.getSession().getPeerCertificates());
            long days = Duration.between(clock.instant(), end).toDays();
            if (end.isBefore(clock.instant())) {
                // Java takes one that is trusted by itself, even so
                findings.fail("the certificate of " + host + " expired on " + end, "Its owner must renew it.");
                return false;
            }
            if (days < SOON.toDays()) {
                findings.warn(
                        "the certificate of " + host + " expires in " + days + " day(s)",
                        "Its owner must renew it; once it expires, nothing is sent there.");
            } else {
                findings.ok(host + " speaks " + version + ", its certificate is valid for " + days + " more days");
            }
            return true;
        } catch (SSLException e) {
            findings.fail(
                    "the TLS of " + host + " cannot be trusted: " + why(host, port),
                    "Nothing is sent there. Are the address and this machine's clock right? Does a proxy in between intercept TLS?");
            return false;
        } catch (IOException e) {
            findings.fail(
                    host + " cannot be reached on port " + port + " ("
                            + ProxyFault.why(e).orElse(e.getClass().getSimpleName()) + ")",
                    ProxyFault.why(e).isPresent()
                            ? "Look at network.proxy, network.proxy-username and its password; does the proxy let us through to that host?"
                            : "Does the firewall let it through? Is the address right?");
            return false;
        }
    }

    private SSLSocket handshake(SSLContext context, String host, int port, boolean nameMustFit) throws IOException {
        Socket plain = way.to(host, port, timeout);
        try {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setEndpointIdentificationAlgorithm(nameMustFit ? "HTTPS" : null);
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return tls;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Asks once more and looks at the certificate, whatever it is; nothing is sent. */
    private String why(String host, int port) {
        try {
            Instant end;
            try (SSLSocket tls = handshake(looking(), host, port, false)) {
                end = end(tls.getSession().getPeerCertificates());
            }
            if (end.isBefore(clock.instant())) {
                return "its certificate expired on " + end;
            }
            handshake(trusted, host, port, false).close();
            return "its certificate does not match the name " + host;
        } catch (SSLHandshakeException e) {
            return e.getCause() instanceof CertificateException
                    ? "its certificate is signed by an unknown authority"
                    : NO_TLS;
        } catch (IOException | GeneralSecurityException e) {
            return NO_TLS;
        }
    }

    private static Instant end(Certificate[] chain) {
        return ((X509Certificate) chain[0]).getNotAfter().toInstant();
    }

    private static SSLContext looking() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return context;
    }

    /** Only to look at a certificate that was refused already. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
