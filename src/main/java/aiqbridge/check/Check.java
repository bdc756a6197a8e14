package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.StartRefused;
import aiqbridge.account.Account;
import aiqbridge.account.Accounts;
import aiqbridge.account.Secrets;
import aiqbridge.account.StoredAccounts;
import aiqbridge.connection.Connections;
import aiqbridge.pos.PosConnection;
import aiqbridge.pos.PosConnections;
import aiqbridge.store.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Looks at everything the bridge depends on and says in plain words what is missing. Changes nothing. */
public final class Check {
    private final Path home;
    private final Settings settings;
    private final Findings findings;

    public Check(Path home, Settings settings, PrintStream out) {
        this.home = home;
        this.settings = settings;
        this.findings = new Findings(out);
    }

    /**
     * @param only one connection, or null for all
     * @return whether nothing failed
     */
    public boolean run(String only) {
        PosConnections connections = Connections.read(home, settings, System.getenv()).pos();
        if (only != null && connections.find(only).isEmpty()) {
            throw new StartRefused("There is no connection " + only + ".", "Write config/pos/" + only + ".properties first.");
        }
        try (Store store = Store.open(settings, home, false)) {
            StoredAccounts accounts = new StoredAccounts(store.source(), Secrets.at(home.resolve(settings.text("secrets.key-file"))), Clock.systemUTC());
            findings.heading("The bridge's own database");
            findings.ok("opens, its tables are up to date (" + store.dialect() + ")");
            List<Account> all = accounts(accounts);
            for (PosConnection connection : connections.all()) {
                if (only == null || only.equals(connection.name())) {
                    findings.heading("Till " + connection.name() + " (" + connection.make() + ", " + connection.engine() + ", " + connection.mode() + ")");
                    if (all.stream().noneMatch(a -> a.accountId().equals(connection.account()))) {
                        findings.fail("its account " + connection.account() + " is not known", "aiq-bridge accounts add " + connection.account());
                    }
                    new PosCheck(home, settings, connection, findings).run(only != null);
                }
            }
            if (connections.all().isEmpty()) {
                findings.warn("there is no till", "Write a properties file in config/pos/; the README shows one.");
            }
        }
        return !findings.failed();
    }

    private List<Account> accounts(StoredAccounts accounts) {
        List<Account> all;
        try {
            all = accounts.all();
        } catch (Secrets.NotOurs e) {
            findings.fail("a stored API key does not open with this key file", "Restore the key file from the backup, or enter the key again: aiq-bridge accounts add");
            return List.of();
        }
        if (all.isEmpty()) {
            findings.warn("there is no account", "aiq-bridge accounts add green-leaf --brand … --uid … --zone …");
        }
        for (Account account : all) {
            findings.heading("AIQ account " + account.accountId());
            reach(account);
        }
        return all;
    }

    private void reach(Account account) {
        URI stores = URI.create(settings.text("aiq.base-url") + settings.text("aiq.stores-path").replace("{uid}", account.uid()));
        HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(settings.duration("aiq.connect-timeout")).build();
        try {
            int status = http.send(HttpRequest.newBuilder(stores).timeout(settings.duration("aiq.stores-timeout")).header("X-APIKEY", account.apiKey()).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == 200) {
                findings.ok("AIQ answers and accepts the key and the UID");
            } else if (status == 401 || status == 403) {
                findings.fail("AIQ does not accept the API key or the UID", "Compare both with AIQ, Settings, API & Tracking; enter them again: aiq-bridge accounts add " + account.accountId());
            } else {
                findings.warn("AIQ answered " + status, "AIQ may be busy; run the check again.");
            }
        } catch (IOException e) {
            findings.fail("AIQ cannot be reached at " + stores.getHost() + " (" + e.getClass().getSimpleName() + ")", "Is the way out open, is aiq.base-url right?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
