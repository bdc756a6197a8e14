package aiqbridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.StartRefused;
import aiqbridge.TestBridge;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an editor makes of a route file comes back to how it is written here, and means the same. */
class RouteFormatTest {
    private static final Path FILE = Path.of("one.camel.yaml");
    private static final YAMLMapper BLOCK = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    @TempDir
    Path home;

    @Test
    void every_shipped_file_is_written_so_and_comes_back_from_an_editors_form() throws Exception {
        for (Path file : Topology.files(TestBridge.HOME)) {
            String shipped = Files.readString(file);
            assertThat(RouteFormat.of(file, shipped))
                    .as("run aiq-bridge routes --format: %s", file)
                    .isEqualTo(shipped);
            String block = BLOCK.writeValueAsString(BLOCK.readTree(shipped));
            assertThat(block).isNotEqualTo(shipped);
            assertThat(RouteFormat.of(file, block)).isEqualTo(shipped);
        }
    }

    @Test
    void what_yaml_could_take_for_something_else_stays_what_it_is() throws Exception {
        String odd = """
                - route:
                    from:
                      uri: direct:a
                      steps:
                        - log: {message: 'yes', a: "true", b: true, c: "12", d: 12, e: "- x", f: "x: y", g: "it's", h: "#", i: "{{a}}", j: "a\\\\b\\"c", k: "", l: " x", m: ~, n: "~", o: "a, b", p: "*", q: "x #y", r: "tab\\t", s: "two\\nlines"}
                """;
        assertThat(BLOCK.readTree(RouteFormat.of(FILE, odd))).isEqualTo(BLOCK.readTree(odd));
        assertThat(RouteFormat.of(FILE, RouteFormat.of(FILE, odd))).isEqualTo(RouteFormat.of(FILE, odd));
    }

    @Test
    void comments_stay_above_what_they_are_about() throws Exception {
        String commented = """
                # the whole file
                - route:
                    id: a
                    from:
                      uri: direct:a
                      steps:
                        # why it is set
                        - setBody: {expression: {constant: {expression: x}}}
                        - to:
                            # which one
                            uri: direct:b
                # the end
                """;
        assertThat(RouteFormat.of(FILE, commented)).isEqualTo(commented);
    }

    @Test
    void a_broken_file_is_named_with_its_line_and_left_alone() throws Exception {
        Path file = Files.createDirectories(home.resolve("routes/cart")).resolve("hear.camel.yaml");
        Files.writeString(file, "- route:\n    id: a\n  from: [\n");
        assertThatThrownBy(() -> RouteFormat.write(home))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("hear.camel.yaml")
                .hasMessageContaining("line 4");
        assertThat(file).hasContent("- route:\n    id: a\n  from: [\n");
        Files.writeString(
                file, "- route:\n    id: a\n    from:\n      uri: direct:a\n      parameters:\n        x: 1\n");
        assertThat(RouteFormat.write(home)).containsExactly(Path.of("routes/cart/hear.camel.yaml"));
        assertThat(file).hasContent("- route: {id: a, from: {uri: direct:a, parameters: {x: 1}}}\n");
        assertThat(RouteFormat.write(home)).isEmpty();
    }
}
