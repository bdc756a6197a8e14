package aiqbridge.check;

import aiqbridge.Settings;
import aiqbridge.connection.PosConnection;
import aiqbridge.connection.PosConnections;
import aiqbridge.pos.PosDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;

/** A till's request table, with the login that is for it alone: each of its statements is run about a request that is not there, and leaves no trace. */
final class RequestTableCheck {
    private static final List<String> WRITES = List.of("lost", "claimed", "discount", "answered");
    private final Path home;
    private final Settings settings;
    private final PosConnection connection;
    private final Findings findings;

    RequestTableCheck(Path home, Settings settings, PosConnection connection, Findings findings) {
        this.home = home;
        this.settings = settings;
        this.connection = connection;
        this.findings = findings;
    }

    void run() {
        try (HikariDataSource pool = PosDatabase.ofRequests(connection, settings.duration("pos.query-timeout"))) {
            TillDatabase table = new TillDatabase(home, settings, connection, pool);
            table.rows("requests/new.sql", 1, Map.of());
            for (String write : WRITES) {
                table.tried("requests/" + write + ".sql", nobody());
            }
            findings.ok("the request table can be read and answered");
            sees(table);
        } catch (DataAccessException e) {
            findings.fail(
                    "the request table cannot be used: " + TillDatabase.reason(e),
                    "aiq-bridge check " + connection.name() + " --sql prints the statements for the owner"
                            + (connection.engine().equals("sqlite")
                                    ? "."
                                    : "; the password is the variable "
                                            + PosConnections.requestsPasswordVariable(connection.name()) + "."));
        }
    }

    private static Map<String, Object> nobody() {
        Map<String, Object> values = new HashMap<>();
        List.of("problem", "message", "points", "note", "redemption_id", "redemption_status", "wallet_session")
                .forEach(name -> values.put(name, null));
        List.of("pos_discount_id", "name", "reason").forEach(name -> values.put(name, null));
        values.putAll(Map.of(
                "request_id",
                "aiq-bridge check",
                "status",
                "DONE",
                "pos_now",
                Instant.now().getEpochSecond(),
                "lost_before",
                0,
                "line",
                0,
                "discount_id",
                "none",
                "usable",
                0));
        return values;
    }

    private void sees(TillDatabase table) {
        if (connection.engine().equals("sqlite")) {
            return; // a file has no logins
        }
        if (connection.requestsUsername().equals(connection.username())) {
            findings.warn(
                    "the request table does not have its own login",
                    "Set requests.username to another login than jdbc.username, with rights on that table only.");
            return;
        }
        try {
            table.rows(table.file("sales").orElseThrow(), 1, table.since(Instant.now()));
            findings.warn(
                    "the request table's login can also read the till's sales",
                    "Grant it rights on aiq_request and aiq_request_discount only.");
        } catch (DataAccessException good) {
            findings.ok("its login cannot read the till's sales");
        }
    }
}
