package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aiqbridge.connection.PosConnections;
import aiqbridge.store.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each secret from the environment, from a file that a container passes, or as systemd's credential; a refusal never says it. */
class GivenSecretTest {
    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("secret"), content);
    }

    private static String read(String variable, Path file) {
        return GivenSecret.read("STORE_PASSWORD", Map.of(variable, file.toString()));
    }

    private String refusal(String content) throws IOException {
        return refusal(file(content));
    }

    private static String refusal(Path file) {
        try {
            return "taken: " + read("STORE_PASSWORD_FILE", file);
        } catch (StartRefused e) {
            assertThat(e.getMessage()).doesNotContain(file.toString(), "sesame");
            return e.sentence();
        }
    }

    @Test
    void one_line_end_at_the_end_of_a_file_is_not_the_secrets() throws IOException {
        assertThat(read("STORE_PASSWORD_FILE", file("open-sesame\n"))).isEqualTo("open-sesame");
        assertThat(read("STORE_PASSWORD_FILE", file("open-sesame\r\n"))).isEqualTo("open-sesame");
        assertThat(read("STORE_PASSWORD_FILE", file(" open sesame "))).isEqualTo(" open sesame ");
        assertThat(GivenSecret.read("STORE_PASSWORD", Map.of("STORE_PASSWORD", "open-sesame")))
                .isEqualTo("open-sesame");
        assertThat(GivenSecret.read("STORE_PASSWORD", Map.of("STORE_PASSWORD_FILE", "")))
                .isNull();
    }

    @Test
    void what_holds_no_secret_is_refused_by_its_name_alone() throws IOException {
        assertThat(refusal("")).isEqualTo("The file that STORE_PASSWORD_FILE names is empty.");
        assertThat(refusal("\n")).isEqualTo("The file that STORE_PASSWORD_FILE names is empty.");
        assertThat(refusal("sesame\nsesame\n")).endsWith(" holds more than one line.");
        assertThat(refusal("sesame\n\n")).endsWith(" holds more than one line.");
        assertThat(refusal("sesame".repeat(1_000))).endsWith(" is longer than 4096 characters.");
        assertThat(refusal("sesame".repeat(1_000_000))).endsWith(" is larger than 1 MiB.");
        assertThat(refusal("sesame\u0000")).endsWith(" holds characters that are no text.");
        assertThat(refusal(folder)).isEqualTo("The file that STORE_PASSWORD_FILE names is a folder.");
        assertThat(refusal(folder.resolve("gone"))).endsWith(" does not exist.");
        // somebody wrote the secret itself where the path belongs
        assertThat(refusal(Path.of("open-sesame"))).endsWith(" does not exist.");
    }

    @Test
    void given_twice_it_is_refused() throws IOException {
        String file = file("open-sesame").toString();
        assertThatThrownBy(() -> GivenSecret.read(
                        "STORE_PASSWORD", Map.of("STORE_PASSWORD", "sesame", "STORE_PASSWORD_FILE", file)))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("The secret STORE_PASSWORD is given twice: by the environment variable "
                        + "STORE_PASSWORD and by the file that STORE_PASSWORD_FILE names.")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void systemd_passes_it_as_a_credential_of_its_name() throws IOException {
        Files.writeString(folder.resolve("STORE_PASSWORD"), "open-sesame\n");
        Map<String, String> service = Map.of("CREDENTIALS_DIRECTORY", folder.toString());
        assertThat(GivenSecret.read("STORE_PASSWORD", service)).isEqualTo("open-sesame");
        assertThat(GivenSecret.read("POS_MAIN_STREET_PASSWORD", service)).isNull();
        Files.writeString(folder.resolve("STORE_PASSWORD"), "");
        assertThatThrownBy(() -> GivenSecret.read("STORE_PASSWORD", service))
                .hasMessageContaining("The credential STORE_PASSWORD of systemd is empty.");
    }

    @Test
    void the_key_file_may_be_such_a_credential() {
        Properties values = new Properties();
        values.setProperty("secrets.key-file", folder.resolve("secrets.key").toString());
        Settings settings = Settings.of(values);
        Path home = Path.of("/opt/aiq-bridge");
        assertThat(Installation.file(home, settings, Map.of())).isEqualTo(folder.resolve("secrets.key.installation"));
        assertThat(Installation.file(home, settings, Map.of("CREDENTIALS_DIRECTORY", folder.toString())))
                .as("nobody can write there")
                .isEqualTo(Path.of("/opt/aiq-bridge/data/secrets.key.installation"));
    }

    /** A process of its own, as a service is one. */
    @Test
    void a_process_needs_no_secret_in_its_environment() throws Exception {
        Path home = TestBridge.copyOfHome(folder.resolve("home"));
        Path credentials = Files.createDirectory(folder.resolve("credentials"));
        Path key = Files.writeString(folder.resolve("aiq-key"), "key-open-sesame\n");
        assertThat(command(
                        home,
                        Map.of("AIQ_API_KEY_FILE", key.toString()),
                        "accounts",
                        "add",
                        "green-leaf",
                        "--brand",
                        "Green Leaf",
                        "--uid",
                        "1001",
                        "--zone",
                        "America/Denver"))
                .isEqualTo("0: The account green-leaf is stored, with its API key encrypted.\n");
        // the key that sealed it, passed by systemd from now on
        Files.move(home.resolve("data/secrets.key"), credentials.resolve("secrets.key"));
        Map<String, String> service = Map.of(
                "CREDENTIALS_DIRECTORY",
                credentials.toString(),
                "SECRETS_KEY_FILE",
                credentials.resolve("secrets.key").toString());
        assertThat(command(home, service, "accounts", "list"))
                .startsWith("0: green-leaf")
                .contains("…same");
        Files.writeString(credentials.resolve("STORE_PASSWORD"), "two\nlines\n");
        assertThat(command(home, service, "accounts", "list"))
                .startsWith("1: The credential STORE_PASSWORD of systemd holds more than one line.\n");
        assertThat(command(
                        home,
                        Map.of("AIQ_API_KEY", "x", "AIQ_API_KEY_FILE", key.toString()),
                        "accounts",
                        "add",
                        "b",
                        "--brand",
                        "B",
                        "--uid",
                        "2",
                        "--zone",
                        "UTC"))
                .startsWith("1: The secret AIQ_API_KEY is given twice: ")
                .doesNotContain("sesame");
    }

    /** Its exit status and what it said. */
    private static String command(Path home, Map<String, String> environment, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                "aiqbridge.Application"));
        all.addAll(List.of(words));
        all.addAll(List.of("--home", home.toString()));
        ProcessBuilder process = new ProcessBuilder(all).redirectErrorStream(true);
        process.environment().putAll(environment);
        Process started = process.start();
        String said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return started.waitFor() + ": " + said;
    }

    @Test
    void the_passwords_of_the_own_database_and_of_each_till_are_read_so() throws IOException {
        String file = file("open-sesame\n").toString();
        Path settings = Files.writeString(folder.resolve("application.properties"), "http.port = 8080\n");
        assertThat(Settings.read(settings, Map.of("STORE_PASSWORD_FILE", file)).text("store.password"))
                .isEqualTo("open-sesame");
        Path tills = Files.createDirectory(folder.resolve("pos"));
        Files.writeString(
                tills.resolve("main-street.properties"),
                "make = view\naccount = a\nlocation = l\nzone = America/Denver\njdbc.url = jdbc:sqlite:x\n"
                        + "jdbc.username = reader\nrequests = on\nrequests.username = asker\n");
        var till = PosConnections.read(
                        tills,
                        Settings.shipped(),
                        Map.of(
                                "POS_MAIN_STREET_PASSWORD_FILE",
                                file,
                                "POS_MAIN_STREET_REQUESTS_PASSWORD_FILE",
                                Files.writeString(folder.resolve("other"), "other")
                                        .toString()))
                .get("main-street");
        assertThat(till.password()).isEqualTo("open-sesame");
        assertThat(till.requestsPassword()).isEqualTo("other");
    }
}
