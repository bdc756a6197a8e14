package aiqbridge.storefront.kind;

import aiqbridge.StartRefused;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.connection.StorefrontConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private final Map<String, KindApi> apis = new TreeMap<>();
    private final Map<String, StartRefused> broken = new TreeMap<>();

    private StorefrontKinds() {}

    /** One that cannot be read is kept from nobody but those who ask for it. */
    public static StorefrontKinds read(Path home) {
        StorefrontKinds kinds = new StorefrontKinds();
        for (Path folder : folders(home)) {
            String name = folder.getFileName().toString();
            try {
                kinds.apis.put(name, KindApi.read(folder));
                kinds.byName.put(name, StorefrontKind.read(name, folder.resolve(StorefrontKind.FILE)));
            } catch (StartRefused e) {
                kinds.broken.put(name, e);
            }
        }
        return kinds;
    }

    /** Those of all kinds. */
    public static List<Path> folders(Path home) {
        Path all = home.resolve("routes/storefront");
        try (Stream<Path> folders = Files.isDirectory(all) ? Files.list(all) : Stream.empty()) {
            return folders.filter(f -> Files.isRegularFile(f.resolve(StorefrontKind.FILE)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StartRefused(
                    "The folder " + all + " cannot be read.", "It holds one folder per kind of storefront.");
        }
    }

    /** The same, and each connection has what its kind needs; one whose kind is not there is as one whose kind cannot be read. */
    public static StorefrontKinds read(Path home, StorefrontConnections connections) {
        StorefrontKinds kinds = read(home);
        for (StorefrontConnection connection : connections.all()) {
            StorefrontKind kind = kinds.byName.get(connection.kind());
            if (kind == null) {
                LOG.warn(
                        "{} Webhooks of {} are answered 503 until it is mended.",
                        kinds.why(connection.kind()).orElse(""),
                        connection.name());
                continue;
            }
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
        refuse(name);
        return byName.get(name);
    }

    /** How it is asked; {@link KindApi#NONE} where it cannot be read. */
    public KindApi api(String name) {
        return why(name).isPresent() ? KindApi.NONE : apis.get(name);
    }

    /** Why it cannot be read; empty when it can. */
    public Optional<String> why(String name) {
        try {
            refuse(name);
            return Optional.empty();
        } catch (StartRefused e) {
            return Optional.of(e.sentence());
        }
    }

    private void refuse(String name) {
        StartRefused reason = broken.get(name);
        if (reason != null) {
            throw new StartRefused(reason.sentence(), reason.hint());
        }
        if (!byName.containsKey(name)) {
            throw new StartRefused(
                    "There is no file routes/storefront/" + name + "/" + StorefrontKind.FILE + ": the kind " + name
                            + " is not known.",
                    "Known are " + String.join(", ", byName.keySet())
                            + "; see routes/storefront/README.md, section 4.");
        }
    }
}
