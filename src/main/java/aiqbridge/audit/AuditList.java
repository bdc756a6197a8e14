package aiqbridge.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/** The audit as people read it: the newest first, by filter, page by page; each page by an index, however long the audit is. */
public final class AuditList {
    /** Of suggestions. */
    private static final int MOST_WORDS = 200;

    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,15})-([0-9]{1,18})");
    private final JdbcTemplate store;

    public AuditList(DataSource store) {
        this.store = new JdbcTemplate(store);
    }

    /** Null or empty: any. Times are epoch milliseconds, {@code until} not included. */
    public record Filter(String who, String what, String subject, Long since, Long until) {}

    /** @param note in the person's own words, or null */
    public record Line(long auditId, long happenedAt, String actor, String action, String subject, String note) {
        /** Where the page after this line begins. */
        public String cursor() {
            return happenedAt + "-" + auditId;
        }
    }

    /** Whether it is a cursor. */
    public static boolean goesOnAt(String after) {
        return CURSOR.matcher(after).matches();
    }

    /** @param after a line's cursor, or null for the first page */
    public List<Line> page(Filter filter, String after, int most) {
        StringBuilder where = new StringBuilder();
        List<Object> values = new ArrayList<>();
        and(where, values, "actor = ?", filter.who);
        and(where, values, "action = ?", filter.what);
        and(where, values, "subject = ?", filter.subject);
        and(where, values, "happened_at >= ?", filter.since);
        and(where, values, "happened_at < ?", filter.until);
        Matcher cursor = CURSOR.matcher(String.valueOf(after));
        if (cursor.matches()) {
            where.append(" and (happened_at, audit_id) < (?, ?)");
            values.add(Long.valueOf(cursor.group(1)));
            values.add(Long.valueOf(cursor.group(2)));
        }
        values.add(most);
        return store.query(
                "select audit_id, happened_at, actor, action, subject, note from audit"
                        + where.toString().replaceFirst("^ and", " where")
                        + " order by happened_at desc, audit_id desc limit ?",
                DataClassRowMapper.newInstance(Line.class),
                values.toArray());
    }

    private static void and(StringBuilder where, List<Object> values, String condition, Object value) {
        if (value != null && !value.equals("")) {
            where.append(" and ").append(condition);
            values.add(value);
        }
    }

    /** What was ever done, each once, in alphabetical order. */
    public List<String> actions() {
        // each step asks the index for the next word; distinct would read every row
        return store.queryForList(
                "with recursive known(word) as (select min(action) from audit union all select (select min(action) from audit where action > word) from known where word is not null) select word from known where word is not null limit "
                        + MOST_WORDS,
                String.class);
    }
}
