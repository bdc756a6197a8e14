package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.Shop;
import aiqbridge.TestBridge;
import aiqbridge.operator.Choice;
import aiqbridge.operator.Decision;
import aiqbridge.operator.NeedsLook;
import aiqbridge.operator.RedemptionDecisions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points that a till's database will not show are a person's matter, and not tried for ever. */
class RefusedPointsTest {
    @TempDir
    Path folder;

    private static String writeBack(Shop shop, String redemption) {
        return shop.bridge.rows.queryForObject(
                "select status || ': ' || coalesce(last_error, '') from write_back where redemption_id = ?",
                String.class,
                redemption);
    }

    private static NeedsLook needsLook(Shop shop) {
        return new NeedsLook(
                shop.bridge.rows.getDataSource(),
                TestBridge.HOME,
                shop.bridge.bridge().connections(),
                shop.clock);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create trigger closed before insert on aiq_points begin select raise(abort, 'day closed'); end",
                "create table aiq_points (transaction_id text primary key, points numeric check (points < 50))",
                "create table aiq_points (transaction_id text primary key, points numeric, cashier text not null)"
            })
    void what_a_rule_of_the_till_refuses_is_listed_and_written_again_when_a_person_says_so(String rule) {
        try (Shop shop = new Shop(folder)) {
            if (rule.startsWith("create table")) {
                shop.till.execute("drop table aiq_points");
            }
            shop.till.execute(rule);
            String redemption = shop.queued("five-off", "s-1");
            shop.rings("s-1", "(555) 555-0100", 42.5);
            shop.pollAndExecute();
            shop.bridge.run("pos-write-back-till");
            assertThat(writeBack(shop, redemption))
                    .isEqualTo("PARKED: A rule or a trigger of the till's database refuses what is written.");
            shop.clock.advance(Duration.ofHours(2));
            shop.bridge.run("pos-write-back-till");
            assertThat(shop.bridge.rows.queryForObject("select attempts from write_back", Integer.class))
                    .isEqualTo(1);
            assertThat(needsLook(shop).why(redemption))
                    .extracting(NeedsLook.Why::reason)
                    .containsExactly("points-not-shown");
            assertThat(needsLook(shop).choices(redemption))
                    .extracting(Choice::command)
                    .contains("redemptions write-again", "redemptions looked-at");

            shop.till.execute(rule.startsWith("create table") ? "drop table aiq_points" : "drop trigger closed");
            shop.till.execute(
                    "create table if not exists aiq_points (transaction_id text primary key, points numeric)");
            new RedemptionDecisions(
                            shop.bridge.rows.getDataSource(),
                            TestBridge.HOME,
                            shop.bridge.bridge().connections(),
                            shop.clock)
                    .writeAgain(redemption, new Decision("kim", "rule changed", false));
            shop.bridge.run("pos-write-back-till");
            assertThat(writeBack(shop, redemption)).isEqualTo("DONE: ");
            assertThat(shop.till.queryForObject("select points from aiq_points", Integer.class))
                    .isEqualTo(100);
            assertThat(needsLook(shop).why(redemption)).isEmpty();
        }
    }

    @Test
    void what_does_not_fit_is_parked_and_a_missing_right_is_not() {
        ViewTill till = new ViewTill(Databases.postgresql());
        Shop.connection(
                folder,
                "real",
                "make = view\njdbc.url = " + till.readerUrl() + "\njdbc.username = " + till.login() + "\n");
        try (Shop shop = new Shop(folder)) {
            shop.moveTo("real");
            shop.poll();
            till.rows.execute("revoke insert on aiq_points from " + till.login());
            SampleTill.Sale sale = SampleTill.Sale.of(1, Instant.now()).by(PosContract.ADA);
            String redemption = shop.queued("five-off", "1");
            till.completes(sale);
            shop.pollAndExecute();
            shop.bridge.run("pos-write-back-real");
            assertThat(writeBack(shop, redemption)).startsWith("WANTED: The login lacks a right: ");

            till.rows.execute("grant insert on aiq_points to " + till.login());
            till.rows.execute("alter table aiq_points alter column points type numeric(2, 1)");
            shop.clock.advance(Duration.ofHours(2));
            shop.bridge.run("pos-write-back-real");
            assertThat(writeBack(shop, redemption))
                    .isEqualTo("PARKED: What is written does not fit into the till's column (SQL state 22003).");
        } finally {
            Databases.drop(till.url);
        }
    }
}
