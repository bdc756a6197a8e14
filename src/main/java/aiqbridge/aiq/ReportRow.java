package aiqbridge.aiq;

import java.math.BigDecimal;

/**
 * One line of AIQ's redemptions or adjustments report or of a contact's timeline (AIQ: section 3.4, names [U]); what AIQ left out is null.
 *
 * @param type {@code redemption}, {@code adjustment} … in a timeline, null in a report
 * @param at   epoch milliseconds
 * @param note the free text of an adjustment, where our reference stands
 */
public record ReportRow(
        String id,
        String type,
        String contactId,
        String discountId,
        String transactionId,
        BigDecimal points,
        Long at,
        String note) {
    @Override
    public String toString() {
        return "ReportRow[" + id + "]";
    }
}
