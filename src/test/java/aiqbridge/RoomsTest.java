package aiqbridge;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which packages know which: whoever reads one has to read those below it, and never itself again. */
class RoomsTest {
    private static final Path SOURCES = Path.of("src/main/java/aiqbridge");
    private static final Pattern KNOWS = Pattern.compile("Knows: ([a-z., \\n*]+)\\.\\s");
    private static final Pattern ON_TOP = Pattern.compile("On top: ([a-z, \\n*]+)\\.\\s");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("aiqbridge");

    @Test
    void no_package_knows_itself_by_way_of_others() {
        slices().matching("aiqbridge.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void each_package_knows_those_that_its_own_page_names_and_no_other() throws IOException {
        Map<String, Set<String>> said = new TreeMap<>();
        try (Stream<Path> folders = Files.walk(SOURCES)) {
            for (Path one : folders.filter(Files::isDirectory)
                    .filter(one -> !one.equals(SOURCES))
                    .toList()) {
                said.put(SOURCES.relativize(one).toString().replace('/', '.'), names(KNOWS, one));
            }
        }
        assertThat(known()).isEqualTo(said);
    }

    @Test
    void those_on_top_are_known_to_each_other_at_most() throws IOException {
        Set<String> top = names(ON_TOP, SOURCES);
        Map<String, Set<String>> known = known();
        assertThat(known.keySet()).containsAll(top);
        known.keySet().removeAll(top);
        assertThat(known)
                .allSatisfy((room, others) -> assertThat(others).as(room).doesNotContainAnyElementsOf(top));
    }

    /** Those that a package's page names, or nobody. */
    private static Set<String> names(Pattern where, Path folder) throws IOException {
        Matcher found = where.matcher(Files.readString(folder.resolve("package-info.java")));
        assertThat(found.find()).as(folder + "/package-info.java says " + where).isTrue();
        String names = found.group(1).replaceAll("[\\s*]+", "");
        return new TreeSet<>(names.equals("nobody") ? List.of() : List.of(names.split(",")));
    }

    private static Map<String, Set<String>> known() {
        Map<String, Set<String>> known = new TreeMap<>();
        CLASSES.forEach(one -> room(one.getPackageName()).ifPresent(here -> {
            known.computeIfAbsent(here, room -> new TreeSet<>());
            one.getDirectDependenciesFromSelf()
                    .forEach(to -> room(to.getTargetClass().getPackageName())
                            .filter(there -> !there.equals(here))
                            .ifPresent(known.get(here)::add));
        }));
        return known;
    }

    /** The package's own name; those in the root, which start everything or are known to everybody, have none. */
    private static Optional<String> room(String packageName) {
        return packageName.startsWith("aiqbridge.")
                ? Optional.of(packageName.substring("aiqbridge.".length()))
                : Optional.empty();
    }

    /** What in these rooms is a view of any names at all, which no record could list. */
    private static final Set<String> MAPS_STILL = Set.of(
            "CustomerRequest", // everything that is known of a person, table by table with whatever columns it has
            "Found", // the gauges of an account, a till or a shop, by their names
            "KindApi", // the paths of a shop's API, by what the kind's properties file says
            "PosRows", // what a make's statement returns, read there by its aliases into Sale and ReversedSale
            "WebhookBody", // the fields at the top of any shop's JSON
            "WebhookRequest"); // the headers that any shop sends

    @Test
    void what_every_room_of_a_flow_carries_are_records() {
        Set<String> maps = new TreeSet<>();
        CLASSES.stream()
                .filter(
                        one -> one.getPackageName()
                                .matches(
                                        "aiqbridge[.](aiq|api|wallet|customer|pos|ledger|health|redemption|reversal|cart|storefront.*)"))
                .forEach(one -> one.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method -> Stream.concat(
                                        Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                                .anyMatch(type -> type.getAllInvolvedRawTypes().stream()
                                        .anyMatch(raw -> raw.isEquivalentTo(Map.class))))
                        .forEach(method -> maps.add(method.getOwner().getSimpleName())));
        assertThat(maps).containsExactlyInAnyOrderElementsOf(MAPS_STILL);
    }
}
