package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.stop.Scope;
import aiqbridge.stop.Stop;
import aiqbridge.stop.Stops;
import aiqbridge.store.Store;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {
            "The emergency stop, at once, beside a running bridge too: nothing that changes something at AIQ leaves for it any more, of everything or of one account or connection. What waits is kept, callers hear it.",
            "The file data/STOP (setting stop.file) does the same without this command."
        })
public final class StopCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @ArgGroup
    private Of of;

    @Mixin
    private Why why;

    @Spec
    private CommandSpec spec;

    /** One account or connection; else everything. */
    static final class Of {
        @Option(names = "--account", paramLabel = "NAME", description = "Only this account.")
        String account;

        @Option(names = "--connection", paramLabel = "NAME", description = "Only this till or shop.")
        String connection;
    }

    /** Who and why. */
    static final class Why {
        @Option(
                names = {"--reason", "--note"},
                paramLabel = "TEXT",
                description = "The reason, in your own words; kept in the audit log. Has to be there.")
        String reason;

        @Option(
                names = "--by",
                paramLabel = "NAME",
                description = "Who you are, where many share this machine's login.")
        String by;

        String who() {
            return AuditLog.operator() + (by == null || by.isBlank() ? "" : " (" + by.strip() + ")");
        }
    }

    @Override
    public Integer call() {
        reason(spec, why);
        return with(home, (stops, connections, store) -> {
            Scope scope = scope(of, connections, store);
            if (stops.stop(scope, why.who(), why.reason.strip())) {
                System.out.println("Stopped: " + scope.words()
                        + ". Nothing of it that changes something at AIQ leaves from now on.");
            } else {
                System.out.println("It is stopped already: " + scope.words() + ".");
            }
            long leaving = stops.leaving();
            if (leaving > 0) {
                System.out.println(
                        leaving + " call(s) were being made; what had left ends as it ends, and is recorded.");
            }
            return 0;
        });
    }

    @Command(
            name = "lift",
            mixinStandardHelpOptions = true,
            description =
                    "Lifts the stop: what waited is sent, slowly at first. The file's stop is lifted by deleting the file.")
    int lift(@Mixin Home at, @ArgGroup Of which, @Mixin Why because) {
        reason(spec.subcommands().get("lift").getCommandSpec(), because);
        return with(at, (stops, connections, store) -> {
            Scope scope = scope(which, connections, store);
            boolean lifted = stops.lift(scope, because.who(), because.reason.strip());
            List<Stop> left = stops.standing();
            if (!lifted) {
                boolean file = left.stream()
                        .anyMatch(stop -> stop.byFile() && stop.of().equals(scope));
                throw new StartRefused(
                        "There is no stop of " + scope.words() + (file ? " but the file's." : "."),
                        file
                                ? "Delete the file " + stops.file() + ", or the line in it."
                                : "aiq-bridge stop list shows what is stopped.");
            }
            System.out.println("Lifted: " + scope.words() + ". What waited is sent, slowly at first.");
            left.forEach(StopCommand::line);
            return 0;
        });
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists what is stopped, since when, by whom and why.")
    int list(@Mixin Home at, @Option(names = "--json", description = "For scripts.") boolean json) {
        return with(at, (stops, connections, store) -> {
            List<Stop> standing = stops.standing();
            if (json) {
                Operator.json(standing);
            } else {
                standing.forEach(StopCommand::line);
            }
            return 0;
        });
    }

    private static void line(Stop stop) {
        System.out.printf(
                "%-30s stopped since %s by %s: %s%n",
                stop.of().words(), Instant.ofEpochMilli(stop.stoppedAt()), stop.stoppedBy(), stop.reason());
    }

    private static void reason(CommandSpec command, Why why) {
        if (why.reason == null || why.reason.isBlank()) {
            throw new ParameterException(command.commandLine(), "Missing required option: '--reason=TEXT'");
        }
    }

    private static Scope scope(Of of, Connections connections, Store store) {
        if (of == null) {
            return Scope.EVERYTHING;
        }
        if (of.connection != null) {
            if (connections.find(of.connection).isEmpty()) {
                throw new StartRefused(
                        "There is no connection " + of.connection + ".",
                        "There are: "
                                + String.join(
                                        ", ",
                                        connections.all().stream()
                                                .map(Connection::name)
                                                .toList()) + ".");
            }
            return Scope.connection(of.connection);
        }
        List<String> accounts = Stops.accounts(store.source());
        if (!accounts.contains(of.account)) {
            throw new StartRefused(
                    "There is no account " + of.account + ".", "There are: " + String.join(", ", accounts) + ".");
        }
        return Scope.account(of.account);
    }

    /** Whatever is wrong with a file of a connection does not keep anybody from stopping. */
    private static int with(Home home, Work work) {
        Settings settings = home.settings();
        Connections connections = Connections.read(home.path(), settings, System.getenv(), refused -> {});
        try (Store store = Store.open(settings, home.path(), false)) {
            Stops stops = new Stops(
                    store.source(), home.path().resolve(settings.text("stop.file")), connections, Clock.systemUTC());
            return work.with(stops, connections, store);
        }
    }

    /** What is done with the stops. */
    private interface Work {
        int with(Stops stops, Connections connections, Store store);
    }
}
