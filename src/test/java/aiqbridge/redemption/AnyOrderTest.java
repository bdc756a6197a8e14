package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.operator.Listed;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens in whatever order: hundreds of stories of thirty steps and more, through the real routes and SQL, on both databases, with the simulator in a
 * process of its own. After each the invariants of src/test/README.md section 3 hold. The seed is printed; {@code -Dany-order.seed=…} repeats it, {@code -Dany-order.stories=…} makes it longer.
 */
@Order(1) // the longest first: the others run beside it
class AnyOrderTest {
    private static final int STORIES = Integer.getInteger("any-order.stories", 100);
    /** Of a hundred steps, so many are what cashiers, offline tills and back offices do beside ringing up and voiding. */
    private static final int TILL = Integer.getInteger("any-order.till", 0);

    private static final int STORIES_PER_SHOP = 125;
    private static final int SHOPS_AT_A_TIME = 2;
    private static final int STEPS = 30;
    private static final List<String> FAULTS = List.of(
            "hang-before-effect",
            "hang-after-effect",
            "reset-before-effect",
            "reset-after-effect",
            "half-body",
            "status-before-effect",
            "status-after-effect",
            "html-502",
            "redirect",
            "bad-json",
            "null-body",
            "delay");
    private static final List<String> OPERATIONS =
            List.of("redeem", "redeem", "redeem", "wallet", "reverse", "adjust", "redemptions", "timeline", "*");

    /** What a till does that only a person can tell. */
    private static final Set<String> FOR_A_PERSON =
            Set.of("twin-sale", "several-successors", "sale deleted", "several-notes", "note-on-two-sales");

    @TempDir
    Path folder;

    private final Map<String, Integer> steps = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> ends = new ConcurrentSkipListMap<>();

