package aiqbridge;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
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
    private static final Pattern KNOWS = Pattern.compile("Knows: ([a-z, \\n*]+)\\.");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("aiqbridge");

    @Test
    void no_package_knows_itself_by_way_of_others() {
        slices().matching("aiqbridge.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void each_package_knows_those_that_its_own_page_names_and_no_other() throws IOException {
        Map<String, Set<String>> said = new TreeMap<>();
        try (Stream<Path> packages = Files.list(SOURCES)) {
            for (Path one : packages.filter(Files::isDirectory).toList()) {
                Matcher knows = KNOWS.matcher(Files.readString(one.resolve("package-info.java")));
                assertThat(knows.find())
                        .as("package-info.java of " + one.getFileName() + " says whom it knows, or nobody")
                        .isTrue();
                String names = knows.group(1).replaceAll("[\\s*]+", "");
                said.put(
                        one.getFileName().toString(),
                        new TreeSet<>(names.equals("nobody") ? List.of() : List.of(names.split(","))));
            }
        }
        Map<String, Set<String>> known = new TreeMap<>();
        CLASSES.forEach(one -> room(one.getPackageName()).ifPresent(here -> {
            known.computeIfAbsent(here, room -> new TreeSet<>());
            one.getDirectDependenciesFromSelf()
                    .forEach(to -> room(to.getTargetClass().getPackageName())
                            .filter(there -> !there.equals(here))
                            .ifPresent(known.get(here)::add));
        }));
        assertThat(known).isEqualTo(said);
    }

    /** The package's own name; those in the root, which start everything or are known to everybody, have none. */
    private static Optional<String> room(String packageName) {
        return packageName.startsWith("aiqbridge.")
                ? Optional.of(packageName.substring("aiqbridge.".length()))
                : Optional.empty();
    }
}
