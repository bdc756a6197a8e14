package aiqbridge.connection;

import aiqbridge.GivenSecret;
import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.network.CaFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tills this installation is joined to: one properties file each in {@code config/pos/}; what a file leaves out is {@code pos.*} of the settings. */
public final class PosConnections {
    private static final Set<String> KEYS = Set.of(
            "make",
            "account",
            "location",
            "zone",
            "mode",
            "completion",
            "pin",
            "discount-seen",
            "write-back",
            "jdbc.url",
            "jdbc.username",
            "ca-file",
            "requests",
            "requests.username");
    /** Whatever else drivers take that decides about it; a client's own certificate does not. */
    private static final Pattern OTHER_TLS = Pattern.compile(
            "(?i)[?&;]\\s*((?!sslcert|sslkey|sslpassword)[a-z]*(?:ssl|tls|trust|encrypt|certificate|socketfactory)[a-z]*)\\s*(?=[=&;]|$)");

    private final Map<String, PosConnection> byName = new TreeMap<>();

    private PosConnections() {}

    /** @throws StartRefused naming the file and the key */
    public static PosConnections read(Path folder, Settings settings, Map<String, String> environment) {
        return read(folder, settings, environment, refused -> {
            throw refused;
        });
    }

    /** @param refused is told of a file that cannot be used; the others can */
    static PosConnections read(
            Path folder, Settings settings, Map<String, String> environment, Consumer<StartRefused> refused) {
        PosConnections connections = new PosConnections();
        for (Path file : Settings.files(folder, "one properties file per till")) {
            try {
                PosConnection connection = connection(file, settings, environment);
                connections.byName.put(connection.name(), connection);
            } catch (StartRefused e) {
                refused.accept(e);
            }
        }
        return connections;
    }

    public Optional<PosConnection> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public PosConnection get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no connection " + name));
    }

    /** {@code redeem-and-flag} or {@code park}. */
    public String discountSeen(String name) {
        return get(name).discountSeen();
    }

    public List<PosConnection> all() {
        return List.copyOf(byName.values());
    }

    private static PosConnection connection(Path file, Settings settings, Map<String, String> environment) {
        String name = Settings.connectionName(file);
        Settings all = settings.connection(
                "pos.",
                file,
                KEYS,
                "the password is the environment variable " + passwordVariable(name) + ", or in the file that "
                        + passwordVariable(name) + "_FILE names");
        boolean requests = all.oneOf("requests").equals("on");
        Path caFile = all.has("ca-file") ? caFile(file, all) : null;
        return new PosConnection(
                name,
                all.text("make"),
                all.text("account"),
                all.text("location"),
                all.zone("zone"),
                all.oneOf("mode"),
                all.oneOf("completion"),
                all.oneOf("pin").equals("required"),
                all.oneOf("discount-seen"),
                all.oneOf("write-back").equals("on"),
                all.text("jdbc.url"),
                all.text("jdbc.username"),
                GivenSecret.read(passwordVariable(name), environment),
                requests,
                requests ? all.text("requests.username") : null,
                GivenSecret.read(requestsPasswordVariable(name), environment),
                caFile,
                caFile == null ? null : CaFile.read(caFile, "ca-file in " + file, Clock.systemUTC()));
    }

    /** Beside the connection's own file; the one place then that says how TLS is spoken. */
    private static Path caFile(Path file, Settings all) {
        String url = all.text("jdbc.url");
        if (url.startsWith("jdbc:sqlite:")) {
            throw new StartRefused("The key ca-file in " + file + " is of no use to a SQLite file.", "Take it out.");
        }
        Matcher other = OTHER_TLS.matcher(url);
        if (other.find()) {
            throw new StartRefused(
                    "The file " + file + " says ca-file, and " + other.group(1) + " in jdbc.url.",
                    "Take it out of jdbc.url: with ca-file, encryption, certificate and host name are all required.");
        }
        try {
            return file.toAbsolutePath().resolveSibling(all.text("ca-file"));
        } catch (InvalidPathException e) {
            throw new StartRefused("The key ca-file in " + file + " is no path.", "For example: ca-file = site-ca.pem");
        }
    }

    /** For example {@code POS_MAIN_STREET_PASSWORD}. */
    public static String passwordVariable(String connection) {
        return "POS_" + connection.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD";
    }

    /** For example {@code POS_MAIN_STREET_REQUESTS_PASSWORD}. */
    public static String requestsPasswordVariable(String connection) {
        return passwordVariable(connection).replaceFirst("PASSWORD$", "REQUESTS_PASSWORD");
    }
}
