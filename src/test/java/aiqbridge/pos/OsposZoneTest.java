package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.pos.SampleTill.Sale;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OSPOS writes the wall clock of the zone that it is set to, and the zone of its database's server is another thing. */
class OsposZoneTest {
    @TempDir
    Path folder;

    private String url;

    /** Before the test's time counts: the first one starts the server. */
    @BeforeEach
    void server() {
        url = Databases.mariadb();
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, +00:00",
        "Europe/Berlin, +00:00",
        "Asia/Kolkata, +00:00",
        "Pacific/Auckland, +00:00",
        "America/New_York, -05:00",
        "America/New_York, +09:00",
        "UTC, -07:00"
    })
    void a_sale_is_heard_by_the_next_poll_and_at_its_time(String zone, String server) {
        OsposTill till = new OsposTill(url, OsposTill.Version.V3_4, ZoneId.of(zone), server);
        Shop.connection(
                folder,
                "real",
                "make = ospos\nzone = " + zone + "\njdbc.url = " + till.readerUrl() + "\njdbc.username = "
                        + till.login() + "\n");
        try (Shop shop = new Shop(folder)) {
            shop.moveTo("real");
            shop.poll();
            Sale sale =
                    Sale.of(7, Instant.now().truncatedTo(ChronoUnit.SECONDS)).by(PosContract.ADA);
            String redemption = shop.queued("five-off", till.id(sale));
            till.completes(sale);
            shop.pollAndExecute();
            assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
            assertThat(shop.bridge.rows.queryForObject(
                            "select completed_at from pos_transaction where transaction_id = '7'", Long.class))
                    .isEqualTo(sale.at().toEpochMilli());
            assertThat(shop.bridge.rows.queryForObject(
                            "select future from pos_transaction where transaction_id = '7'", Integer.class))
                    .isZero();
        }
    }
}
