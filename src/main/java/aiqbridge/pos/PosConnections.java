package aiqbridge.pos;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The tills this installation is joined to: one properties file each in {@code config/pos/}; what a file leaves out is {@code pos.*} of the settings. */
public final class PosConnections {
    private static final Set<String> KEYS = Set.of("make", "account", "location", "zone", "mode", "completion", "pin", "discount-seen", "write-back", "jdbc.url", "jdbc.username");
    private final Map<String, PosConnection> byName = new TreeMap<>();

    private PosConnections() { }

    /** @throws StartRefused naming the file and the key */
    public static PosConnections read(Path folder, Settings settings, Map<String, String> environment) {
        PosConnections connections = new PosConnections();
        if (!Files.isDirectory(folder)) {
            return connections;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().endsWith(".properties")).sorted().toList()) {
                PosConnection connection = connection(file, settings, environment);
                connections.byName.put(connection.name(), connection);
            }
        } catch (IOException e) {
            throw new StartRefused("The folder " + folder + " cannot be read.", "It holds one properties file per till.");
        }
        return connections;
    }

    public Optional<PosConnection> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public PosConnection get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no connection " + name));
    }

    /** {@code observe} or {@code live}. */
    public String mode(String name) {
        return get(name).mode();
    }

    /** {@code redeem-and-flag} or {@code park}. */
    public String discountSeen(String name) {
        return get(name).discountSeen();
    }

    public List<PosConnection> all() {
        return List.copyOf(byName.values());
    }

    private static PosConnection connection(Path file, Settings settings, Map<String, String> environment) {
        String name = file.getFileName().toString().replaceFirst("\\.properties$", "");
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new StartRefused("The connection file " + file + " has a name that cannot be used.", "Lower case letters, digits and dashes, for example main-street.properties.");
        }
        Properties own = Settings.load(file);
        for (String key : own.stringPropertyNames()) {
            if (key.contains("password")) {
                throw new StartRefused("The file " + file + " holds a password.", "Take it out and give it as the environment variable " + passwordVariable(name) + ".");
            }
            if (!KEYS.contains(key)) {
                throw new StartRefused("The key " + key + " in " + file + " is not known.", "Known are: " + String.join(", ", KEYS.stream().sorted().toList()) + ".");
            }
        }
        Settings all = settings.under("pos.", own, file.toString());
        return new PosConnection(name, all.text("make"), all.text("account"), all.text("location"), zone(all, file),
            oneOf(all, "mode", file, "observe", "live"), oneOf(all, "completion", file, "poll", "call", "both"),
            oneOf(all, "pin", file, "required", "not-required").equals("required"), oneOf(all, "discount-seen", file, "redeem-and-flag", "park"),
            oneOf(all, "write-back", file, "on", "off").equals("on"), all.text("jdbc.url"), all.text("jdbc.username"), environment.get(passwordVariable(name)));
    }

    /** For example {@code POS_MAIN_STREET_PASSWORD}. */
    public static String passwordVariable(String connection) {
        return "POS_" + connection.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD";
    }

    private static ZoneId zone(Settings all, Path file) {
        try {
            return ZoneId.of(all.text("zone"));
        } catch (DateTimeException e) {
            throw new StartRefused("The zone in " + file + " is not a time zone.", "For example: zone = America/Denver");
        }
    }

    private static String oneOf(Settings all, String key, Path file, String... words) {
        String value = all.text(key);
        if (!List.of(words).contains(value)) {
            throw new StartRefused("The key " + key + " = " + value + " in " + file + " is not known.", "One of: " + String.join(", ", words) + ".");
        }
        return value;
    }
}
