package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.storefront.mapping.ShopEvents;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Stories of customers and their rewards, many at a time at one bridge, each account with a fault of its own. Time is turned; what AIQ took and gave back is
 * counted from the simulator's history alone.
 */
final class FaultStories implements AutoCloseable {
    /** What AIQ, or the way to it, does wrong. The first fourteen are an answer to the call itself; with the others the answer is lost, too, before or after the effect. */
    enum Trouble {
        TIME_OUT_BEFORE_EFFECT,
        TIME_OUT_AFTER_EFFECT,
        RESET_BEFORE_EFFECT,
        RESET_AFTER_EFFECT,
        CUT_BEFORE_EFFECT,
        HALF_BODY_AFTER_EFFECT,
        SLOW_DRIP,
        STATUS_BEFORE_EFFECT,
        STATUS_AFTER_EFFECT,
        FAILURE_IN_200,
        SUCCESS_THAT_LIES,
        HTML_OR_REDIRECT,
        BAD_JSON,
        NULL_BODY,
        LATE_EFFECT,
        WALLET_LAGS,
        TIMELINE_LAGS,
        REPORT_LAGS,
        LISTS_EMPTY_OR_NULL,
        LISTS_RENAMED_OR_CUT,
        ANSWERS_CACHED,
        WALLET_ODD,
        CLOCK_OFF,
        POINTS_MOVE,
        GIVEN_AGAIN_OR_TOKENS_VOID,
        MERGED;

        /** Whether AIQ keeps to what is assumed of it: a success is one, and a contact stays who it is. */
        boolean assumed() {
            return this != SUCCESS_THAT_LIES && this != MERGED;
        }
    }

    enum Kind {
        REUSABLE,
        SINGLE_USE,
        TAKEN_BACK,
        TWO_REWARDS,
        CHECKOUT,
        FREE,
        HIDDEN_POINTS
    }

    /** One redemption when its story is over: what its row says, and what AIQ did. */
    record Ended(
            Trouble trouble,
            Kind kind,
            boolean knownAccount,
            boolean regular,
            String status,
            String reason,
            String flag,
            String reversal,
            int doubted,
            int taken,
            int givenBack,
            String told) {

        boolean left() {
            return status.equals("PARKED") || "PARKED".equals(reversal);
        }

        /** Null where the row says what AIQ did. */
        String wrong() {
            boolean lied = trouble == Trouble.SUCCESS_THAT_LIES;
            return taken > 1
                    ? "taken more than once"
                    : givenBack > (lied ? 1 : taken)
                            ? "given back more than was taken"
                            : status.equals("EXECUTED") && taken != 1 && !lied
                                    ? "executed, and not taken"
                                    : List.of("REJECTED", "RELEASED").contains(status) && taken != givenBack
                                            ? "not executed, and taken"
                                            : "DONE".equals(reversal) && givenBack != 1 && !lied
                                                    ? "given back, and not given back"
                                                    : "REJECTED".equals(reversal) && givenBack != 0
                                                            ? "not given back, and given back"
                                                            : null;
        }

        /** Neither ended nor with a person. */
        boolean stuck() {
            return !List.of("EXECUTED", "REJECTED", "RELEASED", "PARKED").contains(status)
                    || reversal != null
                            && !List.of("DONE", "REJECTED", "PARKED").contains(reversal);
        }

        @Override
        public String toString() {
            return trouble + " " + kind + (knownAccount ? "" : " (new account)") + (regular ? "" : " (new customer)")
                    + ": " + status + ", reason " + reason
                    + ", flag " + flag + ", reversal " + reversal + ", taken " + taken + ", given back " + givenBack
                    + " | " + told;
        }
    }

    private static final Duration D = Duration.ofMinutes(5), L = Duration.ofMinutes(2), R = Duration.ofMinutes(10);
    private static final List<Integer> STATUSES = List.of(400, 401, 403, 404, 409, 422, 429, 500, 503);
    private static final List<Integer> REFUSALS = List.of(400, 409, 422);
    private final Shop shop;
    private final Random random;
    private final List<Account> accounts;
    private final List<Story> stories = new ArrayList<>();
    private final TreeMap<Long, List<Runnable>> meanwhile = new TreeMap<>();
    private final int batch;
    private int version;

