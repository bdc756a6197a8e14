package aiqbridge;

import aiqbridge.command.AccountsCommand;
import aiqbridge.command.AiqCheckCommand;
import aiqbridge.command.AuditCommand;
import aiqbridge.command.BackupCommand;
import aiqbridge.command.BrakeCommand;
import aiqbridge.command.CartsCommand;
import aiqbridge.command.CheckCommand;
import aiqbridge.command.CustomersCommand;
import aiqbridge.command.DemoCommand;
import aiqbridge.command.DryRunCommand;
import aiqbridge.command.InboxCommand;
import aiqbridge.command.KeysCommand;
import aiqbridge.command.LeaveCommand;
import aiqbridge.command.LedgerCommand;
import aiqbridge.command.ReconcileCommand;
import aiqbridge.command.RedemptionsCommand;
import aiqbridge.command.ReversalsCommand;
import aiqbridge.command.RoutesCommand;
import aiqbridge.command.RunCommand;
import aiqbridge.command.SecretsCommand;
import aiqbridge.command.SimulatorCommand;
import aiqbridge.command.StopCommand;
import aiqbridge.command.UsersCommand;
import aiqbridge.health.LibraryLogs;
import java.util.List;
import java.util.TimeZone;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line: exit status 0 done, 1 refused with one sentence and a hint, 2 not understood. */
@Command(
        name = "aiq-bridge",
        mixinStandardHelpOptions = true,
        versionProvider = Application.Version.class,
        description =
                "Joins POS databases and ecommerce webhooks to AIQ's loyalty API: a reward is redeemed once, when its sale is completed.")
public final class Application {
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            AccountsCommand.class,
            AiqCheckCommand.class,
            KeysCommand.class,
            SecretsCommand.class,
            InboxCommand.class,
            RedemptionsCommand.class,
            ReversalsCommand.class,
            CartsCommand.class,
            BrakeCommand.class,
            StopCommand.class,
            LeaveCommand.class,
            LedgerCommand.class,
            ReconcileCommand.class,
            DryRunCommand.class,
            CustomersCommand.class,
            BackupCommand.class,
            RoutesCommand.class,
            SimulatorCommand.class,
            UsersCommand.class,
            AuditCommand.class);

    private Application() {}

    public static void main(String[] args) {
        // A till's wall clock is converted with its connection's zone; the machine's own must not come between.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        LibraryLogs.hush();
        System.exit(commandLine(args).execute(args));
    }

    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    /** With the command alone that is called: the annotations of all of them would be an eighth of a start. */
    static CommandLine commandLine(String[] args) {
        List<Class<?>> called = COMMANDS.stream()
                .filter(command -> args.length > 0
                        && command.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        return commandLine(called.isEmpty() ? COMMANDS : called);
    }

    private static CommandLine commandLine(List<Class<?>> commands) {
        CommandLine line = new CommandLine(new Application());
        commands.forEach(line::addSubcommand);
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr()
                    .println(
                            e instanceof StartRefused
                                    ? e.getMessage()
                                    : "Something unexpected went wrong: "
                                            + e.getClass().getSimpleName() + ". The log says more.");
            if (!(e instanceof StartRefused)) {
                org.slf4j.LoggerFactory.getLogger(Application.class).error("unexpected", e);
            }
            return 1;
        });
        return line;
    }

    /** What the jar's manifest says; classes that no jar holds have no version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Application.class.getPackage().getImplementationVersion();
            return new String[] {"AIQ Bridge " + (version == null ? "(built here, not packaged)" : version)};
        }
    }
}
