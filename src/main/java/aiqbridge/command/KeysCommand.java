package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.api.CallerKeys;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description =
                "The keys with which tills' and shops' back ends call the bridge; each is bound to one connection.",
        synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand {

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Makes a key and shows it once.")
    int add(
            @Mixin Home home,
            @Parameters(
                            paramLabel = "CONNECTION",
                            description = "The stem of a file in config/pos/ or config/storefront/.")
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
            description = "Makes a new key; the connection's older ones end after a day.")
    int rotate(
            @Mixin Home home,
            @Parameters(
                            paramLabel = "CONNECTION",
                            description = "The stem of a file in config/pos/ or config/storefront/.")
                    String connection,
            @Option(
                            names = "--hours",
                            defaultValue = "24",
                            description = "How long the older keys still work (default: ${DEFAULT-VALUE}).")
                    int hours) {
        String key = with(home, connection, (keys, audit) -> {
            audit.record(AuditLog.operator(), "key-rotate", connection, "the older ones end in " + hours + " hour(s)");
            return keys.rotate(connection, Duration.ofHours(hours));
        });
        System.out.println(key);
        return 0;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a key at once.")
    int revoke(
            @Mixin Home home,
            @Parameters(
                            paramLabel = "KEY-ID",
                            description = "The part of the key between aiqb_ and the next _, as keys list shows it.")
                    String keyId) {
        with(home, null, (keys, audit) -> {
            if (!keys.revoke(keyId)) {
                throw new StartRefused(
                        "There is no such key, or it is revoked already.", "aiq-bridge keys list shows them.");
            }
            audit.record(AuditLog.operator(), "key-revoke", keyId, null);
            return null;
        });
        System.out.println("The key " + keyId + " no longer works.");
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the keys; of each only its end.")
    int list(@Mixin Home home) {
        for (Map<String, Object> key : with(home, null, (keys, audit) -> keys.all())) {
            System.out.printf(
                    "%s %-20s %s %s%n",
                    key.get("key_id"),
                    key.get("connection"),
                    key.get("hint"),
                    key.get("revoked_at") != null
                            ? "revoked"
                            : key.get("expires_at") != null
                                    ? "until " + Instant.ofEpochMilli(((Number) key.get("expires_at")).longValue())
                                    : "works");
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
