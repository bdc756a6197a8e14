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
            ApiFlowsTest.class,
            CartFlowsTest.class,
            ClockFlowsTest.class,
            HouseFlowsTest.class,
            PageFlowsTest.class,
            PosFlowsTest.class,
            RedemptionFlowsTest.class,
            StorefrontFlowsTest.class,
            WalletFlowsTest.class);

    @Test
    void every_flow_file_is_named_by_one_test() throws IOException {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            List<String> flows = files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .map(file -> ROUTES.relativize(file).toString().replace(".camel.yaml", ""))
                    .toList();
            assertThat(tested())
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
