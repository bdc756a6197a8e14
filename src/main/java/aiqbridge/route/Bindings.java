package aiqbridge.route;

import aiqbridge.route.Definition.Reference;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who may bind a statement's parameter: a route by a header or variable, a statement by a column, a bean by a word in its class, a class of rows by a
 * component. It counts what the routes that lead to a statement do, and all that these lead to: rather too much than a false alarm.
 */
final class Bindings {
    /** Of each class: its own words, those of what it is made of, and of what its methods take and return. */
    private static final ClassValue<List<Set<String>>> WORDS = new ClassValue<>() {
        @Override
        protected List<Set<String>> computeValue(Class<?> type) {
            return around(type).stream().map(CONSTANTS::get).toList();
        }
    };

    private static final ClassValue<Set<String>> CONSTANTS = new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
            return constants(type);
        }
    };
    private final Function<Reference, String[]> columns;
    private final Map<String, Object> beans;
    private final Map<Definition, List<Definition>> after = new IdentityHashMap<>();
    private final Map<Definition, List<Definition>> before = new IdentityHashMap<>();
    private final Map<Definition, List<Reference>> around = new IdentityHashMap<>();

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
        Predicate<Set<String>> knows = knows(parameter);
        return around.computeIfAbsent(user, this::references).stream()
                .anyMatch(reference -> mayBind(reference, parameter, knows));
    }

    private List<Reference> references(Definition user) {
        return reached(reached(List.of(user), before), after).stream()
                .flatMap(one -> one.references().stream())
                .toList();
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

    private boolean mayBind(Reference reference, String parameter, Predicate<Set<String>> knows) {
        return switch (reference.to()) {
            case SETS -> reference.name().equals(parameter);
            case STATEMENT -> Stream.of(columns.apply(reference)).anyMatch(parameter::equalsIgnoreCase);
            case CLASS -> WORDS.get(load(reference.name())).stream().anyMatch(knows);
            case BEAN ->
                beans.containsKey(reference.name())
                        && WORDS.get(beans.get(reference.name()).getClass()).stream()
                                .anyMatch(knows);
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
    private static Predicate<Set<String>> knows(String parameter) {
        StringBuilder camel = new StringBuilder();
        for (String word : parameter.split("_")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        String component = camel.toString();
        return words -> words.contains(parameter) || words.contains(component);
    }

    private static Set<Class<?>> around(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>(List.of(type));
        types.addAll(List.of(type.getDeclaredClasses()));
        Stream.of(type.getDeclaredFields()).forEach(field -> types.add(field.getType()));
        for (Method method : type.getDeclaredMethods()) {
            types.add(method.getReturnType());
            types.addAll(List.of(method.getParameterTypes()));
        }
        return types;
    }

    /** The texts and names in a class file of ours: each {@code CONSTANT_Utf8_info}. */
    private static Set<String> constants(Class<?> type) {
        if (!type.getName().startsWith("aiqbridge.")) {
            return Set.of();
        }
        try (DataInputStream code = new DataInputStream(new BufferedInputStream(
                type.getResourceAsStream(type.getName().replaceFirst(".*[.]", "") + ".class")))) {
            Set<String> texts = new HashSet<>();
            code.skipNBytes(8);
            int count = code.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = code.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.add(code.readUTF());
                    case 7, 8, 16, 19, 20 -> code.skipNBytes(2);
                    case 15 -> code.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> code.skipNBytes(4);
                    case 5, 6 -> {
                        // a long or a double counts as two
                        code.skipNBytes(8);
                        i++;
                    }
                    default -> throw new IllegalStateException(type + " has a constant of kind " + tag);
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
