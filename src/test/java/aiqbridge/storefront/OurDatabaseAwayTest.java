package aiqbridge.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.account.StorefrontSecrets;
import aiqbridge.redemption.Rows;
import aiqbridge.storefront.api.ShopStub;
import aiqbridge.storefront.mapping.InboxRow;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;

/** When our own database is away that is no row's fault. */
class OurDatabaseAwayTest {
    private static final InboxRow ROW = Rows.of(InboxRow.class, Map.of("inbox_id", 1L, "attempts", 7));

    @TempDir
    Path folder;

    @Test
    void the_row_stays_as_it_is_and_is_worked_on_when_the_database_is_back() throws Exception {
        Shop.storefront(folder, "web", "kind = generic\n");
        TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-23T18:00:00Z");
        try (TestBridge bridge = new TestBridge(
                folder,
                clock,
                "storefront.connections",
                folder.resolve("storefront").toString(),
                "pos.connections",
                folder.resolve("pos").toString())) {
            bridge.account("green-leaf", "1001", "demo-key");
            bridge.rows.update(
                    "insert into inbox (connection, delivery_key, source, content_type, body, received_at, status, next_attempt_at, updated_at) values ('web', 'd', 'webhook', 'application/json', ?, 1, 'HEARD', 1, 1)",
                    "{\"type\":\"cart.updated\",\"data\":{\"id\":\"c-1\",\"items\":[]}}");
            boolean[] away = {true};
            AdviceWith.adviceWith(
                    bridge.with("inbox-hand-over"), "inbox-hand-over", false, route -> route.weaveAddFirst()
                            .process(exchange -> {
                                if (away[0]) {
                                    throw new CannotGetJdbcConnectionException(
                                            "gone", new SQLException("gone", "08006"));
                                }
                            }));
            bridge.run("inbox-work");
            Map<String, Object> row = bridge.rows.queryForMap("select * from inbox");
            assertThat(row)
                    .containsEntry("status", "HEARD")
                    .containsEntry("attempts", 0)
                    .containsEntry("last_error", null);
            away[0] = false;
            clock.advance(Duration.ofMinutes(2));
            bridge.run("inbox-work");
            assertThat(bridge.rows.queryForMap("select * from inbox")).containsEntry("status", "DONE");
        }
    }

    @Test
    void what_the_database_refuses_is_the_rows_fault_and_everything_else_of_it_is_ours() throws Exception {
        InboxWork work = new InboxWork(
                Settings.of(Settings.load(TestBridge.HOME.resolve("config/application.properties"))),
                new TestBridge.TestClock("2026-11-23T18:00:00Z"));
        for (Exception ours : List.of(
                new QueryTimeoutException("x"),
                new RuntimeException(new CannotGetJdbcConnectionException("x")),
                new UncategorizedSQLException("x", "x", new SQLException("full", null, 13)))) {
            assertThatThrownBy(() -> work.failed(ROW, ours)).isSameAs(ours);
        }
        for (Exception its : List.of(
                new DataIntegrityViolationException("ada@mail.example"),
                new UncategorizedSQLException("x", "x", new SQLException("constraint", null, 19)),
                new IllegalStateException("ada@mail.example"))) {
            assertThat(Rows.told(work.failed(ROW, its)))
                    .containsEntry("status", "PARKED")
                    .containsEntry("attempts", 8)
                    .hasEntrySatisfying("last_error", sentence -> assertThat((String) sentence)
                            .doesNotContain("ada")
                            .endsWith("."));
        }
    }

    @Test
    void the_shop_that_is_asked_is_blamed_for_its_own_failures_alone() {
        try (ShopStub api = new ShopStub()) {
            Shop.storefront(folder, "web", "kind = woocommerce\napi.url = " + api.url("web") + "\n");
            api.answers(
                    "web",
                    target -> ShopStub.Answer.ok(
                            "[{\"id\":1,\"status\":\"processing\",\"date_created_gmt\":\"2026-11-23T17:59:00\",\"date_modified_gmt\":\"2026-11-23T17:59:00\"}]"));
            TestBridge.TestClock clock = new TestBridge.TestClock("2026-11-23T18:00:00Z");
            try (TestBridge bridge = new TestBridge(
                    folder,
                    clock,
                    "storefront.connections",
                    folder.resolve("storefront").toString(),
                    "pos.connections",
                    folder.resolve("pos").toString(),
                    "clock.auto-startup",
                    "true",
                    "storefront.ask-every",
                    "200ms")) {
                bridge.account("green-leaf", "1001", "demo-key");
                AtomicInteger ended = new AtomicInteger();
                bridge.bridge().camel().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
                    @Override
                    public void notify(CamelEvent event) {
                        if (event instanceof CamelEvent.ExchangeCompletedEvent completed
                                && "storefront-ask-web-clock"
                                        .equals(completed.getExchange().getFromRouteId())) {
                            ended.incrementAndGet();
                        }
                    }
                });
                bridge.rows.execute("alter table inbox rename to away");
                bridge.bridge().storefrontSecrets().add("web", StorefrontSecrets.API, "ck_1:cs_2");
                // the clock may have struck before: without a token the shop is left in peace for a while
                clock.advance(Duration.ofMinutes(1));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> !api.requests("web").isEmpty());
                int before = ended.get();
                await().atMost(Duration.ofSeconds(30)).until(() -> ended.get() >= before + 2);
                bridge.rows.update("delete from storefront_state");
                await().atMost(Duration.ofSeconds(30)).until(() -> ended.get() >= before + 4);
                assertThat(said(bridge)).as("our own table is gone").isEmpty();
                bridge.rows.execute("alter table away rename to inbox");
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> bridge.rows.queryForObject(
                                        "select count(*) from inbox where source = 'poll'", Integer.class)
                                == 1);
                api.answers("web", target -> new ShopStub.Answer(401, "{}"));
                await().atMost(Duration.ofSeconds(30)).until(() -> !said(bridge).isEmpty());
            }
        }
    }

    private static String said(TestBridge bridge) {
        return bridge
                .rows
                .queryForList(
                        "select coalesce(last_error, '') from storefront_state where connection = 'web'", String.class)
                .stream()
                .findFirst()
                .orElse("");
    }
}
