package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A till that was offline tells of its sales after the redemption expired: what was completed in time is still redeemed, by the same rules as ever. */
class OfflineTillTest {
    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    private void open(String... settings) {
        shop = new Shop(folder, Stream.of(settings, store()).flatMap(Stream::of).toArray(String[]::new));
        shop.poll();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void expires() {
        shop.passes(Duration.ofHours(25));
        shop.bridge.run("redemption-expire");
    }

    /** A sale of twenty hours after the redemption is heard five hours later. */
    private void heardLate(String sale, String phone) {
        shop.rings(sale, phone, 42.5);
        shop.till.update("update sale set at = ? where id = ?", shop.wallClock(Duration.ofHours(-5)), sale);
        sweepAndExecute();
    }

    private void sweepAndExecute() {
        shop.passes(Duration.ofMinutes(16));
        shop.poll();
        shop.bridge.run("redemption-execute");
    }

    @Test
    void a_sale_completed_in_time_and_heard_later_is_redeemed() {
        open();
        String redemption = shop.queued("five-off", "t-1");
        expires();
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        heardLate("t-1", "5555550100");
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
    }

    @Test
    void so_is_one_that_only_its_note_names() {
        open();
        Shop.Answer answer = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        expires();
        shop.till.update(
                "insert into sale (id, at, total, note, state) values ('t-1', ?, 42.5, ?, 'done')",
                shop.wallClock(Duration.ofHours(-5)),
                answer.text("note"));
        sweepAndExecute();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("EXECUTED");
    }

    @Test
    void a_sale_completed_after_the_expiry_is_not() {
        open();
        String redemption = shop.queued("five-off", "t-1");
        expires();
        shop.rings("t-1", "5555550100", 42.5);
        sweepAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("RELEASED");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void another_customers_sale_takes_nobodys_points() {
        open();
        String redemption = shop.queued("five-off", "t-1");
        expires();
        heardLate("t-1", "5555550101");
        assertThat(shop.bridge.rows.queryForMap("select status, reason from redemption"))
                .containsEntry("status", "PARKED")
                .containsEntry("reason", "other-customer");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void where_a_missing_discount_parks_it_parks_late_too() {
        open("pos.discount-seen", "park");
        String redemption = shop.queued("five-off", "t-1");
        expires();
        shop.till.update(
                "insert into sale (id, at, total, phone, discount_ids, state) values ('t-1', ?, 42.5, '5555550100', 'other', 'done')",
                shop.wallClock(Duration.ofHours(-5)));
        sweepAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void an_id_that_an_older_sale_bore_holds_up_nothing_behind_it() {
        open();
        shop.rings("t-1", null, 10);
        shop.poll();
        shop.passes(Duration.ofHours(20));
        String never = shop.queued("welcome", "t-1");
        shop.passes(Duration.ofMinutes(2));
        String late = shop.queued("five-off", "t-2");
        expires();
        heardLate("t-2", "5555550100");
        assertThat(Map.of("never", shop.status(never), "late", shop.status(late)))
                .isEqualTo(Map.of("never", "RELEASED", "late", "EXECUTED"));
    }
}
