package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.operator.Listed;
import aiqbridge.stop.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens in whatever order: hundreds of stories of thirty steps and more, through the real routes and SQL, on both databases, with the simulator in a
 * process of its own. After each the invariants of src/test/README.md section 3 hold. The seed is printed; {@code -Dany-order.seed=…} repeats it. The long form is
 * {@code mvn -q -B test -Dtest=AnyOrderTest -Dany-order.stories=2000 -Dany-order.seed=1}, and the same with 2 and 3.
 */
@Order(1) // the longest first: the others run beside it
class AnyOrderTest {
    private static final int STORIES = Integer.getInteger("any-order.stories", 300);
    /** Of a hundred steps, so many are what cashiers, offline tills and back offices do beside ringing up and voiding. */
    private static final int TILL = 12;

    private static final List<String> TILL_KINDS = List.of(
            "twin",
            "undone cancellation",
            "part",
            "rest",
            "split",
            "refund by number",
            "unclear refund",
            "edit",
            "deletion",
            "other date",
            "walk-in",
            "offline sale",
            "note as typed",
            "repeated hour");
    /** One of so many stories is told around the hour that autumn repeats. */
    private static final int STORIES_PER_AUTUMN = 6;
    /** Each kind has to change something at the till once in so many stories. */
    private static final int STORIES_PER_KIND = 20;

    /** On average, on a busy machine; a quiet one tells three a second. */
    private static final Duration LONGEST_STORY = Duration.ofSeconds(10);

    private static final Duration SWEEP = Duration.ofMinutes(16);
    /** There are more where a sale is gone. */
    private static final int SWEEPS_IN_THE_END = 3;

    private static final int STORIES_PER_SHOP = 75;
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

    private volatile boolean failed;

    private final Map<String, Integer> steps = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> till = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> ends = new ConcurrentSkipListMap<>();

