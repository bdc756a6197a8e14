package aiqbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that AIQ has not documented runs once through the whole flow, each way: the points are taken once, given back once, or a person is asked. */
class SwitchesTest {
    @TempDir
    Path folder;

    /** name, value, and what the reversal comes to */
    static final String FLOWS = """
        unknown-customer, 400, DONE
        unknown-customer, null-data, DONE
        non-member, wallet, DONE
        same-phone, last, DONE
        identity-wins, email, DONE
        redemption-reply, redemptionID, DONE
        redemption-reply, redemptionId, DONE
        redemption-reply, id, DONE
        redemption-reply, string, DONE
        redemption-reply, empty, DONE
        second-put, 404, DONE
        second-put, 200, DONE
        expired-token, 400, DONE
        token-life-ms, 60000, DONE
        wallet-has-contact-id, false, DONE
        null-lists, true, DONE
        unknown-fields, true, DONE
        missing-data, verify, DONE
        missing-data, redeem, DONE
        missing-data, reverse, DONE
        locked-listed, false, DONE
        points-fraction, true, DONE
        report-lag-ms, 1000, DONE
        timeline-lag-ms, 1000, DONE
        wallet-lag-ms, 1000, DONE
        wallet-voids-tokens, true, DONE
        clock-ahead-ms, 420000, DONE
        report-id-name, id, DONE
        report-contact-name, cntID, DONE
        report-has-transaction, false, DONE
        reversal, 404, DONE
        reversal, 405, DONE
        reversal, 400, DONE
        second-reversal, 200, DONE
        reversal-restores, false, DONE
        reversal-seen-in, redemptions, DONE
        reversal-seen-in, adjustments, DONE
        negative-resets, false, DONE
        uid-must-fit, false, DONE
        pin-life-ms, 60000, DONE
        pin-tries, 1, DONE
        pin-once, false, DONE
        pin-to-opted-out, false, DONE
        master-pin, 9999, DONE
        per-second, 3, DONE
        per-minute, 100, DONE
        per-hour, 1000, DONE
        date-offset-ms, 420000, DONE
        answer-age, 3600, DONE
        retry-after, 1, DONE""";

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(textBlock = FLOWS)
    void redeems_once_and_gives_back_once(String name, String value, String reversal) {
        try (Shop shop = new Shop(folder, "aiq.redeem-timeout", "1s")) {
            shop.aiq.set(name, value);
            // a null answer to nobody cannot be told from the one to somebody
            assertThat(shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "555-555-0199"))
                            .status())
                    .isEqualTo(value.equals("null-data") ? 200 : 404);
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            until(shop, redemption, "EXECUTED");
            assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
            assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1133");

