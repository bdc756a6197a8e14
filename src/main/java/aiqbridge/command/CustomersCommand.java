package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.audit.AuditLog;
import aiqbridge.connection.Connections;
import aiqbridge.customer.CustomerRequest;
import aiqbridge.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "customers",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Answers a customer's privacy requests. Prompts for the phone or e-mail, or reads it from standard input; never from the command line, where others could read it.")
public final class CustomersCommand {

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Prints everything that is known about a customer, as JSON.")
    int export(
            @Mixin Home home,
            @Option(
                            names = "--account",
                            required = true,
                            paramLabel = "ACCOUNT",
                            description = "As shown by accounts list.")
                    String account) {
        Operator.json(with(home, customers -> customers.export(AuditLog.operator(), account, asked())));
        return 0;
    }

    @Command(
            name = "erase",
            mixinStandardHelpOptions = true,
            description =
                    "Erases a customer, unless points may still have to be given back. The ledger keeps its entries under a pseudonym; evidence of consent is kept, because it must be provable. AIQ's own copy is not affected.")
    int erase(
            @Mixin Home home,
            @Option(
                            names = "--account",
                            required = true,
                            paramLabel = "ACCOUNT",
                            description = "As shown by accounts list.")
                    String account,
            @Option(
                            names = "--note",
                            required = true,
                            paramLabel = "TEXT",
                            description =
                                    "The reason, in your own words and without the customer's name; kept in the audit log.")
                    String note) {
        Map<String, Integer> changed =
                with(home, customers -> customers.erase(AuditLog.operator(), account, asked(), note));
        changed.forEach((table, rows) -> System.out.printf("%-16s %d%n", table, rows));
        System.out.println(
                "Kept: the ledger's entries under a pseudonym, evidence of consent, the audit log. AIQ has its own copy: ask AIQ to erase it.");
        return 0;
    }

    private static <T> T with(Home home, Function<CustomerRequest, T> work) {
        Settings settings = home.settings();
        Connections connections = Connections.read(home.path(), settings, System.getenv());
        try (Store store = Store.open(settings, home.path(), false)) {
            return work.apply(new CustomerRequest(
                    store.source(), connections, Clock.systemUTC(), settings.duration("retention.settled")));
        }
    }

    private static String asked() {
        try {
            if (System.console() != null) {
                System.err.print("Phone or e-mail: ");
            }
            String line = new BufferedReader(new InputStreamReader(System.in)).readLine();
            if (line == null || line.isBlank()) {
                throw new StartRefused(
                        "No phone or e-mail was given.", "Type it when asked, or pipe it to standard input.");
            }
            return line.trim();
        } catch (IOException e) {
            throw new StartRefused("Standard input cannot be read.", "Type the phone or e-mail when asked.");
        }
    }
}
