package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each status that is registered, and with {@code -Dstatuses=all} each from 200 to 599; resets and cut answers, before and after the effect, on each of the three calls that move points: nothing is sent again for
 * what was answered, only for what AIQ's own records show not to have happened; in the end the points moved once.
 */
class NoStatusProvesAnythingTest {
    private static final int[] EMPTY = {204, 205};
    private static final boolean ALL = "all".equals(System.getProperty("statuses"));
    /** Beside the first eighteen and the last of each hundred. */
    private static final Set<Integer> REGISTERED = Set.of(226, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451);

    @TempDir
    Path folder;

    /** One call of one contact, and the fault that its answer has. */
    private record Case(String id, String call, String fault, int status) {
        boolean after() {
            return fault.endsWith("after-effect") || fault.equals("half-body");
        }

        /** Whether the answer is a whole 2xx that says what was done. */
        boolean answered() {
            return fault.equals("status-after-effect") && status / 100 == 2 && status != EMPTY[0] && status != EMPTY[1];
        }

        String account() {
            return "a-" + status;
        }
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String call : List.of("redeem", "reverse", "adjust")) {
            for (int status = 200; status < 600; status++) {
                if (ALL || status % 100 < 18 || status % 100 == 99 || REGISTERED.contains(status)) {
                    cases.add(new Case(call + "-b-" + status, call, "status-before-effect", status));
                    cases.add(new Case(call + "-a-" + status, call, "status-after-effect", status));
                }
            }
            List<String> broken =
                    List.of("reset-before-effect", "reset-after-effect", "cut-before-effect", "half-body");
            for (int i = 0; i < broken.size(); i++) {
                cases.add(new Case(call + "-x-" + i, call, broken.get(i), i / 2));
            }
        }
        return cases;
    }

    @Test
    @Timeout(600)
    void what_was_answered_is_not_sent_again_and_the_points_move_once() {
        List<Case> cases = cases();
        try (Shop shop = new Shop(folder)) {
            cases.stream().map(Case::status).distinct().forEach(status -> account(shop, status));
            cases.forEach(c -> due(shop, c));
            faults(shop, cases, "redeem");
            assertThat(untilNothingIs(shop, "redemption", "DUE", "redemption-execute"))
                    .containsExactly("a-401", "a-403");
            cases.forEach(c -> assertThat(shop.status(c.id()))
                    .as(c.id())
                    .isEqualTo(c.call().equals("redeem") && !c.answered() ? "UNKNOWN" : "EXECUTED"));

            shop.passes(Duration.ofMinutes(10));
            cases.stream().filter(c -> !c.call().equals("redeem")).forEach(c -> takenBack(shop, c));
            faults(shop, cases, "reverse");
            faults(shop, cases, "adjust");
            assertThat(untilNothingIs(shop, "reversal", "WANTED", "reversal-execute"))
                    .containsExactly("a-401", "a-403");
            Map<String, String> reversals = reversals(shop);
            cases.stream().filter(c -> !c.call().equals("redeem")).forEach(c -> assertThat(reversals.get(c.id()))
                    .as(c.id())
                    .isEqualTo(c.answered() ? "DONE" : "UNKNOWN"));
            onceEach(cases, shop.aiq.requests("redeem"), "redeem");
            onceEach(cases, shop.aiq.requests("reverse"), "reverse");
            onceEach(cases, shop.aiq.requests("adjust"), "adjust");

            for (int i = 0; i < 4 && unclear(shop) > 0; i++) {
                shop.settles();
                untilNothingIs(shop, "redemption", "DUE", "redemption-execute");
                untilNothingIs(shop, "reversal", "WANTED", "reversal-execute");
            }
            Map<String, String> ends = reversals(shop);
            Map<String, Integer> taken = count(shop.aiq.effects("REDEEMED")),
                    back = count(shop.aiq.effects("REVERSED")),
                    adjusted = count(shop.aiq.effects("ADJUSTED"));
            for (Case c : cases) {
                assertThat(shop.status(c.id())).as(c.id()).isEqualTo("EXECUTED");
                assertThat(taken.get(c.id())).as("taken: " + c.id()).isEqualTo(1);
                if (!c.call().equals("redeem")) {
                    assertThat(ends.get(c.id())).as(c.id()).isEqualTo("DONE");
                    assertThat(back.getOrDefault(c.id(), 0) + adjusted.getOrDefault(c.id(), 0))
                            .as("given back: " + c.id())
                            .isEqualTo(1);
                }
            }
            assertThat(shop.bridge.rows.queryForObject(
                            "select count(*) from redemption where not exists (select 1 from ledger l where l.redemption_id = redemption.redemption_id and l.kind = 'REDEEMED')",
                            Integer.class))
                    .isZero();
        }
    }

    private static void account(Shop shop, int status) {
        shop.aiq.account("u" + status, "key-" + status);
        shop.aiq.discount("u" + status, "d-" + status, "100", true);
        shop.bridge.account("a-" + status, "u" + status, "key-" + status);
        shop.confirmed("a-" + status, "u" + status);
    }

    /** A redemption whose sale is completed, of a customer of its own. */
    private static void due(Shop shop, Case c) {
        String phone = "555" + String.format("%07d", Math.abs(c.id().hashCode()) % 10_000_000);
        shop.aiq.contact("u" + c.status(), c.id(), phone, "1000");
        long now = shop.clock.millis();
        shop.bridge.rows.update(
                "insert into contact (customer_key, account_id, identity, contact_id, phone, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?)",
                c.id(),
                c.account(),
                "aiq:" + c.id(),
                c.id(),
                "+1" + phone,
                now,
                now);
        shop.bridge.rows.update(
                "insert into pos_transaction (connection, location, transaction_id, status, completed_at, total, seen_at, heard_at, updated_at) values ('till', 'main', ?, 'COMPLETED', ?, 20, ?, ?, ?)",
                c.id(),
                now,
                now,
                now,
                now);
        shop.bridge.rows.update(
                """
            insert into redemption (redemption_id, account_id, connection, location, model, status, note, transaction_id, customer_key, contact_id, discount_id, discount_name, points, reusable, queued_at, expires_at, due_at, next_attempt_at, created_at, updated_at)
            values (?, ?, 'till', 'main', 'POS', 'DUE', ?, ?, ?, ?, ?, 'd', 100, 1, ?, ?, ?, ?, ?, ?)""",
                c.id(),
                c.account(),
                c.id(),
                c.id(),
                c.id(),
                c.id(),
                "d-" + c.status(),
                now,
                now,
                now,
                now,
                now,
                now);
    }

    private static void takenBack(Shop shop, Case c) {
        long now = shop.clock.millis();
        shop.bridge.rows.update(
                "update redemption set reversal_wanted = 'sale reversed' where redemption_id = ?", c.id());
        shop.bridge.rows.update(
                "insert into reversal (reversal_id, redemption_id, account_id, connection, status, kind, method, reference, next_attempt_at, created_at, updated_at) values (?, ?, ?, 'till', 'WANTED', 'sale reversed', ?, ?, ?, ?, ?)",
                "v-" + c.id(),
                c.id(),
                c.account(),
                c.call().equals("adjust") ? "ADJUSTMENT" : "REVERSAL",
                "aiq-bridge " + c.id(),
                now,
                now,
                now);
    }

    private static void faults(Shop shop, List<Case> cases, String call) {
        for (Case c : cases) {
            if (c.call().equals(call)) {
                shop.aiq.fault(
                        Map.of("operation", call, "path", "/" + c.id(), "kind", c.fault(), "status", c.status()));
            }
        }
    }

    /** The clock's route runs until no row is in this state; a paused account gets its key again. Which ones were paused. */
    private static Set<String> untilNothingIs(Shop shop, String table, String status, String route) {
        Set<String> paused = new TreeSet<>();
        for (int i = 0;
                i < 300
                        && shop.bridge.rows.queryForObject(
                                        "select count(*) from " + table + " where status = ?", Integer.class, status)
                                > 0;
                i++) {
            shop.bridge.run(route);
            shop.passes(Duration.ofSeconds(2));
            paused.addAll(shop.bridge.rows.queryForList(
                    "select account_id from account where paused_at is not null", String.class));
            shop.bridge.rows.update("update account set paused_at = null, held_until = 0");
        }
        paused.addAll(shop.bridge.rows.queryForList(
                "select account_id from account where paused_at is not null", String.class));
        return paused;
    }

    private static int unclear(Shop shop) {
        return shop.bridge.rows.queryForObject(
                "select (select count(*) from redemption where status <> 'EXECUTED') + (select count(*) from reversal where status <> 'DONE')",
                Integer.class);
    }

    private static Map<String, String> reversals(Shop shop) {
        Map<String, String> reversals = new HashMap<>();
        shop.bridge
                .rows
                .queryForList("select redemption_id, status from reversal")
                .forEach(r -> reversals.put((String) r.get("redemption_id"), (String) r.get("status")));
        return reversals;
    }

    /** AIQ got the call of each case once, whatever it answered. */
    private static void onceEach(List<Case> cases, List<JsonNode> requests, String call) {
        Map<String, Integer> got = new HashMap<>();
        for (JsonNode request : requests) {
            for (String part : request.path("path").asText().split("/")) {
                got.merge(part, 1, Integer::sum);
            }
        }
        cases.stream().filter(c -> c.call().equals(call)).forEach(c -> assertThat(got.get(c.id()))
                .as(call + " " + c.id())
                .isEqualTo(1));
    }

    private static Map<String, Integer> count(List<JsonNode> effects) {
        Map<String, Integer> count = new HashMap<>();
        effects.forEach(e -> count.merge(e.path("contactID").asText(), 1, Integer::sum));
        return count;
    }
}
