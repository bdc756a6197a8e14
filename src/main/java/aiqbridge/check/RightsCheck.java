package aiqbridge.check;

import aiqbridge.connection.PosConnection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether the bridge's login may do more in a till's database than it has to. */
final class RightsCheck {
    private final PosConnection connection;
    private final Findings findings;

    RightsCheck(PosConnection connection, Findings findings) {
        this.connection = connection;
        this.findings = findings;
    }

    void run(DataSource till) {
        if (connection.engine().equals("sqlserver")) {
            findings.warn(
                    "the login's rights were not checked",
                    "Grant it SELECT only; rights are not read on this kind of database.");
            return;
        }
        try {
            String needless = wide(new JdbcTemplate(till)).stream()
                    .filter(right -> !connection.writeBack()
                            || !List.of("insert", "update").contains(right))
                    .collect(Collectors.joining(", "));
            if (needless.isEmpty()) {
                findings.ok("the login has only the rights it needs"
                        + (connection.engine().equals("sqlite") ? " (a SQLite file has no logins)" : ""));
            } else {
                findings.warn(
                        "the login has more rights than it needs: " + needless,
                        "Grant it SELECT only" + (connection.writeBack() ? " and the right to write the points" : "")
                                + "; aiq-bridge check " + connection.name() + " prints the statements.");
            }
        } catch (DataAccessException e) {
            findings.warn("the login's rights cannot be read: " + TillDatabase.reason(e), "Grant it SELECT only.");
        }
    }

    private List<String> wide(JdbcTemplate till) {
        return switch (connection.engine()) {
            case "postgresql" -> till.queryForList("""
                    select 'superuser' from pg_roles where rolname = current_user and rolsuper
                    union select lower(right_) from unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) right_, pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where c.relkind in ('r', 'p', 'v') and n.nspname not in ('pg_catalog', 'information_schema') and has_schema_privilege(n.oid, 'USAGE') and has_table_privilege(c.oid, right_) order by 1""", String.class);
            case "mariadb" -> granted(till.queryForList("show grants", String.class));
            default -> List.of();
        };
    }

    /** On MariaDB everybody may work in the databases test and test_…: that is no right of the login's. */
    private static List<String> granted(List<String> grants) {
        String all = grants.stream()
                .filter(grant -> !grant.matches("(?i).* on `test(\\\\_%)?`[.]\\* to `?public`?"))
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT)
                .replaceAll(" on .*? to ", " ");
        return Stream.of("all privileges", "insert", "update", "delete", "drop", "create", "alter")
                .filter(right ->
                        Pattern.compile("\\b" + right + "\\b").matcher(all).find())
                .toList();
    }
}
