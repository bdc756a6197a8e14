package aiqbridge.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A site's own authority, and the certificates that it signs, made with the JDK's own keytool. */
public final class PrivateCa {
    private static final String PASSWORD = "changeit";
    private final Path keys;

    /** @param name of its file in that folder */
    public PrivateCa(Path folder, String name, String... validity) {
        keys = folder.resolve(name + ".p12");
        pair("ca", "CN=Authority of " + name, List.of("-ext", "bc:c"), validity);
    }

    /** @param name a host, or an address */
    public PrivateCa signs(String alias, String name, String... validity) {
        String san = "san=" + (name.matches("[0-9.]+") ? "ip:" : "dns:") + name;
        pair(alias, "CN=" + name, List.of("-signer", "ca", "-ext", san), validity);
        return this;
    }

    private void pair(String alias, String subject, List<String> more, String... validity) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "RSA",
                "-dname",
                subject,
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        words.addAll(more);
        words.addAll(validity.length == 0 ? List.of("-validity", "90") : List.of(validity));
        try {
            Process keytool =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore store() {
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }

    /** That certificate alone, as PEM. */
    public String pem(String alias) {
        try {
            return pem("CERTIFICATE", store().getCertificate(alias).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What trusts this authority. */
    public Path file() {
        return file("ca", pem("ca"));
    }

    /** The certificate of a server, as PEM. */
    public Path certificate(String alias) {
        return file(alias, pem(alias));
    }

    /** Its private key, as PEM. */
    public Path key(String alias) {
        try {
            return file(
                    alias + "-key",
                    pem(
                            "PRIVATE KEY",
                            store().getKey(alias, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(String name, String pem) {
        try {
            Path file = Path.of(keys.toString().replaceFirst("p12$", name + ".pem"));
            Files.writeString(file, pem);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a server with that certificate speaks with. */
    public SSLContext server(String alias) {
        try {
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(
                    alias,
                    store().getKey(alias, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    store().getCertificateChain(alias));
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(one, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
