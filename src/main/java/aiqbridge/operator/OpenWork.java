package aiqbridge.operator;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is not at its end yet of one connection. */
public final class OpenWork {
    private static final List<String> COUNTS = List.of(
            "select status || ' redemption(s)', count(*) from redemption where connection = ? and status not in ('EXECUTED', 'RELEASED', 'REJECTED') group by status",
            "select status || ' reversal(s)', count(*) from reversal where connection = ? and status not in ('DONE', 'REJECTED') group by status",
            "select 'cart(s) to be sent', count(*) from cart where connection = ? and send_status in ('WAITING', 'SENDING')",
            "select status || ' webhook(s)', count(*) from inbox where connection = ? and status in ('HEARD', 'PARKED') group by status",
            "select 'redemption(s) that need a look', count(distinct l.redemption_id) from needs_look l join redemption r on r.redemption_id = l.redemption_id where r.connection = ?");
    private final JdbcTemplate store;

    public OpenWork(DataSource store) {
        this.store = new JdbcTemplate(store);
    }

    public record Count(String what, long number) {}

    /** Without what there is none of. */
    public List<Count> of(String connection) {
        return COUNTS.stream()
                .flatMap(sql ->
                        store.query(sql, (row, n) -> new Count(row.getString(1), row.getLong(2)), connection).stream())
                .filter(count -> count.number > 0)
                .toList();
    }
}
