package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.store.ForeignLock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

class LockAfterAcceptTest extends AtCheckout {
    @Override
    String model() {
        return "";
    }

    @Override
    String[] store() {
        return new String[] {"store.busy-timeout", "200ms"};
    }

    /** A foreign lock taken between the commit of the row and the look for its sale. */
    @Test
    void a_till_that_heard_503_and_goes_on_without_loyalty_is_not_redeemed_later() throws Exception {
        shop.moveTo("till");
        session = shop.adasWalletAgain();
        ForeignLock[] lock = new ForeignLock[1];
        AtomicBoolean done = new AtomicBoolean();
        AdviceWith.adviceWith(
                shop.bridge.with("redemption-request"), "redemption-request", false, advice -> advice.weaveByToUri(
                                "direct:redemption-known-sale")
                        .before()
                        .process(exchange -> {
                            if (done.compareAndSet(false, true)) {
                                lock[0] = new ForeignLock(folder.resolve("bridge.db"));
                            }
                        }));
        Shop.Answer answer = shop.post(
                shop.key,
                "/api/v1/redemptions",
                Map.of("walletSession", session, "discountId", "five-off", "transactionId", "t-1"),
                "Idempotency-Key",
                "k");
        lock[0].close();
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        if (answer.status() == 503) {
            neverTaken();
        } else {
            assertThat(answer.status()).isEqualTo(202);
            takenOnce();
        }
    }

    /** The row is committed, and cannot be read for the answer. */
    @Test
    void a_till_whose_row_stands_hears_so_also_when_it_cannot_be_read() throws Exception {
        shop.moveTo("till");
        session = shop.adasWalletAgain();
        AdviceWith.adviceWith(
                shop.bridge.with("redemption-request"),
                "redemption-request",
                false,
                advice -> advice.weaveById("redemption-request-now").before().process(exchange -> {
                    throw new java.sql.SQLException("away");
                }));
        Shop.Answer answer = shop.post(
                shop.key,
                "/api/v1/redemptions",
                Map.of("walletSession", session, "discountId", "five-off", "transactionId", "t-1"),
                "Idempotency-Key",
                "k");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("QUEUED");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        takenOnce();
    }
}
