package aiqbridge.pos;

import aiqbridge.connection.PosConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a till's file asks of TLS to its database. With {@code ca-file} everything: encryption, a certificate that these authorities signed, the host's name in it.
 * Without, what the driver makes of {@code jdbc.url}: PostgreSQL encrypts where the server can, MariaDB does not, SQL Server does and verifies.
 *
 * @param encrypted   never, where the server can, or always
 * @param certificate whether an authority has to vouch for it
 * @param name        whether it has to be the host's
 */
public record TillTls(Encrypted encrypted, boolean certificate, boolean name) {
    /** Whether what travels is encrypted. */
    public enum Encrypted {
        NEVER,
        WHERE_IT_CAN,
        ALWAYS
    }

    private static final Pattern HOST =
            Pattern.compile("^jdbc:[a-z:]+//(?:[^/@;?]*@)?(\\[[^]]*]|[^:/;?,\\\\]+)(?::(\\d{1,5}))?");
    private static final Pattern PARAMETER = Pattern.compile("[?&;]([A-Za-z]+)(?:=([^&;]*))?");
    private static final Map<String, Integer> PORTS = Map.of("postgresql", 5432, "mariadb", 3306, "sqlserver", 1433);
    private static final TillTls NONE = new TillTls(Encrypted.NEVER, false, false);
    private static final TillTls UNVERIFIED = new TillTls(Encrypted.ALWAYS, false, false);
    private static final TillTls WHOLE = new TillTls(Encrypted.ALWAYS, true, true);

    public static TillTls of(PosConnection till) {
        if (till.authorities() != null) {
            return WHOLE;
        }
        Map<String, String> asked = parameters(till.jdbcUrl());
        return switch (till.engine()) {
            case "postgresql" -> postgresql(asked);
            case "mariadb" -> mariadb(asked);
            case "sqlserver" -> sqlserver(asked);
            default -> NONE;
        };
    }

    /** In lower case. */
    private static Map<String, String> parameters(String url) {
        Map<String, String> asked = new TreeMap<>();
        for (Matcher one = PARAMETER.matcher(url); one.find(); ) {
            asked.put(
                    one.group(1).toLowerCase(Locale.ROOT),
                    one.group(2) == null ? "" : one.group(2).toLowerCase(Locale.ROOT));
        }
        return asked;
    }

    private static TillTls postgresql(Map<String, String> asked) {
        String mode = asked.getOrDefault(
                "sslmode", asked.getOrDefault("ssl", "false").matches("|true") ? "verify-full" : "prefer");
        String factory = asked.getOrDefault("sslfactory", "");
        boolean trusting = factory.endsWith("nonvalidatingfactory");
        boolean javas = factory.endsWith("defaultjavasslfactory");
        return switch (mode) {
            case "disable" -> NONE;
            case "allow", "prefer" -> new TillTls(Encrypted.WHERE_IT_CAN, false, false);
            case "verify-full" -> new TillTls(Encrypted.ALWAYS, !trusting, !asked.containsKey("sslhostnameverifier"));
            case "verify-ca" -> new TillTls(Encrypted.ALWAYS, !trusting, false);
            default -> new TillTls(Encrypted.ALWAYS, javas, false);
        };
    }

    private static TillTls mariadb(Map<String, String> asked) {
        String mode = asked.getOrDefault("sslmode", asked.getOrDefault("usessl", "disable"))
                .replace('_', '-');
        boolean trusting = asked.getOrDefault("trustservercertificate", "").equals("true");
        boolean anyName =
                asked.getOrDefault("disablesslhostnameverification", "").equals("true");
        return switch (mode) {
            case "trust", "required" -> UNVERIFIED;
            case "verify-ca" -> new TillTls(Encrypted.ALWAYS, true, false);
            case "verify-full", "verify-identity", "true", "1" ->
                new TillTls(Encrypted.ALWAYS, !trusting, !trusting && !anyName);
            default -> NONE;
        };
    }

    private static TillTls sqlserver(Map<String, String> asked) {
        String mode = asked.getOrDefault("encrypt", "true");
        boolean trusting = asked.getOrDefault("trustservercertificate", "").matches("true|yes");
        return switch (mode) {
            case "strict" -> WHOLE;
            case "true", "yes", "mandatory" -> trusting ? UNVERIFIED : WHOLE;
            default -> NONE;
        };
    }

    /** What the driver is told besides {@code jdbc.url}. */
    static Map<String, String> options(PosConnection till) {
        if (till.authorities() == null) {
            return Map.of();
        }
        String file = till.caFile().toString();
        return switch (till.engine()) {
            case "postgresql" -> Map.of("sslmode", "verify-full", "sslrootcert", file);
            case "mariadb" -> Map.of("sslMode", "verify-full", "serverSslCert", file);
            case "sqlserver" ->
                Map.of(
                        "encrypt",
                        "true",
                        "trustServerCertificate",
                        "false",
                        "trustStore",
                        store(till).toString(),
                        "trustStoreType",
                        "PKCS12",
                        "trustStorePassword",
                        "changeit");
            default -> Map.of();
        };
    }

    /** The authorities in the one form that its driver reads; nothing of it is secret. */
    private static Path store(PosConnection till) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate one : till.authorities()) {
                store.setCertificateEntry("authority-" + store.size(), one);
            }
            Path file = Files.createTempFile("authorities-", ".p12");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, "changeit".toCharArray());
            }
            return file;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The host of its database; null where it has none. */
    public static String host(PosConnection till) {
        Matcher host = HOST.matcher(till.jdbcUrl());
        return till.engine().equals("sqlite") || !host.find() ? null : host.group(1);
    }

    public static int port(PosConnection till) {
        Matcher host = HOST.matcher(till.jdbcUrl());
        return host.find() && host.group(2) != null
                ? Integer.parseInt(host.group(2))
                : PORTS.getOrDefault(till.engine(), 0);
    }

    /** Whether nothing of it leaves this machine. */
    public static boolean isHere(PosConnection till) {
        String host = host(till);
        try {
            return host == null || InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
