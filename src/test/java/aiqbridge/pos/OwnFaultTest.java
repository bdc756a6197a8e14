package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import aiqbridge.Databases;
import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What our own database fails at is never told as the till's. */
class OwnFaultTest {
    @TempDir
    Path folder;

    /** How often this clock of a till has rung and its route come to an end. */
    private static AtomicInteger polls(Shop shop, String clock) {
        AtomicInteger polls = new AtomicInteger();
        shop.bridge.bridge().camel().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCompletedEvent ended
                        && clock.equals(ended.getExchange().getFromRouteId())) {
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
        return shop
                .bridge
                .rows
                .queryForList("select coalesce(last_error, '') from pos_poll where connection = 'till'", String.class)
                .stream()
                .findFirst()
                .orElse("");
    }

    @Test
    void the_till_is_blamed_for_its_own_failures_alone() {
        try (Shop shop = new Shop(folder, "clock.auto-startup", "true", "pos.poll-every", "200ms")) {
            AtomicInteger polls = polls(shop, "pos-poll-till-clock");
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

    @Test
    void the_request_table_is_blamed_for_its_own_failures_alone() {
        JdbcTemplate table = new JdbcTemplate(
                new DriverManagerDataSource("jdbc:sqlite:" + folder.resolve("asking.db") + "?busy_timeout=10000"));
        Databases.script(table, Path.of("src/test/resources/pos/view.sqlite.sql"), "", "");
        Databases.script(table, Path.of("routes/pos/view/owner.sqlite.sql"), "reader", "");
        Databases.script(table, Path.of("routes/pos/requests-owner.sqlite.sql"), "asker", "");
        Shop.connection(
                folder,
                "asking",
                "make = view\nwrite-back = off\nrequests = on\nrequests.username = asker\njdbc.url = jdbc:sqlite:"
                        + folder.resolve("asking.db") + "?busy_timeout=10000\njdbc.username = reader\n");
        try (Shop shop = new Shop(folder, "clock.auto-startup", "true", "pos.requests-every", "200ms")) {
            AtomicInteger looks = polls(shop, "pos-requests-asking-clock");
            table.execute("alter table aiq_request rename to away");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> saidOfRequests(shop).contains("does not fit the till's database"));
            String theirs = saidOfRequests(shop);
            shop.bridge.rows.execute(
                    "create trigger ours before update of requests_error on pos_poll when new.requests_error is null begin select raise(abort, 'ours'); end");
            table.execute("alter table away rename to aiq_request");
            polled(looks);
            assertThat(saidOfRequests(shop))
                    .as("that the table can be read again could not be noted")
                    .isEqualTo(theirs);
            shop.bridge.rows.execute("drop trigger ours");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> saidOfRequests(shop).isEmpty());
        }
    }

    private static String saidOfRequests(Shop shop) {
        return shop
                .bridge
                .rows
                .queryForList(
                        "select coalesce(requests_error, '') from pos_poll where connection = 'asking'", String.class)
                .stream()
                .findFirst()
                .orElse("");
    }

    @Test
    void what_cannot_be_noted_of_a_write_back_is_not_the_tills_fault() throws Exception {
        try (Shop shop = new Shop(folder)) {
            Exception ours =
                    (Exception) catchThrowable(() -> shop.bridge.rows.queryForList("select * from nothing_like_it"));
            assertThatThrownBy(() -> new PosFault().theirs(new RuntimeException(ours)))
                    .hasCause(ours);
            Exception theirs =
                    (Exception) catchThrowable(() -> shop.till.queryForList("select * from nothing_like_it"));
            assertThat(new PosFault().theirs(theirs)).contains("does not fit the till's database");
        }
    }
}
