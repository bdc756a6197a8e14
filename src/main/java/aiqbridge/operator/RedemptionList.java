package aiqbridge.operator;

import aiqbridge.StartRefused;
import aiqbridge.connection.Connections;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The redemptions that a filter lets through, the newest first, page by page along an index: a big table is as quick as a small one. */
public final class RedemptionList {
    private static final String LINE = """
        select r.redemption_id, r.queued_at, r.account_id, r.connection, r.storefront, r.location, r.model, r.status, r.reason, r.flag, r.discount_name, r.points, r.transaction_id, r.order_id, r.cart_id,
               r.employee, r.aiq_redemption_id, r.last_error, c.phone, c.email, a.zone, (select v.status from reversal v where v.redemption_id = r.redemption_id) as reversal
          from redemption r join contact c on c.customer_key = r.customer_key join account a on a.account_id = r.account_id""";
    private final JdbcTemplate store;
    private final Connections connections;

    public RedemptionList(DataSource store, Connections connections) {
        this.store = new JdbcTemplate(store);
        this.connections = connections;
    }

    /**
     * @param after the cursor of the last line before, or null
     * @throws StartRefused for an account or a connection that there is not
     */
    public List<RedemptionLine> page(RedemptionFilter filter, String after, int limit) {
        Query query = query(filter, after, limit);
        return store.queryForList(query.sql, query.values.toArray()).stream()
                .map(RedemptionLine::of)
                .toList();
    }

    record Query(String sql, List<Object> values) {}

    Query query(RedemptionFilter filter, String after, int limit) {
        StringBuilder where = new StringBuilder(" where 1 = 1");
        List<Object> values = new ArrayList<>();
        if (filter.account() != null) {
            known(store, filter.account());
            and(where, values, "r.account_id = ?", filter.account());
        }
        if (filter.connection() != null) {
            and(
                    where,
                    values,
                    ofShop(connections, filter.connection()) ? "r.storefront = ?" : "r.connection = ?",
                    filter.connection());
        }
        if (filter.status() != null) {
            and(where, values, "r.status = ?", filter.status());
        }
        if (filter.customer() != null) {
            and(
                    where,
                    values,
                    "r.customer_key in (select k.customer_key from contact k where k.phone is not null and substr(k.phone, length(k.phone) - 3) = ?)",
                    filter.customer());
        }
        if (filter.from() != null) {
            and(where, values, "r.queued_at >= ?", filter.from());
        }
        if (filter.to() != null) {
            and(where, values, "r.queued_at < ?", filter.to());
        }
        if (after != null) {
            if (!after.matches("[0-9]{1,15}[.][A-Za-z0-9-]{1,100}")) {
                throw new StartRefused("This is not a position in the list.", "Start again from the first page.");
            }
            int dot = after.indexOf('.');
            where.append(" and (r.queued_at, r.redemption_id) < (?, ?)");
            values.add(Long.parseLong(after.substring(0, dot)));
            values.add(after.substring(dot + 1));
        }
        values.add(limit);
        return new Query(LINE + where + " order by r.queued_at desc, r.redemption_id desc limit ?", values);
    }

    /** Whether the connection is a shop, and no till. */
    static boolean ofShop(Connections connections, String connection) {
        boolean storefront = connections.storefronts().find(connection).isPresent();
        if (!storefront && connections.find(connection).isEmpty()) {
            throw new StartRefused(
                    "There is no such connection.", "Each has a file in config/pos/ or config/storefront/.");
        }
        return storefront;
    }

    static void known(JdbcTemplate store, String account) {
        if (!account.matches("[a-z0-9][a-z0-9-]{0,39}")
                || store.queryForList("select 1 from account where account_id = ?", account)
                        .isEmpty()) {
            throw new StartRefused("There is no such account.", "aiq-bridge accounts list shows them.");
        }
    }

    private static void and(StringBuilder where, List<Object> values, String condition, Object value) {
        where.append(" and ").append(condition);
        values.add(value);
    }
}
