package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One word for one thing: what the glossary of routes/README.md says not to write is not written where people read. */
class GlossaryTest {
    private static final Path GLOSSARY = Path.of("routes/README.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| [^|]+ \\| [^|]+ \\| ([^|]*)\\|$");
    private static final Pattern LITERAL = Pattern.compile("\"((?:\\\\.|[^\"\\\\\\n])*)\"");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
    private static final Pattern SAID = Pattern.compile("(?m)(?:description|summary|text): (.*)$|^ *# (.*)$");
    private static final Pattern NAMES = Pattern.compile("(?s)```.*?```|`[^`\\n]*`|\\]\\([^)]*\\)");

    private static final Pattern PLACE = Pattern.compile("<[^>]*>|\\$\\{[^}]*}|(?m)^ *[@!].*$");

    private record Text(Path file, String words) {}

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(folder))) {
            return all.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static String glossary() throws IOException {
        String page = Files.readString(GLOSSARY);
        return page.substring(page.indexOf("| Word | Means | Not |"));
    }

    private static List<String> old() throws IOException {
        return ROW.matcher(glossary())
                .results()
                .skip(1)
                .flatMap(row -> Arrays.stream(row.group(1).split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** What people read: pages without names and code, descriptions, comments of settings and statements, what the application says. */
    private static List<Text> texts() throws IOException {
        List<Text> texts = new ArrayList<>();
        for (String folder : List.of("routes", "config", "src/test", ".github")) {
            for (Path page : files(folder, ".md")) {
                texts.add(page(page));
            }
        }
        texts.add(page(Path.of("README.md")));
        for (String folder : List.of("routes", "config")) {
            for (Path file : files(folder, ".yaml")) {
                for (MatchResult said :
                        SAID.matcher(Files.readString(file)).results().toList()) {
                    texts.add(new Text(file, said.group(said.group(1) == null ? 2 : 1)));
                }
            }
        }
        for (Path file : Stream.concat(files("routes", ".sql").stream(), files("config", ".properties").stream())
                .toList()) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("--") || line.startsWith("#")) {
                    texts.add(new Text(file, line));
                }
            }
        }
        for (Path file : files("src/main/java", ".java")) {
            String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
            for (MatchResult literal : LITERAL.matcher(code).results().toList()) {
                texts.add(new Text(file, literal.group(1)));
            }
        }
        for (Path file : files("src/main", ".jte")) {
            texts.add(new Text(file, PLACE.matcher(Files.readString(file)).replaceAll(" ")));
        }
        return texts;
    }

    private static Text page(Path file) throws IOException {
        String page = Files.readString(file);
        if (file.equals(GLOSSARY)) {
            page = page.substring(0, page.length() - glossary().length());
        }
        return new Text(file, NAMES.matcher(page).replaceAll(" "));
    }

    @Test
    void words_that_the_glossary_replaced_do_not_come_back() throws IOException {
        List<String> old = old();
        assertThat(old).contains("taken back", "given up", "heard");
        List<Text> texts = texts();
        assertThat(texts).hasSizeGreaterThan(1_000);
        List<String> found = new ArrayList<>();
        for (String word : old) {
            Pattern pattern = Pattern.compile("\\b[" + word.charAt(0) + Character.toUpperCase(word.charAt(0)) + "]"
                    + Pattern.quote(word.substring(1)) + "\\b");
            texts.stream()
                    .filter(text -> pattern.matcher(text.words()).find())
                    .forEach(text -> found.add(text.file() + ": \"" + word + "\" in: "
                            + text.words()
                                    .lines()
                                    .filter(line -> pattern.matcher(line).find())
                                    .findFirst()
                                    .orElse("")
                                    .strip()));
        }
        assertThat(found).as("routes/README.md, section 7").isEmpty();
    }
}
