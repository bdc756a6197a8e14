package aiqbridge.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Progress;
import aiqbridge.Settings;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next poll would bring is said, AIQ is not called, and the bridge's own database is as before. */
class DryRunTest {
    @TempDir
    Path folder;

    private Shop shop;

    String[] store() {
        return new String[0];
    }

    @BeforeEach
    void open() {
        Shop.connection(
                folder,
                "watched",
                "make = view\nmode = observe\njdbc.url = jdbc:sqlite:" + folder.resolve("till.db")
                        + "?busy_timeout=10000\njdbc.username = reader\n");
        shop = new Shop(folder, store());
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private List<DryRun.Line> dryRun(String only) {
        Settings settings = Settings.of(
                shop.bridge.bridge().camel().getPropertiesComponent().loadProperties());
        List<String> before = everything();
        List<DryRun.Line> lines = new DryRun(TestBridge.HOME, settings, shop.clock)
                .run(shop.bridge.bridge().store(), only, Progress.UNHEARD);
        assertThat(everything()).as("nothing that changes what happens later").isEqualTo(before);
        return lines;
    }

    /** Everything that decides what happens later. */
    private List<String> everything() {
        return List.of(
                        "redemption",
                        "reversal",
                        "pos_poll",
                        "pos_transaction",
                        "pos_reversal",
                        "observation",
                        "write_back",
                        "cart",
                        "ledger",
                        "attempt",
                        "brake")
                .stream()
                .map(table -> table + shop.bridge.rows.queryForList("select * from " + table + " order by 1"))
                .toList();
    }

    @Test
    void it_says_what_would_be_redeemed_and_why_the_rest_would_not() {
        String due = shop.queued(shop.adasWalletAgain(), "five-off", "t-1").text("redemptionId");
        String waits = shop.queued(shop.adasWalletAgain(), "ten-percent", "t-2").text("redemptionId");
        shop.rings("t-1", "5555550100", 42.5);
        int asked = shop.aiq.requests("wallet").size();
        List<DryRun.Line> lines = dryRun(null);
        assertThat(lines)
                .extracting(line -> line.would() + " " + line.subject())
                .containsExactly("redeem " + due, "wait " + waits);
        assertThat(lines.get(0).sentence())
                .contains("…0100")
                .contains("t-1")
                .contains("100 points")
                .doesNotContain("5555550100");
        assertThat(lines.get(1).sentence()).contains("does not show the completed sale t-2");
        assertThat(shop.aiq.requests("redeem")).isEmpty();
        assertThat(shop.aiq.requests("wallet")).hasSize(asked);
        shop.pollAndExecute();
        assertThat(shop.status(due)).as("as it said").isEqualTo("EXECUTED");
        assertThat(shop.status(waits)).isEqualTo("QUEUED");
    }

    @Test
    void it_works_before_the_bridge_was_ever_started() {
        shop.bridge.rows.update("delete from installation");
        shop.rings("t-1", "5555550100", 42.5);
        assertThat(dryRun(null)).isEmpty();
    }

    @Test
    void it_says_what_would_be_given_back() {
        String redemption = shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        shop.pollAndExecute();
        shop.till.update("insert into taking_back values ('t-1', 't-1', 'void', ?, 42.5)", shop.wallClock());
        assertThat(dryRun("till"))
                .extracting(line -> line.would() + " " + line.subject())
                .containsExactly("reverse " + redemption);
        assertThat(shop.aiq.requests("reverse")).isEmpty();
        shop.poll();
        shop.bridge.run("reversal-execute");
        assertThat(shop.aiq.effects("REVERSED")).hasSize(1);
    }

    @Test
    void it_says_what_would_expire() {
        shop.queued("five-off", "t-1");
        shop.passes(Duration.ofDays(2));
        assertThat(dryRun(null)).extracting(DryRun.Line::would).containsExactly("release");
    }

    @Test
    void an_observing_till_says_what_it_would_do_were_it_live() {
        shop.moveTo("watched");
        shop.queued("five-off", "t-1");
        shop.rings("t-1", "5555550100", 42.5);
        assertThat(dryRun("watched")).singleElement().satisfies(line -> {
            assertThat(line.would()).isEqualTo("redeem");
            assertThat(line.sentence()).contains("if watched were live");
        });
    }

    @Test
    void a_till_that_cannot_be_asked_is_said_and_the_others_go_on() {
        shop.till.execute("drop view aiq_sales");
        assertThat(dryRun(null)).extracting(DryRun.Line::would).containsOnly("fail");
    }
}
