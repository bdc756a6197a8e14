package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Settings;
import aiqbridge.TestBridge;
import aiqbridge.connection.PosConnections;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which late sales a sweep reads: all that arrived since the sweep before the last one, page by page. */
class PosWindowTest {
    @TempDir
    Path folder;

    private final TestBridge.TestClock clock = TestBridge.TestClock.atNow();
    private PosWindow windows;

    @BeforeEach
    void one_till() throws Exception {
        Files.writeString(
                folder.resolve("till.properties"),
                "make = odoo\naccount = leaf\nlocation = main\nzone = UTC\njdbc.url = jdbc:postgresql://localhost/till\njdbc.username = reader");
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
}
