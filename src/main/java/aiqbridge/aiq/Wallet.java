package aiqbridge.aiq;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What AIQ offers a customer now (AIQ: section 2.1).
 *
 * @param contactId    AIQ's contact id, null when the answer has none
 * @param points       the balance; means nothing when {@code pointsHidden}
 */
public record Wallet(String contactId, BigDecimal points, boolean pointsHidden, List<Discount> discounts) {
    public Optional<Discount> discount(String id) {
        return discounts.stream().filter(d -> d.id().equals(id)).findFirst();
    }
}
