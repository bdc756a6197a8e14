package aiqbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.network.Network;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers with certificates of every kind, made with the JDK's own keytool. */
class TlsCheckTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    private boolean mayCall;

    private KeyStore certificate(String name, String... validity)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name + validity.length + ".p12");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + (name.matches("[0-9.]+") ? "ip:" : "dns:") + name,
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        words.addAll(List.of(validity));
        assertThat(new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys, KeyStore trusted) throws GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (trusted != null) {
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            try {
                certificates.load(null, null);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            certificates.setCertificateEntry("server", trusted.getCertificate("server"));
            others.init(certificates);
        } else {
            others.init((KeyStore) null);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    /** What is said of a server with this certificate by one who trusts that one, null for the usual authorities. */
    private String check(KeyStore server, KeyStore trusted) throws IOException, GeneralSecurityException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context(server, null)));
        https.setExecutor(task -> new Thread(task).start());
        https.start();
        try {
            return check(
                    context(server, trusted),
                    "https://127.0.0.1:" + https.getAddress().getPort());
        } finally {
            https.stop(0);
        }
    }

    private String check(SSLContext trusted, String address) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mayCall = new TlsCheck(
                        trusted,
                        Network.of(folder, Settings.shipped(), Clock.systemUTC())::connected,
                        Duration.ofSeconds(5),
                        Clock.systemUTC(),
                        new Findings(new PrintStream(out, true, StandardCharsets.UTF_8), false))
                .run(URI.create(address));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_good_one_and_one_that_ends_soon() throws Exception {
        KeyStore good = certificate("127.0.0.1", "-validity", "90");
        assertThat(check(good, good))
                .contains("OK    127.0.0.1 speaks TLSv1.3, its certificate is valid for 89 more days");
        KeyStore soon = certificate("127.0.0.1", "-validity", "5", "-noprompt");
        assertThat(check(soon, soon)).contains("WARN  the certificate of 127.0.0.1 expires in 4 day(s)");
        assertThat(mayCall).isTrue();
    }

    @Test
    void one_that_ended_is_for_another_name_or_signed_by_nobody() throws Exception {
        KeyStore ended = certificate("127.0.0.1", "-startdate", "-10d", "-validity", "3");
        assertThat(check(ended, ended)).contains("FAIL  the certificate of 127.0.0.1 expired on");
        assertThat(mayCall).isFalse();
        KeyStore other = certificate("shop.example", "-validity", "90");
        assertThat(check(other, other))
                .contains(
                        "FAIL  the TLS of 127.0.0.1 cannot be trusted: its certificate does not match the name 127.0.0.1");
        KeyStore unknown = certificate("127.0.0.1", "-validity", "90");
        assertThat(check(unknown, null))
                .contains(
                        "FAIL  the TLS of 127.0.0.1 cannot be trusted: its certificate is signed by an unknown authority");
        assertThat(mayCall).isFalse();
    }

    @Test
    void one_that_speaks_no_tls_is_away_or_would_be_called_in_clear() throws Exception {
        SSLContext usual = SSLContext.getDefault();
        try (ServerSocket clear = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new Thread(() -> answersInClear(clear)).start();
            assertThat(check(usual, "https://127.0.0.1:" + clear.getLocalPort()))
                    .contains("FAIL  the TLS of 127.0.0.1 cannot be trusted: it does not speak TLS 1.2 or 1.3");
        }
        assertThat(check(usual, "https://127.0.0.1:" + TestBridge.freePort()))
                .contains("FAIL  127.0.0.1 cannot be reached on port");
        assertThat(check(usual, "http://aiq.example"))
                .contains("FAIL  keys and phone numbers would go to aiq.example unencrypted");
        assertThat(mayCall).isFalse();
        assertThat(check(usual, "http://127.0.0.1:1")).contains("OK    127.0.0.1 is this machine");
    }

    private static void answersInClear(ServerSocket server) {
        try {
            while (true) {
                try (Socket one = server.accept()) {
                    one.getOutputStream().write("220 mail.example\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }
}
