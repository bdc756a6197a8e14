package aiqbridge.command;

import aiqbridge.GivenSecret;
import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.KeyRotation;
import aiqbridge.account.Secrets;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.store.Store;
import aiqbridge.storefront.kind.StorefrontKind;
import aiqbridge.storefront.kind.StorefrontKinds;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "The secrets that storefronts sign their webhooks with (webhook), send where they do not sign (token), and require when the bridge calls them (api); and the key that encrypts them.")
public final class SecretsCommand {
    private static final String FOR = "webhook, token or api (default: ${DEFAULT-VALUE}).";
    private static final String GENERATE = "Generate one and show it once.";

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description =
                    "Adds a secret; older ones stay valid. Prompts for it, or takes it from STOREFRONT_SECRET or the file that STOREFRONT_SECRET_FILE names.")
    int add(
            @Mixin Home home,
            @Parameters(
                            paramLabel = "CONNECTION",
                            description = "The name of a file in config/storefront/, without .properties.")
                    String connection,
            @Option(names = "--for", defaultValue = StorefrontSecrets.WEBHOOK, description = FOR) String name,
            @Option(names = "--generate", description = GENERATE) boolean generate) {
        String secret = secret(home, connection, name, generate);
        with(home, (secrets, audit) -> {
            audit.record(AuditLog.operator(), "secret-add", connection, name);
            secrets.add(connection, name, secret);
            return null;
        });
        System.out.println(generate ? secret : "The " + name + " secret of " + connection + " is stored, encrypted.");
        return 0;
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description =
                    "Adds a secret; older ones expire after a day. Prompts for it, or takes it from STOREFRONT_SECRET or the file that STOREFRONT_SECRET_FILE names.")
    int rotate(
            @Mixin Home home,
            @Parameters(
                            paramLabel = "CONNECTION",
                            description = "The name of a file in config/storefront/, without .properties.")
                    String connection,
            @Option(names = "--for", defaultValue = StorefrontSecrets.WEBHOOK, description = FOR) String name,
            @Option(names = "--generate", description = GENERATE) boolean generate,
            @Option(
                            names = "--hours",
                            defaultValue = "24",
                            description = "Hours until the older ones expire (default: ${DEFAULT-VALUE}).")
                    int hours) {
        if (hours < 0) {
            throw new StartRefused(
                    "The older secrets cannot expire " + -hours + " hours ago.",
                    "For example: --hours 24; 0 revokes them immediately.");
        }
        String secret = secret(home, connection, name, generate);
        with(home, (secrets, audit) -> {
            audit.record(
                    AuditLog.operator(),
                    "secret-rotate",
                    connection,
                    name + ", older ones expire in " + hours + " hour(s)");
            secrets.add(connection, name, secret, Duration.ofHours(hours));
            return null;
        });
        System.out.println(
                generate
                        ? secret
                        : "The " + name + " secret of " + connection + " is stored, encrypted; older ones expire in "
                                + hours + " hour(s).");
        return 0;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a secret immediately.")
    int revoke(
            @Mixin Home home,
            @Parameters(paramLabel = "SECRET-ID", description = "As shown by secrets list.") String id) {
        with(home, (secrets, audit) -> {
            if (!secrets.revoke(id)) {
                throw new StartRefused(
                        "There is no such secret, or it has already expired.", "aiq-bridge secrets list shows them.");
            }
            audit.record(AuditLog.operator(), "secret-revoke", id, null);
            return null;
        });
        System.out.println("The secret " + id + " is no longer valid.");
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the secrets, with the last characters of each.")
    int list(@Mixin Home home) {
        long now = System.currentTimeMillis();
        for (Map<String, Object> secret : with(home, (secrets, audit) -> secrets.all())) {
            Long end = secret.get("expires_at") == null ? null : ((Number) secret.get("expires_at")).longValue();
            System.out.printf(
                    "%s %-20s %-8s %s %s%n",
                    secret.get("secret_id"),
                    secret.get("connection"),
                    secret.get("name"),
                    secret.get("hint"),
                    end == null ? "good" : (end > now ? "valid until " : "ended ") + Instant.ofEpochMilli(end));
        }
        return 0;
    }

    @Command(
            name = "rotate-key",
            mixinStandardHelpOptions = true,
            description =
                    "Re-encrypts everything with a new key, even while the bridge runs. Back up the key file afterwards.")
    int rotateKey(@Mixin Home home) throws InterruptedException {
        Settings settings = home.settings();
        Path file = home.path().resolve(settings.text("secrets.key-file"));
        try (Store store = Store.open(settings, home.path(), false)) {
            int sealed = new KeyRotation(store.source(), Secrets.at(file), Clock.systemUTC())
                    .run(AuditLog.operator(), Duration.ofSeconds(3));
            System.out.println(sealed + " secret(s) are encrypted with a new key; the old one is no longer in " + file
                    + ". Back it up now; older backups of the database need the old file.");
        }
        return 0;
    }

    private static String secret(Home home, String connection, String name, boolean generate) {
        StorefrontConnection storefront = InboxCommand.storefront(home, home.settings(), connection);
        StorefrontKind kind = StorefrontKinds.read(home.path()).get(storefront.kind());
        String secret = generate ? generated() : entered(name, connection);
        kind.check(name, secret);
        return secret;
    }

    private static String entered(String name, String connection) {
        String secret = GivenSecret.read("STOREFRONT_SECRET", System.getenv());
        if (secret == null && System.console() != null) {
            char[] typed = System.console().readPassword("The %s secret of %s (not shown): ", name, connection);
            secret = typed == null ? null : new String(typed);
        }
        if (secret == null || secret.isBlank()) {
            throw new StartRefused(
                    "There is no secret.",
                    "Enter it when asked, or give it as the environment variable STOREFRONT_SECRET, or in the file that STOREFRONT_SECRET_FILE names; never on the command line.");
        }
        return secret.trim();
    }

    private static String generated() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static <T> T with(Home home, BiFunction<StorefrontSecrets, AuditLog, T> work) {
        Settings settings = home.settings();
        try (Store store = Store.open(settings, home.path(), false)) {
            return work.apply(
                    new StorefrontSecrets(
                            store.source(),
                            Secrets.at(home.path().resolve(settings.text("secrets.key-file"))),
                            Clock.systemUTC()),
                    new AuditLog(store.source(), Clock.systemUTC()));
        }
    }
}
