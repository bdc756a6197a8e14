package aiqbridge.route;

import aiqbridge.Sha256;
import aiqbridge.StartRefused;
import aiqbridge.route.Definition.Reference;
import aiqbridge.route.Definition.To;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.TemplatedRouteDefinition;

/**
 * Whether all that routes name is there, and there once: routes, policies, templates with their parameters, beans with their methods, classes, settings and
 * statements; whether the bridge's own database takes each statement, and somebody binds its parameters. It runs nothing.
 */
public final class RouteCheck {
    /** What was found good: a process that opens many bridges on the same files looks once. */
    private static final Set<String> GOOD = ConcurrentHashMap.newKeySet();

    /** The statements of a make that no route runs. */
    private static final Map<String, Set<String>> BY_BEANS =
            Map.of("written-back", Set.of("transaction_id"), "check", Set.of("wall_clock", "now_epoch"));

    private static final String MISREAD =
            "A parameter is written :#name and stands in code. For PostgreSQL's operator ? write jsonb_exists(…); in a literal put something between the colon and the #.";

    private final Path home;
    private final Map<String, Object> beans;
    private final Properties settings;
    private final Function<Map<String, String>, List<RouteBuilder>> connections;

    /**
     * @param home        the folder that holds routes/
     * @param beans       what routes name
     * @param settings    what routes read
     * @param connections make the routes of tills and shops from templates; they are told what is wrong with statements of a make, by their files
     */
    public RouteCheck(
            Path home,
            Map<String, Object> beans,
            Properties settings,
            Function<Map<String, String>, List<RouteBuilder>> connections) {
        this.home = home;
        this.beans = beans;
        this.settings = settings;
        this.connections = connections;
    }

    /**
     * @return what is wrong with statements of a make of till, by their files: it stops the tills of that make alone
     * @throws StartRefused when anything else is wrong with the files as they stand on the disk
     */
    public Map<String, String> refuse() {
        Map<String, String> texts = texts();
        String all = Sha256.hex(texts
                + settings.getProperty("store.dialect")
                + settings.stringPropertyNames()
                + beans.keySet()
                + connections(Map.of()).stream()
                        .map(one -> one.getRouteId()
                                + one.getParameters().stream()
                                        .map(given -> given.getValue())
                                        .toList())
                        .toList());
        if (GOOD.contains(all)) {
            return Map.of();
        }
        List<Finding> findings = findings(texts);
        Map<String, String> makes = brokenMakes(findings, texts);
        refuse(findings.stream().filter(one -> !makes.containsKey(one.file())).toList());
        if (makes.isEmpty()) {
            GOOD.add(all);
        }
        return makes;
    }

    private static Map<String, String> brokenMakes(List<Finding> findings, Map<String, String> texts) {
        Map<String, String> makes = new TreeMap<>();
        findings.stream()
                .filter(one -> ofMake(one.file(), texts))
                .forEach(one -> makes.putIfAbsent(one.file(), one.text() + ". " + one.hint()));
        return makes;
    }

    /** A make is a folder that holds its statement of completed sales. */
    private static boolean ofMake(String file, Map<String, String> texts) {
        String sales = file.substring(0, file.lastIndexOf('/') + 1) + "sales.";
        return texts.keySet().stream().anyMatch(one -> one.startsWith(sales));
    }

    static void refuse(List<Finding> findings) {
        if (findings.size() == 1) {
            throw new StartRefused(findings.get(0).text() + ".", findings.get(0).hint());
        }
        if (!findings.isEmpty()) {
            throw new StartRefused(
                    findings.stream()
                            .map(one -> "  " + one.text() + ". " + one.hint())
                            .collect(Collectors.joining(
                                    "\n", findings.size() + " things in routes/ cannot be right:\n", "")),
                    "aiq-bridge check says the same without starting.");
        }
    }

    /** When a start failed, perhaps for a reason that only Camel knows. */
    public void refuseBuilt() {
        Map<String, String> texts = texts();
        refuse(built(texts, texts.keySet()));
    }

