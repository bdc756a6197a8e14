package aiqbridge.command;

import aiqbridge.operator.ReversalDecisions;
import aiqbridge.operator.ReversalList;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reversals",
        mixinStandardHelpOptions = true,
        description = "Reversals that need a person: parked, or refused by AIQ.",
        synopsisSubcommandLabel = "COMMAND")
public final class ReversalsCommand {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists those that need a person, oldest first; redemptions show has their history.")
    int list(@Mixin Home home, @Option(names = "--json", description = "For scripts.") boolean json) {
        List<ReversalList.Line> lines =
                Operator.with(home, (store, connections) -> new ReversalList(store.source()).wantingAPerson(1_000));
        if (json) {
            Operator.json(lines);
        } else {
            lines.forEach(v -> System.out.printf(
                    "%s  %s  %-8s %-20s %-12s %8s points  %s%s%n",
                    v.id(),
                    v.since(),
                    v.status(),
                    v.connection(),
                    v.customer(),
                    v.points(),
                    v.kind(),
                    v.reason() == null ? "" : ", " + v.reason()));
        }
        return 0;
    }

    @Command(name = "retry", mixinStandardHelpOptions = true, description = "Asks AIQ (again) to give the points back.")
    int retry(
            @Mixin Home home,
            @Parameters(paramLabel = "REVERSAL", description = "Its id.") String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Operator.Reason reason) {
        decide(home, d -> d.retry(id, reason.decision()));
        System.out.println("The points will be given back as soon as AIQ can be reached.");
        return 0;
    }

    @Command(
            name = "done",
            mixinStandardHelpOptions = true,
            description = "Records that AIQ shows the points as given back.")
    int done(
            @Mixin Home home,
            @Parameters(paramLabel = "REVERSAL", description = "Its id.") String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Operator.Reason reason) {
        decide(home, d -> d.done(id, reason.decision()));
        System.out.println("The points are back in the ledger, too.");
        return 0;
    }

    @Command(name = "give-up", mixinStandardHelpOptions = true, description = "The points stay taken.")
    int giveUp(
            @Mixin Home home,
            @Parameters(paramLabel = "REVERSAL", description = "Its id.") String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Operator.Reason reason) {
        decide(home, d -> d.giveUp(id, reason.decision()));
        System.out.println("The points stay taken.");
        return 0;
    }

    private static void decide(Home home, Consumer<ReversalDecisions> decision) {
        Operator.with(home, (store, connections) -> {
            decision.accept(new ReversalDecisions(store.source(), home.path(), Clock.systemUTC()));
            return null;
        });
    }
}
