package aiqbridge.redemption;

import java.util.Locale;

/** How a till and its back end may spell one transaction id: {@code 77}, {@code #77} and {@code 0077}, {@code 1-5001} and {@code 01-05001}; a UUID in either case, with or without its braces and dashes. */
public final class TransactionId {
    private TransactionId() {}

    /** The one spelling of all of these; two ids may share it, so it only finds what no exact id does. */
    public static String spelling(String id) {
        if (id == null) {
            return null;
        }
        String plain = id.toLowerCase(Locale.ROOT).replaceAll("[\\s#{}]", "");
        if (plain.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return plain.replace("-", "");
        }
        return plain.matches("[0-9]+(-[0-9]+)*") ? plain.replaceAll("(?<![0-9])0+(?=[0-9])", "") : plain;
    }
}
