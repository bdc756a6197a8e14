package aiqbridge.cart;

import aiqbridge.aiq.AiqBudget;
import aiqbridge.aiq.CartTemplate;
import aiqbridge.redemption.Doubt;
import aiqbridge.wiring.BeanList;
import aiqbridge.wiring.Shared;
import java.time.Clock;

/** The beans of this package. */
public final class CartBeans {
    private CartBeans() {}

    /** @param restoredAt when the database was restored or copied last */
    public static void add(
            BeanList beans, Shared shared, AiqBudget budget, CartTemplate template, Doubt doubt, long restoredAt) {
        Clock clock = shared.clock();
        beans.add(
                "cartRules",
                new CartRules(
                        shared.connections().storefronts(),
                        shared.accounts(),
                        shared.settings(),
                        budget,
                        template,
                        restoredAt,
                        clock));
        beans.add("cartOutcome", new CartOutcome(clock, shared.settings(), doubt));
        beans.add("cartWatch", new CartWatch());
    }
}
