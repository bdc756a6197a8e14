package aiqbridge.command;

import aiqbridge.audit.AuditLog;
import aiqbridge.operator.CartDecisions;
import aiqbridge.operator.CartList;
import aiqbridge.operator.Decision;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "carts",
        mixinStandardHelpOptions = true,
        description = "The shops' carts.",
        synopsisSubcommandLabel = "COMMAND")
public final class CartsCommand {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists carts, last changed first: what became of each, and whether AIQ was told. Customers are masked.")
    int list(
            @Mixin Home home,
            @Option(names = "--connection", paramLabel = "CONNECTION", description = "Only this storefront.")
                    String connection,
            @Option(
                            names = "--status",
                            paramLabel = "STATE",
                            description = "OPEN, ABANDONED, RECOVERED, ORDERED or EMPTIED.")
                    String status,
            @Option(
                            names = "--limit",
                            defaultValue = "50",
                            description = "Show at most this many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--json", description = "For scripts.") boolean json) {
        List<CartList.Line> lines =
                Operator.with(home, (store, connections) -> new CartList(store.source(), connections)
                        .page(
                                connection,
                                status == null ? null : status.toUpperCase(Locale.ROOT),
                                null,
                                Math.min(Math.max(limit, 1), 10_000)));
        if (json) {
            Operator.json(lines);
        } else {
            lines.forEach(k -> System.out.printf(
                    "%-20s %-20s %s  %-9s %-12s %d item(s) %s%s%s%n",
                    k.connection(),
                    k.cart(),
                    k.changedAt(),
                    k.status(),
                    k.customer(),
                    k.items(),
                    k.total(),
                    k.sent() == null ? "" : ", AIQ: " + k.sent(),
                    k.sentReason() == null ? "" : " (" + k.sentReason() + ")"));
        }
        return 0;
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description =
                    "Sends abandoned carts that AIQ or the template refused, and those that wait because AIQ refused the address or the key: once that is mended.")
    int retry(
            @Mixin Home home,
            @Option(
                            names = "--connection",
                            paramLabel = "CONNECTION",
                            description = "Only this storefront; without it, all of them.")
                    String connection,
            @Option(
                            names = "--note",
                            required = true,
                            paramLabel = "TEXT",
                            description = "The reason, in your own words; kept in the audit log.")
                    String note) {
        int carts = Operator.with(home, (store, connections) -> new CartDecisions(
                        store.source(),
                        home.path(),
                        connections,
                        home.settings().duration("cart.too-old-after"),
                        Clock.systemUTC())
                .retry(connection, new Decision(AuditLog.operator(), note, false)));
        System.out.println(carts + " cart(s) will be sent.");
        return 0;
    }
}
