package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model B: a shop's selection is recorded, and redeemed once by the sale of the till that fulfils it; what is ambiguous is a person's. */
class SelectionTest extends AtCheckout {
    private int sales;

    @Override
    String model() {
        return "model = informational\nredeems = bridge\npos = till\nconfirmed-by = Kim Doe, 2026-11-20\n";
    }

    private Shop.Answer selected() {
        Shop.Answer answer = chooses("five-off", "c-1", "k-1");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        shop.passes(Duration.ofMinutes(10));
        return answer;
    }

    /** A sale of the till with what its make shows; the discounts may be null. */
    private String rings(String phone, String discounts, String note) {
        String id = "t-" + ++sales;
        shop.rings(id, phone, 42.5);
        shop.till.update("update sale set discount_ids = ?, note = ? where id = ?", discounts, note, id);
        return id;
    }

    private void polls() {
        shop.bridge.run("pos-poll-till");
        shop.bridge.run("redemption-execute");
    }

    private void takenOnceWith(String sale) {
        takenOnce();
        assertThat(shop.aiq.effects("REDEEMED").get(0).path("transactionID").asText())
                .isEqualTo(sale);
        shop.bridge.run("pos-write-back-till");
        assertThat(shop.till.queryForObject(
                        "select points from aiq_points where transaction_id = ?", Double.class, sale))
                .isEqualTo(100);
    }

    @Test
    void a_selection_is_recorded_and_aiq_is_not_called() {
        int calls = shop.aiq.requests("wallet").size();
        Shop.Answer answer = selected();
        assertThat(answer.text("status")).isEqualTo("SELECTED");
        assertThat(answer.text("posDiscountId")).isEqualTo("D5");
        assertThat(answer.text("note")).matches("AIQ-[0-9A-Z]{6}");
        assertThat(answer.text("redeems")).isEqualTo("bridge");
        assertThat(answer.text("redeemsConfirmedBy")).isEqualTo("Kim Doe, 2026-11-20");
        later(Duration.ofHours(30));
        polls();
        assertThat(shop.aiq.requests("wallet")).hasSize(calls);
        assertThat(asks(answer.text("redemptionId")).text("status")).isEqualTo("SELECTED");
        neverTaken();
    }

    @Test
    void an_order_that_stands_keeps_no_selection_for_ever_and_hides_it_from_nobody() {
        String redemption = selected().text("redemptionId");
        order("o-1", "c-1", "OPEN");
        later(Duration.ofDays(10));
        assertThat(shop.bridge.rows.queryForList(
                        "select reason from needs_look where look_at <= ?", String.class, shop.clock.millis()))
                .containsExactly("waits-for-sale");
        later(Duration.ofDays(5));
        assertThat(row(redemption)).containsEntry("status", "RELEASED").containsEntry("reason", "expired");
    }

    @Test
    void the_sale_with_its_note_fulfils_it() {
        Shop.Answer answer = selected();
        rings("5555550100", "D5", null);
        String sale = rings(null, null, "web order " + answer.text("note"));
        polls();
        polls();
        assertThat(asks(answer.text("redemptionId")).text("transactionId")).isEqualTo(sale);
        takenOnceWith(sale);
    }

    @ParameterizedTest
    @ValueSource(strings = {"D5", "five-off", "D0, D5 ,D9"})
    void without_a_note_the_customers_one_sale_that_shows_the_discount_fulfils_it(String discounts) {
        String redemption = selected().text("redemptionId");
        rings("5555550100", "D50", null);
        rings("5555550101", "D5", null);
        rings("5555550100", null, null);
        String sale = rings("(555) 555-0100", discounts, null);
        polls();
        polls();
        assertThat(row(redemption)).containsEntry("transaction_id", sale).containsEntry("status", "EXECUTED");
        assertThat(row(redemption).get("flag")).isNull();
        takenOnceWith(sale);
    }

