package aiqbridge.aiq;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.connection.Connections;
import aiqbridge.privacy.ApiKey;
import aiqbridge.stop.Stops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.component.http.HttpMethods;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a stop lets out and what not, whoever asks: each operation that there is, and one that nobody thought of. */
class StoppedCallsTest {
    private static final Set<String> KEPT_BACK = Set.of("redeem", "reverse", "adjust", "cart", "verify", "sign-up");

    @TempDir
    Path folder;

    private AiqGate gate(Stops stops) {
        Clock clock = Clock.systemUTC();
        return new AiqGate(
                stops,
                new AiqBreaker(),
                new AiqBudget(clock, 0, 0, 0),
                new AiqClock(clock),
                new SimpleMeterRegistry(),
                clock,
                Settings.of(TestBridge.HOME.resolve("config/application.properties")));
    }

    private static AiqCall call(String operation) {
        return new AiqCall(
                "green-leaf",
                "till",
                null,
                Priority.REDEMPTION,
                operation,
                HttpMethods.GET,
                "/",
                null,
                new ApiKey("k"),
                null,
                null,
                0);
    }

    private static boolean leaves(AiqGate gate, String operation) {
        Object entered = gate.enter(call(operation));
        return entered instanceof AiqCall || !((AiqAnswer) entered).neverLeft();
    }

    /** As the routes name them; a key that is tried is a read of the stores, as a call. */
    private static Set<String> operations() throws IOException {
        Set<String> operations = new TreeSet<>();
        Pattern.compile(
                        "routeTemplateRef: aiq-call\\s+routeId: aiq-call-\\S+\\s+parameters: \\[\\{name: operation, value: ([a-z-]+)}")
                .matcher(Files.readString(TestBridge.HOME.resolve("routes/aiq/calls.camel.yaml")))
                .results()
                .forEach(found -> operations.add(found.group(1)));
        operations.remove("key");
        return operations;
    }

    private Connections connections() {
        return Connections.read(
                folder, Settings.of(TestBridge.HOME.resolve("config/application.properties")), Map.of());
    }

    /** No table is there, nor a folder for the file of the database: whatever is asked fails. */
    private Stops unreadable() {
        return new Stops(
                new DriverManagerDataSource("jdbc:sqlite:" + folder.resolve("no/such/folder/bridge.db")),
                folder.resolve("STOP"),
                connections(),
                Clock.systemUTC());
    }

    @Test
    void each_operation_that_changes_something_is_kept_back_and_each_that_reads_leaves() throws IOException {
        Files.writeString(folder.resolve("STOP"), "");
        AiqGate gate = gate(unreadable());
        Map<String, Boolean> left = new TreeMap<>();
        for (String operation : operations()) {
            left.put(operation, leaves(gate, operation));
        }
        assertThat(left).hasSizeGreaterThan(10);
        left.forEach((operation, leaves) -> assertThat(leaves).as(operation).isEqualTo(!KEPT_BACK.contains(operation)));
        assertThat(left.keySet()).containsAll(KEPT_BACK);
        assertThat(leaves(gate, "something-new"))
                .as("what is not known to be a read")
                .isFalse();
    }

    @Test
    void where_the_database_cannot_say_nothing_that_changes_something_leaves() {
        AiqGate gate = gate(unreadable());
        for (String operation : List.of("redeem", "reverse", "adjust", "cart")) {
            assertThat(leaves(gate, operation)).as(operation).isFalse();
        }
        assertThat(leaves(gate, "wallet")).isTrue();
    }

    @Test
    void a_file_stops_also_where_the_database_takes_no_row() throws IOException {
        Stops stops = unreadable();
        Files.writeString(folder.resolve("STOP"), "");
        assertThat(stops.stands("green-leaf", "till", null)).isTrue();
    }
}
