package aiqbridge.redemption;

import aiqbridge.AboutRedemption;
import aiqbridge.aiq.Priority;
import aiqbridge.aiq.ReportRow;
import aiqbridge.privacy.Email;
import aiqbridge.privacy.Phone;
import aiqbridge.wallet.Points;
import java.math.BigDecimal;

/**
 * An UNKNOWN redemption of which AIQ is asked now, as {@code settle/unknown-rows} gives it.
 *
 * @param status         UNKNOWN; or PARKED, for which only evidence for it is looked for
 * @param restoredFrom   its status before a backup was restored, null where none was
 * @param reversalWanted why it shall be given back, null where it shall not
 * @param offers         how often the wallet before it offered the discount, null where nobody counted
 * @param phoneShared    1 where another contact of ours has the phone too; so {@code emailShared}
 * @param unnamed        others like it that may have an effect of which AIQ gave us no id
 * @param neighbours     others like it about then that AIQ confirmed with an id
 * @param namesakes      attempts of others under the same transaction id: tills use the same ids
 */
public record Unclear(
        String redemptionId,
        String accountId,
        String status,
        long fence,
        String contactId,
        String discountId,
        String transactionId,
        BigDecimal points,
        long queuedAt,
        long unknownSince,
        String restoredFrom,
        String reversalWanted,
        Long absentSince,
        Long listsSilentSince,
        Long contactChangedSince,
        Long startedAt,
        Long aiqStartedAt,
        Long endedAt,
        Integer httpStatus,
        BigDecimal walletPoints,
        Integer offers,
        Priority priority,
        Phone phone,
        Email email,
        int phoneShared,
        int emailShared,
        int resends,
        int resendsByLists,
        int refusals,
        int unnamed,
        int neighbours,
        int namesakes)
        implements Attempted, AboutRedemption {
    public Unclear {
        points = Points.of(points);
        walletPoints = walletPoints == null ? null : Points.of(walletPoints);
    }

    Silence silence() {
        return new Silence(absentSince, listsSilentSince, contactChangedSince);
    }

    /** A person looks already. */
    boolean parked() {
        return "PARKED".equals(status);
    }

    /** A row without a contact's id, and with nobody's phone or e-mail or one that several of our contacts have. */
    boolean nobodyKnowsWhose(ReportRow r) {
        return r.contactId() == null
                && !sameContact(r)
                && (r.phone() == null && r.email() == null || r.of(contactId, phone, email));
    }

    /** Whether AIQ's row is of its contact. */
    boolean sameContact(ReportRow r) {
        return r.of(contactId, phoneShared == 0 ? phone : null, emailShared == 0 ? email : null);
    }
}
