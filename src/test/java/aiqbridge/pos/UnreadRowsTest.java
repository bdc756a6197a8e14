package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.Databases;
import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that cannot be read hold up nobody, are named, and are forgotten when they can be. */
class UnreadRowsTest {
    @TempDir
    Path folder;

    @Test
    void a_row_that_cannot_be_read_is_named_until_it_is_corrected() {
        try (Shop shop = new Shop(folder)) {
            String redemption = shop.queued("five-off", "s-2");
            shop.rings("s-1", "(555) 555-0100", 10);
            shop.rings("s-2", "(555) 555-0100", 42.5);
            shop.till.update("update sale set total = '42,50' where id = 's-1'");
            shop.till.update("insert into taking_back values ('r-1', 's-0', 'return', '11/28/2026 06:20', 5)");
            shop.till.update("update taking_back set at = 'x' || at");
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
            assertThat(unread(shop))
                    .containsExactly(
                            "reversal r-1: its reversed_at is not a time: a timestamp without a zone, text yyyy-MM-dd HH:mm:ss, or epoch seconds",
                            "sale s-1: its total is not a number such as 42.50");
            assertThat(shop.bridge.rows.queryForObject(
                            "select last_error from pos_poll where connection = 'till'", String.class))
                    .isNull();

            shop.till.update("update sale set total = 42.5 where id = 's-1'");
            shop.till.update("update taking_back set at = ?", shop.wallClock());
            shop.passes(java.time.Duration.ofSeconds(5));
            shop.poll();
            assertThat(unread(shop)).isEmpty();
        }
    }

    private static java.util.List<String> unread(Shop shop) {
        return shop.bridge.rows.queryForList(
                "select problem from pos_unread where connection = 'till' or connection = 'real' order by 1",
                String.class);
    }

    @Test
    void a_row_of_many_megabytes_does_not_stop_the_till() {
        ViewTill till = new ViewTill(Databases.postgresql());
        Shop.connection(
                folder,
                "real",
                "make = view\njdbc.url = " + till.readerUrl() + "\njdbc.username = " + till.login()
                        + "\nwrite-back = off\n");
        try (Shop shop = new Shop(folder, "pos.query-timeout", "20s")) {
            shop.moveTo("real");
            shop.poll();
            till.completes(SampleTill.Sale.of(1, Instant.now()));
            till.completes(SampleTill.Sale.of(2, Instant.now()));
            till.rows.update("update sale set comment = repeat('x', 80000000) where id = '1'");
            shop.poll();
            assertThat(unread(shop)).isEmpty();
            assertThat(shop.bridge.rows.queryForList(
                            "select transaction_id from pos_transaction where connection = 'real'", String.class))
                    .containsExactlyInAnyOrder("1", "2");

            till.rows.update("update sale set cashier = repeat('x', 80000000) where id = '1'");
            assertThatThrownBy(shop::poll)
                    .isNotNull()
                    .extracting(e -> new PosFault().sentence(e))
                    .asString()
                    .contains("too large to be read", "left(note, 2000)");
        } finally {
            Databases.drop(till.url);
        }
    }
}
