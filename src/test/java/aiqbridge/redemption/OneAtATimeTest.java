package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of each contact one call that moves points at a time, and none while another is in doubt: what the balance does tells then what became of it. */
class OneAtATimeTest {
    @TempDir
    Path folder;

    private Shop shop;
    private String first, second;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void twoDue() {
        shop = new Shop(folder, store());
        shop.aiq.discount("1001", "cup", "30", true);
        shop.aiq.discount("1001", "mug", "50", true);
        String session = shop.adasWallet().text("walletSession");
        first = shop.queued(session, "cup", "t-1").text("redemptionId");
        second = shop.queued(session, "mug", "t-2").text("redemptionId");
        shop.rings("t-1", "5555550100", 42.5);
        shop.rings("t-2", "5555550100", 42.5);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private List<String> states() {
        return List.of(shop.status(first), shop.status(second));
    }

    private String unclear() {
        return states().get(0).equals("UNKNOWN") ? first : second;
    }

    @Test
    void what_aiq_confirms_holds_nothing_up() {
        shop.pollAndExecute();
        assertThat(states()).containsExactly("EXECUTED", "EXECUTED");
    }

    @Test
    void while_one_is_in_doubt_the_others_of_the_contact_wait_and_those_of_others_go() {
        shop.aiq.contact("1001", "c-eve", "3035550123", "500");
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        assertThat(states()).containsExactlyInAnyOrder("UNKNOWN", "DUE");
        shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "3035550123"));
        String session = shop.post(
                        shop.key,
                        "/api/v1/wallet/view",
                        Map.of("phone", "3035550123", "code", String.valueOf(shop.aiq.pin("c-eve"))))
                .text("walletSession");
        String eves = shop.queued(session, "cup", "t-3").text("redemptionId");
        shop.rings("t-3", "3035550123", 42.5);
        shop.passes(Duration.ofMinutes(10));
        shop.pollAndExecute();
        assertThat(shop.status(eves)).isEqualTo("EXECUTED");
        assertThat(states()).containsExactlyInAnyOrder("UNKNOWN", "DUE");
        shop.settles();
        assertThat(states()).containsExactly("DUE", "DUE");
        shop.pollAndExecute();
        assertThat(states()).containsExactly("EXECUTED", "EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(3);
    }

    @Test
    void a_stuck_one_holds_the_others_up_until_its_readings_could_have_been_taken_and_no_longer() {
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.aiq.set("report-lag-ms", "999999999");
        shop.pollAndExecute();
        String stuck = unclear();
        shop.passes(Duration.ofMinutes(17));
        shop.pollAndExecute();
        assertThat(states()).containsExactlyInAnyOrder("UNKNOWN", "DUE");
        shop.passes(Duration.ofSeconds(11));
        shop.pollAndExecute();
        assertThat(states()).containsExactlyInAnyOrder("UNKNOWN", "EXECUTED");
        assertThat(unclear()).isEqualTo(stuck);
    }

    @Test
    void a_reversal_waits_for_a_redemption_of_the_contact_in_doubt_and_a_redemption_for_a_reversal() {
        shop.pollAndExecute();
        shop.passes(Duration.ofMinutes(1));
        String third = shop.queued(shop.adasWalletAgain(), "cup", "t-4").text("redemptionId");
        shop.rings("t-4", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        assertThat(shop.status(third)).isEqualTo("UNKNOWN");
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        shop.pollAndExecute();
        shop.bridge.run("reversal-execute");
        assertThat(reversals()).containsExactly("WANTED");
        shop.settles();
        shop.aiq.fault("reverse", "reset-before-effect", 1);
        shop.bridge.run("reversal-execute");
        assertThat(reversals()).containsExactly("UNKNOWN");
        shop.pollAndExecute();
        assertThat(shop.status(third)).isEqualTo("DUE");
        shop.settles();
        shop.bridge.run("reversal-execute");
        shop.pollAndExecute();
        assertThat(reversals()).containsExactly("DONE");
        assertThat(shop.status(third)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(3);
    }

    private List<String> reversals() {
        return shop.bridge.rows.queryForList("select status from reversal", String.class);
    }
}
