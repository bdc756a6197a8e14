package aiqbridge.command;

import aiqbridge.StartRefused;
import aiqbridge.redemption.ResendStops;
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
                "Where there were more reversals in an hour than a shop makes, or AIQ did what nobody expects of it, nothing more is done until a person has looked.",
        synopsisSubcommandLabel = "COMMAND")
public final class BrakeCommand {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the connections whose reversals the brake has stopped, and the accounts of which nothing is sent again.")
    int list(@Mixin Home home) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            for (Brake.Held row : new Brake(store.source(), Clock.systemUTC()).holding()) {
                System.out.printf(
                        "%-20s stopped since %s, %d wait%n",
                        row.connection(), Instant.ofEpochMilli(row.brakedAt()), row.waiting());
            }
            for (ResendStops.Stopped row : new ResendStops(store.source(), Clock.systemUTC()).stopped()) {
                System.out.printf(
                        "%-20s sends nothing again since %s, %d unclear: %s%n",
                        row.accountId(), Instant.ofEpochMilli(row.resendStoppedAt()), row.waiting(), row.why());
            }
        }
        return 0;
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description =
                    "Confirms that the reversals are genuine: points are given back again; or that AIQ can be relied on: what had no effect is sent again.")
    int release(
            @Mixin Home home,
            @Parameters(paramLabel = "NAME", description = "The connection or account, as shown by brake list.")
                    String name) {
        try (Store store = Store.open(home.settings(), home.path(), false)) {
            boolean reversals = new Brake(store.source(), Clock.systemUTC()).release(name);
            boolean resends = new ResendStops(store.source(), Clock.systemUTC()).allow(name);
            if (!reversals && !resends) {
                throw new StartRefused(
                        "The brake is not engaged for " + name + ".",
                        "aiq-bridge brake list shows where it is engaged.");
            }
            Operator.audited(store, reversals ? "brake-release" : "resend-allowed", name, null);
            if (reversals) {
                System.out.println("The reversals of " + name + " continue.");
            }
            if (resends) {
                System.out.println("What had no effect of account " + name + " is sent again.");
            }
        }
        return 0;
    }
}
