package aiqbridge.aiq;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What AIQ offers a customer now (AIQ: section 2.1).
 *
 * @param contactId    AIQ's contact id, null when the answer has none
 * @param points       the balance; null when the brand hides it, or when the answer has none that makes sense
 * @param discounts    null when the answer has no list: then nobody knows what is offered
 */
public record Wallet(String contactId, BigDecimal points, boolean pointsHidden, List<Discount> discounts) {
    /** The discount, if it is on the list. */
    public Optional<Discount> discount(String id) {
        return offered().stream().filter(d -> d.id().equals(id)).findFirst();
    }

    /** How often the list has it: a discount that was given twice is there twice. */
    public int offers(String id) {
        return (int) offered().stream().filter(d -> d.id().equals(id)).count();
    }

    /** What can be shown of the list: nothing where there is none, nor what does not say how many points it takes. */
    public List<Discount> offered() {
        return discounts == null
                ? List.of()
                : discounts.stream().filter(Wallet::says).toList();
    }

    private static boolean says(Discount discount) {
        return discount.points() != null || discount.implausible() != null;
    }

    /** Whether it says what is offered, for how many points, and, unless the brand hides it, the balance. Anything less proves nothing. */
    public boolean whole() {
        return discounts != null
                && (pointsHidden || points != null)
                && discounts.stream().allMatch(Wallet::says);
    }
}
