package aiqbridge.command;

import aiqbridge.check.Check;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Checks the settings, this machine, the routes, AIQ, every till and every shop, and says what to do. Exit status 1 if anything FAILs.")
public final class CheckCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @Parameters(
            arity = "0..1",
            paramLabel = "CONNECTION",
            description = "Only this till or shop; for a till it also prints the statements for its owner.")
    private String connection;

    @Option(
            names = "--json",
            description = "Print one JSON object per line: about, status (OK, WARN, FAIL, INFO), text, hint.")
    private boolean json;

    @Option(
            names = "--sql",
            description =
                    "Print the statements for the till's owner alone, to pipe into the owner's own client; nothing is looked at.")
    private boolean sql;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (sql) {
            if (connection == null) {
                throw new ParameterException(spec.commandLine(), "--sql needs the name of a till.");
            }
            System.out.print(Check.owners(home.path(), home.settings(), connection));
            return 0;
        }
        return new Check(home.path(), home.settingsUnchecked(), System.out, json).run(connection) ? 0 : 1;
    }
}
