package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.connection.Connections;
import aiqbridge.connection.StorefrontConnection;
import aiqbridge.operator.Inbox;
import aiqbridge.store.Store;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inbox",
        mixinStandardHelpOptions = true,
        description = "The webhooks received.",
        synopsisSubcommandLabel = "COMMAND")
public final class InboxCommand {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Counts each storefront's webhooks that wait, are done, ignored or parked.")
    int list(@Mixin Home home) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            for (Map<String, Object> row : new Inbox(store.source(), Clock.systemUTC()).summary()) {
                System.out.printf(
                        "%-20s %-8s %8d, %s to %s%n",
                        row.get("connection"),
                        row.get("status"),
                        ((Number) row.get("deliveries")).longValue(),
                        instant(row.get("first_at")),
                        instant(row.get("last_at")));
            }
        }
        return 0;
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = "Processes the webhooks of a time range again, for example after a mapping was corrected.")
    int replay(
            @Mixin Home home,
            @Parameters(
                            paramLabel = "CONNECTION",
                            description = "The name of a file in config/storefront/, without .properties.")
                    String connection,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "TIME",
                            description =
                                    "2026-11-24, 2026-11-24T18:30 in the connection's zone, or 2026-11-25T01:30:00Z.")
                    String from,
            @Option(names = "--to", required = true, paramLabel = "TIME", description = "Before this time.")
                    String to) {
        Settings settings = home.settings();
        StorefrontConnection storefront = storefront(home, settings, connection);
        Instant begin = time(from, storefront.zone()), end = time(to, storefront.zone());
        if (!begin.isBefore(end)) {
            throw new StartRefused(
                    "There is no time between " + from + " and " + to + ".", "Give the earlier one with --from.");
        }
        try (Store store = Store.open(settings, home.path(), false)) {
            System.out.println(new Inbox(store.source(), Clock.systemUTC()).replay(connection, begin, end)
                    + " webhook(s) will be processed again.");
            Operator.audited(store, "inbox-replay", connection, "from " + begin + " to " + end);
        }
        return 0;
    }

    static StorefrontConnection storefront(Home home, Settings settings, String name) {
        Connections connections = Connections.read(home.path(), settings, System.getenv());
        return connections
                .storefronts()
                .find(name)
                .orElseThrow(() -> new StartRefused(
                        "There is no storefront " + name + ".",
                        "Write config/storefront/" + name + ".properties first; known are: "
                                + String.join(
                                        ", ",
                                        connections.storefronts().all().stream()
                                                .map(StorefrontConnection::name)
                                                .toList())
                                + "."));
    }

    static Instant time(String text, ZoneId zone) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : text.contains("T")
                            ? LocalDateTime.parse(text).atZone(zone).toInstant()
                            : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            throw new StartRefused(
                    text + " is not a time.", "For example 2026-11-24, 2026-11-24T18:30, or 2026-11-25T01:30:00Z.");
        }
    }

    private static Instant instant(Object epochMs) {
        return Instant.ofEpochMilli(((Number) epochMs).longValue());
    }
}