    /** What is wrong with the files as they stand on the disk; where nothing is, what only Camel can tell. */
    public List<Finding> everything() {
        Map<String, String> texts = texts();
        List<Finding> findings = findings(texts);
        return findings.isEmpty() ? built(texts, texts.keySet()) : findings;
    }

    private Map<String, String> texts() {
        try {
            return RouteTexts.read(home, Map.of());
        } catch (IOException | UncheckedIOException e) {
            throw new StartRefused(
                    "The folder routes/ cannot be read.", "Start from the folder that holds routes/ and config/.");
        }
    }

    Definitions definitions(Map<String, String> texts) {
        return new Definitions(texts, connections(Map.of()));
    }

    /** What tills and shops make from templates while these are the files. */
    List<TemplatedRouteDefinition> connectionsOn(Map<String, String> texts) {
        return connections(brokenMakes(findings(texts), texts));
    }

    private List<TemplatedRouteDefinition> connections(Map<String, String> brokenMakes) {
        List<TemplatedRouteDefinition> made = new ArrayList<>();
        for (RouteBuilder builder : connections.apply(brokenMakes)) {
            try {
                builder.configure();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            made.addAll(builder.getTemplatedRouteCollection().getTemplatedRoutes());
        }
        return made;
    }

    /** In the order of the files. */
    List<Finding> findings(Map<String, String> texts) {
        Definitions definitions = definitions(texts);
        Set<Finding> findings = new LinkedHashSet<>(definitions.findings());
        if (!definitions.all().isEmpty()) {
            findings.addAll(new Look(texts, definitions).findings);
        }
        return findings.stream()
                .sorted(Comparator.comparing(Finding::file).thenComparing(Finding::line))
                .toList();
    }

    /**
     * What the tills' databases do not take of the statements in these files; nothing is run.
     *
     * @param away is told of each that cannot be asked
     */
    List<Finding> elsewhere(Map<String, String> texts, Set<String> files, Consumer<String> away) {
        Set<Finding> findings = new LinkedHashSet<>();
        for (Definition one : definitions(texts).all()) {
            for (Reference to : one.references()) {
                if (to.to() == To.STATEMENT
                        && !to.of().equals("store")
                        && files.contains(file(to))
                        && texts.containsKey(file(to))
                        && beans.get(to.of()) instanceof DataSource database) {
                    String till = to.of().replaceFirst("^pos-(requests-)?", "");
                    try (Connection connection = database.getConnection()) {
                        new StatementCheck(texts.get(file(to)))
                                .refusedBy(connection)
                                .ifPresent(why -> findings.add(Finding.elsewhere(file(to), why, till)));
                    } catch (SQLException e) {
                        away.accept(file(to) + ": the database of " + till
                                + " cannot be asked now; its row says what does not fit it as soon as it is polled");
                    }
                }
            }
        }
        return List.copyOf(findings);
    }

    /** What only Camel can tell of these files: the first thing that it does not take. */
    List<Finding> built(Map<String, String> texts, Collection<String> files) {
        Definitions definitions = definitions(texts);
        Map<String, String> routes = new HashMap<>();
        definitions.all().forEach(one -> routes.put(one.id(), one.file()));
        return new Trial(beans, settings)
                .of(definitions.inOrder(files), texts, routes).stream().toList();
    }

    /** One look at all files. */
    private final class Look {
        private final List<Finding> findings = new ArrayList<>();
        private final Map<String, String> texts;
        private final Definitions definitions;
        private final Set<String> addresses = new TreeSet<>();
        private final Set<String> policies = new TreeSet<>();
        private final Set<String> names = new TreeSet<>();

        Look(Map<String, String> texts, Definitions definitions) {
            this.texts = texts;
            this.definitions = definitions;
            settings.stringPropertyNames().stream()
                    .filter(key -> key.startsWith("camel.beans."))
                    .forEach(key -> names.add(key.substring("camel.beans.".length())));
            names.addAll(beans.keySet());
            for (Definition one : definitions.all()) {
                if (one.from().startsWith("direct:")) {
                    addresses.add(one.from().substring("direct:".length()));
                }
                if (one.kind().equals(Definition.POLICY)) {
                    policies.add(one.id());
                }
            }
            twice();
            definitions.all().forEach(one -> one.references().forEach(reference -> there(one, reference)));
            statements();
        }

        private void say(Reference at, String sentence, String hint) {
            findings.add(new Finding(at.file(), at.line(), sentence, hint));
        }

        private void twice() {
            Map<String, Definition> ids = new HashMap<>();
            Map<String, Definition> begins = new HashMap<>();
            for (Definition one : definitions.all()) {
                if (one.owner().equals(Definition.CONNECTIONS)) {
                    continue; // each has a name of its own
                }
                Definition twin = ids.putIfAbsent(one.kind() + " " + one.id(), one);
                Definition same =
                        one.from().startsWith("direct:") && !one.from().contains("{{")
                                ? begins.putIfAbsent(one.from(), one)
                                : null;
                if (twin != null) {
                    findings.add(new Finding(
                            one.owner(),
                            one.line(),
                            one.kind() + " " + one.id() + " is also in " + twin.owner() + ", line " + twin.line(),
                            "Delete one of them, or give it an id of its own."));
                } else if (same != null) {
                    Definition wrong = one.from().equals("direct:" + one.id()) ? same : one;
                    Definition right = wrong == one ? same : one;
                    findings.add(new Finding(
                            wrong.owner(),
                            wrong.line(),
                            wrong.id() + " begins with " + wrong.from() + ", and so does " + right.id() + " in "
                                    + right.owner() + ", line " + right.line(),
                            "A route begins with direct: and its own id."));
                }
            }
        }

        /** What a template leaves open is seen in the routes that are made from it. */
        private void there(Definition definition, Reference one) {
            if (one.to() == To.STATEMENT) {
                statement(one);
                return;
            }
            if (one.open()) {
                return;
            }
            switch (one.to()) {
                case ROUTE -> {
                    // a message completes it: ${…}
                    String fixed = one.name().replaceFirst("\\$\\{.*", "");
                    if (fixed.equals(one.name()) || addresses.stream().noneMatch(known -> known.startsWith(fixed))) {
                        known(one, addresses, "no route begins with direct:" + one.name(), null);
                    }
                }
                case POLICY -> known(one, policies, "there is no policy " + one.name(), "Policies are");
                case BEAN -> known(one, names, "there is no bean " + one.name(), null);
                case METHOD -> method(one);
                case CLASS -> classKnown(one);
                case SETTING -> {
                    if (!definitions.parameters(definition).contains(one.name())) {
                        known(one, settings.stringPropertyNames(), "there is no setting " + one.name(), null);
                    }
                }
                case SETS, STATEMENT -> {}
            }
        }

        private void statement(Reference one) {
            String file = file(one);
            if (!file.contains("{{") && !texts.containsKey(file)) {
                Set<String> statements = texts.keySet().stream()
                        .filter(name -> name.endsWith(".sql"))
                        .collect(Collectors.toSet());
                say(one, "there is no statement " + file, Nearest.meant(file, statements, null));
            }
        }

        /** The own database is asked about what runs there; a till's says itself, when it is polled, what does not fit it. */
        private void statements() {
            Map<String, StatementCheck> statements = new TreeMap<>();
            texts.keySet().stream().filter(file -> file.endsWith(".sql")).forEach(file -> {
                RouteTexts.unreadable(texts.get(file))
                        .ifPresentOrElse(
                                why -> findings.add(
                                        new Finding(file, 0, why, "Restore it from the distribution or a backup.")),
                                () -> statements.put(file, new StatementCheck(texts.get(file))));
            });
            Map<String, Definition> users = new TreeMap<>();
            Set<String> elsewhere = new TreeSet<>();
            for (Definition one : definitions.all()) {
                for (Reference to : one.references()) {
                    if (to.to() == To.STATEMENT && statements.containsKey(file(to))) {
                        users.put(file(to), one);
                        if (!to.of().equals("store")) {
                            elsewhere.add(file(to));
                        }
                    }
                }
            }
            try (Connection store = ((DataSource) beans.get("store")).getConnection()) {
                for (Map.Entry<String, StatementCheck> one : statements.entrySet()) {
                    if (runsHere(one.getKey()) && !elsewhere.contains(one.getKey())) {
                        one.getValue()
                                .refusedBy(store)
                                .ifPresent(refused -> findings.add(new Finding(
                                        one.getKey(),
                                        refused.line(),
                                        "the bridge's own database does not take it: " + refused.sentence(),
                                        "Are its tables and columns spelled right?")));
                    }
                }
            } catch (SQLException e) {
                // it is away: whoever needs it says so
            }
            if (!findings.isEmpty()) {
                return; // where a link is missing, whatever is bound before it would be missed too
            }
            statements.forEach((file, statement) -> {
                if (!file.contains("owner.")) {
                    statement
                            .misread()
                            .ifPresent(one -> findings.add(new Finding(file, one.line(), one.sentence(), MISREAD)));
                }
            });
            Bindings bindings = new Bindings(
                    definitions.all(),
                    beans,
                    to -> statements.containsKey(file(to))
                            ? statements.get(file(to)).words()
                            : new String[0]);
            users.forEach((file, user) -> statements.get(file).parameters().forEach((name, line) -> {
                if (!name.equals(BoundValues.CLOCK) && !bindings.binds(user, name)) {
                    findings.add(new Finding(
                            file,
                            line,
                            "nobody binds :#" + name + " before " + user.id() + " runs it",
                            "Bind it in the route: - setHeader: {name: " + name
                                    + ", expression: …}, or is it spelled wrong?"));
                }
            }));
            statements.forEach((file, statement) -> {
                Set<String> bound = byBeans(file);
                if (!users.containsKey(file) && !bound.isEmpty()) {
                    statement.parameters().forEach((name, line) -> {
                        if (!bound.contains(name)) {
                            findings.add(new Finding(
                                    file,
                                    line,
                                    "nobody binds :#" + name,
                                    "It is bound with :#" + String.join(", :#", bound) + "."));
                        }
                    });
                }
            });
        }

        /** What a statement of a make is bound with that no route runs; empty of any other. */
        private Set<String> byBeans(String file) {
            String name = file.replaceFirst(".*/", "").replaceFirst("[.].*", "");
            return ofMake(file, texts) ? new TreeSet<>(BY_BEANS.getOrDefault(name, Set.of())) : Set.of();
        }

        /** Not what is for another database, for a till's owner, or of a make. */
        private boolean runsHere(String file) {
            boolean other = file.matches(".*[.](sqlite|postgresql|mariadb|sqlserver)[.]sql")
                    && !file.endsWith("." + settings.getProperty("store.dialect") + ".sql");
            return !other && !file.contains("owner.") && !ofMake(file, texts);
        }

        private void known(Reference one, Collection<String> known, String sentence, String all) {
            if (!known.contains(one.name())) {
                say(one, sentence, Nearest.meant(one.name(), known, all));
            }
        }

        private void method(Reference one) {
            if (!beans.containsKey(one.of())) {
                return;
            }
            Set<String> methods = Stream.of(beans.get(one.of()).getClass().getMethods())
                    .filter(method -> method.getDeclaringClass() != Object.class)
                    .map(Method::getName)
                    .collect(Collectors.toSet());
            known(one, methods, "the bean " + one.of() + " has no method " + one.name(), "Its methods are");
        }

        private void classKnown(Reference one) {
            try {
                Class.forName(one.name(), false, RouteCheck.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                say(one, "there is no class " + one.name(), "Is its package spelled right?");
            }
        }
    }

    /** A statement's file, below home; what a template leaves open still holds a placeholder. */
    String file(Reference statement) {
        Path file = Path.of(statement.name().replace("{{store.dialect}}", settings.getProperty("store.dialect")));
        return (file.isAbsolute() && file.startsWith(home) ? home.relativize(file) : file)
                .toString()
                .replace('\\', '/');
    }
}
