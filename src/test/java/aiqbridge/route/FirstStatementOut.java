package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import aiqbridge.TestBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Shows that a route test notices when its flow does not do its work: {@code -Dflow.first-statement-out=cart/sweep} runs the tests on routes in which
 * {@code cart/sweep} has lost its first statement. With {@code each} every test has a bridge of its own without its flow's first statement, and passes if it fails there.
 */
final class FirstStatementOut implements InvocationInterceptor {
    private static final String WHICH = System.getProperty("flow.first-statement-out", "");

    /** Taken out is the first statement; of a flow without one the first call to the outside, else its first bean, else where it hands over. */
    private static final List<Predicate<Map<?, ?>>> FIRST = List.of(
            step -> uri(step).equals("sql"),
            step -> !uri(step).isEmpty() && !uri(step).startsWith("direct:"),
            step -> step.containsKey("bean"),
            step -> step.containsKey("to"));

    /** The settings of a bridge whose routes lack what the command line says. */
    static String[] settings(Path folder) {
        return WHICH.isEmpty() || WHICH.equals("each") ? new String[0] : settings(folder, WHICH);
    }

    static String[] settings(Path folder, String flow) {
        Path home = folder.resolve("home");
        try {
            for (String part : List.of("routes", "config")) {
                try (Stream<Path> files = Files.walk(TestBridge.HOME.resolve(part))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Path copy = home.resolve(TestBridge.HOME.relativize(file));
                        Files.createDirectories(copy.getParent());
                        Files.copy(file, copy);
                    }
                }
            }
            takeOut(home.resolve("routes/" + flow + ".camel.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String[] {TestBridge.HOME_SETTING, home.toString()};
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> called, ExtensionContext context)
            throws Throwable {
        if (!WHICH.equals("each")) {
            test.proceed();
            return;
        }
        String flow = called.getExecutable().getAnnotation(Flow.class).value();
        FlowTestSupport tests = (FlowTestSupport) context.getRequiredTestInstance();
        tests.reopen(flow);
        Throwable red = catchThrowable(test::proceed);
        System.out.println(flow + " without its first statement: " + red);
        assertThat(red)
                .as(called.getExecutable().getName() + " while " + flow + " lacks its first statement")
                .isInstanceOf(AssertionError.class);
    }

    private static void takeOut(Path file) throws IOException {
        Object routes = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        Object step = FIRST.stream()
                .flatMap(kind -> first(routes, kind).stream())
                .findFirst()
                .orElseThrow();
        Files.writeString(file, new Dump(DumpSettings.builder().build()).dumpToString(without(routes, step)));
    }

    private static Optional<Object> first(Object node, Predicate<Map<?, ?>> kind) {
        if (node instanceof List<?> list) {
            return list.stream().flatMap(item -> first(item, kind).stream()).findFirst();
        }
        if (node instanceof Map<?, ?> map) {
            return kind.test(map) ? Optional.of(map) : first(List.copyOf(map.values()), kind);
        }
        return Optional.empty();
    }

    private static Object without(Object node, Object step) {
        if (node == step) {
            // it never runs, and the start's check still finds who binds what
            Map<String, Object> never = Map.of("constant", Map.of("expression", "false"));
            return Map.of("filter", Map.of("expression", never, "steps", List.of(step)));
        }
        if (node instanceof List<?> list) {
            return list.stream().map(item -> without(item, step)).toList();
        }
        if (node instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key, without(value, step)));
            return copy;
        }
        return node;
    }

    private static String uri(Map<?, ?> step) {
        return step.get("to") instanceof Map<?, ?> to && to.get("uri") != null
                ? to.get("uri").toString()
                : "";
    }
}
