package aiqbridge.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.storefront.api.ShopStub;
import aiqbridge.storefront.api.ShopStub.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop that says nothing any more is noticed: platforms switch webhooks off by themselves. */
class StorefrontWatchTest {
    @TempDir
    Path folder;

    private final TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-23T18:00:00Z");
    private TestBridge bridge;
    private int deliveries;

    String[] store() {
        return new String[0];
    }

    private void open(String... more) {
        Shop.storefront(folder, "web", "kind = woocommerce\n");
        Shop.storefront(folder, "other", "kind = generic\n");
        List<String> settings = new ArrayList<>(List.of(
                "storefront.connections",
                folder.resolve("storefront").toString(),
                "pos.connections",
                folder.resolve("pos").toString()));
        settings.addAll(List.of(store()));
        settings.addAll(List.of(more));
        bridge = new TestBridge(folder, clock, settings.toArray(new String[0]));
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    private void speaks(String shop, String source) {
        long now = clock.millis();
        bridge.rows.update(
                "insert into inbox (connection, delivery_key, source, content_type, body, received_at, status, next_attempt_at, updated_at) values (?, ?, ?, 'application/json', '{}', ?, 'DONE', ?, ?)",
                shop,
                "d-" + ++deliveries,
                source,
                now,
                now,
                now);
        if (source.equals("webhook")) {
            bridge.rows.update(
                    "insert into storefront_state (connection, heard_at, updated_at) values (?, ?, ?) on conflict (connection) do update set heard_at = excluded.heard_at",
                    shop,
                    now,
                    now);
        } else {
            bridge.rows.update(
                    "insert into storefront_state (connection, polled_at, updated_at) values (?, ?, ?) on conflict (connection) do update set polled_at = excluded.polled_at",
                    shop,
                    now,
                    now);
        }
    }

    /** How many are silent after so long. */
    private double silentAfter(Duration time) {
        clock.advance(time);
        bridge.run("storefront-watch");
        return gauge("storefronts_silent");
    }

    private double gauge(String name) {
        return bridge.bridge()
                .camel()
                .getRegistry()
                .findSingleByType(MeterRegistry.class)
                .get("aiqbridge." + name)
                .gauge()
                .value();
    }

    private Long silentSince(String shop) {
        return bridge.rows.queryForObject(
                "select silent_at from storefront_state where connection = ?", Long.class, shop);
    }

    @Test
    void a_shop_that_speaks_often_is_silent_after_half_a_day_and_that_is_noted_once() {
        open();
        for (int i = 0; i < 50; i++) {
            clock.advance(Duration.ofMinutes(5));
            speaks("web", "webhook");
        }
        assertThat(silentAfter(Duration.ofHours(11))).isZero();
        assertThat(silentSince("web")).isNull();
        assertThat(silentAfter(Duration.ofHours(2))).isEqualTo(1);
        Long noted = silentSince("web");
        assertThat(noted).isEqualTo(clock.millis());
        assertThat(silentAfter(Duration.ofHours(1))).isEqualTo(1);
        assertThat(silentSince("web")).isEqualTo(noted);
        speaks("web", "webhook");
        assertThat(silentAfter(Duration.ofMinutes(1))).isZero();
        assertThat(silentSince("web")).isNull();
    }

    @Test
    void a_shop_that_seldom_speaks_may_be_quiet_for_longer() {
        open();
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofHours(6));
            speaks("web", "webhook");
        }
        assertThat(silentAfter(Duration.ofHours(58))).isZero();
        assertThat(silentAfter(Duration.ofHours(3))).isEqualTo(1);
        assertThat(silentSince("web")).isNotNull();
    }

    @Test
    void
            a_shop_that_never_spoke_but_has_changed_things_when_asked_is_silent_and_one_of_which_nothing_is_known_is_not() {
        open();
        speaks("web", "poll");
        assertThat(silentAfter(Duration.ofHours(11))).isZero();
        assertThat(silentAfter(Duration.ofHours(2))).isEqualTo(1);
        assertThat(bridge.rows.queryForList("select connection from storefront_state", String.class))
                .containsExactly("web");
    }

    @Test
    void what_waits_and_what_is_parked_are_metrics() {
        open();
        bridge.run("storefront-watch");
        assertThat(gauge("inbox_oldest_seconds")).isZero();
        speaks("web", "webhook");
        speaks("web", "webhook");
        bridge.rows.update("update inbox set status = 'HEARD' where delivery_key = 'd-1'");
        bridge.rows.update("update inbox set status = 'PARKED' where delivery_key = 'd-2'");
        clock.advance(Duration.ofSeconds(90));
        bridge.run("storefront-watch");
        assertThat(gauge("inbox_oldest_seconds")).isEqualTo(90);
        assertThat(gauge("inbox_parked")).isEqualTo(1);
    }

    @Test
    void the_clocks_run_and_a_shop_that_cannot_be_asked_says_why_in_its_row() {
        try (ShopStub api = new ShopStub()) {
            api.answers("shop", target -> new Answer(401, "no"));
            Shop.storefront(folder, "asked", "kind = woocommerce\napi.url = " + api.url("shop") + "\n");
            open(
                    "clock.auto-startup",
                    "true",
                    "storefront.ask-every",
                    "200ms",
                    "storefront.watch-every",
                    "200ms",
                    "storefront.api-pause",
                    "1ms",
                    "inbox.work-every",
                    "200ms");
            bridge.bridge().storefrontSecrets().add("asked", StorefrontSecrets.API, "ck_1:cs_2");
            // the clock may have struck before: without a token the shop is left in peace for a while
            clock.advance(Duration.ofMinutes(1));
            await().until(() -> bridge.rows.queryForObject(
                            "select count(*) from storefront_state where connection = 'asked' and last_error like '%refuses our token with 401%'",
                            Integer.class)
                    == 1);
            api.answers("shop", target -> Answer.ok("[]"));
            clock.advance(Duration.ofMinutes(1));
            await().until(() -> bridge.rows.queryForObject(
                            "select count(*) from storefront_state where connection = 'asked' and last_error is null and asked_until is not null",
                            Integer.class)
                    == 1);
        }
    }
}
