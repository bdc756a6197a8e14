package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import aiqbridge.TestBridge.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a file that a start reads, the start is either good or refused by one sentence that names the file. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HostileFilesTest {
    /** A file that is a folder. */
    private static final byte[] FOLDER = {};

    private static final Map<String, byte[]> HOSTILE = Map.of(
            "a folder",
            FOLDER,
            "two million brackets",
            text("[".repeat(2_000_000)),
            "as many brackets as fit",
            text("[".repeat(1_000_000)),
            "as many braces as fit",
            text("{a: ".repeat(250_000)),
            "a billion laughs",
            text(laughs()),
            "not UTF-8",
            new byte[] {'a', ' ', '=', ' ', (byte) 0xff, (byte) 0xfe, (byte) 0xc3, 0x28, '\n'},
            "zeros",
            new byte[10_000],
            "more than fits in memory",
            text("# " + "x".repeat(40_000_000)));

    /** Each stops a start. */
    private static final List<String> STOP = List.of(
            "config/application.properties",
            "config/pos/main.properties",
            "config/storefront/web.properties",
            "routes/cart/sweep.camel.yaml",
            "routes/policies.camel.yaml",
            "routes/storefront/kept.sql",
            "routes/redemption/execute/claim.sqlite.sql",
            "data/secrets.key");

    /** Each stops its own shops, tills or carts; the rest starts. */
    private static final List<String> STOP_THEIR_OWN = List.of(
            "routes/storefront/generic/kind.properties",
            "routes/storefront/generic/events.jslt",
            "routes/pos/view/sales.sql",
            "config/aiq-cart.jslt");

    @TempDir
    Path folder;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String laughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            yaml.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1) + "]\n");
        }
        return yaml.toString();
    }

    static Stream<Arguments> hostile() {
        return HOSTILE.keySet().stream().sorted().map(Arguments::of);
    }

    private Path home(String name) throws IOException {
        Path home = TestBridge.copyOfHome(Files.createDirectory(folder.resolve(name)));
        for (String one : List.of("config/pos", "config/storefront", "data")) {
            Files.createDirectories(home.resolve(one));
        }
        Files.writeString(
                home.resolve("config/pos/main.properties"),
                "make = view\naccount = a\nlocation = l\nzone = America/Denver\njdbc.url = jdbc:sqlite:"
                        + home.resolve("till.db") + "\njdbc.username = reader\n");
        Files.writeString(
                home.resolve("config/storefront/web.properties"),
                "kind = generic\naccount = a\nlocation = l\nzone = America/Denver\n");
        return home;
    }

    private static void put(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        if (content == FOLDER) {
            Files.createDirectory(file);
        } else {
            Files.write(file, content);
        }
    }

    private static void start(Path home) {
        Settings.read(home.resolve("config/application.properties"), Map.of()).checked();
        new TestBridge(
                        home,
                        TestClock.atNow(),
                        TestBridge.HOME_SETTING,
                        home.toString(),
                        "secrets.key-file",
                        "data/secrets.key")
                .close();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_start_is_refused_by_a_sentence_that_names_the_file(String content) throws IOException {
        Path home = home("home");
        for (String file : STOP) {
            byte[] before = Files.exists(home.resolve(file)) ? Files.readAllBytes(home.resolve(file)) : null;
            put(home.resolve(file), HOSTILE.get(content));
            assertThat(catchThrowable(() -> start(home)))
                    .as(content + " in " + file)
                    .isInstanceOfSatisfying(StartRefused.class, refused -> assertThat(
                                    refused.getMessage().lines().toList())
                            .satisfiesExactly(
                                    sentence -> assertThat(sentence)
                                            .contains(file)
                                            .endsWith(".")
                                            .doesNotContain("Exception", "Error")
                                            .hasSizeLessThan(400),
                                    hint -> assertThat(hint)
                                            .startsWith("  Hint: ")
                                            .hasSizeLessThan(400)));
            Files.deleteIfExists(home.resolve(file));
            if (before != null) {
                Files.write(home.resolve(file), before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void what_is_of_one_shop_till_or_template_stops_nothing_else(String content) throws IOException {
        Path home = home("home");
        for (String file : STOP_THEIR_OWN) {
            put(home.resolve(file), HOSTILE.get(content));
        }
        start(home);
    }

    @Test
    void what_stands_beside_the_key_file_is_made_anew_unless_it_is_a_folder() throws IOException {
        Path home = home("home");
        Path beside = home.resolve("data/secrets.key.installation");
        for (byte[] content : HOSTILE.values()) {
            put(beside, content);
            if (content == FOLDER) {
                assertThat(catchThrowable(() -> start(home)))
                        .isInstanceOf(StartRefused.class)
                        .hasMessageContaining("The file " + beside + " cannot be written.");
            } else {
                start(home);
                assertThat(Files.readString(beside)).matches("[0-9a-f-]{36} \\d+");
            }
        }
    }
}
