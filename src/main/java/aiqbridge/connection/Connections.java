package aiqbridge.connection;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Everybody this installation is joined to. */
public final class Connections {
    private final PosConnections pos;
    private final StorefrontConnections storefronts;
    private final Map<String, Connection> byName = new TreeMap<>();

    private Connections(PosConnections pos, StorefrontConnections storefronts) {
        this.pos = pos;
        this.storefronts = storefronts;
        List<Connection> all = new ArrayList<>(pos.all());
        all.addAll(storefronts.all());
        for (Connection connection : all) {
            if (byName.put(connection.name(), connection) != null) {
                throw new StartRefused(
                        "A till and a storefront are both named " + connection.name() + ".",
                        "Rename one of the files in config/pos/ and config/storefront/.");
            }
        }
    }

    /** @throws StartRefused naming the file and the key */
    public static Connections read(Path home, Settings settings, Map<String, String> environment) {
        PosConnections pos = PosConnections.read(home.resolve(settings.text("pos.connections")), settings, environment);
        return new Connections(pos, StorefrontConnections.read(home, settings, pos));
    }

    /** @param refused is told of a file that cannot be used; the others can */
    public static Connections read(
            Path home, Settings settings, Map<String, String> environment, Consumer<StartRefused> refused) {
        PosConnections pos =
                PosConnections.read(home.resolve(settings.text("pos.connections")), settings, environment, refused);
        return new Connections(pos, StorefrontConnections.read(home, settings, pos, refused));
    }

    public PosConnections pos() {
        return pos;
    }

    public StorefrontConnections storefronts() {
        return storefronts;
    }

    public Optional<Connection> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Connection get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no connection " + name));
    }

    public List<Connection> all() {
        return List.copyOf(byName.values());
    }
}
