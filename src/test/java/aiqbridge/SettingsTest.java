package aiqbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void the_environment_has_the_last_word_and_alone_holds_the_password() throws IOException {
        Path file = Files.writeString(
                folder.resolve("application.properties"), "http.port = 8080\naiq.base-url = https://lab.example\n");
        Settings settings = Settings.read(file, Map.of("HTTP_PORT", "9090", "STORE_PASSWORD", "open-sesame"));
        assertThat(settings.number("http.port")).isEqualTo(9090);
        assertThat(settings.text("aiq.base-url")).isEqualTo("https://lab.example");
        assertThat(settings.text("store.password")).isEqualTo("open-sesame");
        Files.writeString(file, "store.password = open-sesame\n");
        assertThatThrownBy(() -> Settings.read(file, Map.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("holds a secret (store.password)")
                .hasMessageNotContaining("sesame");
    }
}
