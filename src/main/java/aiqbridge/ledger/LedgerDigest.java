package aiqbridge.ledger;

import aiqbridge.Sha256;
import aiqbridge.wallet.Points;
import java.util.List;
import java.util.Map;

/** SHA-256 of what an entry says, and of a closed day: the day before, its totals, and its entries in their order. */
final class LedgerDigest {
    /** On which the first day of an account hangs. */
    static final String BEGINNING = "0".repeat(64);

    private static final List<String> ENTRY = List.of(
            "account_id",
            "redemption_id",
            "kind",
            "connection",
            "location",
            "transaction_id",
            "customer_key",
            "discount_id",
            "discount_name",
            "points",
            "money",
            "happened_at",
            "local_date",
            "aiq_redemption_id",
            "employee");
    private static final List<String> DAY = List.of(
            "account_id",
            "day_number",
            "local_date",
            "entries",
            "points_redeemed",
            "points_reversed",
            "money",
            "without_money",
            "previous_digest",
            "closed_at");

    private LedgerDigest() {}

    /** What the entry says, wherever it stands: two that changed places are recognised. */
    static String ofEntry(Map<String, Object> entry) {
        return Sha256.hex(said(entry, ENTRY));
    }

    /** @param seals {@code ledger_id, digest} of each entry, in their order */
    static String ofDay(Map<String, Object> day, List<Map<String, Object>> seals) {
        StringBuilder said = new StringBuilder(said(day, DAY));
        seals.forEach(seal -> said.append(said(seal, List.of("ledger_id", "digest"))));
        return Sha256.hex(said.toString());
    }

    /** Each value with its length before it, so that no two entries read alike; numbers as every database says them. */
    private static String said(Map<String, Object> row, List<String> columns) {
        StringBuilder said = new StringBuilder();
        for (String column : columns) {
            Object value = row.get(column);
            String text = value == null
                    ? null
                    : value instanceof Number ? Points.of(value).toPlainString() : value.toString();
            said.append(text == null ? "-" : text.length() + ":" + text).append(';');
        }
        return said.toString();
    }
}