            shop.passes(Duration.ofMinutes(5));
            shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
            for (int i = 0; i < 3; i++) {
                shop.poll();
                shop.bridge.run("reversal-execute");
                shop.settles();
            }
            assertThat(shop.bridge.rows.queryForObject("select status from reversal", String.class))
                    .isEqualTo(reversal);
            assertThat(shop.aiq.effects("REVERSED").size()
                            + shop.aiq.effects("ADJUSTED").size())
                    .isEqualTo(1);
            assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
            assertThat(shop.bridge.rows.queryForObject("select sum(points) from ledger", Double.class))
                    .isZero();
        }
    }

    /** The answer is lost after the effect; what the reports look like is what the switch says. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "report-lag-ms, 1000",
        "report-id-name, id",
        "report-id-name, redemptionId",
        "report-contact-name, cntID",
        "report-has-transaction, false",
        "redemption-reply, string",
        "null-lists, true",
        "unknown-fields, true",
        "missing-data, redeem",
        "missing-data, redemptions",
        "reversal-seen-in, redemptions"
    })
    void settles_an_unclear_one_by_the_reports(String name, String value) {
        try (Shop shop = new Shop(folder, "aiq.redeem-timeout", "1s")) {
            shop.aiq.set(name, value);
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            shop.aiq.fault("redeem", "reset-after-effect", 1);
            until(shop, redemption, "EXECUTED");
            assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
            assertThat(shop.aiq.requests("redeem")).hasSize(1);
        }
    }

    /** Who is no member, by either switch: told to sign up, or let in. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({"non-member, nobody, 404", "non-member, wallet, 200"})
    void a_contact_who_is_no_member_comes_to_the_till(String name, String value, int status) {
        try (Shop shop = new Shop(folder)) {
            shop.aiq.contact(Map.of("uid", "1001", "contactID", "c-cleo", "phone", "5555550112", "loyalty", false));
            shop.aiq.set(name, value);
            Shop.Answer answer = shop.post(shop.key, "/api/v1/wallet/verify", Map.of("phone", "5555550112"));
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.json().path("signUpPossible").asBoolean()).isEqualTo(status == 404);
        }
    }

    @Test
    void somebody_known_by_e_mail_alone_who_opted_out_of_texts_and_sees_no_points_redeems() {
        try (Shop shop = new Shop(folder)) {
            shop.aiq.contact(Map.of(
                    "uid",
                    "1001",
                    "contactID",
                    "c-dora",
                    "email",
                    "dora@example.com",
                    "points",
                    500,
                    "hidePoints",
                    true,
                    "texts",
                    "out"));
            assertThat(shop.post(shop.key, "/api/v1/wallet/verify", Map.of("email", "Dora@example.com"))
                            .status())
                    .isEqualTo(200);
            Shop.Answer wallet = shop.post(
                    shop.key,
                    "/api/v1/wallet/view",
                    Map.of("email", "dora@example.com", "code", shop.aiq.pin("c-dora")));
            assertThat(wallet.json().has("points")).isFalse();
            String redemption =
                    shop.queued(wallet.text("walletSession"), "five-off", "t-1").text("redemptionId");
            shop.rings("t-1", null, 42.5);
            until(shop, redemption, "EXECUTED");
            assertThat(shop.aiq.points("c-dora")).isEqualByComparingTo("400");
        }
    }

    @Test
    void a_phone_that_turns_out_to_be_two_peoples_is_for_a_person_to_decide() {
        try (Shop shop = new Shop(folder)) {
            shop.aiq.contact(Map.of("uid", "1001", "contactID", "c-twin", "phone", "5555550100", "points", 900));
            String redemption = shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            shop.aiq.set("same-phone", "last");
            until(shop, redemption, "PARKED");
            assertThat(shop.aiq.requests("redeem")).isEmpty();
        }
    }

    /** What is on offer when the reward is chosen is not on offer any more when the sale is completed. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"expired, REJECTED", "locked, REJECTED", "rests, REJECTED", "no-data, PARKED"})
    void what_the_wallet_no_longer_gives_is_not_taken(String what, String status) {
        try (Shop shop = new Shop(folder)) {
            Map<String, Object> discount = new HashMap<>(Map.of(
                    "uid",
                    "1001",
                    "id",
                    "special",
                    "points",
                    100,
                    "reusable",
                    what.equals("rests"),
                    "cooldownMs",
                    3_600_000));
            if (what.equals("expired")) {
                discount.put("expiration", shop.clock.millis() / 1_000 + 30);
            }
            shop.aiq.discount(discount);
            String session = shop.adasWallet().text("walletSession");
            if (what.equals("rests")) {
                shop.queued(session, "special", "t-0");
            }
            String redemption = shop.queued(session, "special", "t-1").text("redemptionId");
            if (what.equals("locked")) {
                discount.put("available", false);
                shop.aiq.discount(discount);
            } else if (what.equals("rests")) {
                shop.rings("t-0", "5555550100", 10);
                shop.pollAndExecute();
            } else if (what.equals("no-data")) {
                shop.aiq.set("missing-data", "wallet");
            }
            int before = shop.aiq.requests("redeem").size();
            assertThat(before).isEqualTo(what.equals("rests") ? 1 : 0);
            shop.passes(Duration.ofMinutes(1));
            shop.rings("t-1", "5555550100", 42.5);
            until(shop, redemption, status);
            assertThat(shop.aiq.requests("redeem")).hasSize(before);
        }
    }

    @Test
    void every_switch_has_its_turn() {
        try (Shop shop = new Shop(folder)) {
            TreeSet<String> all = new TreeSet<>();
            shop.aiq.switches().fieldNames().forEachRemaining(all::add);
            all.removeAll(AiqSimulatorTest.SWITCHES);
            assertThat(Stream.of(FLOWS.split("\n")).map(line -> line.trim().split(",")[0]))
                    .containsAll(all);
        }
    }

    private static void until(Shop shop, String redemption, String status) {
        for (int i = 0; i < 14 && !shop.status(redemption).equals(status); i++) {
            shop.pollAndExecute();
            shop.passes(Duration.ofMinutes(1));
            shop.bridge.run("redemption-settle");
        }
        assertThat(shop.status(redemption)).isEqualTo(status);
    }
}
