package aiqbridge.page;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see and do on the activity pages. */
class ActivityPageTest {
    private static final String HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    @TempDir
    Path folder;

    private Shop shop;
    private Visitor visitor;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        Shop.storefront(folder, "web", "kind = generic\n");
        shop = new Shop(
                folder,
                TestBridge.everyRoute(Stream.concat(
                                Stream.of(store()),
                                Stream.of(
                                        "aiq.redeem-timeout",
                                        "1s",
                                        "page.session-idle",
                                        "12h",
                                        "page.session-life",
                                        "30d"))
                        .toArray(String[]::new)));
        visitor = Visitor.signedIn(shop.bridge);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private String parked() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.discount("1001", "five-off", "150", false);
        shop.pollAndExecute();
        shop.aiq.discount("1001", "five-off", "100", false);
        return redemption;
    }

    private Visitor.Answer decides(String redemption, String... fields) {
        visitor.get("/activity/redemptions/" + redemption);
        return visitor.post("/activity/redemptions/" + redemption + "/decide", fields);
    }

    @Test
    void nobody_sees_or_decides_anything_before_signing_in() {
        String redemption = parked();
        Visitor stranger = new Visitor(shop.bridge);
        for (String path : List.of(
                "/activity",
                "/activity/redemptions",
                "/activity/redemptions.csv",
                "/activity/redemptions/" + redemption,
                "/activity/look",
                "/activity/look.csv",
                "/activity/carts",
                "/activity/inbox",
                "/activity/employees",
                "/activity/books")) {
            assertThat(stranger.get(path).status()).as(path).isEqualTo(303);
            assertThat(visitor.get(path).status()).as(path).isEqualTo(200);
            assertThat(visitor.get(path).body()).as(path).doesNotContain("5555550100", "style=", "onclick");
        }
        assertThat(stranger.post("/activity/redemptions/" + redemption + "/decide", "decision", "release", "note", "x")
                        .status())
                .isEqualTo(303);
        assertThat(visitor.send(
                                "POST",
                                "/activity/redemptions/" + redemption + "/decide",
                                "decision=release&note=x",
                                "Origin",
                                "http://127.0.0.1:" + shop.bridge.port,
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .as("no token")
                .isEqualTo(403);
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
    }

    @Test
    void a_parked_redemption_is_seen_and_redeemed_again_with_a_note() {
        String redemption = parked();
        assertThat(visitor.get("/").body()).contains("1 redemption(s) need a look.");
        assertThat(visitor.get("/activity/look").body())
                .contains(
                        "The reward's price in points has changed since it was promised.",
                        "/activity/redemptions/" + redemption,
                        "…0100");
        assertThat(visitor.get("/activity/redemptions").body()).contains("needs you", "$5 off", "t-1");
        Visitor.Answer without = decides(redemption, "decision", "retry", "note", " ");
        assertThat(without.status()).isEqualTo(422);
        assertThat(without.body()).contains("A note is missing.");
        Visitor.Answer done =
                decides(redemption, "decision", "retry", "note", "AIQ has the old price again, asked 555-555-0100");
        assertThat(done.location()).isEqualTo("/activity/redemptions/" + redemption);
        assertThat(decides(redemption, "decision", "retry", "note", "twice").status())
                .as("a second click")
                .isEqualTo(422);
        shop.pollAndExecute();
        assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        assertThat(shop.aiq.effects("REDEEMED")).hasSize(1);
        assertThat(visitor.get("/activity/redemptions/" + redemption).body())
                .contains(
                        "redeemed",
                        "admin decided: redemption-retry",
                        "AIQ has the old price again, asked …0100",
                        "Ledger: REDEEMED 100 points",
                        "Give the points back");
        assertThat(visitor.get("/activity/look").body())
                .contains("Nothing needs you.")
                .doesNotContain("need a look.");
        assertThat(decides(redemption, "decision", "reverse", "note", "customer is back")
                        .status())
                .isEqualTo(303);
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.points("c-ada")).isEqualByComparingTo("1233");
        assertThat(visitor.get("/activity/redemptions").body()).contains("points: given back");
    }

    @Test
    void where_points_could_be_taken_twice_it_says_so_and_wants_a_look_in_aiq() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.aiq.set("report-lag-ms", "999999999");
        shop.aiq.fault(Map.of("operation", "timeline", "kind", "status-before-effect", "status", 500, "times", -1));
        shop.pollAndExecute();
        for (int i = 0; i < 5; i++) {
            shop.clock.advance(Duration.ofHours(5));
            visitor.get("/");
        }
        shop.bridge.run("redemption-settle");
        assertThat(visitor.get("/activity/redemptions/" + redemption).body())
                .contains(
                        "Doing it again may take or give the points twice",
                        "I looked in AIQ",
                        "Sent to AIQ, attempt 1",
                        "AIQ did not take them",
                        "showed 1233 points before");
        Visitor.Answer refused = decides(redemption, "decision", "retry", "note", "kept <my> words");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("may take the points twice", "kept &lt;my&gt; words");
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        String aiqId = shop.aiq.effects("REDEEMED").get(0).path("redemptionID").asText();
        for (String hides : List.of("retry", "release", "not-executed")) {
            assertThat(decides(redemption, "decision", hides, "note", "x", "looked", "yes", "aiq-id", aiqId)
                            .status())
                    .as(hides + " although AIQ's number is given")
                    .isEqualTo(422);
        }
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        assertThat(decides(redemption, "decision", "executed", "note", "seen in AIQ", "looked", "yes", "aiq-id", aiqId)
                        .status())
                .isEqualTo(303);
        assertThat(shop.bridge.rows.queryForObject("select aiq_redemption_id from ledger", String.class))
                .isEqualTo(aiqId);
    }

    @Test
    void what_needs_a_look_says_why_and_what_may_be_done_and_goes_when_somebody_looked() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.till.update("insert into taking_back values ('r-1', 't-1', 'return', ?, 2)", shop.wallClock());
        shop.poll();
        assertThat(visitor.get("/activity/look").body())
                .contains(
                        "One redemption.",
                        "A part of the sale was returned.",
                        "If the points should go back all the same, give them back.",
                        "The till completed sale t-1 over 42.50 by kim",
                        "You may: Give the points back · Looked at, leave it as it is");
        Visitor.Answer sheet = visitor.get("/activity/look.csv");
        assertThat(sheet.header("Content-Type")).startsWith("text/csv");
        assertThat(sheet.body().split("\r\n")).hasSize(2);
        assertThat(sheet.body())
                .startsWith("redemption,since,")
                .contains(redemption + ",", "A part of the sale was returned.", ",…0100,", "AIQ's answer: EXECUTED")
                .doesNotContain("5555550100");
        assertThat(visitor.get("/activity/redemptions/" + redemption).body())
                .contains("Why it needs a look", "A part of the sale was returned.", "Looked at, leave it as it is");
        assertThat(decides(redemption, "decision", "looked-at", "note", "two dollars only")
                        .status())
                .isEqualTo(303);
        assertThat(visitor.get("/activity/look").body()).contains("Nothing needs you.");
        assertThat(visitor.get("/activity/redemptions/" + redemption).body())
                .contains("admin decided: redemption-looked-at", "two dollars only")
                .doesNotContain("Why it needs a look");
        assertThat(decides(redemption, "decision", "looked-at", "note", "again").status())
                .isEqualTo(422);
    }

    /** AIQ took the points, its lists lag a day, and a person has seen nothing there. */
    @Test
    void redeem_again_has_aiqs_records_looked_through_first() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.aiq.fault("redeem", "reset-after-effect", 1);
        shop.aiq.set("report-lag-ms", "999999999");
        shop.pollAndExecute();
        for (int i = 0; i < 5; i++) {
            shop.passes(Duration.ofHours(6));
            shop.bridge.run("redemption-settle");
            visitor.get("/");
        }
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
        shop.aiq.set("report-lag-ms", "0");
        shop.passes(Duration.ofMinutes(11));
        Visitor.Answer asked = decides(redemption, "decision", "retry", "note", "nothing there", "looked", "yes");
        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.body()).contains("AIQ is being asked", "Decide again in a minute", "nothing there");
        shop.passes(Duration.ofSeconds(30));
        shop.bridge.run("redemption-settle");
        assertThat(decides(redemption, "decision", "retry", "note", "nothing there", "looked", "yes")
                        .body())
                .contains("the redemption is EXECUTED");
        shop.pollAndExecute();
        assertThat(shop.aiq.requests("redeem")).hasSize(1);
    }

    @Test
    void what_there_is_not_is_not_found_and_no_filter_reaches_the_database_as_words() {
        String redemption = parked();
        assertThat(visitor.get(
                                "/activity/redemptions?account=green-leaf&connection=till&status=PARKED&customer=0100&from=2020-01-01&to=2090-01-01")
                        .body())
                .contains(redemption);
        assertThat(visitor.get("/activity/redemptions?from=2090-01-01").body()).contains("No redemption fits.");
        for (String hostile :
                List.of("' or '1'='1", "x'; drop table redemption; --", "0100' or 1=1 --", "%", "\\", HOSTILE)) {
            String value = URLEncoder.encode(hostile, StandardCharsets.UTF_8);
            for (String filter : List.of("account", "connection")) {
                assertThat(visitor.get("/activity/redemptions?" + filter + "=" + value)
                                .status())
                        .as(filter + hostile)
                        .isEqualTo(404);
                assertThat(visitor.get("/activity/redemptions.csv?" + filter + "=" + value)
                                .status())
                        .as(filter + hostile)
                        .isEqualTo(404);
            }
            for (String filter : List.of("status", "customer", "from", "to", "after")) {
                Visitor.Answer answer = visitor.get("/activity/redemptions?" + filter + "=" + value);
                assertThat(answer.status()).as(filter + hostile).isEqualTo(422);
                assertThat(answer.body()).doesNotContain(redemption, "<script>alert", "<img src=x");
            }
            assertThat(visitor.get("/activity/redemptions/" + value.replace("+", "%20"))
                            .status())
                    .as(hostile)
                    .isIn(400, 404);
            assertThat(visitor.get("/activity/carts?connection=" + value).status())
                    .isEqualTo(404);
            assertThat(visitor.get("/activity/carts?status=" + value).status()).isEqualTo(404);
            assertThat(visitor.get("/activity/carts?after=" + value).status()).isIn(404, 422);
        }
        assertThat(visitor.get("/activity/redemptions/none").status()).isEqualTo(404);
        assertThat(decides(redemption, "decision", "drop", "note", "x").status())
                .isEqualTo(404);
        assertThat(shop.status(redemption)).isEqualTo("PARKED");
    }

    @Test
    void whatever_a_customer_or_a_brand_is_called_it_stays_text() {
        String redemption = parked();
        shop.bridge.rows.update(
                "update redemption set discount_name = ?, employee = ?, flag = ?, last_error = ?, transaction_id = ?, reason = ?",
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE);
        shop.bridge.rows.update(
                "update pos_transaction set employee = ?, transaction_id = ?, discount_ids = ?",
                HOSTILE,
                HOSTILE,
                HOSTILE);
        shop.bridge.rows.update("update account set brand = ?", HOSTILE);
        shop.bridge.rows.update(
                "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, currency, total, order_id, send_reason, created_at, updated_at) values ('web', ?, 'green-leaf', 'ABANDONED', 1, 'd', 5, 2, '[]', ?, 3, ?, ?, 1, 1)",
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE);
        shop.bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, topic, received_at, status, next_attempt_at, last_error, updated_at) values ('web', 'k', 'webhook', ?, 5, 'PARKED', 1, ?, 1)",
                HOSTILE,
                HOSTILE);
        for (String path : List.of(
                "/activity",
                "/activity/redemptions",
                "/activity/redemptions/" + redemption,
                "/activity/look",
                "/activity/carts",
                "/activity/inbox",
                "/activity/employees",
                "/activity/books")) {
            Visitor.Answer answer = visitor.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).doesNotContain("<script>alert", "<img src=x");
        }
        assertThat(visitor.get("/activity/redemptions").body()).contains("&lt;script&gt;");
    }

    @Test
    void a_spreadsheet_gets_what_the_filter_lets_through_and_no_formula() {
        String redemption = parked();
        shop.bridge.rows.update("update redemption set discount_name = '=HYPERLINK(\"http://evil\",\"x, y\")'");
        Visitor.Answer sheet = visitor.get("/activity/redemptions.csv?status=PARKED");
        assertThat(sheet.header("Content-Type")).startsWith("text/csv");
        assertThat(sheet.header("Content-Disposition")).contains("attachment");
        assertThat(sheet.header("Cache-Control")).isEqualTo("no-store");
        assertThat(sheet.body().split("\r\n")).hasSize(2);
        assertThat(sheet.body())
                .startsWith("redemption,chosen at,")
                .contains(redemption + ",", "\"'=HYPERLINK(\"\"http://evil\"\",\"\"x, y\"\")\"", ",…0100,", ",t-1,")
                .doesNotContain("5555550100");
        assertThat(visitor.get("/activity/redemptions.csv?status=EXECUTED")
                        .body()
                        .split("\r\n"))
                .hasSize(1);
        assertThat(visitor.get("/activity/redemptions.csv?from=never").status()).isEqualTo(422);
    }

    @Test
    void a_long_list_goes_on_page_by_page() {
        parked();
        for (int i = 0; i < 60; i++) {
            shop.bridge.rows.update("""
                insert into redemption (redemption_id, account_id, connection, location, model, status, note, customer_key, discount_id, discount_name, points, reusable, queued_at, expires_at, next_attempt_at, created_at, updated_at)
                select 'more-' || ?, account_id, connection, location, model, 'QUEUED', ?, customer_key, ?, discount_name, points, 1, ?, expires_at, 1, 1, 1 from redemption where status = 'PARKED'""", String.format("%02d", i), "n" + i, "d" + i, 1_000_000L + i / 7);
        }
        String first = visitor.get("/activity/redemptions?connection=till").body();
        Matcher next = Pattern.compile("href=\"(/activity/redemptions\\?[^\"]*after=[^\"]*)\"")
                .matcher(first);
        assertThat(next.find()).isTrue();
        String second = visitor.get(next.group(1).replace("&amp;", "&")).body();
        Pattern row = Pattern.compile("href=\"/activity/redemptions/([^\"?]+)\"");
        assertThat(row.matcher(first).results().count()).isEqualTo(50);
        assertThat(row.matcher(second).results().count()).isEqualTo(11);
        assertThat(row.matcher(second).results().map(r -> r.group(1)).toList())
                .doesNotContainAnyElementsOf(
                        row.matcher(first).results().map(r -> r.group(1)).toList());
    }

    @Test
    void the_numbers_are_those_of_the_books() {
        String session = shop.adasWallet().text("walletSession");
        shop.queued(session, "five-off", "t-1");
        shop.queued(session, "welcome", "t-2");
        shop.rings("t-1", "5555550100", 42.5);
        shop.rings("t-2", "5555550100", 10);
        shop.poll();
        shop.clock.advance(Duration.ofSeconds(90));
        shop.aiq.fault(Map.of("operation", "redeem", "path", "t-2", "kind", "status-before-effect", "status", 404));
        // the one that goes wrong goes second: a customer's others wait for it
        shop.bridge.rows.update(
                "update redemption set next_attempt_at = next_attempt_at + 1 where transaction_id = 't-2'");
        shop.bridge.run("redemption-execute");
        shop.bridge.rows.update(
                "insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, send_status, abandoned_at, created_at, updated_at) values ('web', 'c', 'green-leaf', 'RECOVERED', 1, 'd', 5, 2, '[]', 'WAITING', ?, 1, 1)",
                shop.clock.millis());
        shop.bridge.rows.update("update cart set send_status = 'SENDING'");
        shop.bridge.rows.update("update cart set send_status = 'SENT'");
        for (String period : List.of("", "?period=days")) {
            String page = visitor.get("/activity" + period).body();
            assertThat(page)
                    .contains(
                            "Redemptions: 1 in all, at most 1 at a time",
                            "Points spent: 100 in all",
                            "Carts sent: 1 in all",
                            "Carts recovered: 1 in all",
                            "Calls that failed at AIQ: 1 in all",
                            "Longest wait, seconds: at most 90",
                            "America/Denver");
            assertThat(Pattern.compile("<tr><th scope=\"row\">")
                            .matcher(page)
                            .results()
                            .count())
                    .isEqualTo(period.isEmpty() ? 24 : 30);
        }
    }

    @Test
    void parked_webhooks_are_worked_on_again_one_or_all() {
        for (int i = 1; i <= 3; i++) {
            shop.bridge.rows.update(
                    "insert into inbox (connection, delivery_key, source, topic, received_at, status, attempts, next_attempt_at, last_error, updated_at) values ('web', ?, 'webhook', 'order', 5, 'PARKED', 8, 1, 'a number is missing', 1)",
                    "k" + i);
        }
        assertThat(visitor.get("/activity/inbox").body()).contains("a number is missing", "Process all 3 of web again");
        Long one = shop.bridge.rows.queryForObject("select min(inbox_id) from inbox", Long.class);
        assertThat(visitor.post("/activity/inbox/replay", "id", one.toString(), "note", "")
                        .status())
                .isEqualTo(422);
        assertThat(visitor.post("/activity/inbox/replay", "id", one.toString(), "note", "mapping corrected")
                        .status())
                .isEqualTo(303);
        assertThat(visitor.post("/activity/inbox/replay", "id", one.toString(), "note", "again")
                        .status())
                .as("a second click")
                .isEqualTo(422);
        assertThat(shop.bridge.rows.queryForObject(
                        "select count(*) from inbox where status = 'HEARD' and attempts = 0", Integer.class))
                .isEqualTo(1);
        assertThat(visitor.post("/activity/inbox/replay", "connection", "web", "note", "all")
                        .status())
                .isEqualTo(303);
        assertThat(visitor.post("/activity/inbox/replay", "connection", "none", "note", "all")
                        .status())
                .isEqualTo(404);
        assertThat(visitor.post("/activity/inbox/replay", "id", "1 or 1=1", "note", "all")
                        .status())
                .isEqualTo(404);
        assertThat(shop.bridge.rows.queryForList(
                        "select action || ' ' || subject from audit where actor = 'admin' and action = 'inbox-replay' order by audit_id",
                        String.class))
                .containsExactly("inbox-replay inbox " + one, "inbox-replay web");
    }

    @Test
    void the_employee_of_a_stolen_discount_is_named() {
        shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.rings("t-2", null, 10);
        shop.till.update("update sale set discount_ids = 'five-off'");
        shop.pollAndExecute();
        assertThat(visitor.get("/activity/employees").body())
                .contains("kim", "t-2 (discount, no redemption)")
                .doesNotContain("t-1 (");
    }

    @Test
    void whether_the_books_agree_is_seen_with_each_row_that_does_not() {
        String redemption = parked();
        assertThat(visitor.get("/activity/books").body()).contains("Nothing has been compared yet.");
        shop.bridge.rows.update(
                "insert into reconcile_run (run_id, account_id, from_date, to_date, asked_by, status, ledger_points, aiq_points, entries, differences, ran_at) values ('old', 'green-leaf', '2026-11-01', '2026-11-01', 'clock', 'FAILED', null, null, 0, 0, 1), "
                        + "('new', 'green-leaf', '2026-11-02', '2026-11-02', 'clock', 'DIFFERENT', 100, 350.5, 1, 1, 2)");
        shop.bridge.rows.update(
                "insert into reconcile_difference (run_id, number, cause, redemption_id, aiq_points, sentence) values ('new', 1, 'not-in-ledger', ?, 250.5, ?)",
                redemption,
                "AIQ has it, the ledger has not. " + HOSTILE);
        assertThat(visitor.get("/activity/books").body())
                .contains(
                        "1 difference(s)",
                        "2026-11-02",
                        "350.5 points",
                        "AIQ has it, the ledger has not.",
                        "/activity/redemptions/" + redemption)
                .doesNotContain("2026-11-01", "could not be compared", "<script>alert");
    }
}
