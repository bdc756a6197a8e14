package aiqbridge.operator;

import aiqbridge.StartRefused;
import java.util.List;

/**
 * Which redemptions; null is any.
 *
 * @param connection a till or a storefront
 * @param customer   the last four digits of a phone
 * @param from       epoch milliseconds of the time of queueing; up to before {@code to}
 */
public record RedemptionFilter(String account, String connection, String status, String customer, Long from, Long to) {
    public static final List<String> STATES =
            List.of("QUEUED", "SELECTED", "DUE", "EXECUTING", "EXECUTED", "REJECTED", "UNKNOWN", "PARKED", "RELEASED");

    /** @throws StartRefused with a sentence for what is no state or no end of a phone */
    public RedemptionFilter {
        if (status != null && !STATES.contains(status)) {
            throw new StartRefused("There is no such state.", "One of " + String.join(", ", STATES) + ".");
        }
        if (customer != null && !customer.matches("[0-9]{4}")) {
            throw new StartRefused("Give the last four digits of the customer's phone.", "For example 0142.");
        }
    }
}
