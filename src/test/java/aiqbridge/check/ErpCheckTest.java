package aiqbridge.check;

import static org.assertj.core.api.Assertions.assertThat;

import aiqbridge.Databases;
import aiqbridge.connection.Connections;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What check says about an Odoo and an ERPNext as their code makes them: nothing that the operator could not mend. */
class ErpCheckTest extends CheckedTill {
    private String check(String make, String version, String rows) throws IOException {
        String full = make.equals("odoo") ? Databases.postgresql() : Databases.mariadb();
        String database = full.replaceAll("^.*/|[?].*$", "");
        String engine = make.equals("odoo") ? "postgresql" : "mariadb";
        JdbcTemplate tables = new JdbcTemplate(new DriverManagerDataSource(full));
        copied("routes/pos");
        for (String script : new String[] {
            "src/test/resources/pos/" + make + "." + engine + ".sql",
            "src/test/resources/pos/" + make + "-" + version + "." + engine + ".sql",
            "routes/pos/" + make + "/owner." + engine + ".sql"
        }) {
            Databases.script(tables, Path.of(script), "reader_" + database, database);
        }
        if (engine.equals("mariadb")) {
            tables.execute("alter user 'reader_" + database + "'@'%' identified by ''");
        }
        for (String statement : rows.split(";\n")) {
            tables.execute(statement);
        }
        connection(
                full.replaceFirst("[?].*$", ""),
                "reader_" + database,
                "make = " + make + "\nzone = " + ZONE + "\nwrite-back = off\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Findings findings = new Findings(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        Connections.read(home, settings(), Map.of()).pos().all().forEach(till -> new PosCheck(
                        home, settings(), till, findings)
                .run(false));
        Databases.drop(full);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"16", "17", "18", "19"})
    void an_odoo(String version) throws IOException {
        String said = check("odoo", version, """
                insert into pos_order (name, date_order, amount_tax, amount_total, amount_paid, amount_return, state) select '/', (now() at time zone 'UTC') - i * interval '7 minutes', 0, 1, 1, 0, 'paid' from generate_series(1, 2000) i;
                insert into pos_order_line (order_id, product_id, name, qty, price_unit, price_subtotal, price_subtotal_incl) select id, 1, '/', 1, 1, 1, 1 from pos_order;
                insert into pos_payment (pos_order_id, payment_method_id, amount, payment_date) select id, 1, 1, now() from pos_order;
                analyze""");
        assertThat(said).contains("OK    this is Odoo " + version).doesNotContain("WARN", "FAIL");
    }

    @ParameterizedTest
    @CsvSource({"14", "15", "16"})
    void an_erpnext(String version) throws IOException {
        String invoices = """
                insert into `tab%1$s Invoice` (name, modified, docstatus, is_pos, posting_date, posting_time, grand_total) select concat('%1$s-', seq), utc_timestamp() - interval 9 hour - interval seq minute, 1, 1, date(utc_timestamp() - interval 9 hour), '00:00:01', 1 from seq_1_to_2000;
                insert into `tab%1$s Invoice Item` (name, parent, item_code, qty, conversion_factor) select name, name, 'CUP', 1, 1 from `tab%1$s Invoice`;
                insert into `tab%1$s Invoice` (name, modified, docstatus, is_pos, is_return, return_against) select concat('%1$s-RET-', seq), '2020-01-01', 1, 1, 1, concat('%1$s-', seq) from seq_100_to_500;
                insert into `tab%1$s Invoice` (name, modified, docstatus, is_pos, amended_from) select concat('%1$s-', seq, '-1'), '2020-01-01', 2, 1, concat('%1$s-', seq) from seq_600_to_900;
                analyze table `tab%1$s Invoice`, `tab%1$s Invoice Item`""";
        String said = check("erpnext", version, invoices.formatted("POS") + ";\n" + invoices.formatted("Sales"));
        assertThat(said).contains("OK    this is ERPNext " + version).doesNotContain("WARN", "FAIL");
    }
}
