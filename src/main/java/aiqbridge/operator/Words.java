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
}
