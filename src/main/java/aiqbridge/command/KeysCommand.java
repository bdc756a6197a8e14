package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.api.CallerKey;
import aiqbridge.api.CallerKeys;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description =
                "The API keys with which the back ends of tills and shops call the bridge; each belongs to one connection.",
        synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand {

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Creates a key and shows it once.")
    int add(
            @Mixin Home home,
            @Parameters(
                            paramLabel = "CONNECTION",
                            description =
                                    "The name of a file in config/pos/ or config/storefront/, without .properties.")
                    String connection) {
        String key = with(home, connection, (keys, audit) -> {
            audit.record(AuditLog.operator(), "key-add", connection, null);
            return keys.add(connection);
        });
        System.out.println(key);
        return 0;
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Creates a new key; the connection's older keys expire after a day.")
    int rotate(
            @Mixin Home home,
            @Parameters(
                            paramLabel = "CONNECTION",
                            description =
                                    "The name of a file in config/pos/ or config/storefront/, without .properties.")
                    String connection,
            @Option(
                            names = "--hours",
                            defaultValue = "24",
                            description = "Hours until the older keys expire (default: ${DEFAULT-VALUE}).")
                    int hours) {
        String key = with(home, connection, (keys, audit) -> {
            audit.record(
                    AuditLog.operator(), "key-rotate", connection, "the older ones expire in " + hours + " hour(s)");
            return keys.rotate(connection, Duration.ofHours(hours));
        });
        System.out.println(key);
        return 0;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a key immediately.")
    int revoke(
            @Mixin Home home,
            @Parameters(
                            paramLabel = "KEY-ID",
                            description = "The part of the key between aiqb_ and the next _, as shown by keys list.")
                    String keyId) {
        with(home, null, (keys, audit) -> {
            if (!keys.revoke(keyId)) {
                throw new StartRefused(
                        "There is no such key, or it has already been revoked.", "aiq-bridge keys list shows them.");
            }
            audit.record(AuditLog.operator(), "key-revoke", keyId, null);
            return null;
        });
        System.out.println("The key " + keyId + " no longer works.");
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the keys, with the last characters of each.")
    int list(@Mixin Home home) {
        for (CallerKey key : with(home, null, (keys, audit) -> keys.all())) {
            System.out.printf(
                    "%s %-20s %s %s%n",
                    key.keyId(),
                    key.connection(),
                    key.hint(),
                    key.revokedAt() != null
                            ? "revoked"
                            : key.expiresAt() != null ? "until " + Instant.ofEpochMilli(key.expiresAt()) : "works");
        }
        return 0;
    }

    private static <T> T with(Home home, String connection, BiFunction<CallerKeys, AuditLog, T> work) {
        Settings settings = home.settings();
        Connections connections = Connections.read(home.path(), settings, System.getenv());
        if (connection != null && connections.find(connection).isEmpty()) {
            throw new StartRefused(
                    "There is no connection " + connection + ".",
                    "Write config/pos/" + connection
                            + ".properties, or the same in config/storefront/, first; known are: "
                            + String.join(
                                    ", ",
                                    connections.all().stream()
                                            .map(Connection::name)
                                            .toList()) + ".");
        }
        try (Store store = Store.open(settings, home.path(), false)) {
            return work.apply(
                    new CallerKeys(store.source(), connections, Clock.systemUTC()),
                    new AuditLog(store.source(), Clock.systemUTC()));
        }
    }
}
