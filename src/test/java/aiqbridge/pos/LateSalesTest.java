package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Sales that no poll read in time are counted: those that only a sweep found, and those that a redemption waits for and nothing reads. */
class LateSalesTest {
    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void a_till_that_is_read_since_yesterday() {
        shop = new Shop(folder, store());
        shop.poll();
        shop.bridge.rows.update(
                "update pos_poll set listened_since = listened_since - 86400000 where connection = 'till'");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** By the clock of the till's database, which no test turns. */
    private void completed(String id, Duration ago) {
        shop.rings(id, null, 7);
        shop.till.update("update sale set at = ? where id = ?", before(ago), id);
    }

    private String before(Duration ago) {
        return shop.wallClock(
                Duration.between(shop.clock.instant(), Instant.now()).minus(ago));
    }

    private void sweeps() {
        shop.passes(Duration.ofMinutes(16));
        shop.poll();
    }

    private List<String> late() {
        return shop.bridge.rows.queryForList(
                "select transaction_id || ' ' || found_by from late_sale where connection = 'till' order by transaction_id",
                String.class);
    }

    @Test
    void a_sale_that_only_the_sweep_found_is_counted_once() {
        completed("t-late", Duration.ofHours(1));
        completed("t-in-time", Duration.ofMinutes(9));
        shop.poll();
        assertThat(late()).isEmpty();
        completed("t-swept-in-time", Duration.ofMinutes(8));
        sweeps();
        assertThat(late()).containsExactly("t-late sweep");
        assertThat(shop.bridge.rows.queryForObject(
                        "select h.completed_at - t.completed_at from late_sale h join pos_transaction t on t.transaction_id = h.transaction_id",
                        Long.class))
                .isZero();
        long heard = heardAt();
        sweeps();
        assertThat(late()).hasSize(1);
        assertThat(heardAt()).isEqualTo(heard);
        shop.bridge.rows.update("delete from late_sale");
        sweeps();
        assertThat(late()).as("it was heard before").isEmpty();
    }

    private long heardAt() {
        return shop.bridge.rows.queryForObject("select heard_at from late_sale", Long.class);
    }

    @Test
    void what_was_completed_before_the_till_was_first_read_is_history() {
        completed("t-history", Duration.ofHours(25));
        sweeps();
        assertThat(shop.bridge.rows.queryForList("select transaction_id from pos_transaction", String.class))
                .containsExactly("t-history");
        assertThat(late()).isEmpty();
    }

    @Test
    void what_a_till_sold_before_its_first_poll_that_failed_is_history_too() throws IOException {
        shop.close();
        Path file = Files.createFile(folder.resolve("empty.db"));
        Shop.connection(
                folder.resolve("again"),
                "empty",
                "make = view\njdbc.url = jdbc:sqlite:" + file + "?busy_timeout=10000\njdbc.username = reader\n");
        shop = new Shop(
                folder.resolve("again"),
                Stream.of(store(), new String[] {"clock.auto-startup", "true", "pos.poll-every", "200ms"})
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> asked("select 1 from pos_poll where connection = 'empty' and last_error is not null"));
        JdbcTemplate till = new JdbcTemplate(new DriverManagerDataSource("jdbc:sqlite:" + file));
        Shop.tables(till);
        till.update(
                "insert into sale (id, at, total, state) values ('t-history', ?, 7, 'done')",
                before(Duration.ofHours(1)));
        shop.passes(Duration.ofMinutes(16));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> asked("select 1 from pos_poll where connection = 'empty' and swept_at > 0"));
        assertThat(asked("select 1 from pos_transaction where connection = 'empty' and transaction_id = 't-history'"))
                .isTrue();
        assertThat(asked("select 1 from late_sale where connection = 'empty'")).isFalse();
    }

    private boolean asked(String statement) {
        return !shop.bridge.rows.queryForList(statement).isEmpty();
    }

    @Test
    void a_sale_that_a_redemption_waits_for_and_no_window_reads_is_counted_until_something_reads_it() {
        String redemption = shop.queued("five-off", "t-1");
        completed("t-1", Duration.ofDays(400));
        completed("t-2", Duration.ofDays(400));
        sweeps();
        sweeps();
        assertThat(late()).containsExactly("t-1 id");
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
        shop.till.update("update sale set at = ? where id = 't-1'", shop.wallClock());
        shop.poll();
        assertThat(late()).isEmpty();
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    @Test
    void a_sale_that_a_redemption_waited_for_until_it_expired_is_counted_too() {
        String redemption = shop.queued("five-off", "t-1");
        shop.passes(Duration.ofHours(25));
        shop.bridge.run("redemption-expire");
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        completed("t-1", Duration.ofDays(400));
        shop.poll();
        assertThat(late()).containsExactly("t-1 id");
    }

    @Test
    void a_row_that_cannot_be_read_is_not_counted_as_never_read() {
        shop.queued("five-off", "t-1");
        shop.rings("t-1", null, 42.5);
        shop.till.update("update sale set total = '42,50'");
        sweeps();
        sweeps();
        assertThat(late()).isEmpty();
        assertThat(shop.bridge.rows.queryForList("select transaction_id from pos_unread", String.class))
                .containsExactly("t-1");
    }

    @Test
    void what_was_late_is_forgotten_after_a_week() {
        completed("t-late", Duration.ofHours(1));
        sweeps();
        shop.passes(Duration.ofDays(7).minusMinutes(1));
        shop.poll();
        assertThat(late()).hasSize(1);
        shop.passes(Duration.ofMinutes(2));
        shop.poll();
        assertThat(late()).isEmpty();
    }
}
