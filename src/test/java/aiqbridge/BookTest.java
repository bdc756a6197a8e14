package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The pages: whatever names one of them, or a section, names one that exists; what they say of files, settings and tests is there; and they are shipped. */
class BookTest {
    private static final int LONGEST_README = 12 * 1024;
    private static final Path AIQ = Path.of("routes/aiq/README.md");
    private static final Pattern PAGE =
            Pattern.compile("(?<![\\w/.<>*…-])((?:\\.\\./)*(?:[\\w-]+/)*[\\w-]+\\.md)(?:#([\\w-]+))?");
    private static final Pattern SECTION = Pattern.compile("\\bsections? (\\d+(?:\\.\\d+)*)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (?:(\\d+(?:\\.\\d+)*)\\.? )?(.*)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private final List<String> wrong = new ArrayList<>();

    /** Every page, by its path in the project and in the distribution. */
    static List<Path> pages() {
        return Stream.concat(
                        Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md")),
                        files("routes", "config", "src/test").filter(f -> f.endsWith("README.md")))
                .toList();
    }

    private static Stream<Path> files(String... folders) {
        return Arrays.stream(folders).flatMap(folder -> {
            try (Stream<Path> all = Files.walk(Path.of(folder))) {
                return all.filter(Files::isRegularFile).sorted().toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What people wrote, the pages included; not what shops sent, nor this class. */
    private static List<Path> texts() {
        return Stream.concat(
                        Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of("pom.xml")),
                        files("routes", "config", "src"))
                .filter(f -> f.toString()
                        .matches(".*[.](md|java|sql|ya?ml|jslt|properties|jte|xml|service|cmd)|.*/aiq-bridge"))
                .filter(f -> !f.startsWith("src/test/resources/storefront") && !f.endsWith("BookTest.java"))
                // a migration is never changed, not even its comments: the databases that have it know its checksum
                .filter(f -> !f.startsWith("src/main/resources/store"))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean page(Path file) {
        return file.toString().endsWith(".md");
    }

    private void must(boolean good, Path file, String sentence) {
        if (!good) {
            wrong.add(file + ": " + sentence);
        }
    }

    /** Beside the file that names it, as links are, or from the project's folder. */
    private static Path named(Path from, String name) {
        Path beside = (from.getParent() == null ? Path.of("") : from.getParent())
                .resolve(name)
                .normalize();
        return page(from) && Files.isRegularFile(beside)
                ? beside
                : Path.of(name).normalize();
    }

    private static String withoutListings(Path page) {
        return text(page).replaceAll("(?ms)^ *```.*?^ *```$", "");
    }

    private static Set<String> numbers(Path page) {
        return HEADING.matcher(withoutListings(page))
                .results()
                .map(h -> h.group(1))
                .filter(n -> n != null)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As GitHub makes them. */
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(withoutListings(page))
                .results()
                .map(h -> h.group()
                        .replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_page_and_anchor_that_is_named_exists() {
        for (Path file : texts()) {
            for (MatchResult name : PAGE.matcher(text(file)).results().toList()) {
                Path page = named(file, name.group(1));
                must(Files.isRegularFile(page), file, "there is no page " + name.group(1));
                must(
                        name.group(2) == null
                                || Files.isRegularFile(page) && anchors(page).contains(name.group(2)),
                        file,
                        "there is no heading " + name.group());
            }
            must(
                    page(file)
                            || !Pattern.compile("\\bREADME\\b(?![.]md|_)")
                                    .matcher(text(file))
                                    .find(),
                    file,
                    "say which README.md is meant, and which section");
        }
        for (Path page : pages()) {
            must(
                    !text(page).matches("(?s).*(/home/|/root/|/work/|shared/).*"),
                    page,
                    "leave out the paths of one machine");
            for (MatchResult link :
                    LINK.matcher(withoutListings(page)).results().toList()) {
                String target = link.group(1);
                Path folder = page.getParent() == null ? Path.of("") : page.getParent();
                must(
                        target.matches("https?:.*")
                                || Files.exists(folder.resolve(target.replaceFirst("#.*", ""))
                                        .normalize())
                                || target.startsWith("#") && anchors(page).contains(target.substring(1)),
                        page,
                        "the link to " + target + " leads nowhere");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_section_that_is_named_by_its_number_exists() {
        int cited = 0;
        for (Path file : texts()) {
            String text = text(file);
            for (MatchResult section : SECTION.matcher(text).results().toList()) {
                String before = text.substring(Math.max(0, section.start() - 200), section.start());
                if (before.matches("(?s).*\\bRFC \\d+ ")) {
                    continue;
                }
                Path page = cited(file, before);
                must(page != null, file, "say which page section " + section.group(1) + " is of");
                must(
                        page == null
                                || Files.isRegularFile(page) && numbers(page).contains(section.group(1)),
                        file,
                        page + " has no section " + section.group(1));
                cited++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cited).isGreaterThan(100);
    }

    /** The page right before; AIQ's, where comments say so; in a page else that page itself, elsewhere the last one that was named. */
    private static Path cited(Path file, String before) {
        if (before.matches("(?s).*\\bAIQ: ")) {
            return AIQ;
        }
        List<MatchResult> names = PAGE.matcher(before).results().toList();
        MatchResult last = names.isEmpty() ? null : names.get(names.size() - 1);
        if (page(file) && (last == null || !before.substring(last.end()).matches("[)`*\\], ]*"))) {
            return file;
        }
        return last == null ? null : named(file, last.group(1));
    }

    @Test
    void the_README_is_short() throws IOException {
        assertThat(Files.size(Path.of("README.md")))
                .as("what does not fit goes to the page of its folder")
                .isLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void every_page_is_shipped() throws Exception {
        NodeList sets = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("src/main/assembly/directory.xml").toFile())
                .getElementsByTagName("fileSet");
        List<String> shipped = new ArrayList<>();
        for (int i = 0; i < sets.getLength(); i++) {
            Element set = (Element) sets.item(i);
            String folder = child(set, "directory");
            NodeList includes = set.getElementsByTagName("include");
            for (int n = 0; n < includes.getLength(); n++) {
                shipped.add((folder.equals(".") ? "" : folder + "/")
                        + includes.item(n).getTextContent());
            }
            if (includes.getLength() == 0 && folder.equals(child(set, "outputDirectory"))) {
                files(folder).map(Path::toString).forEach(shipped::add);
            }
        }
        assertThat(shipped).contains(pages().stream().map(Path::toString).toArray(String[]::new));
    }

    private static String child(Element set, String name) {
        return set.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void what_the_pages_say_is_there() {
        Properties settings = Settings.load(Path.of("config/application.properties"));
        Set<String> first = settings.stringPropertyNames().stream()
                .map(k -> k.replaceFirst("[.].*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> routes =
                files("routes").map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> classes = files("src")
                .map(f -> f.getFileName().toString())
                .filter(f -> f.endsWith(".java"))
                .map(f -> f.replace(".java", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        for (Path page : pages()) {
            if (page.endsWith("CHANGELOG.md")) {
                continue;
            }
            Path folder = page.getParent() == null ? Path.of("") : page.getParent();
            for (MatchResult code :
                    CODE.matcher(withoutListings(page)).results().toList()) {
                String word = code.group(1).replaceFirst(" = .*", "");
                if (word.matches("([a-z]+/)*[a-z-]+[.]camel[.]yaml")
                        || word.matches("([a-z]+/)*[a-z]+-[a-z-]+([.][a-z]+)?[.]sql")) {
                    must(
                            word.contains("/")
                                    ? Stream.of(Path.of("routes"), Path.of(""), folder)
                                            .anyMatch(f -> Files.isRegularFile(f.resolve(word)))
                                    : routes.contains(word)
                                            || routes.stream()
                                                    .anyMatch(
                                                            f -> f.startsWith(word.replaceFirst("[.]sql$", "") + ".")),
                            page,
                            "there is no file " + word);
                } else if (word.matches("[A-Z][a-z]+([A-Z]+[a-z]*)+")) {
                    must(classes.contains(word) || word.matches("[A-Z][a-zA-Z]*ID"), page, "there is no class " + word);
                } else if (word.matches("[a-z]+[.][a-z]+(-[a-z]+)*([.][a-z-]+)*")
                        && first.contains(word.replaceFirst("[.].*", ""))
                        && !word.matches(".*[.](db|properties|yaml|jslt|csv)")) {
                    String ofConnection = word.replaceFirst("^pos[.]|^storefront[.]", "");
                    must(
                            settings.containsKey(word)
                                    || settings.containsKey("pos." + ofConnection)
                                    || word.matches("(cart|order)[.](updated|deleted|converted|refunded)"),
                            page,
                            "there is no setting " + word);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_table_of_clocks_has_every_clock() throws IOException {
        Path page = Path.of("routes/README.md");
        String text = text(page);
        TreeMap<String, String> clocks = new TreeMap<>();
        for (JsonNode item :
                new YAMLMapper().readTree(Path.of("routes/clocks.camel.yaml").toFile())) {
            String every = item.path("templatedRoute").path("parameters").findParents("name").stream()
                    .filter(p -> p.path("name").asText().equals("every"))
                    .map(p -> p.path("value").asText())
                    .findAny()
                    .orElseGet(() -> item.findPath("trigger.repeatInterval").asText());
            String id = item.path("templatedRoute")
                    .path("routeId")
                    .asText(item.path("routeTemplate").path("id").asText());
            if (!id.equals("clock")) {
                clocks.put(id, every.replaceAll("[{}]|-ms", ""));
            }
        }
        clocks.forEach((clock, setting) -> must(
                text.contains("| `" + clock + "` | `" + setting + "` |"),
                page,
                "write the row | `" + clock + "` | `" + setting + "` | …"));
        List<String> written = Pattern.compile("(?m)^\\| `([a-z-]+-clock)`")
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(wrong).isEmpty();
        assertThat(written).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(clocks.keySet());
    }

    @Test
    void the_tables_of_transitions_are_those_of_the_store() {
        String page = text(Path.of("routes/redemption/README.md"));
        assertThat(told(page, "### 1.2 ", "### 1.3 ")).isEqualTo(guarded("redemption_transition"));
        assertThat(told(page, "## 4. ", "## 5. ")).isEqualTo(guarded("reversal_transition"));
    }

    private static Set<String> told(String page, String from, String to) {
        Set<String> pairs = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| ([A-Z, ]+) \\| ([A-Z, ]+) \\|")
                .matcher(page.substring(page.indexOf("\n" + from), page.indexOf("\n" + to)));
        while (row.find()) {
            for (String before : row.group(1).split(", ")) {
                Arrays.stream(row.group(2).split(", ")).forEach(after -> pairs.add(before + " " + after));
            }
        }
        return pairs;
    }

    private static Set<String> guarded(String table) {
        Set<String> pairs = new TreeSet<>();
        files("src/main/resources/store").map(BookTest::text).forEach(sql -> Pattern.compile(
                        "insert into " + table + "[^;]*;")
                .matcher(sql)
                .results()
                .forEach(insert -> Pattern.compile("\\('(\\w+)', '(\\w+)'\\)")
                        .matcher(insert.group())
                        .results()
                        .forEach(p -> pairs.add(p.group(1) + " " + p.group(2)))));
        files("src/main/resources/store").map(BookTest::text).forEach(sql -> Pattern.compile(
                        "delete from " + table + " where from_status = '(\\w+)' and to_status = '(\\w+)'")
                .matcher(sql)
                .results()
                .forEach(p -> pairs.remove(p.group(1) + " " + p.group(2))));
        return pairs;
    }

    @Test
    void the_table_of_makes_is_current() throws IOException {
        table(
                Path.of("routes/pos"),
                "makes",
                "sales.",
                "| Make | Database | Where the points go (`write-back = on`) |\n|---|---|---|\n",
                "Database",
                "Points");
    }

    @Test
    void the_table_of_kinds_is_current() throws IOException {
        table(
                Path.of("routes/storefront"),
                "kinds",
                "kind.properties",
                "| Kind | Signs with | Asked for what was missed | Worth knowing |\n|---|---|---|---|\n",
                "Signs with",
                "Asked for what was missed",
                "Worth knowing");
    }

    /** Made from the first lines of each folder's own page; {@code -Dbook.write=true} writes it. */
    private void table(Path folder, String name, String file, String head, String... columns) throws IOException {
        StringBuilder table = new StringBuilder(head);
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path of : folders.filter(f -> Files.exists(f.resolve("README.md")))
                    .sorted()
                    .toList()) {
                try (Stream<Path> inside = Files.list(of)) {
                    assertThat(inside.map(f -> f.getFileName().toString()))
                            .as("%s", of)
                            .anyMatch(f -> f.startsWith(file))
                            .contains("README.md");
                }
                String own = text(of.resolve("README.md"));
                table.append("| [`")
                        .append(of.getFileName())
                        .append("`](")
                        .append(of.getFileName())
                        .append("/README.md) ")
                        .append(own.lines().findFirst().orElse("").replaceFirst("^# ", ""));
                for (String column : columns) {
                    Matcher line =
                            Pattern.compile("(?m)^- " + column + ": (.+)$").matcher(own);
                    assertThat(line.find())
                            .as("write - %s: … into %s/README.md", column, of)
                            .isTrue();
                    table.append(" | ").append(line.group(1).replace("](../", "]("));
                }
                table.append(" |\n");
            }
        }
        Path page = folder.resolve("README.md");
        String text = text(page);
        int from = text.indexOf("-->\n", text.indexOf("<!-- " + name + ":")) + 4,
                to = text.indexOf("<!-- end of " + name + " -->");
        if (Boolean.getBoolean("book.write")) {
            Files.writeString(page, text.substring(0, from) + table + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as("run mvn -q test -Dtest=BookTest -Dbook.write=true")
                    .isEqualTo(table.toString());
        }
    }
}