    /** @param each stories of each trouble */
    FaultStories(Path folder, long seed, int batch, int each) {
        this.random = new Random(seed + batch);
        this.batch = batch;
        accounts = Stream.of(Trouble.values())
                .map(trouble -> new Account(folder, trouble))
                .toList();
        List<String> settings = new ArrayList<>(List.of(
                "wallet.codes-per-connection-and-hour", "1000000", "reversal.brake", "1000000", "node.name", "suite"));
        Stream.of("redeem", "reverse", "adjust")
                .forEach(call -> settings.addAll(List.of("aiq." + call + "-timeout", "700ms")));
        Stream.of("wallet", "timeline", "redemptions", "adjustments", "stores")
                .forEach(call -> settings.addAll(List.of("aiq." + call + "-timeout", "5s")));
        shop = new Shop(folder, settings.toArray(String[]::new));
        countsWhatIsReached();
        accounts.forEach(Account::open);
        shop.passes(Duration.ofHours(1));
        accounts.forEach(Account::poll);
        for (Account account : accounts) {
            for (int i = 0; i < each; i++) {
                int number = batch * each + i;
                stories.add(new Story(
                        account, Kind.values()[(account.trouble.ordinal() + number) % Kind.values().length], i));
            }
        }
    }

    /** All of them, until nothing more happens. */
    List<Ended> told() {
        stories.stream()
                .sorted(Comparator.comparing(s -> s.kind == Kind.CHECKOUT)) // a key refused there pauses the account
                .forEach(Story::begins);
        happens();
        accounts.forEach(Account::poll);
        for (int i = 0; i < 3; i++) {
            shop.bridge.run("redemption-execute");
            passes(Duration.ofSeconds(2));
        }
        accounts.forEach(Account::afterwards);
        for (Duration step : Stream.of(
                        Stream.generate(() -> Duration.ofSeconds(31)).limit(4),
                        Stream.generate(() -> Duration.ofSeconds(61)).limit(45),
                        Stream.generate(() -> Duration.ofMinutes(5)).limit(39),
                        Stream.of(
                                Duration.ofHours(20),
                                Duration.ofMinutes(2),
                                Duration.ofHours(5),
                                Duration.ofMinutes(2)))
                .flatMap(s -> s)
                .toList()) {
            passes(step);
        }
        return stories.stream().flatMap(Story::ends).toList();
    }

    private void passes(Duration time) {
        shop.passes(time);
        happens();
        List<String> paused = shop.bridge.rows.queryForList(
                "select account_id from account where paused_at is not null", String.class);
        accounts.stream()
                .filter(a -> paused.contains(a.name))
                .forEach(a -> shop.bridge.account(a.name, a.uid, a.key)); // somebody enters the key again
        List<String> owed = shop.bridge.rows.queryForList(
                "select distinct account_id from redemption r where status = 'EXECUTED' and reversal_wanted is not null and not exists (select 1 from reversal v where v.redemption_id = r.redemption_id)",
                String.class);
        accounts.stream().filter(a -> owed.contains(a.name)).forEach(Account::poll);
        for (String route : List.of(
                "aiq-probe",
                "redemption-recover",
                "reversal-recover",
                "redemption-orphan",
                "redemption-expire",
                "redemption-execute",
                "reversal-execute",
                "redemption-settle")) {
            shop.bridge.run(route);
        }
    }

    private void happens() {
        while (!meanwhile.isEmpty() && meanwhile.firstKey() <= shop.clock.millis()) {
            meanwhile.pollFirstEntry().getValue().forEach(Runnable::run);
        }
    }

    private void after(Duration time, Runnable what) {
        meanwhile
                .computeIfAbsent(shop.clock.millis() + time.toMillis(), t -> new ArrayList<>())
                .add(what);
    }

