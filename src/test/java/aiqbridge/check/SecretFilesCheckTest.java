package aiqbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesCheckTest {
    @TempDir
    Path folder;

    private static String check(Map<String, String> environment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SecretFilesCheck(environment, new Findings(new PrintStream(out, true, StandardCharsets.UTF_8), false))
                .run(List.of());
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_file_that_everybody_reads_is_warned_about_unless_nobody_else_gets_to_see_it() throws IOException {
        Path file = Files.writeString(folder.resolve("STORE_PASSWORD"), "open-sesame");
        Map<String, String> named = Map.of("STORE_PASSWORD_FILE", file.toString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(check(named))
                .contains("WARN  everybody on this machine can read the file with the secret STORE_PASSWORD")
                .doesNotContain("sesame");
        assertThat(check(Map.of("CREDENTIALS_DIRECTORY", folder.toString()))).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(check(named)).isEmpty();
    }
}
