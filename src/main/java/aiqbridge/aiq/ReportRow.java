package aiqbridge.aiq;

import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import java.math.BigDecimal;

/**
 * One line of AIQ's redemptions or adjustments report or of a contact's timeline (AIQ: section 3.4, names [U]); what AIQ left out is null.
 *
 * @param type {@code redemption}, {@code adjustment} … in a timeline, null in a report
 * @param phone the contact's, as AIQ writes it: where the row has no contact id, this names it, or else {@code email}
 * @param at   epoch milliseconds
 * @param note the free text of an adjustment, where our reference stands
 */
public record ReportRow(
        String id,
        String type,
        String contactId,
        String phone,
        String email,
        String discountId,
        String transactionId,
        BigDecimal points,
        Long at,
        String note) {
    private static final int SHORTEST_PHONE = 10;

    /** Whether it is this contact's: by its id; or, where the row has none, by a phone or an e-mail that we know of this contact alone. */
    public boolean of(String contact, Phone alone, Email orAlone) {
        if (contactId != null) {
            return contactId.equals(contact);
        }
        return contact != null
                && (phone != null
                        ? alone != null && same(phone, alone)
                        : email != null && orAlone != null && email.strip().equalsIgnoreCase(orAlone.plain()));
    }

    /** AIQ may leave the country's code out. */
    private static boolean same(String aiqs, Phone ours) {
        String digits = aiqs.replaceAll("\\D", "");
        return digits.length() >= SHORTEST_PHONE && ours.plain().endsWith(digits);
    }

    @Override
    public String toString() {
        return "ReportRow[" + id + "]";
    }
}
