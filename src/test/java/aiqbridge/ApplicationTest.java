package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The command line as a whole. */
class ApplicationTest {
    static List<String> commands() {
        return below(Application.commandLine(), "");
    }

    /** This one and all below it, as they are typed after {@code aiq-bridge}. */
    private static List<String> below(CommandLine command, String words) {
        return Stream.concat(
                        Stream.of(words),
                        command.getSubcommands().entrySet().stream()
                                .flatMap(one -> below(one.getValue(), (words + " " + one.getKey()).strip()).stream()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_says_what_it_does(String words) {
        StringWriter said = new StringWriter();
        String[] typed = (words + " --help").strip().split(" ");
        int exit = Application.commandLine(typed).setOut(new PrintWriter(said)).execute(typed);
        assertThat(exit).isZero();
        assertThat(said.toString()).startsWith(("Usage: aiq-bridge " + words).strip());
        assertThat(said.toString()
                        .lines()
                        .filter(line -> !line.startsWith("Usage:") && !line.startsWith(" "))
                        .findFirst())
                .as("a sentence below the usage")
                .isPresent();
    }

    @Test
    void whoever_names_no_command_is_told_of_all() {
        for (String typed : List.of("", "--help", "redemption")) {
            assertThat(Application.commandLine(typed.split(" ")).getSubcommands())
                    .as(typed)
                    .containsOnlyKeys(Application.commandLine().getSubcommands().keySet());
        }
    }

    @Test
    void the_version_is_the_manifests_and_classes_without_a_jar_have_none() {
        StringWriter said = new StringWriter();
        assertThat(Application.commandLine().setOut(new PrintWriter(said)).execute("--version"))
                .isZero();
        assertThat(said.toString().strip()).isEqualTo("AIQ Bridge (built here, not packaged)");
    }
}
