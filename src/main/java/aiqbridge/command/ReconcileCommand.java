package aiqbridge.command;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.audit.AuditLog;
import aiqbridge.operator.NeedsLook;
import aiqbridge.reconcile.Reconcile;
import aiqbridge.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description =
                "Compares the ledger of some days with AIQ's reports and with the points on the tills' transactions. Exit status 0: it balances; 1: it does not (each row is listed with its likely cause); 3: AIQ could not be read.")
public final class ReconcileCommand implements Callable<Integer> {
    @Mixin
    private Home home;

    @Mixin
    private Period period;

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    @Override
    public Integer call() {
        Settings settings = home.settings();
        Map<String, Object> run;
        try (Store store = Store.open(settings, home.path(), false);
                Bridge bridge = Bridge.headless(home.path(), settings, Clock.systemUTC(), store, Map.of());
                ShownProgress progress = ShownProgress.of("Entries compared")) {
            Period.Days days = period.of(store);
            Reconcile reconcile = bridge.camel().getRegistry().lookupByNameAndType("reconcile", Reconcile.class);
            Map<String, Object> asked =
                    reconcile.days(days.account(), days.zone(), days.from(), days.to(), AuditLog.operator());
            asked.put("progress", progress);
            run = bridge.ask("reconcile-account", asked);
            run.put(
                    "needs_look",
                    new NeedsLook(store.source(), home.path(), bridge.connections(), Clock.systemUTC())
                            .count(days.account(), (Long) asked.get("from"), (Long) asked.get("to")));
        }
        if (json) {
            run.keySet().removeAll(List.of("from", "to", "queued_from", "priority", "progress"));
            Operator.json(run);
        } else {
            print(run);
        }
        return run.get("status").equals("BALANCED") ? 0 : run.get("status").equals("FAILED") ? 3 : 1;
    }

    private static void print(Map<String, Object> run) {
        System.out.printf(
                "%s, %s to %s: %s entries; ledger %s points, AIQ %s, tills %s%n",
                run.get("account_id"),
                run.get("from_date"),
                run.get("to_date"),
                run.get("entries"),
                plain(run.get("ledger_points")),
                plain(run.get("aiq_points")),
                plain(run.get("till_points")));
        for (Object one : (List<?>) run.get("rows")) {
            Map<?, ?> row = (Map<?, ?>) one;
            System.out.printf(
                    "  %-20s %s%s%s%n",
                    row.get("cause"),
                    row.get("redemption_id") == null ? "" : row.get("redemption_id") + " ",
                    row.get("transaction_id") == null
                            ? ""
                            : row.get("connection") + " " + row.get("transaction_id") + ": ",
                    row.get("sentence"));
        }
        if (run.get("notes") != null) {
            ((String) run.get("notes")).lines().forEach(note -> System.out.println("  Note: " + note));
        }
        if ((Long) run.get("needs_look") > 0) {
            System.out.println("  " + run.get("needs_look")
                    + " redemption(s) of these days need a look: aiq-bridge redemptions look");
        }
        System.out.println(
                switch ((String) run.get("status")) {
                    case "BALANCED" -> "Everything balances.";
                    case "FAILED" -> "Not compared. " + run.get("problem");
                    default -> run.get("differences") + " row(s) do not balance.";
                });
    }

    private static String plain(Object points) {
        return points == null ? "not read" : aiqbridge.wallet.Points.of(points).toPlainString();
    }
}
