package aiqbridge.storefront.kind;

import aiqbridge.StartRefused;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kinds of storefront: one folder each in {@code routes/storefront/}. */
public final class StorefrontKinds {
    private static final Logger LOG = LoggerFactory.getLogger(StorefrontKinds.class);
    private final Map<String, StorefrontKind> byName = new TreeMap<>();
    private final Map<String, StartRefused> broken = new TreeMap<>();

    private StorefrontKinds() {}

    /** One that cannot be read is kept from nobody but those who ask for it. */
    public static StorefrontKinds read(Path home) {
        StorefrontKinds kinds = new StorefrontKinds();
        Path all = home.resolve("routes/storefront");
        try (Stream<Path> folders = Files.isDirectory(all) ? Files.list(all) : Stream.empty()) {
            for (Path folder : folders.filter(f -> Files.isRegularFile(f.resolve(StorefrontKind.FILE)))
                    .sorted()
                    .toList()) {
                String name = folder.getFileName().toString();
                try {
                    kinds.byName.put(name, StorefrontKind.read(name, folder.resolve(StorefrontKind.FILE)));
                } catch (StartRefused e) {
                    kinds.broken.put(name, e);
                }
            }
        } catch (IOException e) {
            throw new StartRefused(
                    "The folder " + all + " cannot be read.", "It holds one folder per kind of storefront.");
        }
        return kinds;
    }

    /** The same, and each connection has what its kind needs. */
    public static StorefrontKinds read(Path home, StorefrontConnections connections) {
        StorefrontKinds kinds = read(home);
        kinds.broken.forEach((name, e) ->
                LOG.warn("{} Webhooks of the kind {} are answered 503 until it is mended.", e.sentence(), name));
        for (StorefrontConnection connection : connections.all()) {
            if (kinds.broken.containsKey(connection.kind())) {
                continue;
            }
            StorefrontKind kind = kinds.find(connection.kind())
                    .orElseThrow(() -> new StartRefused(
                            "The kind of storefront " + connection.kind() + ", which " + connection.name()
                                    + " is, has no file " + StorefrontKind.FILE + ".",
                            "See routes/storefront/README.md, section 4."));
            if (kind.signature() != null
                    && kind.signature().signed().contains("{url}")
                    && connection.publicUrl() == null) {
                throw new StartRefused(
                        "The storefront " + connection.name() + " needs public-url: a shop of kind " + kind.name()
                                + " signs the webhook's address.",
                        "Write it in its file, exactly as it is registered at the shop, for example: public-url = https://bridge.example/webhooks/"
                                + kind.name() + "/" + connection.name());
            }
        }
        return kinds;
    }

    public Optional<StorefrontKind> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws StartRefused naming the file and the key, when it cannot be read */
    public StorefrontKind get(String name) {
        StartRefused reason = broken.get(name);
        if (reason != null) {
            throw new StartRefused(reason.sentence(), reason.hint());
        }
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no kind of storefront " + name));
    }
}
