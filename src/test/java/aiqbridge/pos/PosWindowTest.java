package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.connection.PosConnections;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which late sales a sweep reads: all that arrived since the sweep before the last one, page by page; and which of a sweep's sales are late. */
class PosWindowTest {
    @TempDir
    Path folder;

    private final TestBridge.TestClock clock = TestBridge.TestClock.atNow();
    private PosWindow windows;

    @BeforeEach
    void two_tills() throws Exception {
        for (String[] till : new String[][] {{"till", "UTC"}, {"denver", "America/Denver"}}) {
            Files.writeString(
                    folder.resolve(till[0] + ".properties"),
                    "make = odoo\naccount = leaf\nlocation = main\nzone = " + till[1]
                            + "\njdbc.url = jdbc:postgresql://localhost/till\njdbc.username = reader");
        }
        Settings settings = Settings.read(Path.of("config/application.properties"), Map.of("POS_PAGE", "2"));
        windows = new PosWindow(PosConnections.read(folder, settings, Map.of()), settings, clock);
    }

    private PollWindow begin(long sweptAgo, Long arrivedBefore) {
        long now = clock.millis();
        return windows.begin("till", now / 1_000, List.of(new PollState(now, now - sweptAgo, arrivedBefore)));
    }

    private static PollPage<Sale> page(int read, Long arrival) {
        return new PollPage<>(List.of(), read, List.of(), null, null, arrival);
    }

    @Test
    void only_a_sweep_reads_late_sales_and_only_once_it_is_known_what_had_arrived() {
        assertThat(begin(1_000, 70L).lateMore()).isZero();
        assertThat(begin(3_600_000, null).lateMore()).isZero();
        assertThat(begin(3_600_000, 70L))
                .extracting(PollWindow::arrivedAfter, PollWindow::lateMore)
                .containsExactly(70L, 1);
    }

    @Test
    void it_goes_on_after_the_last_of_a_full_page_and_ends_with_one_that_is_not_or_does_not_go_on() {
        PollWindow full = windows.afterLate(begin(3_600_000, 70L), page(2, 72L));
        assertThat(full)
                .extracting(PollWindow::arrivedAfter, PollWindow::arrived, PollWindow::lateMore)
                .containsExactly(72L, 72L, 1);
        assertThat(windows.afterLate(full, page(1, 73L)).lateMore()).isZero();
        assertThat(windows.afterLate(full, page(0, null)).lateMore()).isZero();
        assertThat(windows.afterLate(full, page(2, 72L)).lateMore()).isZero();
    }

    @Test
    void the_highest_arrival_of_sales_and_late_sales_alike_is_kept() {
        PollWindow sales = windows.after(begin(3_600_000, 70L), page(1, 90L));
        assertThat(sales.arrived()).isEqualTo(90);
        assertThat(windows.after(sales, page(1, 80L)).arrived()).isEqualTo(90);
        assertThat(windows.after(sales, page(1, null)).arrived()).isEqualTo(90);
        assertThat(windows.afterLate(sales, page(1, 75L)).arrived()).isEqualTo(90);
    }

    private List<String> late(String posNow, long sweptAgo, String... changed) {
        long till = Instant.parse(posNow).getEpochSecond();
        PollWindow window =
                windows.begin("denver", till, List.of(new PollState(till * 1_000, clock.millis() - sweptAgo, null)));
        return windows
                .late(
                        window,
                        new PollPage<>(
                                Stream.of(changed).map(PosWindowTest::sale).toList(), 1, List.of(), null, null, null))
                .stream()
                .map(sale -> sale.transactionId() + " " + sale.foundBy())
                .toList();
    }

    private static Sale sale(String changed) {
        long at = Instant.parse(changed).toEpochMilli();
        return new Sale(
                "denver",
                "main",
                changed,
                null,
                at,
                BigDecimal.TEN,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                at);
    }

    @Test
    void late_is_what_a_sweep_reads_behind_the_overlap_of_the_polls() {
        assertThat(late("2026-11-28T20:00:00Z", 3_600_000, "2026-11-28T19:49:59Z", "2026-11-28T19:50:00Z"))
                .containsExactly("2026-11-28T19:49:59Z sweep");
        assertThat(late("2026-11-28T20:00:00Z", 1_000, "2026-11-28T19:49:59Z")).isEmpty();
    }

    @Test
    void in_the_hour_that_autumn_repeats_the_bound_goes_back_with_the_tills_wall_clock() {
        // half past one for the second time; what was sold a minute ago is read as the first time
        assertThat(late("2026-11-01T08:30:00Z", 3_600_000, "2026-11-01T07:29:00Z"))
                .isEmpty();
        assertThat(late("2026-11-01T08:30:00Z", 3_600_000, "2026-11-01T07:19:59Z"))
                .hasSize(1);
    }
}
