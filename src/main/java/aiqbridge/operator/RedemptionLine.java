package aiqbridge.operator;

import aiqbridge.privacy.Masked;
import aiqbridge.wallet.Points;
import java.util.Map;

/**
 * One redemption in a list.
 *
 * @param queuedAt in the account's zone
 * @param customer masked
 * @param sale     the till's transaction, the shop's order or its cart
 * @param cursor   where the list goes on after this one
 */
public record RedemptionLine(
        String id,
        String queuedAt,
        String account,
        String connection,
        String storefront,
        String location,
        String model,
        String status,
        String reason,
        String flag,
        String customer,
        String discount,
        String points,
        String sale,
        String employee,
        String aiqRedemptionId,
        String reversal,
        String lastError,
        String cursor) {
    static RedemptionLine of(Map<String, Object> row) {
        Object sale = row.get("transaction_id") != null
                ? row.get("transaction_id")
                : row.get("order_id") != null ? row.get("order_id") : row.get("cart_id");
        return new RedemptionLine(
                (String) row.get("redemption_id"),
                LocalTime.of(row.get("queued_at"), (String) row.get("zone")),
                (String) row.get("account_id"),
                (String) row.get("connection"),
                (String) row.get("storefront"),
                (String) row.get("location"),
                (String) row.get("model"),
                (String) row.get("status"),
                (String) row.get("reason"),
                (String) row.get("flag"),
                Masked.customer(row.get("phone"), row.get("email")),
                (String) row.get("discount_name"),
                Points.of(row.get("points")).toPlainString(),
                (String) sale,
                (String) row.get("employee"),
                (String) row.get("aiq_redemption_id"),
                (String) row.get("reversal"),
                (String) row.get("last_error"),
                row.get("queued_at") + "." + row.get("redemption_id"));
    }

    /** Given away, and AIQ did not take the points. */
    public boolean lost() {
        return status.equals("REJECTED") && !model.equals("IMMEDIATE");
    }
}
