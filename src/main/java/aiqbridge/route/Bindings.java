package aiqbridge.route;

import aiqbridge.route.Definition.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who may bind a statement's parameter: a route by a header or variable, a statement by a column, a bean by a word in its class, a class of rows by a
 * component. It counts what the routes that lead to a statement do, and all that these lead to: rather too much than a false alarm.
 */
final class Bindings {
    private static final ClassValue<String> CODE = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return code(type);
        }
    };
    private final Function<Reference, String[]> columns;
    private final Map<String, Object> beans;
    private final Map<Definition, List<Definition>> after = new IdentityHashMap<>();
    private final Map<Definition, List<Definition>> before = new IdentityHashMap<>();

    /** @param columns what a statement may give */
    Bindings(List<Definition> all, Map<String, Object> beans, Function<Reference, String[]> columns) {
        this.beans = beans;
        this.columns = columns;
        Map<String, List<Definition>> begins = new HashMap<>();
        for (Definition one : all) {
            String name = one.kind().equals(Definition.POLICY) ? one.id() : one.from();
            begins.computeIfAbsent(name, address -> new ArrayList<>()).add(one);
        }
        for (Definition one : all) {
            for (Reference to : one.references()) {
                next(to, begins).forEach(other -> {
                    after.computeIfAbsent(one, key -> new ArrayList<>()).add(other);
                    before.computeIfAbsent(other, key -> new ArrayList<>()).add(one);
                });
            }
        }
    }

    private static Stream<Definition> next(Reference to, Map<String, List<Definition>> begins) {
        return switch (to.to()) {
            case POLICY -> begins.getOrDefault(to.name(), List.of()).stream();
            case ROUTE -> {
                String fixed = "direct:" + to.name().replaceFirst("[$]\\{.*", "");
                yield fixed.endsWith(to.name())
                        ? begins.getOrDefault(fixed, List.of()).stream()
                        : begins.entrySet().stream()
                                .filter(one -> one.getKey().startsWith(fixed))
                                .flatMap(one -> one.getValue().stream());
            }
            default -> Stream.empty();
        };
    }

    boolean binds(Definition user, String parameter) {
        return reached(reached(List.of(user), before), after).stream()
                .flatMap(one -> one.references().stream())
                .anyMatch(reference -> mayBind(reference, parameter));
    }

    private static Collection<Definition> reached(Collection<Definition> from, Map<Definition, List<Definition>> next) {
        Map<Definition, Boolean> reached = new IdentityHashMap<>();
        Deque<Definition> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            Definition one = open.pop();
            if (reached.put(one, true) == null) {
                next.getOrDefault(one, List.of()).forEach(open::push);
            }
        }
        return reached.keySet();
    }

    private boolean mayBind(Reference reference, String parameter) {
        return switch (reference.to()) {
            case SETS -> reference.name().equals(parameter);
            case STATEMENT -> Stream.of(columns.apply(reference)).anyMatch(parameter::equalsIgnoreCase);
            case CLASS -> words(load(reference.name())).anyMatch(code -> knows(code, parameter));
            case BEAN ->
                beans.containsKey(reference.name())
                        && words(beans.get(reference.name()).getClass()).anyMatch(code -> knows(code, parameter));
            default -> false;
        };
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Bindings.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return Object.class;
        }
    }

    /** As a key of a map, {@code account_id}, or as a component or field, {@code accountId}. */
    private static boolean knows(String code, String parameter) {
        StringBuilder camel = new StringBuilder();
        for (String word : parameter.split("_")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        // put together: bound + "_id"
        int last = parameter.lastIndexOf('_');
        boolean together = last > 0
                && code.contains(constant("\u0001" + parameter.substring(last)))
                && code.contains(constant(parameter.substring(0, last)));
        return together || Stream.of(parameter, camel.toString()).anyMatch(word -> code.contains(constant(word)));
    }

    /** As the compiler writes a text into a class file: {@code CONSTANT_Utf8_info}. */
    private static String constant(String word) {
        return "\u0001" + (char) 0 + (char) word.length() + word;
    }

    /** A class, what it is made of, and what its methods take and return. */
    private static Stream<String> words(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>(List.of(type));
        Stream.of(type.getDeclaredFields()).forEach(field -> types.add(field.getType()));
        for (Method method : type.getDeclaredMethods()) {
            types.add(method.getReturnType());
            types.addAll(List.of(method.getParameterTypes()));
        }
        return types.stream().map(CODE::get);
    }

    private static String code(Class<?> type) {
        if (!type.getName().startsWith("aiqbridge.")) {
            return "";
        }
        try (InputStream code = type.getResourceAsStream(type.getName().replaceFirst(".*[.]", "") + ".class")) {
            return new String(code.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