    /** Half of the shops on each database, some at a time: a story mostly waits, for AIQ or for a commit. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS) // the stories' own limit grows with their number
    void the_points_at_aiq_are_the_points_in_the_ledger() throws Exception {
        long seed = Long.getLong("any-order.seed", System.nanoTime());
        System.out.println("AnyOrderTest: seed " + seed);
        ExecutorService shops = Executors.newFixedThreadPool(SHOPS_AT_A_TIME);
        long until = System.nanoTime() + LONGEST_STORY.multipliedBy(STORIES).toNanos();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int shop = 0; shop * STORIES_PER_SHOP < STORIES; shop++) {
                int first = shop * STORIES_PER_SHOP;
                int number = Math.min(STORIES_PER_SHOP, STORIES - first);
                all.add(shops.submit(() -> stories(seed, first, number)));
            }
            for (Future<?> one : all) {
                one.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } finally {
            failed = true; // where one is, the others need not go on
            shops.shutdown();
            shops.awaitTermination(1, TimeUnit.MINUTES);
            System.out.println(
                    "AnyOrderTest: " + STORIES + " stories, steps " + steps + ", till " + till + ", ends " + ends);
        }
        for (String kind : TILL_KINDS) {
            assertThat(till.getOrDefault(kind, 0))
                    .as("stories tell of each kind of step: " + kind)
                    .isGreaterThanOrEqualTo(STORIES / STORIES_PER_KIND);
        }
        assertThat(ends.keySet())
                .as("the stories go everywhere")
                .contains("EXECUTED", "RELEASED", "QUEUED", "reversal DONE");
        assertThat(ends.getOrDefault("left", 0))
                .as("hardly anything is left for a person but what only a person can tell")
                .isLessThanOrEqualTo(STORIES / 50);
    }

    /** The stories of one shop; the story of one number is the same for one seed, whatever else runs. */
    Void stories(long seed, int first, int number, String... more) throws IOException {
        int shop = first / STORIES_PER_SHOP;
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
        settings.addAll(List.of(TestBridge.HOME_SETTING, homeWithTillClock(home).toString()));
        settings.addAll(List.of(more));
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
            passes(open, Duration.ofHours(1));
            open.poll();
            for (int story = first; story < first + number && !failed; story++) {
                if (postgresql && story % 20 == 0) {
                    open.bridge.rows.execute(
                            "analyze"); // as autovacuum does, but it comes once a minute, and a shop here is older by
                    // months then
                }
                new Story(open, new Random(seed * 1_000_000 + story), story).happens();
            }
            Listed.everything(open.bridge.rows, open.clock.millis());
        } catch (Throwable e) {
            failed = true;
            throw e;
        }
        return null;
    }

    /** The real routes and statements, but for the till database's own clock: it goes with the shop's. */
    private static Path homeWithTillClock(Path folder) throws IOException {
        Path home = TestBridge.copyOfHome(Files.createDirectory(folder.resolve("home")));
        Files.writeString(
                home.resolve("routes/pos/now.sqlite.sql"),
                "-- The time by the till database's own clock, in epoch seconds.\nselect now from till_clock\n");
        return home;
    }

    private static void passes(Shop shop, Duration time) {
        shop.passes(time);
        shop.till.update("update till_clock set now = ?", shop.clock.millis() / 1_000);
    }

    /** The till's views, with all that a make may tell. A refund may name the number that is printed on a ticket. */
    private static void tellsAll(Shop shop) {
        shop.till.execute("create table till_clock as select 0 as now");
        for (String column : List.of("reference", "number", "goods")) {
            shop.till.execute("alter table sale add column " + column + " text");
        }
        shop.till.execute("alter table taking_back add column number text");
        shop.till.execute("alter table taking_back add column whole integer");
        shop.till.execute("alter table taking_back add column candidates text");
        shop.till.execute("drop view aiq_sales");
        shop.till.execute("drop view aiq_reversals");
        shop.till.execute(
                "create view aiq_sales as select id as transaction_id, at as completed_at, total, null as location, phone, null as email, null as customer_id, note, reference, number, goods, discount_ids, null as discount_total, 'kim' as employee from sale where state = 'done'");
        shop.till.execute(
                "create view aiq_reversals as select id as transaction_id, coalesce(of, (select max(s.id) from sale s where s.number = taking_back.number and s.state = 'done' having count(*) = 1)) as original_transaction_id, kind, at as reversed_at, amount, whole, candidates, null as location from taking_back");
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
        private final Map<String, Long> lastCompleted = new HashMap<>();
        /** The notes that no cashier has typed yet, by redemption. */
        private final Map<String, String> notes = new LinkedHashMap<>();

        private String session;
        private boolean autumn;
        private Scope stopped;
        private int movedBefore;

        Story(Shop shop, Random random, int number) {
            this.shop = shop;
            this.random = random;
            this.contact = "c-" + number;
            this.phone = "55556" + (10_000 + number % 90_000);
            this.prefix = "s" + number + "-";
        }

        void happens() {
            shop.aiq.contact("1001", contact, phone, "1000");
            autumn = random.nextInt(STORIES_PER_AUTUMN) == 0;
            if (autumn) {
                passes(untilAutumn().plusMinutes(random.nextInt(110) - 60));
            }
            try {
                for (int i = 0; i < STEPS + random.nextInt(10); i++) {
                    step(random.nextInt(100));
                }
                inTheEnd();
                invariants();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "story " + prefix + " " + told + ": " + e.getMessage() + "; the till has " + theTill()
                                + ", and the bridge knows " + known(),
                        e);
            }
        }

        private void step(int dice) {
            if (random.nextInt(100) < TILL) {
                tell("till", () -> tillHappens(TILL_KINDS.get(random.nextInt(TILL_KINDS.size() - 1))));
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
                    passes(Duration.ofSeconds(
                            random.nextInt(10) == 0 && !autumn ? 3_600 * random.nextInt(30) : random.nextInt(400)));
                    shop.bridge.account("green-leaf", "1001", "demo-key"); // after a 403 somebody enters the key again
                });
            } else if (dice < 71 && random.nextInt(8) == 0) {
                tell("restart", shop::restart);
            } else if (dice < 72) {
                tell("stop or lift", this::stopOrLift);
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

        private void stopOrLift() {
            if (stopped == null) {
                stopped = List.of(Scope.EVERYTHING, Scope.account("green-leaf"), Scope.connection("other-till"))
                        .get(random.nextInt(3));
                assertThat(shop.bridge.bridge().stops().stop(stopped, "kim", "a story"))
                        .isTrue();
                movedBefore = moved();
            } else {
                assertThat(moved())
                        .as("calls that move points while it was stopped")
                        .isEqualTo(movedBefore);
                assertThat(shop.bridge.bridge().stops().lift(stopped, "kim", "a story"))
                        .isTrue();
                stopped = null;
            }
        }

        private int moved() {
            return Stream.of("redeem", "reverse", "adjust")
                    .mapToInt(operation -> shop.aiq.requests(operation).size())
                    .sum();
        }

        private void tell(String what, Runnable step) {
            told.add(what);
            steps.merge(what, 1, Integer::sum);
            step.run();
        }

        private String sale() {
            return prefix + random.nextInt(3);
        }

        /** Also one that stands in another's place, or beside it. */
        private String anySale() {
            List<String> all = firstCompleted.keySet().stream().sorted().toList();
            return all.isEmpty() || random.nextInt(4) > 0 ? sale() : all.get(random.nextInt(all.size()));
        }

        /** One that stands at the till, rather one that was redeemed; where none does, one is rung up. */
        private String completed() {
            List<String> all = shop.till.queryForList(
                    "select id from sale where id like ? and state = 'done' order by id", String.class, prefix + "%");
            if (all.isEmpty()) {
                all = List.of(sale());
                complete(all.get(0));
            }
            List<String> redeemed = new ArrayList<>(all);
            redeemed.retainAll(shop.bridge.rows.queryForList(
                    "select transaction_id from redemption where transaction_id like ? and status in ('EXECUTED', 'UNKNOWN')",
                    String.class,
                    prefix + "%"));
            List<String> from = redeemed.isEmpty() || random.nextInt(3) == 0 ? all : redeemed;
            return from.get(random.nextInt(from.size()));
        }

        private void passes(Duration time) {
            AnyOrderTest.passes(shop, time);
        }

        /** Until the till's clock is first set back. */
        private Duration untilAutumn() {
            ZoneRules rules = Shop.ZONE.getRules();
            ZoneOffsetTransition change =
                    rules.nextTransition(shop.clock.instant().plus(Duration.ofHours(1)));
            while (!change.isOverlap()) {
                change = rules.nextTransition(change.getInstant());
            }
            return Duration.between(shop.clock.instant(), change.getInstant());
        }

        private boolean inRepeatedHour() {
            ZoneRules rules = Shop.ZONE.getRules();
            LocalDateTime wallClock = LocalDateTime.ofInstant(shop.clock.instant(), Shop.ZONE);
            return rules.getValidOffsets(wallClock).size() == 2
                    && rules.getTransition(wallClock).getOffsetAfter().equals(rules.getOffset(shop.clock.instant()));
        }

        private void queue() {
            queue(random.nextInt(8) == 0);
        }

        /** @param byNote the till does not know the sale's id yet */
        private void queue(boolean byNote) {
            if (session == null || random.nextInt(3) == 0) {
                Shop.Answer wallet = shop.post(shop.key, "/api/v1/wallet", Map.of("phone", phone));
                assertThat(wallet.status()).as(wallet.body()).isIn(200, 404, 503);
                session = wallet.status() == 200 ? wallet.text("walletSession") : session;
            }
            if (session != null) {
                String discount = random.nextInt(4) == 0 ? "cup" : "gift";
                wish(
                        "k-" + prefix + wishes.size(),
                        byNote
                                ? Map.of("walletSession", session, "discountId", discount)
                                : Map.of("walletSession", session, "discountId", discount, "transactionId", anySale()));
            }
        }

        private void wish(String key, Map<String, String> wish) {
            wishes.put(key, wish);
            Shop.Answer answer = shop.post(shop.key, "/api/v1/redemptions", wish, "Idempotency-Key", key);
            if (stopped != null && answer.status() == 503) {
                assertThat(answer.text("type")).endsWith(":stopped");
                return;
            }
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
            complete(
                    sale,
                    notes.isEmpty()
                            ? null
                            : notes.remove(notes.keySet().iterator().next()));
        }

        private void complete(String sale, String note) {
            firstCompleted.putIfAbsent(sale, shop.clock.millis());
            lastCompleted.merge(sale, shop.clock.millis(), Math::max);
            shop.till.update(
                    "insert into sale (id, at, total, phone, state, number, note) values (?, ?, 20, ?, 'done', ?, ?) on conflict (id) do update set at = excluded.at, state = 'done', note = coalesce(excluded.note, note)",
                    sale,
                    shop.wallClock(),
                    phone,
                    "n-" + sale,
                    note);
            if (inRepeatedHour()) {
                till.merge("repeated hour", 1, Integer::sum);
            }
        }

        private int voids(String sale) {
            int voided = shop.till.update("update sale set state = 'void' where id = ? and state = 'done'", sale);
            if (voided == 1) {
                takenBack(sale, "void", 20, null);
            }
            return voided;
        }

        private int takenBack(String sale, String kind, int amount, Integer whole) {
            return shop.till.update(
                    "insert into taking_back (id, of, kind, at, amount, whole) values (?, ?, ?, ?, ?, ?)",
                    sale + "-" + told.size() + "-" + random.nextInt(1_000_000),
                    sale,
                    kind,
                    shop.wallClock(),
                    amount,
                    whole);
        }

        /** What cashiers, offline tills and back offices do beside ringing up and voiding. */
        private void tillHappens(String kind) {
            String sale = kind.equals("offline sale") || kind.equals("walk-in") ? sale() : completed();
            told.add(kind + " " + sale);
            int done =
                    switch (kind) {
                        case "twin" -> twin(sale);
                        case "undone cancellation" -> undoes(sale);
                        case "part" -> takenBack(sale, "return", 5, 0);
                        case "rest" -> takenBack(sale, "return", 15, 1);
                        case "split" -> takenBack(sale, "return", 10, null);
                        case "refund by number" -> refundsByNumber(sale);
                        case "unclear refund" -> refundsUnclear(sale);
                        case "edit" -> edits(sale);
                        case "deletion" -> shop.till.update("delete from sale where id = ?", sale);
                        case "other date" -> dates(sale);
                        case "walk-in" -> walksIn(sale);
                        case "offline sale" -> arrivesLate(sale);
                        case "note as typed" -> types();
                        default -> throw new IllegalArgumentException(kind);
                    };
            till.merge(kind, done, Integer::sum);
        }

        private int twin(String sale) {
            shop.till.update("update sale set reference = id where id = ? and reference is null", sale);
            int twins = shop.till.update(
                    "insert into sale (id, at, total, phone, state, note, reference) select id || 'x', at, total, phone, 'done', note, reference from sale where id = ? on conflict (id) do nothing",
                    sale);
            firstCompleted.putIfAbsent(sale + "x", firstCompleted.get(sale));
            return twins;
        }

        /** A cashier takes a cancellation or all returns of a sale back; the bridge has heard them. */
        private int undoes(String sale) {
            List<String> back = shop.till.queryForList(
                    "select distinct b.of from taking_back b join sale s on s.id = b.of where s.id like ? and s.state in ('done', 'void') order by 1",
                    String.class,
                    prefix + "%");
            String undone = back.isEmpty() ? sale : back.get(random.nextInt(back.size()));
            if (back.isEmpty()) {
                voids(undone);
                shop.poll();
                if (random.nextBoolean()) {
                    shop.bridge.run("reversal-execute");
                }
            }
            shop.till.update("update sale set state = 'done' where id = ?", undone);
            return Math.min(1, shop.till.update("delete from taking_back where of = ?", undone));
        }

        private int refundsByNumber(String sale) {
            return shop.till.update(
                    "insert into taking_back (id, kind, at, amount, number) select ?, 'return', ?, 20, number from sale where id = ? and number is not null",
                    sale + "-n" + told.size(),
                    shop.wallClock(),
                    sale);
        }

        private int refundsUnclear(String sale) {
            return shop.till.update(
                    "insert into taking_back (id, kind, at, amount, candidates) values (?, 'return', ?, 20, ?)",
                    sale + "-c" + told.size(),
                    shop.wallClock(),
                    sale + ", " + prefix + "0");
        }

        /** The ticket gets a new id under its number and note. */
        private int edits(String sale) {
            String edited = sale + "e" + told.size();
            shop.till.update(
                    "insert into sale (id, at, total, phone, state, note, number) select ?, at, total, phone, 'done', note, number from sale where id = ?",
                    edited,
                    sale);
            firstCompleted.put(edited, firstCompleted.get(sale));
            return shop.till.update("delete from sale where id = ?", sale);
        }

        /** A back office corrects the date of a sale that the bridge has heard. */
        private int dates(String sale) {
            shop.poll();
            return shop.till.update(
                    "update sale set at = ? where id = ?", shop.wallClock(Duration.ofDays(-random.nextInt(40))), sale);
        }

        private int walksIn(String sale) {
            complete(sale);
            return shop.till.update("update sale set phone = '0000000000' where id = ?", sale);
        }

        /** A till that was offline brings a sale with its old time. */
        private int arrivesLate(String chosen) {
            boolean there =
                    shop.till.queryForObject("select count(*) from sale where id = ?", Integer.class, chosen) > 0;
            String sale = there ? prefix + "o" + told.size() : chosen;
            Duration late = Duration.ofMinutes(5 + random.nextInt(660));
            int arrived = shop.till.update(
                    "insert into sale (id, at, total, phone, state, number) values (?, ?, 20, ?, 'done', ?) on conflict (id) do nothing",
                    sale,
                    shop.wallClock(late.negated()),
                    phone,
                    "n-" + sale);
            if (arrived == 1) {
                firstCompleted.merge(sale, shop.clock.millis() - late.toMillis(), Math::min);
                lastCompleted.merge(sale, shop.clock.millis() - late.toMillis(), Math::max);
            }
            return arrived;
        }

        /** A cashier types the note of a redemption on the ticket, as people write. */
        private int types() {
            for (int i = 0; i < 3 && notes.isEmpty(); i++) {
                queue(true); // a fault may be in the way
            }
            if (notes.isEmpty()) {
                return 0;
            }
            String note = notes.remove(notes.keySet().iterator().next()).substring(4);
            complete(
                    sale(),
                    random.nextBoolean()
                            ? "for Ada: a1q " + note.replace('0', 'o').replace('1', 'l')
                            : "AIQ\u2013" + note.toLowerCase(Locale.ROOT) + "\nVISA 1234");
            return 1;
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
            if (stopped != null) {
                stopOrLift();
            }
            // a sale is missed only where a later one stands
            shop.rings(prefix + "last", null, 7);
            for (int i = 0; i < 16 && (i < SWEEPS_IN_THE_END || unsettled() > 0 || unheard()); i++) {
                passes(i < 12 ? SWEEP : Duration.ofHours(25));
                shop.bridge.account(
                        "green-leaf", "1001", "demo-key"); // somebody looks after a 403 and enters the key again
                shop.bridge.run("aiq-probe");
                shop.poll();
                if (i == 0 || unsettled() > 0) {
                    List.of(
                                    "redemption-recover",
                                    "reversal-recover",
                                    "redemption-execute",
                                    "reversal-execute",
                                    "redemption-settle")
                            .forEach(shop.bridge::run);
                }
            }
            shop.bridge.run("pos-write-back-other-till");
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

        /** A sale that is gone is believed to be only after some sweeps. */
        private boolean unheard() {
            return shop
                    .bridge
                    .rows
                    .queryForList(
                            "select transaction_id from redemption r where transaction_id like ? and status = 'EXECUTED' and not exists (select 1 from reversal v where v.redemption_id = r.redemption_id)",
                            String.class,
                            prefix + "%")
                    .stream()
                    .anyMatch(sale -> isGone(states(sale)));
        }

        private List<String> states(String sale) {
            return shop.till.queryForList("select state from sale where id = ?", String.class, sale);
        }

        private static boolean isGone(List<String> states) {
            return !states.contains("done") && !states.contains("open");
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
                if (!shop.bridge
                        .rows
                        .queryForList(
                                "select 1 from audit where subject = ? and action = 'redemption-moved'", redemption)
                        .isEmpty()) {
                    ends.merge("moved to a sale that took its sale's place", 1, Integer::sum);
                }
                if (row.get("flag") != null) {
                    ends.merge("flag " + row.get("flag"), 1, Integer::sum);
                }
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
                standing(row, reversal);
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

        /** What the till says of the sale in the end is what the bridge made of it, or a person is told. */
        private void standing(Map<String, Object> row, String reversal) {
            String sale = (String) row.get("transaction_id");
            if (sale == null) {
                return;
            }
            String status = (String) row.get("status");
            List<String> states = states(sale);
            boolean takenBack = shop.till.queryForObject(
                            "select count(*) from aiq_reversals where original_transaction_id = ?", Integer.class, sale)
                    > 0;
            boolean completedSince = lastCompleted.getOrDefault(sale, 0L) > number(row.get("queued_at"));
            String about = row + ", at the till " + states + ", reversal " + reversal;
            if (states.contains("done") && !takenBack && completedSince) {
                assertThat(status).as("its sale stands, and it waits: " + about).isNotIn("QUEUED", "SELECTED", "DUE");
                assertThat(!reversal.equals("DONE") && !"sale reversed".equals(row.get("reason"))
                                || row.get("flag") != null
                                || redeemedBeside(row))
                        .as("its sale stands, it has no points, and nobody is told: " + about)
                        .isTrue();
            }
            if (isGone(states) && status.equals("EXECUTED")) {
                assertThat(reversal).as("its sale is gone: " + about).isNotEqualTo("none");
            }
            assertThat(row.get("reason"))
                    .as("whoever bought is its customer, or nobody")
                    .isNotEqualTo("other-customer");
        }

        private static long number(Object value) {
            return ((Number) value).longValue();
        }

        /** Another redemption stands for the discount of the sale. */
        private boolean redeemedBeside(Map<String, Object> row) {
            return shop.bridge.rows.queryForObject(
                            "select count(*) from redemption where transaction_id = ? and discount_id = ? and redemption_id <> ? and status <> 'RELEASED'",
                            Integer.class,
                            row.get("transaction_id"),
                            row.get("discount_id"),
                            row.get("redemption_id"))
                    > 0;
        }

        private String theTill() {
            return shop.till.queryForList(
                            "select id, at, state, reference, number, note from sale where id like ?", prefix + "%")
                    + ", "
                    + shop.till.queryForList("select * from taking_back where id like ?", prefix + "%");
        }

        private String known() {
            return shop.bridge
                    .rows
                    .queryForList(
                            "select transaction_id, status, completed_at, seen_at, heard_at, reversed_at, missed_sweeps, missing_at from pos_transaction where transaction_id like ?",
                            prefix + "%")
                    .toString();
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
