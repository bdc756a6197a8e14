package aiqbridge.redemption;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.EverythingLogged;
import aiqbridge.EverythingShown;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Stories of {@link AnyOrderTest} with every logger at TRACE and everything that a route carries shown at each of its steps: no key, no phone, no redemption URL is in the log. */
@Isolated("every logger of the process is at TRACE")
class AnyOrderLeakTest {
    private static final int STORIES = 3;
    private static final Map<String, String> CANARIES = Map.of(
            "AIQ's API key", "demo-key",
            "a customer's phone", "55556\\d{5}",
            "a redemption URL", "/redeem/1001/",
            "a caller's key", "aiqb_\\w");

    @Test
    @Timeout(300)
    void no_story_leaves_a_secret_or_a_person_in_the_log(@TempDir Path folder) throws Exception {
        AnyOrderTest told = new AnyOrderTest();
        told.folder = folder;
        long seed = Long.getLong("any-order.seed", System.nanoTime());
        System.out.println("AnyOrderLeakTest: seed " + seed);
        try (EverythingLogged log = new EverythingLogged()) {
            told.stories(seed, 0, STORIES, EverythingShown.AS_A_BEAN);
            String seen = log.text();
            CANARIES.forEach(
                    (what, canary) -> assertThat(seen.lines().filter(line -> line.matches(".*" + canary + ".*")))
                            .as(what)
                            .isEmpty());
            assertThat(Stream.of("Exchange[route: redemption-execute", "operation=redeem, method=", "phone=…"))
                    .as("the search finds what is there")
                    .allMatch(seen::contains);
        }
    }
}
