package aiqbridge.command;

import aiqbridge.check.Check;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "check", mixinStandardHelpOptions = true, description = "Looks at every till and every AIQ account and says what is missing; exit status 1 when anything FAILs.")
public final class CheckCommand implements Callable<Integer> {
    @Mixin private Home home;
    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Only this till; it also prints the statements for its owner.")
    private String connection;

    @Override public Integer call() {
        return new Check(home.path(), home.settings(), System.out).run(connection) ? 0 : 1;
    }
}
