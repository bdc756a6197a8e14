package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our own database fails at is never told as the till's. */
class OwnFaultTest {
    @TempDir Path folder;

    /** How often the clock of the till has rung and its route come to an end. */
    private static AtomicInteger polls(Shop shop) {
        AtomicInteger polls = new AtomicInteger();
        shop.bridge.bridge().camel().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCompletedEvent ended && "pos-poll-till-clock".equals(ended.getExchange().getFromRouteId())) {
                    polls.incrementAndGet();
                }
            }
        });
        return polls;
    }

    private static void polled(AtomicInteger polls) {
        int before = polls.get();
        await().atMost(Duration.ofSeconds(30)).until(() -> polls.get() >= before + 2);
    }

    private static String said(Shop shop) {
        return shop.bridge.rows.queryForList("select coalesce(last_error, '') from pos_poll where connection = 'till'", String.class).stream().findFirst().orElse("");
    }

    @Test void the_till_is_blamed_for_its_own_failures_alone() {
        try (Shop shop = new Shop(folder, "clock.auto-startup", "true", "pos.poll-every", "200ms")) {
            AtomicInteger polls = polls(shop);
            polled(polls);
            assertThat(said(shop)).isEmpty();
            shop.rings("t-1", "5555550100", 42.5);
            shop.bridge.rows.execute("alter table pos_transaction rename to away");
            polled(polls);
            assertThat(said(shop)).as("our own table is gone").isEmpty();
            shop.bridge.rows.execute("alter table away rename to pos_transaction");
            shop.till.execute("drop view aiq_sales");
            polled(polls);
            await().atMost(Duration.ofSeconds(30)).until(() -> said(shop).contains("does not fit the till's database"));
        }
    }

    @Test void what_cannot_be_noted_of_a_write_back_is_not_the_tills_fault() throws Exception {
        try (Shop shop = new Shop(folder)) {
            Exception ours = (Exception) catchThrowable(() -> shop.bridge.rows.queryForList("select * from nothing_like_it"));
            assertThatThrownBy(() -> new PosFault().theirs(new RuntimeException(ours))).hasCause(ours);
            Exception theirs = (Exception) catchThrowable(() -> shop.till.queryForList("select * from nothing_like_it"));
            assertThat(new PosFault().theirs(theirs)).contains("does not fit the till's database");
        }
    }
}
