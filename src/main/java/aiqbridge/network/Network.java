package aiqbridge.network;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** How calls leave the site: through its proxy or directly, and whom they trust. A loopback address is never asked for through the proxy, so that all it sees is CONNECT. */
public final class Network {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");
    private final Proxy proxy;
    private final List<String> direct;
    private final List<X509Certificate> authorities;
    private final SSLContext trusted;

    private Network(Proxy proxy, List<String> direct, List<X509Certificate> authorities, SSLContext trusted) {
        this.proxy = proxy;
        this.direct = direct;
        this.authorities = authorities;
        this.trusted = trusted;
    }

    /**
     * @param home the folder that the path of the authorities begins in
     * @throws StartRefused naming the setting, when the authorities cannot be used or the proxy's user has no password
     */
    public static Network of(Path home, Settings settings, Clock clock) {
        List<X509Certificate> authorities = settings.has("network.ca-file")
                ? CaFile.read(home.resolve(settings.text("network.ca-file")), "network.ca-file", clock)
                : List.of();
        return new Network(
                proxy(settings),
                settings.has("network.no-proxy")
                        ? Arrays.stream(settings.text("network.no-proxy").split(","))
                                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                                .toList()
                        : List.of(),
                authorities,
                trusting(authorities));
    }

    private static Proxy proxy(Settings settings) {
        String password = settings.asProperties().getProperty(Settings.PROXY_PASSWORD, "");
        boolean user = settings.has("network.proxy-username");
        if (user == password.isEmpty()) {
            throw new StartRefused(
                    user
                            ? "The user of network.proxy-username has no password."
                            : "There is a password for the proxy, and network.proxy-username is empty.",
                    "Write the password into a file and name it with NETWORK_PROXY_PASSWORD_FILE; leave both out for a proxy that asks for none.");
        }
        return settings.has("network.proxy")
                ? new Proxy(
                        URI.create(settings.text("network.proxy")),
                        user ? settings.text("network.proxy-username") : null,
                        password)
                : null;
    }

    /** The proxy on the way to that host; null where the way is direct. */
    public Proxy proxy(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean isDirect = LOOPBACK.contains(name)
                || direct.stream().anyMatch(one -> one.startsWith(".") ? name.endsWith(one) : name.equals(one));
        return isDirect ? null : proxy;
    }

    /** Java's authorities and the site's own. */
    public SSLContext trusted() {
        return trusted;
    }

    /** The site's own. */
    public List<X509Certificate> authorities() {
        return authorities;
    }

    /**
     * A connection to that host, through the proxy if that is the way; no TLS yet.
     *
     * @throws ProxyFault when the proxy lets us not through
     */
    public Socket connected(String host, int port, Duration timeout) throws IOException {
        Proxy way = proxy(host);
        if (way != null) {
            return way.tunnel(host, port, timeout);
        }
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            socket.setSoTimeout((int) timeout.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Java's authorities and these. */
    private static SSLContext trusting(List<X509Certificate> more) {
        try {
            if (more.isEmpty()) {
                return SSLContext.getDefault();
            }
            TrustManagerFactory javas = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            javas.init((KeyStore) null);
            List<X509Certificate> all =
                    new ArrayList<>(List.of(((X509TrustManager) javas.getTrustManagers()[0]).getAcceptedIssuers()));
            all.addAll(more);
            return trustingOnly(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** These authorities and no other. */
    public static SSLContext trustingOnly(List<X509Certificate> authorities) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            for (X509Certificate one : authorities) {
                all.setCertificateEntry("authority-" + all.size(), one);
            }
            TrustManagerFactory both = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            both.init(all);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, both.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
