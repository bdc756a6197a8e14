package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.Shop.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes that cashiers put on tickets: as they type them, several of them, and those that stand on more than one ticket. */
class NotesTest {
    @TempDir
    Path folder;

    private Shop shop;
    private String redemption;
    private String note;

    @BeforeEach
    void a_reward_waits_for_its_note() {
        shop = new Shop(folder);
        shop.poll();
        Answer queued = shop.queued(shop.adasWallet().text("walletSession"), "five-off", null);
        redemption = queued.text("redemptionId");
        note = queued.text("note");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void rings(String id, String note) {
        shop.rings(id, null, 42.5);
        noted(id, note);
    }

    private void noted(String id, String note) {
        shop.till.update("update sale set note = ? where id = ?", note, id);
    }

    private String typed() {
        return "A1Q " + note.substring(4).replace('0', 'o').replace('1', 'l');
    }

    private String reason() {
        return shop.bridge.rows.queryForObject(
                "select reason from redemption where redemption_id = ?", String.class, redemption);
    }

    @Test
    void a_note_is_found_as_people_type_it() {
        rings("t-1", "for Ada, " + typed());
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED").get(0).path("transactionID").asText())
                .isEqualTo("t-1");
    }

    @Test
    void the_exact_spelling_counts_before_what_people_type() {
        rings("t-1", typed());
        rings("t-2", note);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED").get(0).path("transactionID").asText())
                .isEqualTo("t-2");
    }

    @Test
    void what_people_type_counts_only_until_the_redemption_expires() {
        shop.clock.advance(Duration.ofHours(25));
        rings("t-1", typed());
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("QUEUED");
    }

    @Test
    void every_note_on_the_ticket_is_looked_up() {
        rings("t-1", "AIQ-7K3M9Q\nVISA approved 1234\n" + note);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
    }

    @Test
    void a_note_that_was_rubbed_out_before_the_till_was_asked_again_stands_no_longer() {
        rings("t-1", note);
        rings("t-2", note);
        noted("t-1", "");
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        noted("t-2", null);
        shop.poll();
        assertThat(shop.bridge.rows.queryForObject("select count(*) from sale_note", Integer.class))
                .isZero();
    }

    @Test
    void two_known_notes_on_one_ticket_are_for_a_person() {
        shop.passes(Duration.ofSeconds(61));
        String other = shop.queued(bensWallet(), "welcome", null).text("redemptionId");
        String bens = shop.bridge.rows.queryForObject(
                "select note from redemption where redemption_id = ?", String.class, other);
        rings("t-1", note + " " + bens);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        assertThat(reason()).isEqualTo("several-notes");
        assertThat(shop.status(other)).isEqualTo("PARKED");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
    }

    @Test
    void where_a_sale_may_have_two_rewards_both_notes_count() {
        shop.restart(List.of("redemption.per-sale", "2"));
        shop.passes(Duration.ofSeconds(61));
        String other = shop.queued(bensWallet(), "welcome", null).text("redemptionId");
        String bens = shop.bridge.rows.queryForObject(
                "select note from redemption where redemption_id = ?", String.class, other);
        rings("t-1", typed() + " " + bens);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.status(other)).isEqualTo("EXECUTED");
    }

    @Test
    void one_note_on_two_tickets_is_for_a_person() {
        rings("t-1", note);
        rings("t-2", note);
        shop.pollAndExecute();
        assertThat(reason()).isEqualTo("note-on-two-sales");
    }

    private String bensWallet() {
        shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "(555) 555-0101"));
        return shop.post(
                        shop.key,
                        "/api/v1/wallet/view",
                        Map.of("phone", "555-555-0101", "code", String.valueOf(shop.aiq.pin("c-ben"))))
                .text("walletSession");
    }
}
