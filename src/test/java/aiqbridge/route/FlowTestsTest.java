package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every flow file has one route test with Camel's test kit. */
class FlowTestsTest {
    private static final Path ROUTES = Path.of("routes");
    private static final List<Class<? extends FlowTestSupport>> TESTS = List.of(
            CartFlowsTest.class,
            PosFlowsTest.class,
            RedemptionFlowsTest.class,
            ApiFlowsTest.class,
            WalletFlowsTest.class);
    /** A flow that gets its test leaves this list; none comes in. */
    private static final List<String> NOT_YET = List.of(
            "aiq/budget",
            "clocks",
            "health/watch",
            "ledger/close",
            "page/accounts",
            "page/activity",
            "page/connections",
            "page/decide",
            "page/door",
            "page/overview",
            "page/sign-in",
            "policies",
            "reconcile/reconcile",
            "retention/retention",
            "store/beat",
            "storefront/ask",
            "storefront/inbox",
            "storefront/watch",
            "storefront/webhook");

    @Test
    void every_flow_file_is_named_by_one_test_or_waits_for_it_here() throws IOException {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            List<String> flows = files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .map(file -> ROUTES.relativize(file).toString().replace(".camel.yaml", ""))
                    .toList();
            assertThat(Stream.concat(tested(), NOT_YET.stream()))
                    .as("a new flow file wants a @Flow(\"folder/file\") test in a class that FlowTestsTest names")
                    .containsExactlyInAnyOrderElementsOf(flows);
        }
    }

    private static Stream<String> tested() {
        return TESTS.stream()
                .map(Class::getDeclaredMethods)
                .flatMap(Arrays::stream)
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(FlowTestsTest::flow);
    }

    private static String flow(Method test) {
        assertThat(test.isAnnotationPresent(Flow.class))
                .as(test.getDeclaringClass().getSimpleName() + "." + test.getName()
                        + " says with @Flow(\"folder/file\") which flow file it is about")
                .isTrue();
        return test.getAnnotation(Flow.class).value();
    }
}