    private Duration upTo(Duration most) {
        return Duration.ofMillis((long) (random.nextDouble() * most.toMillis()));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A brand, its till and its web shop. */
    private final class Account {
        final Trouble trouble;
        final String name, uid, key, till, web;
        final boolean known;
        final JdbcTemplate sales;
        String callerAtTill, callerAtWeb;
        int cashiersWallets;

        Account(Path folder, Trouble trouble) {
            this.trouble = trouble;
            int number = trouble.ordinal();
            name = "a-" + number;
            uid = "u" + (100 + number);
            key = "key-" + number;
            till = "till-" + number;
            web = "web-" + number;
            known = (number + batch) % 13 != 12;
            String url = "jdbc:sqlite:" + folder.resolve(till + ".db") + "?busy_timeout=10000&synchronous=OFF";
            sales = new JdbcTemplate(new DriverManagerDataSource(url));
            Shop.tables(sales);
            Shop.connection(
                    folder,
                    till,
                    "account = " + name + "\nmake = view\npin = not-required\njdbc.url = " + url
                            + "\njdbc.username = reader\n");
            Shop.storefront(folder, web, "account = " + name + "\nkind = generic\n");
        }

        void open() {
            shop.aiq.account(uid, key);
            shop.aiq.discount(uid, "cup-" + uid, "50", true);
            shop.aiq.discount(uid, "hat-" + uid, "100", true);
            shop.aiq.discount(uid, "gift-" + uid, "100", false);
            shop.aiq.discount(uid, "sticker-" + uid, "0", true);
            shop.bridge.account(name, uid, key);
            if (known) {
                shop.confirmed(name, uid);
            }
            callerAtTill = shop.keys().add(till);
            callerAtWeb = shop.keys().add(web);
            switch (trouble) {
                case LATE_EFFECT -> set("effect-delay-ms", upTo(D));
                case WALLET_LAGS -> set("wallet-lag-ms", upTo(L));
                case TIMELINE_LAGS -> set("timeline-lag-ms", upTo(R));
                case REPORT_LAGS -> {
                    set("timeline-lag-ms", upTo(R));
                    set("report-lag-ms", upTo(R));
                }
                case CLOCK_OFF ->
                    set("clock-ahead-ms", upTo(Duration.ofMinutes(20)).minusMinutes(10));
                case GIVEN_AGAIN_OR_TOKENS_VOID -> shop.aiq.set(uid, "wallet-voids-tokens", "true");
                default -> {}
            }
        }

        private void set(String name, Duration value) {
            shop.aiq.set(uid, name, Long.toString(value.toMillis()));
        }

        void poll() {
            shop.bridge.run("pos-poll-" + till);
        }

        /** What AIQ shows for a while, once the calls were sent. */
        void afterwards() {
            switch (trouble) {
                case LISTS_EMPTY_OR_NULL -> lists(one(List.of("[]", "null")), one(List.of("[]", "null")));
                case LISTS_RENAMED_OR_CUT -> {
                    if (random.nextBoolean()) {
                        lists("[{\"number\": \"r_1\", \"reward\": \"x\"}]", "null, \"entries\": []");
                    } else {
                        String page = IntStream.range(0, 100)
                                .mapToObj(i -> "{\"redemptionID\": \"z" + i
                                        + "\", \"contactID\": \"c-z\", \"templateID\": \"x\", \"ts\": "
                                        + (shop.clock.millis() / 1_000 + i) + "}")
                                .collect(Collectors.joining(",", "[", "]"));
                        lists(page, page);
                    }
                }
                case ANSWERS_CACHED -> {
                    shop.aiq.set(uid, "answer-age", Long.toString(60 + random.nextInt(1_200)));
                    after(Duration.ofMinutes(45), () -> shop.aiq.set(uid, "answer-age", ""));
                }
                case WALLET_ODD ->
                    shop.aiq.fault(Map.of(
                            "uid",
                            uid,
                            "operation",
                            "wallet",
                            "kind",
                            "says-before-effect",
                            "status",
                            200,
                            "times",
                            2,
                            "body",
                            says(one(List.of(
                                    "{\"loyaltyPoints\": 1000, \"contactID\": \"c-x\", \"discountTemplates\": null}",
                                    "{\"contactID\": \"c-x\", \"discountTemplates\": []}",
                                    "{\"loyaltyPoints\": 0, \"discountTemplates\": []}",
                                    "null")))));
                default -> {}
            }
        }

        private void lists(String report, String events) {
            fault("redemptions", says(report));
            fault("timeline", says("{\"events\": " + events + "}"));
            after(Duration.ofMinutes(45), shop.aiq::clearFaults);
        }

        private void fault(String operation, String body) {
            shop.aiq.fault(Map.of(
                    "uid",
                    uid,
                    "operation",
                    operation,
                    "kind",
                    "says-before-effect",
                    "status",
                    200,
                    "body",
                    body,
                    "times",
                    -1));
        }

        private static String says(String data) {
            return "{\"data\": " + data + ", \"code\": 200, \"success\": true}";
        }
    }

    /** A customer who chose one reward or two. */
    private final class Story {
        final Account account;
        final Kind kind;
        final String id, contact, phone;
        /** Whether they redeemed something weeks ago. */
        final boolean regular = random.nextInt(3) > 0;

        final List<String> redemptions = new ArrayList<>();

        Story(Account account, Kind kind, int number) {
            this.account = account;
            this.kind = kind;
            id = String.format("%02d-%02d", account.trouble.ordinal(), number);
            contact = "c-" + id;
            phone = String.format("55556%02d%03d", account.trouble.ordinal(), number);
        }

        void begins() {
            shop.aiq.contact(Map.of(
                    "uid",
                    account.uid,
                    "contactID",
                    contact,
                    "phone",
                    phone,
                    "points",
                    "1000",
                    "hidePoints",
                    kind == Kind.HIDDEN_POINTS));
            if (regular && account.known) {
                shop.confirmed(account.name, contact, "before-" + id);
            }
            if (kind == Kind.CHECKOUT) {
                checksOut();
            } else {
                account.cashiersWallets++;
                String session = shop.post(account.callerAtTill, "/api/v1/wallet", Map.of("phone", phone))
                        .text("walletSession");
                String first =
                        kind == Kind.SINGLE_USE ? "gift" : kind == Kind.FREE ? "sticker" : one(List.of("cup", "hat"));
                sells(session, first, "t-" + id + "-1");
                if (kind == Kind.TWO_REWARDS) {
                    sells(session, one(List.of("cup", "gift")), "t-" + id + "-2");
                }
            }
            if (kind == Kind.TAKEN_BACK || kind == Kind.TWO_REWARDS && random.nextBoolean()) {
                shop.aiq.fault(answer("reverse", "/" + contact + "/", false));
                after(random.nextInt(4) == 0 ? Duration.ZERO : upTo(Duration.ofMinutes(50)), () -> {
                    account.sales.update(
                            "insert into taking_back values (?, ?, 'void', ?, 20)",
                            "v-" + id,
                            "t-" + id + "-1",
                            shop.wallClock());
                    account.poll();
                });
            }
            if (kind == Kind.REUSABLE
                    && random.nextInt(5) == 0) { // the points are spent elsewhere before the sale is received
                shop.aiq.movement(Map.of(
                        "type",
                        "redemption",
                        "contactID",
                        contact,
                        "discountID",
                        "pen",
                        "points",
                        -960,
                        "counted",
                        true));
            }
            meanwhile();
        }

        private void sells(String session, String discount, String transaction) {
            redemptions.add(accepted(
                    account.callerAtTill,
                    Map.of(
                            "walletSession",
                            session,
                            "discountId",
                            discount + "-" + account.uid,
                            "transactionId",
                            transaction)));
            account.sales.update(
                    "insert into sale (id, at, total, phone, state) values (?, ?, 20, ?, 'done')",
                    transaction,
                    shop.wallClock(),
                    phone);
            if (account.trouble != Trouble.SUCCESS_THAT_LIES || random.nextBoolean()) { // others are shown
                shop.aiq.fault(answer("redeem", "/" + transaction, true));
            }
        }

        private void checksOut() {
            shop.post(account.callerAtWeb, "/api/v1/wallet/verify", Map.of("phone", phone));
            String session = shop.post(
                            account.callerAtWeb,
                            "/api/v1/wallet/view",
                            Map.of("phone", phone, "code", String.valueOf(shop.aiq.pin(contact))))
                    .text("walletSession");
            shop.aiq.fault(answer("redeem", "/cup-" + account.uid + "/", true));
            redemptions.add(accepted(
                    account.callerAtWeb,
                    Map.of("walletSession", session, "discountId", "cup-" + account.uid, "cartId", "cart-" + id)));
            if (status(redemptions.get(0)).equals("EXECUTED")) {
                after(Duration.ofMinutes(1), this::orders);
            }
        }

        private void orders() {
            Map<String, Object> event = new HashMap<>(Map.of(
                    "event",
                    "order",
                    "connection",
                    account.web,
                    "account_id",
                    account.name,
                    "order_id",
                    "o-" + id,
                    "version",
                    ++version,
                    "digest",
                    "d" + version,
                    "status",
                    "paid",
                    "total",
                    42.5));
            event.put("changed_at", shop.clock.millis());
            event.put("placed_at", shop.clock.millis());
            event.put("cart_id", "cart-" + id);
            Stream.of("checkout_id", "phone", "email", "refunded").forEach(absent -> event.put(absent, null));
            shop.bridge.run("order-heard", ShopEvents.of(event), Map.of());
        }

        private String accepted(String caller, Map<String, Object> wish) {
            Shop.Answer answer = shop.post(
                    caller,
                    "/api/v1/redemptions",
                    wish,
                    "Idempotency-Key",
                    UUID.randomUUID().toString());
            assertThat(answer.status()).as(answer.body()).isIn(201, 202);
            return answer.text("redemptionId");
        }

        /** What becomes of the first call. */
        private Map<String, Object> answer(String operation, String path, boolean own) {
            String kind =
                    switch (own ? account.trouble : Trouble.MERGED) {
                        case TIME_OUT_BEFORE_EFFECT -> "hang-before-effect";
                        case TIME_OUT_AFTER_EFFECT -> "hang-after-effect";
                        case RESET_BEFORE_EFFECT -> "reset-before-effect";
                        case RESET_AFTER_EFFECT -> "reset-after-effect";
                        case CUT_BEFORE_EFFECT -> "cut-before-effect";
                        case HALF_BODY_AFTER_EFFECT -> "half-body";
                        case SLOW_DRIP -> "slow-drip";
                        case STATUS_BEFORE_EFFECT -> "status-before-effect";
                        case STATUS_AFTER_EFFECT -> "status-after-effect";
                        case FAILURE_IN_200 -> "failure-in-200";
                        case SUCCESS_THAT_LIES -> "says-before-effect";
                        case HTML_OR_REDIRECT -> one(List.of("html-502", "redirect"));
                        case BAD_JSON -> "bad-json";
                        case NULL_BODY -> "null-body";
                        case LATE_EFFECT -> one(List.of("reset-before-effect", "status-before-effect"));
                        default ->
                            one(List.of(
                                    "reset-before-effect",
                                    "reset-after-effect",
                                    "status-before-effect",
                                    "status-after-effect",
                                    "half-body",
                                    "cut-before-effect"));
                    };
            boolean twice = kind.equals("status-before-effect") && random.nextInt(7) > 0;
            int status = kind.equals("says-before-effect") ? 200 : one(twice ? REFUSALS : STATUSES);
            return Map.of(
                    "uid",
                    account.uid,
                    "operation",
                    operation,
                    "path",
                    path,
                    "kind",
                    kind,
                    "status",
                    status,
                    "times",
                    twice ? 2 : 1,
                    "delayMs",
                    30,
                    "body",
                    "{\"success\": true}");
        }

        private void meanwhile() {
            switch (account.trouble) {
                case POINTS_MOVE ->
                    after(
                            upTo(Duration.ofMinutes(20)),
                            () -> shop.aiq.movement(Map.of(
                                    "type",
                                    random.nextBoolean() ? "earned" : "redemption",
                                    "contactID",
                                    contact,
                                    "discountID",
                                    "pen",
                                    "points",
                                    random.nextBoolean() ? 100 : -100,
                                    "counted",
                                    true)));
                case GIVEN_AGAIN_OR_TOKENS_VOID ->
                    after(
                            upTo(Duration.ofMinutes(20)),
                            () -> shop.aiq.grant(contact, "gift-" + account.uid, random.nextBoolean()));
                case MERGED ->
                    after(random.nextInt(3) > 0 ? Duration.ZERO : upTo(Duration.ofMinutes(30)), () -> {
                        shop.aiq.contact(account.uid, "m-" + contact, "", "70");
                        shop.aiq.merge(contact, "m-" + contact);
                    });
                default -> {}
            }
        }

        Stream<Ended> ends() {
            return IntStream.range(0, redemptions.size()).mapToObj(this::ended);
        }

        private int doubted(String subject) {
            return shop.bridge.rows.queryForObject(
                    "select count(*) from doubted where subject_id = ?", Integer.class, subject);
        }

        private Ended ended(int which) {
            String redemption = redemptions.get(which);
            Map<String, Object> row =
                    shop.bridge.rows.queryForMap("select * from redemption where redemption_id = ?", redemption);
            List<Map<String, Object>> attempts = shop.bridge.rows.queryForList(
                    "select kind, outcome, http_status, absent_by, absent_at is not null as absent from attempt where subject_id = ? or subject_id in (select reversal_id from reversal where redemption_id = ?) order by started_at",
                    redemption,
                    redemption);
            Map<String, Object> reversal =
                    shop.bridge.rows.queryForList("select * from reversal where redemption_id = ?", redemption).stream()
                            .findFirst()
                            .orElse(Map.of());
            boolean owed =
                    row.get("status").equals("EXECUTED") && row.get("reversal_wanted") != null && reversal.isEmpty();
            Function<JsonNode, Boolean> ours = kind == Kind.CHECKOUT
                    ? e -> e.path("contactID").asText().endsWith(contact)
                    : e -> e.path("transactionID").asText().equals("t-" + id + "-" + (which + 1));
            return new Ended(
                    account.trouble,
                    kind,
                    account.known,
                    regular,
                    (String) row.get("status"),
                    (String) row.get("reason"),
                    (String) row.get("flag"),
                    owed ? "OWED" : (String) reversal.get("status"),
                    doubted(redemption) + doubted((String) reversal.get("reversal_id")),
                    count("REDEEMED", ours),
                    count("REVERSED", ours)
                            + count(
                                    "ADJUSTED",
                                    e -> e.path("transactionID").asText().equals(reversal.get("reference"))),
                    attempts + ", wish " + row.get("reversal_wanted") + ", reversal " + reversal.get("reason")
                            + ", last error " + row.get("last_error") + ", points before and now " + "1000/"
                            + shop.aiq.contact(contact).path("points"));
        }
    }

    private final Map<String, List<JsonNode>> effects = new HashMap<>();

    private int count(String kind, Function<JsonNode, Boolean> which) {
        return (int) effects.computeIfAbsent(kind, shop.aiq::effects).stream()
                .filter(which::apply)
                .count();
    }

    private String status(String redemption) {
        return shop.status(redemption);
    }

    /** Calls beyond a wallet and a PUT for each redemption and each reversal. */
    int furtherCalls() {
        int calls = Stream.of("wallet", "timeline", "redemptions", "adjustments", "redeem", "reverse", "adjust")
                .mapToInt(operation -> shop.aiq.requests(operation).size())
                .sum();
        int sent = shop.bridge.rows.queryForObject(
                "select count(distinct subject_id) from attempt where node <> 'before'", Integer.class);
        return calls
                - 2 * sent
                - accounts.stream().mapToInt(a -> a.cashiersWallets).sum();
    }

    private void countsWhatIsReached() {
        JdbcTemplate rows = shop.bridge.rows;
        rows.execute("create table reached (what text primary key, times integer not null)");
        for (String table : List.of("redemption", "reversal")) {
            rows.execute(
                    "create trigger " + table + "_moved after update of status on " + table
                            + " when old.status <> new.status begin insert into reached values ('" + table
                            + " ' || old.status || ' > ' || new.status, 1) on conflict (what) do update set times = times + 1; end");
        }
        rows.execute("create table doubted (subject_id text primary key)");
        for (String table : List.of("redemption", "reversal")) {
            rows.execute("create trigger " + table + "_doubted after update of status on " + table
                    + " when new.status = 'UNKNOWN' begin insert or ignore into doubted values (new." + table
                    + "_id); end");
        }
        rows.execute(
                "create trigger flag_set after update of flag on redemption when new.flag is not null and new.flag is not old.flag begin"
                        + " insert into reached values ('flag ' || new.flag, 1) on conflict (what) do update set times = times + 1; end");
    }

    /** How often each transition was made and each flag set. */
    Map<String, Integer> reached() {
        Map<String, Integer> reached = new TreeMap<>();
        shop.bridge
                .rows
                .queryForList("select what, times from reached")
                .forEach(r -> reached.put((String) r.get("what"), ((Number) r.get("times")).intValue()));
        return reached;
    }

    /** Every transition that exists, as {@link #reached} names it. */
    List<String> transitions() {
        return Stream.of("redemption", "reversal")
                .flatMap(table -> shop
                        .bridge
                        .rows
                        .queryForList(
                                "select '" + table + " ' || from_status || ' > ' || to_status from " + table
                                        + "_transition",
                                String.class)
                        .stream())
                .toList();
    }

    @Override
    public void close() {
        shop.close();
    }
}
