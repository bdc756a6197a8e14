package aiqbridge.operator;

/** The states in words that people who sell use. */
public final class Words {
    private Words() {}

    public static String state(String status) {
        return switch (status) {
            case "QUEUED" -> "waits for its sale";
            case "SELECTED" -> "chosen in the shop";
            case "DUE" -> "about to be sent";
            case "EXECUTING" -> "being sent";
            case "EXECUTED" -> "redeemed";
            case "REJECTED" -> "AIQ refused";
            case "UNKNOWN" -> "answer unclear";
            case "PARKED" -> "needs you";
            case "RELEASED" -> "released";
            case "WANTED" -> "to be given back";
            case "DONE" -> "given back";
            case "OPEN" -> "open";
            case "ABANDONED" -> "abandoned";
            case "RECOVERED" -> "recovered";
            case "ORDERED" -> "ordered";
            case "EMPTIED" -> "emptied";
            case "WAITING" -> "is sent soon";
            case "SENDING" -> "being sent";
            case "SENT" -> "sent";
            case "UNCLEAR" -> "perhaps sent";
            case "SUPPRESSED" -> "not sent";
            default -> status;
        };
    }

    /** How the page colours it. */
    public static String colour(String status) {
        return switch (status) {
            case "EXECUTED", "DONE", "RECOVERED", "SENT" -> "good";
            case "PARKED", "REJECTED" -> "bad";
            case "UNKNOWN", "UNCLEAR", "ABANDONED" -> "warn";
            default -> "";
        };
    }

    /** Why a person is needed. */
    public static String reason(String reason) {
        return switch (reason) {
            case "unclear" -> "It was sent, and AIQ's answer stayed unclear.";
            case "price-changed" -> "The reward's price in points has changed since it was promised.";
            case "other-contact" -> "Two people may share this phone.";
            case "customer-unknown" -> "AIQ no longer knows this customer.";
            case "forbidden-url" -> "AIQ gave an address that the bridge does not trust.";
            case "note-on-two-sales" -> "The note is on more than one sale.";
            case "several-sales" -> "More than one sale fits.";
            case "other-customer" -> "The sale belongs to another customer.";
            case "discount-not-on-sale" -> "The sale does not show the discount.";
            case "discount-gone" -> "AIQ no longer offers this reward to the customer.";
            case "discount-locked" -> "AIQ has locked this reward.";
            case "points-short" -> "The customer no longer had enough points.";
            case "order-again" ->
                "An order arrived, or became active again, after its points were due to be given back.";
            case "contact-unknown" -> "AIQ's id of the customer is unknown.";
            case "refused" -> "AIQ refused.";
            case "sent-too-often" -> "AIQ answers but does nothing, however often it is sent.";
            default -> reason;
        };
    }
}
