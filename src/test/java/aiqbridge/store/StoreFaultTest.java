package aiqbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.TestBridge;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An hour without our own database is a few lines in the log, and each names what failed. */
class StoreFaultTest {
    private final TestBridge.TestClock clock = TestBridge.TestClock.atNow();
    private final StoreFault fault = new StoreFault(clock);

    private static Exception ours(String state) {
        return new RuntimeException(StoreFault.marked(new SQLException("connection refused", state)));
    }

    @Test
    void what_our_own_database_fails_at_is_said_once_a_minute_and_kind() {
        int lines = 0;
        for (int second = 0; second < 600; second++) {
            for (int clocks = 0; clocks < 25; clocks++) {
                lines += fault.isNews(ours("08001")) ? 1 : 0;
                lines += fault.isNews(ours("57P01")) ? 1 : 0;
            }
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(lines).as("lines in ten minutes").isEqualTo(20);
    }

    @Test
    void what_is_not_ours_is_always_said() {
        for (int i = 0; i < 3; i++) {
            assertThat(fault.isNews(new SQLException("the till's"))).isTrue();
            assertThat(fault.isNews(new IllegalStateException())).isTrue();
        }
    }

    @Test
    void what_lies_at_the_bottom_is_named_and_no_message() {
        assertThat(fault.named(new RuntimeException("ada", new IOException("ada", new SocketException("ada")))))
                .isEqualTo("RuntimeException (SocketException)");
        assertThat(fault.named(new IllegalStateException("ada"))).isEqualTo("IllegalStateException");
        assertThat(fault.named(ours("08001")))
                .isEqualTo("the bridge's own database failed (SQLException, SQL state 08001, code 0)");
    }

    /** A handler for anything says what may be our own database's only when it is news. */
    @Test
    void no_handler_repeats_it() throws IOException {
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(TestBridge.HOME.resolve("routes"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".camel.yaml")).toList()) {
                JsonNode routes = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
                look(file.getFileName().toString(), routes, false, wrong);
            }
        }
        assertThat(wrong)
                .as("put these logs into a filter by storeFault.isNews")
                .isEmpty();
    }

    private static void look(String file, JsonNode node, boolean bounded, List<String> wrong) {
        if (node.isArray()) {
            node.forEach(one -> look(file, one, bounded, wrong));
            return;
        }
        boolean inside = bounded
                || node.path("expression").toString().contains("storeFault?method=isNews")
                || node.path("onWhen").toString().contains("isOurs");
        String message = node.path("log").path("message").asText("");
        if (!bounded && message.contains("${exception")) {
            wrong.add(file + ": " + message);
        }
        if (!bounded && message.contains("storeFault")) {
            wrong.add(file + ": " + message);
        }
        boolean within = node.has("onWhen") ? bounded : inside;
        node.forEach(one -> look(file, one, within, wrong));
    }
}
