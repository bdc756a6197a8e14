package aiqbridge.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aiqbridge.Progress;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** The auditor's book: closed day by day, and whatever is done to a closed day shows (config/README.md section 7). */
class LedgerTest {
    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    /** Somebody with all rights on the database. */
    void withoutTriggers(Runnable deed) {
        for (String trigger : List.of(
                "ledger_unchanged",
                "ledger_kept",
                "ledger_day_unchanged",
                "ledger_day_kept",
                "ledger_seal_unchanged",
                "ledger_seal_kept")) {
            shop.bridge.rows.execute("drop trigger " + trigger);
        }
        deed.run();
    }

    @BeforeEach
    void open() {
        shop = new Shop(folder, TestBridge.everyRoute(store()));
        for (int i = 0; i < 9; i++) {
            shop.aiq.discount("1001", "gift-" + i, "10", true);
        }
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private final List<String> heard = new ArrayList<>();
    private final Progress progress = (done, total) -> heard.add(done + " of " + total);

    private LedgerVerify.Verified verified() {
        return new LedgerVerify(shop.bridge.bridge().store().source()).verify("green-leaf", progress);
    }

    private List<String> whatWasDone() {
        return verified().findings().stream()
                .map(f -> f.what() + " " + f.ledgerId())
                .toList();
    }

    private void redeemed(String discount, String sale) {
        shop.queued(shop.adasWalletAgain(), discount, sale);
        shop.rings(sale, "5555550100", 42.5);
        shop.pollAndExecute();
    }

    /** Two days with two entries each, both closed. */
    private void twoDaysAreClosed() {
        redeemed("gift-1", "t-1");
        redeemed("gift-2", "t-2");
        shop.passes(Duration.ofDays(1));
        redeemed("gift-3", "t-3");
        redeemed("gift-4", "t-4");
        shop.passes(Duration.ofDays(3));
        shop.bridge.run("ledger-close");
        assertThat(shop.bridge.rows.queryForObject("select count(*) from ledger_day", Integer.class))
                .isEqualTo(2);
        assertThat(whatWasDone()).isEmpty();
        assertThat(heard).containsExactly("1 of 2", "2 of 2");
    }

    private long entry(int number) {
        return shop.bridge
                .rows
                .queryForList("select ledger_id from ledger order by ledger_id", Long.class)
                .get(number - 1);
    }

    @Test
    void a_day_is_closed_a_day_after_it_ended_and_only_then() {
        redeemed("gift-1", "t-1");
        shop.bridge.run("ledger-close");
        assertThat(verified().days()).isZero();
        shop.passes(Duration.ofHours(24));
        shop.bridge.run("ledger-close");
        assertThat(verified().days()).as("it ended today").isZero();
        shop.passes(Duration.ofHours(24));
        shop.bridge.run("ledger-close");
        shop.bridge.run("ledger-close");
        assertThat(shop.bridge.rows.queryForMap(
                        "select day_number, entries, without_money, previous_digest from ledger_day"))
                .containsEntry("entries", 1)
                .containsEntry("day_number", 1)
                .containsEntry("previous_digest", "0".repeat(64));
        assertThat(whatWasDone()).isEmpty();
    }

    @Test
    void its_totals_say_what_was_redeemed_and_what_was_given_back() {
        shop.queued(shop.adasWalletAgain(), "five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        redeemed("gift-1", "t-2");
        shop.till.update("insert into taking_back values ('t-2', 't-2', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        shop.passes(Duration.ofDays(3));
        shop.bridge.run("ledger-close");
        Map<String, Object> day = shop.bridge.rows.queryForMap(
                "select sum(entries) as entries, sum(points_redeemed) as redeemed, sum(points_reversed) as reversed, sum(money) as money from ledger_day");
        assertThat(day)
                .extractingByKeys("entries", "redeemed", "reversed", "money")
                .extracting(n -> ((Number) n).doubleValue())
                .containsExactly(3.0, 110.0, 10.0, 5.0);
        assertThat(whatWasDone()).isEmpty();
    }

    @Test
    void a_changed_entry_is_named() {
        twoDaysAreClosed();
        withoutTriggers(() -> shop.bridge.rows.update("update ledger set points = 9 where ledger_id = ?", entry(2)));
        assertThat(whatWasDone()).containsExactly("changed " + entry(2));
    }

    @Test
    void an_entry_whose_points_are_no_number_any_more_is_named() {
        assumeTrue(store().length == 0, "PostgreSQL takes nothing but numbers there");
        twoDaysAreClosed();
        withoutTriggers(() -> {
            shop.bridge.rows.update("update ledger set points = 'ten' where ledger_id = ?", entry(2));
            shop.bridge.rows.update("update ledger_day set money = 'none' where day_number = 2");
        });
        assertThat(whatWasDone()).containsExactly("changed " + entry(2), "day null");
    }

    @Test
    void a_deleted_entry_is_named() {
        twoDaysAreClosed();
        long second = entry(2);
        withoutTriggers(() -> shop.bridge.rows.update("delete from ledger where ledger_id = ?", second));
        assertThat(whatWasDone()).containsExactly("deleted " + second);
    }

    @Test
    void an_inserted_entry_is_named() {
        twoDaysAreClosed();
        shop.bridge.rows.update("""
            insert into ledger (account_id, redemption_id, kind, connection, location, transaction_id, customer_key, discount_id, discount_name, points, happened_at, local_date)
            select account_id, 'made-up', kind, connection, location, transaction_id, customer_key, discount_id, discount_name, points, happened_at, local_date from ledger where ledger_id = ?""", entry(1));
        assertThat(whatWasDone()).containsExactly("inserted " + entry(5));
    }

    @Test
    void entries_that_changed_places_are_named() {
        twoDaysAreClosed();
        long first = entry(1), second = entry(2);
        withoutTriggers(() -> {
            shop.bridge.rows.update("update ledger set ledger_id = -1 where ledger_id = ?", first);
            shop.bridge.rows.update("update ledger set ledger_id = ? where ledger_id = ?", first, second);
            shop.bridge.rows.update("update ledger set ledger_id = ? where ledger_id = -1", second);
        });
        assertThat(whatWasDone()).containsExactly("reordered " + first, "reordered " + second);
    }

    @Test
    void an_entry_that_was_moved_behind_the_others_is_named() {
        twoDaysAreClosed();
        long first = entry(1);
        withoutTriggers(() -> shop.bridge.rows.update("update ledger set ledger_id = 1000 where ledger_id = ?", first));
        assertThat(whatWasDone()).containsExactly("deleted " + first, "reordered 1000");
    }

    @Test
    void a_day_whose_own_record_was_made_to_fit_is_named() {
        twoDaysAreClosed();
        withoutTriggers(() -> {
            shop.bridge.rows.update("update ledger set points = 9 where ledger_id = ?", entry(1));
            shop.bridge.rows.update(
                    "update ledger_seal set digest = ? where ledger_id = ?",
                    LedgerDigest.ofEntry(shop.bridge.rows.queryForObject(
                            "select * from ledger where ledger_id = ?", new LedgerRows<>(LedgerEntry.class), entry(1))),
                    entry(1));
        });
        assertThat(whatWasDone()).containsExactly("day null");
    }

    @Test
    void a_day_that_is_missing_is_named_by_the_one_after_it() {
        twoDaysAreClosed();
        withoutTriggers(() -> {
            shop.bridge.rows.update("delete from ledger where ledger_id in (?, ?)", entry(1), entry(2));
            shop.bridge.rows.update(
                    "delete from ledger_seal where local_date = (select min(local_date) from ledger_day)");
            shop.bridge.rows.update("delete from ledger_day where day_number = 1");
        });
        assertThat(whatWasDone()).containsExactly("day null");
    }

    @Test
    void nothing_that_was_closed_can_be_written_over() {
        twoDaysAreClosed();
        for (String forbidden : List.of(
                "update ledger_day set entries = 0",
                "delete from ledger_day",
                "update ledger_seal set digest = ''",
                "delete from ledger_seal")) {
            assertThatThrownBy(() -> shop.bridge.rows.update(forbidden))
                    .as(forbidden)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    @Test
    void the_export_has_a_line_for_every_entry_and_no_formula() {
        shop.aiq.discount("1001", "=cmd()", "10", true);
        shop.queued(shop.adasWalletAgain(), "five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        redeemed("=cmd()", "@sum(1,\"2\")");
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.poll();
        shop.bridge.run("reversal-execute");
        StringBuilder csv = new StringBuilder();
        LocalDate today = LocalDate.ofInstant(shop.clock.instant(), Shop.ZONE);
        List<LedgerExport.Day> days = new LedgerExport(
                        shop.bridge.bridge().store().source())
                .write(csv, "green-leaf", Shop.ZONE, today.minusDays(1), today.plusDays(1), progress);
        List<String> lines = csv.toString().lines().toList();
        assertThat(heard).containsExactly("3 of 3");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("entry,kind,transaction,order,");
        assertThat(lines.get(1)).contains(",REDEEMED,t-1,").contains(",100,5,");
        assertThat(lines.get(2)).contains(",\"'@sum(1,\"\"2\"\")\",").contains(",'=cmd(),");
        assertThat(lines.get(3))
                .contains(",REVERSED,t-1,")
                .contains(",-100,-5,")
                .contains("," + entry(1) + ",");
        assertThat(csv.toString()).doesNotContain("5555550100");
        assertThat(days.stream().mapToInt(day -> day.totals().entries()).sum()).isEqualTo(3);
    }
}
