package aiqbridge.firstcontact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every section of the page about AIQ that does not know something is looked at, and every assumption of the redemption's life. */
class PointTest {
    /** Where nothing depends on what is unknown there: which host integrators test with, and what the sections before say again. */
    private static final Set<String> NOTHING_TO_ASK = Set.of("0", "1.1", "9", "10");

    private static Set<String> sections() {
        return Arrays.stream(Point.values()).map(Point::section).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void no_section_that_does_not_know_is_left_out() throws IOException {
        Set<String> unknown = new TreeSet<>();
        String section = "0";
        for (String line : Files.readAllLines(Path.of("routes/aiq/README.md"))) {
            Matcher heading =
                    Pattern.compile("#{2,3} (\\d+(?:\\.\\d+)?)\\.? .*").matcher(line);
            section = heading.matches() ? heading.group(1) : section;
            if (line.matches(".*\\[(I|U|C\\?)].*")) {
                unknown.add(section);
            }
        }
        unknown.removeAll(NOTHING_TO_ASK);
        assertThat(unknown).contains("3.1", "6.2");
        assertThat(sections()).containsAll(unknown);
    }

    @Test
    void each_setting_that_evidence_rests_on_is_a_point() throws IOException {
        String page = Files.readString(Path.of("routes/redemption/README.md"));
        String evidence = page.substring(page.indexOf("### 1.3"), page.indexOf("### 1.4"));
        Set<String> settings = Pattern.compile("`(aiq\\.(?:effect-within|[a-z]+-lag|clock-error))`")
                .matcher(evidence)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(settings).hasSize(4);
        assertThat(settings)
                .allSatisfy(setting -> assertThat(Arrays.stream(Point.values()).map(Point::belief))
                        .anyMatch(belief -> belief.contains(setting)));
    }
}
