package aiqbridge.connection;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.connection.StorefrontConnection.Model;
import aiqbridge.connection.StorefrontConnection.Redeems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The shops this installation is joined to: one properties file each in {@code config/storefront/}; what a file leaves out is {@code storefront.*} of the settings. */
public final class StorefrontConnections {
    private static final Set<String> KEYS = Set.of(
            "kind",
            "account",
            "location",
            "zone",
            "pin",
            "model",
            "redeems",
            "pos",
            "confirmed-by",
            "carts",
            "consent",
            "currency",
            "public-url",
            "api.url");
    private final Map<String, StorefrontConnection> byName = new TreeMap<>();
    private final Map<String, OrderIds> ids = new ConcurrentHashMap<>();
    private final Path kinds;

    private StorefrontConnections(Path kinds) {
        this.kinds = kinds;
    }

    /** @throws StartRefused naming the file and the key */
    public static StorefrontConnections read(Path home, Settings settings, PosConnections pos) {
        return read(home, settings, pos, refused -> {
            throw refused;
        });
    }

    /** @param refused is told of a file that cannot be used; the others can */
    static StorefrontConnections read(
            Path home, Settings settings, PosConnections pos, Consumer<StartRefused> refused) {
        StorefrontConnections connections = new StorefrontConnections(home.resolve("routes/storefront"));
        for (Path file :
                Settings.files(home.resolve(settings.text("storefront.connections")), "one properties file per shop")) {
            try {
                StorefrontConnection connection = connection(home, file, settings, pos);
                connections.byName.put(connection.name(), connection);
            } catch (StartRefused e) {
                refused.accept(e);
            }
        }
        return connections;
    }

    public Optional<StorefrontConnection> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public StorefrontConnection get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no storefront " + name));
    }

    public List<StorefrontConnection> all() {
        return List.copyOf(byName.values());
    }

    /** The folder of a kind of shop. */
    public Path folder(String kind) {
        return kinds.resolve(kind);
    }

    /** How a kind writes its ids; of a kind that cannot be read every id is taken as it is. */
    public OrderIds ids(String kind) {
        return ids.computeIfAbsent(kind, name -> {
            try {
                return OrderIds.of(Settings.of(folder(name).resolve("kind.properties")));
            } catch (StartRefused e) {
                return OrderIds.of(Settings.of(new Properties()));
            }
        });
    }

    private static StorefrontConnection connection(Path home, Path file, Settings settings, PosConnections pos) {
        String name = Settings.connectionName(file);
        Set<String> known = new TreeSet<>(KEYS);
        Settings.load(file).stringPropertyNames().stream()
                .filter(key -> key.startsWith("status."))
                .forEach(known::add);
        Settings all = settings.connection(
                "storefront.", file, known, "secrets are entered with: aiq-bridge secrets add " + name);
        String kind = all.text("kind");
        if (!kind.matches("[a-z0-9-]+")
                || !Files.isDirectory(home.resolve("routes/storefront").resolve(kind))) {
            throw new StartRefused(
                    "There is no kind of storefront " + kind + ", which " + file + " names.",
                    "A kind is a folder in routes/storefront/; see routes/storefront/README.md, section 1.");
        }
        Model model = Model.valueOf(all.oneOf("model").toUpperCase(Locale.ROOT));
        Redeems redeems = null;
        String till = null;
        String confirmedBy = null;
        if (model == Model.INFORMATIONAL) {
            redeems =
                    all.oneOf("redeems", "bridge", "pos-native").equals("bridge") ? Redeems.BRIDGE : Redeems.POS_NATIVE;
            confirmedBy = all.has("confirmed-by") ? all.text("confirmed-by") : null;
            if (redeems == Redeems.BRIDGE) {
                till = all.text("pos");
                if (pos.find(till).isEmpty()) {
                    throw new StartRefused(
                            "There is no till " + till + ", which " + file + " names.",
                            "Write config/pos/" + till + ".properties first.");
                }
            }
        }
        return new StorefrontConnection(
                name,
                kind,
                all.text("account"),
                all.text("location"),
                all.zone("zone"),
                all.oneOf("pin").equals("required"),
                model,
                redeems,
                till,
                confirmedBy,
                all.oneOf("carts").equals("on"),
                all.oneOf("consent").equals("held-by-aiq"),
                currency(all, file),
                all.url("public-url"),
                all.url("api.url"),
                statuses(all));
    }

    private static String currency(Settings all, Path file) {
        try {
            return all.has("currency")
                    ? Currency.getInstance(all.text("currency").toUpperCase(Locale.ROOT))
                            .getCurrencyCode()
                    : null;
        } catch (IllegalArgumentException e) {
            throw new StartRefused(
                    "The key currency = " + all.text("currency") + " in " + file + " is not a currency.",
                    "For example: currency = USD");
        }
    }

    /** What becomes of a cart that is older than an order of the same customer: the key {@code carts.older-than-order} of a kind, {@code kept} unless it says {@code sent}. */
    public static String olderCarts(Settings kind) {
        return kind.has("carts.older-than-order") ? kind.oneOf("carts.older-than-order", "kept", "sent") : "kept";
    }

    /** A pattern of how shoppers make carts, in the kind's own words: the key {@code carts.made-by} of a kind; anyhow unless it says. */
    public static String cartsMadeBy(Settings kind) {
        try {
            return kind.has("carts.made-by")
                    ? Pattern.compile(kind.text("carts.made-by")).pattern()
                    : ".*";
        } catch (PatternSyntaxException e) {
            throw new StartRefused(
                    "The key carts.made-by is not a pattern.", "For example: carts.made-by = checkout|store-api");
        }
    }

    /** What words an order may have in a shop, and what each means: the keys {@code status.<word>} of a kind and of a connection. */
    public static Map<String, String> statuses(Settings all) {
        Map<String, String> statuses = new TreeMap<>();
        for (String key : all.under("status.").asProperties().stringPropertyNames()) {
            statuses.put(
                    key.toLowerCase(Locale.ROOT),
                    all.oneOf(
                            "status." + key,
                            "open",
                            "paid",
                            "completed",
                            "cancelled",
                            "refunded",
                            "deleted",
                            "cart",
                            "ignored"));
        }
        return statuses;
    }
}
