package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.TestBridge.TestClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a setting, a start is either good or refused by one sentence that names the setting. */
class HostileSettingsTest {
    private static final List<String> HOSTILE = List.of(
            "",
            "0",
            "-5",
            "1",
            "2147483647",
            "2147483648",
            "99999999999999999999",
            "1e3",
            "0s",
            "-1s",
            "1ms",
            "100ms",
            "1s",
            "999999999d",
            "99999999999999999999d",
            "45 minutes",
            "yes",
            "TRUE",
            "on",
            "true",
            "no-such-word",
            "http://aiq.example",
            "https://user:pw@aiq.example",
            "https://127.0.0.1:99999",
            "https://aiq.example/with a space",
            "jdbc:sqlite:",
            "jdbc:postgresql:%zz",
            "jdbc:oracle:x",
            "/no/such/folder",
            "..",
            "a\u0000b",
            "a\r\nb",
            "{{env:HOME}}",
            "{{no.such.setting}}",
            "${body}",
            "#class:java.util.Date",
            "RAW(x)",
            "{",
            "[".repeat(1_500),
            "x".repeat(1_000_000));

    /** They would make this test's own bridge another one, or files outside its folder. */
    private static final Set<String> NOT_STARTED = Set.of(
            "clock.auto-startup",
            "store.url",
            "secrets.key-file",
            "pos.connections",
            "storefront.connections",
            "http.port",
            "http.management-port",
            "http.host",
            "http.management-host");

    @TempDir
    Path folder;

    private static Properties shipped() {
        return Settings.load(TestBridge.HOME.resolve("config/application.properties"));
    }

    private static Settings with(String key, String value) {
        Properties values = shipped();
        values.setProperty(key, value);
        return Settings.of(values);
    }

