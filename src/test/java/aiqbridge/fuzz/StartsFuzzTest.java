package aiqbridge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.StartRefused;
import aiqbridge.TestBridge;
import aiqbridge.TestBridge.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in settings, connections and routes: the bridge starts, or says in a sentence why it does not. {@code -Dfuzz.starts} says how often. */
class StartsFuzzTest {
    private static final int IN_VERIFY = 8;
    private static final long SLOW_NS = 120_000_000_000L;
    /** What names a place would be written to, wherever that is. */
    private static final String PLACES = "camel[.].*|.*(file|url|folder|path|connections|host|port|dialect)";

    @TempDir
    Path folder;

    @Test
    @Timeout(7_200)
    void it_starts_or_says_why_not() throws IOException {
        int starts = Integer.getInteger("fuzz.starts", IN_VERIFY);
        Path home = TestBridge.copyOfHome(Files.createDirectory(folder.resolve("home")));
        List<String> keys = Settings.load(home.resolve("config/application.properties")).stringPropertyNames().stream()
                .filter(key -> !key.matches(PLACES))
                .sorted()
                .toList();
        List<Path> files;
        try (Stream<Path> all = Files.walk(home.resolve("routes"))) {
            files = all.filter(file -> file.toString().matches(".*[.](yaml|sql|properties|jslt)"))
                    .sorted()
                    .toList();
        }
        Map<String, Integer> ends = new TreeMap<>();
        for (int n = 0; n < starts; n++) {
            Fuzz fuzz = new Fuzz(Fuzz.SEED + n);
            long begun = System.nanoTime();
            String end =
                    switch (fuzz.below(3)) {
                        case 0 -> setting(fuzz, home, fuzz.one(keys));
                        case 1 -> connection(fuzz, home);
                        default -> file(fuzz, home, fuzz.one(files));
                    };
            assertThat(System.nanoTime() - begun).as("fuzz.seed " + fuzz.seed).isLessThan(SLOW_NS);
            ends.merge(end, 1, Integer::sum);
        }
        System.out.println("fuzz.seed " + Fuzz.SEED + ", " + starts + " starts: " + ends);
    }

    private String setting(Fuzz fuzz, Path home, String key) {
        String value = fuzz.chance(50)
                ? fuzz.number() + fuzz.one("", "s", "m", "h", "ms", "d", " s", "x")
                : fuzz.text().strip();
        return "setting " + started(fuzz, key + " = " + value, home, key, value);
    }

    private String connection(Fuzz fuzz, Path home) throws IOException {
        Path connections = Files.createDirectories(folder.resolve("c" + fuzz.seed));
        boolean till = fuzz.chance(50);
        if (till) {
            Shop.connection(
                    connections,
                    "till",
                    "make = view\npin = required\njdbc.url = jdbc:sqlite:" + connections.resolve("t.db") + "\n");
        } else {
            Shop.storefront(
                    connections,
                    "web",
                    "kind = " + fuzz.one(Parsers.KINDS) + "\npublic-url = https://shop.example/x\n");
        }
        Path file = connections.resolve(till ? "pos/till.properties" : "storefront/web.properties");
        List<String> lines = new java.util.ArrayList<>(Files.readAllLines(file));
        int at = fuzz.below(lines.size());
        String name = lines.get(at).split(" = ")[0];
        if (name.equals("jdbc.url")) {
            lines.set(
                    at,
                    "jdbc.url = "
                            + fuzz.one(
                                    "",
                                    "x",
                                    "jdbc:",
                                    "jdbc:x:y",
                                    "jdbc:postgresql:",
                                    "jdbc:postgresql://[",
                                    "jdbc:sqlserver://;;=",
                                    "jdbc:mariadb://:x/"));
        } else if (fuzz.chance(70)) {
            lines.set(at, name + " = " + fuzz.text());
        } else {
            lines.set(at, fuzz.text() + " = " + fuzz.text());
        }
        Files.write(file, lines);
        Path none = Files.createDirectories(connections.resolve("none"));
        return "connection "
                + started(
                        fuzz,
                        lines.toString(),
                        home,
                        "pos.connections",
                        (till ? connections.resolve("pos") : none).toString(),
                        "storefront.connections",
                        (till ? none : connections.resolve("storefront")).toString());
    }

    private String file(Fuzz fuzz, Path home, Path file) throws IOException {
        Path good = folder.resolve("good");
        Files.copy(file, good, StandardCopyOption.REPLACE_EXISTING);
        byte[] bytes = Files.readAllBytes(good);
        Files.write(
                file,
                switch (fuzz.below(8)) {
                    case 0 -> new byte[0];
                    case 1 -> "[".repeat(2_000_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                    case 2 -> java.util.Arrays.copyOf(bytes, fuzz.below(bytes.length));
                    default -> fuzz.mutated(bytes);
                });
        try {
            return file.getFileName().toString().replaceFirst("^.*[.]", "") + " "
                    + started(fuzz, home.relativize(file).toString(), home);
        } finally {
            Files.copy(good, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String started(Fuzz fuzz, String what, Path home, String... settings) {
        try {
            Path data = Files.createDirectories(folder.resolve("s" + fuzz.seed));
            String[] all = Stream.concat(
                            Stream.of(TestBridge.HOME_SETTING, home.toString()),
                            settings.length == 2
                                    ? Stream.concat(
                                            Stream.of(settings),
                                            Stream.of(
                                                    "pos.connections",
                                                    data.toString(),
                                                    "storefront.connections",
                                                    data.toString()))
                                    : Stream.of(settings))
                    .toArray(String[]::new);
            new TestBridge(data, TestClock.atNow(), all).close();
            return "starts";
        } catch (StartRefused refused) {
            assertThat(refused.sentence())
                    .as("fuzz.seed " + fuzz.seed + ": " + what)
                    .isNotBlank()
                    .doesNotContain("Exception", "\tat ", "null");
            return "is refused";
        } catch (Throwable e) {
            throw new AssertionError("fuzz.seed " + fuzz.seed + ": " + what, e);
        }
    }
}
