package aiqbridge.stop;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** While a stop stands nothing of its scope changes anything at AIQ, callers hear so, and what waited goes exactly once when it is lifted. */
class StopTest extends Stoppable {
    @ParameterizedTest
    @CsvSource({
        "row, everything",
        "row, account green-leaf",
        "row, connection other-till",
        "file, everything",
        "file, account green-leaf",
        "file, connection other-till"
    })
    void a_tills_redemptions_and_reversals_wait_for_weeks_and_go_once_when_it_is_lifted(String how, String words)
            throws IOException {
        String takenBack = reversalWanted("other-till", "t-1");
        String adjusted = reversalWanted("other-till", "t-2");
        shop.bridge.rows.update("update reversal set method = 'ADJUSTMENT' where redemption_id = ?", adjusted);
        String due = due("other-till", "t-3");
        String selected = chosen("c-1", "t-4");
        String doubted = due("other-till", "t-5");
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.bridge.rows.update(
                "update redemption set next_attempt_at = next_attempt_at + 1000 where redemption_id in (?, ?)",
                due,
                selected);
        shop.bridge.run("redemption-execute");
        assertThat(shop.status(doubted)).isEqualTo("UNKNOWN");
        Map<String, Integer> before = changes();
        int wallets = shop.aiq.requests("wallet").size();

        stop(how, words);
        runsFor(Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofMinutes(10));
        assertThat(shop.aiq.requests("wallet"))
                .as("no wallet is read before a call")
                .hasSize(wallets);
        runsFor(Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofDays(20));

        assertThat(changes()).isEqualTo(before);
        assertThat(List.of(shop.status(due), shop.status(selected), shop.status(doubted)))
                .as("what was in doubt is settled by what AIQ shows, and waits like the others")
                .containsOnly("DUE");
        assertThat(List.of(reversal(takenBack), reversal(adjusted))).containsOnly("WANTED");

        lift(how, words);
        runsFor(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertThat(List.of(shop.status(due), shop.status(selected), shop.status(doubted)))
                .containsOnly("EXECUTED");
        assertThat(List.of(reversal(takenBack), reversal(adjusted))).containsOnly("DONE");
        runsFor(Duration.ofMinutes(1), Duration.ofHours(1));
        assertThat(effects("REDEEMED")).isEqualTo(5);
        assertThat(List.of(effects("REVERSED"), effects("ADJUSTED"))).containsOnly(1);
        assertThat(audited())
                .containsExactly(
                        how.equals("file")
                                ? "bridge stop " + words + ": the file " + folder.resolve("STOP")
                                : "kim stop " + words + ": points vanish",
                        how.equals("file")
                                ? "bridge stop-lift " + words + ": the file " + folder.resolve("STOP")
                                        + " no longer says so"
                                : "kim stop-lift " + words + ": it was the report");
    }

    @Test
    void what_was_chosen_in_a_stopped_shop_waits_at_the_till_that_goes_on() throws IOException {
        String takenBack = chosen("c-0", "t-0");
        shop.bridge.run("redemption-execute");
        shop.till.update("insert into taking_back values ('t-0', 't-0', 'void', ?, 42.5)", shop.wallClock());
        shop.bridge.run("pos-poll-other-till");
        String chosen = chosen("c-1", "t-1");
        String tills = due("other-till", "t-2");
        int reads = shop.aiq.requests("wallet").size();
        stop("row", "connection chosen");
        runsFor(Duration.ofSeconds(2));
        assertThat(shop.status(tills)).isEqualTo("EXECUTED");
        assertThat(shop.status(chosen)).isEqualTo("DUE");
        assertThat(reversal(takenBack)).isEqualTo("WANTED");
        assertThat(shop.aiq.requests("wallet")).as("the till's own alone").hasSize(reads + 1);
        lift("row", "connection chosen");
        runsFor(Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertThat(shop.status(chosen)).isEqualTo("EXECUTED");
        assertThat(reversal(takenBack)).isEqualTo("DONE");
        assertThat(effects("REDEEMED")).isEqualTo(3);
        assertThat(effects("REVERSED")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "account green-leaf", "connection paid"})
    void a_shops_orders_and_carts_wait_and_go_once_when_it_is_lifted(String words) throws IOException {
        String redemption = paid("c-1");
        abandonedCart("paid", "left");
        stop("row", words);
        order("paid", "o-c-2", "c-2", "OPEN");
        runsFor(Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofHours(10));
        assertThat(changes()).isEmpty();
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        assertThat(cart("left")).isEqualTo("WAITING");
        assertThat(shop.bridge.rows.queryForObject("select attempts from cart", Integer.class))
                .as("it was not even begun")
                .isZero();
        lift("row", words);
        runsFor(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofHours(1));
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(cart("left")).isEqualTo("SENT");
        assertThat(effects("REDEEMED")).isEqualTo(1);
        assertThat(effects("CART")).isEqualTo(1);
    }

    @Test
    void what_is_not_in_its_scope_goes_on() throws IOException {
        String taken = reversalWanted("far-till", "t-2");
        String stopped = due("other-till", "t-1");
        String other = due("far-till", "t-3");
        stop("row", "account green-leaf");
        runsFor(Duration.ofSeconds(2));
        assertThat(shop.status(stopped)).isEqualTo("DUE");
        assertThat(shop.status(other)).isEqualTo("EXECUTED");
        assertThat(reversal(taken)).isEqualTo("DONE");
        stop("row", "connection other-till");
        lift("row", "account green-leaf");
        String paid = paid("c-1");
        String shops = chosen2();
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(stopped)).isEqualTo("DUE");
        assertThat(shop.status(paid)).isEqualTo("EXECUTED");
        assertThat(shops).isEqualTo("stopped");
    }

    /** A shop whose rewards a stopped till redeems. */
    private String chosen2() {
        return code(asks("chosen", Map.of("cartId", "c-9"), "k-9"));
    }

    @ParameterizedTest
    @CsvSource({
        "row, everything",
        "row, account green-leaf",
        "row, connection web",
        "file, everything",
        "file, connection web"
    })
    void a_checkout_is_told_at_once_and_nothing_is_kept_of_it(String how, String words) throws IOException {
        String session = wallet("web", customer("1001")).text("walletSession");
        stop(how, words);
        Shop.Answer answer = asks("web", session, Map.of("cartId", "c-1"), "k-1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("stopped");
        assertThat(answer.retryAfter()).isEqualTo("60");
        assertThat(answer.body()).doesNotContain("kim", "vanish");
        assertThat(shop.bridge.statuses()).isEmpty();
        runsFor(Duration.ofMinutes(2));
        assertThat(changes()).isEmpty();
        lift(how, words);
        assertThat(asks("web", session, Map.of("cartId", "c-1"), "k-1").status())
                .as("the same request is new")
                .isEqualTo(201);
        assertThat(effects("REDEEMED")).isEqualTo(1);
    }

    @Test
    void a_checkout_that_was_accepted_just_before_hears_that_nothing_was_redeemed_and_nothing_will_be()
            throws Exception {
        String session = wallet("web", customer("1001")).text("walletSession");
        AdviceWith.adviceWith(shop.bridge.with("redemption-now"), "redemption-now", false, route -> route.weaveByToUri(
                        "direct:redemption-claim-now")
                .before()
                .process(exchange -> stops.stop(Scope.EVERYTHING, "kim", "now")));
        Shop.Answer answer = asks("web", session, Map.of("cartId", "c-1"), "k-1");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(code(answer)).isEqualTo("stopped");
        assertThat(shop.bridge.statuses()).containsExactly("RELEASED");
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from attempt where node <> 'before'", Integer.class))
                .as("it was not even begun")
                .isZero();
        lift("row", "everything");
        runsFor(Duration.ofMinutes(2));
        assertThat(changes()).isEmpty();
    }

    @Test
    void callers_hear_it_at_every_door_that_would_change_something_and_what_only_reads_answers() throws IOException {
        String phone = customer("1001");
        String session = wallet("other-till", phone).text("walletSession");
        String waits = asks("other-till", session, Map.of("transactionId", "t-1"), "k-1")
                .text("redemptionId");
        Map<String, Object> member = new HashMap<>(Map.of("phone", "3035559999", "consent", true, "smsOptIn", false));
        JsonNode text = shop.get(keys.get("other-till"), "/api/v1/consent-text").json();
        for (String field : List.of("textVersion", "textHash")) {
            member.put(field, text.path(field).asText());
        }
        member.put("language", "en");
        String goesOut =
                asks("other-till", Map.of("transactionId", "t-2"), "k-2").text("redemptionId");
        stop("row", "everything");
        Shop.Answer redeem = asks("other-till", session, Map.of("transactionId", "t-9"), "k-9");
        Shop.Answer code = shop.post(keys.get("other-till"), "/api/v1/wallet/verify", Map.of("phone", phone));
        Shop.Answer paid = asks("paid", Map.of("cartId", "c-1"), "k-3");
        Shop.Answer joins = shop.post(keys.get("other-till"), "/api/v1/customers", member);
        for (Shop.Answer refused : List.of(redeem, code, paid, joins)) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(503);
            assertThat(code(refused)).isEqualTo("stopped");
            assertThat(refused.retryAfter()).isEqualTo("60");
        }
        assertThat(asks("other-till", session, Map.of("transactionId", "t-1"), "k-1")
                        .text("redemptionId"))
                .as("the same request again")
                .isEqualTo(waits);
        assertThat(shop.bridge.rows.queryForObject("select count(*) from consent", Integer.class))
                .as("nothing is kept of who could not join")
                .isZero();
        assertThat(wallet("other-till", phone).status()).isEqualTo(200);
        assertThat(shop.post(keys.get("other-till"), "/api/v1/customers/status", Map.of("phone", phone))
                        .text("status"))
                .isEqualTo("member");
        assertThat(shop.get(keys.get("other-till"), "/api/v1/redemptions/" + waits)
                        .text("status"))
                .isEqualTo("QUEUED");
        assertThat(shop.post(keys.get("other-till"), "/api/v1/redemptions/" + goesOut + "/release", Map.of())
                        .text("status"))
                .as("what waits may be released")
                .isEqualTo("RELEASED");
        shop.rings("t-1", null, 42.5);
        assertThat(shop.post(keys.get("other-till"), "/api/v1/completions", Map.of("transactionId", "t-1"))
                        .status())
                .isEqualTo(202);
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(waits)).as("its sale is heard, and it waits").isEqualTo("DUE");
        assertThat(changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redemption-put-renew, everything",
        "redemption-put-renew, account green-leaf",
        "redemption-put-renew, connection other-till",
        "redemption-put-renew, connection chosen",
        "reversal-put-attempt, everything",
        "reversal-put-attempt, connection other-till",
        "reversal-put-attempt, connection chosen",
        "cart-send-claim, everything",
        "cart-send-claim, connection paid"
    })
    void what_was_claimed_before_it_stands_does_not_leave_after(String step, String words) throws Exception {
        String route = step.startsWith("cart") ? "cart-claim" : step.replaceFirst("-[a-z]+$", "");
        String redemption = chosen("c-1", "t-1");
        if (step.startsWith("reversal")) {
            shop.bridge.run("redemption-execute");
            shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
            shop.bridge.run("pos-poll-other-till");
        }
        abandonedCart("paid", "left");
        Map<String, Integer> before = changes();
        AdviceWith.adviceWith(shop.bridge.with(route), route, false, advice -> advice.weaveById(step)
                .after()
                .process(exchange -> stop("file", words)));
        shop.bridge.run(
                switch (route) {
                    case "redemption-put" -> "redemption-execute";
                    case "reversal-put" -> "reversal-execute";
                    default -> "cart-send";
                });
        assertThat(changes()).isEqualTo(before);
        assertThat(shop.status(redemption)).isEqualTo(step.startsWith("reversal") ? "EXECUTED" : "DUE");
        assertThat(cart("left")).isEqualTo("WAITING");
        assertThat(shop.bridge.rows.queryForList("select status from reversal", String.class))
                .allMatch("WANTED"::equals);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account green-leaf|account green-leaf",
                "account green-leeaf|everything",
                "connection nowhere|everything",
                "account|everything",
                "stop it|everything",
                "ACCOUNT green-leaf|everything",
                "# only a remark|everything",
                "''|everything"
            })
    void a_file_that_is_not_clear_stops_everything(String text, String stopped) throws IOException {
        Files.writeString(folder.resolve("STOP"), text);
        assertThat(stops.standing())
                .singleElement()
                .satisfies(stop -> assertThat(stop.of().words()).isEqualTo(stopped));
        Files.writeString(folder.resolve("STOP"), "\n  connection web \r\n\naccount blue-leaf");
        assertThat(stops.standing())
                .extracting(stop -> stop.of().words())
                .containsExactlyInAnyOrder("connection web", "account blue-leaf");
        Files.delete(folder.resolve("STOP"));
        assertThat(stops.standing()).isEmpty();
    }

    @Test
    void a_folder_in_its_place_bytes_that_are_no_text_and_a_file_that_cannot_be_read_stop_everything()
            throws IOException {
        Path file = folder.resolve("STOP");
        Files.createDirectory(file);
        assertThat(stops.stands("green-leaf", "web")).isTrue();
        Files.delete(file);
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(stops.stands("green-leaf", "web")).isTrue();
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("nowhere"));
        assertThat(stops.stands("green-leaf", "web")).isTrue();
        Files.delete(file);
        assertThat(stops.stands("green-leaf", "web")).isFalse();
    }

    @Test
    void it_outlives_a_restart_and_two_stops_need_two_lifts() throws IOException {
        String redemption = due("other-till", "t-1");
        stop("row", "everything");
        assertThat(stops.stop(Scope.EVERYTHING, "lee", "me too"))
                .as("it stands")
                .isFalse();
        stop("row", "connection other-till");
        stop("file", "account green-leaf");
        shop.restart();
        stops();
        runsFor(Duration.ofMinutes(1));
        lift("row", "everything");
        assertThat(stops.lift(Scope.account("green-leaf"), "kim", "?"))
                .as("the file's goes with the file")
                .isFalse();
        runsFor(Duration.ofMinutes(1));
        lift("row", "connection other-till");
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        assertThat(changes()).isEmpty();
        Files.delete(folder.resolve("STOP"));
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(effects("REDEEMED")).isEqualTo(1);
    }

    @Test
    void a_file_that_is_there_before_the_bridge_starts_stops_it() throws IOException {
        String redemption = due("other-till", "t-1");
        shop.restart(() -> {
            try {
                stop("file", "everything");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        stops();
        runsFor(Duration.ofMinutes(1));
        assertThat(shop.status(redemption)).isEqualTo("DUE");
        assertThat(changes()).isEmpty();
        List<JsonNode> none = Stream.of("redeem", "cart")
                .flatMap(operation -> shop.aiq.requests(operation).stream())
                .toList();
        assertThat(none).isEmpty();
    }
}