    @Test
    void a_sale_from_before_the_selection_does_not_fulfil_it() {
        rings("5555550100", "D5", null);
        polls();
        String redemption = selected().text("redemptionId");
        polls();
        assertThat(shop.status(redemption)).isEqualTo("SELECTED");
        String sale = rings("5555550100", "D5", null);
        polls();
        takenOnceWith(sale);
    }

    @Test
    void a_sale_that_bears_another_note_belongs_to_that() {
        String redemption = selected().text("redemptionId");
        rings("5555550100", "D5", "AIQ-000000");
        polls();
        assertThat(shop.status(redemption)).isEqualTo("SELECTED");
        neverTaken();
    }

    @Test
    void two_sales_that_could_be_it_are_a_persons() {
        String redemption = selected().text("redemptionId");
        rings("5555550100", "D5", null);
        rings("5555550100", "D5", null);
        polls();
        polls();
        assertThat(row(redemption)).containsEntry("status", "PARKED").containsEntry("reason", "several-sales");
        neverTaken();
    }

    @Test
    void two_selections_that_could_be_of_one_sale_are_a_persons() {
        shop.aiq.discount("1001", "cup", "30", true);
        session = shop.adasWalletAgain();
        assertThat(chooses("cup", "c-1", "k-1").status()).isEqualTo(202);
        assertThat(chooses("cup", "c-2", "k-2").status()).isEqualTo(202);
        shop.passes(Duration.ofMinutes(10));
        rings("5555550100", "D-cup", null);
        polls();
        polls();
        assertThat(statuses()).containsExactly("PARKED", "PARKED");
        neverTaken();
    }

