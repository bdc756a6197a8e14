package aiqbridge.command;

import aiqbridge.StartRefused;
import aiqbridge.reversal.Brake;
import aiqbridge.store.Store;
import java.time.Clock;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "brake",
        mixinStandardHelpOptions = true,
        description =
                "Where there were more reversals in an hour than a shop makes, nothing is reversed until a person has looked.",
        synopsisSubcommandLabel = "COMMAND")
public final class BrakeCommand {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the connections whose reversals the brake has stopped.")
    int list(@Mixin Home home) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            for (Brake.Held row : new Brake(store.source(), Clock.systemUTC()).holding()) {
                System.out.printf(
                        "%-20s stopped since %s, %d wait%n",
                        row.connection(), Instant.ofEpochMilli(row.brakedAt()), row.waiting());
            }
        }
        return 0;
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Confirms that the reversals are genuine: points are given back again.")
    int release(
            @Mixin Home home,
            @Parameters(paramLabel = "CONNECTION", description = "As shown by brake list.") String connection) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            if (!new Brake(store.source(), Clock.systemUTC()).release(connection)) {
                throw new StartRefused(
                        "The brake is not engaged for " + connection + ".",
                        "aiq-bridge brake list shows where it is engaged.");
            }
            Operator.audited(store, "brake-release", connection, null);
        }
        System.out.println("The reversals of " + connection + " continue.");
        return 0;
    }
}
