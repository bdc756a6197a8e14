package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.store.ForeignLock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

/** Somebody holds a lock on our own SQLite file: what a caller heard stays true, and everything goes on when the lock is gone. */
class ForeignLockTest extends AtCheckout {
    @Override
    String model() {
        return "";
    }

    @Override
    String[] store() {
        return new String[] {"store.busy-timeout", "200ms"};
    }

    private ForeignLock lock() {
        return new ForeignLock(folder.resolve("bridge.db"));
    }

    /** What happens before this step, the next time only. */
    private void before(String route, String step, Runnable what) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AdviceWith.adviceWith(shop.bridge.with(route), route, false, advice -> advice.weaveByToUri(step)
                .before()
                .process(exchange -> {
                    if (done.compareAndSet(false, true)) {
                        what.run();
                    }
                }));
    }

    @Test
    void a_checkout_that_could_not_be_kept_left_nothing_and_the_next_one_goes_through_at_once() {
        try (ForeignLock lock = lock()) {
            assertThat(lock.held()).isTrue();
            for (int i = 0; i < 3; i++) {
                assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(503);
            }
        }
        assertThat(statuses()).isEmpty();
        assertThat(shop.bridge.rows.queryForObject("select count(*) from idempotency_key", Integer.class))
                .isZero();
        assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(201);
        takenOnce();
    }

    @Test
    void a_checkout_that_heard_503_while_its_worker_waited_for_the_lock_is_never_sent() throws Exception {
        shop.restart(List.of("redemption.checkout-waits", "300ms"));
        CompletableFuture<Shop.Answer> answer = new CompletableFuture<>();
        ForeignLock[] lock = new ForeignLock[1];
        CountDownLatch claimed = new CountDownLatch(1);
        before("redemption-now", "direct:redemption-claim-now", () -> {
            lock[0] = lock();
            answer.join();
            lock[0].close();
        });
        AdviceWith.adviceWith(
                shop.bridge.with("redemption-give-up"), "redemption-give-up", false, advice -> advice.weaveAddLast()
                        .process(exchange -> claimed.countDown()));
        answer.complete(chooses("five-off", "c-1", "k-1"));
        assertThat(answer.join().status()).as(answer.join().body()).isEqualTo(503);
        assertThat(claimed.await(20, TimeUnit.SECONDS))
                .as("the worker has come to its end")
                .isTrue();
        later(Duration.ofMinutes(3));
        neverTaken();
        shop.restart(List.of("redemption.checkout-waits", "30s"));
        session = shop.adasWalletAgain();
        assertThat(chooses("five-off", "c-1", "k-2").status()).isEqualTo(201);
        takenOnce();
    }

    @Test
    void a_checkout_whose_reward_is_under_way_hears_that_and_never_503() throws Exception {
        ForeignLock[] lock = new ForeignLock[1];
        before("redemption-put", "direct:aiq-redeem", () -> lock[0] = lock());
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("EXECUTING");
        lock[0].close();
        later(Duration.ofMinutes(2));
        settle();
        assertThat(asks(answer.text("redemptionId")).text("status")).isEqualTo("EXECUTED");
        assertThat(chooses("five-off", "c-1", "k-1").status()).isEqualTo(201);
        takenOnce();
    }

    @Test
    void a_tills_request_that_heard_503_is_found_by_its_key_or_never_was() {
        shop.moveTo("till");
        session = shop.adasWalletAgain();
        Map<String, String> wish = Map.of("walletSession", session, "discountId", "five-off", "transactionId", "t-1");
        try (ForeignLock lock = lock()) {
            assertThat(lock.held()).isTrue();
            assertThat(shop.post(shop.key, "/api/v1/redemptions", wish, "Idempotency-Key", "k")
                            .status())
                    .isEqualTo(503);
            assertThat(shop.post(shop.key, "/api/v1/redemptions", wish, "Idempotency-Key", "k")
                            .status())
                    .isEqualTo(503);
        }
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        neverTaken();
        assertThat(statuses()).isEmpty();
    }
}
