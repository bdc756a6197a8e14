package aiqbridge.aiq;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Shop;
import aiqbridge.TestBridge.TestClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AIQ's limits are kept, people come first, redemptions have their share, and the hour survives a restart. routes/redemption/README.md section 8. */
class AiqBudgetTest {
    @TempDir
    Path folder;

    private final TestClock clock = new TestClock("2026-11-24T10:00:00Z");

    private static int takes(AiqBudget budget, Priority priority) {
        int taken = 0;
        while (budget.take("a", priority)) {
            taken++;
        }
        return taken;
    }

    @Test
    void no_window_is_exceeded() {
        AiqBudget budget = new AiqBudget(clock, 5, 12, 20);
        int[] expected = {5, 4, 3, 0};
        for (int calls : expected) {
            assertThat(takesByAll(budget)).isEqualTo(calls);
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofMinutes(1));
        assertThat(takesByAll(budget)).isEqualTo(5);
        clock.advance(Duration.ofSeconds(1));
        assertThat(takesByAll(budget)).as("the hour's limit").isEqualTo(3);
        clock.advance(Duration.ofHours(1));
        assertThat(takesByAll(budget)).isEqualTo(5);
    }

    /** Redemptions first, then persons: each leaves the other a share, and once persons found no call, redemptions keep to theirs. */
    private static int takesByAll(AiqBudget budget) {
        return takes(budget, Priority.REDEMPTION) + takes(budget, Priority.PERSON);
    }

    @Test
    void a_backlog_of_redemptions_leaves_a_person_at_the_till_a_call() {
        AiqBudget budget = new AiqBudget(clock, 5, 0, 0);
        assertThat(takes(budget, Priority.REDEMPTION)).isEqualTo(4);
        assertThat(takes(budget, Priority.PERSON)).isEqualTo(1);
    }

    @Test
    void reports_leave_the_redemptions_their_share() {
        AiqBudget budget = new AiqBudget(clock, 10, 0, 0);
        assertThat(takes(budget, Priority.RECONCILIATION)).isLessThanOrEqualTo(7);
        assertThat(takes(budget, Priority.REDEMPTION)).isGreaterThanOrEqualTo(3);
    }

    /** AIQ's limits as shipped; a checkout makes three calls and waits two seconds for each; a backlog takes what it gets, four times a second, and so does the settling of unclear ones. */
    @ParameterizedTest
    @CsvSource({"1, 10000", "1, 5000", "1, 3000", "2, 3000"})
    void a_checkout_finds_a_free_call_beside_a_backlog_and_unclear_ones(int atATime, long everyMs) {
        AiqBudget budget = new AiqBudget(clock, 5, 120, 0);
        int served = 0, background = 0;
        long since = clock.millis();
        Random random = new Random(1);
        for (int checkout = 0; checkout < 100; checkout++) {
            long next = clock.millis() + everyMs / 2 + random.nextInt((int) everyMs);
            while (clock.millis() < next) {
                background += backlog(budget);
                clock.advance(Duration.ofMillis(25));
            }
            boolean all = true;
            for (int call = 0; call < 3 * atATime && all; call++) {
                long giveUp = clock.millis() + 2_000;
                while (all && !budget.take("a", Priority.PERSON)) {
                    background += backlog(budget);
                    clock.advance(Duration.ofMillis(25));
                    all = clock.millis() < giveUp;
                }
                clock.advance(Duration.ofMillis(100));
            }
            served += all ? 1 : 0;
        }
        double perMinute = background * 60_000.0 / (clock.millis() - since);
        System.out.println("AiqBudgetTest: " + atATime + " checkout(s) every " + everyMs + " ms: " + served
                + " of 100 served, beside them " + Math.round(perMinute) + " calls a minute");
        assertThat(served).isGreaterThanOrEqualTo(95);
        assertThat(perMinute).as("the redemptions' share").isGreaterThanOrEqualTo(30);
    }

    private int backlog(AiqBudget budget) {
        return clock.millis() % 250 == 0
                ? takes(budget, Priority.REDEMPTION) + takes(budget, Priority.RECONCILIATION)
                : 0;
    }

    @Test
    void the_hour_survives_a_restart_and_waiting_costs_no_attempt() {
        try (Shop shop = new Shop(folder, "aiq.calls-per-hour", "4", "aiq.person-waits", "100ms")) {
            String redemption = shop.queued("five-off", "t-1");
            shop.bridge.run("aiq-budget-keep");
            shop.restart();
            assertThat(shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "5555550100"))
                            .status())
                    .isIn(200, 503);
            Shop.Answer refused = shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "5555550100"));
            Shop.Answer later = refused.status() == 503
                    ? refused
                    : shop.post(shop.otherKey, "/api/v1/wallet", Map.of("phone", "5555550100"));
            assertThat(later.status()).isEqualTo(503);
            assertThat(later.retryAfter()).isNotNull();
            shop.rings("t-1", "5555550100", 42.5);
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("DUE");
            assertThat(shop.bridge.rows.queryForObject("select attempts from redemption", Integer.class))
                    .isZero();
            shop.passes(Duration.ofHours(1));
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
        }
    }

    @Test
    void the_age_of_the_oldest_due_one_is_a_metric() throws Exception {
        try (Shop shop = new Shop(folder)) {
            shop.queued("five-off", "t-1");
            shop.rings("t-1", "5555550100", 42.5);
            shop.poll();
            shop.passes(Duration.ofMinutes(20));
            shop.bridge.run("redemption-watch");
            String page = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://127.0.0.1:" + shop.bridge.managementPort + "/observe/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(page)
                    .containsPattern("aiqbridge_oldest_due_seconds(\\{[^}]*})? 1200")
                    .containsPattern("aiqbridge_due(\\{[^}]*})? 1");
        }
    }
}