    /** Half of the shops on each database, some at a time: a story mostly waits, for AIQ or for a commit. */
    @Test
    @Timeout(1_200)
    void the_points_at_aiq_are_the_points_in_the_ledger() throws Exception {
        long seed = Long.getLong("any-order.seed", System.nanoTime());
        System.out.println("AnyOrderTest: seed " + seed);
        ExecutorService shops = Executors.newFixedThreadPool(SHOPS_AT_A_TIME);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int shop = 0; shop * STORIES_PER_SHOP < STORIES; shop++) {
                int number = shop;
                all.add(shops.submit(() -> stories(seed, number)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            shops.shutdownNow();
        }
        System.out.println("AnyOrderTest: " + STORIES + " stories, steps " + steps + ", ends " + ends);
        assertThat(ends.keySet())
                .as("the stories go everywhere")
                .contains("EXECUTED", "RELEASED", "QUEUED", "reversal DONE");
        assertThat(ends.getOrDefault("left", 0))
                .as("hardly anything is left for a person but what only a person can tell")
                .isLessThanOrEqualTo(STORIES / 50);
    }

    /** The stories of one shop; the story of one number is the same for one seed, whatever else runs. */
    private Void stories(long seed, int shop) throws IOException {
        Path home = Files.createDirectory(folder.resolve("shop-" + shop));
        List<String> settings = new ArrayList<>(List.of(
                "wallet.codes-per-connection-and-hour",
                "1000000",
                "reversal.brake",
                "1000000",
                "node.name",
                "bridge-" + shop));
        for (String operation :
                List.of("redeem", "wallet", "reverse", "adjust", "redemptions", "adjustments", "timeline", "stores")) {
            settings.addAll(List.of("aiq." + operation + "-timeout", "250ms"));
        }
        boolean postgresql = shop % 2 == 1;
        if (postgresql) {
            settings.addAll(List.of(Databases.postgresqlStore()));
        }
        try (Shop open = Shop.withSimulatorApart(home, settings.toArray(String[]::new))) {
            open.aiq.seedDemo();
            open.aiq.discount("1001", "gift", "100", false);
            open.aiq.discount("1001", "cup", "30", true);
            open.moveTo("other-till");
            tellsAll(open);
            open.passes(Duration.ofHours(1));
            open.poll();
            for (int story = shop * STORIES_PER_SHOP;
                    story < Math.min((shop + 1) * STORIES_PER_SHOP, STORIES);
                    story++) {
                if (postgresql && story % 20 == 0) {
                    open.bridge.rows.execute(
                            "analyze"); // as autovacuum does, but it comes once a minute, and a shop here is older by
                    // months then
                }
                new Story(open, new Random(seed + story), story).happens();
            }
            Listed.everything(open.bridge.rows, open.clock.millis());
        }
        return null;
    }

    /** The till's views, with all that a make may tell. */
    private static void tellsAll(Shop shop) {
        for (String column : List.of("reference", "number", "goods")) {
            shop.till.execute("alter table sale add column " + column + " text");
        }
        shop.till.execute("alter table taking_back add column whole integer");
        shop.till.execute("alter table taking_back add column candidates text");
        shop.till.execute("drop view aiq_sales");
        shop.till.execute("drop view aiq_reversals");
        shop.till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, total, null as location, phone, null as email, null as customer_id, note, reference, number, goods, discount_ids, null as discount_total, 'kim' as employee from sale where state = 'done'");
        shop.till.execute(
                "create view aiq_reversals as select id as transaction_id, of as original_transaction_id, kind, at as reversed_at, amount, whole, candidates, null as location from taking_back");
    }

    /** One customer, three sales, and what happens to them. */
    private final class Story {
        private final Shop shop;
        private final Random random;
        private final String contact;
        private final String phone;
        private final String prefix;
        private final List<String> told = new ArrayList<>();
        private final List<String> redemptions = new ArrayList<>();
        private final Map<String, Map<String, String>> wishes = new HashMap<>();
        private final Map<String, Long> firstCompleted = new HashMap<>();
        private final Map<String, String> notes = new HashMap<>();
        private String session;

        Story(Shop shop, Random random, int number) {
            this.shop = shop;
            this.random = random;
            this.contact = "c-" + number;
            this.phone = "55556" + (10_000 + number % 90_000);
            this.prefix = "s" + number + "-";
        }

        void happens() {
            shop.aiq.contact("1001", contact, phone, "1000");
            try {
                for (int i = 0; i < STEPS + random.nextInt(10); i++) {
                    step(random.nextInt(100));
                }
                inTheEnd();
                invariants();
                // the till's own clock is behind the shop's, so every poll of the stories to come would read these
                // again
                shop.till.update("delete from sale");
                shop.till.update("delete from taking_back");
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("story " + prefix + " " + told + ": " + e.getMessage(), e);
            }
        }

        private void step(int dice) {
            if (TILL > 0 && random.nextInt(100) < TILL) {
                tell("till", this::tillHappens);
            } else if (dice < 18) {
                tell("queue", this::queue);
            } else if (dice < 22) {
                tell("repeat", this::repeat);
            } else if (dice < 36) {
                tell("complete", () -> complete(sale()));
            } else if (dice < 42) {
                tell("void", () -> voids(sale()));
            } else if (dice < 44) {
                tell("reopen", () -> shop.till.update("update sale set state = 'open' where id = ?", sale()));
            } else if (dice < 48) {
                tell("release", this::release);
            } else if (dice < 60) {
                String operation = OPERATIONS.get(random.nextInt(OPERATIONS.size())),
                        fault = FAULTS.get(random.nextInt(FAULTS.size()));
                int status = List.of(500, 503, 429, 404, 400, 409, 403).get(random.nextInt(7));
                tell(
                        "fault",
                        () -> shop.aiq.fault(Map.of(
                                "operation", operation, "kind", fault, "status", status, "delayMs", 20, "times", 1)));
                told.add(operation + " " + fault + " " + status);
            } else if (dice < 70) {
                tell("time", () -> {
                    shop.passes(Duration.ofSeconds(
                            random.nextInt(10) == 0 ? 3_600 * random.nextInt(30) : random.nextInt(400)));
                    shop.bridge.account("green-leaf", "1001", "demo-key"); // after a 403 somebody enters the key again
                });
            } else if (dice < 71 && random.nextInt(8) == 0) {
                tell("restart", shop::restart);
            } else if (dice < 84) {
                tell("poll", shop::poll);
            } else if (dice < 93) {
                tell("execute", () -> shop.bridge.run("redemption-execute"));
            } else {
                String route = List.of(
                                "redemption-recover",
                                "redemption-settle",
                                "redemption-expire",
                                "reversal-execute",
                                "reversal-recover",
                                "pos-write-back-other-till",
                                "aiq-probe")
                        .get(random.nextInt(7));
                tell(route, () -> shop.bridge.run(route));
            }
        }

        private void tell(String what, Runnable step) {
            told.add(what);
            steps.merge(what, 1, Integer::sum);
            step.run();
        }

        private String sale() {
            return prefix + random.nextInt(3);
        }

        private void queue() {
            if (session == null || random.nextInt(3) == 0) {
                Shop.Answer wallet = shop.post(shop.key, "/api/v1/wallet", Map.of("phone", phone));
                assertThat(wallet.status()).as(wallet.body()).isIn(200, 404, 503);
                session = wallet.status() == 200 ? wallet.text("walletSession") : session;
            }
            if (session != null) {
                String discount = random.nextInt(4) == 0 ? "cup" : "gift";
                wish(
                        "k-" + prefix + wishes.size(),
                        TILL > 0 && random.nextInt(8) == 0
                                ? Map.of("walletSession", session, "discountId", discount)
                                : Map.of("walletSession", session, "discountId", discount, "transactionId", sale()));
            }
        }

        private void wish(String key, Map<String, String> wish) {
            wishes.put(key, wish);
            Shop.Answer answer = shop.post(shop.key, "/api/v1/redemptions", wish, "Idempotency-Key", key);
            assertThat(answer.status()).as(answer.body()).isIn(200, 202, 409, 422);
            if (answer.status() / 100 == 2 && !redemptions.contains(answer.text("redemptionId"))) {
                redemptions.add(answer.text("redemptionId"));
                if (!wish.containsKey("transactionId")) {
                    notes.put(answer.text("redemptionId"), answer.text("note"));
                }
            }
        }

        private void repeat() {
            if (!wishes.isEmpty()) {
                List<String> keys = wishes.keySet().stream().sorted().toList();
                String key = keys.get(random.nextInt(keys.size()));
                wish(key, wishes.get(key));
            }
        }

        private void complete(String sale) {
            firstCompleted.putIfAbsent(sale, shop.clock.millis());
            shop.till.update(
                    "insert into sale (id, at, total, phone, state, number, note) values (?, ?, 20, ?, 'done', ?, ?) on conflict (id) do update set at = excluded.at, state = 'done'",
                    sale,
                    shop.wallClock(),
                    phone,
                    "n-" + sale,
                    notes.isEmpty()
                            ? null
                            : typed(notes.remove(notes.keySet().iterator().next())));
        }

        /** A note as the bridge gave it, or as a cashier types it. */
        private String typed(String note) {
            return switch (random.nextInt(3)) {
                case 0 -> note;
                case 1 -> "for Ada: a1q " + note.substring(4).replace('0', 'o').replace('1', 'l');
                default -> "AIQ\u2013" + note.substring(4).toLowerCase(java.util.Locale.ROOT) + "\nVISA 1234";
            };
        }

        private void voids(String sale) {
            if (shop.till.update("update sale set state = 'void' where id = ? and state = 'done'", sale) == 1) {
                shop.till.update(
                        "insert into taking_back (id, of, kind, at, amount) values (?, ?, 'void', ?, 20)",
                        sale + "-v" + random.nextInt(),
                        sale,
                        shop.wallClock());
            }
        }

        /** What cashiers, offline tills and back offices do beside ringing up and voiding. */
        private void tillHappens() {
            String sale = sale();
            switch (random.nextInt(9)) {
                case 0 -> {
                    told.add("twin " + sale);
                    twin(sale);
                }
                case 1 -> {
                    told.add("undo " + sale);
                    if (shop.till.update("delete from taking_back where of = ?", sale) > 0) {
                        shop.till.update("update sale set state = 'done' where id = ?", sale);
                    }
                }
                case 2 -> {
                    told.add("part " + sale);
                    returns(sale, 0);
                }
                case 3 -> {
                    told.add("rest " + sale);
                    returns(sale, 1);
                }
                case 4 -> {
                    told.add("unclear refund " + sale);
                    shop.till.update(
                            "insert into taking_back (id, of, kind, at, amount, candidates) values (?, null, 'return', ?, 20, ?)",
                            sale + "-c" + random.nextInt(),
                            shop.wallClock(),
                            sale + ", " + prefix + "0");
                }
                case 5 -> {
                    told.add("edit " + sale);
                    edits(sale);
                }
                case 6 -> {
                    told.add("dated " + sale);
                    shop.till.update(
                            "update sale set at = ? where id = ? and state = 'done'",
                            shop.wallClock(Duration.ofDays(-random.nextInt(40))),
                            sale);
                }
                case 7 -> {
                    told.add("walk-in " + sale);
                    complete(sale);
                    shop.till.update("update sale set phone = '0000000000' where id = ?", sale);
                }
                default -> {
                    told.add("offline " + sale);
                    Duration late = Duration.ofHours(random.nextInt(11));
                    firstCompleted.merge(sale, shop.clock.millis() - late.toMillis(), Math::min);
                    shop.till.update(
                            "insert into sale (id, at, total, phone, state, number) values (?, ?, 20, ?, 'done', ?) on conflict (id) do nothing",
                            sale,
                            shop.wallClock(late.negated()),
                            phone,
                            "n-" + sale);
                }
            }
        }

        private void twin(String sale) {
            shop.till.update("update sale set reference = id where id = ? and state = 'done'", sale);
            shop.till.update(
                    "insert into sale (id, at, total, phone, state, note, reference) select id || 'x', at, total, phone, 'done', note, id from sale where id = ? and state = 'done' on conflict (id) do nothing",
                    sale);
            firstCompleted.putIfAbsent(sale + "x", firstCompleted.getOrDefault(sale, shop.clock.millis()));
        }

        private void returns(String sale, int whole) {
            shop.till.update(
                    "insert into taking_back (id, of, kind, at, amount, whole) select ?, id, 'return', ?, ?, ? from sale where id = ? and state = 'done'",
                    sale + "-r" + random.nextInt(),
                    shop.wallClock(),
                    whole == 1 ? 15 : 5,
                    whole,
                    sale);
        }

        /** The ticket gets a new id under its number; now and then it is only deleted. */
        private void edits(String sale) {
            String edited = sale + "e" + random.nextInt(1_000);
            if (random.nextInt(3) > 0
                    && shop.till.update(
                                    "insert into sale (id, at, total, phone, state, note, number) select ?, at, total, phone, 'done', note, number from sale where id = ? and state = 'done'",
                                    edited,
                                    sale)
                            == 1) {
                firstCompleted.put(edited, firstCompleted.get(sale));
            }
            shop.till.update("delete from sale where id = ? and state = 'done'", sale);
        }

        private void release() {
            if (!redemptions.isEmpty()) {
                shop.post(
                        shop.key,
                        "/api/v1/redemptions/" + redemptions.get(random.nextInt(redemptions.size())) + "/release",
                        Map.of());
            }
        }

        /** Nothing fails any more and time goes on until everything is settled. */
        private void inTheEnd() {
            shop.aiq.clearFaults();
            for (int i = 0; i < 12 && (i < 2 || unsettled() > 0); i++) {
                shop.passes(i < 8 ? Duration.ofMinutes(4) : Duration.ofHours(25));
                shop.bridge.account(
                        "green-leaf", "1001", "demo-key"); // somebody looks after a 403 and enters the key again
                shop.bridge.run("aiq-probe");
                for (String route : List.of(
                        "redemption-recover",
                        "reversal-recover",
                        "pos-poll-other-till",
                        "redemption-execute",
                        "reversal-execute",
                        "redemption-settle",
                        "pos-write-back-other-till")) {
                    shop.bridge.run(route);
                }
            }
            assertThat(unsettled()).as("nothing is stuck silently").isZero();
        }

        private int unsettled() {
            return shop.bridge.rows.queryForObject(
                            "select count(*) from redemption where status in ('DUE', 'EXECUTING', 'UNKNOWN')",
                            Integer.class)
                    + shop.bridge.rows.queryForObject(
                            "select count(*) from reversal where status in ('WANTED', 'EXECUTING', 'UNKNOWN')",
                            Integer.class)
                    + shop.bridge.rows.queryForObject(
                            "select count(*) from redemption r where reversal_wanted is not null and status = 'EXECUTED' and not exists (select 1 from reversal v where v.redemption_id = r.redemption_id)",
                            Integer.class);
        }

        private void invariants() {
            List<JsonNode> redeemed = effects("REDEEMED");
            BigDecimal spent = BigDecimal.ZERO, inDoubt = BigDecimal.ZERO;
            for (String redemption : redemptions) {
                Map<String, Object> row =
                        shop.bridge.rows.queryForMap("select * from redemption where redemption_id = ?", redemption);
                String reversal = shop
                        .bridge
                        .rows
                        .queryForList("select status from reversal where redemption_id = ?", String.class, redemption)
                        .stream()
                        .findFirst()
                        .orElse("none");
                String status = (String) row.get("status");
                ends.merge(status, 1, Integer::sum);
                ends.merge("reversal " + reversal, 1, Integer::sum);
                String why = status.equals("PARKED")
                        ? String.valueOf(row.get("reason"))
                        : reversal.equals("PARKED")
                                ? shop.bridge.rows.queryForObject(
                                        "select coalesce(reason, kind) from reversal where redemption_id = ?",
                                        String.class,
                                        redemption)
                                : null;
                if (why != null) {
                    ends.merge("for a person: " + why, 1, Integer::sum);
                    ends.merge(FOR_A_PERSON.contains(why) ? "told" : "left", 1, Integer::sum);
                }
                BigDecimal ledger = new BigDecimal(shop.bridge.rows.queryForObject(
                        "select coalesce(sum(points), 0) from ledger where redemption_id = ?",
                        String.class,
                        redemption));
                int attempts = shop.bridge.rows.queryForObject(
                        "select count(*) from attempt where subject_id = ?", Integer.class, redemption);
                spent = spent.add(ledger);
                if (status.equals("PARKED") && attempts > 0 || reversal.equals("PARKED")) {
                    inDoubt = inDoubt.add(new BigDecimal(row.get("points").toString()));
                }
                if (status.equals("QUEUED") || status.equals("RELEASED")) {
                    assertThat(attempts == 0 || List.of("sale reversed").contains(row.get("reason")))
                            .as(status + " " + row.get("reason") + " was never sent")
                            .isTrue();
                }
                if (status.equals("EXECUTED")) {
                    assertThat(shop.bridge.rows.queryForObject(
                                    "select count(*) from ledger where redemption_id = ? and kind = 'REDEEMED'",
                                    Integer.class,
                                    redemption))
                            .isEqualTo(1);
                    Double shown = shop
                            .till
                            .queryForList(
                                    "select points from aiq_points where transaction_id = ?",
                                    Double.class,
                                    row.get("transaction_id"))
                            .stream()
                            .findFirst()
                            .orElse(null);
                    if (redemptionsOf(row) == 1) {
                        assertThat(shown)
                                .as("the till shows what the ledger says")
                                .isEqualTo(ledger.doubleValue());
                    }
                }
            }
            BigDecimal gone = new BigDecimal("1000").subtract(shop.aiq.points(contact));
            assertThat(gone.subtract(spent).abs())
                    .as("points taken at AIQ " + gone + ", in the ledger " + spent + ", with a person " + inDoubt)
                    .isLessThanOrEqualTo(inDoubt);
            for (JsonNode effect : redeemed) {
                String sale = effect.path("transactionID").asText();
                assertThat(firstCompleted)
                        .as("nothing for a sale that was never completed")
                        .containsKey(sale);
                assertThat(effect.path("time").asLong())
                        .as("nothing before its sale")
                        .isGreaterThanOrEqualTo(firstCompleted.get(sale) - 1_000);
            }
            Map<String, Integer> once = new HashMap<>();
            redeemed.forEach(e -> once.merge(
                    e.path("transactionID").asText() + e.path("discountID").asText(), 1, Integer::sum));
            once.forEach((what, times) -> assertThat(times).as(what).isLessThanOrEqualTo((int)
                    redemptions.stream().filter(r -> attempted(r, what)).count()));
            assertThat(shop.bridge.rows.queryForObject(
                            "select count(*) from redemption r join contact c on c.customer_key = r.customer_key where c.contact_id = ?",
                            Integer.class,
                            contact))
                    .as("nothing accepted is lost")
                    .isEqualTo(redemptions.size());
        }

        private boolean attempted(String redemption, String what) {
            return shop.bridge.rows.queryForObject(
                            "select count(*) from attempt where subject_id = ? and transaction_id || discount_id = ?",
                            Integer.class,
                            redemption,
                            what)
                    > 0;
        }

        private int redemptionsOf(Map<String, Object> row) {
            return shop.bridge.rows.queryForObject(
                    "select count(*) from redemption where transaction_id = ? and status = 'EXECUTED'",
                    Integer.class,
                    row.get("transaction_id"));
        }

        private List<JsonNode> effects(String kind) {
            return shop.aiq.effects(kind).stream()
                    .filter(e -> e.path("contactID").asText().equals(contact))
                    .toList();
        }
    }
}
