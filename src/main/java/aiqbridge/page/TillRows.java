package aiqbridge.page;

import aiqbridge.connection.PosConnection;
import aiqbridge.page.ConnectionView.Late;
import aiqbridge.page.ConnectionView.Rows;
import aiqbridge.page.ConnectionView.Unread;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which of a till's rows cannot be read, and which of its sales were read late or never; nobody's data stands in either. */
final class TillRows {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int SHOW = 20;
    private final JdbcTemplate store;
    private final Clock clock;

    TillRows(DataSource store, Clock clock) {
        this.store = new JdbcTemplate(store);
        this.clock = clock;
    }

    /** The newest of each. */
    Rows of(PosConnection till) {
        return new Rows(
                count("pos_unread", till),
                store.query(
                        "select problem, heard_at, seen_at from pos_unread where connection = ? order by seen_at desc, heard_at desc, transaction_id limit "
                                + SHOW,
                        (row, number) -> new Unread(
                                row.getString("problem"), ago(row.getLong("heard_at")), ago(row.getLong("seen_at"))),
                        till.name()),
                count("late_sale", till),
                store.query(
                        "select transaction_id, found_by, completed_at, heard_at from late_sale where connection = ? order by heard_at desc, completed_at desc, transaction_id limit "
                                + SHOW,
                        (row, number) -> new Late(
                                row.getString("transaction_id"),
                                at(row.getLong("completed_at"), till),
                                switch (row.getString("found_by")) {
                                    case "sweep" -> "late, only by the sweep";
                                    case "arrival" -> "when the till delivered it";
                                    default -> "never: a redemption waits for it";
                                },
                                ago(row.getLong("heard_at"))),
                        till.name()));
    }

    private long count(String table, PosConnection till) {
        return store.queryForObject("select count(*) from " + table + " where connection = ?", Long.class, till.name());
    }

    private String ago(long at) {
        return Ago.of(at, clock.millis());
    }

    /** By the till's wall clock; 0 for a time that is not known. */
    private static String at(long millis, PosConnection till) {
        return millis == 0 ? "" : SHOWN.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), till.zone()));
    }
}
