package aiqbridge.command;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.Account;
import aiqbridge.audit.AuditLog;
import aiqbridge.firstcontact.Dialogue;
import aiqbridge.firstcontact.FirstContact;
import aiqbridge.firstcontact.FirstContacts;
import aiqbridge.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "aiq-check",
        mixinStandardHelpOptions = true,
        description = {
            "Finds out, with one test customer and one cheap reward, whether an account's AIQ behaves as the bridge believes: asks before it sends anything that changes something at AIQ, prints the settings that have to differ, and writes a report for AIQ without a customer's data.",
            "Type stop at any question to go on another time. Exit status 1 while the account has not been through it."
        })
public final class AiqCheckCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @Parameters(paramLabel = "ACCOUNT", description = "The account, as in aiq-bridge accounts list.")
    private String accountId;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the report is written (default: aiq-check-ACCOUNT.txt).")
    private Path report;

    @Option(names = "--from-the-beginning", description = "Forgets what was found before.")
    private boolean again;

    @Option(
            names = "--without",
            paramLabel = "REASON",
            description = "The account may go live without the check, for this reason; kept in the audit log.")
    private String without;

    @Override
    public Integer call() {
        Settings settings = home.settings();
        try (Store store = Store.open(settings, home.path(), false)) {
            FirstContacts contacts = new FirstContacts(store.source(), Clock.systemUTC());
            Account account = account(settings, store);
            if (without != null) {
                if (without.isBlank()) {
                    throw new StartRefused("There is no reason.", "Write it after --without, in your own words.");
                }
                contacts.waive(accountId, AuditLog.operator(), without.strip());
                System.out.println("The account " + accountId + " may go live without the check.");
                return 0;
            }
            if (again) {
                if (contacts.open(accountId)) {
                    throw new StartRefused(
                            "The test redemption of " + accountId + " is not settled: its points may still be taken.",
                            "Go on without --from-the-beginning; it asks whether they were set right by hand.");
                }
                contacts.forget(accountId);
            }
            boolean through = new FirstContact(
                            account,
                            settings,
                            new Console(),
                            Clock.systemUTC(),
                            store.source(),
                            found -> Bridge.headless(
                                    home.path(),
                                    found,
                                    Clock.systemUTC(),
                                    Store.open(found, home.path(), false),
                                    Map.of()))
                    .run(report == null ? Path.of("aiq-check-" + accountId + ".txt") : report);
            return through ? 0 : 1;
        }
    }

    private Account account(Settings settings, Store store) {
        return new aiqbridge.account.StoredAccounts(
                        store.source(),
                        aiqbridge.account.Secrets.at(home.path().resolve(settings.text("secrets.key-file"))),
                        Clock.systemUTC())
                .all().stream()
                        .filter(one -> one.accountId().equals(accountId))
                        .findFirst()
                        .orElseThrow(() -> new StartRefused(
                                "There is no account " + accountId + ".", "aiq-bridge accounts list shows them."));
    }

    /** The keyboard and the screen. */
    private static final class Console implements Dialogue {
        private final BufferedReader keyboard =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

        @Override
        public void say(String text) {
            System.out.println(text);
        }

        @Override
        public String ask(String question) {
            System.out.print(question + ": ");
            System.out.flush();
            try {
                String typed = keyboard.readLine();
                if (typed == null || typed.strip().equalsIgnoreCase("stop")) {
                    throw new Stopped("");
                }
                return typed.strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void pause(Duration howLong) {
            try {
                Thread.sleep(howLong.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Stopped("Interrupted.");
            }
        }
    }
}