    @Test
    void two_rewards_on_one_sale_are_two() {
        session = shop.adasWalletAgain();
        chooses("five-off", "c-1", "k-1");
        chooses("welcome", "c-2", "k-2");
        shop.passes(Duration.ofMinutes(10));
        rings("5555550100", "D5,D0", null);
        polls();
        assertThat(statuses()).containsExactly("EXECUTED", "EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(2);
    }

    @Test
    void a_note_on_two_sales_and_a_note_on_another_customers_sale_are_a_persons() {
        Shop.Answer first = selected();
        rings(null, null, first.text("note"));
        rings(null, null, first.text("note"));
        polls();
        assertThat(row(first.text("redemptionId"))).containsEntry("reason", "note-on-two-sales");
        session = shop.adasWalletAgain();
        Shop.Answer second = chooses("welcome", "c-2", "k-2");
        shop.passes(Duration.ofMinutes(10));
        rings("5555550101", null, second.text("note"));
        polls();
        assertThat(row(second.text("redemptionId"))).containsEntry("reason", "other-customer");
        neverTaken();
    }

    @Test
    void a_note_counts_at_the_shops_own_till_alone() {
        Shop.connection(
                folder,
                "far",
                "make = view\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n");
        shop.restart();
        Shop.Answer answer = selected();
        rings("5555550100", "D5", answer.text("note"));
        shop.bridge.run("pos-poll-far");
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("SELECTED");
        neverTaken();
    }

    @Test
    void what_no_sale_fulfils_in_two_weeks_is_given_up() {
        Shop.Answer answer = selected();
        later(Duration.ofDays(14).minusMinutes(11));
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("SELECTED");
        later(Duration.ofMinutes(2));
        assertThat(asks(answer.text("redemptionId")).text("reason")).isEqualTo("expired");
        rings("5555550100", "D5", answer.text("note"));
        polls();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("RELEASED");
        neverTaken();
    }

    @Test
    void a_note_on_a_sale_after_its_life_does_not_count_even_before_it_was_given_up() {
        Shop.Answer answer = selected();
        shop.passes(Duration.ofDays(14));
        rings("5555550100", "D5", answer.text("note"));
        polls();
        assertThat(shop.status(answer.text("redemptionId"))).isEqualTo("SELECTED");
        neverTaken();
    }

    @Test
    void a_cancelled_order_releases_the_selection_and_aiq_hears_nothing() {
        Shop.Answer answer = selected();
        order("o-1", "c-1", "PAID");
        order("o-1", "c-1", "CANCELLED");
        assertThat(asks(answer.text("redemptionId")).text("reason")).isEqualTo("order cancelled");
        rings("5555550100", "D5", answer.text("note"));
        polls();
        neverTaken();
    }

    @Test
    void the_shop_and_the_till_both_take_it_back_and_it_goes_back_once() {
        Shop.Answer answer = selected();
        order("o-1", "c-1", "PAID");
        String sale = rings("5555550100", "D5", answer.text("note"));
        polls();
        takenOnceWith(sale);
        order("o-1", "c-1", "CANCELLED");
        shop.till.update("update sale set state = 'void'");
        shop.till.update(
                "insert into taking_back values (?, ?, 'void', ?, 42.5)",
                sale,
                sale,
                shop.wallClock(Duration.ofSeconds(1)));
        for (int i = 0; i < 3; i++) {
            polls();
            order("o-1", "c-1", "CANCELLED");
            later(Duration.ofMinutes(1));
        }
        assertThat(asks(answer.text("redemptionId")).text("reversal")).isEqualTo("DONE");
        givenBackOnce();
        shop.bridge.run("pos-write-back-till");
        assertThat(shop.till.queryForObject(
                        "select points from aiq_points where transaction_id = ?", Double.class, sale))
                .isZero();
    }

    @Test
    void a_sale_that_was_voided_gives_the_points_back_without_the_shop() {
        Shop.Answer answer = selected();
        String sale = rings("5555550100", "D5", answer.text("note"));
        polls();
        shop.till.update("update sale set state = 'void'");
        shop.till.update(
                "insert into taking_back values (?, ?, 'void', ?, 42.5)",
                sale,
                sale,
                shop.wallClock(Duration.ofSeconds(1)));
        polls();
        later(Duration.ofMinutes(1));
        order("o-1", "c-1", "CANCELLED");
        later(Duration.ofMinutes(1));
        givenBackOnce();
    }

    @Test
    void the_shop_and_its_till_see_it_and_the_shop_may_release_it() {
        String redemption = selected().text("redemptionId");
        assertThat(shop.get(shop.keys().add("till"), "/api/v1/redemptions/" + redemption)
                        .text("status"))
                .isEqualTo("SELECTED");
        assertThat(shop.get(shop.otherKey, "/api/v1/redemptions/" + redemption).status())
                .isEqualTo(404);
        assertThat(releases(redemption).text("status")).isEqualTo("RELEASED");
    }

    @Test
    void where_the_till_itself_redeems_it_is_recorded_alone() {
        Shop.storefront(
                folder, "web", "kind = generic\nmodel = informational\nredeems = pos-native\nconfirmed-by = Lee\n");
        shop.restart();
        Shop.Answer answer = selected();
        assertThat(answer.text("redeems")).isEqualTo("pos-native");
        assertThat(answer.text("redeemsConfirmedBy")).isEqualTo("Lee");
        rings("5555550100", "D5", answer.text("note"));
        polls();
        order("o-1", "c-1", "PAID");
        later(Duration.ofHours(3));
        assertThat(asks(answer.text("redemptionId")).text("status")).isEqualTo("SELECTED");
        order("o-1", "c-1", "COMPLETED");
        assertThat(asks(answer.text("redemptionId")).text("reason")).isEqualTo("redeemed by the till itself");
        neverTaken();
        assertThat(shop.bridge.rows.queryForList(
                        "select confirmed_by from confirmation order by recorded_at, confirmed_by", String.class))
                .containsExactlyInAnyOrder("Kim Doe, 2026-11-20", "Lee");
    }

    @Test
    void a_till_that_is_observed_says_what_it_would_do() {
        Shop.connection(
                folder,
                "till",
                "make = view\nmode = observe\npin = required\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n");
        shop.restart();
        Shop.Answer answer = selected();
        rings("5555550100", "D5", null);
        polls();
        assertThat(shop.bridge.rows.queryForList(
                        "select redemption_id from observation where would = 'redeem'", String.class))
                .isEqualTo(List.of(answer.text("redemptionId")));
        neverTaken();
    }
}
