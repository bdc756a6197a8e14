package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing is shipped of which nobody looked up the advisories. */
class LibrariesIT {
    @Test
    void what_is_shipped_is_what_the_table_lists() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target/aiq-bridge/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()).filter(jar -> !jar.startsWith("aiq-bridge-")))
                    .as("src/test/libraries.md")
                    .containsExactlyInAnyOrderElementsOf(LibrariesTest.listed());
        }
    }
}
