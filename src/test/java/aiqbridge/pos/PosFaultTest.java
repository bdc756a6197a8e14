package aiqbridge.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import aiqbridge.Databases;
import aiqbridge.Shop;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a poll that fails says, and that nothing else stops. */
class PosFaultTest {
    @TempDir
    Path folder;

    private String said(SampleTill till, String make, java.util.function.Consumer<Shop> meanwhile) {
        Shop.connection(
                folder,
                "real",
                "make = " + make + "\njdbc.url = " + till.readerUrl() + "\njdbc.username = " + till.login()
                        + "\nwrite-back = off\n");
        try (Shop shop = new Shop(folder, "pos.query-timeout", "1s")) {
            Throwable fault = catchThrowable(() -> shop.bridge.run("pos-poll-real"));
            assertThat(fault).isNotNull();
            meanwhile.accept(shop);
            return shop.bridge
                    .bridge()
                    .camel()
                    .getRegistry()
                    .lookupByNameAndType("posFault", PosFault.class)
                    .sentence("real", fault);
        }
    }

    @Test
    void a_wrong_make_is_told_from_the_tables_there() {
        String said = said(new OsposTill(Databases.mariadb()), "erpnext", shop -> {});
        assertThat(said)
                .contains(
                        "sees no tabpos invoice, tabpos invoice item, tabpos profile, tabsales invoice, tabsales invoice item; the database looks like the make ospos.")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void a_missing_column_is_named() {
        SampleTill till = new OdooTill(Databases.postgresql());
        till.renamed(true);
        assertThat(said(till, "odoo", shop -> {}))
                .contains("does not fit the till's database", "amount_total")
                .doesNotContain("looks like");
    }

    @Test
    void a_missing_right_is_no_wrong_make() {
        SampleTill till = new OdooTill(Databases.postgresql());
        till.rows.execute("revoke select on pos_order_line from " + till.login());
        assertThat(said(till, "odoo", shop -> {}))
                .contains("The login lacks a right", "pos_order_line")
                .doesNotContain("looks like");
    }

    @Test
    void a_server_that_cuts_lists_short_cuts_none_of_a_sale() {
        OsposTill till = new OsposTill(Databases.mariadb());
        Shop.connection(
                folder,
                "real",
                "make = ospos\njdbc.url = " + till.readerUrl() + ",group_concat_max_len=16\njdbc.username = "
                        + till.login() + "\nwrite-back = off\n");
        try (Shop shop = new Shop(folder)) {
            shop.bridge.run("pos-poll-real");
            till.completes(SampleTill.Sale.of(1, Instant.now()));
            till.rows.update(
                    "insert into ospos_sales_items (sale_id, item_id, line, description, serialnumber, quantity_purchased, discount, discount_type, item_cost_price, item_unit_price, item_location) values (1, 2, 2, 'Cup for Ada, AIQ-7F3K2Q', '', 1, 0, 0, 1, 1, 1)");
            shop.bridge.run("pos-poll-real");
            assertThat(shop.bridge.rows.queryForList("select note from sale_note", String.class))
                    .containsExactly("AIQ-7F3K2Q");
        }
    }

    @Test
    void a_locked_table_is_called_so_and_the_other_tills_go_on() throws SQLException {
        SampleTill till = new OdooTill(Databases.postgresql());
        try (Connection report = till.rows.getDataSource().getConnection()) {
            report.setAutoCommit(false);
            report.createStatement().execute("lock table pos_order in access exclusive mode");
            String said = said(till, "odoo", shop -> {
                String redemption = shop.queued("five-off", "sale-1");
                shop.rings("sale-1", "555-555-0100", 42.5);
                shop.pollAndExecute();
                assertThat(shop.status(redemption)).isEqualTo("EXECUTED");
            });
            assertThat(said).contains("took longer than pos.query-timeout", "locked by the till");
        }
    }
}
