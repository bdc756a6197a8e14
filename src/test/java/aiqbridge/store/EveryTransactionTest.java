package aiqbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.TransactedDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route that has a transaction, as Camel knows them: none of its steps is run when the transaction cannot begin, however often that is. */
class EveryTransactionTest {
    @TempDir
    Path folder;

    @Test
    void nothing_is_run_outside_its_transaction() throws Exception {
        Shop.storefront(folder, "web", "kind = generic\n");
        try (Shop shop = new Shop(folder, TestBridge.everyRouteAtOnce("store.busy-timeout", "50ms"))) {
            ModelCamelContext camel = (ModelCamelContext) shop.bridge.bridge().camel();
            List<String> routes = camel.getRouteDefinitions().stream()
                    .filter(route -> !ProcessorDefinitionHelper.filterTypeInOutputs(
                                    route.getOutputs(), TransactedDefinition.class)
                            .isEmpty())
                    .map(route -> route.getRouteId())
                    .sorted()
                    .toList();
            assertThat(routes)
                    .hasSizeGreaterThan(15)
                    .contains("redemption-accept", "redemption-outcome", "cart-claim", "ledger-close-day");
            Map<String, Object> before = rows(shop);
            AtomicInteger anywhere = new AtomicInteger();
            for (String route : routes) {
                // Camel puts it inside the transaction, before all other steps
                AtomicInteger run = new AtomicInteger();
                AdviceWith.adviceWith(
                        camel, route, false, advice -> advice.weaveAddFirst().process(exchange -> {
                            run.incrementAndGet();
                            anywhere.incrementAndGet();
                        }));
                try (ForeignLock lock = new ForeignLock(folder.resolve("bridge.db"))) {
                    assertThat(lock.held()).isTrue();
                    for (int i = 0; i < 3; i++) {
                        Throwable failed = catchThrowable(() -> shop.bridge.run(route));
                        assertThat(failed).as(route).isNotNull();
                        assertThat(StoreFault.ours(failed))
                                .as(route + " began no transaction and went on: " + failed)
                                .isTrue();
                    }
                }
                assertThat(run)
                        .as("steps of " + route + " that were run all the same")
                        .hasValue(0);
                assertThat(rows(shop)).as(route).isEqualTo(before);
                assertThat(shop.bridge.rows.update("update account set updated_at = updated_at"))
                        .as("after " + route + " everything goes on at once")
                        .isPositive();
            }
            anywhere.set(0);
            shop.bridge.bridge().store().close();
            for (String route : routes) {
                assertThat(StoreFault.ours(catchThrowable(() -> shop.bridge.run(route))))
                        .as(route + " without a connection")
                        .isTrue();
            }
            assertThat(anywhere).as("steps without a connection").hasValue(0);
        }
    }

    /** How many rows each table has. */
    private static Map<String, Object> rows(Shop shop) {
        Map<String, Object> rows = new TreeMap<>();
        for (String table : shop.bridge.rows.queryForList(
                "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'", String.class)) {
            rows.put(table, shop.bridge.rows.queryForObject("select count(*) from " + table, Integer.class));
        }
        return rows;
    }
}