    // each refusal is another start
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @Test
    void each_hostile_value_of_each_setting_is_refused_by_a_sentence_that_names_it_or_starts() throws Exception {
        List<String> keys = List.copyOf(new TreeSet<>(shipped().stringPropertyNames()));
        Map<String, List<String>> taken = new LinkedHashMap<>();
        int refused = 0;
        for (String key : keys) {
            for (String value : HOSTILE) {
                List<StartRefused> wrong = with(key, value).wrong();
                if (wrong.isEmpty()) {
                    taken.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
                } else {
                    assertThat(wrong).hasSize(1);
                    assertOneSentence(wrong.get(0), key);
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(25 * keys.size());
        NOT_STARTED.forEach(taken::remove);
        for (int i = 0; i < 3; i++) {
            Map<String, String> at = new LinkedHashMap<>();
            for (Map.Entry<String, List<String>> one : taken.entrySet()) {
                at.put(one.getKey(), one.getValue().get((one.getValue().size() - 1) * i / 2));
            }
            startsOrSays(Files.createDirectory(folder.resolve("start-" + i)), at);
        }
    }

    /** Several at once; what is refused is taken out, and the rest tried again. */
    private void startsOrSays(Path in, Map<String, String> values) {
        while (true) {
            Optional<StartRefused> refused = start(in, values);
            if (refused.isEmpty()) {
                return;
            }
            List<String> named = values.keySet().stream()
                    .filter(key -> refused.get().sentence().contains(key))
                    .toList();
            assertThat(named).as(refused.get().getMessage()).isNotEmpty();
            assertOneSentence(refused.get(), named.get(0));
            named.forEach(values::remove);
        }
    }

    /** With a till and a shop, which take what their files leave out from the settings. */
    private Optional<StartRefused> start(Path in, Map<String, String> values) {
        try {
            Files.createDirectories(in.resolve("pos"));
            Files.createDirectories(in.resolve("storefront"));
            Files.writeString(
                    in.resolve("pos/main.properties"),
                    "make = view\naccount = a\nlocation = l\nzone = America/Denver\njdbc.url = jdbc:sqlite:"
                            + in.resolve("till.db") + "\njdbc.username = reader\nrequests.username = asker\n");
            Files.writeString(
                    in.resolve("storefront/web.properties"),
                    "kind = generic\naccount = a\nlocation = l\nzone = America/Denver\nredeems = bridge\npos = main\n");
            Map<String, String> all = new LinkedHashMap<>(Map.of(
                    "pos.connections", in.resolve("pos").toString(),
                    "storefront.connections", in.resolve("storefront").toString()));
            all.putAll(values);
            new TestBridge(
                            in,
                            TestClock.atNow(),
                            all.entrySet().stream()
                                    .flatMap(one -> Stream.of(one.getKey(), one.getValue()))
                                    .toArray(String[]::new))
                    .close();
            return Optional.empty();
        } catch (StartRefused e) {
            return Optional.of(e);
        } catch (Exception e) {
            throw new AssertionError("no sentence for one of " + values, e);
        }
    }

    private static void assertOneSentence(StartRefused refused, String key) {
        assertThat(refused.sentence())
                .contains(key)
                .doesNotContain("Exception", "\n", "\u0000")
                .hasSizeLessThan(400)
                .endsWith(".");
        assertThat(refused.hint()).doesNotContain("\n").isNotBlank();
    }

    @Test
    void the_shipped_settings_are_good_and_every_bound_is_met_by_them() {
        assertThat(Settings.of(shipped()).wrong()).isEmpty();
    }

    @Test
    void what_was_a_stack_trace_is_a_sentence() {
        assertThat(sentence("http.workers", "-5"))
                .isEqualTo("The setting http.workers = -5 is not a whole number from 1 to 1000.");
        assertThat(sentence("pos.poll-every", "0s"))
                .isEqualTo(
                        "The setting pos.poll-every = 0s is not a duration from 100ms to 30d, with a unit: ms, s, m, h or d.");
        assertThat(sentence("retention.cart", "99999999999999999999d")).contains("is not a duration from 0s to 3650d");
        assertThat(sentence("aiq.base-url", "http://aiq.example"))
                .isEqualTo("The setting aiq.base-url is not an https address, or an http address of this machine.");
        // half a second would be no limit at all: the time-out of a statement is in seconds
        assertThat(sentence("pos.query-timeout", "500ms")).contains("a duration from 1s to 1h");
    }

    private static String sentence(String key, String value) {
        return with(key, value).wrong().get(0).sentence();
    }

    @Test
    void a_setting_that_is_missing_is_named() {
        Properties values = shipped();
        values.remove("aiq.base-url");
        values.remove("pos.page");
        assertThatThrownBy(() -> Settings.of(values).checked())
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("The setting aiq.base-url is missing in config/application.properties.")
                .hasMessageContaining("There are 2 such settings");
    }

    @Test
    void a_host_of_another_machine_and_two_doors_on_one_port_are_named() {
        assertThat(start(folder, Map.of("http.host", "192.0.2.7")).orElseThrow().sentence())
                .isEqualTo("The setting http.host = 192.0.2.7 is no address of this machine.");
        assertThat(start(folder, Map.of("http.management-host", "no-such-host.invalid"))
                        .orElseThrow()
                        .sentence())
                .isEqualTo("The setting http.management-host = no-such-host.invalid is no address of this machine.");
        String port = Integer.toString(TestBridge.freePort());
        assertThat(start(folder, Map.of("http.port", port, "http.management-port", port))
                        .orElseThrow()
                        .sentence())
                .isEqualTo("The settings http.port and http.management-port are the same port.");
    }

    @Test
    void the_command_line_says_it_too_and_no_more() throws IOException {
        Path home = TestBridge.copyOfHome(Files.createDirectory(folder.resolve("home")));
        Properties values = shipped();
        values.setProperty("http.workers", "-5");
        try (Writer file = Files.newBufferedWriter(home.resolve("config/application.properties"))) {
            values.store(file, null);
        }
        StringWriter said = new StringWriter();
        int status =
                Application.commandLine().setErr(new PrintWriter(said, true)).execute("run", "--home", home.toString());
        assertThat(status).isEqualTo(1);
        assertThat(said.toString().lines())
                .containsExactly(
                        "The setting http.workers = -5 is not a whole number from 1 to 1000.",
                        "  Hint: For example: http.workers = 64");
    }
}
