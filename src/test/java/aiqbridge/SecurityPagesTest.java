package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages about security say: each test that they name exists, each threat names one, each requirement of ASVS has one answer with its proof. */
class SecurityPagesTest {
    private static final Path ASVS = Path.of("src/test/asvs.md");
    private static final Path THREATS = Path.of("routes/api/README.md");
    private static final List<Path> PAGES =
            List.of(ASVS, THREATS, Path.of("src/test/libraries.md"), Path.of(".github/SECURITY.md"));
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (V[^|]+) \\| ([^|]+) \\| (.*) \\|$");

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void each_test_that_they_name_exists() throws IOException {
        Set<String> tests = tests();
        for (Path page : PAGES) {
            Set<String> named = NAMED.matcher(Files.readString(page))
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toSet());
            assertThat(named).as(page.toString()).isSubsetOf(tests);
        }
    }

    @Test
    void each_threat_says_which_test_shows_that_it_is_stopped() throws IOException {
        String model = Files.readString(THREATS).replaceFirst("(?s).*\n## Threat model\n", "");
        List<String> rows =
                model.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
        assertThat(rows).hasSizeGreaterThan(10).allSatisfy(row -> {
            List<String> cells = List.of(row.split(" \\| ", -1));
            assertThat(cells).hasSize(5).allSatisfy(cell -> assertThat(cell).isNotBlank());
            assertThat(NAMED.matcher(cells.get(4)).find()).as(row).isTrue();
        });
    }

    @Test
    void each_requirement_has_one_answer_and_each_yes_its_proof() throws IOException {
        String page = Files.readString(ASVS);
        List<String> answered = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        for (MatchResult row : ROW.matcher(page).results().toList()) {
            List<String> requirements = List.of(row.group(1).split(", "));
            answered.addAll(requirements);
            counts.merge(row.group(2), requirements.size(), Integer::sum);
            assertThat(row.group(3)).as(row.group()).isNotBlank();
        }
        try (Stream<String> all = Files.lines(Path.of("src/test/resources/asvs-5.0.0-level-2.txt"))) {
            assertThat(answered).containsExactlyElementsOf(all.toList());
        }
        assertThat(counts).containsOnlyKeys("yes", "no", "not applicable");
        Matcher said = Pattern.compile("(\\d+) requirements: (\\d+) yes, (\\d+) no, (\\d+) not applicable")
                .matcher(page);
        assertThat(said.find()).isTrue();
        assertThat(List.of(said.group(1), said.group(2), said.group(3), said.group(4)))
                .containsExactly(
                        Integer.toString(answered.size()),
                        counts.get("yes").toString(),
                        counts.get("no").toString(),
                        counts.get("not applicable").toString());
    }
}
