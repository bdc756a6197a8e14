package aiqbridge.command;

import aiqbridge.StartRefused;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnection;
import aiqbridge.operator.Choice;
import aiqbridge.operator.Leaks;
import aiqbridge.operator.NeedsLook;
import aiqbridge.operator.RedemptionDecisions;
import aiqbridge.operator.RedemptionFilter;
import aiqbridge.operator.RedemptionLine;
import aiqbridge.operator.RedemptionList;
import aiqbridge.operator.RedemptionStory;
import aiqbridge.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "redemptions",
        mixinStandardHelpOptions = true,
        description = "Shows redemptions, and decides about those that are parked.",
        synopsisSubcommandLabel = "COMMAND")
public final class RedemptionsCommand {
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists redemptions, newest first. Customers are masked.")
    int list(
            @Mixin Home home,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this account.") String account,
            @Option(names = "--connection", paramLabel = "CONNECTION", description = "Only this till or storefront.")
                    String connection,
            @Option(
                            names = "--status",
                            paramLabel = "STATE",
                            description =
                                    "QUEUED, SELECTED, DUE, EXECUTING, EXECUTED, REJECTED (AIQ did not take the points), UNKNOWN, PARKED or RELEASED.")
                    String status,
            @Option(
                            names = "--customer",
                            paramLabel = "0142",
                            description = "The last four digits of the customer's phone.")
                    String customer,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description =
                                    "Queued since: 2026-11-24, 2026-11-24T18:30 in the connection's zone, or 2026-11-25T01:30:00Z.")
                    String from,
            @Option(names = "--to", paramLabel = "TIME", description = "Before this time.") String to,
            @Option(
                            names = "--limit",
                            defaultValue = "50",
                            description = "Show at most this many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--json", description = "For scripts.") boolean json) {
        List<RedemptionLine> lines = Operator.with(home, (store, connections) -> {
            ZoneId zone = connections
                    .find(String.valueOf(connection))
                    .map(Connection::zone)
                    .orElse(ZoneOffset.UTC);
            RedemptionFilter filter = new RedemptionFilter(
                    account,
                    connection,
                    status == null ? null : status.toUpperCase(Locale.ROOT),
                    customer,
                    millis(from, zone),
                    millis(to, zone));
            return new RedemptionList(store.source(), connections)
                    .page(filter, null, Math.min(Math.max(limit, 1), 10_000));
        });
        if (json) {
            Operator.json(lines);
        } else {
            lines.forEach(r -> System.out.printf(
                    "%s  %s  %-9s %-20s %-12s %8s points  %s%s%n",
                    r.id(), r.queuedAt(), r.status(), r.connection(), r.customer(), r.points(), r.discount(), why(r)));
        }
        return 0;
    }

    private static String why(RedemptionLine r) {
        return (r.sale() == null ? "" : ", sale " + r.sale())
                + (r.reason() == null ? "" : ", " + r.reason())
                + (r.flag() == null ? "" : ", flag " + r.flag())
                + (r.lost() ? ", DISCOUNT GIVEN, POINTS NOT TAKEN" : "")
                + (r.reversal() == null ? "" : ", reversal " + r.reversal());
    }

    @Command(
            name = "look",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the redemptions that need a look: what waits for your decision, what ended without points although a discount may have been given or the other way round, what was flagged, and what waits longer than usual. Says why, what is known, and what may be done. Those that need it longest come first. Customers are masked.")
    int look(
            @Mixin Home home,
            @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this account.") String account,
            @Option(names = "--connection", paramLabel = "CONNECTION", description = "Only this till or storefront.")
                    String connection,
            @Option(
                            names = "--limit",
                            defaultValue = "50",
                            description = "Show at most this many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--json", description = "For scripts.") boolean json) {
        List<NeedsLook.Line> lines = Operator.with(
                home, (store, connections) -> new NeedsLook(store.source(), home.path(), connections, Clock.systemUTC())
                        .list(account, connection, Math.min(Math.max(limit, 1), 10_000)));
        if (json) {
            Operator.json(lines);
        } else {
            lines.forEach(RedemptionsCommand::print);
        }
        return 0;
    }

    private static void print(NeedsLook.Line line) {
        RedemptionLine r = line.redemption();
        System.out.printf(
                "%s  since %s  %-9s %-20s %-12s %8s points  %s%s%n",
                r.id(), line.since(), r.status(), r.connection(), r.customer(), r.points(), r.discount(), why(r));
        line.why().forEach(w -> System.out.printf("    %s: %s %s%n", w.reason(), w.words(), w.action()));
        line.evidence().forEach(e -> System.out.printf("      %s%n", told(e)));
        System.out.println("    You may: "
                + line.choices().stream().map(Choice::command).distinct().collect(Collectors.joining(", ")));
    }

    private static String told(RedemptionStory.Event e) {
        return e.at() + "  " + e.what() + (e.detail() == null ? "" : ": " + e.detail());
    }

    @Command(
            name = "looked-at",
            mixinStandardHelpOptions = true,
            description =
                    "Says that you looked at redemptions and leave them as they are: redemptions look no longer lists them, until something about them changes. Not for what waits for your decision.")
    int lookedAt(
            @Mixin Home home,
            @Parameters(paramLabel = "REDEMPTION", arity = "1..*", description = "Their ids.") List<String> ids,
            @ArgGroup(exclusive = false, multiplicity = "1") Operator.Reason reason) {
        decide(
                home,
                d -> ids.forEach(id -> {
                    d.lookedAt(id, reason.decision());
                    System.out.println(id + " no longer needs a look.");
                }));
        return 0;
    }

    @Command(
            name = "write-again",
            mixinStandardHelpOptions = true,
            description = "Writes the points on the till's own sales once more, whose database had refused them.")
    int writeAgain(
            @Mixin Home home,
            @Parameters(paramLabel = "REDEMPTION", arity = "1..*", description = "Their ids.") List<String> ids,
            @ArgGroup(exclusive = false, multiplicity = "1") Operator.Reason reason) {
        decide(
                home,
                d -> ids.forEach(id -> {
                    d.writeAgain(id, reason.decision());
                    System.out.println("The points of " + id + " are written again.");
                }));
        return 0;
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows the whole history of one redemption.")
    int show(
            @Mixin Home home,
            @Parameters(paramLabel = "REDEMPTION", description = "Its id, as shown by redemptions list.") String id,
            @Option(names = "--json", description = "For scripts.") boolean json) {
        RedemptionStory story = Operator.with(
                        home, (store, connections) -> new RedemptionStory.Teller(store.source()).of(id))
                .orElseThrow(() -> new StartRefused(
                        "There is no redemption " + id + ".", "aiq-bridge redemptions list shows their ids."));
        if (json) {
            Operator.json(story);
            return 0;
        }
        RedemptionLine r = story.redemption();
        System.out.printf("%s: %s%s, customer %s, account %s%n", r.id(), r.status(), why(r), r.customer(), r.account());
        if (story.unclear()) {
            System.out.println("  A call was sent and AIQ's answer is not known: look in AIQ before you decide.");
        }
        story.events().forEach(e -> System.out.println("  " + told(e)));
        return 0;
    }

    @Command(name = "retry", mixinStandardHelpOptions = true, description = "Sends a parked redemption again.")
    int retry(
            @Mixin Home home,
            @Parameters(paramLabel = "REDEMPTION", description = "Its id.") String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Operator.Reason reason,
            @Option(
                            names = "--sale",
                            paramLabel = "TRANSACTION",
                            description = "The till's transaction it belongs to, if there is more than one candidate.")
                    String sale) {
        decide(home, d -> d.retry(id, sale, reason.decision()));
        System.out.println("It will be redeemed as soon as AIQ can be reached.");
        return 0;
    }

    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Releases a parked redemption that was not sent.")
    int release(
            @Mixin Home home,
            @Parameters(paramLabel = "REDEMPTION", description = "Its id.") String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Operator.Reason reason) {
        decide(home, d -> d.release(id, reason.decision()));
        System.out.println("It is released.");
        return 0;
    }

    @Command(
            name = "done",
            mixinStandardHelpOptions = true,
            description = "Records what you saw in AIQ: whether a parked redemption was executed there or not.")
    int done(
            @Mixin Home home,
            @Parameters(paramLabel = "REDEMPTION", description = "Its id.") String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Operator.Reason reason,
            @ArgGroup(multiplicity = "1") Outcome outcome,
            @Option(
                            names = "--aiq-id",
                            paramLabel = "ID",
                            description = "AIQ's id of the redemption, if AIQ shows one.")
                    String aiqId) {
        decide(home, d -> {
            if (outcome.executed) {
                d.executed(id, aiqId, reason.decision());
            } else {
                d.notExecuted(id, reason.decision());
            }
        });
        System.out.println(
                outcome.executed
                        ? "It is marked as executed and entered in the ledger."
                        : "It is released as not executed.");
        return 0;
    }

    /** What AIQ shows. */
    static final class Outcome {
        @Option(names = "--executed", description = "AIQ took the points.")
        boolean executed;

        @Option(names = "--not-executed", description = "AIQ did not take the points.")
        boolean notExecuted;
    }

    @Command(
            name = "reverse",
            mixinStandardHelpOptions = true,
            description =
                    "Gives the points back: for an executed redemption, or for a parked one whose points AIQ took.")
    int reverse(
            @Mixin Home home,
            @Parameters(paramLabel = "REDEMPTION", description = "Its id.") String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Operator.Reason reason,
            @Option(
                            names = "--aiq-id",
                            paramLabel = "ID",
                            description = "For a parked one: AIQ's id of the redemption, if AIQ shows one.")
                    String aiqId) {
        decide(home, d -> d.reverse(id, aiqId, reason.decision()));
        System.out.println("Its points will be given back as soon as AIQ can be reached.");
        return 0;
    }

    @Command(
            name = "leaks",
            mixinStandardHelpOptions = true,
            description =
                    "Lists, per employee, discounts given without a redemption, and redemptions whose sale shows no discount.")
    int leaks(
            @Mixin Home home,
            @Option(
                            names = "--days",
                            defaultValue = "30",
                            description = "Look back this many days (default: ${DEFAULT-VALUE}).")
                    int days,
            @Option(names = "--json", description = "For scripts.") boolean json) {
        List<Leaks.Employee> employees = Operator.with(home, (store, connections) -> {
            long now = Clock.systemUTC().millis();
            return new Leaks(store.source())
                    .per(
                            connections.pos().all().stream()
                                    .map(PosConnection::name)
                                    .toList(),
                            now - Math.min(Math.max(days, 1), 366) * DAY_MS,
                            now);
        });
        if (json) {
            Operator.json(employees);
        } else {
            employees.forEach(e -> System.out.printf(
                    "%-20s %-15s %-20s %d discount(s) without a redemption, %d redemption(s) without a discount: %s%n",
                    e.connection(),
                    e.location(),
                    e.employee(),
                    e.withoutRedemption(),
                    e.withoutDiscount(),
                    String.join(", ", e.sales())));
        }
        return 0;
    }

    private static void decide(Home home, Consumer<RedemptionDecisions> decision) {
        Operator.with(home, (Store store, Connections connections) -> {
            decision.accept(new RedemptionDecisions(store.source(), home.path(), connections, Clock.systemUTC()));
            return null;
        });
    }

    private static Long millis(String time, ZoneId zone) {
        return time == null ? null : InboxCommand.time(time, zone).toEpochMilli();
    }
}
