package aiqbridge.operator;

import aiqbridge.StartRefused;
import aiqbridge.connection.Connections;
import aiqbridge.privacy.Masked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Carts, the last changed first, page by page along an index. */
public final class CartList {
    public static final List<String> STATES = List.of("OPEN", "ABANDONED", "RECOVERED", "ORDERED", "EMPTIED");
    private final JdbcTemplate store;
    private final Connections connections;

    public CartList(DataSource store, Connections connections) {
        this.store = new JdbcTemplate(store);
        this.connections = connections;
    }

    /** @param sent what became of telling AIQ: null before it was abandoned */
    public record Line(
            String connection,
            String cart,
            String changedAt,
            String status,
            String sent,
            String sentReason,
            String customer,
            int items,
            String total,
            String order,
            String lastError,
            String cursor) {}

    /**
     * @param connection a storefront, or null for any
     * @param after      the cursor of the last line before, or null
     */
    public List<Line> page(String connection, String status, String after, int limit) {
        StringBuilder where = new StringBuilder(" where 1 = 1");
        List<Object> values = new ArrayList<>();
        if (connection != null) {
            if (connections.storefronts().find(connection).isEmpty()) {
                throw new StartRefused("There is no such storefront.", "Each has a file in config/storefront/.");
            }
            where.append(" and k.connection = ?");
            values.add(connection);
        }
        if (status != null) {
            if (!STATES.contains(status)) {
                throw new StartRefused("There is no such state.", "One of " + String.join(", ", STATES) + ".");
            }
            where.append(" and k.status = ?");
            values.add(status);
        }
        if (after != null) {
            if (!goesOnAt(after)) {
                throw new StartRefused("This is not a position in the list.", "Start again from the first page.");
            }
            String[] cursor = after.split("[.]", 3);
            where.append(" and (k.changed_at, k.connection, k.cart_id) < (?, ?, ?)");
            values.addAll(List.of(Long.parseLong(cursor[0]), cursor[1], cursor[2]));
        }
        values.add(limit);
        return store
                .queryForList(
                        """
            select k.connection, k.cart_id, k.changed_at, k.status, k.send_status, k.send_reason, k.phone, k.email, k.item_count, k.total, k.currency, coalesce(k.order_id, k.closed_by) as order_id, k.last_error, a.zone
              from cart k join account a on a.account_id = k.account_id""" + where + " order by k.changed_at desc, k.connection desc, k.cart_id desc limit ?",
                        values.toArray())
                .stream()
                .map(CartList::line)
                .toList();
    }

    /** Whether a list can go on after this cursor. */
    public static boolean goesOnAt(String cursor) {
        return cursor.matches("[0-9]{1,15}[.][a-z0-9-]{1,40}[.]\\P{Cntrl}{1,200}");
    }

    private static Line line(Map<String, Object> row) {
        return new Line(
                (String) row.get("connection"),
                (String) row.get("cart_id"),
                LocalTime.of(row.get("changed_at"), (String) row.get("zone")),
                (String) row.get("status"),
                (String) row.get("send_status"),
                (String) row.get("send_reason"),
                Masked.customer(row.get("phone"), row.get("email")),
                ((Number) row.get("item_count")).intValue(),
                row.get("total") == null
                        ? ""
                        : new java.math.BigDecimal(row.get("total").toString())
                                        .setScale(2, java.math.RoundingMode.HALF_UP)
                                + (row.get("currency") == null ? "" : " " + row.get("currency")),
                (String) row.get("order_id"),
                (String) row.get("last_error"),
                row.get("changed_at") + "." + row.get("connection") + "." + row.get("cart_id"));
    }
}
