package aiqbridge.firstcontact;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Bridge;
import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.firstcontact.Finding.Verdict;
import aiqbridge.stop.Scope;
import aiqbridge.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first hour with AIQ, against the simulator with its switches one way and the other. */
class FirstContactTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(folder);
        shop.aiq.discount(Map.of(
                "uid",
                "1001",
                "id",
                "soon",
                "name",
                "Soon over",
                "points",
                "10",
                "reusable",
                false,
                "expiration",
                shop.clock.millis() / 1_000 + 100_000));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Progress check(TestPerson person, String... settings) {
        return check(shop, folder, person, settings);
    }

    static Progress check(Shop shop, Path folder, TestPerson person, String... settings) {
        Properties values = shop.bridge.settings.asProperties();
        for (int i = 0; i < settings.length; i += 2) {
            values.setProperty(settings[i], settings[i + 1]);
        }
        new FirstContact(
                        shop.bridge.bridge().accounts().get("green-leaf"),
                        Settings.of(values),
                        person,
                        shop.clock,
                        shop.bridge.bridge().store().source(),
                        found -> opened(shop, found))
                .run(folder.resolve("report.txt"));
        return new FirstContacts(shop.bridge.bridge().store().source(), shop.clock).progress("green-leaf");
    }

    private static Bridge opened(Shop shop, Settings found) {
        Properties values = found.asProperties();
        values.setProperty(
                "camel.component.quartz.properties[org.quartz.scheduler.instanceName]",
                "check-" + NUMBER.incrementAndGet());
        Settings settings = Settings.of(values);
        return Bridge.headless(
                TestBridge.HOME, settings, shop.clock, Store.open(settings, TestBridge.HOME, false), Map.of());
    }

    private static Map<Point, String> verdicts(Progress progress, Verdict verdict) {
        return progress.findings.entrySet().stream()
                .filter(one -> one.getValue().verdict() == verdict)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().detail()));
    }

    private String report() throws IOException {
        return Files.readString(folder.resolve("report.txt"));
    }

    @Test
    void an_aiq_as_the_bridge_believes_it_needs_no_setting_and_gets_its_points_back() throws IOException {
        TestPerson person = TestPerson.willing(shop);
        Progress found = check(person);
        assertThat(found.settings).as(person.all()).isEmpty();
        assertThat(verdicts(found, Verdict.DIFFERS))
                .isEqualTo(Map.of(
                        Point.SIGN_UP_EXISTING,
                        "the answer does not say so; the look-up before it does",
                        Point.LIMIT_SCOPE,
                        "no Retry-After: the bridge waits aiq.pause; whether the limits are per key was not tried"));
        assertThat(verdicts(found, Verdict.NOT_SEEN).keySet())
                .containsExactlyInAnyOrder(
                        Point.D,
                        Point.OTHER_STATUSES,
                        Point.IDENTITY,
                        Point.FURTHER_FIELDS,
                        Point.REDEEM_ERRORS,
                        Point.TOKEN_LIFE,
                        Point.CONSENT,
                        Point.SALES,
                        Point.WEBHOOKS);
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(new FirstContacts(shop.bridge.bridge().store().source(), shop.clock)
                        .readiness("green-leaf")
                        .ready())
                .isTrue();
        assertThat(report()).contains("confirmed").doesNotContain("0100", "c-ada", "ada@");
    }

    /** As the simulator can be and is not by itself, each with what is found of it; those of one run go together. */
    private static final List<Map<String, List<Expected>>> RUNS = List.of(
            Map.ofEntries(
                    seen(
                            "unknown-customer=400",
                            Point.LOOKUP_NOBODY,
                            Verdict.DIFFERS,
                            "nobody is 400-envelope",
                            "aiq.lookup-not-found = 400-envelope"),
                    seen(
                            "redemption-reply=empty",
                            Point.REDEMPTION_ID,
                            Verdict.DIFFERS,
                            "given back by adjustment",
                            "reversal.method = adjustment"),
                    seen("wallet-lag-ms=90000", Point.L, Verdict.DIFFERS, "the setting has to be", "aiq.wallet-lag = "),
                    seen(
                            "report-lag-ms=900000",
                            Point.R,
                            Verdict.DIFFERS,
                            "the setting has to be",
                            "aiq.report-lag = "),
                    seen("report-has-transaction=false", Point.TRANSACTION, Verdict.DIFFERS, "no row has it", null),
                    seen("pin-once=false", Point.CODE_ONCE, Verdict.DIFFERS, "opened the wallet twice", null),
                    seen("lookup-reply=bare", Point.LOOKUP, Verdict.DIFFERS, "names no contact", null),
                    seen(
                            "signup-says-existing=true",
                            Point.SIGN_UP_EXISTING,
                            Verdict.CONFIRMED,
                            "existing says so",
                            null),
                    seen("date-offset-ms=120000", Point.S, Verdict.CONFIRMED, "120 s", null),
                    seen("locked-listed=false", Point.LOCKED, Verdict.NOT_SEEN, "not listed", null),
                    seen("unknown-fields=true", Point.FURTHER_FIELDS, Verdict.NOT_SEEN, "somethingNew", null)),
            Map.ofEntries(
                    seen("unknown-customer=null-data", Point.LOOKUP_NOBODY, Verdict.CONFIRMED, "null-data", null),
                    seen("redemption-reply=string", Point.REDEMPTION_ID, Verdict.CONFIRMED, "the books have too", null),
                    seen(
                            "reversal=404",
                            Point.REVERSAL,
                            Verdict.DIFFERS,
                            "given back by adjustment",
                            "reversal.method = adjustment"),
                    seen("second-put=200", Point.SECOND_PUT, Verdict.CONFIRMED, "status 200, and took nothing", null),
                    seen("answer-age=5", Point.S, Verdict.DIFFERS, "do not say", null),
                    seen("per-second=5", Point.LIMIT, Verdict.CONFIRMED, "429 to read 6", null),
                    seen("retry-after=3", Point.LIMIT_SCOPE, Verdict.CONFIRMED, "Retry-After says 3", null),
                    seen(
                            "report-contact-name=who",
                            Point.REDEMPTIONS_REPORT,
                            Verdict.DIFFERS,
                            "the contact stands in who",
                            "aiq.report-contact-fields = who,contactID,cntID"),
                    seen(
                            "report-id-name=refNo",
                            Point.TIMELINE,
                            Verdict.DIFFERS,
                            "the id stands in refNo",
                            "aiq.report-id-fields = refNo,redemptionID,redemptionId,id")),
            Map.ofEntries(seen(
                    "wallet-has-contact-id=false", Point.WALLET_CONTACT, Verdict.DIFFERS, "left to a person", null)),
            Map.ofEntries(
                    seen(
                            "reversal-restores=false",
                            Point.REVERSAL_RESTORES,
                            Verdict.DIFFERS,
                            "the points and not the reward",
                            null),
                    seen(
                            "second-reversal=200",
                            Point.SECOND_REVERSAL,
                            Verdict.CONFIRMED,
                            "status 200, and gave nothing",
                            null),
                    seen("second-put=404", Point.SECOND_PUT, Verdict.CONFIRMED, "status 404, and took nothing", null),
                    seen("clock-ahead-ms=60000", Point.S, Verdict.CONFIRMED, "60 s", null),
                    seen(
                            "missing-data=redemptions",
                            Point.REDEMPTIONS_REPORT,
                            Verdict.DIFFERS,
                            "there is no list",
                            null),
                    seen(
                            "timeline-lag-ms=700000",
                            Point.R,
                            Verdict.DIFFERS,
                            "the setting has to be",
                            "aiq.report-lag = ")));

    /** What one test customer cannot see, or what makes no difference to the bridge. */
    private static final Set<String> UNSEEN = Set.of(
            "non-member",
            "same-phone",
            "identity-wins",
            "expired-token",
            "token-life-ms",
            "null-lists",
            "points-fraction",
            "effect-delay-ms",
            "wallet-voids-tokens",
            "reversal-seen-in",
            "negative-resets",
            "uid-must-fit",
            "pin-life-ms",
            "pin-tries",
            "pin-to-opted-out",
            "master-pin",
            "lookup-non-member",
            "optin-after-optout",
            "sale-delay-ms",
            "points-per-dollar",
            "sale-update",
            "sale-refund-reverses",
            "cart-dedupe",
            "per-minute",
            "per-hour");

    private record Expected(Point point, Verdict verdict, String detail, String setting) {}

    private static Map.Entry<String, List<Expected>> seen(
            String turned, Point point, Verdict verdict, String detail, String setting) {
        return Map.entry(turned, List.of(new Expected(point, verdict, detail, setting)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void each_switch_turned_the_other_way_is_found(int run) {
        RUNS.get(run).keySet().stream()
                .filter(turned -> !turned.startsWith("per-second"))
                .forEach(turned -> shop.aiq.set(turned.split("=")[0], turned.split("=")[1]));
        AtomicInteger waits = new AtomicInteger();
        TestPerson person = TestPerson.willing(shop)
                .answers("Wait another ten minutes?", () -> waits.incrementAndGet() < 4 ? "y" : "n");
        Progress found = check(person);
        RUNS.get(run)
                .forEach((turned, expected) -> expected.forEach(one -> {
                    assertThat(found.findings.get(one.point))
                            .as(turned + "\n" + person.all())
                            .isNotNull();
                    assertThat(found.findings.get(one.point).verdict())
                            .as(turned + " " + found.findings.get(one.point).detail())
                            .isEqualTo(one.verdict);
                    assertThat(found.findings.get(one.point).detail())
                            .as(turned)
                            .contains(one.detail);
                    if (one.setting != null) {
                        assertThat(found.settings.entrySet().stream().map(s -> s.getKey() + " = " + s.getValue()))
                                .as(turned)
                                .anyMatch(s -> s.startsWith(one.setting));
                    }
                }));
        assertThat(shop.aiq.points("c-ada")).as("given back").isEqualByComparingTo(run == 2 ? "1223" : "1233");
        if (run == 2) {
            assertThat(person.all()).contains("10 points of the test contact").contains("are still taken");
        }
    }

    @Test
    void no_switch_of_the_simulator_is_left_out() {
        Set<String> known = new TreeSet<>(UNSEEN);
        RUNS.forEach(run -> run.keySet().forEach(turned -> known.add(turned.split("=")[0])));
        Set<String> all = new TreeSet<>();
        shop.aiq.switches().fieldNames().forEachRemaining(all::add);
        assertThat(known).isEqualTo(all);
    }

    @Test
    void an_aiq_that_says_everything_differently_is_understood_with_the_settings_that_are_printed() {
        shop.aiq.set("signup-says-existing", "true");
        try (OtherAiq other = new OtherAiq(shop.baseUrl())) {
            TestPerson person = TestPerson.willing(shop)
                    .answers("If AIQ gave you another path for it", "/api/v3/code/send")
                    .answers("type method and path", "POST /api/v3/undo/{uid}/{contactId}/{discountId}/{redemptionId}")
                    .answers("another name for the field with the points", "amount");
            Progress found = check(person, "aiq.base-url", other.baseUrl());
            assertThat(found.settings)
                    .as(person.all())
                    .containsAllEntriesOf(Map.ofEntries(
                            Map.entry("aiq.lookup-not-found", "empty-data"),
                            Map.entry("aiq.lookup-member-field", "isMember"),
                            Map.entry("aiq.contact-id-field", "personaID"),
                            Map.entry("aiq.verify-path", "/api/v3/code/send"),
                            Map.entry("aiq.sign-up-existing-field", "alreadyKnown"),
                            Map.entry("aiq.redemption-url-path", "/api/v3/redeem/{uid}/"),
                            Map.entry("aiq.redemption-id-fields", "redemption.ref,redemptionID,redemptionId,id"),
                            Map.entry("aiq.report-times", "milliseconds"),
                            Map.entry("aiq.timeline-list-field", "history"),
                            Map.entry("aiq.report-id-fields", "redemptionRef,redemptionID,redemptionId,id"),
                            Map.entry("aiq.report-discount-fields", "rewardTemplate,templateID,discountID"),
                            Map.entry("aiq.report-transaction-fields", "saleNo,transactionID,transactionId"),
                            Map.entry("aiq.report-points-field", "change"),
                            Map.entry("aiq.report-time-field", "at"),
                            Map.entry("aiq.timeline-refund-types", "points returned,refund,reversal"),
                            Map.entry("aiq.reverse-method", "POST"),
                            Map.entry("aiq.reverse-path", "/api/v3/undo/{uid}/{contactId}/{discountId}/{redemptionId}"),
                            Map.entry("aiq.adjust-points-field", "amount"),
                            Map.entry("aiq.adjust-note-field", "remark"),
                            Map.entry("aiq.limiter-statuses", "503,429")));
            assertThat(found.settings.get("aiq.answer-names").split(", "))
                    .contains(
                            "loyaltyPoints: balance",
                            "discountTemplates: rewards",
                            "redemptionURL: redeemAt",
                            "pointsDeduction: cost",
                            "id: template",
                            "type: kind");
            assertThat(verdicts(found, Verdict.DIFFERS))
                    .containsKeys(Point.EXPIRATION, Point.NOBODY, Point.REDEMPTIONS_REPORT);
            assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");

            List<String> settings = new ArrayList<>(List.of("aiq.base-url", other.baseUrl()));
            found.settings.forEach((key, value) -> settings.addAll(List.of(key, value)));
            shop.aiq.set("per-second", "0");
            shop.restart(settings);
            works();
        }
    }

    /** A redemption, one whose answer is lost, one that never happened, and a void. */
    private void works() {
        String plain = shop.queued("ten-percent", "S-1");
        shop.rings("S-1", "5555550100", 42.5);
        shop.pollAndExecute();
        assertThat(shop.status(plain)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("983");

        shop.passes(Duration.ofMinutes(20));
        String lost = shop.queued(shop.adasWallet().text("walletSession"), "ten-percent", "S-2")
                .text("redemptionId");
        shop.rings("S-2", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.pollAndExecute();
        assertThat(shop.status(lost)).isEqualTo("UNKNOWN");
        shop.settles();
        assertThat(shop.status(lost)).as("found in the timeline").isEqualTo("EXECUTED");

        String never = shop.queued(shop.adasWallet().text("walletSession"), "ten-percent", "S-3")
                .text("redemptionId");
        shop.rings("S-3", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-before-effect", 1);
        shop.pollAndExecute();
        assertThat(shop.status(never)).isEqualTo("UNKNOWN");
        shop.settles();
        shop.pollAndExecute();
        assertThat(shop.status(never)).as("sent again").isEqualTo("EXECUTED");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("483");

        shop.till.update(
                "insert into taking_back (id, of, kind, at, amount) values ('V-1', 'S-1', 'void', ?, 42.5)",
                shop.wallClock());
        shop.till.update("update sale set state = 'void' where id = 'S-1'");
        shop.passes(Duration.ofMinutes(20));
        shop.pollAndExecute();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.points("c-ada")).as("given back").isEqualByComparingTo("733");
    }

    @Test
    void nothing_is_lost_when_somebody_stops_in_the_middle_and_nothing_is_sent_twice() {
        TestPerson first = TestPerson.willing(shop);
        first.stopsAt = "given back by";
        Progress found = check(first);
        assertThat(found.trial.taken).isEqualByComparingTo("10");
        assertThat(first.all()).contains("10 points are still taken", "goes on from here");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1223");

        TestPerson second = TestPerson.willing(shop);
        Progress whole = check(second);
        assertThat(second.all()).contains("If that is the test customer").doesNotContain("Redeem it?");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertThat(whole.trial.taken).isZero();
    }

    @Test
    void a_redemption_whose_answer_was_lost_is_not_sent_again_but_looked_for() {
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        Progress found = check(TestPerson.willing(shop));
        assertThat(found.findings.get(Point.REDEEM_ERRORS).verdict()).isEqualTo(Verdict.DIFFERS);
        assertThat(found.trial.seen).isTrue();
        assertThat(shop.aiq.requests("redeem")).hasSize(2); // the second was allowed as such
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
    }

    @Test
    void a_real_customer_typed_by_mistake_is_left_alone_and_so_is_everybody_without_a_yes() {
        shop.aiq.contact(
                Map.of("uid", "1001", "contactID", "c-real", "phone", "3035550111", "points", "500", "loyalty", true));
        AtomicInteger asked = new AtomicInteger();
        TestPerson person = new TestPerson(shop)
                .answers("Its phone number", () -> asked.getAndIncrement() == 0 ? "303 555 0111" : "555 555 0100")
                .answers("last four digits", "0100");
        check(person);
        assertThat(person.all()).contains("Not confirmed; nothing was sent.");
        for (String operation : List.of("verify", "redeem", "reverse", "adjust", "signup", "cart")) {
            assertThat(shop.aiq.requests(operation)).as(operation).isEmpty();
        }
        assertThat(shop.aiq.points("c-real")).isEqualByComparingTo("500");
        assertThat(new FirstContacts(shop.bridge.bridge().store().source(), shop.clock)
                        .readiness("green-leaf")
                        .ready())
                .as("nothing was redeemed")
                .isFalse();
    }

    @Test
    void while_the_account_is_stopped_nothing_of_it_leaves_that_changes_something() {
        shop.bridge.bridge().stops().stop(Scope.account("green-leaf"), "kim", "points vanish");
        TestPerson person = TestPerson.willing(shop);
        check(person);
        assertThat(person.all()).contains("Nothing left for AIQ: an emergency stop stands.");
        for (String operation : List.of("verify", "signup", "redeem", "reverse", "adjust", "cart")) {
            assertThat(shop.aiq.requests(operation)).as(operation).isEmpty();
        }
    }

    @Test
    void a_wrong_key_and_an_aiq_that_is_away_end_with_one_sentence() {
        shop.aiq.revoke("demo-key");
        TestPerson person = TestPerson.willing(shop);
        check(person);
        assertThat(person.all()).contains("AIQ does not show the stores (status 403)");
        TestPerson again = TestPerson.willing(shop);
        check(again, "aiq.base-url", "http://127.0.0.1:" + TestBridge.freePort());
        assertThat(again.all()).contains("Nothing left for AIQ: AIQ could not be reached");
    }

    @Test
    void a_reversal_without_an_answer_is_not_sent_again_and_not_adjusted_besides() {
        shop.aiq.fault("reverse", "reset-after-effect", 1);
        TestPerson unsure = TestPerson.willing(shop);
        Progress found = check(unsure);
        assertThat(found.trial.moving).isEqualTo("The reversal");
        assertThat(unsure.all()).contains("Nothing more is sent until somebody has looked in AIQ.");
        assertThat(new FirstContacts(shop.bridge.bridge().store().source(), shop.clock).open("green-leaf"))
                .isTrue();

        TestPerson sure = TestPerson.willing(shop).answers("how many points of the test are still taken", "0");
        Progress settled = check(sure);
        assertThat(settled.trial.open()).isFalse();
        assertThat(shop.aiq.requests("reverse")).hasSize(1);
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
    }

    @Test
    void a_fault_of_aiqs_is_not_taken_for_its_limiter_and_somebody_known_not_for_nobody() {
        TestPerson person = TestPerson.willing(shop).answers("Read until AIQ refuses?", () -> {
            shop.aiq.fault(Map.of("operation", "stores", "kind", "status-before-effect", "status", 502, "times", 1));
            return "y";
        });
        Progress found = check(person);
        assertThat(found.settings).doesNotContainKey("aiq.limiter-statuses");
        assertThat(found.findings.get(Point.LIMIT).detail()).contains("may be a fault as well");
    }
}
