package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of libraries and their advisories is of the versions that are used. */
class LibrariesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| [a-z][^|]* \\| ([^| ]+) \\| ([^|]+) \\| ([^|]+) \\|$");

    /** The jars that the page names. */
    static Set<String> listed() throws IOException {
        Set<String> jars = new TreeSet<>();
        for (MatchResult row : ROW.matcher(Files.readString(Path.of("src/test/libraries.md")))
                .results()
                .toList()) {
            assertThat(row.group(3)).as(row.group()).isNotBlank();
            for (String library : row.group(2).split(" ")) {
                assertThat(jars.add(library + "-" + row.group(1) + ".jar"))
                        .as(library + " twice")
                        .isTrue();
            }
        }
        return jars;
    }

    @Test
    void each_version_is_the_one_that_was_looked_up() throws IOException {
        Set<String> used = Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(jar -> Path.of(jar).getFileName().toString())
                .collect(Collectors.toSet());
        assertThat(listed())
                .as(
                        "src/test/libraries.md names another version: look up the advisories of this one, and write it there")
                .hasSizeGreaterThan(100)
                .isSubsetOf(used);
    }
}
