package aiqbridge.operator;

import aiqbridge.privacy.Masked;
import aiqbridge.wallet.Points;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The reversals that want a person: parked, or refused by AIQ. */
public final class ReversalList {
    private final JdbcTemplate store;

    public ReversalList(DataSource store) {
        this.store = new JdbcTemplate(store);
    }

    /** @param since in the account's zone */
    public record Line(
            String id,
            String redemption,
            String since,
            String connection,
            String status,
            String kind,
            String reason,
            String customer,
            String points,
            String sale,
            String lastError) {}

    /** The oldest first. */
    public List<Line> wantingAPerson(int limit) {
        return store.queryForList("""
            select v.reversal_id, v.redemption_id, v.updated_at, v.connection, v.status, v.kind, v.reason, v.last_error, r.points, r.transaction_id, r.order_id, r.cart_id, c.phone, c.email, a.zone
              from reversal v join redemption r on r.redemption_id = v.redemption_id join contact c on c.customer_key = r.customer_key join account a on a.account_id = r.account_id
             where v.status in ('PARKED', 'REJECTED') and coalesce(v.reason, '') <> 'left as taken' order by v.updated_at, v.reversal_id limit ?""", limit).stream().map(ReversalList::line).toList();
    }

    private static Line line(Map<String, Object> row) {
        Object sale = row.get("transaction_id") != null
                ? row.get("transaction_id")
                : row.get("order_id") != null ? row.get("order_id") : row.get("cart_id");
        return new Line(
                (String) row.get("reversal_id"),
                (String) row.get("redemption_id"),
                LocalTime.of(row.get("updated_at"), (String) row.get("zone")),
                (String) row.get("connection"),
                (String) row.get("status"),
                (String) row.get("kind"),
                (String) row.get("reason"),
                Masked.customer(row.get("phone"), row.get("email")),
                Points.of(row.get("points")).toPlainString(),
                (String) sale,
                (String) row.get("last_error"));
    }
}
