package aiqbridge.redemption;

import aiqbridge.Settings;
import aiqbridge.aiq.AiqBudget;
import aiqbridge.connection.Confirmations;
import aiqbridge.stop.Drain;
import aiqbridge.wallet.WalletSession;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The beans of this package; reversals and carts come into doubt by the same rules. */
public record RedemptionBeans(Doubt doubt, Evidence evidence) {
    public static RedemptionBeans add(
            BeanList beans,
            Shared shared,
            AiqBudget budget,
            Drain drain,
            WalletSession walletSession,
            Confirmations confirmations) {
        Settings settings = shared.settings();
        Clock clock = shared.clock();
        Doubt doubt = beans.add("doubt", new Doubt(settings, clock));
        workers(beans, "workers", settings.number("redemption.workers"));
        workers(beans, "checkouts", settings.number("redemption.checkout-workers"));
        beans.add("pace", new Pace(settings, budget, drain, clock));
        beans.add("localDay", new LocalDay(shared.accounts(), clock));
        beans.add(
                "redemptionRequest",
                new RedemptionRequest(shared.connections(), confirmations, walletSession, settings, clock));
        beans.add("redemptionAnswer", new RedemptionAnswer(clock));
        beans.add("waiting", new Waiting());
        beans.add("walletCheck", new WalletCheck(clock, settings));
        beans.add("redeemOutcome", new RedeemOutcome(clock, settings, doubt));
        Evidence evidence = beans.add("evidence", new Evidence(doubt, clock));
        beans.add("lastRead", new LastRead());
        beans.add("usualWait", new UsualWait(shared.connections(), doubt, settings, clock));
        beans.add("confirmation", new Confirmation(doubt));
        beans.add("resendBrake", new ResendBrake(settings, doubt, evidence));
        beans.add("redemptionWatch", new RedemptionWatch(settings, clock));
        return new RedemptionBeans(doubt, evidence);
    }

    private static void workers(BeanList beans, String name, int threads) {
        ExecutorService workers = beans.add(name, Executors.newFixedThreadPool(threads));
        beans.onClose(workers::shutdown);
    }
}
