package aiqbridge.command;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.check.Check;
import aiqbridge.connection.Connection;
import aiqbridge.connection.Connections;
import aiqbridge.connection.PosConnection;
import aiqbridge.operator.OpenWork;
import aiqbridge.store.Store;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "leave",
        mixinStandardHelpOptions = true,
        description =
                "How to end with a till, a shop or a whole account: what is still open, what to export, the statements that take the rights back, what is kept and why. Changes nothing. Exit status 1 while something is open.")
public final class LeaveCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @Parameters(paramLabel = "NAME", description = "A connection or an account.")
    private String name;

    @Option(
            names = "--sql",
            description =
                    "Print the statements for the owners of the tills' databases alone, to pipe into the owner's own client.")
    private boolean sql;

    @Override
    public Integer call() {
        Settings settings = home.settings();
        Connections connections = Connections.read(home.path(), settings, System.getenv());
        List<Connection> leaving = Stream.<Connection>concat(
                        connections.pos().all().stream(), connections.storefronts().all().stream())
                .filter(one -> one.name().equals(name) || one.account().equals(name))
                .toList();
        try (Store store = Store.open(settings, home.path(), false)) {
            boolean account = !new JdbcTemplate(store.source())
                    .queryForList("select 1 from account where account_id = ?", name)
                    .isEmpty();
            if (leaving.isEmpty() && !account) {
                throw new StartRefused(
                        "There is no connection and no account " + name + ".",
                        "aiq-bridge check names the connections, aiq-bridge accounts list the accounts.");
            }
            if (sql) {
                leaving.forEach(one -> System.out.print(back(one, connections, leaving)));
                return 0;
            }
            boolean open = false;
            for (Connection one : leaving) {
                open |= said(one, new OpenWork(store.source()).of(one.name()), back(one, connections, leaving));
            }
            kept(leaving, account);
            return open ? 1 : 0;
        }
    }

    /** As comments where another till goes on with the same database or login. */
    private String back(Connection one, Connections connections, List<Connection> leaving) {
        if (!(one instanceof PosConnection till)) {
            return "";
        }
        String statements = Check.ownersLeave(home.path(), till);
        return connections.pos().all().stream()
                .filter(other -> !leaving.contains(other))
                .filter(other -> other.jdbcUrl().equals(till.jdbcUrl()) || sameLogin(other, till))
                .findFirst()
                .map(other -> statements.replaceAll("(?m)^(?!--)", "-- still used by " + other.name() + ": "))
                .orElse(statements);
    }

    private static boolean sameLogin(PosConnection one, PosConnection other) {
        return server(one).equals(server(other))
                && one.username() != null
                && one.username().equals(other.username());
    }

    private static String server(PosConnection till) {
        return till.jdbcUrl().replaceFirst("^(jdbc:\\w+://[^/;?]+).*$", "$1");
    }

    /** Whether something is open. */
    private boolean said(Connection one, List<OpenWork.Count> open, String statements) {
        System.out.println((one instanceof PosConnection ? "Till " : "Shop ") + one.name());
        if (open.isEmpty()) {
            System.out.println("  Nothing is open.");
        } else {
            open.forEach(count -> System.out.println("  OPEN: " + count.number() + " " + count.what()));
            System.out.println("  Stop new ones first: aiq-bridge keys list and keys revoke end its API keys; "
                    + "leave the bridge running until nothing is open, or decide: aiq-bridge redemptions look");
        }
        System.out.println("  Then delete " + (one instanceof PosConnection ? "config/pos/" : "config/storefront/")
                + one.name() + ".properties and restart the bridge.");
        if (!statements.isEmpty()) {
            System.out.println(
                    "  Statements for the owner of its database (aiq-bridge leave " + one.name() + " --sql):");
            statements.lines().forEach(line -> System.out.println("    " + line));
        } else if (!(one instanceof PosConnection)) {
            System.out.println("  At the shop: delete its webhooks, and end the API token that the bridge had.");
        }
        System.out.println();
        return !open.isEmpty();
    }

    private void kept(List<Connection> leaving, boolean account) {
        String of = account ? name : leaving.get(0).account();
        System.out.println("Export before you end it");
        System.out.println("  aiq-bridge ledger export --account " + of
                + " --from DAY --to DAY --out ledger.csv: the auditor's book");
        System.out.println("  aiq-bridge audit --help: what people did, with an export");
        System.out.println("  aiq-bridge customers export --help: what is known of one customer");
        System.out.println("  aiq-bridge backup --help: everything");
        System.out.println("What is kept, and why");
        System.out.println("  the ledger, its days and digests: the auditor compares them with AIQ's books for years");
        System.out.println("  consents: the proof that a customer agreed");
        System.out.println(
                "  phones, e-mails and webhooks: until retention.* ends; aiq-bridge customers erase ends them sooner");
        if (account) {
            System.out.println("At AIQ: end the API key of " + name + " in Settings, API & Tracking.");
        }
    }
}
