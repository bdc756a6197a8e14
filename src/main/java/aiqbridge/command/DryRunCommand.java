package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.dryrun.DryRun;
import aiqbridge.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dry-run",
        mixinStandardHelpOptions = true,
        description =
                "Polls and sweeps the real tills on a copy of the bridge's own database, without calling AIQ. Shows what would be redeemed, given back and sent, and why the rest would not. Exit status 1 if a till could not be read.")
public final class DryRunCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Only this till or storefront.")
    private String connection;

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    @Override
    public Integer call() {
        Settings settings = home.settings();
        List<DryRun.Line> lines;
        try (Store store = Store.open(settings, home.path(), false);
                ShownProgress progress = ShownProgress.of("Tills asked")) {
            lines = new DryRun(home.path(), settings, Clock.systemUTC()).run(store, connection, progress);
        }
        if (json) {
            Operator.json(lines);
        } else {
            lines.forEach(
                    line -> System.out.printf("%-8s %-20s %s%n", line.would(), line.connection(), line.sentence()));
            System.out.println(
                    lines.isEmpty() ? "Nothing is open." : lines.size() + " line(s); nothing was sent or stored.");
        }
        return lines.stream().anyMatch(line -> line.would().equals("fail")) ? 1 : 0;
    }
}
